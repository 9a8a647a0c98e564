"""A wish whose model is still to be chosen: its words and files, and how they go into a card."""

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from adapters.telegram.bot.card.form import with_file, with_text
from domain.draft import Draft
from domain.media import Attachment
from domain.model import Model


@frozen(kw_only=True)
class Offered:
    """The values of a draft without a model. ``album``: which album the files came in.

    ``missing`` is the task that the words name and no model does today.
    ``query`` is what was searched for in the lists: where it named models, it is no prompt.
    """

    text: str = ""
    query: str = ""
    files: tuple[Attachment, ...] = ()
    models: tuple[str, ...] = ()
    album: str = ""
    missing: str = ""

    @classmethod
    def read(cls, values: Mapping[str, object]) -> "Offered":
        """Of ``write``, after a way through the store."""
        files, models = values.get("files"), values.get("models")
        return cls(
            text=str(values.get("text", "")),
            query=str(values.get("query", "")),
            files=tuple(file for file in files if isinstance(file, Attachment)) if isinstance(files, list) else (),
            models=tuple(map(str, models)) if isinstance(models, list) else (),
            album=str(values.get("album", "")),
            missing=str(values.get("missing", "")),
        )

    def write(self) -> Mapping[str, object]:
        """For ``Draft.values``."""
        return {
            "text": self.text,
            "query": self.query,
            "files": list(self.files),
            "models": list(self.models),
            "album": self.album,
            "missing": self.missing,
        }


def fill(draft: Draft, model: Model, text: str, files: Sequence[Attachment]) -> Draft:
    """The draft with the words and as many of the files as the model takes, the first ones first."""
    for file in files:
        values = with_file(model, draft, file, replace=False)
        draft = draft if values is None else evolve(draft, values=values)
    words = with_text(model, draft, text) if text else None
    return draft if words is None else evolve(draft, values=words)
