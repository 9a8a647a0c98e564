"""A model of the leadership algorithm: instances that share bots, with a server, a network and clocks that all misbehave.

An instance of the model acts for a bot at every moment at which the algorithm lets it; the verdict is whether two ever acted for
one bot at the same moment. What is under test, the durations, what an instance believes about a predecessor, and how it shares, is the
product's own code.
"""

from collections.abc import Generator
from functools import partial
from typing import Final

from attrs import define, field, frozen

from domain.leadership import OwnTerms
from domain.sharing import SPARE_S, Share
from tests.support.leadership_server import Answer, Server, Session, Statement
from tests.support.leadership_world import Act, Do, Rules, World

BACKOFF_S: Final = 0.3
ASK_AGAIN_S: Final = 1.0
LONGEST_DRAIN_S: Final = 0.3
INSTANCES: Final = 3
BOTS: Final = 2
SILENCE: Final = ("pause", "cut")
"""Faults after which the server ends a session because it has heard nothing for the idle time."""
ALL_FAULTS: Final = (*SILENCE, "terminate", "end_unnoticed", "restart", "crash", "release", "fail")

Work = Generator["Statement | Rest", Answer, None]


@frozen
class Rest:
    """Wait so long by one's own clock, or until something is announced."""

    seconds: float


@frozen
class Seen:
    """What a look at the server brought."""

    owners: dict[int, int]
    share: Share
    good: set[int]


def play(
    seed: int,
    rules: Rules,
    *,
    seconds: float,
    faults: tuple[str, ...],
    rates: tuple[float, ...],
    bots: int = BOTS,
    instances: int = INSTANCES,
    calm_s: float = 0.0,
) -> World:
    """One schedule of these faults, on clocks of these rates; at its end come ``calm_s`` without any."""
    world = World(seed, rules)
    server = Server(world, rate=world.random.choice(rates))
    all_of_them = [
        Instance(world, server, number, bots=bots, rate=world.random.choice(rates)) for number in range(instances)
    ]

    def strike() -> None:
        if world.now < seconds - calm_s and faults:
            _strike(world, server, all_of_them, faults)
            world.at(world.now + world.random.uniform(0.2, 4), strike)
        elif calm_s:
            world.calm = True

    for instance in all_of_them:
        world.at(world.random.uniform(0, 1), instance.connect)
    world.at(world.random.uniform(0.2, 4), strike)
    world.run(seconds)
    world.now = seconds
    for instance in all_of_them:
        instance.stop_acting()
    return world


def _strike(world: World, server: Server, instances: list["Instance"], faults: tuple[str, ...]) -> None:
    owners = sorted(server.owners.values(), key=lambda session: session.number)
    owner = world.random.choice(owners) if owners else None
    is_owners = owner is not None and world.random.random() < 0.7
    victim = instances[owner.instance.number] if owner and is_owners else world.random.choice(instances)
    match world.random.choice(faults):
        case "pause":
            victim.pause(world.random.uniform(0.1, 8))
        case "cut":
            victim.cut_off(world.random.uniform(0.5, 10))
        case "terminate" if owner:
            server.end(owner)
        case "end_unnoticed" if owner:
            owner.doomed = True
        case "restart":
            server.end_all()
        case "crash":
            server.forget_heartbeats()
            server.end_all()
        case "release":
            victim.stop()
        case "fail":
            victim.fail(world.random.choice([*victim.terms, None]))


@define(eq=False)
class Term:
    """One bot's leadership as its instance knows it."""

    epoch: int
    settled_at: float
    until: float
    acting_since: float | None = None
    wanted: bool = False
    over: bool = False
    may_act_at: float = 0.0


