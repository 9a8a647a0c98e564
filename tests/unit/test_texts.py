"""The catalogues: complete, and right in both languages."""

import re
from collections.abc import Mapping

import pytest
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from adapters.fluent_texts import FluentTexts, load_texts, parsed_catalogue
from domain.violation import ViolationCode

WHEN: Mapping[str, object] = {"rule": "a-rule", "equal": ["mode = pro"], "given": ["c"], "missing": ["d"]}

VALUES: Mapping[ViolationCode, Mapping[str, object]] = {
    ViolationCode.UNKNOWN_MODEL: {"name": "imagen", "closest": ["a", "b"]},
    ViolationCode.MODEL_NOT_OFFERED: {"model": "a/b", "status": "retired", "closest": ["c/d"]},
    ViolationCode.NOT_AN_OBJECT: {"actual": "array"},
    ViolationCode.UNKNOWN_PARAMETER: {"name": "sed", "closest": ["seed"]},
    ViolationCode.REQUIRED: {},
    ViolationCode.AT_LEAST_ONE: {"names": ["a", "b"], **WHEN},
    ViolationCode.NO_VARIANT: {"variant": "One", "alternatives": ["Two"]},
    ViolationCode.AMBIGUOUS_VARIANT: {"variants": ["One", "Two"]},
    ViolationCode.NOT_IN_VARIANT: {"variant": "One"},
    ViolationCode.WRONG_TYPE: {"expected": "integer", "actual": "boolean"},
    ViolationCode.NOT_AN_INTEGER: {"actual": 5.5},
    ViolationCode.NOT_FINITE: {},
    ViolationCode.EMPTY: {},
    ViolationCode.TOO_SHORT: {"limit": 3, "actual": 2},
    ViolationCode.TOO_LONG: {"limit": 5000, "actual": 100_000},
    ViolationCode.TOO_SMALL: {"limit": 1, "actual": 0},
    ViolationCode.TOO_LARGE: {"limit": 10, "actual": 11.5},
    ViolationCode.NOT_A_STEP: {"step": 0.1, "actual": 0.25},
    ViolationCode.TOO_FEW_ITEMS: {"limit": 2, "actual": 1},
    ViolationCode.TOO_MANY_ITEMS: {"limit": 2, "actual": 5},
    ViolationCode.NOT_IN_ENUM: {"allowed": ["720p", "1080p"], "actual": "1080P", "closest": ["1080p"]},
    ViolationCode.PATTERN: {"pattern": "^#$"},
    ViolationCode.NOT_TEXT: {},
    ViolationCode.URL_INVALID: {},
    ViolationCode.URL_SCHEME: {},
    ViolationCode.URL_CREDENTIALS: {},
    ViolationCode.URL_PRIVATE_HOST: {},
    ViolationCode.WRONG_MEDIA: {"expected": "image", "allowed": ["image/png"]},
    ViolationCode.EXCLUDES: {"name": "b", "names": ["a"], **WHEN},
    ViolationCode.REQUIRES: {"name": "a", "names": ["b"], **WHEN},
    ViolationCode.REQUIRED_WHEN: {"names": ["a"], **WHEN},
    ViolationCode.FORBIDDEN_WHEN: {"names": ["a"], **WHEN},
    ViolationCode.EXACTLY_ONE: {"names": ["a", "b + c"], "actual": 2, **WHEN},
    ViolationCode.ALLOWED_WHEN: {"name": "a", "actual": "4K", "kind": "values", "allowed": ["1K"], "limit": 0, **WHEN},
    ViolationCode.TOO_MUCH_TOGETHER: {"names": ["a", "b"], "limit": 7, "actual": 9, "counted": "items", **WHEN},
    ViolationCode.GAP: {"names": ["start", "end"], "least": 3, "limit": 8, "actual": 9, **WHEN},
    ViolationCode.NOT_DECLARED: {"name": "a[].b", "names": ["c[].b"], "actual": "Ann", **WHEN},
    ViolationCode.NOT_UNIQUE: {"name": "a[].b", "actual": "Ann", **WHEN},
    ViolationCode.DIFFERENT_LENGTH: {"names": ["a", "b"], "actual": [1, 2], **WHEN},
    ViolationCode.FILE_TOO_LARGE: {"limit": 10, "actual": 12.5},
    ViolationCode.NOT_AN_ID: {"actual": "a red fox"},
    ViolationCode.ID_UNKNOWN: {},
    ViolationCode.CHARACTER_UNKNOWN: {},
    ViolationCode.ID_OF_OTHER_MODEL: {"model": "Veo Extend", "earlier": "Grok Imagine"},
    ViolationCode.ID_TOO_OLD: {"days": 14},
    ViolationCode.ID_WITHOUT_RESULT: {},
    ViolationCode.SONG_OF_OTHER_TASK: {"names": ["audio_id", "task_id"], **WHEN},
    ViolationCode.IDS_OF_TWO_ACCOUNTS: {"names": ["a", "b"], "ids": ["x", "y"], "kind": "parameters", **WHEN},
    ViolationCode.ID_OF_GONE_ACCOUNT: {"kind": "task"},
    ViolationCode.FILE_OUTSIDE_LIMIT: {
        "measure": "seconds",
        "least": 2,
        "least_known": "yes",
        "most": 15,
        "most_known": "yes",
        "actual": 16.5,
    },
}


