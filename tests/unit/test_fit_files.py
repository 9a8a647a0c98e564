"""A person's file against what the parameter it stands in takes: sent as it is, made to fit, or refused with the reason."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from attrs import evolve

from adapters.memory.media_files import InMemoryMediaFiles
from application.errors import MediaNotFitted
from application.generating.fit_files import FileOutsideLimits, FitFiles, PlacedFile, check_together, placed_files
from application.ports.messenger import FittedFile
from domain.media import Attachment, MediaFile, MediaKind
from domain.media_fit import MB, FitPlan, MediaFacts
from domain.media_limits import MediaLimits
from domain.model import Parameter, ParameterType
from tests.support.registry import model

SMALL_SIDES = MediaLimits(side_px=(300, 4096))
PHOTO = Parameter(name="photo", type=ParameterType.STRING, media=MediaKind.IMAGE, limits=SMALL_SIDES)
FILM = Parameter(name="films", type=ParameterType.ARRAY, media=MediaKind.VIDEO)


class Undecodable(InMemoryMediaFiles):
    """Can convert nothing."""

    def fit(self, file: MediaFile, plan: FitPlan, /) -> AbstractAsyncContextManager[MediaFile]:
        raise MediaNotFitted(f"{file.name} is no {plan.mime}")


async def _fitted(
    files: InMemoryMediaFiles, width: int, *, mime: str = "image/jpeg", parameter: Parameter = PHOTO
) -> tuple[str, FittedFile | None]:
    """The name of the file that goes to the provider, and what the person hears of it. ``width``: of a picture 1000 high."""
    file = MediaFile(path=Path("unread"), name="fox.jpg", mime=mime, size_bytes=MB)
    files.facts[file.name] = MediaFacts(mime=mime, size_bytes=MB, width=width, height=1000)
    fit = FitFiles(inspector=files, fitter=files)
    async with fit(PlacedFile(path="photo", attachment=_file("fox"), parameter=parameter), file) as (sent, facts, note):
        assert facts.mime == sent.mime
        return sent.name, note


async def test_a_file_within_the_limits_is_sent_as_it_is() -> None:
    assert await _fitted(InMemoryMediaFiles(), 800) == ("fox.jpg", None)


async def test_a_file_is_not_judged_where_the_model_does_not_say_of_which_kind_it_is() -> None:
    plain = evolve(PHOTO, media=None)
    assert await _fitted(InMemoryMediaFiles(), 20, parameter=plain) == ("fox.jpg", None)


async def test_a_picture_that_is_too_large_is_made_smaller_and_the_person_is_informed() -> None:
    note = FittedFile(name="fox.jpg", before="image/jpeg", after="image/jpeg", size=(4096, 512))
    assert await _fitted(InMemoryMediaFiles(), 8000) == ("fitted fox.jpg", note)


async def test_a_picture_that_is_too_small_is_refused_with_the_limit_and_what_it_is() -> None:
    with pytest.raises(FileOutsideLimits, match=r"^photo: side_px 200, allowed 300–4096$") as refused:
        await _fitted(InMemoryMediaFiles(), 200)
    assert refused.value.path == "photo"


async def test_a_picture_that_can_not_be_converted_is_refused_for_the_limit_it_breaks() -> None:
    with pytest.raises(FileOutsideLimits, match=r"^photo: format image/heic$"):
        await _fitted(Undecodable(), 800, mime="image/heic")


@pytest.mark.parametrize(
    ("limits", "found", "refused"),
    [
        (MediaLimits(), [(9.0, 90)], ""),
        (MediaLimits(total_seconds=15), [(9.0, 1), (6.04, 1)], ""),
        (MediaLimits(total_seconds=15), [(9.0, 1), (6.1, 1)], "films: total_seconds 15.1, allowed –15"),
        (MediaLimits(total_seconds=15), [(None, 1), (15.0, 1)], ""),
        (MediaLimits(total_mb=10), [(1.0, 4), (1.0, 6)], ""),
        (MediaLimits(total_mb=10), [(1.0, 4), (1.0, 7)], "films: total_mb 11.0, allowed –10"),
    ],
)
def test_files_of_one_parameter_are_refused_where_together_they_last_too_long_or_weigh_too_much(
    limits: MediaLimits, found: Sequence[tuple[float | None, int]], refused: str
) -> None:
    films = [MediaFacts(mime="video/mp4", size_bytes=mb * MB, seconds=seconds) for seconds, mb in found]
    assert _refusal("films", evolve(FILM, limits=limits), {"films": films}) == refused


@pytest.mark.parametrize(
    ("mask", "picture", "refused"),
    [
        ((640, 480), (640, 480), ""),
        ((640, 400), (640, 480), "mask: same_size_as 640×400"),
        ((None, None), (640, 480), ""),
        ((640, 480), (None, None), ""),
    ],
)
def test_a_mask_is_refused_where_it_is_known_to_have_other_sides_than_its_picture(
    mask: tuple[int | None, int | None], picture: tuple[int | None, int | None], refused: str
) -> None:
    sent = {
        name: [MediaFacts(mime="image/png", size_bytes=MB, width=size[0], height=size[1])]
        for name, size in (("mask", mask), ("picture", picture))
    }
    parameter = evolve(PHOTO, limits=MediaLimits(same_size_as="picture"))
    assert _refusal("mask", parameter, sent) == refused


def test_every_file_of_an_input_is_found_with_its_place_however_deep_it_stands() -> None:
    omni = model("gemini-omni-video")
    fox, hare, owl = _file("fox"), _file("hare"), _file("owl")
    values = {
        "prompt": "a chase",
        "image_urls": [fox, "https://files.example/known.png", hare],
        "video_list": [{"url": owl, "start": 1, "unheard_of": fox}],
        "no_parameter": fox,
    }
    found = list(placed_files(omni, values))
    assert [one.key for one in found] == [("image_urls", "fox"), ("image_urls", "hare"), ("video_list.url", "owl")]
    assert [one.parameter.media for one in found] == [MediaKind.IMAGE, MediaKind.IMAGE, MediaKind.VIDEO]


def _refusal(path: str, parameter: Parameter, sent: dict[str, list[MediaFacts]]) -> str:
    try:
        check_together(path, parameter, sent)
    except FileOutsideLimits as error:
        return str(error)
    return ""


def _file(reference: str) -> Attachment:
    return Attachment(reference=reference, kind=MediaKind.IMAGE, mime="image/jpeg", name=f"{reference}.jpg")
