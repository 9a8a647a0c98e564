"""Use case: ideas for a person who does not know what to ask for."""

from collections.abc import Sequence

from attrs import evolve, frozen

from application.wishes.offer_models import Offer, OfferModels
from domain.template import Template


@frozen(kw_only=True)
class UseTemplates:
    """A template is a wish with words and a use; it asks for the picture that it works on."""

    _templates: Sequence[Template]
    _offer: OfferModels

    def all(self) -> Sequence[Template]:
        """Return them in their order."""
        return self._templates

    def find(self, name: str) -> Template | None:
        """Return the template of this name; None where there is none (any more)."""
        return next((one for one in self._templates if one.name == name), None)

    async def offer(self, template: Template, language: str) -> Offer:
        """Return the models for it, with its words as they are."""
        words = template.in_language(language).words
        offer = await self._offer(words, use=template.use)
        return evolve(offer, prompt=words, topic=None)
