"""What models are called where only their id is at hand."""

from application.ports.model_catalog import ModelCatalog


def title_of(model_id: str, catalog: ModelCatalog) -> str:
    """The registry's title; the id where the registry has no such model any more."""
    model = catalog.entry(model_id)
    return model.title if model else model_id
