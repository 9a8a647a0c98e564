"""The methods of the Bot API, by name in lower case: Telegram does not tell ``getMe`` from ``getme``."""

from collections.abc import Awaitable, Callable

from simulators.telegram.methods import account, chats, editing, inline, payments, queries, receiving, sending
from simulators.telegram.methods.call import MethodCall

Method = Callable[[MethodCall], Awaitable[object]]

_METHODS: dict[str, Method] = {
    "getMe": account.get_me,
    "logOut": chats.log_out,
    "close": chats.log_out,
    "setMyCommands": account.set_my_commands,
    "getMyCommands": account.get_my_commands,
    "deleteMyCommands": account.delete_my_commands,
    "setMyName": account.set_about,
    "getMyName": account.get_about,
    "setMyDescription": account.set_about,
    "getMyDescription": account.get_about,
    "setMyShortDescription": account.set_about,
    "getMyShortDescription": account.get_about,
    "setMyDefaultAdministratorRights": account.set_about,
    "setChatMenuButton": account.set_about,
    "getChatMenuButton": account.get_about,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendVideo": sending.send_video,
    "sendAudio": sending.send_audio,
    "sendVoice": sending.send_voice,
    "sendDocument": sending.send_document,
    "sendAnimation": sending.send_animation,
    "sendMediaGroup": sending.send_media_group,
    "copyMessage": sending.copy_message,
    "forwardMessage": sending.forward_message,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": inline.answer_inline_query,
    "sendInvoice": payments.send_invoice,
    "createInvoiceLink": payments.create_invoice_link,
    "answerPreCheckoutQuery": payments.answer_pre_checkout_query,
    "refundStarPayment": payments.refund_star_payment,
    "getStarTransactions": payments.get_star_transactions,
    "getMyStarBalance": payments.get_my_star_balance,
    "editUserStarSubscription": payments.edit_user_star_subscription,
    "getFile": chats.get_file,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "leaveChat": chats.leave_chat,
    "pinChatMessage": chats.pin_chat_message,
    "unpinChatMessage": chats.unpin_chat_message,
    "setMessageReaction": chats.set_message_reaction,
}

METHODS = {name.lower(): (name, method) for name, method in _METHODS.items()}

__all__ = ["METHODS", "Method", "MethodCall"]
