"""Families of models: their members with versions and variants, and which of them the words of a name mean."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from adapters.local_wish_reader.name_words import MEDIA_IN_TITLES, TASK_WORDS
from adapters.local_wish_reader.tokens import tokens
from domain.model import Model, ModelId, ModelType
from domain.model_names import ModelFamily
from domain.reading import NamedModel
from domain.use import task_types

RELATIVE: Final = 100
"""Distance of the models of a family that the words do not fit; one more where the version differs, too."""
HIGHEST_VERSION: Final = 20
"""Of models that are not on offer, whose versions are not known."""


@frozen(kw_only=True)
class Member:
    """A model of a family. ``medium`` is what its title says that it makes."""

    model: Model
    versions: tuple[str, ...]
    variants: frozenset[str]
    medium: str | None

    def is_of(self, version: str) -> bool:
        """Whether it has the version, or one that it stands for: *2* is 2.6 as well."""
        return any(one == version or one.startswith(f"{version}.") for one in self.versions)


@frozen(kw_only=True)
class Family:
    """The models that share a name; none where what is named is not on offer."""

    members: tuple[Member, ...]
    types: frozenset[ModelType]
    variants: frozenset[str]

    def has_version(self, version: str) -> bool:
        """Whether a name may go on with this version."""
        if not self.members:
            return float(version) <= HIGHEST_VERSION
        return any(one.is_of(version) for one in self.members)

    def has_medium(self, medium: str) -> bool:
        """Whether the title of a member says that it makes this."""
        return any(one.medium == medium for one in self.members)

    def meant(self, versions: set[str], variants: set[str], medium: str | None) -> tuple[NamedModel, ...]:
        """The members that the words fit, the nearest first: of the version, with all of the variants or else some; those of
        another medium by their title are farther."""
        members = [one for one in self.members if not versions or versions.intersection(one.versions)]
        members = members or [one for one in self.members if any(map(one.is_of, versions))]
        chosen = [one for one in members if variants <= one.variants]
        chosen = chosen or [one for one in members if variants & one.variants] or members
        is_open = not versions and not variants
        medium = medium if medium in {one.medium for one in chosen} else None
        named = [
            NamedModel(
                id=one.model.id,
                distance=(0 if is_open else len(one.variants - variants)) + (one.medium != medium),
            )
            for one in chosen
        ]
        return tuple(sorted(named, key=lambda one: one.distance))

    def relatives(self, named: Collection[ModelId], versions: set[str]) -> tuple[NamedModel, ...]:
        """The members that the words do not fit."""
        return tuple(
            NamedModel(id=one.model.id, distance=RELATIVE + (not any(map(one.is_of, versions))))
            for one in self.members
            if one.model.id not in named
        )

    def types_of(self, named: Collection[ModelId]) -> frozenset[ModelType]:
        """What these members can do."""
        return frozenset().union(*(task_types(one.model) for one in self.members if one.model.id in named))


def own_families(models: Iterable[Model], families: Sequence[ModelFamily]) -> Iterator[ModelFamily]:
    """A family for each title that none of ``families`` holds: a new model is heard by its title before it has nicknames."""
    titles = tuple(title.lower() for one in families for title in one.titles)
    for title in dict.fromkeys(one.title.split(" (")[0] for one in models if one.is_offered and not one.is_alias):
        word = title.lower()
        if not word.startswith(titles):
            yield ModelFamily(
                key=word, words=(word,), titles=(title,), everyday=frozenset(() if " " in word else (word,))
            )


def family_of(family: ModelFamily, models: Iterable[Model], variants: Mapping[tuple[str, ...], str]) -> Family:
    """The family with those of ``models`` that are its members; ``variants`` are the names of variants by their words."""
    members = tuple(
        member for model in models if not model.is_alias and (member := _member(family, model, variants)) is not None
    )
    types = frozenset(family.only_types).union(*(task_types(one.model) for one in members))
    known = frozenset().union(*(one.variants for one in members))
    return Family(members=members, types=types, variants=known)


def medium_in(words: Iterable[str]) -> str | None:
    """What the words say that is made; None where they do not say it."""
    return next((MEDIA_IN_TITLES[one] for one in words if one in MEDIA_IN_TITLES), None)


def version_of(text: str) -> str:
    """``3.0`` and ``3`` are one version, and so are ``02`` and ``2``."""
    return text.replace(",", ".").removesuffix(".0").lstrip("0") or "0"


def _member(family: ModelFamily, model: Model, variants: Mapping[tuple[str, ...], str]) -> Member | None:
    if family.only_types and model.type not in family.only_types:
        return None
    title = model.title.lower()
    start = next((one for one in sorted(family.titles, key=len, reverse=True) if title.startswith(one.lower())), None)
    if start is None and model.vendor not in family.vendors:
        return None
    words = [one.text for one in tokens(title[len(start or "") :].split("(")[0])]
    said = frozenset(variants.get((one,), one) for one in words if not one[0].isdigit() and one not in TASK_WORDS)
    return Member(
        model=model,
        versions=tuple(version_of(one) for one in words if one[0].isdigit()),
        variants=said - {"v"},
        medium=None if "to" in words else medium_in(words),
    )
