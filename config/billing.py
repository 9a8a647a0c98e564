"""The object graph of money: who pays, with what, and what is in the books."""

from collections.abc import Callable, Mapping

from dependency_injector import containers, providers

from adapters.telegram.bot.billing.use_cases import BillingUseCases
from application.audit import Audit
from application.billing.check_purchase import CheckPurchase
from application.billing.compare_account import CompareAccount
from application.billing.end_lost_calls import EndLostCalls
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
from application.billing.stop_subscription import StopSubscription
from application.generating.bot_accounts import BotAccounts
from application.operating.keep_books import KeepBooks
from application.ports.book_reports import BookReports
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.ledger import Ledger
from application.ports.media_provider import MediaProvider
from application.ports.metrics import Metrics
from application.ports.payment_gateway import PaymentGateway
from application.ports.provider_accounts import ProviderAccounts
from application.ports.purchase_store import PurchaseStore
from application.ports.text_call_store import TextCallStore
from config.billing_settings import BillingSettings
from config.settings import Settings
from domain.bot import ProviderAccount
from domain.provider_account import AccountName

OwnAccounts = Callable[[], Mapping[AccountName, ProviderAccount]]


def reserve_credits(billing: BillingSettings, give_free_credits: GiveFreeCredits) -> ReserveCredits | None:
    """None while no one but the operator pays."""
    return ReserveCredits(prices=billing.prices, give_free_credits=give_free_credits) if billing.is_on else None


def unknown_accounts() -> Mapping[AccountName, ProviderAccount]:
    """Until it is known which bots use the accounts."""
    return {}


def provider_of(accounts: BotAccounts) -> Callable[[AccountName], MediaProvider]:
    """By the name that the bot gives to an account."""
    return accounts.of


class Billing(containers.DeclarativeContainer):
    """Use cases of money, over ports that come from outside."""

    settings = providers.Dependency(instance_of=Settings)
    ledger: providers.Provider[Ledger] = providers.Dependency()
    purchases: providers.Provider[PurchaseStore] = providers.Dependency()
    gateway: providers.Provider[PaymentGateway] = providers.Dependency()
    generations: providers.Provider[GenerationStore] = providers.Dependency()
    reports: providers.Provider[BookReports] = providers.Dependency()
    accounts: providers.Provider[BotAccounts] = providers.Dependency()
    provider_accounts: providers.Provider[ProviderAccounts] = providers.Dependency()
    own_accounts: providers.Provider[OwnAccounts] = providers.Object(unknown_accounts)
    text_calls: providers.Provider[TextCallStore] = providers.Dependency()
    audit: providers.Provider[Audit] = providers.Dependency()
    clock: providers.Provider[Clock] = providers.Dependency()
    metrics: providers.Provider[Metrics] = providers.Dependency()

    billing = settings.provided.billing
    prices = billing.prices

    give_free_credits = providers.Singleton(
        GiveFreeCredits, ledger=ledger, clock=clock, once_units=billing.once_units, daily_units=billing.daily_units
    )
    reserve_credits = providers.Singleton(reserve_credits, billing, give_free_credits)
    refund = providers.Singleton(
        RefundPayment, ledger=ledger, purchases=purchases, gateway=gateway, clock=clock, metrics=metrics, audit=audit
    )
    finish_refunds = providers.Singleton(FinishRefunds, purchases, refund)
    reconcile = providers.Singleton(
        Reconcile,
        ledger=ledger,
        purchases=purchases,
        reports=reports,
        gateway=gateway,
        clock=clock,
    )
    compare_account = providers.Singleton(
        CompareAccount,
        own=own_accounts,
        accounts=provider_accounts,
        provider_of=providers.Callable(provider_of, accounts),
        clock=clock,
    )
    keep_books = providers.Singleton(
        KeepBooks,
        finish_refunds=finish_refunds,
        end_lost_calls=providers.Singleton(EndLostCalls, calls=text_calls, clock=clock),
        reconcile=reconcile,
        compare_account=compare_account,
        reports=reports,
        clock=clock,
        metrics=metrics,
        is_on=billing.is_on,
    )
    stop_subscription = providers.Singleton(StopSubscription, purchases=purchases, gateway=gateway, clock=clock)
    read_account = providers.Singleton(
        ReadAccount, ledger=ledger, purchases=purchases, give_free_credits=give_free_credits, clock=clock
    )
    read_books = providers.Singleton(ReadBooks, reports=reports, ledger=ledger, clock=clock)
    use_cases = providers.Singleton(
        BillingUseCases,
        is_on=billing.is_on,
        prices=prices,
        contact=billing.contact,
        terms=billing.terms,
        privacy=billing.privacy,
        gateway=gateway,
        read_account=read_account,
        check_purchase=providers.Singleton(CheckPurchase, prices),
        record_payment=providers.Singleton(
            RecordPayment,
            ledger=ledger,
            purchases=purchases,
            prices=prices,
            clock=clock,
            metrics=metrics,
            referral_units=billing.referral_units,
        ),
        refund=refund,
        grant=providers.Singleton(GrantCredits, ledger=ledger, clock=clock, audit=audit),
        correct=providers.Singleton(CorrectCharge, ledger=ledger, generations=generations, clock=clock, audit=audit),
        save_promo=providers.Singleton(SavePromo, purchases, audit),
        redeem_promo=providers.Singleton(RedeemPromo, purchases=purchases, ledger=ledger, clock=clock),
        note_referral=providers.Singleton(
            NoteReferral, purchases=purchases, ledger=ledger, clock=clock, referral_units=billing.referral_units
        ),
        referral_units=billing.referral_units,
        stop_subscription=stop_subscription,
        purchases=purchases,
        read_books=read_books,
    )
