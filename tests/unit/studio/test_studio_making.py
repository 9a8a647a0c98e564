"""From words to a generation in the studio: offers, drafts, characters."""

import re

from attrs import evolve

from adapters.memory.trouble import Trouble
from application.errors import ProviderUnavailable
from domain.draft import Draft, DraftId
from domain.generation import Destination
from domain.media import Attachment, MediaKind
from domain.model import ModelId
from tests.support.generations import ANN, NOON
from tests.support.studio import MODEL, Browser, Studio
from tests.support.telegram_simulator import picture


async def test_what_the_provider_will_drop_of_a_wish_is_said_beside_its_models(ann: Browser) -> None:
    answer = await ann.post("/studio/offers", data={"text": "30 second jingle for a toothpaste brand"})
    assert "Suno: KIE will ignore" in (await answer.json())["html"]


async def test_words_become_offers_and_a_press_on_a_price_buys_once(studio: Studio, ann: Browser) -> None:
    asked = (await (await ann.post("/studio/offers", data={"text": "a red fox in snow"})).json())["html"]
    assert 'name="use"' in asked
    answer = await ann.post("/studio/offers", data={"text": "a red fox in snow", "use": "text_to_image"})
    html = (await answer.json())["html"]
    assert 'name="run"' in html
    form = html.partition("</form>")[0]
    body = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.partition('name="edit"')[0]))
    assert body["text"] == "a red fox in snow"
    first, second = [await (await ann.post("/studio/drafts", data=body)).json() for _ in range(2)]
    assert first["id"] == second["id"]
    [row] = studio.world.store.rows.values()
    assert (row.user, row.destination.front_end, row.prompt) == (ANN, "web", "a red fox in snow")


async def test_a_press_whose_answer_was_lost_is_the_same_press_when_it_is_repeated(
    studio: Studio, ann: Browser
) -> None:
    body = {"model": MODEL, "text": "a fox", "run": "5"}
    made_first = (await (await ann.post("/studio/drafts", data=body)).json())["id"]
    for press in ("one", "one", "two"):
        for action in ("again", "variation"):
            await studio.world.clock.advance(60)
            path = f"/studio/generations/{made_first}/{action}"
            assert (await ann.post(path, json={"press": f"{action} {press}"})).status == 200
    assert len(studio.world.store.rows) == 1 + 4


async def test_an_idea_fills_the_composer_and_is_offered_for_what_it_is_meant(studio: Studio, ann: Browser) -> None:
    page = await (await ann.get("/studio", headers={"Accept-Language": "ru"})).text()
    ideas = re.findall(r'data-idea="([^"]+)" data-use="([^"]+)"><img src="([^"]+)"', page)
    assert len(ideas) == 12
    words, use, sample = ideas[0]
    assert words.startswith("преврати это фото в портрет")
    picture_of = await ann.get(sample)
    assert (picture_of.status, (await picture_of.read())[:2]) == (200, b"\xff\xd8")
    assert (await ann.get("/studio/ideas/no_such.jpg")).status == 404
    asked = await ann.post("/studio/offers", data={"text": words, "use": use})
    assert "data-lacks" in (await asked.json())["html"]


async def test_several_models_run_side_by_side_once_and_for_the_price_of_all(studio: Studio, ann: Browser) -> None:
    asked = await ann.post("/studio/offers", data={"text": "a red fox in snow", "use": "text_to_image"})
    html = (await asked.json())["html"]
    models = re.findall(r'name="several" value="([^"]+)"', html)
    assert len(models) >= 2
    wish = [("text", "a red fox in snow"), ("use", "text_to_image"), ("nonce", "pressed-once")]
    wish += [("several", name) for name in models]
    said = await (await ann.post("/studio/several", data=wish)).json()
    assert "Run all" in said["agree"]
    assert not studio.world.store.rows
    pressed = [*wish, ("agreed", str(said["agreed"]))]
    first, second = [await (await ann.post("/studio/several", data=pressed)).json() for _ in range(2)]
    assert first["ids"] == second["ids"]
    assert [row.model_id for row in studio.world.store.rows.values()] == models
    one = [("text", "a fox"), ("several", models[0])]
    assert (await ann.post("/studio/several", data=one)).status == 422


