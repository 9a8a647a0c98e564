"""Sealing of secrets at rest."""

from adapters.sealing.fernet import ADVICE, FernetBox, new_key

__all__ = ["ADVICE", "FernetBox", "new_key"]
