"""Results and uploads are kept, opened, and let go."""

from datetime import timedelta
from pathlib import Path

import pytest
from attrs import define, evolve, field

from adapters.memory.clock import ManualClock
from adapters.memory.draft_store import InMemoryDraftStore
from adapters.memory.gallery import InMemoryGallery
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.ids import SequentialIds
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.media_index import InMemoryMediaIndex
from adapters.memory.media_store import InMemoryMediaStore
from adapters.memory.preview_maker import InMemoryPreviewMaker
from adapters.memory.result_fetcher import InMemoryResultFetcher
from adapters.memory.trouble import Trouble
from application.errors import (
    AttachmentLost,
    GenerationNotFound,
    LimitReached,
    MediaGone,
    MediaUnavailable,
    ResultGone,
    ResultTooLarge,
    StoreUnavailable,
    UploadRefused,
)
from application.leading.leadership_guard import LeadershipGuard
from application.ports.gallery import ResultLink
from application.results.delete_generation import DeleteGeneration
from application.results.file_away import FileAway, NewMedia
from application.results.keep_result import KeepResult
from application.results.keep_upload import LARGEST_BYTES, KeepUpload
from application.results.kept_attachments import KeptAttachments
from application.results.open_media import OpenMedia
from application.results.tidy_media import MOST_FAILURES, TidyMedia
from domain.draft import Draft, DraftId
from domain.generation import Destination, Generation
from domain.kept_media import MediaId, MediaOrigin
from domain.media import Attachment, MediaFile, MediaKind
from tests.support.generations import ANN, BOB, FLUX, PICTURE, a_generation, life_of

URL = PICTURE.url or ""


@define
class Workbench:
    quota_bytes: int | None = None
    clock: ManualClock = field(factory=ManualClock)
    ids: SequentialIds = field(factory=SequentialIds)
    store: InMemoryMediaStore = field(init=False)
    index: InMemoryMediaIndex = field(init=False)
    fetcher: InMemoryResultFetcher = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.store, self.index = InMemoryMediaStore(self.clock), InMemoryMediaIndex(self.clock)
        self.fetcher = InMemoryResultFetcher(self.clock, default=b"0123456789")

    @property
    def file_away(self) -> FileAway:
        return FileAway(
            store=self.store,
            index=self.index,
            previews=InMemoryPreviewMaker(),
            ids=self.ids,
            clock=self.clock,
            quota_bytes=self.quota_bytes,
        )

    @property
    def keep_result(self) -> KeepResult:
        return KeepResult(fetcher=self.fetcher, store=self.store, index=self.index, file_away=self.file_away)

    def tidy(self, kept_for: timedelta | None) -> TidyMedia:
        return TidyMedia(store=self.store, index=self.index, clock=self.clock, kept_for=kept_for)


@pytest.fixture
def bench() -> Workbench:
    return Workbench()


@pytest.fixture
def made() -> Generation:
    return life_of(a_generation())[2]


def a_file(folder: Path, content: bytes = b"a picture", mime: str = "image/png") -> MediaFile:
    path = folder / "upload"
    path.write_bytes(content)
    return MediaFile(path=path, name="fox.png", mime=mime, size_bytes=len(content))


async def opened(bench: Workbench, generation: Generation, limit_bytes: int = 1000) -> bytes:
    async with bench.keep_result(generation, 0, limit_bytes=limit_bytes) as file:
        return file.path.read_bytes()


async def test_a_result_is_kept_with_a_preview_and_fetched_once(bench: Workbench, made: Generation) -> None:
    assert await opened(bench, made) == await opened(bench, made) == b"0123456789"
    assert bench.fetcher.fetched == [URL]
    [media] = await bench.index.of_generations([made.id])
    assert (media.owner, media.index, media.origin, media.kind) == (ANN, 0, MediaOrigin.RESULT, MediaKind.IMAGE)
    assert media.preview.width
    assert set(bench.store.files) == {media.key, media.preview.key}


async def test_a_kept_result_outlives_the_providers(bench: Workbench, made: Generation) -> None:
    await opened(bench, made)
    bench.fetcher.files[URL] = None
    assert await opened(bench, made) == b"0123456789"


