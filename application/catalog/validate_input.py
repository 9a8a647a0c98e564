"""Use case: check an input before anything is accepted, let alone sent."""

from collections.abc import Mapping
from types import MappingProxyType

from attrs import field, frozen

from application.errors import InvalidInput
from application.ports.model_catalog import ModelCatalog
from domain.model import Model, ModelId
from domain.parameter_roles import ids_in
from domain.validation import Validator, closest, compile_model
from domain.violation import Violation, ViolationCode


@frozen(kw_only=True)
class Validated:
    """An input the provider will take. ``model`` is the real one where an alias was named.

    ``input`` is exactly what is sent, except that an ``Attachment`` may stand where a URL goes. ``notices`` are values of it
    that the provider will drop.
    """

    model: Model
    input: Mapping[str, object] = field(repr=False)
    notices: tuple[Violation, ...] = ()

    @property
    def has_earlier_ids(self) -> bool:
        """Whether it names an earlier task, one of its results, or a character."""
        return bool(ids_in(self.model, self.input))


@frozen
class ValidateInput:
    """Check a raw input, from any front end, against the registry.

    Values may be a form's texts or an API's JSON: numbers may come as text and texts of digits as numbers, and leave as
    the provider wants them (``docs/registry.md``). ``forced`` takes a model that is suspended or retired, or was never
    in the provider's documents: our copy of them may be old. Deterministic, and total: any object may be fed to it.
    """

    _catalog: ModelCatalog
    _allow_private_hosts: bool = field(default=False, kw_only=True)
    _validators: dict[ModelId, Validator] = field(factory=dict, init=False, repr=False, eq=False)

    def __call__(self, model_name: object, raw: object, /, *, forced: bool = False) -> Validated:
        """The normalised input. A ``model_name`` that is no text is a model no one knows.

        Raises:
            InvalidInput: with every violation at once.
        """
        model = self.model(model_name, forced=forced)
        outcome = self._validator(model)(raw)
        if outcome.violations:
            raise InvalidInput(outcome.violations)
        return Validated(model=model, input=outcome.input, notices=outcome.notices)

    def model(self, model_name: object, /, *, forced: bool = False) -> Model:
        """The model of this id or alias.

        Raises:
            InvalidInput: no one knows it, or it is not on offer; the violation names those that may be meant.
        """
        name = model_name if isinstance(model_name, str) else ""
        model = self._catalog.find(name)
        if model is None:
            raise InvalidInput([self._unknown(name)])
        if not model.is_offered and not forced:
            raise InvalidInput([self._not_offered(model)])
        return model

    def _validator(self, model: Model) -> Validator:
        validator = self._validators.get(model.id)
        if validator is None:
            validator = compile_model(model, allow_private_hosts=self._allow_private_hosts)
            self._validators[model.id] = validator
        return validator

    def _unknown(self, name: str) -> Violation:
        shown = name[:80].encode("utf-8", "replace").decode()
        near = closest(name.strip(), [model.id for model in self._catalog.models()])
        return _about_model(ViolationCode.UNKNOWN_MODEL, name=shown, closest=near)

    def _not_offered(self, model: Model) -> Violation:
        """Why it is not offered, and the current model of the same type whose name is nearest, if any."""
        same = [one.id for one in self._catalog.models() if one.is_offered and one.type is model.type]
        near = closest(model.id, same, limit=1, least=0.0)
        return _about_model(ViolationCode.MODEL_NOT_OFFERED, model=model.id, status=model.status.value, closest=near)


def _about_model(code: ViolationCode, **values: object) -> Violation:
    return Violation(path="", code=code, values=MappingProxyType(values))
