"""What a file costs that is not what its sender said, between both simulators: shown, agreed to, billed."""

from typing import Final

from simulators.telegram import FileKind, Message, SentFile
from tests.support.between_simulators import between_simulators
from tests.support.sounds import silence
from tests.support.telegram_journey import Journey
from tests.support.telegram_simulator import picture

UNREADABLE: Final = b"ID3\4" + bytes(2_000)


def _said_to_last_5_s(data: bytes, name: str, mime: str) -> SentFile:
    return SentFile(data=data, name=name, mime=mime, kind=FileKind.AUDIO, duration=5)


async def _options_of_what_was_refused(trip: Journey, words: str) -> Message:
    """The card that opens under the refusal that says these words."""
    refusal = await trip.telegram.until(
        lambda: next((each for each in trip.chat.messages.values() if words in each.words and each.buttons), None)
    )
    await trip.press(refusal, "Options")
    return await trip.telegram.next_message(trip.chat, after=refusal.id)


async def test_a_file_refused_for_its_price_is_shown_at_that_price_and_runs_once_it_is_agreed_to() -> None:
    async with between_simulators() as (trip, _):
        long = _said_to_last_5_s(silence(30), "long.wav", "audio/wav")
        trip.person.send_file(long, caption="/generate elevenlabs/audio-isolation")
        refused = await trip.ended(1)
        assert (refused.failure and refused.failure.provider_code, refused.reserved_credits) == ("price", 1.2)
        card = await _options_of_what_was_refused(trip, "costs up to 6 credits, and 1.2 were agreed")
        await trip.press(card, "Run · 6 credits")
        row = await trip.ended(2)
        assert (row.failure, row.reserved_credits, row.charged_credits) == (None, 6, 6)

        unreadable = _said_to_last_5_s(UNREADABLE, "broken.mp3", "audio/mpeg")
        trip.person.send_file(unreadable, caption="/generate elevenlabs/audio-isolation")
        refused = await trip.ended(3)
        assert refused.failure
        assert refused.failure.provider_code == "price_of_unread_length"
        card = await _options_of_what_was_refused(trip, "could cost up to 262 credits, and 1.2 were agreed")
        await trip.press(card, "262 credits")
        await trip.telegram.until(lambda: len(trip.rows) > 3 or "262" in card.words)
        await trip.press(card, "262 credits")
        row = await trip.ended(4)
        assert (row.failure, row.reserved_credits) == (None, 262)
        assert 0 <= (row.charged_credits or 0) <= 262


async def test_what_enlarges_a_picture_that_comes_as_a_document_or_is_a_result_costs_what_was_shown() -> None:
    async with between_simulators() as (trip, _):
        large = SentFile(data=picture(1500, 900, kind="PNG"), name="a.png", mime="image/png", kind=FileKind.DOCUMENT)
        trip.person.send_file(large, caption="/generate topaz/image-upscale upscale_factor=2")
        row = await trip.ended(1)
        assert (row.failure, row.reserved_credits, row.charged_credits) == (None, 20, 20)
        [result] = [each for each in trip.chat.messages.values() if "Once more" in str(each.buttons)]
        await trip.press(result, "⋯")
        await trip.press(result, "Upscale")
        offer = await trip.telegram.next_message(trip.chat, after=result.id)
        await trip.press(offer, "Topaz Image")
        await trip.press(offer, "Run · 10 credits")
        row = await trip.ended(2)
        assert (row.failure, row.reserved_credits, row.charged_credits) == (None, 10, 10)


async def test_what_extends_a_film_by_its_id_costs_what_was_shown_and_so_does_extending_it_once_more() -> None:
    async with between_simulators() as (trip, _):
        trip.person.say("/generate grok-imagine/text-to-video resolution=720p a fox")
        task = (await trip.ended(1)).task_id
        for number in (2, 3):
            trip.person.say(f"/generate grok-imagine/extend task_id={task} extend_at=2 extend_times=6 it runs on")
            row = await trip.ended(number)
            assert (row.failure, row.reserved_credits, row.charged_credits) == (None, 27, 27)
            task = row.task_id
        trip.person.say("/generate veo3_lite a fox in snow")
        task = (await trip.ended(4)).task_id
        for number in (5, 6):
            trip.person.say(f"/generate veo/extend task_id={task} it runs on")
            row = await trip.ended(number)
            assert (row.failure, row.reserved_credits, row.charged_credits) == (None, 30, 30)
            task = row.task_id
