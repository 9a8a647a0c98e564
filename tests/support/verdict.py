"""What was promised, and what there is: the one place that says what no fault may cost."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from attrs import frozen

from adapters.postgres_store import PostgresBookReports, PostgresLedger
from domain.failure import FailureKind
from domain.generation import Generation, GenerationState
from domain.ledger import EntryKind
from simulators.kie import KieTask
from simulators.telegram import CallRecord, Message, SimulatedBot
from tests.support.fault_scene import PACKAGE, AskedFor, Scene
from tests.support.fault_service import HMAC_KEY, KIE_KEY, TOKEN

S = GenerationState

SENDS: Final = frozenset(
    {"sendMessage", "sendPhoto", "sendVideo", "sendAnimation", "sendAudio", "sendDocument", "sendMediaGroup"}
)


GONE: Final = "The file server says that this file is gone"
"""How an English text says that a result can't be had any more (``tg-link-gone``)."""


@frozen(kw_only=True)
class Excuses:
    """What a fault explains. Everything else is a fault of our own.

    ``hidden``: what would have named a task was kept from us, so that a generation may be closed as unknown.
    ``refused``: a wish may be answered with the advice to look again instead of being taken on.
    ``errors``: events that may be logged as errors.
    """

    hidden: bool = False
    refused: bool = False
    errors: frozenset[str] = frozenset()

    def __or__(self, other: "Excuses") -> "Excuses":
        return Excuses(
            hidden=self.hidden or other.hidden,
            refused=self.refused or other.refused,
            errors=self.errors | other.errors,
        )


NO_EXCUSE: Final = Excuses()
LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)


@frozen(kw_only=True)
class Facts:
    """What is known of one generation in the end, from the outside.

    ``bought``: tasks started for it; ``paid``: those that ended well. ``arrived``: results in the chat, each copy counted;
    ``bad_news``: messages that say that it failed. ``unconfirmed``: sends that may have arrived without our hearing of it.
    ``doubtful``: no one may have heard what became of the creation. ``named``: something named the task to us in time.
    ``gone``: the chat could not be reached any more.
    """

    row: Generation
    bought: int
    paid: int
    arrived: int
    bad_news: int
    unconfirmed: int
    doubtful: bool
    named: bool
    gone: bool


def broken_by(facts: Facts) -> Iterator[str]:
    """What was promised for every generation, and was not kept for this one."""
    row, results = facts.row, len(facts.row.results)
    if facts.bought > 1:
        yield f"bought {facts.bought} times"
    if not row.is_terminal:
        yield "not at an end"
    if row.state is S.CANCELLED and facts.bought:
        yield "bought although cancelled"
    if row.state is S.UNDELIVERABLE and not facts.gone:
        yield "given up although the chat is there"
    if row.state is S.DELIVERED and not results <= facts.arrived <= results * (1 + facts.unconfirmed):
        yield f"{facts.arrived} results in the chat instead of {results}, with {facts.unconfirmed} unconfirmed sends"
    if row.state is S.DELIVERED and row.failure and not 1 <= facts.bad_news <= 1 + facts.unconfirmed:
        yield f"the failure was reported {facts.bad_news} times"
    if row.state is S.DELIVERED and not row.failure and not facts.bought:
        yield "delivered and never bought"
    is_unknown = row.failure is not None and row.failure.kind is FailureKind.OUTCOME_UNKNOWN
    if row.failure and facts.paid and (facts.named or not is_unknown):
        yield f"paid for and not delivered: {row.failure.kind}"
    if is_unknown and not facts.doubtful:
        yield "closed as unknown although everything was known"


async def broken_promises(scene: Scene, excuses: Excuses = NO_EXCUSE) -> list[str]:
    """One line for each; the scene must be at rest."""
    rows = await scene.rows()
    tasks = _tasks_by_generation(scene)
    broken = [
        f"{line}: {asked.kind.name} {asked.words!r} {rows.get(asked.request_key)}"
        for asked in scene.wishes
        for line in _of_wish(scene, asked, rows.get(asked.request_key), tasks, excuses)
    ]
    return [*broken, *_of_scene(scene, rows, excuses), *await _of_books(scene)]


async def _of_books(scene: Scene) -> list[str]:
    """What is off in the money of a scene at rest, to the unit."""
    ledger = PostgresLedger(scene.witness, scene.bot.bot_id())
    reports = PostgresBookReports(scene.witness, scene.bot.bot_id())
    totals, uneven = await ledger.totals(), await ledger.uneven()
    off = [] if totals.is_even and not uneven else [f"the books don't balance: {totals} {uneven}"]
    off += [f"{totals.reserved} units are held back for nothing"] if totals.reserved else []
    off += [f"not settled: {found}" for found in await reports.unsettled()]
    off += [f"charged wrong: {found}" for found in await reports.wrong_charges(since=LONG_AGO)]
    paid = totals.by_kind.get(EntryKind.PAYMENT, 0)
    due = sum(PACKAGE.units for _ in scene.charges)
    return [*off, *([f"paid {due} units, written {paid}"] if paid != due else [])]


