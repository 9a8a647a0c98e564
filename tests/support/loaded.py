"""What every instance reads and builds when it starts, done by the fork server before it forks: seconds of work, hundreds of times."""

import gc

from aiogram import methods, types

from adapters.fluent_texts import load_texts
from adapters.telegram.api.message_types import build_messages
from config.packaged import packaged_catalog, packaged_vocabulary
from config.wishes import local_reader

build_messages()
for method in (
    methods.AnswerCallbackQuery,
    methods.EditMessageMedia,
    methods.EditMessageReplyMarkup,
    methods.EditMessageText,
    methods.GetMe,
    methods.GetWebhookInfo,
    methods.SendAudio,
    methods.SendDocument,
    methods.SendMediaGroup,
    methods.SendMessage,
    methods.SendPhoto,
    methods.SendVideo,
    methods.SetMyCommands,
):
    method.model_rebuild()
    methods.Response[method.__returning__]  # type: ignore[name-defined]  # it is built when it is named
types.Update.model_rebuild()
load_texts()
packaged_vocabulary()
local_reader(packaged_catalog())

gc.freeze()  # as the service does: what is shared is not looked through in each of them
