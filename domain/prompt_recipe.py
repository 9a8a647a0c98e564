"""How to write a prompt that a model does well with: data with a source."""

from collections.abc import Mapping

from attrs import evolve, field, frozen

from domain.model import Model, ModelType


@frozen(kw_only=True)
class PromptRecipe:
    """``advice`` is for the chat model that writes, in English. ``is_english``: the model understands English best or alone."""

    advice: str = ""
    is_english: bool = False


@frozen(kw_only=True)
class PromptRecipes:
    """``types`` is the advice by task, and ``models`` what is special by the beginning of a model's id.

    A model of a type that is not listed takes no prompt that could be better: what is spoken word by word, say.
    """

    types: Mapping[ModelType, str] = field(factory=dict)
    models: Mapping[str, PromptRecipe] = field(factory=dict)

    def of(self, model: Model) -> PromptRecipe | None:
        """Return the recipe for a model; None where there is nothing to improve."""
        general = self.types.get(model.type)
        if general is None:
            return None
        starts = [start for start in self.models if model.id.startswith(start)]
        special = self.models[max(starts, key=len)] if starts else PromptRecipe()
        return evolve(special, advice=f"{general} {special.advice}".strip())
