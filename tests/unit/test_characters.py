"""Keeping characters, and choosing them for a draft."""

import pytest
from attrs import evolve

from adapters.memory.trouble import Trouble
from application.drafts.run_draft import RunOrder
from application.errors import (
    CharacterRefused,
    EditRefused,
    InvalidInput,
    ProviderRejected,
    ReferenceNotFound,
    UploadRefused,
)
from domain.draft import Draft, DraftId
from domain.failure import Failure, FailureKind
from domain.generation import Result
from domain.media import Attachment, MediaKind
from domain.model import ModelId
from domain.reference_set import CHARACTER_IDS, ReferenceKind, ReferenceSet
from domain.violation import ViolationCode
from tests.support.core_fixture import NEXT_STEPS
from tests.support.generations import ANN, BOB, NOON, a_generation
from tests.support.product import HERE
from tests.support.studio import Studio
from tests.support.telegram_simulator import picture

OMNI = ModelId("google/gemini-omni-flash-1-1")
FACE = Attachment(reference="face", kind=MediaKind.IMAGE, mime="application/octet-stream", name="face.jpg")
VOICE = Attachment(reference="voice", kind=MediaKind.AUDIO, mime="audio/mpeg", name="voice.mp3")


@pytest.fixture
def studio() -> Studio:
    studio = Studio()
    studio.world.attachments.files[FACE.reference] = picture()
    return studio


def a_draft(model: ModelId = OMNI) -> Draft:
    return Draft(id=DraftId("d"), user=ANN, destination=HERE, model_id=model, values={}, updated_at=NOON)


async def a_character(studio: Studio) -> ReferenceSet:
    return await studio.graph().keep_character()(ANN, "Our fox", [VOICE, FACE])


async def test_the_pictures_of_a_chat_are_kept_as_files_of_our_own(studio: Studio) -> None:
    kept = await a_character(studio)
    [media] = [studio.media_index.media[one] for one in kept.media]
    assert (kept.owner, kept.name, kept.kind) == (ANN, "Our fox", ReferenceKind.CHARACTER)
    assert (media.owner, media.mime) == (ANN, "image/jpeg")


async def test_what_has_no_picture_is_no_character(studio: Studio) -> None:
    with pytest.raises(UploadRefused):
        await studio.graph().keep_character()(ANN, "Voice", [VOICE])
    assert not studio.references.references


async def test_a_character_is_put_in_and_taken_out(studio: Studio) -> None:
    kept, choose = await a_character(studio), studio.graph().choose_characters()
    with_it = await choose.turn(a_draft(), kept.id)
    [(character, _)] = studio.world.provider.characters.items()
    assert with_it.values == {CHARACTER_IDS: [character]}
    assert (await choose.add(with_it, kept.id)).values == with_it.values
    assert (await choose.turn(with_it, kept.id)).values == {}
    two = evolve(with_it, values={CHARACTER_IDS: ["other", character]})
    assert (await choose.turn(two, kept.id)).values == {CHARACTER_IDS: ["other"]}


async def test_a_character_is_taken_out_under_a_name_of_before(studio: Studio) -> None:
    kept, choose = await a_character(studio), studio.graph().choose_characters()
    before = await choose.turn(a_draft(), kept.id)
    shown = studio.references.references[kept.id]
    studio.references.references[kept.id] = evolve(shown, character_account="another key")
    await choose.add(a_draft(), kept.id)  # another card has the account of today shown it
    assert (await choose.turn(before, kept.id)).values == {}
    assert (await choose.add(before, kept.id)).values == {
        CHARACTER_IDS: [studio.references.references[kept.id].character]
    }


async def test_a_deleted_character_leaves_its_draft(studio: Studio) -> None:
    kept, choose = await a_character(studio), studio.graph().choose_characters()
    draft = await choose.turn(a_draft(), kept.id)
    with pytest.raises(ReferenceNotFound):
        await choose.delete(evolve(draft, user=BOB), kept.id)
    assert (await choose.delete(draft, kept.id)).values == {}
    assert list(await choose.of(ANN)) == []


async def test_a_draft_with_a_character_that_is_no_more_is_refused(studio: Studio) -> None:
    studio.settings = evolve(studio.settings, admin_users=frozenset())
    kept, graph = await a_character(studio), studio.graph()
    draft = await graph.choose_characters().turn(a_draft(), kept.id)
    await graph.use_references().delete(ANN, kept.id)
    with pytest.raises(InvalidInput) as refused:
        await graph.run_draft()(
            evolve(draft, values={**draft.values, "prompt": "she waves", "duration": "4"}),
            RunOrder(language="en", forced=True),
        )
    assert [one.code for one in refused.value.violations] == [ViolationCode.CHARACTER_UNKNOWN]
    assert not studio.world.store.rows


async def test_styles_and_characters_of_others_are_none(studio: Studio) -> None:
    kept, choose = await a_character(studio), studio.graph().choose_characters()
    assert [one.id for one in await choose.of(ANN)] == [kept.id]
    assert list(await choose.of(BOB)) == []
    with pytest.raises(ReferenceNotFound):
        await choose.turn(evolve(a_draft(), user=BOB), kept.id)
    studio.references.references[kept.id] = evolve(kept, kind=ReferenceKind.STYLE)
    assert list(await choose.of(ANN)) == []
    with pytest.raises(ReferenceNotFound):
        await choose.turn(a_draft(), kept.id)


async def test_a_model_without_characters_takes_none(studio: Studio) -> None:
    kept = await a_character(studio)
    with pytest.raises(EditRefused):
        await studio.graph().choose_characters().turn(a_draft(ModelId("z-image")), kept.id)


async def test_a_refused_character_changes_nothing(studio: Studio) -> None:
    kept = await a_character(studio)
    refusal = ProviderRejected(Failure(kind=FailureKind.INPUT_REJECTED))
    studio.world.provider.on_make_character.add(Trouble(error=refusal))
    with pytest.raises(CharacterRefused):
        await studio.graph().choose_characters().turn(a_draft(), kept.id)
    assert studio.references.references[kept.id].character is None


async def test_the_characters_of_a_generation_are_those_of_the_account_of_today(studio: Studio) -> None:
    kept, choose = await a_character(studio), studio.graph().choose_characters()
    before = (await choose.add(a_draft(), kept.id)).values[CHARACTER_IDS]
    film = a_generation(user=ANN, input={CHARACTER_IDS: [*_list(before), "of no one"]})
    assert await choose.again(film) == [*_list(before), "of no one"]
    shown = studio.references.references[kept.id]
    studio.references.references[kept.id] = evolve(shown, character_account="another key")
    assert await choose.again(film) == [studio.references.references[kept.id].character, "of no one"]
    assert studio.references.references[kept.id].character not in _list(before)


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


@pytest.mark.parametrize(("kind", "may"), [(MediaKind.IMAGE, True), (MediaKind.VIDEO, False), (MediaKind.AUDIO, False)])
def test_pictures_alone_may_be_kept_as_a_character(kind: MediaKind, *, may: bool) -> None:
    made = a_generation(results=(Result(kind=kind, url="https://results.example/1"),))
    assert NEXT_STEPS.may_keep_character(made) is may
