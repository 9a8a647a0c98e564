"""``mediabot read --batch``: wishes in, readings out, a line each."""

import json

from adapters.cli.read import Read, ReadOptions
from config.wishes import read_and_rank
from tests.support.cli import json_lines, terminal, written
from tests.support.registry import catalog


def answers(*lines: str) -> list[dict[str, object]]:
    here = terminal("\n".join(lines) + "\n")
    assert Read(read=read_and_rank(catalog()), terminal=here)(ReadOptions(batch=True)) == 0
    return json_lines(here.out)


def test_a_wish_gets_its_reading() -> None:
    wish: dict[str, object] = {"text": "kling 2.6 a cat on a roof, 10s 9:16", "attachments": [], "reply_to": None}
    (answer,) = answers(json.dumps(wish))
    assert answer["intent"] == "wish"
    assert answer["tasks"][:1] == ["text_to_video"]  # type: ignore[index]  # JSON
    assert answer["models"][0] == "kling-2.6/text-to-video"  # type: ignore[index]  # JSON
    assert answer["parameters"] == {"duration": 10, "aspect_ratio": "9:16"}
    assert answer["prompt"] == "a cat on a roof"
    assert 0.5 < answer["confidence"] <= 1.0  # type: ignore[operator]  # JSON


def test_a_reply_to_a_result_is_about_it() -> None:
    (answer,) = answers('{"text": "теперь оживи", "attachments": [], "reply_to": "image_result"}')
    assert answer["tasks"][:1] == ["image_to_video"]  # type: ignore[index]  # JSON


def test_a_line_that_is_no_wish_gets_an_error_and_the_rest_go_on() -> None:
    found = answers(
        "rubbish",
        "[]",
        '{"text": 5}',
        '{"text": "a", "attachments": "image"}',
        '{"attachments": ["x"]}',
        '{"text": "hi"}',
    )
    assert ["error" in one for one in found] == [True, True, True, True, True, False]
    assert found[-1]["intent"] == "chat"


def test_what_nothing_does_is_declined() -> None:
    (answer,) = answers('{"text": "расшифруй", "attachments": ["audio"]}')
    assert answer["intent"] == "decline"
    assert answer["models"] == []


def test_without_batch_it_says_how() -> None:
    here = terminal()
    assert Read(read=read_and_rank(catalog()), terminal=here)(ReadOptions()) == 2
    assert "--batch" in written(here.err)
