"""Uploads to the simulated KIE, and results that are real files."""

import base64
import json
import re
from collections.abc import AsyncIterator, Mapping
from io import BytesIO
from typing import Any

import av
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from simulators.kie import KieSimulator
from simulators.kie.pictures import Scene, draw_panel
from tests.support.kie_client import SAMPLES, KieClient, png_bytes, running_kie

Running = tuple[KieSimulator, KieClient]
EDIT_MODEL = "google/nano-banana-edit"
CAPTION_COLOR = (205, 210, 225)
FILM_MODEL = "wan/2-6-text-to-video"
FILM = {"duration": "5", "resolution": "720p"}
SONG: Mapping[str, Any] = {"custom_mode": False, "instrumental": True, "model": "V5"}
STREAM, BASE64, BY_URL = "/api/file-stream-upload", "/api/file-base64-upload", "/api/file-url-upload"


@pytest.fixture
async def kie() -> AsyncIterator[Running]:
    async with running_kie() as running:
        yield running


async def result_urls(client: KieClient, model: str, /, **given: Any) -> list[str]:
    record = await client.record(await client.start(model, **given))
    assert record["state"] == "success", record
    return list(record["response"]["resultUrls"])


async def picture(client: KieClient, url: str) -> Image.Image:
    status, _, data = await client.download(url)
    assert status == 200
    return Image.open(BytesIO(data))


def letters_of_caption(picture: Image.Image) -> list[bool]:
    """Which pixels have the colour in which captions are written."""
    return [pixel == CAPTION_COLOR for pixel in picture.convert("RGB").get_flattened_data()]


async def test_a_picture_says_that_it_is_simulated_and_by_which_model(kie: Running) -> None:
    (url,) = await result_urls(kie[1], "google/nano-banana", prompt="a red fox", aspect_ratio="16:9")
    result = await picture(kie[1], url)
    caption = "Simulated picture · google/nano-banana"
    panel = draw_panel(Scene(words="a red fox", caption=caption, seed="", size=result.size), result.size)
    bottom = result.crop((0, result.height - panel.height, result.width, result.height))
    assert any(letters_of_caption(panel))
    assert letters_of_caption(bottom) == letters_of_caption(panel)


@pytest.mark.parametrize(
    ("given", "name", "mime", "size"),
    [
        ({"aspect_ratio": "16:9"}, "PNG", "image/png", (1024, 576)),
        ({"aspect_ratio": "9:16", "output_format": "jpeg"}, "JPEG", "image/jpeg", (576, 1024)),
        ({"prompt": "http://["}, "PNG", "image/png", (1024, 1024)),
        ({"prompt": "Очень длинное описание " * 100}, "PNG", "image/png", (1024, 1024)),
    ],
)
async def test_a_picture_has_the_wanted_shape_and_format(
    kie: Running, given: dict[str, Any], name: str, mime: str, size: tuple[int, int]
) -> None:
    client = kie[1]
    (url,) = await result_urls(client, "google/nano-banana", **({"prompt": "a red fox"} | given))
    _, content_type, data = await client.download(url)
    result = Image.open(BytesIO(data))
    result.load()
    assert (result.format, content_type, result.size) == (name, mime, size)
    assert len(result.convert("RGB").resize((64, 64)).getcolors(4096) or []) > 20


async def test_the_same_wish_looks_the_same_and_another_does_not(kie: Running) -> None:
    client = kie[1]
    urls = [(await result_urls(client, "google/nano-banana", prompt=wish))[0] for wish in ("fox", "fox", "owl")]
    first, again, other = [(await client.download(url))[2] for url in urls]
    assert first == again != other


async def test_a_model_asked_for_several_pictures_makes_several_different_ones(kie: Running) -> None:
    client = kie[1]
    source = (await client.file_urls())["image"]
    urls = await result_urls(client, "qwen/image-edit", prompt="a fox", image_url=source, num_images="3")
    assert len({(await client.download(url))[2] for url in urls}) == 3


async def test_an_edit_shows_the_uploaded_picture(kie: Running) -> None:
    client = kie[1]
    upload = await client.upload(png_bytes((320, 200)), "red.png")
    (url,) = await result_urls(client, EDIT_MODEL, prompt="make it blue", image_urls=[upload["data"]["downloadUrl"]])
    result = (await picture(client, url)).convert("RGB")
    assert result.size == (1024, 640)
    red, _, blue = result.getpixel((512, 100))  # type: ignore[misc]  # an RGB picture: a pixel is a tuple
    assert red > blue


