"""Whether a generation is what a draft asks for as it stands now."""

from application.drafts.fill_draft import Values
from application.drafts.quote_draft import Quote
from domain.generation import Generation
from domain.media import with_files
from domain.model import Model
from domain.parameter_roles import safety_switches


def is_same_request(generation: Generation, model: Model, quote: Quote) -> bool:
    """Compare the model and what would be sent; what the operator may decide does not count, nor what is known of a file."""
    if quote.input is None or generation.model_id != model.id:
        return False
    return _own(model, generation.input) == _own(model, quote.input)


def _own(model: Model, values: Values) -> Values:
    switches = {switch.name for switch in safety_switches(model)}
    own = {name: value for name, value in values.items() if name not in switches}
    return with_files(own, lambda _path, file: file.link or file.reference)
