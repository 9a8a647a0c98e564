# What the bot says about the conversation itself.

tg-too-many = You wrote faster than I can answer. I left out the messages after the first ones; please send again what is still missing.
tg-in-private = I sent it to our private chat.
tg-write-first = I can't write to you in private yet. Open my profile, press Start and try again.
tg-anonymous = I can't see who you are: you write as the group or as a channel. Write as yourself, and I can make things for you.
tg-request-code = Code of this request, should you ask the operator about it: <code>{ $id }</code>
tg-result-gone = This result is gone: neither Telegram, nor I, nor KIE have its file any more.
tg-result-later = This file can't be fetched right now. Try again in a minute.
