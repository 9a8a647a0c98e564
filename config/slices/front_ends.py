"""What front ends for people are given: the use cases of a subject in one object."""

from dependency_injector import providers

from application.front_ends.billing import BillingUseCases
from application.front_ends.drafts import DraftUseCases
from application.front_ends.generations import GenerationUseCases
from application.front_ends.models import ModelUseCases
from application.front_ends.people import PersonUseCases
from application.front_ends.wishes import WishUseCases
from application.results.choose_characters import ChooseCharacters
from application.results.keep_character import KeepCharacter
from config.slices.people import People
from config.slices.wishes import Wishes


class FrontEnds(Wishes, People):
    """The same objects for the chat and the pages."""

    model_use_cases = providers.Singleton(
        ModelUseCases,
        find=Wishes.find_models,
        name=Wishes.name_model,
        browse=Wishes.browse_models,
        describe=Wishes.describe_model,
        notices=Wishes.notices,
        validate=Wishes.validate_input,
        price=Wishes.person_price,
    )
    wish_use_cases = providers.Singleton(
        WishUseCases,
        place=Wishes.place_message,
        last_result=Wishes.find_last_result,
        offer=Wishes.offer_models,
        list=Wishes.list_offer,
        ready=Wishes.choose_ready,
        templates=Wishes.use_templates,
        prices=Wishes.price_examples,
        improve=Wishes.improve_prompt,
        look=Wishes.look_and_listen,
        help=Wishes.read_with_help,
    )
    keep_character = providers.Singleton(KeepCharacter, keep=Wishes.keep_attachment, references=Wishes.use_references)
    choose_characters = providers.Singleton(ChooseCharacters, references=Wishes.use_references, edit=Wishes.edit_draft)
    draft_use_cases = providers.Singleton(
        DraftUseCases,
        start=Wishes.start_draft,
        open=Wishes.open_draft,
        edit=Wishes.edit_draft,
        adopt_files=Wishes.adopt_files,
        characters=choose_characters,
        improve=Wishes.improve_prompt,
        quote=Wishes.quote_draft,
        quote_input=Wishes.quote_input,
        run=Wishes.run_draft,
        run_at_once=Wishes.run_at_once,
        run_several=Wishes.run_several,
        repeat=Wishes.repeat_generation,
        fill_as_last_time=Wishes.fill_as_last_time,
        continue_task=Wishes.continue_task,
        history=Wishes.history_reader,
        presets=Wishes.use_presets,
        read_credits=Wishes.read_credits,
    )
    generation_use_cases = providers.Singleton(
        GenerationUseCases,
        cancel=Wishes.cancel_generation,
        cancel_newest=Wishes.cancel_newest,
        stop_waiting=Wishes.stop_waiting,
        watch=Wishes.watch_generations,
        open_result=Wishes.open_result,
        send_to_chat=Wishes.send_to_chat,
        next_steps=Wishes.next_steps,
    )
    person_use_cases = providers.Singleton(
        PersonUseCases,
        authorize=People.authorize_user,
        accept_invite=People.accept_invite,
        read_preferences=Wishes.read_preferences,
        change_preferences=Wishes.change_preferences,
        allowance=People.read_allowance,
        limits=People.limit_person,
        block=People.block,
        unblock=People.unblock,
        list=People.read_people,
        spending=People.read_spending,
        find_generation=People.find_generation,
        export=People.export_person,
        forget_myself=People.forget_myself,
    )
    billing_use_cases = providers.Singleton(
        BillingUseCases,
        is_on=People.billing.is_on,
        prices=People.billing.prices,
        contact=People.billing.contact,
        terms=People.billing.terms,
        privacy=People.billing.privacy,
        referral_units=People.billing.referral_units,
        gateway=People.gateway,
        purchases=People.purchases,
        read_account=People.read_account,
        check_purchase=People.check_purchase,
        record_payment=People.record_payment,
        enter_payment=People.enter_payment,
        refund=People.refund,
        grant=People.grant_credits,
        correct=People.correct_charge,
        save_promo=People.save_promo,
        redeem_promo=People.redeem_promo,
        note_referral=People.note_referral,
        stop_subscription=People.stop_subscription,
        read_books=People.read_books,
    )
