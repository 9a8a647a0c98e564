"""A model of the leadership algorithm: a server, instances, a network and clocks that all misbehave.

An instance of the model acts at every moment at which the algorithm lets it; the verdict is whether two ever acted at the
same one. What is under test, the durations and what an instance believes about its predecessor, is the product's own code.
"""

from collections.abc import Callable
from typing import Final

from attrs import define, field

from domain.leadership import OwnTerms
from tests.support.leadership_world import Act, Do, Rules, World

BACKOFF_S: Final = 0.3
INSTANCES: Final = 3
SILENCE: Final = ("pause", "cut")
"""Faults after which the server ends a session because it has heard nothing for the idle time."""
ALL_FAULTS: Final = (*SILENCE, "terminate", "end_unheard", "restart", "crash", "release")


def play(seed: int, rules: Rules, *, seconds: float, faults: tuple[str, ...], rates: tuple[float, ...]) -> World:
    """One schedule of these faults, on clocks of these rates."""
    world = World(seed, rules)
    server = Server(world, rate=world.random.choice(rates))
    instances = [Instance(world, server, number, rate=world.random.choice(rates)) for number in range(INSTANCES)]

    def strike() -> None:
        _strike(world, server, instances, faults)
        world.at(world.now + world.random.uniform(0.2, 4), strike)

    for instance in instances:
        world.at(world.random.uniform(0, 1), instance.connect)
    world.at(world.random.uniform(0.2, 4), strike)
    world.run(seconds)
    for instance in instances:
        instance.stop_acting()
    return world


def _strike(world: World, server: "Server", instances: list["Instance"], faults: tuple[str, ...]) -> None:
    owner = server.owner
    victim = owner.instance if owner and world.random.random() < 0.7 else world.random.choice(instances)
    match world.random.choice(faults):
        case "pause":
            victim.pause(world.random.uniform(0.1, 8))
        case "cut":
            victim.cut_off(world.random.uniform(0.5, 10))
        case "terminate" if owner:
            server.end(owner)
        case "end_unheard" if owner:
            owner.doomed = True
        case "restart":
            server.end_all()
        case "crash":
            server.forget_heartbeats()
            server.end_all()
        case "release":
            victim.release()


@define(eq=False)
class Session:
    """A connection. Messages of one direction arrive in their order, or, once it is cut, never."""

    world: World
    instance: "Instance"
    cut: bool = False
    open: bool = True
    busy: bool = False
    doomed: bool = False
    statements: int = 0
    _up_at: float = 0.0
    _down_at: float = 0.0

    def up(self, do: Do) -> None:
        """From the instance to the server."""
        self._up_at = max(self._up_at, self.world.now + self.world.delay_s())
        self.world.at(self._up_at, lambda: do() if self.open and not self.cut else None)

    def down(self, do: Do) -> float:
        """From the server to the instance, which hears it once it is awake, if it still listens. Gives the arrival."""
        self._down_at = max(self._down_at, self.world.now + self.world.delay_s())
        self.world.at(self._down_at, lambda: None if self.cut else self.instance.hear(self, do))
        return self._down_at


