"""What one message of the bot shows and waits for, typed: the front end's view of a ``ChatSession``."""

from collections.abc import Mapping
from datetime import datetime

from attrs import asdict, evolve, field, frozen

from adapters.telegram.api.incoming import is_group
from adapters.telegram.bot.card.card_page import CardPage, CardPageKind
from application.ports.chat_session_store import ChatSession, SessionId
from application.wishes.offer import AbsentModel, Offer
from domain.draft import Draft
from domain.generation import Destination, UserId
from domain.media import Attachment, MediaKind
from domain.model import ModelId, ModelType
from domain.reading import LinkedFile, Preference, Topic
from domain.use import Use


@frozen(kw_only=True)
class CardSession:
    """A card (with its ``draft``), an ``offer``, or a question.

    ``expecting`` is the parameter that the next message sets. ``subject`` is what a question is about: the id of a preset to
    be renamed, or the words that were looked for in the history. ``message`` is the Telegram id of the message.
    """

    id: SessionId
    user: UserId
    destination: Destination
    draft: Draft | None = None
    page: CardPage = field(factory=CardPage)
    expecting: str | None = None
    offer: Offer = field(factory=Offer)
    subject: str = ""
    message: str | None = None
    updated_at: datetime

    @property
    def values(self) -> Mapping[str, object]:
        """The values of the draft; none where no model is chosen yet."""
        return self.draft.values if self.draft else {}

    @property
    def in_group(self) -> bool:
        """Whether others read it too."""
        return is_group(self.destination.chat)

    def at(self, page: CardPageKind, **place: int | str) -> "CardSession":
        """Return the session on another page, which waits for nothing."""
        return evolve(self, page=CardPage(page=page, **place), expecting=None)  # type: ignore[arg-type]  # fields of a page

    def write(self) -> ChatSession:
        """Return the record to keep. The draft is kept by its use cases."""
        offer = _written(self.offer) if self.offer != Offer() else None
        state = {"page": self.page.write(), "expecting": self.expecting, "offer": offer, "subject": self.subject}
        return ChatSession(
            id=self.id,
            user=self.user,
            destination=self.destination,
            draft=self.draft.id if self.draft else None,
            state={name: value for name, value in state.items() if value},
            message=self.message,
            updated_at=self.updated_at,
        )


def read_session(kept: ChatSession, draft: Draft | None) -> CardSession:
    """Return the session of a record and its draft."""
    state = _carried(kept.state) if "view" in kept.state else kept.state
    expecting = state.get("expecting")
    return CardSession(
        id=kept.id,
        user=kept.user,
        destination=kept.destination,
        draft=draft,
        page=CardPage.read(state.get("page", {})),
        expecting=str(expecting) if expecting else None,
        offer=_offer(state.get("offer")),
        subject=str(state.get("subject") or ""),
        message=kept.message,
        updated_at=kept.updated_at,
    )


def _carried(state: Mapping[str, object]) -> Mapping[str, object]:
    """What migration 10 carried over from a draft of an earlier version."""
    page = CardPage.read(state["view"])
    values = state.get("values")
    offer = values if page.page is CardPageKind.OFFER and isinstance(values, Mapping) else None
    words = values.get("text") if isinstance(values, Mapping) and page.page is not CardPageKind.OFFER else ""
    subject = page.search if page.page is CardPageKind.RENAME else words
    return {"page": page.write(), "expecting": state.get("expecting"), "offer": offer, "subject": subject}


def _written(offer: Offer) -> Mapping[str, object]:
    return {
        "text": offer.text,
        "query": offer.query,
        "files": list(offer.files),
        "models": list(offer.models),
        "missing": offer.missing or "",
        "prompt": offer.prompt,
        "stated": dict(offer.stated),
        "marks": {str(name): str(mark) for name, mark in offer.marks.items()},
        "uses": [str(use) for use in offer.uses],
        "lacks": offer.lacks or "",
        "topic": offer.topic or "",
        "links": [[str(link.kind), link.url] for link in offer.links],
        "absent": asdict(offer.absent) if offer.absent else "",
    }


def _offer(kept: object) -> Offer:
    if not isinstance(kept, Mapping):
        return Offer()
    files, models, missing = kept.get("files"), kept.get("models"), str(kept.get("missing") or "")
    return Offer(
        text=str(kept.get("text", "")),
        query=str(kept.get("query", "")),
        files=tuple(file for file in files if isinstance(file, Attachment)) if isinstance(files, list) else (),
        models=tuple(ModelId(str(name)) for name in models) if isinstance(models, list) else (),
        missing=ModelType(missing) if missing in set(ModelType) else None,
        prompt=str(kept["prompt"]) if kept.get("prompt") is not None else None,
        stated=_mapping(kept.get("stated")),
        marks={
            ModelId(name): Preference(str(mark))
            for name, mark in _mapping(kept.get("marks")).items()
            if mark in set(Preference)
        },
        uses=tuple(Use(str(use)) for use in _list(kept.get("uses")) if use in set(Use)),
        lacks=MediaKind(str(kept["lacks"])) if kept.get("lacks") in set(MediaKind) else None,
        topic=Topic(str(kept["topic"])) if kept.get("topic") in set(Topic) else None,
        links=tuple(
            LinkedFile(kind=MediaKind(str(link[0])), url=str(link[1]))
            for link in _list(kept.get("links"))
            if isinstance(link, list)
        ),
        absent=_absent(_mapping(kept.get("absent"))),
    )


def _absent(kept: Mapping[str, object]) -> AbsentModel | None:
    if not kept:
        return None
    nearest = ModelId(str(kept["nearest"])) if kept.get("nearest") else None
    return AbsentModel(name=str(kept.get("name", "")), is_paused=bool(kept.get("is_paused")), nearest=nearest)


def _mapping(kept: object) -> Mapping[str, object]:
    return kept if isinstance(kept, Mapping) else {}


def _list(kept: object) -> list[object]:
    return kept if isinstance(kept, list) else []
