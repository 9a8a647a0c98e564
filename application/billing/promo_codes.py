"""Words that give credits."""

import re
from datetime import datetime
from typing import Final

from attrs import frozen

from application.audit import Audit
from application.errors import PromoRefused
from application.ports.clock import Clock
from application.ports.ledger import Ledger
from application.ports.purchase_store import PurchaseStore
from domain.audit import AuditedAction
from domain.generation import UserId
from domain.ledger import SELF, Entry, EntryKind, person_mark
from domain.payment import PromoCode
from domain.reservation import credits_of

CODE_FORM: Final = re.compile(r"[A-Z0-9_-]{3,32}")
"""Fits behind a link's ``start=`` as well."""
MOST_USES: Final = 1_000_000


@frozen
class SavePromo:
    """The operator writes a code down, or changes it."""

    _purchases: PurchaseStore
    _audit: Audit

    async def __call__(
        self, code: str, units: int, uses: int, *, by: UserId, expires_at: datetime | None = None
    ) -> PromoCode:
        """The code as people type it, in any letter case.

        Raises:
            PromoRefused: it has not the form of a code, or no number of uses that can be meant.
            StoreUnavailable: asking again is safe.
        """
        promo = PromoCode(code=code.strip().upper(), units=units, uses_left=uses, expires_at=expires_at)
        if not CODE_FORM.fullmatch(promo.code) or not 0 < uses <= MOST_USES:
            raise PromoRefused(code)
        details = f"{credits_of(units):+} × {uses}"
        await self._audit(AuditedAction.PROMO, by=by, about=promo.code, details=details)
        await self._purchases.save_promo(promo)
        return promo


@frozen(kw_only=True)
class RedeemPromo:
    """A person uses a code: once each, also after they were forgotten."""

    _purchases: PurchaseStore
    _ledger: Ledger
    _clock: Clock

    async def __call__(self, user: UserId, code: str) -> PromoCode:
        """The code, whose credits they have now.

        Raises:
            PromoRefused: unknown, over, used up, or used by them before.
            StoreUnavailable: asking again is safe.
        """
        mark, now = person_mark(user), self._clock.now()
        promo = await self._purchases.claim_promo(code.strip().upper(), mark, at=now)
        if promo is None:
            raise PromoRefused(code)
        grant = Entry(
            user=user,
            kind=EntryKind.GRANT,
            units=promo.units,
            key=f"promo:{promo.code}:{mark}",
            reference="promo",
            by=SELF,
            at=now,
        )
        if not await self._ledger.add(grant):
            raise PromoRefused(code)
        return promo