@define(eq=False)
class Server:
    """The lock, its queue and the row, and the sessions that the server ends when they are silent."""

    world: World
    rate: float
    owner: Session | None = None
    queue: list[Session] = field(factory=list)
    sessions: list[Session] = field(factory=list)
    epoch: int = 0
    released: bool | None = None
    heartbeats: list[tuple[int, float]] = field(factory=list)
    """Epoch and moment, the last one at the end. The product's table keeps the last one only."""

    def ask_for_lock(self, session: Session, granted: Do, refused: Do) -> None:
        if session not in self.sessions:
            self.sessions.append(session)
        session.busy = True
        self.queue.append(session)

        def give_up() -> None:
            if session in self.queue:
                self.queue.remove(session)
                self._answer(session, refused)

        session.instance.on_grant = granted
        self.world.at(self.world.now + self.world.rules.wait_s / self.rate, give_up)
        self._grant()

    def take_epoch(self, session: Session, answer: Callable[[int, bool | None, float | None], None]) -> None:
        before, silence_s = self.released, self._silence_s()
        self.epoch, self.released = self.epoch + 1, False
        epoch = self.epoch
        self._answer(session, lambda: answer(epoch, before, silence_s))

    def _silence_s(self) -> float | None:
        """By its own clock, since the last heartbeat of the present epoch."""
        if not self.heartbeats:
            return None
        epoch, at = self.heartbeats[-1]
        is_known = epoch == self.epoch or self.world.rules.trusts_any_heartbeat
        return (self.world.now - at) * self.rate if is_known else None

    def forget_heartbeats(self) -> None:
        """What is unlogged is empty after a crash; what was written without waiting for the disk would be old."""
        self.heartbeats = self.heartbeats[-2:-1] if self.world.rules.old_heartbeats_outlive_a_crash else []

    def end_all(self) -> None:
        for session in list(self.sessions):
            self.end(session)

    def beat(self, session: Session, epoch: int, answer: Callable[[bool], None]) -> None:
        if session.instance.number >= self.world.rules.former_releases and epoch >= self.epoch:
            self.heartbeats = [*self.heartbeats[-1:], (epoch, self.world.now)]
        good = self.owner is session and self.epoch == epoch
        self._answer(session, lambda: answer(good))

    def mark_released(self, epoch: int) -> None:
        if self.epoch == epoch:
            self.released = True

    def end(self, session: Session) -> None:
        """End a session: its lock is free, and its client is informed."""
        if not session.open:
            return
        session.open = False
        if session in self.sessions:
            self.sessions.remove(session)
        if session in self.queue:
            self.queue.remove(session)
        session.down(session.instance.lose)
        if self.owner is session:
            self.owner = None
            self._grant()

    def _grant(self) -> None:
        if self.owner is None and self.queue:
            self.owner = self.queue.pop(0)
            self._answer(self.owner, self.owner.instance.on_grant)

    def _answer(self, session: Session, do: Do) -> None:
        """End a statement. The server frees a session that starts no other within the idle time."""
        session.busy = False
        session.statements += 1
        statements = session.statements
        heard_at = session.down(do)

        def end_if_silent() -> None:
            if not session.busy and session.statements == statements:
                self.end(session)

        def end_unheard() -> None:
            session.cut = True
            self.end(session)

        self.world.at(self.world.now + self.world.rules.idle_s / self.rate, end_if_silent)
        if session.doomed:
            self.world.at(heard_at, end_unheard)


