"""What a stop of the leader waits for, and who is answered meanwhile."""

import signal

import pytest

from simulators.kie import SlowAnswer
from simulators.telegram import TelegramFault
from tests.support.fault_injection import stopped
from tests.support.fleet import fleet
from tests.support.kie_client import CREATE

pytestmark = pytest.mark.postgres

ANSWER_S = 3.0
"""As long as the provider takes for the answer to a create request."""


async def test_people_are_answered_while_a_stop_waits_for_a_create_request(database: str) -> None:
    async with fleet(database, ("first", "second")) as two:
        leader, epoch = await two.settled()
        two.kie.faults.add(CREATE, SlowAnswer(ANSWER_S))
        person = two.telegram.add_person("Somebody who wishes")
        async with two.crowd.writing():
            person.say("/generate z-image a heron")
            await two.until(lambda: two.kie.account.creates)
            async with stopped(two, leader):
                stopped_at = two.telegram.clock()
                await two.leader(after=epoch)
            await two.until(lambda: any(m.media for m in person.chat().messages.values()))
        await two.crowd.all_answered()
        assert [act for act in two.acts() if act.instance == leader and act.at > stopped_at + ANSWER_S / 2]
        assert two.crowd.repeated() == 0
        assert len(two.kie.account.creates) == 1


async def test_a_second_signal_ends_the_process_where_it_stands(database: str) -> None:
    async with fleet(database, ("only",)) as one:
        only = one.instances["only"]
        await only.wait_for_role("leader")
        held = one.telegram.faults.add(TelegramFault(method="sendMessage", hang_s=60.0))
        one.crowd.people[0].say("/help")
        await one.until(lambda: held.struck)
        only.send_signal(signal.SIGTERM)
        await only.wait_for_role("draining")
        assert await only.terminate() == 128 + signal.SIGTERM
