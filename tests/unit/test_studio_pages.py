"""The studio's pages: who may see what, what is taken in, and what an answer may do in a browser."""

import asyncio
import hashlib
import hmac
import io
import json
import re
import tempfile
import zipfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiohttp import ClientPayloadError, ClientSession
from attrs import evolve
from structlog.testing import capture_logs
from yarl import URL

from adapters.memory.trouble import Trouble
from adapters.system.ids import SystemIds
from adapters.web.paths import PERSON
from adapters.web.plots import Figure, plot
from adapters.web.rate_limits import EXPORTS, SIGN_INS
from adapters.web.telegram_proofs import TelegramProofs
from adapters.web.visit import FURTHER_BOT
from application.errors import (
    DeliveryOutcomeUnknown,
    DestinationGone,
    MediaUnavailable,
    MessengerUnavailable,
    NotSignedIn,
    ProviderUnavailable,
)
from application.operating.create_api_key import CreateApiKey
from application.ports.generation_store import UserLimits
from application.ports.limit_store import PersonalLimit
from config.settings import Settings
from domain.access import Block, Subject
from domain.draft import Draft, DraftId
from domain.failure import Failure, FailureKind
from domain.generation import Destination, Generation, GenerationId, Result
from domain.kept_media import MediaId
from domain.media import Attachment, MediaFile, MediaKind
from domain.model import ModelId
from domain.preset import Preset, PresetId
from domain.reference_set import ReferenceKind, ReferenceSet, ReferenceSetId
from tests.support.audit import an_audit
from tests.support.generations import ANN, BOB, NOON, a_generation, life_of
from tests.support.studio import LINKS, TOKEN, Browser, Studio
from tests.support.telegram_simulator import picture

MODEL = "z-image"


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    async with Studio().serving() as running:
        yield running


@pytest.fixture
async def ann(studio: Studio) -> AsyncIterator[Browser]:
    async with studio.browser(ANN) as browser:
        yield browser


@pytest.fixture
async def bob(studio: Studio) -> AsyncIterator[Browser]:
    async with studio.browser(BOB) as browser:
        yield browser


@pytest.fixture
def photo(tmp_path: Path) -> MediaFile:
    path = tmp_path / "fox.jpg"
    path.write_bytes(picture())
    return MediaFile(path=path, name="fox.jpg", mime="image/jpeg", size_bytes=path.stat().st_size)


def made(studio: Studio, **changes: object) -> Generation:
    """A delivered picture of Ann's, in the store."""
    row = evolve(life_of(a_generation(model_id=MODEL, created_at=studio.world.clock.now()))[-1], **changes)  # type: ignore[arg-type]  # keyword arguments of several types
    studio.world.store.rows[row.id] = row
    return row


def init_data(token: str = TOKEN, *, user_id: int = 1, age: timedelta = timedelta(), now: float = 0.0) -> str:
    fields = {
        "user": json.dumps({"id": user_id, "first_name": "Ann"}),
        "auth_date": str(int(now - age.total_seconds())),
        "query_id": "q",
        "signature": "s",
    }
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    text = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    return urlencode({**fields, "hash": hmac.new(key, text.encode(), hashlib.sha256).hexdigest()})


# Signing in


async def test_a_stranger_is_led_to_the_door_and_a_script_is_informed(studio: Studio) -> None:
    async with studio.browser() as no_one:
        answer = await no_one.get("/studio/library")
        assert (answer.status, answer.headers["Location"]) == (303, "/studio/sign-in?next=/studio/library")
        assert (await no_one.get("/studio", headers={"Accept": "application/json"})).status == 401
        assert (await no_one.get("/studio/sign-in")).status == 200


async def test_a_local_link_signs_in_and_another_does_not(studio: Studio) -> None:
    async with studio.browser() as browser:
        assert (
            (await browser.get(f"/studio/enter/{LINKS[ANN][:-1]}x")).headers["Location"].startswith("/studio/sign-in")
        )
        await browser.enter(ANN)
        assert (await browser.get("/studio")).status == 200


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(studio: Studio) -> None:
    async with studio.browser() as browser:
        answer = await browser.get(f"/studio/enter/{LINKS[ANN]}")
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/studio" in cookie


