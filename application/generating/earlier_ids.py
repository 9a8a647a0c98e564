"""The provider's ids in an input: whose they are, which account knows them, and whether the model can go on from them."""

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from attrs import evolve, frozen

from application.errors import InvalidInput
from application.generating.bot_accounts import BotAccounts
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.model_catalog import ModelCatalog
from application.ports.reference_store import ReferenceStore
from domain.continuation import KEPT_FOR, is_kept, values_to_continue
from domain.generation import Generation, UserId
from domain.model import Model, Parameter
from domain.parameter_roles import (
    MADE_CHARACTERS,
    SONG_ID_NAMES,
    TASK_ID_NAMES,
    VOICE_ID_NAMES,
    ids_in,
    song_parameter,
    task_parameter,
)
from domain.provider_account import MAIN_ACCOUNT, AccountName
from domain.reference_set import CHARACTER_IDS, ReferenceSet
from domain.violation import Violation, ViolationCode

ID_FORM: Final = re.compile(r"[A-Za-z0-9_-]{4,128}")
UNKNOWN: Final = frozenset({ViolationCode.ID_UNKNOWN, ViolationCode.CHARACTER_UNKNOWN})
SHOWN: Final = 60
"""Characters of a wrong id that are said back."""

Values = Mapping[str, object]


@frozen(kw_only=True)
class NamedId:
    """An id of an input, and what of the person's own it is: a generation, or a character that they keep; else neither.

    ``written`` is what the input says, ``value`` what is sent.
    """

    parameter: Parameter
    written: str
    value: str
    generation: Generation | None = None
    character: ReferenceSet | None = None

    @property
    def account(self) -> AccountName | None:
        """The account that knows it; None where no one can tell. Characters are made on the bot's own alone."""
        if self.parameter.name == CHARACTER_IDS:
            return MAIN_ACCOUNT
        return self.generation.account if self.generation else None

    @property
    def is_result(self) -> bool:
        """Whether it is the provider's id of one result."""
        return self.generation is not None and any(one.id == self.value for one in self.generation.results)

    @property
    def fits(self) -> bool:
        """Whether it is what the parameter takes: a task, or one of its results."""
        if self.generation is None:
            return False
        if self.parameter.name in {*VOICE_ID_NAMES, MADE_CHARACTERS}:
            return any(one.is_named_by(self.value) for one in self.generation.results)
        return self.is_result if self.parameter.name in SONG_ID_NAMES else self.generation.task_id == self.value