async def test_a_removed_background_is_transparent(kie: Running) -> None:
    client = kie[1]
    upload = await client.upload(png_bytes((320, 300)), "red.png")
    (url,) = await result_urls(client, "recraft/remove-background", image=upload["data"]["downloadUrl"])
    result = await picture(client, url)
    assert (result.mode, result.size) == ("RGBA", (320, 300))
    assert (result.getpixel((0, 0))[3], result.getpixel((160, 150))) == (0, (200, 60, 20, 255))  # type: ignore[index]  # an RGB picture: a pixel is a tuple


async def test_an_upscale_is_larger_by_its_factor(kie: Running) -> None:
    client = kie[1]
    upload = await client.upload(png_bytes((320, 200)), "red.png")
    source = upload["data"]["downloadUrl"]
    (url,) = await result_urls(client, "topaz/image-upscale", image_url=source, upscale_factor="4")
    assert (await picture(client, url)).size == (1280, 800)


async def test_a_film_plays_in_a_browser(kie: Running) -> None:
    client = kie[1]
    (url,) = await result_urls(client, FILM_MODEL, prompt="Волны на закате", **FILM)
    _, content_type, data = await client.download(url)
    assert content_type == "video/mp4"
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(BytesIO(data), "r") as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert (video.codec_context.name, video.pix_fmt) in {("h264", "yuv420p"), ("mpeg4", "yuv420p")}
        assert (min(video.width, video.height), audio.codec_context.name) == (480, "aac")
        pictures = [bytes(frame.planes[0]) for frame in film.decode(video=0)]
    assert 2 <= len(pictures) / 12 <= 3
    assert pictures[0] != pictures[-1]


async def test_a_film_from_a_picture_or_a_film_begins_with_it(kie: Running) -> None:
    client = kie[1]
    (still,) = await result_urls(client, "google/nano-banana", prompt="a fox", aspect_ratio="9:16")
    (url,) = await result_urls(
        client, "wan/2-6-image-to-video", prompt="it runs", image_urls=[still], duration="5", resolution="720p"
    )
    (url,) = await result_urls(
        client, "wan/2-6-video-to-video", prompt="it flies", video_urls=[url], duration="5", resolution="720p"
    )
    with av.open(BytesIO((await client.download(url))[2])) as film:
        video = film.streams.video[0]
        assert video.height > video.width


@pytest.mark.parametrize("data", [png_bytes((3001, 259)), SAMPLES["image"][:60]], ids=["odd", "broken"])
async def test_a_film_from_an_odd_or_broken_picture_still_plays(kie: Running, data: bytes) -> None:
    client = kie[1]
    still = (await client.upload(data, "a.png"))["data"]["downloadUrl"]
    (url,) = await result_urls(
        client, "wan/2-6-image-to-video", prompt="it runs", image_urls=[still], duration="5", resolution="720p"
    )
    with av.open(BytesIO((await client.download(url))[2]), "r") as film:
        assert film.streams.video[0].width <= 1280


@pytest.mark.parametrize(
    ("wanted", "codec", "mime"), [("mp3_44100_128", "mp3float", "audio/mpeg"), ("pcm_16000", "pcm_s16le", "audio/wav")]
)
async def test_a_sound_can_be_heard(kie: Running, wanted: str, codec: str, mime: str) -> None:
    client = kie[1]
    (url,) = await result_urls(client, "elevenlabs/sound-effect-v2", text="rain", output_format=wanted)
    _, content_type, data = await client.download(url)
    assert content_type == mime
    with av.open(BytesIO(data), "r") as sound:
        assert sound.streams.audio[0].codec_context.name == codec
        samples = [bytes(frame.planes[0]) for frame in sound.decode(audio=0)]
    assert any(any(chunk) for chunk in samples)


async def test_music_comes_as_a_list_of_tracks_with_covers(kie: Running) -> None:
    client = kie[1]
    record = await client.record(await client.start("ai-music-api/generate", prompt="a calm song", **SONG))
    assert len(record["response"]["data"]) == 2
    for track in record["response"]["data"]:
        assert (await client.download(track["audio_url"]))[1] == "audio/mpeg"
        assert (await picture(client, track["image_url"])).format == "PNG"