async def test_a_cookie_over_https_is_secure_and_in_the_mini_app_the_frames_own() -> None:
    async with Studio(is_secure=True).serving() as studio, studio.browser() as browser:
        studio_cookie = (await browser.get(f"/studio/enter/{LINKS[ANN]}")).headers["Set-Cookie"]
        app_cookie = (await browser.get(f"/app/enter/{LINKS[ANN]}")).headers["Set-Cookie"]
        assert "Secure" in studio_cookie
        assert all(word in app_cookie for word in ("Secure", "SameSite=None", "Partitioned", "Path=/app"))


async def test_a_cookie_is_dropped_as_the_cookie_it_was_set_as() -> None:
    async with Studio(is_secure=True).serving() as studio, studio.browser() as stranger:
        dead = {"Cookie": "mediabot_session=dead"}
        for prefix, kind in (("/app", "SameSite=None; Partitioned"), ("/studio", "SameSite=Lax")):
            said = (await stranger.get(f"{prefix}/library", headers=dead)).headers["Set-Cookie"]
            assert said == f"mediabot_session=; Path={prefix}; Max-Age=0; HttpOnly; Secure; {kind}"


async def test_the_mini_app_signs_in_once_by_each_proof(studio: Studio) -> None:
    data = init_data(now=studio.world.clock.now().timestamp())
    async with studio.browser() as browser:
        answer = await browser.post("/app/sign-in/mini-app", data=data)
        assert (answer.status, await answer.json()) == (200, {"go": "/app"})
        assert (await browser.get("/app")).status == 200
        assert (await browser.post("/app/sign-in/mini-app", data=data)).status == 401


@pytest.mark.parametrize(
    "data",
    [
        "",
        "hash=",
        "x" * 10_000,
        init_data("100200300:another-token", now=NOON.timestamp()),
        init_data(now=NOON.timestamp()).replace("Ann", "Bob"),
        init_data(now=NOON.timestamp(), age=timedelta(minutes=16)),
        init_data(now=NOON.timestamp(), age=-timedelta(minutes=16)),
    ],
)
def test_a_forged_or_old_proof_is_refused(data: str) -> None:
    with pytest.raises(NotSignedIn):
        TelegramProofs(TOKEN).mini_app(data, now=NOON)


def test_the_answer_of_the_login_button_is_checked() -> None:
    fields = {"id": "1", "first_name": "Ann", "auth_date": str(int(NOON.timestamp()))}
    text = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    said = hmac.new(hashlib.sha256(TOKEN.encode()).digest(), text.encode(), hashlib.sha256).hexdigest()
    assert TelegramProofs(TOKEN).login_button({**fields, "hash": said}, now=NOON).user == ANN
    with pytest.raises(NotSignedIn):
        TelegramProofs(TOKEN).login_button({**fields, "id": "2", "hash": said}, now=NOON)
    with pytest.raises(NotSignedIn):
        TelegramProofs(TOKEN).login_button({**fields, "hash": said}, now=NOON + timedelta(hours=1))


async def test_signing_out_ends_the_session_there_and_everywhere(studio: Studio, ann: Browser) -> None:
    async with studio.browser(ANN) as phone:
        [this] = [one for one in studio.sessions.sessions.values() if one.csrf == ann.csrf]
        assert (await phone.post(f"/studio/account/sessions/{this.id}/end")).status == 200
        assert (await ann.get("/studio")).status == 303
        assert (await phone.get("/studio")).status == 200
        assert (await phone.post("/studio/account/sessions/end")).status == 200
        assert (await phone.get("/studio")).status == 303


async def test_a_token_is_replaced_twice_a_day_and_an_old_one_dies(studio: Studio, ann: Browser) -> None:
    old = {one.key: one.value for one in ann.session.cookie_jar}
    await studio.world.clock.advance(timedelta(hours=13).total_seconds())
    assert "Set-Cookie" in (await ann.get("/studio")).headers
    async with ClientSession(studio.base, cookies=old) as thief:
        assert (await thief.get("/studio", allow_redirects=False)).status == 200  # a request that was on its way
        await studio.world.clock.advance(61)
        assert (await thief.get("/studio", allow_redirects=False)).status == 303
    assert (await ann.get("/studio")).status == 200