@pytest.mark.parametrize("error", [MediaUnavailable("away"), OSError("disk full")])
async def test_a_store_that_is_away_costs_no_one_the_result(
    bench: Workbench, made: Generation, error: Exception
) -> None:
    bench.store.on_call.add(Trouble(error=error))
    assert await opened(bench, made) == b"0123456789"
    bench.index.on_call.add(Trouble(error=StoreUnavailable("away")))
    assert await opened(bench, made) == b"0123456789"


async def test_bytes_that_are_lost_are_fetched_again(bench: Workbench, made: Generation) -> None:
    await opened(bench, made)
    bench.store.files.clear()
    assert await opened(bench, made) == b"0123456789"
    assert bench.store.files


async def test_a_result_too_large_to_send_is_kept_all_the_same(bench: Workbench, made: Generation) -> None:
    with pytest.raises(ResultTooLarge):
        await opened(bench, made, limit_bytes=5)
    assert len(await bench.index.of_generations([made.id])) == 1


async def test_a_result_that_is_gone_everywhere_says_so(bench: Workbench, made: Generation) -> None:
    bench.fetcher.files[URL] = None
    with pytest.raises(ResultGone):
        await opened(bench, made)


async def test_a_new_result_takes_the_room_of_the_oldest(tmp_path: Path) -> None:
    bench = Workbench(quota_bytes=25)
    old = await bench.file_away(NewMedia(owner=ANN, origin=MediaOrigin.UPLOAD, file=a_file(tmp_path)))
    for _ in range(3):
        await opened(bench, life_of(a_generation())[2])
    assert await bench.index.usage(ANN) == 20
    assert await bench.index.get(old.id) is None


async def test_what_is_held_makes_no_room_and_outstays_its_days(tmp_path: Path) -> None:
    bench = Workbench(quota_bytes=25)
    held = await bench.file_away(NewMedia(owner=ANN, origin=MediaOrigin.UPLOAD, file=a_file(tmp_path)))
    bench.index.holders.append(lambda media: media.id == held.id)
    for _ in range(3):
        await opened(bench, life_of(a_generation())[2])
    await bench.clock.advance(timedelta(days=2).total_seconds())
    guard = LeadershipGuard(await InMemoryLeaderLock(LockRoom(bench.clock)).acquire())
    await bench.tidy(timedelta(days=1))(guard)
    assert list(bench.index.media) == [held.id]


async def test_all_that_belongs_to_a_generation_goes_with_it(bench: Workbench) -> None:
    generations, drafts = InMemoryGenerationStore(bench.clock), InMemoryDraftStore(bench.clock)
    gallery = InMemoryGallery(generations, bench.clock)
    draft = Draft(
        id=DraftId("d1"), user=ANN, destination=Destination(chat="1"), model_id=FLUX, updated_at=bench.clock.now()
    )
    await drafts.save(draft)
    row = await generations.add(a_generation(request_key=f"draft:{draft.id}"))
    for state in life_of(row):
        row = await generations.save(evolve(state, version=row.version))
    await opened(bench, row)
    await gallery.mark(ANN, row.id, is_favourite=True)
    await gallery.share(row.id, ANN, ResultLink("link"), at=bench.clock.now())
    delete = DeleteGeneration(generations=generations, drafts=drafts, media=bench.index, gallery=gallery)
    with pytest.raises(GenerationNotFound):
        await delete(row.id, BOB)
    assert bench.index.media
    assert await delete(row.id, ANN) == draft.id
    assert not bench.index.media
    assert await drafts.get(draft.id) is None
    assert not await gallery.links([row.id])
    assert not await gallery.favourites(ANN, [row.id])
    with pytest.raises(GenerationNotFound):
        await delete(row.id, ANN)


async def test_an_upload_without_room_is_refused_and_takes_nothing_away(tmp_path: Path) -> None:
    bench = Workbench(quota_bytes=15)
    keep = KeepUpload(bench.file_away)
    kept = await keep(ANN, a_file(tmp_path))
    with pytest.raises(LimitReached):
        await keep(ANN, a_file(tmp_path))
    await keep(BOB, a_file(tmp_path))
    assert await bench.index.get(kept.id)