async def test_layers_come_as_a_base_and_transparent_pictures(kie: Running) -> None:
    client = kie[1]
    source = (await client.file_urls())["image"]
    record = await client.record(
        await client.start("seedream/5-pro-layer-decomposition", image_url=source, size="auto")
    )
    content = record["response"]
    assert (await picture(client, content["baseImage"])).mode == "RGB"
    layers = [await picture(client, layer["imageUrl"]) for layer in content["layers"]]
    assert [layer.mode for layer in layers] == ["RGBA", "RGBA"]


@pytest.mark.parametrize(
    ("model", "field", "kind", "name"),
    [
        ("elevenlabs/speech-to-text", "audio_url", "audio", "text"),
        ("omnihuman-1-5/subject-detection", "image_url", "image", "detected"),
        ("grok-imagine-image-2-0/segment-map", "image_url", "image", "segments"),
    ],
)
async def test_a_result_without_files_is_an_object(kie: Running, model: str, field: str, kind: str, name: str) -> None:
    client = kie[1]
    files = await client.file_urls()
    record = await client.record(await client.start(model, **{field: files[kind]}))
    assert json.loads(record["resultJson"]).keys() == {"resultObject"}
    assert record["response"]["resultObject"][name]


async def test_an_uploaded_file_comes_back_as_recorded(kie: Running) -> None:
    client = kie[1]
    data = png_bytes()
    answer = await client.upload(data, "лиса 1.png", "images/a")
    assert (answer["success"], answer["code"]) == (True, 200)
    found = answer["data"]
    assert (found["fileName"], found["filePath"]) == ("лиса 1.png", "images/a/лиса 1.png")
    assert (found["fileSize"], found["mimeType"]) == (len(data), "image/png")
    assert await client.download(found["downloadUrl"]) == (200, "image/png", data)


@pytest.mark.parametrize("prefix", ["", "data:image/png;base64,"])
async def test_a_file_can_come_as_base64(kie: Running, prefix: str) -> None:
    client = kie[1]
    text = prefix + base64.b64encode(SAMPLES["image"]).decode()
    answer = await client.post(BASE64, {"base64Data": text, "uploadPath": "a", "fileName": "b.png"})
    assert (await client.download(answer["data"]["downloadUrl"]))[2] == SAMPLES["image"]


async def test_a_file_can_be_fetched_from_a_url(kie: Running) -> None:
    async def serve_picture(_request: web.Request) -> web.Response:
        return web.Response(body=SAMPLES["image"])

    app = web.Application()
    app.router.add_get("/fox.png", serve_picture)
    async with TestServer(app) as server:
        body = {"fileUrl": str(server.make_url("/fox.png")), "uploadPath": "a"}
        answer = await kie[1].post(BY_URL, body)
        assert answer["data"]["fileName"] == "fox.png"
        missing = await kie[1].post(BY_URL, body | {"fileUrl": str(server.make_url("/no"))})
        assert missing["code"] == 451


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (BASE64, {"base64Data": "%%%", "uploadPath": "a"}),
        (BASE64, {"uploadPath": "a"}),
        (BASE64, {"base64Data": "aGk="}),
        (BASE64, {"base64Data": "aGk=", "uploadPath": "/a"}),
        (BASE64, {"base64Data": "aGk=", "uploadPath": "a/../b"}),
        (BASE64, {"base64Data": "aGk=", "uploadPath": "a", "fileName": "../b"}),
        (BY_URL, {"fileUrl": "file:///etc/passwd", "uploadPath": "a"}),
        (STREAM, {"no": "form"}),
    ],
)
async def test_a_wrong_upload_is_refused(kie: Running, path: str, body: dict[str, str]) -> None:
    assert (await kie[1].post(path, body))["code"] in (400, 422)


async def test_base64_uploads_end_at_ten_megabytes(kie: Running) -> None:
    text = base64.b64encode(bytes(10 * 1024 * 1024 + 1)).decode()
    assert (await kie[1].post(BASE64, {"base64Data": text, "uploadPath": "a"}))["code"] == 413


async def test_a_file_of_the_wrong_kind_is_refused_whatever_its_name(kie: Running) -> None:
    client = kie[1]
    film = (await client.upload(SAMPLES["video"], "picture.png"))["data"]["downloadUrl"]
    answer = await client.create(EDIT_MODEL, prompt="x", image_urls=[film])
    assert (answer["code"], answer["msg"]) == (500, "File type not supported")