async def test_a_proof_that_comes_in_several_packets_is_whole(studio: Studio) -> None:
    proof = init_data(now=studio.world.clock.now().timestamp()).encode()

    async def packets() -> AsyncIterator[bytes]:
        yield proof[:20]
        await asyncio.sleep(0.05)
        yield proof[20:]

    async with studio.browser() as browser:
        assert (await browser.session.post("/app/sign-in/mini-app", data=packets())).status == 200


@pytest.mark.parametrize("path", ["/studio/events", "/studio/generations/nothing", "/studio/media/{}"])
async def test_no_one_is_signed_out_by_an_answer_that_carries_no_token(
    studio: Studio, ann: Browser, photo: MediaFile, path: str
) -> None:
    media = await studio.keep(photo)
    await studio.world.clock.advance(timedelta(hours=13).total_seconds())
    async with ann.session.get(path.format(media.id)) as answer:
        assert "Set-Cookie" not in answer.headers
        await studio.world.clock.advance(61)
        assert (await ann.get("/studio")).status == 200


async def test_too_many_sign_ins_from_one_address_are_put_off(studio: Studio) -> None:
    async with studio.browser() as browser:
        statuses = [(await browser.get("/studio/enter/" + "x" * 20)).status for _ in range(SIGN_INS.burst + 1)]
        assert statuses[-1] == 429


async def test_a_blocked_person_sees_nothing_and_an_operators_page_is_for_operators(
    studio: Studio, ann: Browser, bob: Browser
) -> None:
    assert (await ann.get("/studio/desk")).status == 200
    assert (await bob.get("/studio/desk")).status == 403
    await studio.access.block(Block(subject=Subject(BOB), at=NOON))
    await studio.world.clock.advance(11)
    assert (await bob.get("/studio")).status == 403


# The operator


async def test_the_operator_sees_how_days_went_and_opens_a_person_and_a_generation(
    studio: Studio, ann: Browser, bob: Browser
) -> None:
    done = made(studio, charged_credits=4.0)
    said = Failure(kind=FailureKind.GENERATION_FAILED, provider_message="out of paint")
    refused = made(studio, id=GenerationId("badnews"), failure=said, results=())
    await bob.get("/studio")
    overview = await (await ann.get("/studio/desk?days=30")).text()
    assert overview.count("<svg viewBox") == 4
    assert "2, failed: 1" in overview
    assert "None: all is well." in overview
    people = await (await ann.get("/studio/desk/people")).text()
    assert f"/studio/desk/people/{BOB}" in people
    person = await (await ann.get(f"/studio/desk/people/{ANN}")).text()
    assert f"/studio/desk/generations/{done.id}" in person
    assert done.prompt not in person
    assert (await ann.get("/studio/desk/people?id=1")).headers["Location"] == f"/studio/desk/people/{ANN}"
    assert (await ann.get("/studio/desk/people/telegram:404")).status == 404
    found = await ann.get(f"/studio/desk/generations?id={refused.id}")
    page = await (await ann.get(found.headers["Location"])).text()
    assert "out of paint" in page
    assert refused.prompt not in page
    assert (await ann.get("/studio/desk/generations/nothing")).status == 404
    models = await (await ann.get("/studio/desk/models")).text()
    assert "All models are on" in models


async def test_the_operator_changes_one_persons_limit(studio: Studio, ann: Browser) -> None:
    path = f"/studio/desk/people/{BOB}"
    for do, amount, expected in (("set", "12,5", 12.5), ("none", "", None), ("set", "0", 0.0)):
        assert (await ann.post(f"{path}/limit", data={"do": do, "credits_per_day": amount})).status == 303
        assert studio.limits.limits[BOB].credits_per_day == expected
    assert (await ann.post(f"{path}/limit", data={"do": "set", "credits_per_day": ""})).status == 422
    page = await (await ann.get(path)).text()
    assert "0 credits, set for this person." in page
    assert (await ann.post(f"{path}/limit", data={"do": "default"})).status == 303
    assert BOB not in studio.limits.limits


