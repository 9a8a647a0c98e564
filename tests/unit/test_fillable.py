"""What can never be filled, by a person or by us, is not offered."""

import pytest

from application.catalog.describe_model import form_of
from domain.model import Model, ParameterType
from domain.parameter_roles import (
    UNFILLABLE_NAMES,
    essential_parameters,
    optional_parameters,
    song_parameter,
    task_parameter,
)
from domain.reference_set import CHARACTER_IDS
from tests.support.registry import catalog

OFFERED = [model for model in catalog().models() if model.is_offered]
SHOWN_AS_TEXT = frozenset({"persona_id"})
"""Ids that a person reads in a result of theirs."""


@pytest.mark.parametrize("model", OFFERED, ids=lambda model: model.id)
def test_each_id_that_a_form_asks_for_comes_from_somewhere(model: Model) -> None:
    known = (
        {one.name for one in (task_parameter(model), song_parameter(model)) if one} | SHOWN_AS_TEXT | {CHARACTER_IDS}
    )
    asked = [*essential_parameters(model), *optional_parameters(model)]
    ids = [
        one.name
        for one in asked
        if one.name.lower().endswith(("id", "ids")) and one.type is not ParameterType.ENUM
    ]  # fmt: skip
    assert set(ids) <= known
    assert {one.name for one in form_of(model).fields} == {one.name for one in asked}


def test_nothing_that_is_not_asked_for_is_required() -> None:
    hidden = [(model.id, one) for model in OFFERED for one in model.parameters.values() if one.name in UNFILLABLE_NAMES]
    assert hidden
    assert not [model_id for model_id, one in hidden if one.required]
