"""What files are, and copies of them that fit, by Pillow and PyAV."""

from adapters.media_files.files import LocalMediaFiles, measured

__all__ = ["LocalMediaFiles", "measured"]
