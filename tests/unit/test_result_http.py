"""The fetcher against servers that lie, stall, redirect and point at our own network."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from adapters.result_http import FetchLimits, HttpResultFetcher, anywhere, guarded_session, is_public
from adapters.result_http.file_types import mime_of, name_of
from application.errors import ResultGone, ResultRefused, ResultTooLarge, ResultUnavailable
from tests.support.faulty_server import Fault, RawAnswer, faulty
from tests.support.result_server import LIMITS, serving


class Names(AbstractResolver):
    """A name service of our own, by the first part of a name."""

    def __init__(self, **addresses: str) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        address = self._addresses[host.partition(".")[0]]
        return [
            ResolveResult(
                hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=socket.AI_NUMERICHOST
            )
        ]

    async def close(self) -> None:
        pass


@asynccontextmanager
async def fetcher(
    *, may_connect: Callable[[str], bool] = anywhere, limits: FetchLimits = LIMITS, **names: str
) -> AsyncIterator[HttpResultFetcher]:
    resolver = Names(**names) if names else None
    async with guarded_session(may_connect=may_connect, resolver=resolver) as session:
        yield HttpResultFetcher(session, limits=limits)


async def fetch(fetching: HttpResultFetcher, url: str, limit_bytes: int = 10_000) -> bytes:
    async with fetching.fetch(url, limit_bytes=limit_bytes) as file:
        return file.path.read_bytes()


async def ok(_request: web.Request) -> web.StreamResponse:
    return web.Response(body=b"content")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254", "10.0.0.1", "2130706433"],
)
async def test_a_private_host_is_refused_however_it_is_written(host: str) -> None:
    async with fetcher(may_connect=is_public) as fetching:
        with pytest.raises(ResultRefused):
            await fetch(fetching, f"http://{host}:1/fox.png")


async def test_a_name_is_judged_by_the_address_it_leads_to() -> None:
    async with serving(ok) as base:
        url = base.replace("127.0.0.1", "name.example")
        async with fetcher(name="127.0.0.1") as fetching:
            assert await fetch(fetching, url) == b"content"
        async with fetcher(may_connect=is_public, name="127.0.0.1") as fetching:
            with pytest.raises(ResultRefused):
                await fetch(fetching, url)


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.2:{port}/", "//127.0.0.2:{port}/", "file:///etc/passwd", "http://u:p@127.0.0.1:{port}/"],
)
async def test_a_redirect_leads_nowhere_that_would_have_been_refused_at_once(location: str) -> None:
    async def redirect(request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": location.format(port=request.url.port)})

    async with serving(redirect) as base, fetcher(may_connect=lambda address: address == "127.0.0.1") as fetching:
        with pytest.raises(ResultRefused):
            await fetch(fetching, base)


@pytest.mark.parametrize("hops", [0, 1, 3])
async def test_a_few_redirects_are_followed(hops: int) -> None:
    async def redirect(request: web.Request) -> web.StreamResponse:
        left = int(request.path.strip("/"))
        return web.Response(status=307, headers={"Location": f"/{left - 1}"}) if left else await ok(request)

    async with serving(redirect) as base, fetcher() as fetching:
        assert await fetch(fetching, f"{base}{hops}") == b"content"


@pytest.mark.parametrize("location", ["//[", "http://[::1", "http://a..b/", f"http://{'a' * 64}.example/"])
async def test_a_redirect_to_what_is_no_address_is_refused(location: str) -> None:
    async def redirect(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": location})

    async with serving(redirect) as base, fetcher() as fetching:
        with pytest.raises(ResultRefused):
            await fetch(fetching, base)


async def test_a_circle_of_redirects_is_left() -> None:
    asked = 0

    async def redirect(request: web.Request) -> web.StreamResponse:
        nonlocal asked
        asked += 1
        return web.Response(status=302, headers={"Location": request.path})

    async with serving(redirect) as base, fetcher() as fetching:
        with pytest.raises(ResultRefused):
            await fetch(fetching, base)
    assert asked == LIMITS.redirects + 1


async def test_a_size_that_is_announced_is_believed_before_a_byte_is_read() -> None:
    answer = RawAnswer(b"HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\nfew")
    async with faulty(1) as relay, fetcher() as fetching:
        relay.spoil(answer)
        with pytest.raises(ResultTooLarge):
            await fetch(fetching, relay.url)
        assert relay.connections == 1


@pytest.mark.parametrize("packed", [False, True])
async def test_a_size_that_is_not_announced_is_counted(packed: bool) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        response.enable_chunked_encoding()
        if packed:
            response.enable_compression(web.ContentCoding.gzip)
        await response.prepare(request)
        for sent in range(10_000):  # noqa: B007  # counted for the assertion
            await response.write(bytes(10_000))
        return response

    async with serving(endless) as base, fetcher() as fetching:
        with pytest.raises(ResultTooLarge):
            await fetch(fetching, base, limit_bytes=100_000)
    assert sent < 9_999


@pytest.mark.parametrize(
    "trouble",
    [
        RawAnswer.http(503, ""),
        RawAnswer.http(429, ""),
        RawAnswer.http(200, ""),
        RawAnswer(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort"),
        RawAnswer(b"garbage\r\n\r\n"),
        Fault.RESET,
        Fault.STALL,
    ],
)
async def test_a_passing_fault_is_tried_again_from_the_start(trouble: RawAnswer | Fault) -> None:
    async with faulty(1) as relay, fetcher() as fetching:
        relay.spoil(trouble, RawAnswer.http(200, "whole"))
        assert await fetch(fetching, relay.url) == b"whole"
        assert relay.connections == 2


@pytest.mark.parametrize(
    ("status", "error"), [(404, ResultGone), (410, ResultGone), (403, ResultUnavailable), (401, ResultUnavailable)]
)
async def test_a_clear_answer_is_not_asked_for_again(status: int, error: type[Exception]) -> None:
    async with faulty(1) as relay, fetcher() as fetching:
        relay.spoil(RawAnswer.http(status, "no"))
        with pytest.raises(error):
            await fetch(fetching, relay.url)
        assert relay.connections == 1


async def test_a_file_that_trickles_is_given_up_after_the_whole_time() -> None:
    async def trickle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.02)

    async with serving(trickle) as base, fetcher(limits=FetchLimits(total_s=0.3)) as fetching:
        with pytest.raises(ResultUnavailable):
            await fetch(fetching, base)


async def test_nothing_stays_on_disk_after_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with serving(ok) as base, fetcher() as fetching:
        with pytest.raises(ResultTooLarge):
            await fetch(fetching, base, limit_bytes=3)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("100.64.0.1", False),
        ("192.168.1.1", False),
        ("172.16.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:a00:1::", False),
        ("::127.0.0.1", False),
        ("::ffff:0:7f00:1", False),
        ("fec0::1", False),
        ("64:ff9b:1::808:808", False),
        ("::1", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("header", "head", "url", "mime"),
    [
        ("image/webp; charset=x", b"\x89PNG\r\n\x1a\n", "https://a.example/1.jpg", "image/png"),
        ("application/octet-stream", b"\x89PNG\r\n\x1a\n", "https://a.example/1.jpg", "image/png"),
        ("", b"\xff\xd8\xff\xe0", "https://a.example/1", "image/jpeg"),
        ("", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "https://a.example/1", "image/webp"),
        ("", b"RIFF\x00\x00\x00\x00WAVEfmt ", "https://a.example/1", "audio/wav"),
        ("", b"\x00\x00\x00\x18ftypisom", "https://a.example/1", "video/mp4"),
        ("", b"\x00\x00\x00\x18ftypqt  ", "https://a.example/1", "video/quicktime"),
        ("", b"\x1a\x45\xdf\xa3\x01\x42\x82\x84webm", "https://a.example/1", "video/webm"),
        ("", b"ID3\x04", "https://a.example/1", "audio/mpeg"),
        ("", b"nothing known", "https://a.example/1.MP3?x=.png", "audio/mpeg"),
        ("binary/octet-stream", b"nothing known", "https://a.example/1", "application/octet-stream"),
    ],
)
def test_the_type_is_recognised_by_the_server_the_bytes_or_the_name(
    header: str, head: bytes, url: str, mime: str
) -> None:
    assert mime_of(header, head, url) == mime


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.example/b/fox.png?x=1", "fox.png"),
        ("https://a.example/b/fox", "fox.png"),
        ("https://a.example/", "result.png"),
        ("https://a.example/..%2f..%2fetc%2fpasswd.png", "passwd.png"),
        ("https://a.example/.hidden.png", "hidden.png"),
        ("https://a.example/a%00b%0A.png", "a_b_.png"),
        ("https://a.example/лиса.png", "лиса.png"),
    ],
)
def test_a_name_is_harmless_and_says_what_the_file_is(url: str, name: str) -> None:
    assert name_of(url, "image/png") == name


@pytest.mark.parametrize(
    ("body", "said", "path"),
    [
        (b"<!doctype html><html>gone</html>", "image/png", "/h.png"),
        (b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', "image/png", "/x"),
        (b'{"code": 404, "msg": "no such file"}', "video/mp4", "/j.mp4"),
        (b"<html>", "text/html", "/a.mp4"),
    ],
)
async def test_an_error_page_with_status_200_is_tried_again_and_never_taken_for_the_result(
    body: bytes, said: str, path: str
) -> None:
    asked = []

    async def page(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        return web.Response(body=body, headers={"Content-Type": said})

    async with serving(page) as base, fetcher() as fetching:
        with pytest.raises(ResultUnavailable, match="a page"):
            await fetch(fetching, base.rstrip("/") + path)
    assert len(asked) > 1


async def test_a_result_that_is_json_comes_as_json() -> None:
    async def words(_request: web.Request) -> web.StreamResponse:
        return web.json_response({"words": []})

    async with serving(words) as base, fetcher() as fetching:
        assert await fetch(fetching, base.rstrip("/") + "/words.json") == b'{"words": []}'
