"""The message a person watches while they wait."""

from collections.abc import Mapping
from typing import Final, assert_never

from aiogram.enums import ChatAction

from adapters.telegram.api.markup import escape
from adapters.telegram.api.screens import Rows, button
from adapters.telegram.bot.buttons import GenerationButton
from adapters.telegram.bot.words import Words
from application.ports.messenger import Delivering, OutcomeUnknown, Progress, Queued, Running, Uploading
from domain.generation import Generation, GenerationState
from domain.media import MediaKind

ACTIONS: Final[Mapping[MediaKind, ChatAction]] = {
    MediaKind.IMAGE: ChatAction.UPLOAD_PHOTO,
    MediaKind.VIDEO: ChatAction.RECORD_VIDEO,
    MediaKind.AUDIO: ChatAction.RECORD_VOICE,
    MediaKind.TEXT: ChatAction.TYPING,
    MediaKind.FILE: ChatAction.UPLOAD_DOCUMENT,
}
SHOWN_FOR_S: Final = 30.0
"""An action lasts 5 s (https://core.telegram.org/bots/api#sendchataction, read 2026-10); to keep one up for minutes would
cost more requests than all else. Who waits longer looks at the progress message."""
BAR_LENGTH = 10


def progress_text(progress: Progress, title: str, words: Words) -> str:
    """HTML, the model's title first."""
    return f"<b>{escape(title)}</b>\n{_line(progress, words)}"


def progress_buttons(generation: Generation, words: Words) -> Rows:
    """To take the wish back while that is free; after that to wait no longer. None once there is nothing to stop."""
    if generation.state is GenerationState.DELIVERING:
        return []
    if generation.state is GenerationState.QUEUED:
        return [[button(words.plain("tg-button-cancel"), GenerationButton(generation=generation.id, action="cancel"))]]
    return [[button(words.plain("tg-button-stop"), GenerationButton(generation=generation.id, action="stop"))]]


def stopped_text(generation: Generation, words: Words) -> str:
    """HTML: what it means that someone waits no longer, and what it costs."""
    lines, credits_ = [words("tg-stopped")], generation.agreed_credits
    if credits_ is None:
        lines.append(words("tg-stopped-no-price"))
    elif credits_:
        lines.append(words("tg-stopped-price", price=words.at_most(credits_)))
    return "\n".join(lines)


def duration(seconds: float, words: Words) -> str:
    """``45 s``, ``2 min``: as exact as people care."""
    if seconds < 90:
        return words.plain("tg-duration-seconds", count=round(seconds))
    return words.plain("tg-duration-minutes", count=round(seconds / 60))


def _line(progress: Progress, words: Words) -> str:
    match progress:
        case Queued():
            return words("tg-progress-queued", place=progress.place)
        case Uploading():
            fitted = [words("tg-progress-fitted", **one.values_of_text()) for one in progress.fitted]
            return "\n".join([words("tg-progress-uploading"), *fitted])
        case Running():
            return _running(progress.elapsed_s, progress.usual_s, words)
        case OutcomeUnknown():
            return words("tg-progress-unknown")
        case Delivering(trouble=trouble, retry_s=retry_s):
            return words(f"tg-progress-delivering-{trouble}", wait=duration(retry_s, words))
        case _:
            assert_never(progress)


def _running(elapsed_s: float, usual_s: float | None, words: Words) -> str:
    elapsed = duration(elapsed_s, words)
    if usual_s is None:
        return words("tg-progress-running", elapsed=elapsed)
    done = max(0, min(BAR_LENGTH - 1, int(BAR_LENGTH * elapsed_s / max(usual_s, 1))))  # never full before it is true
    bar = "▰" * done + "▱" * (BAR_LENGTH - done)
    key = "tg-progress-usual" if elapsed_s <= usual_s else "tg-progress-late"
    return f"{bar}\n{words(key, elapsed=elapsed, usual=duration(usual_s, words))}"