async def test_a_file_of_a_type_that_is_not_accepted_is_refused(kie: Running) -> None:
    client = kie[1]
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "GIF")
    url = (await client.upload(file.getvalue(), "a.gif"))["data"]["downloadUrl"]
    assert (await client.create(EDIT_MODEL, prompt="x", image_urls=[url]))["msg"] == "File type not supported"


async def test_a_file_over_the_limit_is_refused(kie: Running) -> None:
    client = kie[1]
    url = (await client.upload(SAMPLES["image"] + bytes(10 * 1024 * 1024), "a.png"))["data"]["downloadUrl"]
    answer = await client.create(EDIT_MODEL, prompt="x", image_urls=[url])
    assert (answer["code"], answer["msg"]) == (422, "The file is larger than 10 MB")


async def test_only_files_that_are_here_or_on_allowed_hosts_are_taken() -> None:
    foreign = "https://pictures.example/fox.png"
    async with running_kie() as (simulator, client):
        own = (await client.file_urls())["image"]
        codes = [
            (await client.create(EDIT_MODEL, prompt="x", image_urls=[url]))["code"]
            for url in (own, foreign, f"{own}-gone", re.sub(r"//[^/]+/", "//other.example/", own))
        ]
        assert codes == [200, 422, 422, 422]
        simulator.account.set(allowed_media_hosts=frozenset({"pictures.example"}))
        assert (await client.create(EDIT_MODEL, prompt="x", image_urls=[foreign]))["code"] == 200
    async with running_kie(own_files_only=False) as (_, client):
        assert (await client.create(EDIT_MODEL, prompt="x", image_urls=[foreign]))["code"] == 200


async def test_the_result_of_a_running_task_is_not_there_yet() -> None:
    async with running_kie() as (simulator, client):
        (url,) = await result_urls(client, "google/nano-banana", prompt="x")
        finished = re.findall("[0-9a-f]{32}", url)[0]
        simulator.account.set(duration_s=100.0)
        running = await client.start(prompt="y")
        assert (await client.download(url.replace(finished, running)))[0] == 404
        assert (await client.download(url.replace("0.png", "1.png")))[0] == 404


async def test_a_prompt_can_order_results_gone_redirected_or_big(kie: Running) -> None:
    client = kie[1]
    (gone,) = await result_urls(client, "google/nano-banana", prompt="!gone")
    assert (await client.download(gone))[0] == 404
    (redirected,) = await result_urls(client, "google/nano-banana", prompt="!redirect")
    assert (await client.download(redirected))[0] == 302
    (big,) = await result_urls(client, "google/nano-banana", prompt="!big 3000")
    async with client.session.head(big) as response:
        assert int(response.headers["Content-Length"]) == 3000 * 1024 * 1024
    (big,) = await result_urls(client, "google/nano-banana", prompt="!big 2")
    _, _, data = await client.download(big)
    Image.open(BytesIO(data)).load()
    assert len(data) == 2 * 1024 * 1024


async def test_a_part_of_a_file_can_be_asked_for(kie: Running) -> None:
    client = kie[1]
    (url,) = await result_urls(client, "google/nano-banana", prompt="x")
    async with client.session.get(url, headers={"Range": "bytes=1-3"}) as response:
        assert (response.status, await response.read()) == (206, b"PNG")


async def test_a_download_link_is_bare_and_only_for_own_files(kie: Running) -> None:
    client = kie[1]
    (url,) = await result_urls(client, "google/nano-banana", prompt="x")
    link = (await client.post("/api/v1/common/download-url", {"url": url}))["data"]
    assert (await client.download(link))[0] == 200
    assert (await client.download(re.sub(r"expires=\d+", "expires=1", link)))[0] == 404
    for foreign in ("https://other.example/a.png", "https://[", "", None):
        answer = await client.post("/api/v1/common/download-url", {"url": foreign})
        assert (answer["code"], answer["msg"]) == (422, "url is wrong")


async def test_results_that_gave_way_are_made_again(kie: Running) -> None:
    async with running_kie(cache_bytes=1) as (_, client):
        urls = [(await result_urls(client, "google/nano-banana", prompt=str(i)))[0] for i in range(3)]
        first = [await client.download(url) for url in urls]
        assert [await client.download(url) for url in urls] == first


async def test_results_are_deleted_at_the_end_of_their_life() -> None:
    async with running_kie(result_life_s=0.0) as (_, client):
        (url,) = await result_urls(client, "google/nano-banana", prompt="x")
        assert (await client.download(url))[0] == 404