@define(eq=False)
class Instance:
    """A process that competes, with a clock of its own rate; what it does is what the adapter and the use case do."""

    world: World
    server: Server
    number: int
    bots: int
    rate: float
    session: Session | None = None
    own: dict[int, OwnTerms] = field(factory=dict)
    terms: dict[int, Term] = field(factory=dict)
    returning: dict[int, bool] = field(factory=dict)
    leaving: bool = False
    asleep_until: float = 0.0
    cut_until: float = 0.0
    _work: Work | None = None
    _turn: int = 0
    _is_resting: bool = False
    _requests: dict[int, int] = field(factory=dict)
    _free_since: dict[int, float] = field(factory=dict)
    _given_at: dict[int, float] = field(factory=dict)
    _asked_at: float = -ASK_AGAIN_S
    _proved_at: float = -100.0

    def connect(self) -> None:
        if self.session is not None:
            return
        if self.world.now < max(self.cut_until, self.asleep_until):
            self.world.at(max(self.cut_until, self.asleep_until), self.connect)
            return
        self.session = Session(self.world, self, self.world.next_number())
        self._work = self._lead(self.session)
        self._proved_at = -100.0
        self._go_on(None)

    def hear(self, session: Session, do: Do) -> None:
        """A message has arrived."""
        self._awake(lambda: do() if self.session is session else None)

    def handle(self, member: int, wish: int | None) -> None:
        """An announcement."""
        if wish is not None:
            self._requests[member] = wish
        if self._is_resting:
            self._go_on(None)

    def lose(self) -> None:
        """The session is over, for whatever reason: stop first, then let go of it, then compete again."""
        self.stop_acting()
        session, self.session, self._work = self.session, None, None
        if session is None:
            return
        for bot, term in self.terms.items():
            self._note_settled(bot, term)
        self.terms.clear()
        self.returning.clear()
        self._requests.clear()
        session.up(lambda: self.server.end(session))
        if self.leaving:
            self._begin_again()
        self._later(BACKOFF_S, self.connect)

    def stop(self) -> None:
        """Stop for good; another process starts in this one's place."""
        if self.world.now < self.asleep_until or self.session is None or self.leaving:
            return
        self.leaving = True
        for bot in self.terms:
            self._finish_soon(bot)
        if self._is_resting:
            self._go_on(None)

    def fail(self, bot: int | None) -> None:
        """The bot's work fails here, and its leadership is given back, as clean as it may be called."""
        if bot is not None and self.world.now >= self.asleep_until:
            self._finish(bot, self.terms[bot])

    def pause(self, seconds: float) -> None:
        """The process stands still. When it wakes, it acts before it hears anything, if it thinks it may."""
        if self.world.now < self.asleep_until:
            return
        acting = [bot for bot, term in self.terms.items() if term.acting_since is not None]
        self.stop_acting()
        self.asleep_until = self.world.now + seconds
        for bot in acting:
            self.world.at(self.asleep_until, partial(self._act, bot, self.terms[bot]))

    def cut_off(self, seconds: float) -> None:
        """The network is gone for so long; what was sent is lost."""
        self.cut_until = self.world.now + seconds
        if self.session is not None:
            self.session.cut = True

    def stop_acting(self) -> None:
        """Note what was done until now, or until the lease ran out."""
        for bot, term in self.terms.items():
            self._stop_acting_for(bot, term)

    def _stop_acting_for(self, bot: int, term: Term) -> None:
        if term.acting_since is not None:
            end = min(self.world.now, term.until)
            self.world.acts.append(Act(term.acting_since, end, self.number, term.epoch, bot))
        term.acting_since = None

    def _act(self, bot: int, term: Term) -> None:
        if self.terms.get(bot) is term and not term.over and term.acting_since is None and self.world.now < term.until:
            term.acting_since = self.world.now

    def _finish_soon(self, bot: int) -> None:
        """What has begun is finished first."""
        term = self.terms[bot]
        drain_s = self.world.random.uniform(0, LONGEST_DRAIN_S)
        if self.world.rules.frees_before_it_stops:
            self.returning[bot] = True
        self._later(drain_s, lambda: self._finish(bot, term))

    def _finish(self, bot: int, term: Term) -> None:
        if self.terms.get(bot) is not term or term.over:
            return
        self._stop_acting_for(bot, term)
        is_clean = self.world.now < term.until and self._is_settled(term)
        term.over = True
        self.returning.setdefault(bot, is_clean or self.world.rules.hides_unsettled_terms)
        if self._is_resting:
            self._go_on(None)

    def _is_settled(self, term: Term) -> bool:
        return self.world.now >= term.settled_at

    def _note_settled(self, bot: int, term: Term) -> None:
        if self._is_settled(term):
            self.own[bot] = self.own[bot].settled()

    def _begin_again(self) -> None:
        """Another process, which knows nothing."""
        self.own.clear()
        self.leaving = False

    def _lead(self, session: Session) -> Work:
        """What the one task of the lock's session does."""
        rules = self.world.rules
        yield lambda server, of: server.members.add(of.number)
        takes_part = True
        while True:
            yield from self._let_go()
            if takes_part and self.leaving:
                takes_part = False
                yield Server.part
            if self.leaving and not self.terms:
                break
            seen = yield from self._look(session)
            if wanted := self._choose(seen):
                yield from self._take(session, wanted)
            elif not self.leaving:
                yield from self._even_out(seen)
            next_at = self._proved_at + rules.heartbeat_s / self.rate
            rest_s = (next_at - self.world.now) * self.rate
            if len(self.terms) < self.bots:
                rest_s = min(rest_s, rules.ask_s)
            if not self.returning:
                yield Rest(max(0.001, rest_s))
        self.session, self._work = None, None
        session.up(lambda: self.server.end(session))
        self._begin_again()
        self._later(BACKOFF_S, self.connect)

    def _look(self, session: Session, *, must_prove: bool = False) -> Generator[Statement, Answer, Seen]:
        rules = self.world.rules
        sent_at = self.world.now
        is_due = must_prove or sent_at - self._proved_at >= (rules.heartbeat_s - rules.ask_s) / self.rate
        for bot, term in list(self.terms.items()):
            if not rules.lease_from_receipt and self.world.now >= term.until and not term.over:
                self._finish(bot, term)
        beats = {bot: term for bot, term in self.terms.items() if is_due and not term.over}
        epochs = {bot: term.epoch for bot, term in beats.items()}

        def look(server: Server, of: Session) -> Seen:
            for bot, epoch in epochs.items():
                server.note_heartbeat(of, bot, epoch)
            owners = {bot: owner.number for bot, owner in server.owners.items()}
            led = {member: sum(owner == member for owner in owners.values()) for member in server.members}
            good = {bot for bot, epoch in epochs.items() if server.epochs.get(bot) == epoch}
            return Seen(owners, Share(bots=self.bots, own=of.number, led=led), good)

        seen: Seen = yield look
        if is_due:
            self._proved_at = sent_at
        for bot, term in beats.items():
            if seen.owners.get(bot) != session.number or bot not in seen.good:
                self._finish(bot, term)
            elif self.world.now < term.until or rules.lease_from_receipt:
                counts_from = self.world.now if rules.lease_from_receipt else sent_at
                term.until = counts_from + rules.acting_s / self.rate
                self._later((term.may_act_at - self.world.now) * self.rate, partial(self._act, bot, term))
        return seen

    def _choose(self, seen: Seen) -> list[int]:
        now = self.world.now * self.rate
        free = [bot for bot in range(self.bots) if bot not in seen.owners and bot not in self.terms]
        self._free_since = {bot: self._free_since.get(bot, now) for bot in free}
        if self.leaving:
            return []
        self.world.random.shuffle(free)
        left_over = [bot for bot in free if now - self._free_since[bot] >= SPARE_S]
        fresh = [bot for bot in free if bot not in left_over and now - self._given_at.get(bot, -SPARE_S) >= SPARE_S]
        return [*left_over, *fresh[: max(0, seen.share.room - len(left_over))]]

    def _take(self, session: Session, wanted: list[int]) -> Generator[Statement, Answer, None]:
        def lock(server: Server, of: Session) -> list[int]:
            free = [bot for bot in wanted if bot not in server.owners]
            server.owners.update(dict.fromkeys(free, of))
            return free

        granted: list[int] = yield lock
        if not granted:
            return

        def number(server: Server, _of: Session) -> list[tuple[int, int, bool | None, float | None]]:
            rows = []
            for bot in granted:
                before, silence_s = server.released.get(bot), server.silence_s(bot)
                server.epochs[bot] = server.epochs.get(bot, 0) + 1
                server.released[bot] = False
                rows.append((bot, server.epochs[bot], before, silence_s))
            return rows

        rules = self.world.rules
        for bot, epoch, released, silence_s in (yield number):
            own = self.own.get(bot, OwnTerms())
            clean = own.predecessor_stopped(epoch, released=released)
            wait_s = 0.0 if clean or not rules.waits_for_unclean else rules.timing.left_after(silence_s)
            self.own[bot] = own.began(epoch, settled=wait_s == 0 or rules.hides_unsettled_terms)
            settled_at = self.world.now + wait_s / self.rate
            until = self.world.now + rules.acting_s / self.rate
            self.terms[bot] = Term(epoch, settled_at, until, may_act_at=settled_at)
        yield from self._look(session, must_prove=True)
        self._asked_at = -ASK_AGAIN_S
        if self.leaving:
            for bot in granted:
                self._finish(bot, self.terms[bot])

    def _even_out(self, seen: Seen) -> Generator[Statement, Answer, None]:
        while self._requests and not any(term.wanted for term in self.terms.values()):
            member, bot = self._requests.popitem()
            term = self.terms.get(bot)
            if term and not term.over and self._is_settled(term) and seen.share.gives_to(member):
                term.wanted = True
                self._finish_soon(bot)
        now, donor = self.world.now * self.rate, seen.share.donor()
        others = () if donor is None else range(self.bots)
        theirs = [bot for bot in others if bot not in self.terms and seen.owners.get(bot) == donor]
        if theirs and now - self._asked_at >= ASK_AGAIN_S:
            self._asked_at = now
            bot = self.world.random.choice(theirs)
            yield lambda server, of: server.announce(of, bot)

    def _let_go(self) -> Generator[Statement, Answer, None]:
        if not (returning := dict(self.returning)):
            return
        epochs = {bot: self.terms[bot].epoch for bot, clean in returning.items() if clean}

        def mark(server: Server, _of: Session) -> None:
            server.released.update({bot: True for bot, epoch in epochs.items() if server.epochs.get(bot) == epoch})

        def unlock(server: Server, of: Session) -> None:
            for bot in returning:
                if server.owners.get(bot) is of:
                    del server.owners[bot]
            server.announce(of, None)

        if epochs:
            yield mark
        yield unlock
        for bot in returning:
            self.returning.pop(bot, None)
            term = self.terms.pop(bot)
            self._stop_acting_for(bot, term)
            self._note_settled(bot, term)
            if term.wanted:
                self._given_at[bot] = self.world.now * self.rate

    def _go_on(self, answer: Answer) -> None:
        """Take the next step of the work; its statement is given up after a while, and the session with it."""
        work, session = self._work, self.session
        if work is None or session is None:
            return
        self._is_resting = False
        self._turn += 1
        turn = self._turn
        try:
            step = work.send(answer)
        except StopIteration:
            return

        def is_current() -> bool:
            return self._turn == turn and self.session is session

        if isinstance(step, Rest):
            self._is_resting = True
            self._later(step.seconds, lambda: self._go_on(None) if is_current() else None)
            return
        self._later(self.world.rules.heartbeat_timeout_s, lambda: self.lose() if is_current() else None)
        session.up(
            lambda: self.server.execute(session, step, lambda result: self._go_on(result) if is_current() else None)
        )

    def _later(self, seconds: float, do: Do) -> None:
        """After so many seconds of its own clock."""
        self.world.at(self.world.now + max(0.0, seconds) / self.rate, lambda: self._awake(do))

    def _awake(self, do: Do) -> None:
        if self.world.now < self.asleep_until:
            self.world.at(self.asleep_until, lambda: self._awake(do))
        else:
            do()
