"""Every shape of a result that KIE's pages and recordings show (kie/API.md §3, §10)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.kie_http.dialects import MARKET, MIDJOURNEY, VEO, KieDialect
from adapters.kie_http.results import UnreadableResult, results_of
from adapters.kie_http.verdicts import report
from adapters.kie_http.wire import in_short
from application.ports.media_provider import TaskFailed, TaskRunning, TaskSucceeded
from domain.generation import Result
from domain.media import MediaKind
from tests.support.registry import model

A, B, C = "https://files.example/a.png", "https://files.example/b.png", "https://files.example/c.png"
VIDEO, SOUND, COVER = "https://files.example/v.mp4", "https://files.example/s.mp3", "https://files.example/cover.jpeg"


def urls(payload: object, output: MediaKind = MediaKind.IMAGE) -> list[str | None]:
    return [result.url for result in results_of((payload,), output)]


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"resultUrls": [A]}, [A]),
        ({"resultUrls": [A, B, A]}, [A, B]),
        (json.dumps({"resultUrls": [A, B]}), [A, B]),
        ({"resultUrls": [A], "resultWaterMarkUrls": [B]}, [A]),
        ({"resultUrls": [], "resultWaterMarkUrls": [B]}, [B]),
        ({"resultUrls": A}, [A]),
        ({"resultUrls": json.dumps([A, B])}, [A, B]),
        (json.dumps([A, B]), [A, B]),
        (json.dumps(json.dumps({"resultUrls": [A, B]})), [A, B]),
        ({"resultUrls": json.dumps(json.dumps([A]))}, [A]),
        ({"resultUrls": [f" {A}\n"]}, [A]),
        (f"  {A} ", [A]),
        ({"resultUrls": ["HTTPS://files.example/a.png"]}, ["HTTPS://files.example/a.png"]),
        (A, [A]),
        ({"result_urls": [A]}, [A]),
        ({"taskId": "1", "resultUrls": [A], "originUrls": [B], "resolution": "720p"}, [A]),
        ({"resultImageUrl": A, "originImageUrl": B}, [A]),
        ({"resultVideoUrl": VIDEO, "resultImageUrl": None}, [VIDEO]),
        ({"videoInfo": {"videoId": "7", "videoUrl": VIDEO, "imageUrl": A}}, [VIDEO]),
        ({"resultUrls": [{"resultUrl": A}, {"resultUrl": B}]}, [A, B]),
        ({"baseImage": A, "layers": [{"index": 1, "imageUrl": B}, {"index": 2, "imageUrl": C}]}, [A, B, C]),
        ({"base_image": {"url": A}, "layers": [B, C]}, [A, B, C]),
        ({"resultObject": {"mask": A}}, [A]),
        ({"data": [{"audio_url": SOUND, "stream_audio_url": B, "image_url": COVER, "title": "Song"}]}, [SOUND]),
        ({"sunoData": [{"audioUrl": SOUND, "streamAudioUrl": B, "imageUrl": COVER}]}, [SOUND]),
        ({"resultUrls": ["ftp://a/b", "no url", "http://", None, 7, A]}, [A]),
        ({"resultUrls": []}, []),
        ({}, []),
        ([], []),
        (7, []),
        (None, []),
    ],
)
def test_urls_are_found_wherever_they_stand(payload: object, expected: list[str]) -> None:
    assert urls(payload) == expected


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"resultObject": {"language_code": "en", "text": "Hello", "words": [{"text": "Hello"}]}}, ["Hello"]),
        ({"resultObject": {"text": f"{A}"}}, [A]),
        (
            {"resultObject": {"lyricsData": [{"text": "La"}, {"text": "Lu"}, {"text": ""}, {"title": "x"}]}},
            ["La", "Lu"],
        ),
        ({"resultObject": "Hello"}, ["Hello"]),
        ({"text": "Hello"}, ["Hello"]),
        ({"resultObject": {"character_id": "c1"}}, ['{\n  "character_id": "c1"\n}']),
        (
            {"resultObject": {"boxes": [[1, 2]], "имя": "ё"}},
            ['{\n  "boxes": [\n    [\n      1,\n      2\n    ]\n  ],\n  "имя": "ё"\n}'],
        ),
        ({"resultObject": {}}, []),
        ({"resultObject": {"text": "  "}}, ['{\n  "text": "  "\n}']),
    ],
)
def test_a_text_is_a_result(payload: object, expected: list[str]) -> None:
    found = results_of((payload,), MediaKind.TEXT)
    assert found == tuple(Result(kind=MediaKind.TEXT, text=text) for text in expected)


@pytest.mark.parametrize(
    ("url", "output", "kind"),
    [
        ("https://a.example/1.mp4", MediaKind.IMAGE, MediaKind.VIDEO),
        ("https://a.example/1.MP3?x=1.png", MediaKind.VIDEO, MediaKind.AUDIO),
        ("https://a.example/1.webp#.mp4", MediaKind.VIDEO, MediaKind.IMAGE),
        ("https://a.example/1.mid", MediaKind.AUDIO, MediaKind.FILE),
        ("https://a.example/1", MediaKind.VIDEO, MediaKind.VIDEO),
        ("https://a.example/1.unknown", MediaKind.AUDIO, MediaKind.AUDIO),
        ("https://a.example/1", MediaKind.TEXT, MediaKind.FILE),
    ],
)
def test_the_kind_is_recognised_by_the_extension_or_else_by_the_model(
    url: str, output: MediaKind, kind: MediaKind
) -> None:
    assert [result.kind for result in results_of(({"resultUrls": [url]},), output)] == [kind]


@pytest.mark.parametrize("first", [{}, "{broken", {"resultUrls": []}])
def test_the_first_payload_with_a_result_counts(first: object) -> None:
    found = results_of((first, {"resultUrls": [B]}, {"resultUrls": [C]}), MediaKind.IMAGE)
    assert [result.url for result in found] == [B]


@pytest.mark.parametrize("payload", ['{"resultUrls":["https://', "plain words", "[" * 100_000])
def test_what_is_no_json_is_unreadable(payload: str) -> None:
    with pytest.raises(UnreadableResult):
        results_of((payload,), MediaKind.IMAGE)


def test_a_result_nested_without_end_is_no_result_and_no_crash() -> None:
    nested: object = A
    for _ in range(500):
        nested = {"a": [nested]}
    assert urls(nested) == []


NAMES = st.sampled_from(
    [
        "state",
        "successFlag",
        "response",
        "resultJson",
        "resultInfoJson",
        "resultUrls",
        "resultObject",
        "lyricsData",
        "data",
        "text",
        "failCode",
        "failMsg",
        "errorCode",
        "errorMessage",
        "creditsConsumed",
        "createTime",
        "completeTime",
        "costTime",
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.text()
    | st.sampled_from(["success", "fail", A, "[", '["', "{}", "http://[", "https://a.example:99999/"])
)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(NAMES | st.text(), inner), max_leaves=20)


@given(data=st.dictionaries(NAMES, JSON), dialect=st.sampled_from([MARKET, VEO, MIDJOURNEY]), ended=st.booleans())
def test_whatever_kie_says_about_a_task_is_a_report(data: dict[str, object], dialect: KieDialect, ended: bool) -> None:
    said = data | {"state": "success", "successFlag": 1} if ended else data
    found = report(dialect.record(said), model("google/nano-banana"))
    assert isinstance(found, TaskRunning | TaskSucceeded | TaskFailed)
    assert not ended or not isinstance(found, TaskRunning)


def test_a_song_has_its_id_title_length_and_cover() -> None:
    song = {
        "id": "song-1", "audio_url": "https://a.example/1.mp3", "stream_audio_url": "https://a.example/s",
        "image_url": "https://a.example/1.png", "title": "Snow", "duration": 93.5,
    }  # fmt: skip
    bare = {"audio_url": "https://a.example/2.mp3", "title": " ", "duration": 0}
    first, second = results_of(({"data": [song, bare]},), MediaKind.AUDIO)
    assert (first.id, first.title, first.seconds, first.cover_url) == (
        "song-1", "Snow", 93.5, "https://a.example/1.png",
    )  # fmt: skip
    assert (second.url, second.id, second.title, second.seconds) == ("https://a.example/2.mp3", None, None, None)


def test_a_text_with_half_of_a_surrogate_pair_can_be_sent() -> None:
    (result,) = results_of(('{"resultObject": {"text": "a \\ud83d fox"}}',), MediaKind.TEXT)
    assert result.text == "a ? fox"
    assert in_short("no \ud83d  fox") == "no ? fox"


@pytest.mark.parametrize("said", [-1, "-0.5", 1e12, "100000.5", True, [], float("nan")])
def test_a_charge_that_no_task_can_have_is_not_known(said: object) -> None:
    assert MARKET.record({"state": "success", "creditsConsumed": said}).credits is None
    assert MARKET.record({"state": "success", "creditsConsumed": said, "consumeCredits": "4.5"}).credits == 4.5
