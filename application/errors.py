"""Errors of the use cases and of the ports. The kind says what may happen next: retry, refund, wording."""

from collections.abc import Sequence
from datetime import timedelta

from domain.errors import MediaBotError
from domain.failure import Failure
from domain.violation import Violation


class ApplicationError(MediaBotError):
    """Root of what use cases and ports raise."""


class InvalidInput(ApplicationError):
    """The wish can't be sent as it is; ``violations`` holds every fault at once."""

    code = "invalid_input"

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(f"{len(violations)} violations")
        self.violations = tuple(violations)


class LimitReached(ApplicationError):
    """A limit refuses it. ``limit`` names it.

    The user's own: ``in_flight``, ``per_day``, ``credits_per_day``, ``presets``, ``media_bytes``, ``references``, ``keys``,
    ``streams``; the group's:
    ``group_per_day``, ``group_credits_per_day``; an API key's: ``key_credits_per_day``.

    ``room_in``: after this time there is room for what was refused, if nothing else is asked for meanwhile; None: not known.
    ``fits`` is False for what costs more than the limit by itself.
    """

    code = "limit_reached"

    def __init__(self, limit: str, allowed: float, *, room_in: timedelta | None = None, fits: bool = True) -> None:
        super().__init__(f"{limit} is {allowed}")
        self.limit = limit
        self.allowed = allowed
        self.room_in = room_in
        self.fits = fits


class InsufficientCredits(ApplicationError):
    """The person has less than it costs. Both in units, thousandths of a credit; nothing was written."""

    code = "insufficient_credits"

    def __init__(self, balance_units: int, cost_units: int) -> None:
        super().__init__(f"has {balance_units}, costs {cost_units}")
        self.balance_units = balance_units
        self.cost_units = cost_units


class PriceUnknown(ApplicationError):
    """No one knows what it would cost, so no one can agree to pay for it; nothing was written."""

    code = "price_unknown"


class PaymentNotFound(ApplicationError):
    """The books have no payment of that name."""

    code = "payment_not_found"


class PaymentInUse(ApplicationError):
    """Part of the payment is held back for a generation under way: what it costs is not known yet. Later."""

    code = "payment_in_use"


class PaymentRefused(ApplicationError):
    """The payment gateway will not do it, now and later. The text is the gateway's own."""

    code = "payment_refused"


class GatewayUnavailable(ApplicationError):
    """The payment gateway gave no readable answer: it may have been done. Asking again is safe."""

    code = "gateway_unavailable"


class PromoRefused(ApplicationError):
    """There is no such promo code, or it is used up or over, or this person has used it."""

    code = "promo_refused"


class AlreadySubscribed(ApplicationError):
    """The person has the monthly package that they are about to pay for, and it is renewed by itself."""

    code = "already_subscribed"


class PackageChanged(ApplicationError):
    """The package is not sold any more, or not at that price. Nothing was paid."""

    code = "package_changed"


class ModelPaused(ApplicationError):
    """The operator has switched the model off for new wishes; ``reason`` is what to tell, as a ``ModelPause`` has it."""

    code = "model_paused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason or "no reason given")
        self.reason = reason


class RequestDeclined(ApplicationError):
    """The operator does not want such things to be made; nothing was written."""

    code = "request_declined"


class GenerationNotFound(ApplicationError):
    """No such generation, or it is someone else's."""

    code = "generation_not_found"


class NotCancellable(ApplicationError):
    """The wish has left the queue: it may cost already, and nothing can take it back."""

    code = "not_cancellable"


class PresetNotFound(ApplicationError):
    """No such preset, or it is someone else's, or its link does not work any more."""

    code = "preset_not_found"


class RequestKeyReused(ApplicationError):
    """The key names another request, which became ``generation``; nothing was started."""

    code = "request_key_reused"

    def __init__(self, generation: str) -> None:
        super().__init__(f"the key names the request of {generation}")
        self.generation = generation


class PresetNameTaken(ApplicationError):
    """The owner has another preset of this name."""

    code = "preset_name_taken"


class EditRefused(ApplicationError):
    """The draft can't be changed so: its model has no such parameter or item, or nothing takes what is added."""

    code = "edit_refused"


class ModelGone(ApplicationError):
    """The registry has no such model any more."""

    code = "model_gone"


class StaleGeneration(ApplicationError):
    """Someone else changed the row since it was read. Read again, then decide again."""

    code = "stale_generation"


class NotLeader(ApplicationError):
    """The write carried the epoch of a leadership that is over. Nothing was changed; stop acting."""

    code = "not_leader"


class StoreUnavailable(ApplicationError):
    """The store did not answer. A write may or may not have happened: read before repeating it."""

    code = "store_unavailable"


class StoreUnusable(ApplicationError):
    """The store refuses us until a person changes something. The message is one sentence that says what.

    ``in_address``: the fault is in the address that was configured, so the same process will never succeed.
    """

    code = "store_unusable"

    def __init__(self, advice: str, *, in_address: bool = False) -> None:
        super().__init__(advice)
        self.in_address = in_address


class LeadershipUnusable(ApplicationError):
    """The lock can't be used as configured (pooler, read-only replica, old server). The message says what to set instead."""

    code = "leadership_unusable"


class ProviderError(ApplicationError):
    """Root of a provider's answers that are not a result."""