async def test_the_operator_blocks_a_person_but_no_operator(studio: Studio, ann: Browser) -> None:
    path = f"/studio/desk/people/{BOB}"
    await ann.post(f"{path}/block", data={"do": "block", "reason": "spam"})
    assert [block.reason for block in await studio.access.blocks()] == ["spam"]
    assert "spam" in await (await ann.get(path)).text()
    await ann.post(f"{path}/block", data={"do": "unblock"})
    assert not await studio.access.blocks()
    assert (await ann.post(f"/studio/desk/people/{ANN}/block", data={"do": "block"})).status == 403


async def test_the_operator_switches_a_model_off_and_on(studio: Studio, ann: Browser) -> None:
    await ann.post("/studio/desk/pause", data={"model": MODEL, "reason": "too dear", "do": "pause"})
    assert "too dear" in await (await ann.get("/studio/desk/models")).text()
    await ann.post("/studio/desk/pause", data={"model": MODEL, "do": "resume"})
    assert "too dear" not in await (await ann.get("/studio/desk/models")).text()


def test_a_plot_labels_no_more_columns_than_there_is_room_for() -> None:
    figures = [Figure(label=str(day), text=str(day), outer=day, inner=day / 2) for day in range(90)]
    columns = plot("spent", "Spent", figures, most="89").columns
    assert [column.label for column in columns if column.label][-1] == "89"
    assert sum(bool(column.label) for column in columns) == 7
    assert columns[-1].outer_y == 0
    assert columns[-1].inner_height == 80
    assert plot("spent", "Spent", [Figure(label="", text="", outer=0)], most="0").is_empty


# Whose it is


async def test_another_persons_ids_lead_nowhere_on_any_path(
    studio: Studio, ann: Browser, bob: Browser, photo: MediaFile
) -> None:
    generation = made(studio)
    media = await studio.keep(photo, ANN, generation)
    draft = Draft(
        id=DraftId("annsdraft1"),
        user=ANN,
        destination=generation.destination,
        model_id=generation.model_id,
        values={"mask_url": media.attachment, "image_url": media.attachment},
        updated_at=NOON,
    )
    await studio.drafts.save(draft)
    preset = Preset(id=PresetId("annspreset"), owner=ANN, name="Fox", model_id=MODEL, values={}, created_at=NOON)  # type: ignore[arg-type]  # keyword arguments of several types
    await studio.presets.add(preset, limit=9)
    reference = ReferenceSet(
        id=ReferenceSetId("annsfox"),
        owner=ANN,
        name="fox",
        kind=ReferenceKind.CHARACTER,
        media=(media.id,),
        created_at=NOON,
    )
    await studio.references.add(reference, limit=9)
    [session] = [one for one in studio.sessions.sessions.values() if one.user == ANN]
    key, _ = await CreateApiKey(keys=studio.api_keys, ids=SystemIds(), clock=studio.world.clock, audit=an_audit())(
        "program", ANN
    )
    ids = {
        "key": key.id,
        "generation": generation.id,
        "media": media.id,
        "draft": draft.id,
        "preset": preset.id,
        "session": session.id,
        "person": ANN,
        "found": generation.id,
        "reference": reference.id,
        "index": "0",
        "parameter": "mask_url",
    }
    tried = 0
    for route in studio.site.routes:
        names = {name for name in ids if f"{{{name}" in route.path}
        is_desk = "/desk/" in route.path
        if not (names or is_desk) or not route.path.startswith("/studio"):
            continue
        path = route.path
        for name in names:
            start = path.index(f"{{{name}")
            depth, end = 0, start
            for end in range(start, len(path)):
                depth += {"{": 1, "}": -1}.get(path[end], 0)
                if not depth:
                    break
            path = path[:start] + ids[name] + path[end + 1 :]
        call = bob.get if route.method == "GET" else bob.post
        body = {} if route.method == "GET" else {"json": {"parameter": "prompt", "value": "mine", "name": "mine"}}
        answer = await call(path, **body)
        assert answer.status == (403 if is_desk else 404), f"{route.method} {path}: {answer.status}"
        tried += 1
    assert tried >= 25
    assert studio.world.store.rows[generation.id] == generation
    assert studio.drafts.drafts[draft.id] == draft
    assert preset.id in studio.presets.presets
    assert session.id in studio.sessions.sessions
    assert (await studio.api_keys.get(key.id)) == key
    assert await studio.media_index.get(media.id) == media


