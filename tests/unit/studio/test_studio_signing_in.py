"""Signing in to the studio: by a link, by Telegram's proofs, and out again."""

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession

from adapters.web.rate_limits import SIGN_INS
from adapters.web.telegram_proofs import TelegramProofs
from application.errors import NotSignedIn
from config.settings import Settings
from domain.media import MediaFile
from tests.support.generations import ANN, BOB, NOON
from tests.support.studio import LINKS, TOKEN, Browser, Studio, made


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
        row = made(other, user=BOB)
        assert (await bob.post(f"/200/app/generations/{row.id}/share")).status == 200
        shown = await (await bob.get(f"/200/app/generations/{row.id}")).text()
        [shared] = re.findall(r'value="http://[^/]+(/200/studio/s/[^"]+)"', shown)
        assert (await bob.get(shared)).status == 200
        assert (await bob.get(shared.removeprefix("/200"))).status == 404
        await bob.enter(BOB)
        assert (await bob.get("/studio")).status == 200
        assert (await bob.get("/studio/desk")).status == 403
