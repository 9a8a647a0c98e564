"""Small models to validate against, and outcomes in a form that reads well in a table."""

from collections.abc import Mapping
from typing import Any

from domain.media import Attachment, MediaKind
from domain.model import InputVariant, Model, ModelId, ModelStatus, ModelType, Parameter, ParameterType
from domain.validation import Outcome, compile_model


def parameter(type_: str, *, name: str = "it", **keys: Any) -> Parameter:
    return Parameter(name=name, type=ParameterType(type_), **keys)


def model_of(
    *parameters: Parameter, variants: tuple[InputVariant, ...] = (), at_least_one: tuple[frozenset[str], ...] = ()
) -> Model:
    return Model(
        id=ModelId("test/model"),
        title="Test",
        vendor="Test",
        type=ModelType.TEXT_TO_IMAGE,
        output=MediaKind.IMAGE,
        status=ModelStatus.CURRENT,
        parameters={one.name: one for one in parameters},
        variants=variants,
        at_least_one=at_least_one,
    )


def outcome(model: Model, raw: object, *, allow_private_hosts: bool = False) -> Outcome:
    return compile_model(model, allow_private_hosts=allow_private_hosts)(raw)


def faults_of(result: Outcome) -> list[str]:
    """Violations as ``path code``, in order."""
    return [f"{one.path} {one.code}".strip() for one in result.violations]


def one_value(parameter_: Parameter, value: object) -> object:
    """What a value of a single parameter becomes; ``...`` if it is left out; its violations, if there are any."""
    result = outcome(model_of(parameter_), {parameter_.name: value})
    return faults_of(result) or result.input.get(parameter_.name, ...)


def values_of(result: Outcome, code: str) -> Mapping[str, object]:
    """The values of the first violation with this code."""
    return next(one.values for one in result.violations if one.code == code)


def attachment(mime: str, *, kind: MediaKind | None = None, size_bytes: int | None = None) -> Attachment:
    return Attachment(
        reference="r", kind=kind or MediaKind.of_mime(mime), mime=mime, name="file", size_bytes=size_bytes
    )
