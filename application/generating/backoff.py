"""How long to wait before asking the same again: now in ``application/backoff.py``, since other slices wait too."""

from application.backoff import backoff

__all__ = ["backoff"]
