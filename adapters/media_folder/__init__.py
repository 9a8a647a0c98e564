"""Kept files in a folder of this machine."""

from adapters.media_folder.store import FolderMediaStore

__all__ = ["FolderMediaStore"]
