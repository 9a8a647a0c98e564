"""Find out what of a preset its model still takes."""

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from application.drafts.quote_draft import QuoteDraft
from application.errors import ModelGone
from application.ports.model_catalog import ModelCatalog
from domain.model import Model
from domain.preset import Preset
from domain.violation import ViolationCode as Code

OUTDATED: Final = frozenset(
    {
        Code.UNKNOWN_PARAMETER,
        Code.WRONG_TYPE,
        Code.NOT_AN_INTEGER,
        Code.NOT_FINITE,
        Code.TOO_SMALL,
        Code.TOO_LARGE,
        Code.NOT_A_STEP,
        Code.NOT_IN_ENUM,
        Code.WRONG_MEDIA,
        Code.FILE_TOO_LARGE,
    }
)
"""Faults nothing of a value can be saved from. Words that have become too long, or one line of a dialogue with a voice that
is gone, stay for the person to fix."""


@frozen(kw_only=True)
class OpenedPreset:
    """What a card begins with. ``dropped`` names the parameters whose values the model does not take (any more)."""

    model: Model
    values: Mapping[str, object] = field(repr=False)
    dropped: tuple[str, ...] = ()


@frozen
class OpenPreset:
    """The registry changes, presets stay: a value of yesterday must not spoil the card of today."""

    _catalog: ModelCatalog
    _quote: QuoteDraft

    def __call__(self, preset: Preset) -> OpenedPreset:
        """The model, under its new id where it was renamed, and what it takes. Raises ModelGone."""
        model = self._catalog.find(preset.model_id)
        if model is None:
            raise ModelGone(preset.model_id)
        values = dict(preset.values)
        dropped: list[str] = []
        while outdated := self._outdated(model, values):
            dropped += [name for name in values if name in outdated]
            values = {name: value for name, value in values.items() if name not in outdated}
        return OpenedPreset(model=model, values=values, dropped=tuple(dropped))

    def _outdated(self, model: Model, values: Mapping[str, object]) -> set[str]:
        """Names of values to drop; others may come to light when these are gone."""
        violations = self._quote(model, values).violations
        return {one.path for one in violations if one.code in OUTDATED} & values.keys()
