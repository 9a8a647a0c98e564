## Страницы владельца о деньгах.

tg-admin-to-spend = 💸 Расходы
tg-admin-spend =
    { $days ->
        [1] 💸 <b>Расходы</b> за последние 24 часа. За другой срок: <code>/admin spend 7</code>
       *[other] 💸 <b>Расходы</b> за последние дни: { $days }
    }
tg-admin-spend-people = <b>Люди</b>
tg-admin-spend-models = <b>Модели</b>
tg-admin-spend-none = пока ничего
tg-admin-spend-row =
    { $count ->
        [one] • { $name } (<code>{ $key }</code>): { $amount }, { $count } генерация
        [few] • { $name } (<code>{ $key }</code>): { $amount }, { $count } генерации
       *[other] • { $name } (<code>{ $key }</code>): { $amount }, { $count } генераций
    }

tg-admin-find-nothing = Генерации с кодом «{ $id }» нет, задачи KIE с таким номером — тоже; или она удалена.
tg-admin-find-usage = <code>/admin find ID</code>: код из сообщения о сбое или из журнала либо номер задачи в KIE
tg-admin-found = 🔎 <code>{ $id }</code>: { $state }
tg-admin-found-person = 👤 { $name } (<code>{ $key }</code>)
tg-admin-found-model = 🧩 { $title } (<code>{ $id }</code>)
tg-admin-found-money = 💰 кредитов отложено { $reserved }, списано { $charged }
tg-admin-found-time =
    { $moment ->
        [accepted] 🕒 принята { $at } UTC
        [submitted] 🕒 отправлена в KIE { $at } UTC
        [ended] 🕒 закончена в KIE { $at } UTC
       *[closed] 🕒 закрыта { $at } UTC
    }
tg-admin-found-task = Задача в KIE: <code>{ $task }</code>
tg-admin-found-failure = ⚠️ { $kind }; код KIE { $code }: { $message }
tg-admin-state =
    { $state ->
        [queued] в очереди
        [submitting] отправляется в KIE
        [running] выполняется
        [succeeded] готова, ещё не доставлена
        [failed] сбой, человек ещё не знает
        [delivering] доставляется
        [delivered] закрыта: человек получил ответ
        [undeliverable] закрыта: чат недоступен
        [cancelled] отменена
       *[unknown] неизвестно, началась ли
    }

tg-admin-limit =
    { $whose ->
        [own] 🧮 <code>{ $id }</code> может потратить { $amount } за 24 часа (личное ограничение). Снять: <code>/admin limit { $id } default</code>
       *[everyone] 🧮 <code>{ $id }</code> может потратить { $amount } за 24 часа (как у всех). Личное: <code>/admin limit { $id } 50</code>
    }
tg-admin-no-limit = сколько угодно кредитов
tg-admin-limit-usage = <code>/admin limit ID 50</code>: ID человека в Telegram и кредиты на 24 часа, или <code>none</code>, или <code>default</code>
tg-admin-filterless =
    { $count ->
        [0] У каждой предлагаемой модели картинок и видео есть фильтр содержания.
       *[other] Предлагаемые модели картинок и видео без фильтра содержания ({ $count }):
    }

tg-admin-to-audit = 📒 Кто что делал
tg-audit = 📒 <b>Действия админов</b>, последние сверху (UTC)
tg-audit-nothing = 📒 <b>Действия админов</b>: пока пусто.
tg-audit-terminal = терминал
tg-audit-action =
    { $action ->
        [block] блокировка
        [unblock] снятие блокировки
        [limit] дневное ограничение
        [invite] приглашение, на столько людей
        [pause] модель выключена
        [resume] модель включена
        [unsafe-add] слова внесены в список отклоняемых запросов
        [unsafe-remove] слова убраны из списка отклоняемых запросов
        [broadcast-prepare] рассылка подготовлена
        [broadcast-start] рассылка отправлена
        [broadcast-stop] рассылка остановлена
        [grant] начисление кредитов
        [correct] исправление списания
        [refund] возврат платежа
        [promo] промокод
        [export] выгрузка данных человека
        [forget] удаление данных человека
        [key-create] новый ключ API
        [key-revoke] отзыв ключа API
        [bot-put] бот добавлен или изменён
        [bot-remove] бот убран
        [bots-reseal] секреты ботов запечатаны заново
        [account-put] счёт KIE добавлен или получил другой ключ
        [account-pause] счёт KIE приостановлен
        [account-resume] счёт KIE снова работает
        [account-remove] счёт KIE убран
       *[other] { $action }
    }

tg-admin-to-bots = 🤖 Боты
tg-admin-bots =
    { $count ->
        [one] 🤖 <b>На этом сервере { $count } бот</b> (UTC)
        [few] 🤖 <b>На этом сервере { $count } бота</b> (UTC)
       *[other] 🤖 <b>На этом сервере { $count } ботов</b> (UTC)
    }
tg-admin-bot-led = ✅ <code>{ $bot }</code>: ведёт { $leader } с { $since }
tg-admin-bot-not-led = ⏳ <code>{ $bot }</code>: его пока никто не ведёт
tg-bot-fault-token_refused =    ⚠️ Telegram не принимает его токен с { $since }. Возьмите токен у @BotFather (/token), затем: <code>mediabot bots set { $bot } --token …</code>
tg-bot-fault-other_poller =    ⚠️ С { $since } его сообщения забирает другая программа. Остановите её или заведите для неё отдельного бота.
tg-bot-fault-hooked_elsewhere =    ⚠️ С { $since } его сообщения по вебхуку получает другой сервер. Уберите бота там или здесь.
tg-alarm-bot_stopped = 🔔 <b>Бот <code>{ $id }</code> не получает сообщений из Telegram</b>; остальные работают. Почему и что делать: <code>/admin bots</code>.
tg-alarm-name-bot_stopped = бот { $about } не получает сообщений из Telegram
