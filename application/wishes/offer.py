"""Models for a wish, before one of them is chosen."""

from collections.abc import Mapping

from attrs import evolve, field, frozen

from application.drafts.fill_draft import Values, with_link
from application.drafts.prepare_values import DraftContent
from domain.media import Attachment, MediaKind
from domain.model import Model, ModelId, ModelType
from domain.ordinary_values import ordinary_prompt, ordinary_values
from domain.parameter_roles import prompt_parameter
from domain.reading import LinkedFile, Preference, Topic
from domain.stated_values import MUST_BE_SAID, fill_stated
from domain.use import Use


@frozen(kw_only=True)
class AbsentModel:
    """What the words name and no one can have: ``is_paused`` where the operator has switched it off, else it is not offered
    (any more). ``nearest`` is the model that comes closest, if any does."""

    name: str
    is_paused: bool
    nearest: ModelId | None


@frozen(kw_only=True)
class Offer:
    """``models``, best first, for these words and files.

    ``prompt`` is what goes into a model where that is not the whole text, and ``stated`` the values that the words name.
    ``named`` are the models that the words name. ``marks`` say which models are the best, the fast and the cheap one. ``uses`` are what the wish may be for: more than one
    where it is not clear, and then nothing runs with one tap. ``lacks`` is the file to ask for before anything else.
    ``topic``: the words are talk, and ask for no model. ``links`` are files that the words link to. ``missing`` is the task that the words name and no model does today, ``absent`` the
    model.
    ``query`` is what was searched for in the lists: where it named models, it is no prompt.
    """

    text: str = field(default="", repr=False)
    query: str = ""
    files: tuple[Attachment, ...] = ()
    models: tuple[ModelId, ...] = ()
    missing: ModelType | None = None
    prompt: str | None = field(default=None, repr=False)
    stated: Mapping[str, object] = field(factory=dict)
    named: frozenset[ModelId] = frozenset()
    marks: Mapping[ModelId, Preference] = field(factory=dict)
    uses: tuple[Use, ...] = ()
    lacks: MediaKind | None = None
    topic: Topic | None = None
    links: tuple[LinkedFile, ...] = ()
    absent: AbsentModel | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it is clear what the wish is for."""
        return len(self.uses) <= 1 and self.topic is None and not self.query

    def unsaid(self, model: Model) -> Mapping[str, object]:
        """Return what the words state and this model has no way to say; the offer says so before anything runs."""
        unsaid = fill_stated(model, {name: self.stated[name] for name in self.stated if name in MUST_BE_SAID}).unsaid
        return {name: value for name, value in self.stated.items() if name in unsaid}

    def content(self, model: Model) -> DraftContent:
        """Return what a draft of this model begins with: the prompt, the files, and the values that were stated.

        What the model demands besides is ordinary, unless it was stated in a way that the model has no value for. Words that
        only name the task or a model go into a model with a file to work on, alone where it does not run without any.
        """
        if self.prompt is None:
            return DraftContent(text=self.text, files=self.files)
        filled = fill_stated(model, self.stated)
        values: Values = {**ordinary_values(model, leave=filled.unsaid), **filled.values}
        for link in self.links:
            values = with_link(model, values, link.kind, link.url)
        words, prompt = self.prompt, prompt_parameter(model)
        if not words and (self.files or self.links) and prompt and prompt.required:
            words = ordinary_prompt(model) or self.text
        return DraftContent(text=words, files=self.files, values=values)

    def with_file(self, file: Attachment) -> "Offer":
        """Return the offer with one more file, which the models were not chosen for."""
        return evolve(self, files=(*self.files, file), lacks=None if file.kind is self.lacks else self.lacks)
