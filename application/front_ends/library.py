"""Use cases for front ends: what a person keeps: results, uploads, reference sets."""

from attrs import frozen

from application.results.delete_generation import DeleteGeneration
from application.results.keep_last_frame import KeepLastFrame
from application.results.media_usage import MediaUsage
from application.results.open_media import OpenMedia
from application.results.receive_upload import ReceiveUpload
from application.results.use_gallery import UseGallery
from application.results.use_references import UseReferences


@frozen(kw_only=True)
class LibraryUseCases:
    """What a person keeps: results, uploads, reference sets."""

    gallery: UseGallery
    delete: DeleteGeneration
    references: UseReferences
    receive_upload: ReceiveUpload
    keep_last_frame: KeepLastFrame
    open_media: OpenMedia
    media_usage: MediaUsage
