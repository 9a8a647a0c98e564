"""A model catalog of whatever models a test needs."""

from collections.abc import Iterable

from domain.model import Model, model_key


class InMemoryModelCatalog:
    """A ``ModelCatalog`` over given models."""

    def __init__(self, models: Iterable[Model]) -> None:
        self._models = tuple(models)

    def find(self, name: str, /) -> Model | None:
        model = self.entry(name)
        if model is not None and model.is_alias and model.alias_of is not None:
            return self.entry(model.alias_of)
        return model

    def entry(self, name: str, /) -> Model | None:
        wanted = name.strip().casefold()
        return next((model for model in self._models if model.id.casefold() == wanted), None)

    def by_key(self, key: str, /) -> Model | None:
        return next((model for model in self._models if model_key(model.id) == key), None)

    def title_of(self, name: str, /) -> str:
        model = self.entry(name)
        return model.title if model else name

    def models(self) -> tuple[Model, ...]:
        return self._models

    def offered(self) -> tuple[Model, ...]:
        return tuple(model for model in self._models if model.is_offered)
