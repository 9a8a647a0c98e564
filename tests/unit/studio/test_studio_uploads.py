"""What the studio takes in and serves of files."""

import pytest
from attrs import evolve

from domain.media import MediaFile
from tests.support.studio import Browser, Studio, made
from tests.support.telegram_simulator import picture


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
