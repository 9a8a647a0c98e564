"""The next thing that a person has to do with a draft."""

from enum import StrEnum

from application.drafts.fill_draft import Values
from application.drafts.quote_draft import Quote
from domain.model import Model, Parameter
from domain.parameter_roles import essential_parameters, prompt_parameter, song_parameter, takes_files, task_parameter
from domain.violation import ViolationCode


class NextAction(StrEnum):
    """What to do next, in the order in which it is asked for."""

    CHOOSE_ANOTHER_MODEL = "another"
    CHOOSE_TASK = "task"
    SEND_FILE = "file"
    WRITE_PROMPT = "prompt"
    FIX = "fix"
    RUN = "run"


def next_action(model: Model, values: Values, quote: Quote) -> NextAction:
    """Return the next thing to do: what is missing first, then what is wrong, then running it."""
    if not quote.is_allowed:
        return NextAction.CHOOSE_ANOTHER_MODEL
    missing = [parameter for parameter in essential_parameters(model) if is_missing(parameter, quote)]
    if task_parameter(model) in missing or song_parameter(model) in missing:
        return NextAction.CHOOSE_TASK
    if any(takes_files(parameter) for parameter in missing):
        return NextAction.SEND_FILE
    if (prompt := prompt_parameter(model)) and prompt.name not in values:
        return NextAction.WRITE_PROMPT
    return NextAction.FIX if quote.violations else NextAction.RUN


def is_missing(parameter: Parameter, quote: Quote) -> bool:
    """Return whether the parameter's value is what the input lacks."""
    return any(
        violation.parameter == parameter.name and violation.code in {ViolationCode.REQUIRED, ViolationCode.EMPTY}
        for violation in quote.violations
    )
