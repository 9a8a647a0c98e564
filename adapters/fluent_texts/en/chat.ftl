# What the bot says about the conversation itself.

tg-too-many = You wrote faster than I can answer. I left out the messages after the first ones; please send again what is still missing.
