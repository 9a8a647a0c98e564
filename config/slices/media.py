"""The files that the service keeps."""

from datetime import timedelta

from dependency_injector import providers

from application.generating.fetch_result import LookUpAgain, OpenResult
from application.generating.open_attachment import OpenAttachment
from application.ports.gallery import Gallery
from application.ports.media_files import MediaFiles
from application.ports.preview_maker import PreviewMaker
from application.ports.reference_store import ReferenceStore
from application.results.delete_generation import DeleteGeneration
from application.results.file_away import FileAway
from application.results.keep_attachment import KeepAttachment
from application.results.keep_last_frame import KeepLastFrame
from application.results.keep_result import KeepResult
from application.results.keep_upload import KeepUpload
from application.results.media_usage import MediaUsage
from application.results.open_media import OpenMedia
from application.results.receive_upload import ReceiveUpload
from application.results.tidy_media import TidyMedia
from application.results.use_references import UseReferences
from config.accounts import account_of
from config.slices.ports import Ports


def kept_for(days: int | None) -> timedelta | None:
    """How long something stays; None: until its owner deletes it."""
    return None if days is None else timedelta(days=days)


class Media(Ports):
    """Use cases over the store of files and its index."""

    previews: providers.Provider[PreviewMaker] = providers.Dependency()
    gallery: providers.Provider[Gallery] = providers.Dependency()
    references: providers.Provider[ReferenceStore] = providers.Dependency()
    media_files: providers.Provider[MediaFiles | None] = providers.Object(None)

    file_away = providers.Singleton(
        FileAway,
        store=Ports.media_store,
        index=Ports.media_index,
        previews=previews,
        ids=Ports.ids,
        clock=Ports.clock,
        quota_bytes=Ports.settings.provided.media_quota_bytes,
    )
    result_files: providers.Provider[OpenResult] = providers.Singleton(
        KeepResult, fetcher=Ports.fetcher, store=Ports.media_store, index=Ports.media_index, file_away=file_away
    )
    open_result: providers.Provider[OpenResult] = providers.Singleton(
        LookUpAgain, result_files, Ports.accounts, Ports.catalog
    )
    open_attachment = providers.Singleton(
        OpenAttachment, Ports.attachments, Ports.generations, open_result, Ports.fetcher
    )
    keep_upload = providers.Singleton(KeepUpload, file_away)
    keep_attachment = providers.Singleton(KeepAttachment, open_attachment=open_attachment, keep=keep_upload)
    receive_upload = providers.Singleton(ReceiveUpload, keep_upload)
    keep_last_frame = providers.Singleton(KeepLastFrame, media=Ports.media_store, previews=previews, keep=keep_upload)
    open_media = providers.Singleton(OpenMedia, Ports.media_index)
    use_references = providers.Singleton(
        UseReferences,
        store=references,
        open=open_media,
        media=Ports.media_store,
        provider=Ports.media_provider,
        characters=Ports.media_provider,
        account=providers.Callable(account_of, Ports.settings.provided.kie_api_key),
        ids=Ports.ids,
        clock=Ports.clock,
    )
    media_usage = providers.Singleton(MediaUsage, Ports.media_index, Ports.settings.provided.media_quota_bytes)
    delete_generation = providers.Singleton(
        DeleteGeneration,
        generations=Ports.generations,
        drafts=Ports.drafts,
        media=Ports.media_index,
        gallery=gallery,
    )
    tidy_media = providers.Singleton(
        TidyMedia,
        store=Ports.media_store,
        index=Ports.media_index,
        clock=Ports.clock,
        kept_for=providers.Callable(kept_for, Ports.settings.provided.media_keep_days),
    )