async def test_every_path_that_changes_something_wants_a_page_of_our_own(studio: Studio, ann: Browser) -> None:
    ann.csrf = "another"
    posts = [route for route in studio.site.routes if route.method == "POST" and "sign-in" not in route.path]
    assert posts
    for route in posts:
        path = route.path.replace(FURTHER_BOT, "").replace("/app/", "/studio/")
        for name in ("draft", "generation", "key", "preset", "reference", "session"):
            path = path.replace(f"{{{name}:[a-z0-9]{{1,32}}}}", "x")
        path = path.replace(f"{{person:{PERSON}}}", BOB)
        await studio.world.clock.advance(1200)  # some are limited to three an hour
        assert (await ann.post(path, json={})).status == 403, path


async def test_a_request_from_another_site_is_refused_even_with_the_token(ann: Browser) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert (await ann.post("/studio/account/language", data={"language": "ru"}, headers=headers)).status == 403


async def test_every_answer_keeps_scripts_and_frames_of_others_out(studio: Studio, ann: Browser) -> None:
    for path in ("/studio", "/studio/library", "/studio/nothing-here", "/studio/sign-in", "/studio/generations/x"):
        answer = await ann.get(path)
        if answer.status == 404 and "Content-Security-Policy" not in answer.headers:
            continue  # no path of our own
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    html = await (await ann.get("/studio")).text()
    assert "<script>" not in html
    assert " style=" not in html
    assert " onclick=" not in html


async def test_words_are_escaped_wherever_they_are_shown(studio: Studio, ann: Browser) -> None:
    generation = made(studio, input={"prompt": "<script>alert(1)</script>"})
    for path in ("/studio", "/studio/library", f"/studio/generations/{generation.id}"):
        html = await (await ann.get(path)).text()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


# Files


async def test_an_upload_is_judged_by_its_bytes_and_served_so_that_it_can_run_nothing(ann: Browser) -> None:
    answer = await ann.post("/studio/uploads", data=picture(), headers={"X-File-Name": "..%2Ffox.html"})
    kept = await answer.json()
    assert (answer.status, kept["kind"]) == (200, "image")
    assert "/" not in kept["name"]
    shown = await ann.get(f"/studio/media/{kept['id']}")
    assert (shown.status, shown.content_type) == (200, "image/jpeg")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert await shown.read() == picture()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"<html><script>alert(1)</script></html>", 415),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 415),
        (b"PK\x03\x04" + bytes(100), 415),
        (b"", 415),
    ],
)
async def test_what_is_no_medium_is_refused(ann: Browser, body: bytes, status: int) -> None:
    answer = await ann.post("/studio/uploads", data=body, headers={"X-File-Name": "fox.png"})
    assert answer.status == status
    assert (await answer.json())["message"]


async def test_an_upload_of_five_gigabytes_is_refused_before_it_is_read(studio: Studio, ann: Browser) -> None:
    headers = {"Content-Length": str(5 << 30), "Expect": "100-continue"}
    answer = await ann.post("/studio/uploads", headers=headers, data=b"")
    assert answer.status in {413, 417, 400}
    assert not studio.media_store.files


async def test_a_part_of_a_file_is_sent_to_players(ann: Browser, studio: Studio, photo: MediaFile) -> None:
    media = await studio.keep(photo)
    whole = picture()
    for asked, expected in (("bytes=0-9", whole[:10]), ("bytes=10-", whole[10:]), (f"bytes=0-{10**9}", whole)):
        answer = await ann.get(f"/studio/media/{media.id}", headers={"Range": asked})
        assert await answer.read() == expected
    assert (await ann.get(f"/studio/media/{media.id}", headers={"Range": f"bytes={10**9}-"})).status == 416


async def test_a_page_may_be_kept_as_a_download_only_where_it_is_no_medium(
    ann: Browser, studio: Studio, photo: MediaFile
) -> None:
    media = await studio.keep(evolve(photo, mime="text/html", name="x.html"))
    answer = await ann.get(f"/studio/media/{media.id}")
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


