"""The studio: pages for people in a browser and in the Mini App."""

from adapters.web.messenger import FRONT_END, WebMessenger, destination_of

__all__ = ["FRONT_END", "WebMessenger", "destination_of"]
