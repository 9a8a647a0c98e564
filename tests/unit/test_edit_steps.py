"""Editing a picture step by step: what is a step, what it works on, and how it is undone."""

from datetime import timedelta

import pytest
from attrs import define, evolve, field

from adapters.memory.clock import ManualClock
from adapters.memory.current_result_store import InMemoryCurrentResultStore
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.media_index import InMemoryMediaIndex
from application.errors import GenerationNotFound
from application.results.edit_chain import FindStepBefore, UndoEdit
from domain.edit_steps import as_result, is_step
from domain.generation import Generation, GenerationId, Receipt, Result
from domain.kept_media import KeptMedia, MediaId, MediaKey, MediaOrigin
from domain.media import Attachment, MediaKind, files_of
from tests.support.generations import ANN, BOB, NOON, a_generation, life_of
from tests.support.product import PHOTO

RESULT = as_result(PHOTO)
FILM = Result(kind=MediaKind.VIDEO, url="https://files.example/fox.mp4")
AN_HOUR = timedelta(hours=1)


def edited(*files: Attachment, age: timedelta = timedelta()) -> Generation:
    """A picture that Ann made of these files."""
    wish = a_generation(age=age, input={"prompt": "make the hat red", "image_urls": list(files)})
    return life_of(wish)[-1]


def original(*file_ids: str) -> Generation:
    """A picture of an hour ago that went to the chat under these file ids."""
    delivered = life_of(a_generation(age=AN_HOUR))[-1]
    return evolve(delivered, receipts=(Receipt(indexes=(0,), message="7", file_ids=file_ids),))


def kept(name: str, generation: Generation | None = None) -> KeptMedia:
    """A file that we keep: this generation's result, or an upload."""
    return KeptMedia(
        id=MediaId(name),
        owner=ANN,
        origin=MediaOrigin.RESULT if generation else MediaOrigin.UPLOAD,
        key=MediaKey(name),
        kind=MediaKind.IMAGE,
        mime="image/png",
        name="result.png",
        size_bytes=1,
        created_at=NOON,
        generation=generation.id if generation else None,
        index=0 if generation else None,
    )


@define
class Chain:
    """These generations, these kept files, and what "it" means in each chat."""

    rows: list[Generation]
    kept: list[KeptMedia] = field(factory=list)
    clock: ManualClock = field(factory=ManualClock)
    current: InMemoryCurrentResultStore = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.current = InMemoryCurrentResultStore(self.clock)

    @property
    def before(self) -> FindStepBefore:
        store, media = InMemoryGenerationStore(self.clock), InMemoryMediaIndex(self.clock)
        store.rows = {row.id: row for row in self.rows}
        media.media = {one.id: one for one in self.kept}
        return FindStepBefore(generations=store, media=media)

    @property
    def undo(self) -> UndoEdit:
        return UndoEdit(before=self.before, current=self.current, clock=self.clock)


def test_a_file_used_again_is_named_as_a_result_once() -> None:
    assert RESULT.name == "result.png"
    assert as_result(RESULT) is RESULT
    assert as_result(evolve(PHOTO, mime="unknown")).name == "result.bin"


def test_files_are_found_however_deep_they_stand() -> None:
    deep = {"prompt": "a fox", "shots": [{"image": PHOTO}, (RESULT,)], "count": 2}
    assert list(files_of(deep)) == [PHOTO, RESULT]


def test_only_a_picture_made_of_an_earlier_result_is_a_step() -> None:
    assert is_step(edited(PHOTO, RESULT))
    assert not is_step(edited(PHOTO))
    assert not is_step(edited(evolve(RESULT, kind=MediaKind.AUDIO)))
    assert not is_step(evolve(edited(RESULT), results=(FILM,)))


async def test_undo_makes_the_picture_before_the_one_that_is_spoken_of() -> None:
    first, step = original("", RESULT.reference), edited(PHOTO, RESULT)
    chain = Chain([first, a_generation(age=AN_HOUR / 2), step])
    assert await chain.undo(step) == first
    current = await chain.current.get(ANN, step.destination.chat)
    assert current is not None
    assert (current.generation, current.at) == (first.id, chain.clock.now())


async def test_a_result_in_our_own_storage_leads_to_its_generation() -> None:
    first = original()
    media = [kept("upload"), kept("fox", first)]
    step = edited(PHOTO, kept("lost").attachment, *(one.attachment for one in media))
    assert await Chain([first, step], media).before(step) == first


async def test_a_result_that_another_person_shared_is_no_step_to_go_back_to() -> None:
    theirs = evolve(original(), user=BOB)
    step = edited(kept("fox", theirs).attachment)
    with pytest.raises(GenerationNotFound):
        await Chain([theirs, step], [kept("fox", theirs)]).undo(step)


async def test_a_result_whose_generation_was_deleted_is_no_step_to_go_back_to() -> None:
    step = edited(kept("fox", original()).attachment)
    with pytest.raises(GenerationNotFound):
        await Chain([step], [kept("fox", original())]).before(step)


async def test_where_nothing_was_made_of_the_file_undo_changes_nothing() -> None:
    step = edited(RESULT)
    chain = Chain([original("another file"), step])
    with pytest.raises(GenerationNotFound) as raised:
        await chain.undo(step)
    assert raised.value.args == (GenerationId(step.id),)
    assert chain.current.results == {}


async def test_without_own_storage_the_chats_files_are_enough() -> None:
    first, step = original(RESULT.reference), edited(RESULT)
    assert await evolve(Chain([first, step]).before, media=None)(step) == first