def _of_wish(
    scene: Scene, asked: AskedFor, row: Generation | None, tasks: Mapping[str, Sequence[KieTask]], excuses: Excuses
) -> Iterator[str]:
    if row is None:
        if not excuses.refused or not scene.answered_otherwise(asked.request_key):
            yield "not taken on"
        return
    bought = tasks.get(row.id, ())
    facts = Facts(
        row=row,
        bought=len(bought),
        paid=sum(task.failure is None and not task.orders.empty and not task.orders.bad_json for task in bought),
        arrived=_results(asked),
        bad_news=_bad_news(asked, row),
        unconfirmed=_unconfirmed_sends(scene, asked) + _cut_sends(scene, row),
        doubtful=True,
        named=not excuses.hidden,
        gone=asked.message.chat.blocked,
    )
    yield from broken_by(facts)
    if row.results and len(row.results) != asked.kind.results:
        yield f"{len(row.results)} results instead of {asked.kind.results}"


def _of_scene(scene: Scene, rows: Mapping[str, Generation], excuses: Excuses) -> Iterator[str]:
    strangers = set(rows) - {asked.request_key for asked in scene.wishes}
    if strangers:
        yield f"generations nobody asked for: {strangers}"
    orphans = set(_tasks_by_generation(scene)) - {row.id for row in rows.values()}
    if orphans:
        yield f"tasks of no generation: {orphans}"
    core = scene.bot
    if core.drive_generations().in_flight or len(core.turns()):
        yield f"still carried: {core.drive_generations().in_flight}, waiting: {len(core.turns())}"
    for fault in scene.logs.faults:
        if fault["event"] not in excuses.errors:
            yield f"logged as an error: {json.dumps(fault, default=str)}"
    log = scene.logs.text()
    secrets = [TOKEN, KIE_KEY, HMAC_KEY, *(row.secret for row in rows.values())]
    yield from (f"a secret in the log: …{secret[-6:]}" for secret in secrets if secret in log)
    if "leadership.state_changed" not in log:
        yield "the log was not recorded"


def _tasks_by_generation(scene: Scene) -> Mapping[str, Sequence[KieTask]]:
    """The accepted tasks by the generation that their callback's address names."""
    found: dict[str, list[KieTask]] = {}
    for task in scene.kie.account.tasks.values():
        generation_id = str(task.callback_url).split("/")[-2]
        found.setdefault(generation_id, []).append(task)
    return found


def _answers(asked: AskedFor) -> list[Message]:
    said = asked.message.chat.messages.values()
    return [
        message for message in said if isinstance(message.sender, SimulatedBot) and message.reply_to is asked.message
    ]


def _results(asked: AskedFor) -> int:
    """Files, links to files, texts that are results, and the sentence that a file is gone: a dead link is not offered."""
    return sum(
        max(bool(message.media or _links_to_result(message) or _is_detection(message)), message.words.count(GONE))
        for message in _answers(asked)
    )


def _links_to_result(message: Message) -> bool:
    return any("/results/" in str(entity.get("url")) for entity in message.entities)


def _is_detection(message: Message) -> bool:
    return "boxes" in message.words


def _bad_news(asked: AskedFor, row: Generation | None) -> int:
    return sum(row is not None and row.id in message.words for message in _answers(asked))


def _unconfirmed_sends(scene: Scene, asked: AskedFor) -> int:
    """Sends in answer to the wish whose own answer was lost or said nothing of what became of them."""
    return sum(_is_unconfirmed(call) and _answers_wish(call, asked) for call in scene.telegram.log.calls)


def _cut_sends(scene: Scene, row: Generation) -> int:
    """Sends of its results that were given up with their leadership before the answer came."""
    cut = (event for event in scene.logs.events if event["event"] == "sending.cut_short")
    return sum(event["generation_id"] == row.id for event in cut)


def _is_unconfirmed(call: CallRecord) -> bool:
    return call.method in SENDS and (call.status == 0 or call.status >= 500)


def _answers_wish(call: CallRecord, asked: AskedFor) -> bool:
    if str(call.parameters.get("chat_id")) != str(asked.message.chat.id):
        return False
    reply = call.parameters.get("reply_parameters")
    parameters = json.loads(reply) if isinstance(reply, str) else reply
    return isinstance(parameters, dict) and parameters.get("message_id") == asked.message.id
