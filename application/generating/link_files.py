"""Links to files of any length that a price counts by the second: only their bytes say what they cost."""

from collections.abc import Callable, Mapping
from functools import partial
from mimetypes import guess_type
from typing import Final
from urllib.parse import urlsplit

from application.generating.fit_files import Found
from domain.media import LINK, Attachment, MediaKind
from domain.model import Model
from domain.price import priced_files

LENGTHS: Final = (MediaKind.VIDEO, MediaKind.AUDIO)


def links_as_files(model: Model, values: Mapping[str, object]) -> Mapping[str, object]:
    """Return the input with such links as files, which we fetch ourselves.

    Where the provider states how long a file may be, that bounds what a link costs, and the provider fetches it.
    """
    changed = dict(values)
    for name in priced_files(model):
        kind, limits = model.parameters[name].media, model.parameters[name].limits
        if kind in LENGTHS and limits.seconds[1] is None and limits.total_seconds is None and name in values:
            changed[name] = _each(values[name], partial(_unread, kind))
    return changed


def with_known_links(values: Mapping[str, object], found: Found) -> Mapping[str, object]:
    """Return the input with the links whose files were fetched as these files."""
    return {name: _each(value, partial(_known, found, name)) for name, value in values.items()}


def with_measured_links(values: Mapping[str, object], sent: Mapping[str, Attachment]) -> Mapping[str, object]:
    """Return the input with links as the files that were behind them when they were sent last, by their reference."""
    return {name: _each(value, lambda url: sent.get(f"{LINK}{url}", url)) for name, value in values.items()}


def _unread(kind: MediaKind, url: str) -> Attachment:
    """Its type by its ending; it is looked into before it is sent."""
    return _file(url, kind, guess_type(urlsplit(url).path)[0] or "")


def _known(found: Found, path: str, url: str) -> object:
    facts = found.get((path, f"{LINK}{url}"))
    return _file(url, MediaKind.of_mime(facts.mime), facts.mime) if facts else url


def _each(value: object, changed: Callable[[str], object]) -> object:
    """A link, or each of a list, changed; all else as it is."""
    if type(value) is str:
        return changed(value)
    return [_each(one, changed) for one in value] if type(value) is list else value


def _file(url: str, kind: MediaKind, mime: str) -> Attachment:
    return Attachment(reference=f"{LINK}{url}", kind=kind, mime=mime, name=urlsplit(url).path.rpartition("/")[2] or url)
