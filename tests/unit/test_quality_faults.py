"""What is said of a faulty order of models: file, use, field and what was expected, all at once."""

from datetime import date
from pathlib import Path

import pytest

from adapters.yaml_catalog import RegistryError
from adapters.yaml_catalog.quality import load_quality
from domain.quality import QualityOrder
from tests.support.registry import catalog

TODAY = date(2026, 12, 1)
SPEED = "speed: {as_of: '2026-11-29', source: by name, models: [google/imagen4-fast]}"
USE = f"""
    first: z-image
    best: google/imagen4
    cheap: z-image
    as_of: '2026-10-07'
    source: a board
    models: [google/imagen4, z-image, google/imagen4-fast]
    {SPEED}
"""
PURPOSES = "purposes: {wav: [ai-music-api/convert-to-wav-format]}\n"
NO_DAY = "expected a day or a month in quotes ('2026-11-29', '2026-11'), found"
NO_TEXT = "expected text (numbers, dates, yes and no need quotes), found"


def loaded(directory: Path, text: str) -> QualityOrder:
    file = directory / "quality.yaml"
    file.write_text(text, encoding="utf-8")
    return load_quality(file, catalog(), today=TODAY)


def faults_of(directory: Path, text: str) -> list[str]:
    with pytest.raises(RegistryError) as caught:
        loaded(directory, text)
    assert {fault.file for fault in caught.value.faults} == {"quality.yaml"}
    return [str(fault).removeprefix("quality.yaml: ") for fault in caught.value.faults]


def whole(use: str = USE, *, name: str = "text_to_image", purposes: str = PURPOSES) -> str:
    return f"uses:\n  {name}:{use}{purposes}"


def test_each_use_has_an_order_of_quality_and_of_speed_with_day_and_source(tmp_path: Path) -> None:
    use = loaded(tmp_path, whole()).uses["text_to_image"]
    assert (use.as_of, use.source, use.fast) == ("2026-10-07", "a board", "google/imagen4-fast")
    assert (use.speed.as_of, use.speed.source) == ("2026-11-29", "by name")


@pytest.mark.parametrize("written", ["2026-12-01", "2026-12-02", "2026-12"])
def test_a_day_that_is_today_somewhere_is_taken(tmp_path: Path, written: str) -> None:
    assert loaded(tmp_path, whole(USE.replace("2026-10-07", written))).uses["text_to_image"].as_of == written


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("    as_of: '2026-10-07'\n", "", "uses.text_to_image: expected the key 'as_of'"),
        ("    source: a board\n", "", "uses.text_to_image: expected the key 'source'"),
        ("source: a board", "source: ' '", "uses.text_to_image.source: expected text that is not empty, found ' '"),
        ("source: a board", "source: [Q1]", f"uses.text_to_image.source: {NO_TEXT} ['Q1']"),
        ("'2026-10-07'", "2026-10-07", f"uses.text_to_image.as_of: {NO_DAY} 2026-10-07"),
        ("'2026-10-07'", "October 2026", f"uses.text_to_image.as_of: {NO_DAY} 'October 2026'"),
        ("'2026-10-07'", "'2026-02-30'", f"uses.text_to_image.as_of: {NO_DAY} '2026-02-30'"),
        ("'2026-10-07'", "'2026-10-7'", f"uses.text_to_image.as_of: {NO_DAY} '2026-10-7'"),
        ("'2026-10-07'", "'2026-12-03'", "uses.text_to_image.as_of: expected a day that is not in the future (by this machine's clock, 2026-12-02 at the latest), found '2026-12-03'"),
        ("'2026-10-07'", "'2027-01'", "uses.text_to_image.as_of: expected a day that is not in the future (by this machine's clock, 2026-12-02 at the latest), found '2027-01'"),
        ("first: z-image", "first: z-imgae", "uses.text_to_image.first: expected one of the models of this use, did you mean 'z-image'?, found 'z-imgae'"),
        (", z-image, ", ", z-image, z-image, ", "uses.text_to_image.models: expected each name once ('z-image' stands there again), found ['google/imagen4', 'z-image', 'z-image', 'google/imagen4-..."),
        ("models: [google/imagen4,", "models: [google/imagen4, acme/brush,", "uses.text_to_image.models: expected the id of a model of the registry, found 'acme/brush'"),
        ("models: [google/imagen4,", "models: [google/imagen4, google/imagen-4,", "uses.text_to_image.models: expected the id of a model of the registry, did you mean 'google/imagen4'?, found 'google/imagen-4'"),
        ("models: [google/imagen4,", "models: [google/imagen4, Z-Image,", "uses.text_to_image.models: expected the model's own id, 'z-image', found 'Z-Image'"),
        (", google/imagen4-fast]\n", "]\n", "uses.text_to_image.speed.models: expected one of the models of this use, did you mean 'google/imagen4'?, found 'google/imagen4-fast'"),
        (SPEED, "speed: {models: [z-image]}", "uses.text_to_image.speed: expected the key 'as_of'"),
        (SPEED, SPEED.replace("by name", "''"), "uses.text_to_image.speed.source: expected text that is not empty, found ''"),
        (SPEED, SPEED.replace("2026-11-29", "soon"), f"uses.text_to_image.speed.as_of: {NO_DAY} 'soon'"),
        (SPEED, "speed: z-image", "uses.text_to_image.speed: expected a mapping of names, found 'z-image'"),
        (SPEED, "fast: z-image", "uses.text_to_image: unknown key 'fast', did you mean 'first'?"),
    ],
)  # fmt: skip
def test_a_faulty_use_is_named_with_its_field(tmp_path: Path, before: str, after: str, fault: str) -> None:
    assert before in USE
    assert fault in faults_of(tmp_path, whole(USE.replace(before, after)))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (whole(name="text_to_imge"), "uses: unknown use 'text_to_imge', did you mean 'text_to_image'?"),
        (whole(purposes="purposes: {wav: [acme/brush]}"), "purposes.wav: expected the id of a model of the registry, found 'acme/brush'"),
        (whole(purposes="purposes: {wav: [z-image], midi: [z-image]}"), "purposes.midi: expected a model of no other purpose (wav), found 'z-image'"),
        (whole() + "as_of: '2026-10-07'\n", "unknown key 'as_of'"),
        ("uses: [text_to_image]\n" + PURPOSES, "uses: expected a mapping of names, found ['text_to_image']"),
        ("uses: {text_to_image: }\n" + PURPOSES, "uses.text_to_image: expected a mapping, found nothing"),
        ("- uses\n", "expected a mapping at the top of the file, found ['uses']"),
        (PURPOSES, "expected the key 'uses'"),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_as_a_whole_is_named(tmp_path: Path, text: str, fault: str) -> None:
    assert fault in faults_of(tmp_path, text)


def test_all_faults_of_all_uses_come_at_once(tmp_path: Path) -> None:
    second = USE.replace("first: z-image", "first: runway").replace("    source: a board\n", "")
    text = whole(USE.replace("'2026-10-07'", "soon") + f"  image_edit:{second}")
    assert [one.partition(":")[0] for one in faults_of(tmp_path, text)] == [
        "uses.text_to_image.as_of",
        "uses.image_edit",
        "uses.image_edit.first",
    ]
