"""The studio: pages for people in a browser and in the Mini App."""

from adapters.web.guard import ServicesOfBot
from adapters.web.messenger import FRONT_END, WebMessenger, destination_of
from adapters.web.options import LocalLink, SiteOptions
from adapters.web.services import Services
from adapters.web.site import Site, build_site

__all__ = [
    "FRONT_END",
    "LocalLink",
    "Services",
    "ServicesOfBot",
    "Site",
    "SiteOptions",
    "WebMessenger",
    "build_site",
    "destination_of",
]
