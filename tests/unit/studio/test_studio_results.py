"""What a person does with a result in the studio."""

import pytest
from attrs import evolve

from adapters.memory.trouble import Trouble
from application.errors import (
    DeliveryOutcomeUnknown,
    DestinationGone,
    MessengerUnavailable,
)
from application.ports.messenger import FittedFile, Uploading
from domain.draft import Draft, DraftId
from domain.failure import Failure, FailureKind
from domain.generation import Destination, GenerationId, Result
from domain.kept_media import MediaId
from domain.media import MediaFile, MediaKind
from tests.support.generations import ANN, a_generation
from tests.support.studio import MODEL, Browser, Studio, made


async def test_a_result_is_marked_shared_taken_back_and_deleted(studio: Studio, ann: Browser, photo: MediaFile) -> None:
    generation = made(studio)
    media = await studio.keep(photo, ANN, generation)
    path = f"/studio/generations/{generation.id}"
    assert (await (await ann.post(f"{path}/favourite", json={})).json())["on"] is True
    assert generation.id in await (await ann.get("/studio/library?favourite=1")).text()
    await ann.post(f"{path}/share", json={})
    [link] = (await studio.gallery.links([generation.id])).values()
    async with studio.browser() as anyone:
        page = await (await anyone.get(f"/studio/s/{link}")).text()
        assert generation.prompt not in page
        assert (await anyone.get(f"/studio/s/{link}/0")).status == 200
        assert (await anyone.get(f"/studio/s/{link}/1")).status == 404
        await ann.post(f"{path}/unshare", json={})
        assert (await anyone.get(f"/studio/s/{link}")).status == 404
        assert (await anyone.get(f"/studio/s/{link}/0")).status == 404
    assert (await ann.post(f"{path}/delete", json={})).status == 200
    assert (await ann.get(path)).status == 404
    assert (await ann.get(f"/studio/media/{media.id}")).status == 404


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Sending your files · me.heic: HEIC sent as JPEG"),
        ("ru", "Отправляем ваши файлы · me.heic: HEIC отправлен как JPEG"),
    ],
)
async def test_what_was_changed_about_a_file_is_said(studio: Studio, ann: Browser, language: str, said: str) -> None:
    row = await studio.world.store.add(a_generation(user=ANN))
    await studio.progress.note(
        row.id, Uploading(fitted=(FittedFile(name="me.heic", before="image/heic", after="image/jpeg"),))
    )
    await ann.post("/studio/account/language", data={"language": language})
    assert said in await (await ann.get(f"/studio/generations/{row.id}")).text()


async def test_the_form_of_a_result_is_deleted_with_it(studio: Studio, ann: Browser) -> None:
    draft = Draft(
        id=DraftId("d1"),
        user=ANN,
        destination=Destination(chat="web:1"),
        model_id=MODEL,
        values={"prompt": "a secret"},
        updated_at=studio.world.clock.now(),
    )
    await studio.drafts.save(draft)
    row = made(studio, request_key=f"draft:{draft.id}")
    assert (await ann.post(f"/studio/generations/{row.id}/delete", json={})).status == 200
    assert await studio.drafts.get(draft.id) is None


async def test_the_next_scene_begins_with_the_last_frame_of_a_film(
    studio: Studio, ann: Browser, photo: MediaFile
) -> None:
    film = evolve(photo, name="film.mp4", mime="video/mp4")
    row = made(studio, results=(Result(kind=MediaKind.VIDEO, url="https://kie.example/film.mp4"),))
    await studio.keep(film, ANN, row)
    page = await (await ann.get(f"/studio/generations/{row.id}")).text()
    assert f'action="/studio/generations/{row.id}/scene"' in page
    leads = (await ann.post(f"/studio/generations/{row.id}/scene", data={}, headers={"Accept": "text/html"})).headers
    composer = await (await ann.get(leads["Location"])).text()
    assert "last-frame.jpg" in composer
    frame = leads["Location"].partition("media=")[2]
    assert f'name="media" value="{frame}"' in composer
    assert studio.media_store.files[studio.media_index.media[MediaId(frame)].key].startswith(b"last frame of ")


async def test_a_picture_has_no_next_scene(studio: Studio, ann: Browser, photo: MediaFile) -> None:
    row = made(studio)
    await studio.keep(photo, ANN, row)
    assert "/scene" not in await (await ann.get(f"/studio/generations/{row.id}")).text()
    assert (await ann.post(f"/studio/generations/{row.id}/scene")).status == 404


async def test_a_finished_result_is_sent_to_the_persons_chat(studio: Studio, ann: Browser, bob: Browser) -> None:
    generation = made(studio, destination=Destination(chat=f"web:{ANN}"))
    path = f"/studio/generations/{generation.id}"
    answer = await ann.post(f"{path}/chat")
    assert (await answer.json())["said"] == "Sent to your Telegram chat."
    [delivery] = studio.world.messenger.deliveries
    assert (delivery.generation_id, delivery.chat, delivery.indexes) == (generation.id, "1", (0,))
    assert delivery.sizes != (None,)
    assert studio.world.store.rows[generation.id] == generation
    for error, status, said in (
        (DestinationGone("blocked"), 409, "chat_gone"),
        (MessengerUnavailable("flood"), 503, "chat_later"),
        (DeliveryOutcomeUnknown("lost"), 503, "chat_later"),
    ):
        studio.world.messenger.on_deliver.add(Trouble(error=error))
        answer = await ann.post(f"{path}/chat")
        assert (answer.status, (await answer.json())["error"]) == (status, said)
    failed = made(studio, id=GenerationId("failed"), results=(), failure=Failure(kind=FailureKind.NO_RESULT))
    assert (await ann.post(f"/studio/generations/{failed.id}/chat")).status == 404
