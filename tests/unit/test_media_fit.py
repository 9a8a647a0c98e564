"""Which limits a file breaks, and what is done about it."""

import pytest

from adapters.fluent_texts import load_texts
from domain.media import Attachment, MediaKind
from domain.media_fit import FileDemands, FitPlan, MediaFacts, breaches, plan
from domain.media_limits import MediaLimits
from domain.model import Parameter, ParameterType
from domain.validation.media import attachment_check
from domain.violation import Violation

MB = 2**20
TEXTS = load_texts()


def picture(width: int = 1000, height: int = 800, mime: str = "image/jpeg", size_bytes: int = MB) -> MediaFacts:
    return MediaFacts(mime=mime, size_bytes=size_bytes, width=width, height=height)


def takes(
    *accepted: str, media: MediaKind = MediaKind.IMAGE, max_mb: float | None = 10, limits: MediaLimits | None = None
) -> FileDemands:
    return FileDemands(media=media, accepted=frozenset(accepted), max_mb=max_mb, limits=limits or MediaLimits())


JPEG_OR_PNG = ("image/jpeg", "image/png")
SIDES = MediaLimits(side_px=(300, 4096), ratio=(0.4, 2.5))
FILM = MediaLimits(seconds=(2, 15), fps=(24, 60))


@pytest.mark.parametrize(
    ("facts", "demands", "broken"),
    [
        (picture(), takes(*JPEG_OR_PNG), []),
        (picture(mime="image/heic"), takes(*JPEG_OR_PNG), ["format"]),
        (picture(mime="image/heic"), takes(), ["format"]),
        (picture(mime="image/webp"), takes(), []),
        (picture(size_bytes=11 * MB), takes(*JPEG_OR_PNG), ["max_mb"]),
        (picture(200, 250), takes(limits=SIDES), ["side_px"]),
        (picture(5000, 4000), takes(limits=SIDES), ["side_px"]),
        (picture(3000, 1000), takes(limits=SIDES), ["ratio"]),
        (picture(60_000, 60_000), takes(), ["pixels"]),
        (MediaFacts(mime="video/mp4", size_bytes=MB, seconds=16.04), takes(media=MediaKind.VIDEO, limits=FILM), ["seconds"]),
        (MediaFacts(mime="video/mp4", size_bytes=MB, seconds=15.04), takes(media=MediaKind.VIDEO, limits=FILM), []),
        (MediaFacts(mime="video/mp4", size_bytes=MB, seconds=5, fps=12.0), takes(media=MediaKind.VIDEO, limits=FILM), ["fps"]),
        (MediaFacts(mime="video/mp4", size_bytes=MB), takes(media=MediaKind.VIDEO, limits=FILM), []),
        (picture(mime="image/gif"), takes("video/mp4", media=MediaKind.VIDEO), ["format"]),
    ],
)  # fmt: skip
def test_every_limit_that_is_broken_is_named(facts: MediaFacts, demands: FileDemands, broken: list[str]) -> None:
    assert [breach.limit for breach in breaches(facts, demands)] == broken


@pytest.mark.parametrize(
    ("facts", "demands", "wanted"),
    [
        (picture(), takes(*JPEG_OR_PNG), None),
        (picture(mime="image/heic"), takes(*JPEG_OR_PNG), FitPlan(mime="image/jpeg", max_bytes=10 * MB)),
        (picture(mime="image/gif"), takes(*JPEG_OR_PNG), FitPlan(mime="image/png", max_bytes=10 * MB)),
        (picture(mime="image/gif"), takes("video/mp4", media=MediaKind.VIDEO, max_mb=None), FitPlan(mime="video/mp4")),
        (picture(8192, 4096), takes(limits=SIDES, max_mb=None), FitPlan(mime="image/jpeg", size=(4096, 2048))),
        (picture(8192, 4096, "image/heic"), takes(limits=SIDES, max_mb=None), FitPlan(mime="image/jpeg", size=(4096, 2048))),
        (picture(size_bytes=11 * MB, mime="image/png"), takes(*JPEG_OR_PNG), FitPlan(mime="image/jpeg", max_bytes=10 * MB)),
        (picture(200, 250), takes(limits=SIDES), None),
        (picture(3000, 1000), takes(limits=SIDES), None),
        (picture(9000, 500), takes(limits=MediaLimits(side_px=(300, 4096))), None),
        (picture(60_000, 60_000), takes(), None),
        (MediaFacts(mime="audio/ogg", size_bytes=MB), takes("audio/mpeg", media=MediaKind.AUDIO, max_mb=None), FitPlan(mime="audio/mpeg")),
        (MediaFacts(mime="audio/ogg", size_bytes=MB), takes("audio/wav", media=MediaKind.AUDIO, max_mb=None), FitPlan(mime="audio/wav")),
        (MediaFacts(mime="video/webm", size_bytes=MB), takes("video/mp4", media=MediaKind.VIDEO), None),
        (MediaFacts(mime="video/mp4", size_bytes=MB, seconds=16), takes(media=MediaKind.VIDEO, limits=FILM), None),
    ],
)  # fmt: skip
def test_a_file_is_fitted_only_where_it_shows_the_same_afterwards(
    facts: MediaFacts, demands: FileDemands, wanted: FitPlan | None
) -> None:
    assert plan(facts, demands) == wanted


def said_of(parameter: Parameter, language: str = "en", **facts: object) -> list[str]:
    """What the validator says of a file that a front end describes so."""
    wish: dict[str, object] = {"reference": "x", "kind": MediaKind.VIDEO, "mime": "video/mp4", "name": "a.mp4"}
    found: list[Violation] = []
    attachment_check(parameter)(Attachment(**wish | facts), "clip", found)  # type: ignore[arg-type]  # keyword arguments of several types
    return [TEXTS.text(f"violation-{one.code}", language, **one.values) for one in found]


CLIP = Parameter(name="clip", type=ParameterType.STRING, media=MediaKind.VIDEO, accepted=("video/mp4",), limits=FILM)
PHOTO = Parameter(name="photo", type=ParameterType.STRING, media=MediaKind.IMAGE, accepted=JPEG_OR_PNG, limits=SIDES)


def test_what_telegram_says_of_a_file_is_held_against_the_limits() -> None:
    assert said_of(CLIP, seconds=5.0) == []
    assert said_of(CLIP) == []
    assert said_of(CLIP, seconds=20.0) == ["the file does not fit: it lasts 20 s; allowed from 2 up to 15"]
    assert said_of(CLIP, "ru", seconds=20.0) == ["файл не подходит: длится 20 с; можно от 2 до 15"]


def test_a_picture_that_can_be_fitted_is_taken_and_one_that_cannot_is_refused() -> None:
    image = {"kind": MediaKind.IMAGE, "mime": "image/heic", "name": "a.heic"}
    assert said_of(PHOTO, **image) == []
    assert said_of(PHOTO, **image, width=8000, height=6000) == []
    assert said_of(PHOTO, **image, width=200, height=250) == [
        "the file does not fit: a side has 200 px; allowed from 300 up to 4,096"
    ]
    assert said_of(CLIP, kind=MediaKind.IMAGE, mime="image/gif", name="a.gif") == []
    assert said_of(PHOTO) != []


def test_a_length_in_whole_seconds_refuses_a_file_only_where_it_is_certain() -> None:
    assert said_of(CLIP, seconds=16.0, seconds_error=1.0) == []
    assert said_of(CLIP, seconds=1.0, seconds_error=1.0) == []
    assert said_of(CLIP, seconds=17.0, seconds_error=1.0) != []
    assert said_of(CLIP, seconds=16.0) != []
