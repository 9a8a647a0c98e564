"""What one message of the bot shows and waits for, typed: the front end's view of a ChatSession, and which page of a card is open."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from attrs import asdict, evolve, field, frozen

from adapters.telegram.api.incoming import is_group
from adapters.telegram.api.markup import MESSAGE_LIMIT, units
from adapters.telegram.bot.paging import ROWS
from application.drafts.edits import Item
from application.ports.chat_session_store import ChatSession, SessionId
from application.wishes.offer_models import AbsentModel, Offer
from domain.draft import Draft
from domain.generation import Destination, UserId
from domain.media import Attachment, MediaKind
from domain.model import Model, ModelId, ModelType, Parameter
from domain.parameter_roles import optional_parameters
from domain.reading import LinkedFile, Preference, Topic
from domain.use import Use

LONG: Final = 3_500
"""UTF-16 units from which on a text may be the part of a longer one: apps cut at 4,096, some at the last break before it."""
TOGETHER: Final = timedelta(seconds=3)
"""Parts are sent at once; the time between them is the network's."""
JOINED_LIMIT: Final = 400_000
"""Characters of a text that comes in parts: the longest prompt of the registry may have 390,000. What follows is left out, so
that no card grows for ever."""


class StaleButton(Exception):
    """The button speaks of something the card no longer has. Never leaves the package."""


class CardPageKind(StrEnum):
    """``spent``: the card has run, and does nothing any more. ``offer``: no model is chosen yet; ``browse``: the lists are
    open, and words search in them.

    ``confirm``: what it costs is asked about once more. ``several``: models are chosen to run side by side. ``improved``: other words are shown, to be taken or left. ``keep``, ``rename``, ``search``, ``character``: the next message is a preset's
    name, its new name, what to look for in the history, or the name that the pictures of ``offer`` are kept under.
    ``deleting``: the person's characters, one of which (``search``) is asked about.
    """

    MAIN = ""
    MORE = "more"
    PARAMETER = "parameter"
    CONFIRM = "confirm"
    KEEP = "keep"
    RENAME = "rename"
    SEARCH = "search"
    CHARACTER = "character"
    DELETING = "deleting"
    BROWSE = "browse"
    OFFER = "offer"
    IMPROVED = "improved"
    SEVERAL = "several"
    SPENT = "spent"


@frozen(kw_only=True)
class IncomingBatch:
    """What may go on with the next message: a text that an app cut into parts, or an album, one file a message.

    ``text_in`` is the parameter the text went into ("": the wish), ``text_at`` when its last part was sent (Unix time; 0:
    there is none) and ``is_full`` whether that part was as long as a message can be. ``is_informed``: the person knows that not
    all files of ``album`` have room.
    """

    text_in: str = ""
    text_at: int = 0
    is_full: bool = False
    album: str = ""
    is_informed: bool = False

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "IncomingBatch":
        """Return what was kept. Earlier versions wrote ``is_told``. Raises TypeError for what another version wrote."""
        return cls(**{"is_informed" if name == "is_told" else name: value for name, value in kept.items()})


@frozen(kw_only=True)
class CardPage:
    """``parameter`` is an index into the model's parameters; ``number`` counts the screens of a long list from 0.

    With a ``scope`` all of it speaks of one item of a list: ``4.2`` is the third item of the model's fifth parameter.
    """

    page: CardPageKind = CardPageKind.MAIN
    parameter: int = 0
    number: int = 0
    search: str = ""
    scope: str = ""
    batch: IncomingBatch = field(factory=IncomingBatch)

    @classmethod
    def read(cls, kept: object) -> "CardPage":
        """Return the page that ``write`` wrote. Anything else is the main page: a card of another version stays usable."""
        try:
            values = dict(kept) if isinstance(kept, Mapping) else json.loads(str(kept))
            batch = values.pop("batch", None) or values.pop("arrival", {})
            values.pop("arrival", None)
            return cls(page=CardPageKind(values.pop("page", "")), batch=IncomingBatch.read(batch), **values)
        except (ValueError, TypeError, AttributeError):
            return cls()

    def write(self) -> Mapping[str, object]:
        """Return what differs from the main page, as JSON."""
        kept = asdict(self)
        kept["batch"] = {name: value for name, value in kept["batch"].items() if value}
        return {name: value for name, value in kept.items() if value}


def parameter_at(model: Model, index: int) -> Parameter:
    """Return the parameter that a button means. Raises StaleButton."""
    parameters = list(model.parameters.values())
    if not 0 <= index < len(parameters):
        raise StaleButton
    return parameters[index]


def index_of(model: Model, parameter: Parameter) -> int:
    """Return the parameter's place among the model's, for buttons."""
    return list(model.parameters).index(parameter.name)


def screen_under_more(model: Model, parameter: Parameter) -> int:
    """Return on which screen of "More" the parameter stands, from 0; the first for one that no form asks for any more."""
    names = [one.name for one in optional_parameters(model)]
    return names.index(parameter.name) // ROWS if parameter.name in names else 0


def item_at(model: Model, scope: str) -> Item:
    """Return the item that a scope names. Raises StaleButton."""
    index, _, number = scope.partition(".")
    if not (index.isdecimal() and number.isdecimal()):
        raise StaleButton
    return Item(parameter=parameter_at(model, int(index)).name, number=int(number))


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
        "first_of": {str(use): str(name) for use, name in offer.first_of.items()},
        "chosen": offer.chosen or "",
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
        first_of={
            Use(use): ModelId(str(name)) for use, name in _mapping(kept.get("first_of")).items() if use in set(Use)
        },
        chosen=Use(str(kept["chosen"])) if kept.get("chosen") in set(Use) else None,
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


def asks_for(session: CardSession, model: Model, name: str) -> bool:
    """Return whether the page of this parameter is open."""
    page = session.page
    is_parameter = page.page is CardPageKind.PARAMETER and not page.scope and name in model.parameters
    return is_parameter and page.parameter == index_of(model, model.parameters[name])


def is_continued(session: CardSession, sent_at: datetime) -> bool:
    """Return whether a text sent now goes on with the one before it."""
    batch = session.page.batch
    return bool(batch.text_at) and abs(sent_at.timestamp() - batch.text_at) <= TOGETHER.total_seconds()


def joined(session: CardSession, before: object, text: str) -> str:
    """Return both parts as they were: a part that is not full was cut at a break, which Telegram takes away from its end."""
    seam = "" if session.page.batch.is_full else "\n"
    return f"{before}{seam}{text}"[:JOINED_LIMIT]


def noted(session: CardSession, text: str, sent_at: datetime, *, text_in: str = "") -> CardSession:
    """Return the session that remembers that more of this text may come, where it is long enough for that."""
    if units(text) < LONG:
        return session
    is_full = units(text) >= MESSAGE_LIMIT
    return _with(session, IncomingBatch(text_in=text_in, text_at=int(sent_at.timestamp()), is_full=is_full))


def is_same_album(session: CardSession, album: str) -> bool:
    """Return whether the last file of the session was of this album, too."""
    return bool(album) and session.page.batch.album == album


def was_informed(session: CardSession, album: str) -> bool:
    """Return whether the person knows that the album does not fit."""
    return is_same_album(session, album) and session.page.batch.is_informed


def of_album(session: CardSession, album: str, *, is_informed: bool = False) -> CardSession:
    """Return the session that remembers which album its files come in."""
    return _with(session, IncomingBatch(album=album, is_informed=is_informed)) if album else session


def _with(session: CardSession, batch: IncomingBatch) -> CardSession:
    return evolve(session, page=evolve(session.page, batch=batch))
