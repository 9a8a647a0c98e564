"""Verdicts on the command line, for people and for programs."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from adapters.cli.sample_files import SAMPLES
from adapters.cli.validate import Validate, ValidateOptions
from adapters.media_files import measured
from adapters.memory.model_catalog import InMemoryModelCatalog
from application.catalog.validate_input import ValidateInput
from domain.media import MediaKind
from domain.model import Model, ModelId, ModelStatus, ModelType, Parameter, ParameterType
from tests.support.cli import json_lines, terminal, written
from tests.support.registry import catalog
from tests.support.telegram_simulator import picture

PROMPT = Parameter(name="prompt", type=ParameterType.STRING, required=True, minimum=1, maximum=10)
DURATION = Parameter(name="duration", type=ParameterType.ENUM, values=("5", "10"))
COUNT = Parameter(name="count", type=ParameterType.INTEGER, minimum=1, maximum=4)
IMAGE = Parameter(name="image", type=ParameterType.STRING, is_url=True, media=MediaKind.IMAGE)


def model(name: str, *, status: ModelStatus = ModelStatus.CURRENT) -> Model:
    return Model(
        id=ModelId(name),
        title="A model",
        vendor="Somebody",
        type=ModelType.TEXT_TO_VIDEO,
        output=MediaKind.VIDEO,
        status=status,
        parameters={parameter.name: parameter for parameter in (PROMPT, DURATION, COUNT, IMAGE)},
    )


VALIDATE = ValidateInput(InMemoryModelCatalog([model("a/model"), model("a/withdrawn", status=ModelStatus.RETIRED)]))


def test_a_valid_input_is_printed_as_it_would_be_sent() -> None:
    here = terminal()
    options = ValidateOptions(model="a/model", assignments=["prompt=fox", "duration=5", "count=2"])
    assert Validate(validate=VALIDATE, terminal=here)(options) == 0
    assert json.loads(written(here.out)) == {"prompt": "fox", "duration": "5", "count": 2}
    assert written(here.err) == ""


def test_a_local_file_stands_in_the_input_as_it_was_typed() -> None:
    here = terminal()
    face = SAMPLES / "face.jpg"
    options = ValidateOptions(model="a/model", assignments=["prompt=fox", f"image=@{face}"])
    assert Validate(validate=VALIDATE, terminal=here)(options) == 0
    assert json.loads(written(here.out))["image"] == f"@{face}"


def test_every_violation_is_reported_with_its_path() -> None:
    here = terminal()
    options = ValidateOptions(model="a/model", assignments=["prompt=a red fox in snow", "duration=7", "count=x"])
    assert Validate(validate=VALIDATE, terminal=here)(options) == 1
    assert [line.partition(": ")[0] for line in written(here.err).splitlines()] == ["prompt", "duration", "count"]
    assert written(here.out) == ""


def test_force_takes_a_model_that_is_not_offered() -> None:
    options = ValidateOptions(model="a/withdrawn", assignments=["prompt=fox"])
    assert Validate(validate=VALIDATE, terminal=terminal())(options) == 1
    forced = ValidateOptions(model="a/withdrawn", assignments=["prompt=fox"], force=True)
    assert Validate(validate=VALIDATE, terminal=terminal())(forced) == 0


def batch(*lines: str, language: str = "en") -> list[Any]:
    here = terminal("".join(f"{line}\n" for line in lines), language=language)
    assert Validate(validate=VALIDATE, terminal=here)(ValidateOptions(batch=True)) == 0
    return json_lines(here.out)


def test_a_batch_answers_each_line_in_order_and_none_is_a_failure() -> None:
    good, bad, unknown = batch(
        '{"model": "a/model", "input": {"prompt": "fox", "duration": 5}}',
        "",
        '{"model": "a/model", "input": {"prompt": "", "count": true}}',
        '{"model": "a/modle", "input": {}}',
    )
    assert good == {"ok": True, "violations": [], "input": {"prompt": "fox", "duration": "5"}}
    assert [(each["path"], each["code"]) for each in bad["violations"]] == [
        ("prompt", "empty"),
        ("count", "wrong_type"),
    ]
    assert (bad["ok"], bad["input"]) == (False, None)
    assert all(each["message"] for each in bad["violations"])
    assert [each["code"] for each in unknown["violations"]] == ["unknown_model"]


@pytest.mark.parametrize(
    ("line", "path", "code"),
    [
        ("{", "", "not_an_object"),
        ("[]", "", "not_an_object"),
        ("null", "", "not_an_object"),
        ("[" * 200_000, "", "not_an_object"),
        ('{"model": "a/model", "input": {"count": ' + "9" * 10_000 + "}}", "", "not_an_object"),
        ("{}", "model", "required"),
        ('{"model": 5}', "model", "required"),
        ('{"model": "a/model"}', "prompt", "required"),
        ('{"model": "a/model", "input": []}', "", "not_an_object"),
        ('{"model": "a/model", "input": {"prompt": "a", "count": NaN}}', "count", "not_finite"),
        ('{"model": "a/model", "input": {"prompt": "\\ud800"}}', "prompt", "not_text"),
        ('{"model": "\\ud800", "input": {}}', "", "unknown_model"),
    ],
)
def test_no_line_is_left_without_a_verdict(line: str, path: str, code: str) -> None:
    [verdict] = batch(line)
    assert [(each["path"], each["code"]) for each in verdict["violations"]] == [(path, code)]


def test_bytes_that_are_no_text_get_a_verdict_too() -> None:
    stdin = io.TextIOWrapper(
        io.BytesIO(b'\xff\xfe{}\n{"model": "a/model", "input": {"prompt": "\xff"}}\n'), "utf-8", "surrogateescape"
    )
    here = evolve(terminal(), stdin=stdin)
    Validate(validate=VALIDATE, terminal=here)(ValidateOptions(batch=True))
    assert [verdict["violations"][0]["code"] for verdict in json_lines(here.out)] == ["not_an_object", "not_text"]


def test_a_verdict_is_written_before_the_next_line_is_read() -> None:
    here = terminal()
    seen = []

    class Typist(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            seen.append(len(json_lines(here.out)))
            line = b'{"model": "a/model", "input": {"prompt": "fox"}}\n' if len(seen) < 3 else b""
            buffer[: len(line)] = line
            return len(line)

    stdin = io.TextIOWrapper(io.BufferedReader(Typist()), "utf-8")
    Validate(validate=VALIDATE, terminal=evolve(here, stdin=stdin))(ValidateOptions(batch=True))
    assert seen == [0, 1, 2]


def test_the_messages_speak_the_language_of_the_locale() -> None:
    [verdict] = batch('{"model": "a/model", "input": {}}', language="ru")
    assert any("а" <= letter <= "я" for letter in verdict["violations"][0]["message"])


def test_without_a_model_there_is_nothing_to_validate() -> None:
    here = terminal()
    assert Validate(validate=VALIDATE, terminal=here)(ValidateOptions(assignments=["prompt=fox"])) == 2
    assert written(here.err) == "Name a model, or use --batch.\n"


@pytest.mark.parametrize(
    ("model_id", "parameter", "content", "said"),
    [
        ("bytedance/seedance-2", "first_frame_url", picture(1_200, 300), "width ÷ height is 4"),
        ("happyhorse/video-edit", "video_url", picture(), "a video is needed"),
    ],
)
def test_a_file_of_the_persons_own_is_measured_as_at_the_doors(
    model_id: str, parameter: str, content: bytes, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "film.mp4"  # a name says nothing
    file.write_bytes(content)
    here = terminal()
    options = ValidateOptions(model=model_id, assignments=["prompt=a fox", f"{parameter}=@{file}"])
    assert Validate(validate=ValidateInput(catalog()), terminal=here, measure=measured)(options) == 1
    assert said in written(here.err)
