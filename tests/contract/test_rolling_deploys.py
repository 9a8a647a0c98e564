"""New instances come, old ones go, and people write all the while."""

import asyncio
from collections import Counter

import pytest

from tests.support.fleet import fleet
from tests.support.service import ServiceProcess

pytestmark = [pytest.mark.postgres, pytest.mark.leases]

DEPLOYS = 50
PATIENT = {"RENDER_CPU_COUNT": "0.5"}
"""The durations for slow hosts: a starved machine must depose no one here, and a clean hand-over waits for none of them."""


MORE_PEOPLE = 24
"""Beside the crowd's eight, at the same rate: of more than a hundred waiting messages of one person the rest is dropped by
design, and a starved machine answers little between two deploys."""


async def replace(old: ServiceProcess) -> None:
    """The platform tells it to stop, and afterwards starts the version after the one that stands by."""
    assert await old.terminate() == 0
    old.start()
    await old.wait_for_role("standby")


@pytest.mark.timeout(300)
async def test_fifty_deploys_in_a_row_lose_nothing_repeat_nothing_and_conflict_with_no_one(database: str) -> None:
    async with fleet(database, ("red", "green", "blue"), environment=PATIENT) as three:
        leader, epoch = await three.settled()
        more = [three.telegram.add_person(f"Passer-by {number}") for number in range(MORE_PEOPLE)]
        three.crowd.people = [*three.crowd.people, *more]
        async with three.crowd.writing(), asyncio.TaskGroup() as replacing:
            for _ in range(DEPLOYS):
                await three.a_standby()
                replacing.create_task(replace(three.instances[leader]))
                leader, epoch = await three.leader(after=epoch)
        await three.crowd.all_answered()
        changes = Counter(
            (event["before"], event["state"])
            for instance in three.instances.values()
            for event in instance.events
            if event["event"] == "leadership.state_changed"
        )
        assert changes == {
            ("starting", "standby"): DEPLOYS + 3,
            ("standby", "leader"): DEPLOYS + 1,
            ("leader", "draining"): DEPLOYS,
            ("draining", "stopped"): DEPLOYS,
        }
        assert three.intrusions() == []
        assert (three.crowd.lost(), three.crowd.repeated(), three.refused_polls()) == (0, 0, 0)
        grants = [
            event
            for instance in three.instances.values()
            for event in instance.events
            if event["event"] == "leader_lock.granted"
        ]
        assert all(grant["predecessor_stopped"] for grant in grants)  # no one waited for a lease to run out