FROM_THE_REGISTRY = "tg-about-"
"""Begins the keys of sentences that are English in the registry already."""


@pytest.fixture(scope="module")
def texts() -> FluentTexts:
    return load_texts()


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("code", ViolationCode)
def test_each_violation_has_a_text_that_its_values_fill(texts: FluentTexts, code: ViolationCode, language: str) -> None:
    key = f"violation-{code}"
    assert texts.has(key, language)
    text = texts.text(key, language, **VALUES[code])
    assert text.strip()
    assert "{" not in text
    assert "$" not in text.replace("^#$", "")


class _Variables(Visitor):
    """The values each message of a catalogue wants."""

    def __init__(self) -> None:
        self.by_key: dict[str, set[str]] = {}
        self._key = ""

    def visit_Message(self, node: ast.Message) -> None:  # noqa: N802  # the visitor's naming
        self._key = node.id.name
        self.by_key[self._key] = set()
        self.generic_visit(node)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802  # the visitor's naming
        self.by_key[self._key].add(node.id.name)


def test_the_languages_have_the_same_keys_and_want_the_same_values(texts: FluentTexts) -> None:
    wanted = []
    for language in texts.languages:
        variables = _Variables()
        variables.visit(parsed_catalogue(language))
        wanted.append(variables.by_key)
    english, russian = wanted
    assert {key: names for key, names in russian.items() if not key.startswith(FROM_THE_REGISTRY)} == english


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "1 символ, можно не больше 5"),
        (2, "2 символа, можно не больше 5"),
        (5, "5 символов, можно не больше 5"),
        (11, "11 символов, можно не больше 5"),
        (21, "21 символ, можно не больше 5"),
        (104, "104 символа, можно не больше 5"),
    ],
)
def test_russian_plurals_follow_the_number(texts: FluentTexts, count: int, text: str) -> None:
    assert texts.text("violation-too_long", "ru", actual=count, limit=5) == text


def test_large_numbers_are_grouped_as_the_language_does(texts: FluentTexts) -> None:
    assert texts.text("violation-too_long", "en", actual=100_000, limit=5_000) == "100,000 characters, at most 5,000"
    russian = texts.text("violation-too_long", "ru", actual=100_000, limit=5_000).replace("\xa0", " ")
    assert russian == "100 000 символов, можно не больше 5 000"


def test_a_long_list_is_cut_and_says_by_how_much(texts: FluentTexts) -> None:
    text = texts.text("violation-at_least_one", "en", names=[f"n{index}" for index in range(25)])
    assert text.endswith("n19 … (+5)")


@pytest.mark.parametrize(
    ("code", "language"),
    [("ru-RU", "ru"), ("ru", "ru"), ("uk", "ru"), ("en_US", "en"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_a_front_ends_code_finds_its_catalogue(texts: FluentTexts, code: str | None, language: str) -> None:
    assert texts.language(code) == language


def test_a_key_no_one_has_is_a_key_error(texts: FluentTexts) -> None:
    with pytest.raises(KeyError):
        texts.text("no-such-key", "ru")


@pytest.mark.parametrize("long", ["x" * 9_000, "&lt;" * 2_400, ["<b>" * 900], "a" * 1_998 + "&amp;"])
def test_a_value_too_long_for_a_text_is_cut_and_not_lost(texts: FluentTexts, long: object) -> None:
    text = texts.text("tg-admin-find-nothing", "en", id=long)
    assert "???" not in text
    assert "…" in text
    assert len(text) < 2_200
    assert not re.search(r"[<&][^<>&;]*…", text)
