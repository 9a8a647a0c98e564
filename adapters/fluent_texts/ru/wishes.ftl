cli-read-batch = Запросы подаются строками JSON на стандартный ввод: добавьте --batch.
cli-read-not-json = Эта строка — не JSON.
cli-read-not-object = Запрос — это объект JSON с полями "text", "attachments" и "reply_to".
cli-read-text = В поле "text" должен быть текст.
cli-read-attachments = В поле "attachments" должен быть список.
cli-read-kind = Поле "{ $name }" принимает: { $kinds }.
