"""The object graph of the files that we keep."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from dependency_injector import containers, providers

from adapters.media_folder import FolderMediaStore
from adapters.media_preview import MediaPreviewMaker
from adapters.postgres_store import Database, PostgresMediaIndex
from application.ports.attachment_source import AttachmentSource
from application.ports.clock import Clock
from application.ports.ids import Ids
from application.ports.media_index import MediaIndex
from application.ports.media_store import MediaStore
from application.ports.preview_maker import PreviewMaker
from application.ports.result_fetcher import ResultFetcher
from application.results.file_away import FileAway
from application.results.keep_result import KeepResult
from application.results.keep_upload import KeepUpload
from application.results.kept_attachments import KeptAttachments
from application.results.open_media import OpenMedia
from application.results.tidy_media import TidyMedia
from config.observing import unwatched, watched
from config.settings import Settings


def media_store(place: str | None, data_dir: Path) -> MediaStore:
    """Where ``MEDIA_STORE`` says, a folder beside the other data by default."""
    if place and place.startswith("s3://"):
        from adapters.media_s3 import S3MediaStore, open_bucket  # noqa: PLC0415 - 15 MB that a folder does not need

        return S3MediaStore(open_bucket(place))
    return FolderMediaStore(Path(place) if place else data_dir / "media")


def kept_for(days: int | None) -> timedelta | None:
    """How long a file stays; None: until its owner deletes it."""
    return None if days is None else timedelta(days=days)


class Media(containers.DeclarativeContainer):
    """The store, its index and the use cases over both."""

    settings = providers.Dependency(instance_of=Settings)
    database = providers.Dependency(instance_of=Database)
    fetcher: providers.Provider[ResultFetcher] = providers.Dependency()
    clock: providers.Provider[Clock] = providers.Dependency()
    ids: providers.Provider[Ids] = providers.Dependency()
    watch: providers.Provider[Any] = providers.Object(unwatched)

    store: providers.Provider[MediaStore] = watched(
        "MediaStore",
        providers.Singleton(media_store, settings.provided.media_store, settings.provided.data_dir),
        watch,
    )
    index: providers.Provider[MediaIndex] = watched(
        "MediaIndex", providers.Singleton(PostgresMediaIndex, database, settings.provided.bot_id, clock), watch
    )
    previews: providers.Provider[PreviewMaker] = providers.Singleton(MediaPreviewMaker)
    file_away = providers.Singleton(
        FileAway,
        store=store,
        index=index,
        previews=previews,
        ids=ids,
        clock=clock,
        quota_bytes=settings.provided.media_quota_bytes,
    )
    keep_result = providers.Singleton(KeepResult, fetcher=fetcher, store=store, index=index, file_away=file_away)
    keep_upload = providers.Singleton(KeepUpload, file_away)
    open_media = providers.Singleton(OpenMedia, index)
    attachments: providers.Provider[AttachmentSource] = providers.Singleton(KeptAttachments, store, index)
    tidy = providers.Singleton(
        TidyMedia,
        store=store,
        index=index,
        clock=clock,
        kept_for=providers.Callable(kept_for, settings.provided.media_keep_days),
    )
