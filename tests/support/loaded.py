"""What every instance reads and builds when it starts, done by the fork server before it forks: seconds of work, hundreds of times."""

import gc
import time

from aiogram import methods, types
from aiohttp import web

from adapters.api_http import Api
from adapters.fluent_texts import load_texts
from adapters.telegram.api.message_types import build_messages
from adapters.telegram.api.session import trusted
from adapters.web import SiteOptions, build_site
from config.packaged import packaged_catalog, packaged_vocabulary
from config.wishes import local_reader

build_messages()
for name in methods.__all__:
    if name not in {"Request", "Response", "TelegramMethod"}:
        methods.Response[getattr(methods, name).__returning__]  # type: ignore[misc]  # it is built when it is named
for method in (
    methods.EditMessageMedia,
    methods.EditMessageReplyMarkup,
    methods.EditMessageText,
    methods.SendAudio,
    methods.SendDocument,
    methods.SendMediaGroup,
    methods.SendMessage,
    methods.SendPhoto,
    methods.SendVideo,
):
    method.model_rebuild()
types.Update.model_rebuild()
trusted()
# Each route is a regular expression, and `re` keeps those it has read.
web.Application().add_routes([*build_site(SiteOptions(), time.monotonic).routes, *Api().routes()])
load_texts()
packaged_vocabulary()
local_reader(packaged_catalog())

gc.freeze()  # as the service does: what is shared is not looked through in each of them
