"""The state of each bot from the rows of its leadership, and its fault."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from attrs import frozen

from adapters.postgres_store.database import Database
from application.ports.bot_states import BotState
from domain.bot import BotId
from domain.bot_fault import BotFault

# A leader notes a heartbeat each second or two; one that has not for longer than any idle time leads no more.
_STATES: Final = """
SELECT bot, led.holder AS leader, led.changed_at AS since, bot_faults.fault, bot_faults.at AS fault_at
  FROM (SELECT bot, holder, changed_at FROM leadership JOIN leader_heartbeats USING (bot, epoch)
         WHERE NOT released AND at > statement_timestamp() - interval '15 seconds') AS led
  FULL JOIN bot_faults USING (bot)
 ORDER BY bot
"""
_NOTE: Final = """
INSERT INTO bot_faults (bot, fault, at) VALUES ($1, $2, $3)
ON CONFLICT (bot) DO UPDATE SET fault = excluded.fault, at = excluded.at WHERE bot_faults.fault <> excluded.fault
"""
_CLEAR: Final = "DELETE FROM bot_faults WHERE bot = $1"


@frozen
class PostgresBotStates:
    """``BotStates`` on PostgreSQL."""

    _database: Database

    async def states(self) -> Sequence[BotState]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(_STATES)
        return [
            BotState(
                bot=BotId(row["bot"]),
                leader=row["leader"],
                since=row["since"],
                fault=row["fault"] and BotFault(row["fault"]),
                fault_at=row["fault_at"],
            )
            for row in rows
        ]

    async def note(self, bot_id: BotId, fault: BotFault | None, /, *, at: datetime) -> None:
        async with self._database.connection() as connection:
            if fault is None:
                await connection.execute(_CLEAR, bot_id)
            else:
                await connection.execute(_NOTE, bot_id, fault.value, at)
