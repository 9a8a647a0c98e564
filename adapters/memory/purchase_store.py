"""Subscriptions, promo codes, invitations and the state of refunds in dicts."""

from collections.abc import Sequence
from datetime import datetime

from attrs import evolve

from adapters.memory.ledger import InMemoryLedger
from adapters.memory.trouble import Script
from application.ports.clock import Clock
from domain.generation import UserId
from domain.ledger import EntryKind, PostedEntry
from domain.payment import SUBSCRIPTION_PERIOD, PromoCode, Subscription


class InMemoryPurchaseStore:
    """``PurchaseStore`` for tests, beside the ledger whose refunds it knows the end of. ``on_call`` is the script of trouble."""

    def __init__(self, clock: Clock, ledger: InMemoryLedger) -> None:
        self.on_call = Script(clock)
        self.promos: dict[str, PromoCode] = {}
        self.referrals: dict[UserId, UserId] = {}
        self._ledger = ledger
        self._ended: dict[str, bool] = {}
        self._noted: set[str] = set()
        self._to_stop: dict[str, UserId] = {}
        self._subscriptions: dict[tuple[UserId, str], Subscription] = {}
        self._uses: set[tuple[str, str]] = set()

    async def open_refunds(self) -> Sequence[PostedEntry]:
        async with self.on_call.around():
            refunds = self._ledger.of_kind(EntryKind.REFUND)
            return [each for each in refunds if each.entry.reference not in self._ended]

    async def refund_ended(self, charge_id: str, /) -> bool | None:
        async with self.on_call.around():
            return self._ended.get(charge_id)

    async def end_refund(self, charge_id: str, /, *, given_back: bool, at: datetime) -> None:  # noqa: ARG002  # kept for people alone
        async with self.on_call.around():
            self._ended[charge_id] = self._ended.get(charge_id, False) or given_back

    async def note_refund(self, charge_id: str, /) -> None:
        async with self.on_call.around():
            self._noted.add(charge_id)

    async def noted_refunds(self) -> Sequence[str]:
        async with self.on_call.around():
            return sorted(self._noted)

    async def drop_noted_refund(self, charge_id: str, /) -> None:
        async with self.on_call.around():
            self._noted.discard(charge_id)

    async def note_subscription(self, subscription: Subscription, /, *, begins: bool = False) -> UserId | None:
        async with self.on_call.around():
            key = subscription.user, subscription.package
            known = self._subscriptions.get(key)
            if begins and known and _both_renew(known, subscription):
                less = min(known, subscription, key=lambda each: each.paid_until)
                self._to_stop[less.charge_id] = less.user
            if known is None or subscription.paid_until > known.paid_until:
                charge_id = subscription.charge_id if begins or known is None else known.charge_id
                self._subscriptions[key] = evolve(subscription, charge_id=charge_id)
            return self.referrals.get(subscription.user)

    async def renewals_to_stop(self) -> Sequence[tuple[UserId, str]]:
        async with self.on_call.around():
            return [(user, charge_id) for charge_id, user in sorted(self._to_stop.items())]

    async def drop_renewal_to_stop(self, charge_id: str, /) -> None:
        async with self.on_call.around():
            self._to_stop.pop(charge_id, None)

    async def mark_stopped(self, user: UserId, package: str, /, *, stopped: bool) -> None:
        async with self.on_call.around():
            if known := self._subscriptions.get((user, package)):
                self._subscriptions[user, package] = evolve(known, is_stopped=stopped)

    async def subscriptions(self, user: UserId, /, *, at: datetime) -> Sequence[Subscription]:
        async with self.on_call.around():
            own = (each for each in self._subscriptions.values() if each.user == user and each.paid_until > at)
            return sorted(own, key=lambda each: each.package)

    async def save_promo(self, promo: PromoCode, /) -> None:
        async with self.on_call.around():
            self.promos[promo.code] = promo

    async def claim_promo(self, code: str, mark: str, /, *, at: datetime) -> PromoCode | None:
        async with self.on_call.around():
            promo = self.promos.get(code)
            if promo is None or (code, mark) in self._uses:
                return promo
            if promo.uses_left < 1 or (promo.expires_at and promo.expires_at <= at):
                return None
            self._uses.add((code, mark))
            self.promos[code] = evolve(promo, uses_left=promo.uses_left - 1)
            return self.promos[code]

    async def note_referral(self, invited: UserId, inviter: UserId, /, *, at: datetime) -> bool:  # noqa: ARG002  # kept for people alone
        async with self.on_call.around():
            if invited in self.referrals:
                return False
            self.referrals[invited] = inviter
            return True

    async def inviter_of(self, user: UserId, /) -> UserId | None:
        async with self.on_call.around():
            return self.referrals.get(user)

    async def forget(self, user: UserId, /) -> None:
        async with self.on_call.around():
            self._subscriptions = {key: each for key, each in self._subscriptions.items() if each.user != user}
            self._to_stop = {charge_id: each for charge_id, each in self._to_stop.items() if each != user}
            self.referrals = {
                invited: inviter for invited, inviter in self.referrals.items() if user not in {invited, inviter}
            }


def _both_renew(known: Subscription, begun: Subscription) -> bool:
    began_at = begun.paid_until - SUBSCRIPTION_PERIOD
    return known.charge_id != begun.charge_id and not known.is_stopped and known.paid_until > began_at