@frozen(kw_only=True)
class EarlierIds:
    """The one rule about ids, for every front end: an id is of the person's own, and all ids of an input are of one account.

    Ids of others and ids of no one are the same: nothing tells which exist. ``owners`` have the provider's account themselves, so
    that an id which is not known here may be theirs, and goes out as it is. ``account`` is the key of the bot's own account, as
    ``UseReferences`` notes it with characters, which are made there alone. Raises ``StoreUnavailable``.
    """

    _catalog: ModelCatalog
    _accounts: BotAccounts
    _generations: GenerationStore
    _references: ReferenceStore
    _clock: Clock
    _account: str
    _owners: Collection[UserId] = ()

    async def examined(self, user: UserId, model: Model, values: Values) -> tuple[Values, Sequence[Violation]]:
        """Return the values as they are sent, with what a price asks of an earlier task, and what is wrong with their ids.

        The id of one of the person's generations stands for its task, or its first song. A former id of a character becomes today's.
        """
        named = await self._named(user, model, values)
        return _with(values, named), self._faults(model, named, is_owner=user in self._owners)

    async def checked(self, user: UserId, model: Model, values: Values) -> Values:
        """Return the values as they are sent. Raises InvalidInput where something is wrong with an id."""
        known, faults = await self.examined(user, model, values)
        if faults:
            raise InvalidInput(faults)
        return known

    async def account(self, user: UserId, model: Model, values: Values) -> AccountName | None:
        """Return the account on which the task has to be created; None: any will do.

        Raises InvalidInput: two accounts are needed, or one that is not there any more.
        """
        named = await self._named(user, model, values)
        gone = [fault for one in named if (fault := self._account_fault(one)) is not None]
        if found := gone or _of_two_accounts(named):
            raise InvalidInput(found)
        return next((account for one in named if (account := one.account) is not None), None)

    async def _named(self, user: UserId, model: Model, values: Values) -> Sequence[NamedId]:
        found = ids_in(model, values)
        others = [one.strip() for parameter, one in found if parameter.name != CHARACTER_IDS]
        ids = [one for one in others if ID_FORM.fullmatch(one)]
        rows = await self._generations.with_ids(user, ids) if ids else ()
        has_characters = any(parameter.name == CHARACTER_IDS for parameter, _ in found)
        kept = await self._references.of_owner(user) if has_characters else ()
        return [self._settled(model, _of_own(parameter, one, rows, kept)) for parameter, one in found]

    def _settled(self, model: Model, one: NamedId) -> NamedId:
        """The id as it is sent."""
        if one.character is not None:
            today = one.character.character if one.character.character_account == self._account else None
            return evolve(one, value=today or one.value)
        if one.parameter.name in SONG_ID_NAMES and one.is_result:
            return one
        given = (self._to_continue(model, one) or {}).get(one.parameter.name)
        return evolve(one, value=given) if isinstance(given, str) else one

    def _to_continue(self, model: Model, one: NamedId) -> Values | None:
        if one.generation is None or one.parameter not in (task_parameter(model), song_parameter(model)):
            return None
        return values_to_continue(model, self._catalog.find(one.generation.model_id), one.generation)

    def _faults(self, model: Model, named: Sequence[NamedId], *, is_owner: bool) -> Sequence[Violation]:
        found = [fault for one in named if (fault := self._fault(model, one)) is not None]
        found = [one for one in found if not (is_owner and one.code in UNKNOWN)]
        return found or [*_of_other_task(named), *_of_two_accounts(named)]

    def _fault(self, model: Model, one: NamedId) -> Violation | None:
        if one.parameter.name == CHARACTER_IDS:
            is_kept = one.character is not None
            return self._account_fault(one) if is_kept else _violation(one, ViolationCode.CHARACTER_UNKNOWN)
        if not ID_FORM.fullmatch(one.value):
            return _violation(one, ViolationCode.NOT_AN_ID, actual=one.value[:SHOWN])
        if one.generation is None:
            return _violation(one, ViolationCode.ID_UNKNOWN)
        return self._account_fault(one) or self._task_fault(model, one, one.generation)

    def _task_fault(self, model: Model, one: NamedId, earlier: Generation) -> Violation | None:
        if not earlier.results:
            return _violation(one, ViolationCode.ID_WITHOUT_RESULT)
        if one.parameter in (task_parameter(model), song_parameter(model)):
            if self._to_continue(model, one) is None:
                made_by = self._catalog.title_of(earlier.model_id)
                return _violation(one, ViolationCode.ID_OF_OTHER_MODEL, model=model.title, earlier=made_by)
            if not is_kept(earlier, self._clock.now()):
                return _violation(one, ViolationCode.ID_TOO_OLD, days=KEPT_FOR.days)
        return None if one.fits else _violation(one, ViolationCode.ID_UNKNOWN)

    def _account_fault(self, one: NamedId) -> Violation | None:
        """Where the account that knows it is not the bot's any more."""
        if one.character is not None:
            is_of_today = one.character.character_account == self._account and one.character.character == one.value
            gone, kind = not is_of_today, "character"
        else:
            gone, kind = one.account is not None and one.account not in self._accounts.names(), "task"
        return _violation(one, ViolationCode.ID_OF_GONE_ACCOUNT, kind=kind) if gone else None


def _of_own(parameter: Parameter, written: str, rows: Sequence[Generation], kept: Sequence[ReferenceSet]) -> NamedId:
    value = written.strip()
    if parameter.name == CHARACTER_IDS:
        character = next((one for one in kept if one.is_called(value)), None)
        return NamedId(parameter=parameter, written=written, value=value, character=character)
    generation = next((row for row in rows if row.is_named_by(value)), None)
    return NamedId(parameter=parameter, written=written, value=value, generation=generation)


def _with(values: Values, named: Sequence[NamedId]) -> Values:
    """The values with each id as it is sent."""
    sent = {(one.parameter.name, one.written): one.value for one in named}

    def put(name: str, value: object) -> object:
        if isinstance(value, list | tuple):
            return [put(name, item) for item in value]
        return sent.get((name, value), value) if isinstance(value, str) else value

    names = {one.parameter.name for one in named}
    return {name: put(name, value) if name in names else value for name, value in values.items()}


def _of_other_task(named: Sequence[NamedId]) -> Sequence[Violation]:
    """A song goes with its own task."""
    tasks = [one for one in named if one.parameter.name.lower() in TASK_ID_NAMES]
    songs = [one for one in named if one.parameter.name in SONG_ID_NAMES]
    return [
        _violation(
            song,
            ViolationCode.SONG_OF_OTHER_TASK,
            rule="song-of-task",
            names=[song.parameter.name, task.parameter.name],
        )
        for song in songs
        for task in tasks
        if song.generation and task.generation and song.generation.id != task.generation.id
    ]


def _of_two_accounts(named: Sequence[NamedId]) -> Sequence[Violation]:
    """The provider knows an id on the account alone that made it: the first that is of another account than one before."""
    bound = [one for one in named if one.account is not None]
    other = next((one for one in bound if one.account != bound[0].account), None)
    if other is None:
        return []
    first = bound[0]
    names = list(dict.fromkeys([first.parameter.name, other.parameter.name]))
    return [
        _violation(
            other,
            ViolationCode.IDS_OF_TWO_ACCOUNTS,
            rule="same-account",
            kind="parameters" if len(names) > 1 else "values",
            names=names,
            ids=[first.value[:SHOWN], other.value[:SHOWN]],
        )
    ]


def _violation(one: NamedId, code: ViolationCode, **values: object) -> Violation:
    return Violation(path=one.parameter.name, code=code, values=MappingProxyType(values))
