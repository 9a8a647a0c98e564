"""The studio and the Mini App: sessions, gallery and references, beside what all front ends share."""

from dependency_injector import providers

from adapters.ops_http.listener import descriptors_to_spare
from adapters.web import LocalLink, Services, SiteOptions
from adapters.web.desk import DeskUseCases
from adapters.web.services import BuyLink
from application.front_ends.library import LibraryUseCases
from application.operating.web_sessions import WebSessions
from application.ports.session_store import SessionStore
from application.results.use_gallery import UseGallery
from config.settings import Settings
from config.slices.front_ends import FrontEnds
from config.slices.operating import Operating
from config.slices.ports import Ports
from config.slices.programs import Programs


def site_options(settings: Settings) -> SiteOptions:
    """How the pages are reached, and what they check Telegram's signatures with."""
    link = settings.studio_link
    return SiteOptions(
        streams_at_most=descriptors_to_spare() // 2,
        is_secure=bool(settings.public_url and settings.public_url.startswith("https://")),
        local_links={} if link is None else {link[0]: LocalLink(token=link[0], user=link[1], name=link[2])},
    )


class Web(FrontEnds, Programs, Operating):
    """What the pages call."""

    web_sessions: providers.Provider[SessionStore] = providers.Dependency()
    buy_link: providers.Provider[BuyLink] = providers.Dependency()

    web_services = providers.Singleton(
        Services,
        bot_token=Ports.settings.provided.telegram_bot_token,
        texts=Ports.texts,
        clock=Ports.clock,
        catalog=Ports.catalog,
        media_store=Ports.media_store,
        sessions=providers.Singleton(WebSessions, store=web_sessions, ids=Ports.ids, clock=Ports.clock),
        api_keys=Programs.use_api_keys,
        models=FrontEnds.model_use_cases,
        wishes=FrontEnds.wish_use_cases,
        drafts=FrontEnds.draft_use_cases,
        generations=FrontEnds.generation_use_cases,
        library=providers.Singleton(
            LibraryUseCases,
            gallery=providers.Singleton(
                UseGallery,
                gallery=Programs.gallery,
                generations=Ports.generations,
                media=Ports.media_index,
                ids=Ports.ids,
                clock=Ports.clock,
            ),
            delete=Programs.delete_generation,
            references=Programs.use_references,
            receive_upload=Programs.receive_upload,
            keep_last_frame=Programs.keep_last_frame,
            open_media=Programs.open_media,
            media_usage=Programs.media_usage,
        ),
        people=FrontEnds.person_use_cases,
        billing=FrontEnds.billing_use_cases,
        buy_link=buy_link,
        desk=providers.Singleton(
            DeskUseCases,
            overview=Operating.read_overview,
            course=Operating.read_course,
            pause_model=Operating.pause_model,
            resume_model=Operating.resume_model,
        ),
    )
