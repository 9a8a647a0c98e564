"""Use case: say what is wrong with a draft, what it costs, and whether it may run."""

from collections.abc import Sequence

from attrs import field, frozen

from application.catalog.model_notices import ModelNotices
from application.catalog.validate_input import ValidateInput
from application.drafts.fill_draft import Values
from application.errors import InvalidInput
from domain.model import Model
from domain.operation import ModelPause
from domain.pricing import Estimate, estimate
from domain.violation import Violation


@frozen(kw_only=True)
class Quote:
    """One answer for everything that depends on a draft's values.

    ``price`` is None while the input is not valid, or where nobody knows it. ``pause``: the operator switched the model off.
    ``is_failing``: its last generations failed one after another. ``is_offered``: the provider takes the model today.
    """

    violations: Sequence[Violation] = ()
    price: Estimate | None = None
    needs_confirmation: bool = False
    is_offered: bool = True
    pause: ModelPause | None = field(default=None)
    is_failing: bool = False

    @property
    def is_allowed(self) -> bool:
        """Whether a person may run this model now, whatever its input."""
        return self.is_offered and self.pause is None

    @property
    def is_ready(self) -> bool:
        """Whether it runs as it stands and nobody is asked again."""
        return self.is_allowed and not self.violations and not self.needs_confirmation

    @property
    def credits(self) -> float | None:
        """What it will cost, in credits; None where that is not known."""
        return self.price.credits if self.price else None


@frozen(kw_only=True)
class QuoteDraft:
    """Validate and price an input once. In memory: a list of models may ask it for every row.

    ``confirm_credits``: from this price on a person is asked before anything is bought.
    """

    _validate: ValidateInput
    _notices: ModelNotices
    _confirm_credits: float

    def __call__(self, model: Model, values: Values, *, usual_credits: float | None = None) -> Quote:
        """Return what the model would say to these values, on offer or not.

        ``usual_credits`` is what such an input cost before: it counts where nobody knows the price.
        """
        violations, price = self._check(model, values)
        credits_ = price.credits if price else usual_credits or 0
        return Quote(
            violations=violations,
            price=price,
            needs_confirmation=credits_ >= self._confirm_credits,
            is_offered=model.is_offered,
            pause=self._notices.pause_of(model.id),
            is_failing=self._notices.is_failing(model.id),
        )

    def _check(self, model: Model, values: Values) -> tuple[Sequence[Violation], Estimate | None]:
        try:
            valid = self._validate(model.id, values, forced=True)
        except InvalidInput as error:
            return error.violations, None
        return (), estimate(model, valid.input)
