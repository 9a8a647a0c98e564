"""Ids of the provider in an input: whose they are, on which account, and whether a model can go on from them."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from adapters.memory.media_provider import InMemoryProvider
from adapters.memory.trouble import Trouble
from application.drafts.generation_history import GenerationHistoryReader
from application.drafts.run_within_budget import RunWithinBudget
from application.errors import InvalidInput, StoreUnavailable
from application.generating.earlier_ids import EarlierIds
from config.accounts import account_of
from domain.continuation import KEPT_FOR
from domain.draft import Draft, DraftId
from domain.earlier_task import EarlierTask
from domain.generation import Generation, GenerationId, GenerationState, Result, TaskId, UserId
from domain.media import MediaKind
from domain.provider_account import MAIN_ACCOUNT, AccountName
from domain.reference_set import CHARACTER_IDS, CharacterId
from domain.violation import ViolationCode as Code
from tests.support.characters import a_character
from tests.support.core_fixture import World, wish
from tests.support.generations import ANN, BOB, NOON, a_generation, life_of
from tests.support.registry import model

SECOND = AccountName("second")
EXTEND = model("grok-imagine/extend")
OMNI = model("google/gemini-omni-flash-1-1")
EXTEND_SONG = model("ai-music-api/extend")
STEMS = model("ai-music-api/separate-vocals")
SUNO = model("ai-music-api/generate")
FILM = "grok-imagine/text-to-video"
ASKED = {"prompt": "on", "extend_times": "6"}
PERSONA = Result(kind=MediaKind.TEXT, text='{"personaId": "persona-9"}')
FOX = a_character(
    character=CharacterId("char_today"),
    character_account=account_of(None),
    former_characters=(CharacterId("char_before"),),
)


@pytest.fixture
def world() -> World:
    world = World()
    world.references.references[FOX.id] = FOX
    return world


def ids(world: World, *further: AccountName) -> EarlierIds:
    instance = world.instance()
    instance.accounts().use({name: InMemoryProvider(world.clock) for name in further})
    found = instance.earlier_ids()
    assert found
    return found


def made(world: World, task: str, of: str = FILM, **changes: Any) -> Generation:
    """A film of Ann's in the store; its own id is ``g`` and the task's."""
    one = life_of(
        a_generation(model_id=model(of).id, user=ANN, created_at=world.clock.now(), input={"prompt": "a fox"})
    )
    film = Result(kind=MediaKind.VIDEO, url="https://a.example/1.mp4")
    row = evolve(
        one[-1],
        id=GenerationId(f"g{task}"),
        task_id=TaskId(task),
        results=(film,),
        request_key=task,
        ended_at=world.clock.now(),
    )
    row = evolve(row, **changes)
    world.store.rows[row.id] = row
    return row


def song(world: World, task: str, song_id: str, **changes: Any) -> Generation:
    result = Result(kind=MediaKind.AUDIO, url="https://a.example/1.mp3", id=song_id)
    return made(world, task, of=SUNO.id, results=(result,), **changes)


async def test_an_own_id_that_is_written_is_as_good_as_a_button(world: World) -> None:
    earlier = made(world, "task1")
    for written in (earlier.task_id, earlier.id, f" {earlier.id}\n"):
        known = await ids(world).checked(ANN, EXTEND, {"task_id": str(written), **ASKED})
        task = known["task_id"]
        assert isinstance(task, EarlierTask)
        assert (task, task.facts) == ("task1", {"$source_resolution": "480p"})


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("of-bob", Code.ID_UNKNOWN),
        ("gof-bob", Code.ID_UNKNOWN),
        ("of-no-one", Code.ID_UNKNOWN),
        ("picture", Code.ID_OF_OTHER_MODEL),
        ("old-film", Code.ID_TOO_OLD),
        ("running", Code.ID_WITHOUT_RESULT),
        ("a red fox", Code.NOT_AN_ID),
        ("лиса", Code.NOT_AN_ID),
        ("https://kie.ai/logs/1", Code.NOT_AN_ID),
    ],
)
async def test_an_id_that_is_of_no_use_is_refused_with_its_own_reason_and_nothing_is_reserved(
    world: World, written: str, code: Code
) -> None:
    made(world, "of-bob", user=BOB)
    made(world, "picture", of="z-image")
    old = world.clock.now() - KEPT_FOR - timedelta(seconds=1)
    made(world, "old-film", created_at=old, ended_at=old)
    made(world, "running", results=(), state=GenerationState.RUNNING, ended_at=None)
    before = len(world.store.rows)
    request = world.instance().request_generation()
    with pytest.raises(InvalidInput) as refused:
        await request(evolve(wish(model=EXTEND.id), input={"task_id": written, **ASKED}))
    [fault] = refused.value.violations
    assert (fault.path, fault.code) == ("task_id", code)
    assert len(world.store.rows) == before


async def test_ids_of_two_accounts_are_refused_with_both_parameters_and_nothing_is_written(world: World) -> None:
    song(world, "task1", "song1")
    made(world, "task2", of="ai-music-api/generate-persona", results=(PERSONA,), account=SECOND)
    values = {"audio_id": "song1", "persona_id": "persona-9", "model": "V6"}
    instance = world.instance()
    instance.accounts().use({SECOND: InMemoryProvider(world.clock)})
    with pytest.raises(InvalidInput) as refused:
        await instance.request_generation()(evolve(wish(model="ai-music-api/extend"), input=values))
    [fault] = refused.value.violations
    assert fault.code is Code.IDS_OF_TWO_ACCOUNTS
    assert (fault.values["kind"], fault.values["names"]) == ("parameters", ["audio_id", "persona_id"])
    assert len(world.store.rows) == 2
    assert await ids(world, SECOND).account(ANN, EXTEND_SONG, {"persona_id": "persona-9"}) == SECOND
    with pytest.raises(InvalidInput):
        await ids(world, SECOND).account(ANN, EXTEND_SONG, values)


async def test_two_characters_of_two_accounts_in_one_list_are_named_by_their_ids(world: World) -> None:
    for task, account in (("task1", MAIN_ACCOUNT), ("task2", SECOND)):
        clip = Result(kind=MediaKind.VIDEO, url="https://a.example/1.mp4", id=f"character-of-{task}")
        made(world, task, of="sora-2-characters", results=(clip,), account=account)
    given = {"character_id_list": ["character-of-task1", "character-of-task2"]}
    _, [fault] = await ids(world, SECOND).examined(ANN, model("sora-2-text-to-video"), given)
    assert (fault.code, fault.values["kind"]) == (Code.IDS_OF_TWO_ACCOUNTS, "values")
    assert fault.values["ids"] == given["character_id_list"]


async def test_an_account_that_is_no_more_is_said_and_its_task_is_created_nowhere_else(world: World) -> None:
    made(world, "task1", account=SECOND)
    values = {"task_id": "task1", **ASKED}
    assert await ids(world, SECOND).account(ANN, EXTEND, values) == SECOND
    _, [fault] = await ids(world).examined(ANN, EXTEND, values)
    assert (fault.code, fault.values["kind"]) == (Code.ID_OF_GONE_ACCOUNT, "task")
    with pytest.raises(InvalidInput):
        await ids(world).account(ANN, EXTEND, values)


async def test_a_song_goes_with_its_own_task(world: World) -> None:
    song(world, "task1", "song1")
    song(world, "task2", "song2")
    wrong = {"task_id": "task1", "audio_id": "song2"}
    _, [fault] = await ids(world).examined(ANN, STEMS, wrong)
    assert (fault.code, fault.values["names"]) == (Code.SONG_OF_OTHER_TASK, ["audio_id", "task_id"])
    written = {"task_id": "gtask1", "audio_id": "gtask1"}
    assert await ids(world).examined(ANN, STEMS, written) == ({"task_id": "task1", "audio_id": "song1"}, [])
    _, [fault] = await ids(world).examined(ANN, STEMS, {"task_id": "task1", "audio_id": "song3"})
    assert fault.code is Code.ID_UNKNOWN


@pytest.mark.parametrize(
    ("owner", "written", "sent", "found"),
    [
        (ANN, "char_today", "char_today", []),
        (ANN, "char_before", "char_today", []),
        (ANN, "char_of_no_one", "char_of_no_one", [Code.CHARACTER_UNKNOWN]),
        (BOB, "char_today", "char_today", [Code.CHARACTER_UNKNOWN]),
    ],
)
async def test_a_character_is_one_that_the_person_keeps(
    world: World, owner: UserId, written: str, sent: str, found: list[Code]
) -> None:
    world.references.references[FOX.id] = evolve(FOX, owner=owner)
    known, faults = await ids(world).examined(ANN, OMNI, {CHARACTER_IDS: [written]})
    assert (known, [one.code for one in faults]) == ({CHARACTER_IDS: [sent]}, found)


async def test_a_character_of_a_key_of_before_is_to_be_put_in_again(world: World) -> None:
    world.references.references[FOX.id] = evolve(FOX, character_account="of the key before")
    _, [fault] = await ids(world).examined(ANN, OMNI, {CHARACTER_IDS: ["char_today"]})
    assert (fault.code, fault.values["kind"]) == (Code.ID_OF_GONE_ACCOUNT, "character")


async def test_an_input_without_ids_is_not_looked_up(world: World) -> None:
    world.store.on_read.add(Trouble(error=StoreUnavailable("away")))
    assert await world.instance().request_generation()(wish())


async def test_an_unknown_id_of_who_has_the_account_goes_out_as_it_is_but_no_words_do(world: World) -> None:
    made(world, "picture", of="z-image")
    of_operator = evolve(ids(world), owners={ANN})
    for model_, values in (
        (EXTEND, {"task_id": "made-elsewhere"}),
        (STEMS, {"task_id": "made-elsewhere", "audio_id": "song-elsewhere"}),
        (OMNI, {CHARACTER_IDS: ["char_elsewhere"]}),
    ):
        assert await of_operator.examined(ANN, model_, values) == (values, [])
    for written, code in (("a red fox", Code.NOT_AN_ID), ("picture", Code.ID_OF_OTHER_MODEL)):
        _, [fault] = await of_operator.examined(ANN, EXTEND, {"task_id": written})
        assert fault.code is code


async def test_a_program_that_names_its_earlier_generation_may_ask_again_under_the_same_key(world: World) -> None:
    earlier = made(world, "task1")
    order, instance = wish(model=EXTEND.id), world.instance()
    draft = Draft(
        id=DraftId("d"),
        user=ANN,
        destination=order.destination,
        model_id=EXTEND.id,
        values={"task_id": str(earlier.id), **ASKED},
        updated_at=NOON,
    )
    run = RunWithinBudget(
        catalog=instance.catalog(), generations=world.store, quote=instance.quote_input(), run=instance.run_draft()
    )
    first = await run(draft, max_credits=1000, language="en", request_key="key")
    world.clock.set_forward(KEPT_FOR + timedelta(days=1))
    assert await run(draft, max_credits=1000, language="en", request_key="key") == first


async def test_only_what_the_provider_keeps_is_offered_to_be_taken_further_with_its_models_title(world: World) -> None:
    song(world, "task1", "song1")
    long_ago = world.clock.now() - KEPT_FOR - timedelta(seconds=1)
    song(world, "task2", "song2", created_at=long_ago, ended_at=long_ago)
    read = GenerationHistoryReader(generations=world.store, catalog=world.instance().catalog(), clock=world.clock)
    past = await read(ANN, STEMS)
    assert [one.task_id for one in past.tasks] == ["task1"]
    assert past.titles == {SUNO.id: SUNO.title}
