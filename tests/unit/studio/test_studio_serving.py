"""How the studio's pages are served: streams, prefixes, odd requests."""

import asyncio
import re
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiohttp import ClientPayloadError, ClientSession
from structlog.testing import capture_logs
from yarl import URL

from adapters.memory.trouble import Trouble
from application.errors import MediaUnavailable
from domain.media import MediaFile
from tests.support.generations import ANN, a_generation
from tests.support.studio import LINKS, MODEL, Browser, Studio, made


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
        async with asyncio.timeout(30):
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
        async with asyncio.timeout(30):
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