async def test_better_words_are_offered_with_their_price_and_taken_by_the_person_alone(
    studio: Studio, ann: Browser
) -> None:
    path = (await (await ann.post("/studio/drafts", data={"model": MODEL, "edit": "1"})).json())["go"]
    empty = await (await ann.get(path)).text()
    assert "Improve my prompt" not in empty
    said = await (await ann.post(f"{path}/edit", json={"parameter": "prompt", "value": "a fox"})).json()
    assert re.search(r"Improve my prompt · .*\d", said["improve"])
    better = await (await ann.post(f"{path}/improve", json={})).json()
    assert better["after"] == "a fox, in soft morning light"
    [draft] = studio.drafts.drafts.values()
    assert draft.values["prompt"] == "a fox"
    studio.text_model.answers.append("")
    answer = await ann.post(f"{path}/improve", json={})
    assert (answer.status, (await answer.json())["error"]) == (503, "improve")


async def test_a_character_is_kept_once_and_given_to_any_model(studio: Studio, ann: Browser, bob: Browser) -> None:
    ids = [(await (await ann.post("/studio/uploads", data=picture())).json())["id"] for _ in range(2)]
    form = [("name", "our fox"), ("kind", "character"), *(("media", one) for one in ids)]
    assert (await ann.post("/studio/references", data=form)).status == 303
    assert (await bob.post("/studio/references", data=form)).status == 404
    [kept] = studio.references.references.values()
    assert "our fox" in await (await ann.get("/studio/references")).text()
    body = {"model": "nano-banana-2", "text": "a fox", "edit": "1"}
    path = (await (await ann.post("/studio/drafts", data=body)).json())["go"]
    assert "our fox" in await (await ann.get(path)).text()
    said = await (await ann.post(f"{path}/edit", json={"parameter": "image_input", "reference": kept.id})).json()
    assert said["field"].count('class="file"') == 2
    foreign = (await (await bob.post("/studio/drafts", data=body)).json())["go"]
    edit = {"parameter": "image_input", "reference": kept.id}
    assert (await bob.post(f"{foreign}/edit", json=edit)).status == 404
    assert (await ann.post(f"/studio/references/{kept.id}/delete")).status == 200
    assert not studio.references.references


async def test_an_omni_model_is_shown_a_character_once_and_takes_it_by_its_id(studio: Studio, ann: Browser) -> None:
    media = [(await (await ann.post("/studio/uploads", data=picture())).json())["id"] for _ in range(3)]
    for name, kind in (("our fox", "character"), ("ink", "style")):
        form = [("name", name), ("kind", kind), *(("media", one) for one in media)]
        await ann.post("/studio/references", data=form)
    fox, ink = studio.references.references.values()
    body = {"model": "google/gemini-omni-flash-1-1", "text": "the fox runs", "edit": "1"}
    path = (await (await ann.post("/studio/drafts", data=body)).json())["go"]
    page = await (await ann.get(path)).text()
    assert re.search(r'data-references="character_ids".*?</select>', page, re.DOTALL)[0].count("<option") == 2  # type: ignore[index]  # None would fail the test
    edit = {"parameter": "character_ids", "reference": fox.id}
    for _ in range(2):
        assert (await ann.post(f"{path}/edit", json=edit)).status == 200
    assert (await ann.post(f"{path}/edit", json={**edit, "reference": ink.id})).status == 404
    [(character, (name, shown))] = studio.world.provider.characters.items()
    assert (name, len(shown)) == ("our fox", 2)
    assert studio.references.references[fox.id].character == character
    [draft] = studio.drafts.drafts.values()
    assert draft.values["character_ids"] == [character]
    page = await (await ann.get(path)).text()
    assert '<span class="name">our fox</span>' in page
    assert character not in page
    away = await (await ann.post(f"{path}/edit", json={"parameter": "character_ids", "take_away": 0})).json()
    assert 'class="name"' not in away["field"]
    assert "character_ids" not in next(iter(studio.drafts.drafts.values())).values
    shown_elsewhere = evolve(studio.references.references[fox.id], character_account="before the key was replaced")
    studio.references.references[fox.id] = shown_elsewhere
    assert (await ann.post(f"{path}/edit", json=edit)).status == 200
    assert studio.references.references[fox.id].character not in {None, character}
    studio.world.provider.on_make_character.add(Trouble(error=ProviderUnavailable("code 500")))
    studio.references.references[fox.id] = fox
    refused = await ann.post(f"{path}/edit", json=edit)
    assert refused.status == 503
    assert "does not answer" in (await refused.json())["message"]


