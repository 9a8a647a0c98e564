"""Every effect of the service, each with what becomes of a wish when the process is killed just before it or just after.

Kept complete by ``test_crash_point_list.py``, struck one by one by ``test_crash_points.py``, and printed in
``docs/durability.md``.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from attrs import frozen

from tests.support.crash_gate import Side


class Outcome(StrEnum):
    """What a person has in the end, beside what an undisturbed life gives."""

    ONCE = "once"
    TWICE = "twice"
    LEFT_OVER = "once, and a progress message stays"
    IN_DOUBT = "in doubt"
    """No one can know whether a task began: the person is informed, and nothing is bought again."""


@frozen
class Point:
    """An effect in a life, with the outcome of a kill on each side of it."""

    life: str
    effect: str
    before: Outcome = Outcome.ONCE
    after: Outcome = Outcome.ONCE

    def outcome(self, side: Side) -> Outcome:
        """Of a kill on that side."""
        return self.before if side is Side.BEFORE else self.after


ONCE, TWICE, LEFT_OVER, IN_DOUBT = Outcome

CHAPTERS: Final[Mapping[str, Sequence[Point]]] = {
    "talking and taking on": (  # the row, then the update, then Telegram may forget it; the progress beside it
        Point("a card", "insert received_updates"),
        Point("a chosen model", "insert drafts"),
        Point("a card", "insert chat_sessions"),
        Point("a card put away", "delete open_chat_sessions"),
        Point("a setting", "insert preferences"),
        Point("a setting", "Telegram: answerCallbackQuery"),
        Point("a picture", "insert generations"),
        Point("a picture", "ledger: reservation"),
        Point("a picture", "commit"),
        Point("a picture", "delete received_updates"),
        Point("a picture", "Telegram: getUpdates"),
        Point("a picture", "Telegram: sendMessage", after=LEFT_OVER),
        Point("a picture", "update generations: progress_message", before=LEFT_OVER),
        Point("a slow picture", "Telegram: editMessageText"),
    ),
    "creating": (  # written down before it is asked for, and never asked for again
        Point("a text about a photo", "Telegram: getFile"),
        Point("a text about a photo", "Telegram: file"),
        Point("a text about a photo", "KIE: upload"),
        Point("a picture", "queued → submitting", after=IN_DOUBT),
        Point("a picture", "KIE: create", before=IN_DOUBT),
        Point("a picture", "submitting → running"),
        Point("a task put off", "submitting → queued", before=IN_DOUBT),
        Point("a refused task", "submitting → delivering", before=IN_DOUBT),
        Point("a lost answer", "submitting → unknown"),
        Point("a lost answer", "unknown → running"),
        Point("a lost photo", "queued → delivering"),
        Point("a wish taken back", "queued → cancelled"),
    ),
    "following and delivering": (
        Point("a lost answer", "update generations: reported_task_id"),
        Point("a picture", "KIE: read"),
        Point("a picture", "running → delivering"),
        Point("a failed task", "running → delivering"),
        Point("a picture", "KIE: result file"),
        Point("a picture", "Telegram: sendPhoto", after=TWICE),
        Point("an album", "Telegram: sendMediaGroup", after=TWICE),
        Point("an album", "Telegram: sendMessage (the end)", before=TWICE, after=TWICE),
        Point("a text about a photo", "Telegram: sendMessage (the end)", after=TWICE),
        Point("a result that is gone", "Telegram: sendMessage (the end)", after=TWICE),
        Point("a picture", "delivering: receipt", before=TWICE),
        Point("a picture", "Telegram: deleteMessage"),
        Point("a failed task", "Telegram: editMessageText (the end)"),
        Point("a picture", "delivering → delivered"),
        Point("a blocked bot", "delivering → undeliverable"),
    ),
    "paying": (  # the books first, then thanks; the books first, then the Stars go back
        Point("a gift", "ledger: grant"),
        Point("a purchase", "Telegram: answerPreCheckoutQuery"),
        Point("a purchase", "ledger: payment"),
        Point("a purchase", "Telegram: sendMessage", after=TWICE),
        Point("an invited one's purchase", "ledger: grant"),
        Point("a month", "insert subscriptions"),
        Point("a refund", "ledger: refund"),
        Point("a refund", "commit"),
        Point("a refund", "Telegram: refundStarPayment"),
        Point("a refund", "insert refunds_ended"),
        Point("a refund", "Telegram: sendMessage", after=TWICE),
        Point("a payment that Telegram gives back", "insert refunds_noted"),
        Point("a payment that Telegram gives back", "insert refunds_ended"),
        Point("a payment that Telegram gives back", "ledger: refund"),
        Point("a payment that Telegram gives back", "delete refunds_noted"),
        Point("a promo code", "update promo_codes: uses_left"),
        Point("a promo code", "commit"),
        Point("a promo code", "ledger: grant"),
    ),
}

WITHOUT_CALLBACKS: Final = (  # nothing brings a lost task back, so more is in doubt; the task may have been bought
    Point("a picture", "KIE: create", before=IN_DOUBT, after=IN_DOUBT),
    Point("a picture", "submitting → running", before=IN_DOUBT),
    Point("a lost answer", "submitting → unknown", before=IN_DOUBT, after=IN_DOUBT),
    Point("a picture", "KIE: read"),
    Point("a picture", "running → delivering"),
)

SERIES: Final = (  # each generation of a series has its own receipt; only what has none yet is sent again
    Point("several at once", "Telegram: sendMediaGroup", after=TWICE),
    Point("several at once", "delivering: receipt", before=TWICE),
)

STARTING: Final = (  # each struck on the way up again, while one wish waits in doubt and another has been found so
    ("insert leadership",),
    ("Telegram: setMyCommands", "submitting → unknown", "unknown → delivering"),
)
STOPPING: Final = "update leadership: released"

ALIKE: Final = frozenset(
    {
        "Telegram: sendVideo",
        "Telegram: sendAnimation",
        "Telegram: sendAudio",
        "Telegram: sendVoice",
        "Telegram: sendDocument",
    }
)
"""Effects that differ from ``sendPhoto`` in the form of the result alone."""

ALONE: Final = frozenset(
    {
        "presets",
        "price_book",
        "people",
        "invites",
        "blocks",
        "alarms",
        "paused_models",
        "broadcasts",
        "broadcast_recipients",
        "reference_sets",
        "referrals",
        "account_readings",
        "api_keys",
        "bots",
        "webhook_events",
        "media",
        "media_left",
        "favourite_results",
        "shared_results",
        "used_proofs",
        "web_sessions",
        "personal_limits",
        "text_calls",
        "current_results",
        "unsafe_phrases",
        "audit_log",
        "provider_accounts",
        "bot_faults",
    }
)
"""Tables outside the life of a generation, each with tests of its own."""

REPEATED: Final = frozenset(
    {
        "delete drafts",  # a card thrown away, by its update; old ones, every hour
        "delete chat_sessions",  # the same of what a chat showed
        "delete handled_updates",  # old ones, every hour
        "update generations: secret",  # those of the past, every hour
        "delete generation_results",  # erasing from the history: one statement, by its update
        "update generations: input",
        "update generations: quiet",  # someone stops waiting, by their update
        "update generations: progress",  # how far it has come, at the next look
        "Telegram: editMessageReplyMarkup",  # the buttons under a message, by its update
        "Telegram: sendChatAction",  # what the bot is doing, for five seconds
        "Telegram: editMessageMedia",  # a preview that a person turns to, by their update
        "ledger: correction",  # the operator's, by their update; a refused refund's, which is asked for again
        "insert ledger_accounts",  # the account alone, held while its entries are decided on
        "update ledger_accounts: owner",  # a person is forgotten
        "insert creation_slots",  # a place in the provider's window: it frees itself
        "insert leader_heartbeats",  # with each heartbeat
        "insert promo_codes",  # the operator writes a code down, by their update
        "update subscriptions: is_stopped",  # stopping what is stopped
        "delete subscriptions",  # a person is forgotten
        "delete renewals_to_stop",  # it is stopped, and stopping what is stopped changes nothing
        "Telegram: sendInvoice",  # a second invoice can be paid as well as the first, by its update
        "Telegram: createInvoiceLink",
        "Telegram: editUserStarSubscription",  # stopping what is stopped
        "Telegram: setChatMenuButton",  # at every start
        "Telegram: setMyName",  # at every start
        "Telegram: setWebhook",  # at every start, and the next one where it is not wanted any more
        "Telegram: deleteWebhook",
    }
)
"""Effects that come to the same however often they happen, and happen again where a kill took one away."""


def is_listed(effect: str) -> bool:
    """Whether it is struck on both sides, like one that is, or among those that need not be. What only reads is no effect."""
    lived = {point.effect for points in (*CHAPTERS.values(), WITHOUT_CALLBACKS) for point in points}
    started = {effect for effects in STARTING for effect in effects}
    # getMe, remembered; KIE's public list of prices, and what is left of its credits
    only_reads = effect.startswith("Telegram: get") or effect in {
        "Telegram: me",
        "KIE: page",
        "KIE: download-url",
        "KIE: credit",
    }
    stands_apart = only_reads or not ALONE.isdisjoint(re.findall(r"\w+", effect))
    return stands_apart or effect in {*lived, *started, STOPPING, *ALIKE, *REPEATED}


def table(points: Sequence[Point]) -> str:
    """The points as ``docs/durability.md`` prints them."""
    lines = [f"| {each.effect} | {each.life} | {each.before} | {each.after} |" for each in points]
    return "\n".join(
        ["| effect | in the life of | killed before | killed after |", "| --- | --- | --- | --- |", *lines]
    )