async def test_uploads_of_the_wrong_kind_or_size_are_refused(bench: Workbench, tmp_path: Path) -> None:
    keep = KeepUpload(bench.file_away)
    for file, reason in (
        (a_file(tmp_path, mime="text/html"), "wrong_kind"),
        (a_file(tmp_path, mime="application/octet-stream"), "wrong_kind"),
        (a_file(tmp_path, content=b""), "empty"),
        (evolve(a_file(tmp_path), size_bytes=LARGEST_BYTES + 1), "too_large"),
    ):
        with pytest.raises(UploadRefused) as refused:
            await keep(ANN, file)
        assert refused.value.reason == reason


async def test_another_persons_file_is_as_good_as_none(bench: Workbench, tmp_path: Path) -> None:
    media = await KeepUpload(bench.file_away)(ANN, a_file(tmp_path))
    find = OpenMedia(bench.index)
    assert await find(media.id, ANN) == media
    for media_id, user in ((media.id, BOB), (MediaId("other"), ANN)):
        with pytest.raises(MediaGone):
            await find(media_id, user)


async def test_an_upload_stands_in_an_input_as_an_attachment(bench: Workbench, tmp_path: Path) -> None:
    media = await KeepUpload(bench.file_away)(ANN, a_file(tmp_path))
    source = KeptAttachments(bench.store, bench.index)
    assert media.attachment.keeper == "media"
    async with source.open(media.attachment) as file:
        assert (file.path.read_bytes(), file.mime) == (b"a picture", "image/png")
    await bench.index.remove([media.id])
    with pytest.raises(AttachmentLost):
        async with source.open(media.attachment):
            pass
    with pytest.raises(AttachmentLost):
        async with source.open(Attachment(reference="file-id", kind=MediaKind.IMAGE, mime="", name="")):
            pass


async def test_files_stay_as_long_as_configured_and_their_bytes_a_little_longer(
    bench: Workbench, tmp_path: Path
) -> None:
    guard = LeadershipGuard(await InMemoryLeaderLock(LockRoom(bench.clock)).acquire())
    media = await KeepUpload(bench.file_away)(ANN, a_file(tmp_path))
    tidy = bench.tidy(timedelta(days=1))
    await tidy(guard)
    assert await bench.index.get(media.id)
    await bench.clock.advance(timedelta(days=2).total_seconds())
    guard = LeadershipGuard(await InMemoryLeaderLock(LockRoom(bench.clock)).acquire())
    await tidy(guard)
    assert await bench.index.get(media.id) is None
    assert bench.store.files
    await bench.clock.advance(3600)
    guard = LeadershipGuard(await InMemoryLeaderLock(LockRoom(bench.clock)).acquire())
    await tidy(guard)
    assert not bench.store.files


async def let_go(bench: Workbench, folder: Path, count: int) -> LeadershipGuard:
    """So many files whose rows are gone for long enough; the leader who tidies up."""
    for number in range(count):
        media = await KeepUpload(bench.file_away)(ANN, a_file(folder, b"%d" % number))
        await bench.index.remove([media.id])
    await bench.clock.advance(3600)
    return await a_guard(bench)


async def a_guard(bench: Workbench) -> LeadershipGuard:
    return LeadershipGuard(await InMemoryLeaderLock(LockRoom(bench.clock)).acquire())


async def test_bytes_that_cannot_be_deleted_keep_no_others(bench: Workbench, tmp_path: Path) -> None:
    guard = await let_go(bench, tmp_path, 3)
    kept = len(bench.store.files)
    bench.store.on_call.add(Trouble(error=MediaUnavailable("AccessDenied")))
    await bench.tidy(None)(guard)
    assert (kept > 1, len(bench.store.files)) == (True, 1)
    await bench.clock.advance(3600)
    await bench.tidy(None)(await a_guard(bench))
    assert not bench.store.files


async def test_a_store_that_is_away_is_asked_a_few_times_and_not_for_every_key(
    bench: Workbench, tmp_path: Path
) -> None:
    guard = await let_go(bench, tmp_path, 9)
    bench.store.on_call.add(*[Trouble(error=MediaUnavailable("away"))] * MOST_FAILURES)
    with pytest.raises(MediaUnavailable):
        await bench.tidy(None)(guard)
    assert len(bench.store.files) >= 9
