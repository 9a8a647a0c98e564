"""Every rule between parameters that the provider documents, by the inputs that break and obey it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from adapters.cli import TerminalWords
from adapters.fluent_texts import load_texts
from domain.input_rule import RuleEffect
from tests.support.kie_facts import facts
from tests.support.registry import catalog, model
from tests.support.validation import outcome

TEXTS = load_texts()
Example = dict[str, Any]


def examples(*effects: str) -> Iterator[Any]:
    for rule in facts("rules")["rules"]:
        if rule["effect"] in effects:
            for model_id, pair in rule.get("examples", {}).items():
                yield pytest.param(rule["id"], model_id, pair, id=f"{rule['id']}-{model_id}")


@pytest.mark.parametrize(("rule", "model_id", "pair"), list(examples("refused", "unknown")))
def test_an_input_that_breaks_a_rule_is_refused_and_one_that_obeys_is_taken(
    rule: str, model_id: str, pair: Example
) -> None:
    broken = outcome(model(model_id), pair["breaks"])
    named = {one.values.get("rule") for one in broken.violations}
    assert rule in named
    assert outcome(model(model_id), pair["obeys"]).violations == ()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_text_of_a_broken_rule_names_all_parameters_that_it_speaks_of_and_says_nothing_twice(language: str) -> None:
    by_id = {rule["id"]: rule for rule in facts("rules")["rules"]}
    words = TerminalWords(TEXTS, language)
    for example in examples("refused", "unknown"):
        rule, model_id, pair = example.values
        found = outcome(model(model_id), pair["breaks"]).violations
        said = [words.violation(one) for one in found]
        assert len(set(said)) == len(said), said
        assert not [text for text in said if re.search(r", —|\bto ,|до ,| 1 values", text)], said
        [text] = [text for text, one in zip(said, found, strict=True) if one.values.get("rule") == rule]
        named = set(_named(by_id[rule], pair["breaks"])) - _filled(by_id[rule], pair["breaks"])
        assert named <= set(re.findall(r"\w+", text)), text


@pytest.mark.parametrize(("rule", "model_id", "pair"), list(examples("ignored")))
def test_what_the_provider_drops_is_taken_and_reported(rule: str, model_id: str, pair: Example) -> None:
    broken = outcome(model(model_id), pair["breaks"])
    assert broken.violations == ()
    (reported,) = [one for one in broken.notices if one.values["rule"] == rule]
    assert rule not in [one.values["rule"] for one in outcome(model(model_id), pair["obeys"]).notices]
    fact = next(one for one in facts("rules")["rules"] if one["id"] == rule)
    for language, ignored in (("en", "will ignore"), ("ru", "не учтёт")):
        words = TerminalWords(TEXTS, language)
        said = words.notice(reported)
        assert ignored in said
        assert set(_named(fact, pair["breaks"])) <= set(re.findall(r"\w+", said)), said


def _filled(rule: dict[str, Any], given: Example) -> set[str]:
    """Values that the rule asks for and that are there."""
    return set(rule["parameters"]) & set(given) if rule["kind"] == "required_when" else set()


def _named(rule: dict[str, Any], given: Example) -> Iterator[str]:
    """The parameters of this input that a rule speaks of: those it is about, and those that decide whether it applies."""
    yield from rule.get("when", {})
    listed = [name for one in rule.get("parameters", []) for name in (one if isinstance(one, list) else [one])]
    about = [*listed, rule.get("parameter"), *rule.get("if_given", []), *rule.get("then", [])]
    yield from (name for name in about if name in given or name in rule.get("then", []))


def test_it_is_the_thinking_that_wan_drops_and_neither_the_pictures_nor_the_series() -> None:
    given = {
        "prompt": "a fox",
        "thinking_mode": True,
        "enable_sequential": True,
        "input_urls": ["https://a.example/a.png"],
    }
    notices = outcome(model("wan/2-7-image"), given).notices
    assert [one.path for one in notices] == ["thinking_mode", "thinking_mode"]


def test_the_registry_has_every_rule_of_the_facts() -> None:
    known = {
        (rule["id"], model_id)
        for rule in facts("rules")["rules"]
        if rule["kind"] != "default_multiplies"
        for model_id in rule["models"]
    }
    assert known <= {(rule.id, one.id) for one in catalog().models() for rule in one.rules}


def test_a_default_that_multiplies_the_cost_is_sent_explicitly() -> None:
    for rule in facts("rules")["rules"]:
        if rule["kind"] == "default_multiplies":
            for model_id in rule["models"]:
                parameter = model(model_id).parameters[rule["parameter"]]
                assert parameter.send is not None or (parameter.required and parameter.has_default), model_id


def test_a_value_that_is_sent_for_a_person_is_left_out_where_a_rule_forbids_it() -> None:
    template = model("pixverse-v6/image-to-video")
    forbidding = next(
        rule for rule in template.rules if rule.effect is RuleEffect.REFUSED and "duration" in rule.groups[0]
    )
    [name] = forbidding.when
    base = {"prompt": "a fox", "image_urls": ["https://files.example.com/a.png"], "quality": "540p"}
    given = {key: value for key, value in base.items() if key in template.parameters}
    assert "duration" in outcome(template, given).input
    assert "duration" not in outcome(template, given | {name: 1}).input


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"n": 13}, {"n too_large", "n allowed_when"}),
        ({"n": 10**5000}, {"n too_large"}),
        ({"n": "many"}, {"n wrong_type"}),
        ({"n": 13, "enable_sequential": "perhaps"}, {"n too_large", "enable_sequential wrong_type"}),
        ({"n": 13, "enable_sequential": False}, {"n too_large", "n allowed_when"}),
    ],
)
def test_a_rule_is_named_beside_a_limit_of_the_value_itself_where_it_applies_for_certain(
    changed: Example, faults: set[str]
) -> None:
    given = {"prompt": "a red fox", "enable_sequential": True, **changed}
    found = outcome(model("wan/2-7-image"), given).violations
    assert {f"{one.path} {one.code}" for one in found} == faults
