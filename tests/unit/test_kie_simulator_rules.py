"""The simulator's rules between parameters: every documented one, by its own examples."""

from collections.abc import Iterator
from typing import Any

import pytest

from simulators.kie.answers import KieRefusal
from simulators.kie.known_facts import known_facts
from simulators.kie.rule_check import RuleCheck, is_broken

FACTS = known_facts()


def examples() -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    for model_id, rules in FACTS.rules.items():
        for rule in rules:
            pair = rule["examples"][model_id]
            yield rule["id"], model_id, pair["breaks"], pair["obeys"]


def test_there_is_an_example_of_every_rule() -> None:
    assert len(list(examples())) >= 128
    assert len({rule_id for rule_id, *_ in examples()}) >= 97


def test_every_breaking_input_is_refused_unless_kie_only_takes_no_notice() -> None:
    let_through = []
    for rule_id, model_id, breaks, _ in examples():
        rule = next(rule for rule in FACTS.rules[model_id] if rule["id"] == rule_id)
        if not is_broken(FACTS.models[model_id], rule, breaks):
            let_through.append((rule_id, model_id))
        if rule["effect"] == "ignored":
            RuleCheck(FACTS)(model_id, FACTS.models[model_id], breaks)
            continue
        with pytest.raises(KieRefusal, match=r"\[.+\]$"):
            RuleCheck(FACTS)(model_id, FACTS.models[model_id], breaks)
    assert let_through == []


def test_every_obeying_input_is_taken() -> None:
    for _, model_id, _, obeys in examples():
        RuleCheck(FACTS)(model_id, FACTS.models[model_id], obeys)


def test_the_refusal_says_what_is_wrong_in_words() -> None:
    given = {
        "prompt": "x",
        "first_frame_url": "https://a.example/a.png",
        "reference_image_urls": ["https://a.example/a.png"],
    }
    with pytest.raises(KieRefusal) as refusal:
        RuleCheck(FACTS)("bytedance/seedance-2", FACTS.models["bytedance/seedance-2"], given)
    assert refusal.value.code == 422
    assert refusal.value.message.startswith("first_frame_url, last_frame_url cannot be used together with reference_")
