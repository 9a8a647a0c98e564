"""A difference between the registry and the live catalogue, in a line for a person and in JSON for a program."""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.cli.as_json import Json, parameter_json
from adapters.cli.words import TerminalWords
from config.registry_tools.change import Aspect, Change, ModelChange, ModelChangeKind, Obstacle
from config.registry_tools.live_model import LivePrice
from config.registry_tools.provider_catalogue import NoFormReason
from config.registry_tools.sync_models import NotComparable, SyncReport
from domain.model import NO_DEFAULT, InputVariant, Parameter
from domain.price_rule import PriceRule

ASPECTS: Final[Mapping[Aspect, str]] = {
    Aspect.ADDED: "cli-sync-added",
    Aspect.REMOVED: "cli-sync-removed",
    Aspect.TYPE: "cli-sync-type",
    Aspect.REQUIRED: "cli-sync-required",
    Aspect.DEFAULT: "cli-sync-default",
    Aspect.VALUES: "cli-sync-values",
    Aspect.MIN: "cli-sync-min",
    Aspect.MAX: "cli-sync-max",
    Aspect.STEP: "cli-sync-step",
    Aspect.PATTERN: "cli-sync-pattern",
    Aspect.VARIANTS: "cli-sync-variants",
    Aspect.AT_LEAST_ONE: "cli-sync-at-least-one",
    Aspect.ENDPOINT: "cli-sync-endpoint",
    Aspect.PRICE: "cli-sync-price",
}
KINDS: Final[Mapping[ModelChangeKind, str]] = {
    ModelChangeKind.NEW: "cli-sync-new",
    ModelChangeKind.GONE: "cli-sync-gone",
    ModelChangeKind.RETURNED: "cli-sync-returned",
    ModelChangeKind.CHANGED: "cli-sync-changed",
}
OBSTACLES: Final[Mapping[Obstacle, str]] = {
    Obstacle.UNKNOWN_TYPE: "cli-sync-unknown-type",
    Obstacle.OWN_ENDPOINT: "cli-sync-own-endpoint",
    Obstacle.NO_FORM: "cli-sync-no-form",
}
REASONS: Final[Mapping[NoFormReason, str]] = {
    NoFormReason.NOT_SYNCED: "cli-sync-not-synced",
    NoFormReason.UNREADABLE: "cli-sync-unreadable",
    NoFormReason.UNAVAILABLE: "cli-sync-unavailable",
}


def change_lines(change: ModelChange, words: TerminalWords) -> Sequence[str]:
    """The model, then a line for each thing that differs; what needs a person says so."""
    lines = [words(KINDS[change.kind], model=change.id)]
    if change.kind is ModelChangeKind.NEW and change.model:
        lines += [f"  {parameter.name}: {_shown(parameter, words)}" for parameter in change.model.parameters.values()]
    if change.obstacle:
        line = f"  {words(OBSTACLES[change.obstacle])}"
        lines.append(line if change.is_out_of_reach else _by_hand(line, words))
    return lines + [f"  {_change_line(one, words)}" for one in change.changes]


def not_comparable_line(one: NotComparable, words: TerminalWords) -> str:
    """The model and why, with the developer's detail in brackets."""
    detail = f" ({one.detail})" if one.detail else ""
    return words(REASONS[one.reason], model=one.id) + detail


def report_json(report: SyncReport) -> Json:
    """``{"ok", "compared", "written", "models": [...], "not_comparable": [...], "unwritten": [...]}``."""
    return {
        "ok": not report.open_changes and not report.is_incomplete,
        "compared": report.compared,
        "written": report.written,
        "models": [_model_json(change) for change in report.changes],
        "not_comparable": [
            {"model": one.id, "reason": str(one.reason), "detail": one.detail} for one in report.not_comparable
        ],
        "unwritten": [{"model": one.model, "reason": one.reason} for one in report.unwritten],
    }


def _change_line(change: Change, words: TerminalWords) -> str:
    line = words(
        ASPECTS[change.aspect],
        path=change.path,
        before=_shown(change.before, words),
        after=_difference(change) or _shown(change.after, words),
    )
    return _by_hand(line, words) if change.needs_person else line


def _by_hand(line: str, words: TerminalWords) -> str:
    return " ".join([line, words("cli-sync-by-hand")])


def _difference(change: Change) -> str:
    """Of two sets of values, only what comes and goes: an enum may have dozens."""
    match change:
        case Change(aspect=Aspect.VALUES, before=tuple(before), after=tuple(after)):
            return " ".join(
                [f"+{value}" for value in after if value not in before]
                + [f"-{value}" for value in before if value not in after]
            )
    return ""


def _shown(value: object, words: TerminalWords) -> str:
    match value:
        case None | NO_DEFAULT.NO_DEFAULT:
            return words("cli-sync-none")
        case bool():
            return str(value).lower()
        case Parameter():
            return _parameter_shown(value)
        case PriceRule(unit=unit, credits=credits_):
            return f"{credits_:g} / {unit}"
        case LivePrice(text=text):
            return text
        case InputVariant(name=name):
            return name
        case frozenset():
            return " | ".join(sorted(value))
        case tuple() | list():
            return ", ".join(_shown(one, words) for one in value) or words("cli-sync-none")
    return str(value)


def _parameter_shown(parameter: Parameter) -> str:
    """In the registry's own words: ``enum [png, jpeg], required, default png``."""
    values = f" [{', '.join(map(str, parameter.values))}]" if parameter.values else ""
    facts = {"min": parameter.minimum, "max": parameter.maximum, "step": parameter.step}
    said = [f"{parameter.type}{values}", *(["required"] if parameter.required else [])]
    said += [f"{name} {fact}" for name, fact in facts.items() if fact is not None]
    return ", ".join([*said, *([f"default {parameter.default}"] if parameter.has_default else [])])


def _model_json(change: ModelChange) -> Json:
    new = change.model if change.kind is ModelChangeKind.NEW else None
    return {
        "model": change.id,
        "change": str(change.kind),
        "needs_person": change.needs_person,
        "obstacle": str(change.obstacle) if change.obstacle else None,
        "parameters": {one.name: parameter_json(one) for one in new.parameters.values()} if new else None,
        "changes": [
            {
                "path": one.path,
                "aspect": str(one.aspect),
                "before": _plain(one.before),
                "after": _plain(one.after),
                "needs_person": one.needs_person,
            }
            for one in change.changes
        ],
    }


def _plain(value: object) -> object:
    """As JSON has it; no default is null."""
    match value:
        case NO_DEFAULT.NO_DEFAULT:
            return None
        case Parameter():
            return parameter_json(value)
        case PriceRule(unit=unit, credits=credits_):
            return {"unit": str(unit), "credits": credits_}
        case LivePrice(text=text, unit=unit, credits=credits_):
            return {"text": text, "unit": unit or None, "credits": dict(credits_) or None}
        case InputVariant(name=name, required=required, fields=fields):
            return {"name": name, "required": sorted(required), "fields": sorted(fields)}
        case frozenset():
            return sorted(value)
        case tuple() | list():
            return [_plain(one) for one in value]
    return value
