"""Money: who pays, with what, and what is in the books."""

from collections.abc import Callable

from dependency_injector import providers

from application.billing.check_purchase import CheckPurchase
from application.billing.compare_account import CompareAccount, OwnAccounts
from application.billing.end_lost_calls import EndLostCalls
from application.billing.enter_payment import EnterPayment
from application.billing.free_credits import GiveFreeCredits
from application.billing.grant_credits import CorrectCharge, GrantCredits
from application.billing.note_referral import NoteReferral
from application.billing.promo_codes import RedeemPromo, SavePromo
from application.billing.read_account import ReadAccount
from application.billing.read_books import ReadBooks
from application.billing.reconcile import Reconcile
from application.billing.record_payment import RecordPayment
from application.billing.refund_payment import FinishRefunds, RefundPayment
from application.billing.reserve_credits import ReserveCredits
from application.billing.stop_subscription import StopDoubledRenewals, StopSubscription
from application.operating.keep_books import KeepBooks
from application.ports.book_reports import BookReports
from application.ports.ledger import Ledger
from application.ports.payment_gateway import PaymentGateway
from application.ports.provider_accounts import ProviderAccounts
from application.ports.purchase_store import PurchaseStore
from config.billing_settings import BillingSettings
from config.slices.ports import Ports


def reserve_credits(
    billing: BillingSettings, give_free_credits: Callable[[], GiveFreeCredits]
) -> ReserveCredits | None:
    """None while no one but the operator pays."""
    return ReserveCredits(prices=billing.prices, give_free_credits=give_free_credits()) if billing.is_on else None


class Billing(Ports):
    """Use cases of money."""

    ledger: providers.Provider[Ledger] = providers.Dependency()
    purchases: providers.Provider[PurchaseStore] = providers.Dependency()
    gateway: providers.Provider[PaymentGateway] = providers.Dependency()
    book_reports: providers.Provider[BookReports] = providers.Dependency()
    provider_accounts: providers.Provider[ProviderAccounts] = providers.Dependency()
    own_accounts: providers.Provider[OwnAccounts] = providers.Object(dict)
    """Empty until it is known which bots use the accounts."""

    billing = Ports.settings.provided.billing

    give_free_credits = providers.Singleton(
        GiveFreeCredits,
        ledger=ledger,
        clock=Ports.clock,
        once_units=billing.once_units,
        daily_units=billing.daily_units,
    )
    reserve_credits: providers.Provider[ReserveCredits | None] = providers.Singleton(
        reserve_credits, billing, give_free_credits.provider
    )
    check_purchase = providers.Singleton(CheckPurchase, prices=billing.prices, purchases=purchases, clock=Ports.clock)
    record_payment = providers.Singleton(
        RecordPayment,
        ledger=ledger,
        purchases=purchases,
        prices=billing.prices,
        clock=Ports.clock,
        metrics=Ports.metrics,
        referral_units=billing.referral_units,
    )
    enter_payment = providers.Singleton(EnterPayment, gateway=gateway, record=record_payment, audit=Ports.audit)
    refund = providers.Singleton(
        RefundPayment,
        ledger=ledger,
        purchases=purchases,
        gateway=gateway,
        clock=Ports.clock,
        metrics=Ports.metrics,
        audit=Ports.audit,
    )
    stop_subscription = providers.Singleton(StopSubscription, purchases=purchases, gateway=gateway, clock=Ports.clock)
    grant_credits = providers.Singleton(GrantCredits, ledger=ledger, clock=Ports.clock, audit=Ports.audit)
    correct_charge = providers.Singleton(
        CorrectCharge, ledger=ledger, generations=Ports.generations, clock=Ports.clock, audit=Ports.audit
    )
    save_promo = providers.Singleton(SavePromo, purchases, Ports.audit)
    redeem_promo = providers.Singleton(RedeemPromo, purchases=purchases, ledger=ledger, clock=Ports.clock)
    note_referral = providers.Singleton(
        NoteReferral,
        purchases=purchases,
        ledger=ledger,
        access=Ports.access,
        clock=Ports.clock,
        referral_units=billing.referral_units,
    )
    read_account = providers.Singleton(
        ReadAccount, ledger=ledger, purchases=purchases, give_free_credits=give_free_credits, clock=Ports.clock
    )
    read_books = providers.Singleton(ReadBooks, reports=book_reports, ledger=ledger, clock=Ports.clock)
    reconcile = providers.Singleton(
        Reconcile, ledger=ledger, purchases=purchases, reports=book_reports, gateway=gateway, clock=Ports.clock
    )
    compare_account = providers.Singleton(
        CompareAccount,
        own=own_accounts,
        accounts=provider_accounts,
        provider_of=Ports.accounts.provided.of,
        clock=Ports.clock,
    )
    keep_books = providers.Singleton(
        KeepBooks,
        finish_refunds=providers.Singleton(FinishRefunds, purchases, refund),
        stop_doubled=providers.Singleton(StopDoubledRenewals, purchases, gateway),
        end_lost_calls=providers.Singleton(EndLostCalls, calls=Ports.text_calls, clock=Ports.clock),
        reconcile=reconcile,
        compare_account=compare_account,
        reports=book_reports,
        clock=Ports.clock,
        metrics=Ports.metrics,
        is_on=billing.is_on,
    )
