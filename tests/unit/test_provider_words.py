"""KIE's words reach a person only when they are words."""

import pytest

from domain.provider_words import are_for_people


@pytest.mark.parametrize(
    "message",
    [
        "The image is too small.",
        "Your prompt was flagged by our content policy, please change it",
        "Upstream is busy, try again later",
        "image size must be between 300 and 6000 pixels",
        "Internal error",
        "The number of pictures may not exceed 10 (you gave 12).",
        "Изображение слишком маленькое",
        "图片尺寸过小",
        "We can't process this video: it's too long",
        "The audio is 12 seconds long, the video 10: please make them equal.",
        "Please use a picture of 1024x1024 or larger",
        "This voice is not available any more. Choose another one.",
        "The key of the song and its tempo could not be found",
        "Aspect ratio 16:9 is not available at 4K",
    ],
)
def test_a_sentence_is_shown(message: str) -> None:
    assert are_for_people(message)


@pytest.mark.parametrize(
    "message",
    [
        "",
        " ",
        "NullPointerException",
        "{'internal': 'NullPointerException at x.py'}",
        '{"code": 500, "msg": "fail"}',
        "[]",
        "null",
        "None",
        "undefined",
        "<html><body>502 Bad Gateway</body></html>",
        "Traceback (most recent call last):",
        'File "/srv/app/x.py", line 3, in run',
        "java.lang.IllegalStateException: at com.kie.Task.run(Task.java:17)",
        "ValueError: invalid literal for int() with base 10",
        "see https://kie.ai/errors/17",
        "failed to open /var/tmp/job/7",
        "task_id 9f86d081884c7d659a2feaa0c55ad015 failed",
        "prompt_extend must be bool",
        "key sk-abcdef0123456789abcdef0123456789 refused",
        "500",
        "E1001",
        "invalid key sk-abcdefghijklmnop1234567890",
        "Bearer abc123def refused",
        "api key Zx81kk92ll is over its limit",
        "list index out of range",
        "slice bounds are out of range",
        "runtime error: invalid memory address or nil pointer dereference",
        "duplicate key value violates unique constraint",
        "CUDA out of memory. Tried to allocate 2.00 GiB",
        "connection refused by upstream at 10.1.2.3",
        "connection reset by peer",
        "unexpected end of input",
        "unexpected token in answer",
        "object of type X is not serializable",
        "the worker ended with exit code 137",
        "request failed with status code 502",
        "context deadline exceeded",
        "column prompt has no such column",
        "no such bucket: results",
        "the variable seed is not defined",
        "a\x00b c",
        "word " * 100,
        "KeyError",
    ],
)
def test_what_only_a_programmer_would_write_is_kept_for_the_operator(message: str) -> None:
    assert not are_for_people(message)