async def test_an_older_result_is_kept_when_it_is_first_looked_at(studio: Studio, ann: Browser) -> None:
    generation = made(studio)
    answer = await ann.get(f"/studio/results/{generation.id}/0")
    assert answer.status == 303
    assert (await ann.get(answer.headers["Location"])).status == 200
    assert (await ann.get(f"/studio/results/{generation.id}/7")).status == 404


# Making


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


async def test_every_row_of_models_names_a_price(ann: Browser) -> None:
    for shelf in ("shelf=new", "shelf=task&name=image_to_video", "q=suno"):
        page = await (await ann.get(f"/studio/models?{shelf}")).text()
        rows = re.findall(r'class="model-card".*?</button>', page, re.DOTALL)
        assert rows
        assert all(re.search(r'class="cost">[^<]*\d', row) for row in rows)
    html = (await (await ann.post("/studio/offers", data={"text": "a red fox in snow"})).json())["html"]
    rows = re.findall(r'class="row-button".*?</button>', html, re.DOTALL)
    assert rows
    assert all(re.search(r'class="cost">[^<]*\d', row) for row in rows)


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


async def test_events_show_a_generation_as_it_changes(studio: Studio, ann: Browser) -> None:
    async with ann.session.get("/studio/events") as stream:
        assert stream.content_type == "text/event-stream"
        await studio.world.store.add(a_generation(model_id=MODEL, prompt="a hare"))
        seen = b""
        while b"a hare" not in seen:
            seen += await stream.content.readline()
        assert b"event: card" in seen
        studio.site.close()


