# What the bot says about the conversation itself.

tg-too-many = Сообщений пришло больше, чем я успеваю обработать. На последние я не ответил — пришлите ещё раз то, чего не хватает.
