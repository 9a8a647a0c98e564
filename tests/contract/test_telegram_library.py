"""From a wish to a preset, a history and a chat among friends, between both simulators, in both languages."""

from typing import Any

import pytest

from tests.support.between_simulators import between_simulators, newest


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_what_was_made_is_kept_shown_shared_and_forgotten(language: str) -> None:
    async with between_simulators(language) as (trip, kie):
        card = await trip.say("a red fox in snow")
        await trip.press(card, "Z-Image")
        await trip.press(card, "💾")
        trip.person.say("Fox")
        await trip.telegram.until(lambda: "/presets" in card.words and "Fox" in card.words)
        await trip.press(card, "🔗")
        shared = newest(trip)
        copied: list[Any] = [each["copy_text"] for row in shared.buttons for each in row if "copy_text" in each]
        payload = copied[0]["text"].partition("?start=")[2]

        friend = trip.of(trip.telegram.add_person("Oleg", language=language))
        copy = await friend.say(f"/start {payload}")
        await friend.press(copy, "▶️")
        row = await friend.provider_rings()
        (task,) = kie.account.tasks.values()
        assert (row.task_id, task.input["prompt"]) == (task.id, "a red fox in snow")

        query = friend.person.ask_inline("snow")
        await trip.telegram.until(lambda: query.answer)
        group = trip.telegram.add_group("Friends", [trip.person, friend.person], [])
        (offer,) = query.offers
        assert friend.person.choose(query, offer, group).media

        history = await friend.say("/history fox")
        await friend.press(history, "a red fox in snow")
        assert history.media
        await friend.press(history, "🗑")
        await friend.press(history, "🗑")
        assert "a red fox" not in newest(friend).words
        assert friend.generations.rows[row.id].input == {}
        assert not [call for call in trip.telegram.log.calls if call.status == 400]
