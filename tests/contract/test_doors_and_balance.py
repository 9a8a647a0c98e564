"""Two instances, three doors, a hundred presses at once: a person spends what they have, and not a unit more."""

import asyncio
import re
from pathlib import Path
from typing import Final

import aiohttp
import pytest
from attrs import frozen

from adapters.postgres_store import PostgresLedger, open_database
from domain.generation import UserId
from domain.ledger import Balance
from tests.support.books import assert_books_balance
from tests.support.service import TOKEN
from tests.support.studio_in_a_browser import Place, signed_in, studio_service

pytestmark = pytest.mark.postgres

SELLING: Final = {"BILLING": "stars", "STARS_PER_CREDIT": "1", "FREE_CREDITS": "10", "KIE_CREATE_LIMIT": "1000/1"}
AFFORDED: Final = 12
"""Pictures of 0.8 credits for 10 credits."""
BY_TELEGRAM, BY_STUDIO, BY_API = 34, 33, 33


@frozen
class Doors:
    """One person at all of them; the studio and the API at both instances in turn."""

    place: Place
    sessions: list[aiohttp.ClientSession]
    csrf: str
    key: str

    def telegram(self, number: int) -> None:
        self.place.person.say(f"/generate z-image fox {number} of the chat")

    async def studio(self, number: int) -> bool:
        """Whether it was taken on; refused for want of credits where not."""
        form = {"model": "z-image", "text": f"a picture of fox {number}", "run": "0.8", "nonce": f"nonce {number}"}
        headers = {"X-CSRF-Token": self.csrf, "Accept": "application/json"}
        async with self.sessions[number % 2].post("/studio/drafts", data=form, headers=headers) as answer:
            said = await answer.json()
            assert answer.status == 200 or (answer.status == 402 and "this costs 0.8" in said["message"]), said
            assert answer.status == 200 or re.fullmatch(r"https://t\.me/\w+\?start=buy", said["link"]["href"]), said
            return answer.status == 200 and "id" in said

    async def api(self, number: int) -> bool:
        body = {"model": "z-image", "input": {"prompt": f"fox {number}", "aspect_ratio": "1:1"}, "max_credits": 5}
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": f"order-{number}"}
        async with self.sessions[number % 2].post("/api/v1/generations", json=body, headers=headers) as answer:
            assert answer.status in {201, 402}, await answer.text()
            return answer.status == 201

    def refused_in_chat(self) -> int:
        return sum("this costs 0.8" in message.words for message in self.place.person.chat().messages.values())


async def test_a_hundred_presses_by_three_doors_at_two_instances_spend_what_there_is(
    database: str, tmp_path: Path
) -> None:
    async with (
        studio_service(database, instances=2, more=SELLING, folder=str(tmp_path)) as place,
        aiohttp.ClientSession(place.services[0].url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as first,
        aiohttp.ClientSession(place.services[1].url, cookie_jar=first.cookie_jar) as second,
    ):
        doors = await _opened(place, [first, second])
        for number in range(BY_TELEGRAM):
            doors.telegram(number)
        taken = await asyncio.gather(
            *(doors.studio(number) for number in range(BY_STUDIO)), *(doors.api(number) for number in range(BY_API))
        )
        user = UserId(f"telegram:{place.user_id}")
        async with open_database(database) as opened:
            ledger = PostgresLedger(opened, TOKEN.partition(":")[0])
            async with asyncio.timeout(60):
                while doors.refused_in_chat() + AFFORDED - sum(taken) < BY_TELEGRAM:
                    assert (await ledger.balance(user)).units >= 0
                    await asyncio.sleep(0.1)
                while (await ledger.balance(user)).reserved:
                    await asyncio.sleep(0.1)
            assert await ledger.balance(user) == Balance(units=10_000 - AFFORDED * 800)
            await assert_books_balance(ledger)
        assert len(list(place.kie.account.accepted())) == AFFORDED
        assert sum(taken) + BY_TELEGRAM - doors.refused_in_chat() == AFFORDED


async def _opened(place: Place, sessions: list[aiohttp.ClientSession]) -> Doors:
    """Sign in, and make a key for programs."""
    async with sessions[0].get(signed_in(place.services[0].url, place.user_id)) as answer:
        page = await answer.text()
    found = re.search(r'name="csrf" content="([^"]+)"', page)
    assert found, page
    headers = {"X-CSRF-Token": found[1]}
    async with sessions[0].post("/studio/account/keys", data={"name": "agent"}, headers=headers) as answer:
        key = re.search(r'id="new-key" readonly value="([^"]+)"', await answer.text())
    assert key
    return Doors(place, sessions, found[1], key[1])
