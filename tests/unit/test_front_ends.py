"""Several front ends at once: each person is answered where they asked, and each file is read where it is kept."""

import pytest
from attrs import evolve

from adapters.memory.attachment_source import InMemoryAttachmentSource
from adapters.memory.clock import ManualClock
from adapters.memory.messenger import InMemoryMessenger
from application.errors import AttachmentLost, DestinationGone
from application.generating.front_ends import AttachmentRouter, MessengerRouter
from application.ports.messenger import Deliverable, Queued
from domain.generation import Destination
from domain.media import Attachment, MediaKind
from tests.support.generations import PICTURE, a_generation

CHAT, STUDIO, GONE = Destination(chat="1"), Destination(chat="web:1"), Destination(chat="pager:1")
SUCCEEDED = a_generation(results=(PICTURE, PICTURE))


@pytest.fixture
def chats() -> InMemoryMessenger:
    return InMemoryMessenger(ManualClock(), upload_limit_bytes=50, batch_size=1)


@pytest.fixture
def studio() -> InMemoryMessenger:
    return InMemoryMessenger(ManualClock(), upload_limit_bytes=70)


@pytest.fixture
def router(chats: InMemoryMessenger, studio: InMemoryMessenger) -> MessengerRouter:
    return MessengerRouter(messengers={"telegram": chats, "web": studio})


async def test_a_person_is_answered_by_the_front_end_they_asked_in_and_by_no_other(
    router: MessengerRouter, chats: InMemoryMessenger, studio: InMemoryMessenger
) -> None:
    generation = evolve(SUCCEEDED, destination=STUDIO)
    await router.show_progress(generation, Queued(place=2))
    await router.deliver(generation, [Deliverable(index=0, result=PICTURE)])
    await router.conclude(generation)
    assert studio.progress == [(generation.id, Queued(place=2))]
    assert [sent.chat for sent in studio.deliveries] == ["web:1"]
    assert studio.conclusions == [generation]
    assert (chats.progress, chats.deliveries, chats.conclusions) == ([], [], [])


def test_each_front_end_says_what_it_sends_at_once_and_how_large(router: MessengerRouter) -> None:
    assert [router.upload_limit_bytes(place) for place in (CHAT, STUDIO)] == [50, 70]
    batches = [[list(b) for b in router.batches(evolve(SUCCEEDED, destination=place))] for place in (CHAT, STUDIO)]
    assert batches == [[[0], [1]], [[0, 1]]]


async def test_what_belongs_to_a_front_end_that_is_switched_off_is_undeliverable_and_not_waited_for(
    router: MessengerRouter,
) -> None:
    generation = evolve(SUCCEEDED, destination=GONE)
    assert router.upload_limit_bytes(GONE) == 0
    assert router.batches(generation) == [(0, 1)]
    assert router.batches(evolve(generation, results=())) == []
    with pytest.raises(DestinationGone, match="pager"):
        await router.deliver(generation, [Deliverable(index=0, result=PICTURE)])
    with pytest.raises(DestinationGone):
        await router.show_progress(generation, Queued(place=1))
    with pytest.raises(DestinationGone):
        await router.conclude(generation)


async def test_one_input_holds_files_of_several_front_ends() -> None:
    chats, studio = InMemoryAttachmentSource(ManualClock()), InMemoryAttachmentSource(ManualClock())
    chats.files["fox"], studio.files["web:hare"] = b"a fox", b"a hare"
    router = AttachmentRouter(sources={"telegram": chats, "web": studio})
    read = []
    for reference in ("fox", "web:hare"):
        async with router.open(_photo(reference)) as file:
            read.append(file.path.read_bytes())
    assert read == [b"a fox", b"a hare"]


def test_a_file_kept_by_a_front_end_that_is_switched_off_is_lost_and_not_waited_for() -> None:
    with pytest.raises(AttachmentLost, match="pager"):
        AttachmentRouter(sources={}).open(_photo("pager:fox"))


def _photo(reference: str) -> Attachment:
    return Attachment(reference=reference, kind=MediaKind.IMAGE, mime="image/png", name="a.png")
