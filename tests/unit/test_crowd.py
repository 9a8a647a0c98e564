"""The people of the tests count every answer, however long they write."""

from simulators.telegram import TelegramWorld
from simulators.telegram.record import CallRecord
from tests.support.crowd import AnswerLog, Crowd
from tests.support.service import TOKEN

MORE_THAN_THE_SIMULATOR_REMEMBERS = 20_010


def test_the_answers_of_a_long_run_are_all_counted() -> None:
    world = TelegramWorld(tokens=[TOKEN])
    world.log = log = AnswerLog()
    ann = world.add_person("Ann")
    crowd = Crowd(world, [ann], log)
    for second in range(MORE_THAN_THE_SIMULATOR_REMEMBERS):
        crowd.asked_at[ann.id].append(float(second))
        world.log.add(
            CallRecord(
                at=second + 0.5,
                took_s=0.0,
                peer="127.0.0.1:1",
                port=1,
                token=TOKEN,
                method="sendMessage",
                parameters={"chat_id": str(ann.id)},
                status=200,
            )
        )
    assert crowd.lost() == crowd.repeated() == 0
    assert set(crowd.waits_s()) == {0.5}
    assert len(log.calls) == MORE_THAN_THE_SIMULATOR_REMEMBERS
