"""Small pictures of media, by Pillow and PyAV."""

from adapters.media_preview.maker import MediaPreviewMaker

__all__ = ["MediaPreviewMaker"]
