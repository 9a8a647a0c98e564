"""The studio and the Mini App: sessions, gallery and references, beside what all front ends share."""

from dependency_injector import providers

from adapters.ops_http.listener import descriptors_to_spare
from adapters.web import LocalLink, Services, SiteOptions
from adapters.web.services import BuyLink
from application.operating.web_sessions import WebSessions
from application.ports.gallery import Gallery
from application.ports.reference_store import ReferenceStore
from application.ports.session_store import SessionStore
from application.results.use_gallery import UseGallery
from application.results.use_references import UseReferences
from config.settings import Settings
from config.slices.operating import Operating
from config.slices.ports import Ports
from config.slices.programs import Programs


def site_options(settings: Settings) -> SiteOptions:
    """How the pages are reached, and what they check Telegram's signatures with."""
    link = settings.studio_link
    return SiteOptions(
        bot_token=settings.telegram_bot_token or "",
        streams_at_most=descriptors_to_spare() // 2,
        is_secure=bool(settings.public_url and settings.public_url.startswith("https://")),
        local_links={} if link is None else {link[0]: LocalLink(token=link[0], user=link[1], name=link[2])},
    )


class Web(Programs, Operating):
    """What the pages call."""

    web_sessions: providers.Provider[SessionStore] = providers.Dependency()
    references: providers.Provider[ReferenceStore] = providers.Dependency()
    gallery: providers.Provider[Gallery] = providers.Dependency()
    buy_link: providers.Provider[BuyLink] = providers.Dependency()

    web_services = providers.Singleton(
        Services,
        texts=Ports.texts,
        clock=Ports.clock,
        catalog=Ports.catalog,
        media_store=Ports.media_store,
        sessions=providers.Singleton(WebSessions, store=web_sessions, ids=Ports.ids, clock=Ports.clock),
        api_keys=Programs.use_api_keys,
        authorize=Programs.authorize_user,
        read_preferences=Programs.read_preferences,
        change_preferences=Programs.change_preferences,
        find_models=Programs.find_models,
        browse_models=Programs.browse_models,
        describe_model=Programs.describe_model,
        offer_models=Programs.offer_models,
        list_offer=Programs.list_offer,
        templates=Programs.use_templates,
        start_draft=Programs.start_draft,
        open_draft=Programs.open_draft,
        edit_draft=Programs.edit_draft,
        adopt_files=Programs.adopt_files,
        quote_draft=Programs.quote_draft,
        run_draft=Programs.run_draft,
        presets=Programs.use_presets,
        repeat=Programs.repeat_generation,
        cancel=Programs.cancel_generation,
        stop_waiting=Programs.stop_waiting,
        watch=Programs.watch_generations,
        gallery=providers.Singleton(
            UseGallery,
            gallery=gallery,
            generations=Ports.generations,
            media=Ports.media_index,
            ids=Ports.ids,
            clock=Ports.clock,
        ),
        next_steps=Programs.next_steps,
        keep_upload=Programs.keep_upload,
        open_media=Programs.open_media,
        media_usage=Programs.media_usage,
        open_result=Programs.open_result,
        overview=Operating.read_overview,
        spending=Programs.read_spending,
        pause_model=Operating.pause_model,
        resume_model=Operating.resume_model,
        read_account=Programs.read_account,
        read_books=Programs.read_books,
        refund=Programs.refund,
        is_selling=Programs.billing.is_on,
        buy_link=buy_link,
        allowance=Programs.read_allowance,
        export_person=Programs.export_person,
        forget_myself=Programs.forget_myself,
        limits=Programs.limit_person,
        block=Programs.block,
        unblock=Programs.unblock,
        notices=Programs.notices,
        people=Programs.read_people,
        course=Operating.read_course,
        find_generation=Programs.find_generation,
        quote_price=Programs.quote_price,
        run_several=Programs.run_several,
        references=providers.Singleton(
            UseReferences,
            store=references,
            open=Programs.open_media,
            media=Ports.media_store,
            provider=Ports.media_provider,
            characters=Ports.media_provider,
            ids=Ports.ids,
            clock=Ports.clock,
        ),
        improve_prompt=Programs.improve_prompt,
        send_to_chat=Programs.send_to_chat,
    )
