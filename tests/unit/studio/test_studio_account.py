"""Models, keys, limits and a person's own data in the studio."""

import io
import re
import tempfile
import zipfile
from datetime import timedelta

import pytest

from adapters.web.rate_limits import EXPORTS
from application.limits import Limit, UserLimits
from application.ports.limit_store import PersonalLimit
from config.settings import Settings
from domain.media import MediaFile
from domain.model import ModelId
from domain.preset import Preset, PresetId
from tests.support.generations import ANN, NOON, a_generation
from tests.support.studio import MODEL, TOKEN, Browser, Studio, made
from tests.support.telegram_simulator import picture


async def test_every_row_of_models_names_a_price(ann: Browser) -> None:
    for shelf in ("shelf=new", "shelf=task&name=image_to_video", "q=suno"):
        page = await (await ann.get(f"/studio/models?{shelf}")).text()
        rows = re.findall(r'class="model-card".*?</button>', page, re.DOTALL)
        assert rows
        assert all(re.search(r'class="cost">[^<]*(\d|free)', row) for row in rows)
    html = (await (await ann.post("/studio/offers", data={"text": "a red fox in snow"})).json())["html"]
    rows = re.findall(r'class="row-button".*?</button>', html, re.DOTALL)
    assert rows
    assert all(re.search(r'class="cost">[^<]*\d', row) for row in rows)


async def test_presets_say_what_they_cost(studio: Studio, ann: Browser) -> None:
    for name, model in (("one", MODEL), ("two", "no/such-model")):
        kept = Preset(id=PresetId(name), owner=ANN, name=name, model_id=ModelId(model), values={}, created_at=NOON)
        await studio.presets.add(kept, limit=Limit("presets", 9))
    page = await (await ann.get("/studio/presets")).text()
    assert sorted(re.findall(r'class="cost">([^<]*)<', page)) == ["", "0.8 cr"]


async def test_a_key_for_programs_is_shown_once_and_can_be_taken_back(studio: Studio, ann: Browser) -> None:
    page = await (await ann.post("/studio/account/keys", data={"name": "my program"})).text()
    [key] = await studio.api_keys.all()
    assert f"mb_{key.id}_" in page
    again = await (await ann.get("/studio/account")).text()
    assert "my program" in again
    assert f"mb_{key.id}_" not in again
    assert (await ann.post(f"/studio/account/keys/{key.id}/revoke", json={})).status == 200
    assert (await ann.post(f"/studio/account/keys/{key.id}/revoke", json={})).status == 404
    assert "my program" not in await (await ann.get("/studio/account")).text()


async def test_a_key_for_programs_may_have_a_limit_of_its_own(studio: Studio, ann: Browser) -> None:
    page = await (await ann.post("/studio/account/keys", data={"name": "cheap", "credits_per_day": "7,5"})).text()
    [key] = await studio.api_keys.all()
    assert key.credits_per_day == 7.5
    assert "at most 7.5 credits a day" in page
    for bad in ("-1", "nan", "inf", "a lot", "1e99"):
        answer = await ann.post("/studio/account/keys", data={"name": "x", "credits_per_day": bad})
        assert (answer.status, (await answer.json())["error"]) == (422, "bad_amount")
    assert len(await studio.api_keys.all()) == 1


async def test_a_person_has_so_many_keys_and_no_more(studio: Studio, ann: Browser, bob: Browser) -> None:
    for _ in range(20):
        await studio.key(ANN)
    refused = await ann.post("/studio/account/keys", data={"name": "one too many"})
    assert refused.status == 409
    assert "20 keys" in (await refused.json())["message"]
    assert (await bob.post("/studio/account/keys", data={"name": "the first"})).status == 200


async def test_the_account_says_what_is_left_of_the_day(studio: Studio, ann: Browser) -> None:
    made(studio, charged_credits=4.0)
    assert "none" in await (await ann.get("/studio/account")).text()
    await studio.limits.set(PersonalLimit(user=ANN, credits_per_day=10))
    page = await (await ann.get("/studio/account")).text()
    assert "4 credits" in page
    assert "6 credits" in page


async def test_a_person_takes_everything_along(studio: Studio, ann: Browser, photo: MediaFile) -> None:
    generation = made(studio)
    media = await studio.keep(photo, ANN, generation)
    answer = await ann.post("/studio/account/export")
    assert (answer.status, answer.content_type) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(await answer.read())) as archive:
        assert generation.prompt in archive.read("records.json").decode()
        assert archive.read(f"media/{media.id}-fox.jpg") == picture()
    statuses = [(await ann.post("/studio/account/export")).status for _ in range(EXPORTS.burst)]
    assert statuses[-1] == 429


async def test_an_archive_that_the_disk_has_no_room_for_is_for_later(
    ann: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/no/such/folder")
    assert (await ann.post("/studio/account/export")).status == 503
    assert (await ann.post("/studio/uploads", data=picture())).status == 503


async def test_a_person_is_forgotten_and_signed_out(studio: Studio, ann: Browser) -> None:
    made(studio, charged_credits=4.0)
    assert (await (await ann.post("/studio/account/forget")).json())["go"] == "/studio/sign-in"
    assert not studio.world.store.rows
    assert (await ann.get("/studio")).status == 303


async def test_no_one_gets_a_new_allowance_by_being_forgotten(studio: Studio, ann: Browser) -> None:
    running = a_generation(model_id=MODEL, created_at=studio.world.clock.now())
    await studio.world.store.add(running)
    assert (await (await ann.post("/studio/account/forget")).json())["error"] == "still_running"
    studio.world.store.rows.clear()
    await studio.limits.set(PersonalLimit(user=ANN, credits_per_day=10))
    assert (await (await ann.post("/studio/account/forget")).json())["error"] == "forget_limited"
    assert ANN in studio.limits.limits


async def test_a_daily_limit_outlives_a_person_who_asks_to_be_forgotten() -> None:
    settings = Settings(telegram_bot_token=TOKEN, access="everyone", user_limits=UserLimits(credits_per_day=10))
    async with Studio(settings=settings).serving() as studio, studio.browser(ANN) as ann:
        made(studio, charged_credits=4.0)
        answer = await ann.post("/studio/account/forget")
        assert (answer.status, (await answer.json())["error"]) == (409, "forget_today")
        assert studio.world.store.rows
        await studio.world.clock.advance(timedelta(hours=25).total_seconds())
        ann.csrf = await ann.token()
        assert (await ann.post("/studio/account/forget")).status == 200