async def test_a_wish_of_the_studio_can_be_answered_in_the_chat(studio: Studio, ann: Browser) -> None:
    await ann.post("/studio/drafts", data={"model": MODEL, "text": "a fox", "run": "5", "to_chat": "1"})
    [row] = studio.world.store.rows.values()
    assert row.destination.chat == "1"
    assert row.destination.front_end == "telegram"


async def test_a_draft_of_the_chat_opens_with_its_picture_to_be_painted_over(studio: Studio, ann: Browser) -> None:
    photo_of_chat = Attachment(reference="file-1", kind=MediaKind.IMAGE, mime="image/jpeg", name="me.jpg")
    lost = evolve(photo_of_chat, reference="file-2")
    studio.world.attachments.files["file-1"] = picture()
    draft = Draft(
        id=DraftId("chatsdraft"),
        user=ANN,
        destination=Destination(chat="1"),
        model_id=ModelId("ideogram/character-edit"),
        values={"image_url": photo_of_chat, "reference_image_urls": [lost]},
        updated_at=NOON,
    )
    await studio.drafts.save(draft)
    assert (await ann.get(f"/studio/drafts/{draft.id}/mask/mask_url")).status == 200
    [kept] = studio.media_index.media.values()
    values = studio.drafts.drafts[draft.id].values
    assert values == {"image_url": kept.attachment, "reference_image_urls": [lost]}
    await ann.get(f"/studio/drafts/{draft.id}")
    assert len(studio.media_index.media) == 1


async def test_a_draft_says_what_is_wrong_and_what_it_costs_as_it_is_changed(studio: Studio, ann: Browser) -> None:
    path = (await (await ann.post("/studio/drafts", data={"model": MODEL, "edit": "1"})).json())["go"]
    assert (await ann.get(path)).status == 200
    refused = await ann.post(f"{path}/run", json={})
    assert "prompt" in (await refused.json())["errors"]
    assert not studio.world.store.rows
    said = await (await ann.post(f"{path}/edit", json={"parameter": "prompt", "value": "a fox"})).json()
    assert said["errors"] == {}
    assert "credit" in said["price"]
    assert (await ann.post(f"{path}/edit", json={"parameter": "nonsense", "value": "x"})).status == 422
    assert (await ann.post(f"{path}/edit", data=b"not JSON")).status == 422
    unseen = await (await ann.post(f"{path}/run", json={"shown": 0.1})).json()
    assert unseen["agreed"] == 0.8, "it costs more than what stood on the page"
    assert not studio.world.store.rows
    done = await (await ann.post(f"{path}/run", json={"shown": 0.8})).json()
    assert done["id"] in studio.world.store.rows


async def test_a_form_that_was_run_runs_again_only_once_it_was_changed(studio: Studio, ann: Browser) -> None:
    body = {"model": MODEL, "text": "a fox", "edit": "1"}
    path = (await (await ann.post("/studio/drafts", data=body)).json())["go"]

    async def run() -> str:
        return str((await (await ann.post(f"{path}/run", json={"shown": 9})).json())["id"])

    first = await run()
    assert await run() == first
    await studio.world.clock.advance(1)
    await ann.post(f"{path}/edit", json={"parameter": "prompt", "value": "a hare"})
    second = await run()
    assert await run() == second
    assert {row.id: row.input["prompt"] for row in studio.world.store.rows.values()} == {
        first: "a fox",
        second: "a hare",
    }


async def test_what_is_dear_is_asked_about_first(studio: Studio, ann: Browser) -> None:
    body = {"model": "kling/v2-1-master-text-to-video", "text": "a fox", "edit": "1"}
    path = (await (await ann.post("/studio/drafts", data=body)).json())["go"]
    said = await (await ann.post(f"{path}/run", json={})).json()
    assert said["confirm"]
    assert not studio.world.store.rows
    done = await (await ann.post(f"{path}/run", json={"agreed": said["agreed"]})).json()
    assert done["id"] in studio.world.store.rows
