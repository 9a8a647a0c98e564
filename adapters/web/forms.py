"""A draft as a form: the fields of its model with the draft's values."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from attrs import field as attribute
from attrs import frozen

from adapters.web.cards import Piece
from adapters.web.words import PageWords
from application.catalog.describe_model import FieldKind, FieldRole, FormField
from application.drafts.edits import ClearValue, Edit, SetValue
from application.drafts.fill_draft import as_list
from domain.draft import Draft
from domain.kept_media import MediaId, media_id_of
from domain.masks import CHANGE, is_mask
from domain.media import Attachment, MediaKind
from domain.model import NO_DEFAULT
from domain.reference_set import CHARACTER_IDS, CharacterId
from domain.violation import Violation, ViolationCode

MISSING: Final = frozenset({ViolationCode.REQUIRED, ViolationCode.EMPTY, ViolationCode.AT_LEAST_ONE})
"""Not said of a form that is still being filled in."""


@frozen(kw_only=True)
class FileView:
    """A file among the values. ``id`` is empty for one that another front end keeps."""

    id: str
    name: str
    kind: str
    preview: str | None = None


@frozen(kw_only=True)
class ChoiceView:
    value: str
    label: str
    is_chosen: bool


@frozen(kw_only=True)
class FieldView:
    """One field as the template draws it. ``mask_of``: a mask that can be painted over a picture of the draft.

    ``characters``: the names of those that are chosen, in a field that takes them.
    """

    name: str
    label: str
    kind: str
    about: str
    is_required: bool
    is_prompt: bool
    has_value: bool
    value: object
    placeholder: str
    choices: Sequence[ChoiceView] = ()
    minimum: int | float | None = None
    maximum: int | float | None = None
    step: float | None = None
    files: Sequence[FileView] = ()
    accept: str = ""
    mask_of: bool = False
    may_extend: bool = False
    takes_characters: bool = False
    characters: Sequence[str] = ()
    error: str = ""


@frozen
class Forms:
    """Draws fields in one person's words. ``names`` are those of the person's own characters, by the provider's ids."""

    _words: PageWords
    _prefix: str
    _names: Mapping[CharacterId, str] = attribute(factory=dict)

    def fields(self, fields: Sequence[FormField], draft: Draft, errors: Mapping[str, str]) -> Sequence[FieldView]:
        """The fields with their values and what is wrong with them."""
        return [self._field(one, draft, errors.get(one.name, "")) for one in fields]

    def errors(self, violations: Sequence[Violation], *, is_final: bool) -> Mapping[str, str]:
        """What is wrong, by parameter, empty for the whole; what is only missing counts when the form is sent."""
        said: dict[str, str] = {}
        for violation in violations:
            if is_final or violation.code not in MISSING:
                said.setdefault(violation.parameter, self._words.violation(violation))
        return said

    def _field(self, field: FormField, draft: Draft, error: str) -> FieldView:
        value = draft.values.get(field.name)
        default = None if field.default is NO_DEFAULT else field.default
        shown = default if value is None and field.kind in {FieldKind.SWITCH, FieldKind.CHOICE} else value
        takes_characters = field.name == CHARACTER_IDS
        files = [one for one in as_list(value) if isinstance(one, Attachment)] if _holds_files(field) else []
        return FieldView(
            name=field.name,
            label=self._words("characters") if takes_characters else self._words.parameter(field.name),
            kind=field.kind,
            about=self._words.about(field.about) if field.role is FieldRole.NONE else "",
            is_required=field.is_required,
            is_prompt=field.role is FieldRole.PROMPT,
            has_value=shown is not None,
            value=_as_text(field, shown),
            placeholder="" if default is None else str(default),
            choices=[
                ChoiceView(value=str(one), label=self._choice(field.name, one), is_chosen=one == shown)
                for one in field.choices
            ],
            minimum=field.minimum,
            maximum=field.maximum,
            step=1 if field.is_whole else None,
            files=[self._file(one) for one in files],
            accept=f"{field.media}/*" if field.media in {MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO} else "",
            mask_of=is_mask(field.name) and picture_of(draft) is not None,
            may_extend=field.name == CHANGE,
            takes_characters=takes_characters,
            characters=self._characters(value) if takes_characters else (),
            error=error,
        )

    def _characters(self, value: object) -> Sequence[str]:
        """Their names; the id of one that has none here."""
        return [self._names.get(CharacterId(str(one)), str(one)) for one in as_list(value)]

    def _choice(self, _name: str, value: object) -> str:
        return str(value)

    def _file(self, attachment: Attachment) -> FileView:
        media_id = media_id_of(attachment)
        has_picture = media_id and attachment.kind in {MediaKind.IMAGE, MediaKind.VIDEO}
        return FileView(
            id=media_id or "",
            name=attachment.name or attachment.kind,
            kind=attachment.kind,
            preview=f"{self._prefix}/media/{media_id}/preview" if has_picture else None,
        )


def file_view(attachment: Attachment, piece: Piece) -> FileView:
    """A kept file with its preview."""
    return FileView(id=media_id_of(attachment) or "", name=attachment.name, kind=attachment.kind, preview=piece.preview)


def edit_of(field: FormField, said: object) -> Edit:
    """What a person put into a field, as the change it means. What can't be read is left for the validation to name."""
    if said is None or said in ("", []):
        return ClearValue(parameter=field.name)
    return SetValue(parameter=field.name, value=_value(field, said))


def picture_of(draft: Draft) -> tuple[str, MediaId] | None:
    """The first picture of the draft that we keep, masks left out, and its parameter: what a mask is painted over."""
    for name, value in draft.values.items():
        if is_mask(name):
            continue
        for one in as_list(value):
            if isinstance(one, Attachment) and one.kind is MediaKind.IMAGE and (media_id := media_id_of(one)):
                return name, media_id
    return None


def _holds_files(field: FormField) -> bool:
    return field.kind in {FieldKind.FILE, FieldKind.FILES}


def _value(field: FormField, said: object) -> object:
    text = str(said)
    match field.kind:
        case FieldKind.SWITCH:
            return said is True or text == "true"
        case FieldKind.CHOICE:
            return next((choice for choice in field.choices if str(choice) == text), text)
        case FieldKind.NUMBER:
            return _number(text)
        case FieldKind.LINES:
            return [line.strip() for line in text.splitlines() if line.strip()]
        case FieldKind.JSON | FieldKind.ITEMS:
            return _json(text)
        case _:
            return text


def _number(text: str) -> object:
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() and "." not in text else number


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _as_text(field: FormField, value: object) -> object:
    match field.kind:
        case FieldKind.SWITCH:
            return value is True
        case FieldKind.LINES:
            return "\n".join(str(one) for one in as_list(value))
        case FieldKind.JSON | FieldKind.ITEMS:
            return "" if value is None else json.dumps(value, ensure_ascii=False, indent=1, default=str)
        case _:
            return "" if value is None else value