class ProviderRejected(ProviderError):
    """Nothing started, and the same request will be rejected again. ``failure`` is what to tell."""

    code = "provider_rejected"

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.kind} (code {failure.provider_code})")
        self.failure = failure


class ProviderUnavailable(ProviderError):
    """Nothing started; a later retry is safe. ``retry_after_s`` is a hint in seconds, None where there is none."""

    code = "provider_unavailable"

    def __init__(self, reason: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s


class ProviderOutcomeUnknown(ProviderError):
    """The request left and no readable answer came: it may have started. Never send it again by itself."""

    code = "provider_outcome_unknown"


class AssistanceUnavailable(ApplicationError):
    """No chat model gave an answer that can be used, or there is none. Nothing was paid; go on without."""

    code = "assistance_unavailable"


class ResultGone(ApplicationError):
    """The URL of a result answers, and says there is nothing (404, 410 …)."""

    code = "result_gone"


class ResultRefused(ApplicationError):
    """We will not fetch it: a private host, another scheme, a redirect to one, or larger than the limit."""

    code = "result_refused"


class ResultTooLarge(ResultRefused):
    """The file is larger than the limit given."""

    code = "result_too_large"


class ResultUnavailable(ApplicationError):
    """The file could not be read this time; a later try may succeed."""

    code = "result_unavailable"


class AttachmentLost(ApplicationError):
    """The front end no longer has (or will not give) the file a person sent."""

    code = "attachment_lost"


class LinkUnreachable(AttachmentLost):
    """The file behind a person's link can't be fetched, and what it would cost depends on it."""


class AttachmentEmpty(ApplicationError):
    """The file that a person sent has no bytes."""

    code = "attachment_empty"


class MediaNotFitted(ApplicationError):
    """A file could not be converted to what the model takes."""

    code = "media_not_fitted"


class AttachmentUnavailable(ApplicationError):
    """The front end did not give the file this time; a later try may succeed."""

    code = "attachment_unavailable"


class DestinationGone(ApplicationError):
    """The chat can't be reached any more: blocked, deleted, kicked. Do not try again."""

    code = "destination_gone"


class MessengerUnavailable(ApplicationError):
    """The message was certainly not delivered; try again after ``retry_after_s`` seconds (None: our own back-off)."""

    code = "messenger_unavailable"

    def __init__(self, reason: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s


class MessageRefused(ApplicationError):
    """The front end does not take the message in this form (too long, a picture it has no more), for any recipient."""

    code = "message_refused"


class DeliveryOutcomeUnknown(ApplicationError):
    """The send left and no answer came: the message may be in the chat. The next send may be the second."""

    code = "delivery_outcome_unknown"


class MediaGone(ApplicationError):
    """No such file is kept here (any more), or it is another person's."""

    code = "media_gone"


class MediaUnavailable(ApplicationError):
    """The place where files are kept did not answer this time; a later try may succeed."""

    code = "media_unavailable"


class UploadRefused(ApplicationError):
    """A file that is not taken. ``reason``: ``empty``, ``too_large``, ``wrong_kind``, ``too_many_pixels`` or ``no_picture``."""

    code = "upload_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotSignedIn(ApplicationError):
    """No one is signed in with this, or the proof of who someone is does not hold."""

    code = "not_signed_in"


class DraftNotFound(ApplicationError):
    """No such draft (any more), or it is another person's."""

    code = "draft_not_found"


class NotAuthenticated(ApplicationError):
    """No valid key was shown."""

    code = "not_authenticated"


class NotServed(ApplicationError):
    """The key is valid, and its person is blocked or not let in (any more)."""

    code = "not_served"


class CostsMore(ApplicationError):
    """It may cost more than was agreed. ``most`` is the most it can cost in credits, None where no bound is known."""

    code = "costs_more"

    def __init__(self, most: float | None, agreed: float) -> None:
        super().__init__(f"may cost {most}, agreed {agreed}")
        self.most = most
        self.agreed = agreed


class SecretsUnreadable(ApplicationError):
    """A sealed secret can't be opened: ``SECRETS_KEY`` is missing, or is another one. The message is for the operator."""

    code = "secrets_unreadable"


class KeyNotFound(ApplicationError):
    """No such API key, or it is another person's."""

    code = "key_not_found"


class ReferenceNotFound(ApplicationError):
    """No such reference set, or it is another person's."""

    code = "reference_not_found"


class CharacterRefused(ApplicationError):
    """The provider does not take the pictures or the name of a character."""

    code = "character_refused"


class PersonNotFound(ApplicationError):
    """Nothing is known of such a person."""

    code = "person_not_found"


class ForgetRefused(ApplicationError):
    """A person can't be forgotten now. ``reason``: ``refund`` (``ForgetPerson``), and where they ask themselves ``today``,
    ``limited`` or ``subscribed`` (``ForgetMyself``)."""

    code = "forget_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StillRunning(ApplicationError):
    """Generations of the person are not at their end. The message says how many."""

    code = "still_running"

    def __init__(self, count: int) -> None:
        words = "1 generation is not finished yet; try again when it is"
        if count != 1:
            words = f"{count} generations are not finished yet; try again when they are"
        super().__init__(words)
        self.count = count


class AccountInUse(ApplicationError):
    """Tasks or questions are under way on an account at the provider. The message says how many credits they can cost at most."""

    code = "account_in_use"

    def __init__(self, credits_: float) -> None:
        super().__init__(f"tasks of up to {credits_:g} credits are under way on it")
        self.credits = credits_