async def test_one_person_takes_no_more_than_their_part_of_the_streams(
    studio: Studio, ann: Browser, bob: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("application.generating.watch_generations.AT_ONCE", 2)
    headers = {"Authorization": f"Bearer {await studio.key()}"}
    of_api = f"/api/v1/generations/{made(studio).id}/events"
    async with AsyncExitStack() as stack:
        for _ in range(2):
            stream = await stack.enter_async_context(ann.session.get("/studio/events"))
            assert await stream.content.readline() == b"retry: 1000\n"
        assert (await ann.get("/studio/events")).status == 409
        assert (await ann.get(of_api, headers=headers)).status == 429
        other = await stack.enter_async_context(bob.session.get("/studio/events"))
        assert other.status == 200
        studio.site.close()
        async with asyncio.timeout(10):
            while (await ann.get(of_api, headers=headers)).status != 200:
                await asyncio.sleep(0.01)


@pytest.mark.parametrize("path", ["/studio/nowhere", "/app/nowhere/at/all", "/studio/offers"])
async def test_where_no_page_stands_a_person_is_informed(studio: Studio, path: str) -> None:
    async with studio.browser() as stranger:
        answer = await stranger.get(path)
        assert answer.status == 404
        assert "There is no such page" in await answer.text()


async def test_a_key_that_is_revoked_at_once_is_not_made_again_by_the_page_that_made_it(ann: Browser) -> None:
    made_now = await ann.post("/studio/account/keys", data={"name": "program"}, headers={"Accept": "text/html"})
    button = re.search(r'<button[^>]*data-post="[^"]*/keys/[^"]*/revoke"[^>]*>', await made_now.text())
    assert button
    assert "data-reload" not in button[0]  # that would send the form again
    assert 'data-go="/studio/account"' in button[0]


async def test_each_bot_has_pages_of_its_own() -> None:
    token = "200:another-token-of-the-tests"
    of_bob = Settings(telegram_bot_token=token, access="everyone", admin_users=frozenset({BOB}))
    other = Studio(settings=of_bob)
    async with Studio(further={"200": other}).serving() as studio, studio.browser() as bob:
        now = studio.world.clock.now().timestamp()
        asked = await bob.get("/200/studio/library")
        assert asked.headers["Location"] == "/200/studio/sign-in?next=/200/studio/library"
        assert (await bob.get("/200/studio/")).headers["Location"] == "/200/studio"
        assert (await bob.get("/300/studio")).status == 404
        assert (await bob.get(f"/200/studio/enter/{LINKS[BOB]}")).headers["Location"].startswith("/200/studio/sign-in")
        path, firsts = "/200/app/sign-in/mini-app", init_data(user_id=2, now=now)
        assert (await bob.session.post(path, data=firsts)).status == 401
        entered = await bob.session.post(path, data=init_data(token, user_id=2, now=now))
        assert (await entered.json())["go"] == "/200/app"
        assert "Path=/200/app;" in entered.headers["Set-Cookie"]
        page = await (await bob.get("/200/app")).text()
        bob.csrf = await bob.token("/200/app")
        assert set(re.findall(r'(?:href|src|action)="(/[^/"]+/[^/"]+)', page)) == {"/200/app"}
        assert (await bob.get("/200/app/desk")).status == 200
        cookie = {"Cookie": entered.headers["Set-Cookie"].partition(";")[0]}
        assert (await bob.session.get("/app", headers=cookie, allow_redirects=False)).status == 303
        row = life_of(a_generation(user=BOB, model_id=MODEL, created_at=other.world.clock.now()))[-1]
        other.world.store.rows[row.id] = row
        assert (await bob.post(f"/200/app/generations/{row.id}/share")).status == 200
        shown = await (await bob.get(f"/200/app/generations/{row.id}")).text()
        [shared] = re.findall(r'value="http://[^/]+(/200/studio/s/[^"]+)"', shown)
        assert (await bob.get(shared)).status == 200
        assert (await bob.get(shared.removeprefix("/200"))).status == 404
        await bob.enter(BOB)
        assert (await bob.get("/studio")).status == 200
        assert (await bob.get("/studio/desk")).status == 403


async def test_the_same_pages_stand_under_both_prefixes(studio: Studio) -> None:
    paths = {
        prefix: {
            (one.method, one.path.removeprefix(prefix)) for one in studio.site.routes if one.path.startswith(prefix)
        }
        for prefix in ("/studio", "/app")
    }
    assert paths["/studio"] == paths["/app"]


async def test_while_the_service_starts_every_page_says_so(studio: Studio) -> None:
    assert studio.site._guard.services
    studio.site._guard.services = None
    async with studio.browser() as browser:
        answer = await browser.get(f"/studio/enter/{LINKS[ANN]}")
        assert (answer.status, answer.headers["Refresh"]) == (503, "1")


def test_script_and_style_of_the_first_page_stay_small() -> None:
    folder = Path("adapters/web/static")
    first = ["studio.js", "studio.css", "telegram.js"]
    assert sum((folder / name).stat().st_size for name in first) <= 100_000


ODD_BODIES = (
    ("application/json", b"[" * 100_000),
    ("application/json", b"5"),
    ("application/json; charset=none", b"{}"),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=q", b"--q\r\n\r\n\r\n--q--"),
    ("multipart/form-data; boundary=q", b'--q\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nc'),
    ("application/x-www-form-urlencoded; charset=none", b"text=x"),
    (
        "application/x-www-form-urlencoded",
        b"text=%ff%00&model=%ed%a0%80&run=nan&agreed=1e999&media=%00&nonce=%ed%a0%80",
    ),
)
ENDS = ("/end", "/forget", "/sign-in/mini-app")
"""Paths after which no one is signed in any more."""


@pytest.mark.parametrize(("kind", "body"), ODD_BODIES)
async def test_a_body_that_cannot_be_read_is_no_fault_of_our_own_on_any_page(
    studio: Studio, ann: Browser, kind: str, body: bytes
) -> None:
    paths = [
        re.sub(
            r"\{(\w+)(:[^{}]*(\{[^{}]*\})?[^{}]*)?\}",
            lambda part: "telegram:1" if part[1] == "person" else "a" * 16,
            one.path,
        )
        for one in studio.site.routes
        if one.method == "POST" and one.path.startswith("/studio") and not one.path.endswith(ENDS)
    ]
    assert len(paths) > 25
    with capture_logs() as lines:
        for path in paths:
            await studio.world.clock.advance(10)
            answer = await ann.post(path, data=body, headers={"Content-Type": kind})
            assert answer.status not in {401, 429, 500}, path
    assert [line for line in lines if line["log_level"] == "error"] == []


@pytest.mark.parametrize(
    "path", ["x/..%2f..%2fpyproject.toml", "x/%2e%2e", "..%2f..%2f/etc/passwd", "x/%00", "x/%ff", "x/renderer.py"]
)
async def test_no_path_leads_out_of_the_static_files(studio: Studio, path: str) -> None:
    address = URL(f"{studio.base}/studio/static/{path}", encoded=True)
    async with ClientSession() as plain, plain.get(address, allow_redirects=False) as answer:
        assert answer.status == 404


ODD_VALUES = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9" * 5000, "\0", "\udc80")


@pytest.mark.parametrize("value", ODD_VALUES)
async def test_an_odd_address_is_no_fault_of_our_own_on_any_page(studio: Studio, ann: Browser, value: str) -> None:
    paths = [
        one.path
        for one in studio.site.routes
        if one.method == "GET"
        and one.path.startswith("/studio")
        and "{" not in one.path
        and one.path != "/studio/events"
    ]
    assert len(paths) > 12
    names = ("page", "q", "kind", "model", "since", "before", "id", "days", "shelf", "name", "text", "next", "hash")
    asked = names if len(value) < 100 else names[:1]
    query = urlencode(dict.fromkeys(asked, value), errors="surrogateescape")
    with capture_logs() as lines:
        for path in paths:
            answer = await ann.session.get(URL(f"{studio.base}{path}?{query}", encoded=True), allow_redirects=False)
            assert answer.status in {200, 301, 303, 404}, path
    assert [line for line in lines if line["log_level"] == "error"] == []


@pytest.mark.parametrize("value", [b'"\\ud800"', b"NaN", b"1e999"])
async def test_a_value_that_no_text_or_number_is_does_not_reach_a_draft(
    studio: Studio, ann: Browser, value: bytes
) -> None:
    path = (await (await ann.post("/studio/drafts", data={"model": MODEL, "edit": "1"})).json())["go"]
    body = b'{"parameter": "prompt", "value": ' + value + b"}"
    assert (await ann.post(f"{path}/edit", data=body)).status == 422
    [draft] = studio.drafts.drafts.values()
    assert "prompt" not in draft.values


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/studio", "/studio/nowhere", "/app/library"])
async def test_what_a_path_does_not_take_is_refused_as_safely_as_anything(ann: Browser, method: str, path: str) -> None:
    answer = await ann.session.request(method, path, headers={"Accept": "application/json"})
    assert (answer.status, answer.headers["X-Content-Type-Options"]) == (404, "nosniff")
    assert (await answer.json())["error"] == "not_found"


async def test_a_reader_who_asks_for_the_headers_alone_gets_no_body(
    studio: Studio, ann: Browser, photo: MediaFile
) -> None:
    media, row = await studio.keep(photo), made(studio)
    cookies = ann.session.cookie_jar.filter_cookies(URL(f"{studio.base}/studio"))
    said = "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items())
    key = await studio.key()
    for path in (
        f"/studio/media/{media.id}",
        f"/studio/media/{media.id}/preview",
        "/studio/events",
        f"/api/v1/media/{media.id}",
        f"/api/v1/generations/{row.id}/events",
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", URL(studio.base).port)
        lines = [f"HEAD {path} HTTP/1.1", "Host: x", f"Cookie: {said}", f"Authorization: Bearer {key}"]
        writer.write("\r\n".join([*lines, "Connection: close", "", ""]).encode())
        async with asyncio.timeout(10):
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        writer.close()
        assert (head.split()[1], body) == (b"200", b""), path


@pytest.mark.parametrize("door", ["/studio/media/{}", "/api/v1/media/{}"])
async def test_a_file_that_ends_too_soon_is_cut_short_and_nothing_else_is_sent_for_it(
    studio: Studio, ann: Browser, photo: MediaFile, door: str
) -> None:
    media = await studio.keep(photo)
    studio.media_store.files[media.key] = studio.media_store.files[media.key][:100]
    studio.media_store.on_call.add(Trouble(error=MediaUnavailable("the disk"), takes_effect=True))
    path = door.format(media.id)
    cookies = {
        name: one.value for name, one in ann.session.cookie_jar.filter_cookies(URL(f"{studio.base}/studio")).items()
    }
    headers = {"Authorization": f"Bearer {await studio.key()}"}
    async with ClientSession(cookies=cookies, headers=headers) as session, session.get(studio.base + path) as answer:
        assert answer.status == 200
        with pytest.raises(ClientPayloadError):
            await answer.read()
        assert answer.content.total_bytes == 100