@define(eq=False)
class Instance:
    """A process that competes, with a clock of its own rate; what it does is what the adapter and the use case do."""

    world: World
    server: Server
    number: int
    rate: float
    session: Session | None = None
    terms: OwnTerms = field(factory=OwnTerms)
    epoch: int | None = None
    settled_at: float = 0.0
    until: float = 0.0
    acting_since: float | None = None
    asleep_until: float = 0.0
    cut_until: float = 0.0
    on_grant: Do = field(default=lambda: None)

    def connect(self) -> None:
        if self.session is not None:
            return
        if self.world.now < max(self.cut_until, self.asleep_until):
            self.world.at(max(self.cut_until, self.asleep_until), self.connect)
            return
        session = self.session = Session(self.world, self)
        self._ask(session)

    def hear(self, session: Session, do: Do) -> None:
        """A message has arrived."""
        self._awake(lambda: do() if self.session is session else None)

    def lose(self) -> None:
        """It is over, for whatever reason: stop first, then let go of the connection, then compete again."""
        self.stop_acting()
        session, self.session = self.session, None
        if session is None:
            return
        if self.epoch is not None and self.world.now >= self.settled_at:
            self.terms = self.terms.settled()
        self.epoch = None
        session.up(lambda: self.server.end(session))
        self._later(BACKOFF_S, self.connect)

    def release(self) -> None:
        """Stop for good; another process starts in this one's place."""
        if self.world.now < self.asleep_until:
            return
        self.stop_acting()
        session, epoch, server = self.session, self.epoch, self.server
        self.session, self.epoch = None, None
        if session is not None:
            if epoch is not None and (self.world.now >= self.settled_at or self.world.rules.hides_unsettled_terms):
                session.up(lambda: server.mark_released(epoch))
            session.up(lambda: server.end(session))
        self.terms = OwnTerms()
        self._later(BACKOFF_S, self.connect)

    def pause(self, seconds: float) -> None:
        """The process stands still. When it wakes, it acts before it hears anything, if it thinks it may."""
        if self.world.now < self.asleep_until:
            return
        acting = self.acting_since is not None
        self.stop_acting()
        epoch = self.epoch
        self.asleep_until = self.world.now + seconds
        if acting:
            self.world.at(self.asleep_until, lambda: self._act(epoch))

    def cut_off(self, seconds: float) -> None:
        """The network is gone for so long; what was sent is lost."""
        self.cut_until = self.world.now + seconds
        if self.session is not None:
            self.session.cut = True

    def stop_acting(self) -> None:
        """Note what was done until now, or until the lease ran out."""
        if self.acting_since is not None and self.epoch is not None:
            end = min(self.world.now, self.until)
            self.world.acts.append(Act(self.acting_since, end, self.number, self.epoch))
        self.acting_since = None

    def _act(self, epoch: int | None) -> None:
        if self.epoch == epoch is not None and self.world.now < self.until:
            self.acting_since = self.world.now

    def _ask(self, session: Session) -> None:
        rules, server = self.world.rules, self.server
        answered = self._patience(session, rules.wait_s + rules.heartbeat_timeout_s)

        def granted() -> None:
            answered()
            self._take_epoch(session)

        def refused() -> None:
            answered()
            self._ask(session)

        session.up(lambda: server.ask_for_lock(session, granted, refused))

    def _take_epoch(self, session: Session) -> None:
        answered = self._patience(session, self.world.rules.heartbeat_timeout_s)
        granted_at = self.world.now

        def taken(epoch: int, released: bool | None, silence_s: float | None) -> None:
            answered()
            rules = self.world.rules
            clean = self.terms.predecessor_stopped(epoch, released=released)
            wait_s = 0.0 if clean or not rules.waits_for_unclean else rules.timing.left_after(silence_s)
            self.terms = self.terms.began(epoch, settled=wait_s == 0 or rules.hides_unsettled_terms)
            self.epoch = epoch
            self.settled_at = granted_at if clean else self.world.now + wait_s / self.rate
            self.until = self.world.now + rules.acting_s / self.rate
            self._beat(session, then=lambda: self._later(wait_s, lambda: self._act(epoch)))

        session.up(lambda: self.server.take_epoch(session, taken))

    def _beat(self, session: Session, then: Do = lambda: None) -> None:
        rules, epoch = self.world.rules, self.epoch
        if self.session is not session or epoch is None:
            return
        sent_at = self.world.now
        answered = self._patience(session, rules.heartbeat_timeout_s)

        def heard(good: bool) -> None:
            answered()
            counts_from = self.world.now if rules.lease_from_receipt else sent_at
            if not good or (self.world.now >= self.until and not rules.lease_from_receipt):
                self.lose()
                return
            self.until = counts_from + rules.acting_s / self.rate
            then()
            next_at = max(self.world.now, sent_at + rules.heartbeat_s / self.rate)
            self.world.at(next_at, lambda: self._awake(lambda: self._beat(session)))

        session.up(lambda: self.server.beat(session, epoch, heard))

    def _patience(self, session: Session, seconds: float) -> Do:
        """Give the session up unless the answer comes in time; the answer calls what this returns."""
        waiting = True

        def answered() -> None:
            nonlocal waiting
            waiting = False

        def give_up() -> None:
            if waiting and self.session is session:
                self.lose()

        self._later(seconds, give_up)
        return answered

    def _later(self, seconds: float, do: Do) -> None:
        """After so many seconds of its own clock."""
        self.world.at(self.world.now + seconds / self.rate, lambda: self._awake(do))

    def _awake(self, do: Do) -> None:
        if self.world.now < self.asleep_until:
            self.world.at(self.asleep_until, lambda: self._awake(do))
        else:
            do()
