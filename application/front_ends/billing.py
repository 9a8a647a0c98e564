"""Use cases for front ends: buying, balances, promo codes, and the operator's books."""

from attrs import frozen

from application.billing.check_purchase import CheckPurchase
from application.billing.enter_payment import EnterPayment
from application.billing.grant_credits import CorrectCharge, GrantCredits
from application.billing.note_referral import NoteReferral
from application.billing.promo_codes import RedeemPromo, SavePromo
from application.billing.read_account import ReadAccount
from application.billing.read_books import ReadBooks
from application.billing.record_payment import RecordPayment
from application.billing.refund_payment import RefundPayment
from application.billing.stop_subscription import StopSubscription
from application.ports.payment_gateway import PaymentGateway
from application.ports.purchase_store import PurchaseStore
from domain.package import PriceList


@frozen(kw_only=True)
class BillingUseCases:
    """While it is not ``is_on`` nothing is sold, but what was paid is still written down.

    ``terms`` and ``privacy`` are the operator's texts, plain, where there are any; ``contact`` is whom to write to.
    """

    is_on: bool
    prices: PriceList
    contact: str | None
    terms: str | None
    privacy: str | None
    referral_units: int
    gateway: PaymentGateway
    purchases: PurchaseStore
    read_account: ReadAccount
    check_purchase: CheckPurchase
    record_payment: RecordPayment
    enter_payment: EnterPayment
    refund: RefundPayment
    grant: GrantCredits
    correct: CorrectCharge
    save_promo: SavePromo
    redeem_promo: RedeemPromo
    note_referral: NoteReferral
    stop_subscription: StopSubscription
    read_books: ReadBooks
