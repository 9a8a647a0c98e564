"""The object graph of the service: every slice, on the adapters of one bot."""

from collections.abc import Mapping

from dependency_injector import providers

from adapters.telegram.api.session import Fenced
from adapters.telegram.bot.front_end import FrontEnd
from application.leading.acquire_leadership import AcquireLeadership, Duty
from application.operating.forget_old_records import ForgetOldRecords
from application.ports.leader_lock import LeaderLock
from config.adapters import Adapters
from config.slices.media import kept_for
from config.slices.ports import Ports
from config.slices.programs import Programs
from config.slices.telegram import Telegram
from config.slices.web import Web


def duties(
    *,
    front_end: FrontEnd,
    generations: Duty,
    broadcasts: Duty,
    watch: Duty,
    webhooks: Duty,
    forgetting: Duty,
    books: Duty,
    prices: Duty,
    charges: Duty,
) -> Mapping[str, Duty]:
    """What the leader does: listen to Telegram, carry the generations, send broadcasts, look after the service, tidy up,
    keep the books, read the price feed, compare charges with prices.

    A stop drains them from the last to the first: people are answered until all the rest is safe.
    """
    named: dict[str, Duty] = {
        "telegram": front_end.duty,
        "generations": generations,
        "broadcasts": broadcasts,
        "watch": watch,
        "webhooks": webhooks,
        "forgetting": forgetting,
        "books": books,
        "prices": prices,
        "charges": charges,
    }
    return {name: Fenced(duty) for name, duty in named.items()}


class Bot(Telegram, Web):
    """Everything `mediabot run` is made of."""

    bot_id = Ports.settings.provided.bot_id
    adapters: providers.Provider[Adapters] = providers.Dependency()
    lock: providers.Provider[LeaderLock] = providers.Dependency()

    forget_old_records = providers.Singleton(
        ForgetOldRecords,
        drafts=Ports.drafts,
        sessions=Telegram.chat_sessions,
        updates=Telegram.updates,
        generations=Ports.generations,
        tidy_media=Telegram.tidy_media,
        audit_log=Ports.audit_log,
        audit_kept_for=providers.Callable(kept_for, Ports.settings.provided.audit_keep_days),
        history_kept_for=providers.Callable(kept_for, Ports.settings.provided.history_keep_days),
        clock=Ports.clock,
    )
    acquire_leadership = providers.Singleton(
        AcquireLeadership,
        bot=bot_id,
        lock=lock,
        clock=Ports.clock,
        duties=providers.Callable(
            duties,
            front_end=Telegram.front_end,
            generations=Telegram.drive_generations,
            broadcasts=Telegram.send_broadcasts,
            watch=Telegram.watch_service,
            webhooks=Programs.send_webhooks,
            forgetting=forget_old_records,
            books=Telegram.keep_books,
            prices=Telegram.refresh_prices,
            charges=Telegram.compare_charges,
        ),
        metrics=Ports.metrics,
    )


def bot_on(adapters: Adapters) -> Bot:
    """Return the object graph on these adapters; each stands for the port of its name."""
    bound = {name: adapter for name, adapter in adapters.providers.items() if name in Bot.providers}
    return Bot(adapters=providers.Object(adapters), **bound)
