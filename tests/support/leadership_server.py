"""The server of the leadership model: locks, rows and sessions, which it ends when they are silent."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from attrs import define, field

from tests.support.leadership_world import Do, World

Answer = Any
Statement = Callable[["Server", "Session"], Answer]


class Client(Protocol):
    """The instance that a session is of."""

    @property
    def number(self) -> int: ...

    def hear(self, session: "Session", do: Do) -> None:
        """A message has arrived."""
        ...

    def handle(self, member: int, wish: int | None) -> None:
        """An announcement has arrived."""
        ...

    def lose(self) -> None:
        """The session is over."""
        ...


@define(eq=False)
class Session:
    """A connection. Messages of one direction arrive in their order, or, once it is cut, never."""

    world: World
    instance: Client
    number: int
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
    """The locks and the rows, and the sessions that the server ends when they are silent."""

    world: World
    rate: float
    owners: dict[int, Session] = field(factory=dict)
    sessions: dict[int, Session] = field(factory=dict)
    members: set[int] = field(factory=set)
    epochs: dict[int, int] = field(factory=dict)
    released: dict[int, bool] = field(factory=dict)
    heartbeats: dict[int, list[tuple[int, float]]] = field(factory=dict)
    """Epoch and moment, the last one at the end. The product's table keeps the last one only."""

    def execute(self, session: Session, statement: Statement, answer: Callable[[Answer], None]) -> None:
        """Do it and answer. The server ends a session that starts no other statement within the idle time."""
        self.sessions[session.number] = session
        result = statement(self, session)
        session.statements += 1
        statements = session.statements
        heard_at = session.down(lambda: answer(result))

        def end_if_silent() -> None:
            if session.statements == statements:
                self.end(session)

        def end_unnoticed() -> None:
            session.cut = True
            self.end(session)

        self.world.at(self.world.now + self.world.rules.idle_s / self.rate, end_if_silent)
        if session.doomed:
            self.world.at(heard_at, end_unnoticed)

    def part(self, session: Session) -> None:
        """It takes part no more; what it leads it leads on."""
        self.members.discard(session.number)
        self.announce(session, None)

    def announce(self, by: Session, wish: int | None) -> None:
        """All others hear that something was freed, or which bot is asked for."""
        for session in list(self.sessions.values()):
            if session is not by:
                session.down(partial(session.instance.handle, by.number, wish))

    def note_heartbeat(self, session: Session, bot: int, epoch: int) -> None:
        if session.instance.number >= self.world.rules.former_releases and epoch >= self.epochs.get(bot, 0):
            self.heartbeats[bot] = [*self.heartbeats.get(bot, [])[-1:], (epoch, self.world.now)]

    def silence_s(self, bot: int) -> float | None:
        """By its own clock, since the last heartbeat of the present epoch."""
        if not (noted := self.heartbeats.get(bot)):
            return None
        epoch, at = noted[-1]
        is_known = epoch == self.epochs.get(bot, 0) or self.world.rules.trusts_any_heartbeat
        return (self.world.now - at) * self.rate if is_known else None

    def forget_heartbeats(self) -> None:
        """What is unlogged is empty after a crash; what was written without waiting for the disk would be old."""
        keeps = self.world.rules.old_heartbeats_outlive_a_crash
        self.heartbeats = {bot: noted[-2:-1] if keeps else [] for bot, noted in self.heartbeats.items()}

    def end_all(self) -> None:
        for session in list(self.sessions.values()):
            self.end(session)

    def end(self, session: Session) -> None:
        """End a session: its locks are free, and its client is informed."""
        if not session.open:
            return
        session.open = False
        self.sessions.pop(session.number, None)
        self.members.discard(session.number)
        self.owners = {bot: owner for bot, owner in self.owners.items() if owner is not session}
        session.down(session.instance.lose)
