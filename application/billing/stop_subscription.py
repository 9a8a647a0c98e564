"""A person wants no further payments taken, or wants them again."""

import structlog
from attrs import frozen

from application.errors import GatewayUnavailable, PaymentNotFound, PaymentRefused
from application.ports.clock import Clock
from application.ports.payment_gateway import PaymentGateway
from application.ports.purchase_store import PurchaseStore
from domain.generation import UserId
from domain.payment import Subscription

log = structlog.get_logger()


@frozen
class StopDoubledRenewals:
    """Who paid for a monthly package by two links keeps one of the renewals: the gateway would take both."""

    _purchases: PurchaseStore
    _gateway: PaymentGateway

    async def __call__(self) -> None:
        """Stop what is left to stop. Raises ``StoreUnavailable``."""
        for user, charge_id in await self._purchases.renewals_to_stop():
            try:
                await self._gateway.stop_renewal(user, charge_id)
            except GatewayUnavailable as error:
                log.warning("subscription.not_stopped", charge_id=charge_id, reason=str(error))
                continue
            except PaymentRefused as error:  # there is none any more
                log.warning("subscription.gone", charge_id=charge_id, reason=str(error))
            await self._purchases.drop_renewal_to_stop(charge_id)
            log.info("subscription.doubled_stopped", charge_id=charge_id)


@frozen(kw_only=True)
class StopSubscription:
    """Ask the gateway, then write it down. What was paid for stays."""

    _purchases: PurchaseStore
    _gateway: PaymentGateway
    _clock: Clock

    async def __call__(self, user: UserId, package: str, *, stopped: bool = True) -> Subscription:
        """The subscription.

        Raises:
            PaymentNotFound: they have none of this package.
            PaymentRefused, GatewayUnavailable, StoreUnavailable: nothing is certain; asking again is safe.
        """
        own = await self._purchases.subscriptions(user, at=self._clock.now())
        found = next((each for each in own if each.package == package), None)
        if found is None:
            raise PaymentNotFound(package)
        await self._gateway.stop_renewal(user, found.charge_id, stopped=stopped)
        await self._purchases.mark_stopped(user, package, stopped=stopped)
        return found

    async def all_of(self, user: UserId) -> None:
        """Stop every package of a person that renews. Raises the same; what was stopped before that stays so."""
        for owner, charge_id in await self._purchases.renewals_to_stop():
            if owner == user:
                await self._gateway.stop_renewal(user, charge_id)
        for each in await self._purchases.subscriptions(user, at=self._clock.now()):
            if not each.is_stopped:
                await self(user, each.package)
