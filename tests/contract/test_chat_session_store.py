"""What every ``ChatSessionStore`` keeps."""

from datetime import timedelta

import pytest
from attrs import evolve

from adapters.memory.chat_session_store import InMemoryChatSessionStore
from adapters.memory.clock import ManualClock
from adapters.postgres_store import Database, PostgresChatSessionStore
from application.ports.chat_session_store import ChatSession, ChatSessionStore, SessionId
from domain.draft import DraftId
from domain.generation import Destination
from domain.media import Attachment, MediaKind
from tests.support.generations import ANN, BOB, NOON

PHOTO = Attachment(reference="file-1", kind=MediaKind.IMAGE, mime="image/png", name="a.png")
SESSION = ChatSession(
    id=SessionId("s1"),
    user=ANN,
    destination=Destination(chat="-100", thread="7", reply_to="9"),
    draft=DraftId("d1"),
    state={"page": {"page": "more", "number": 2}, "offer": {"text": "лиса\x00", "files": [PHOTO]}},
    message="m1",
    updated_at=NOON,
)


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> ChatSessionStore:
    if request.param == "memory":
        return InMemoryChatSessionStore(ManualClock())
    opened: Database = request.getfixturevalue("opened_database")
    return PostgresChatSessionStore(opened, "1")


async def test_everything_about_a_session_comes_back(store: ChatSessionStore) -> None:
    plain = ChatSession(id=SessionId("s2"), user=ANN, destination=Destination(chat="1"), updated_at=NOON)
    for session in (SESSION, plain):
        await store.save(session)
        assert await store.get(session.id) == session


async def test_a_button_of_a_session_that_never_was_finds_none(store: ChatSessionStore) -> None:
    assert await store.get(SessionId("s9")) is None
    assert await store.get(SessionId("\x00\ud800")) is None


async def test_saving_again_replaces(store: ChatSessionStore) -> None:
    await store.save(SESSION)
    changed = evolve(SESSION, state={}, draft=None, message=None)
    await store.save(changed)
    assert await store.get(SESSION.id) == changed


async def test_the_last_saved_is_the_open_one_of_its_user_chat_and_thread(store: ChatSessionStore) -> None:
    later = evolve(SESSION, id=SessionId("s2"))
    unthreaded = evolve(SESSION, id=SessionId("s3"), destination=Destination(chat="-100"))
    for session in (SESSION, later, unthreaded):
        await store.save(session)
    assert await store.open_session(ANN, "-100", "7") == later
    assert await store.open_session(ANN, "-100", None) == unthreaded
    assert await store.open_session(ANN, "1", "7") is None
    assert await store.open_session(BOB, "-100", "7") is None
    await store.save(SESSION)
    assert await store.open_session(ANN, "-100", "7") == SESSION


async def test_a_closed_session_is_not_open_but_its_buttons_find_it(store: ChatSessionStore) -> None:
    await store.save(SESSION)
    await store.close(SESSION)
    assert await store.open_session(ANN, "-100", "7") is None
    assert await store.get(SESSION.id) == SESSION


async def test_closing_an_older_session_leaves_the_open_one(store: ChatSessionStore) -> None:
    later = evolve(SESSION, id=SessionId("s2"))
    await store.save(SESSION)
    await store.save(later)
    await store.close(SESSION)
    assert await store.open_session(ANN, "-100", "7") == later


async def test_the_sessions_of_a_draft_are_forgotten_and_the_others_stay(store: ChatSessionStore) -> None:
    again = evolve(SESSION, id=SessionId("s2"))
    other = evolve(SESSION, id=SessionId("s3"), draft=DraftId("d2"), destination=Destination(chat="1"))
    for session in (SESSION, again, other):
        await store.save(session)
    for _ in range(2):
        await store.forget_of_draft(DraftId("d1"))
    assert [await store.get(one.id) for one in (SESSION, again, other)] == [None, None, other]
    assert await store.open_session(ANN, "-100", "7") is None
    assert await store.open_session(ANN, "1", None) == other


async def test_what_was_not_touched_for_long_is_forgotten_a_few_at_a_time(store: ChatSessionStore) -> None:
    for number in range(3):
        await store.save(evolve(SESSION, id=SessionId(f"old{number}"), updated_at=NOON - timedelta(days=number)))
    await store.save(evolve(SESSION, id=SessionId("new"), updated_at=NOON + timedelta(days=1)))
    assert [await store.forget_untouched(NOON + timedelta(hours=1), limit=2) for _ in range(3)] == [2, 1, 0]
    assert await store.get(SessionId("old0")) is None
    opened = await store.open_session(ANN, "-100", "7")
    assert opened is not None
    assert opened.id == "new"
