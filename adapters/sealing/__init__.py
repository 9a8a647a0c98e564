"""Sealing of secrets at rest."""

from adapters.sealing.fernet import FernetBox, new_key

__all__ = ["FernetBox", "new_key"]
