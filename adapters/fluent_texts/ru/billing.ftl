# Кредиты, платежи и цены.

failure-insufficient_credits =
    У вас { $balance ->
        [one] { NUMBER($balance, useGrouping: 0) } кредит
        [few] { NUMBER($balance, useGrouping: 0) } кредита
        [many] { NUMBER($balance, useGrouping: 0) } кредитов
       *[other] { NUMBER($balance, useGrouping: 0) } кредита
    }, а нужно { NUMBER($cost, useGrouping: 0) }. Ничего не списано. Пополните счёт: /buy.
failure-price_unknown = Пока неизвестно, сколько это стоит, поэтому продать это нельзя. Ничего не списано. Выберите другую модель.

tg-credits =
    { $amount ->
        [one] { NUMBER($amount, useGrouping: 0) } кредит
        [few] { NUMBER($amount, useGrouping: 0) } кредита
        [many] { NUMBER($amount, useGrouping: 0) } кредитов
       *[other] { NUMBER($amount, useGrouping: 0) } кредита
    }
tg-amount = { NUMBER($amount, useGrouping: 0) }
tg-operator = владельцу этого бота

tg-command-balance = Ваши кредиты и на что они ушли
tg-command-buy = Купить кредиты
tg-command-paysupport = Помощь с платежом
tg-command-terms = Условия продажи

tg-balance = 💳 У вас <b>{ $credits }</b>.
tg-balance-held = ⏳ Зарезервировано на то, что сейчас в работе: { $credits }.
tg-entries = <b>Последние операции</b> (UTC)
tg-entries-older = Более ранние
tg-top-up = 💳 Пополнить
tg-to-balance = 💳 Мои кредиты
tg-line-payment = покупка за { $stars } ⭐
tg-line-grant-welcome = приветственный подарок
tg-line-grant-daily = бесплатные кредиты на день
tg-line-grant-promo = промокод
tg-line-grant-referral = бонус за приглашённого
tg-line-grant-operator = от владельца
tg-line-charge = { $model }
tg-line-held = зарезервировано: { $model }
tg-line-returned = возвращено, результата нет: { $model }
tg-line-refund = возврат платежа, { $stars } ⭐
tg-line-correction = корректировка владельцем
tg-line-chat-model = помощь чат-модели
tg-line-model-gone = удалённая работа

tg-buy = 💳 У вас <b>{ $credits }</b>. Сколько купить?
tg-buy-first = Оплачивая, вы принимаете условия (/terms) и политику конфиденциальности (/privacy). Кредитами оплачиваются картинки, видео, звук и текст, которые делает бот. Если результата нет, ничего не списывается. Вопросы об оплате: /paysupport
tg-package =
    { $bonus ->
        [0] { $credits } · { $stars } ⭐
       *[other] { $credits } (+{ $bonus } в подарок) · { $stars } ⭐
    }
tg-package-monthly = Каждый месяц: { $credits } · { $stars } ⭐
tg-package-gone = Этот пакет больше не продаётся. Что есть сейчас: /buy
tg-subscribe = 🔁 Раз в месяц, пока вы не остановите это в /balance или в настройках Telegram. Кнопка ведёт к оплате:
tg-invoice = { $credits } за { $stars } ⭐, один раз. Они не сгорают.
tg-invoice-monthly = { $credits } за { $stars } ⭐ каждые 30 дней, пока вы не остановите.
failure-gateway_unavailable = Telegram сейчас не отвечает. Ничего не оплачено. Попробуйте через минуту.

tg-checkout-later = Сейчас принять платёж нельзя. Ничего не оплачено. Попробуйте через несколько минут.
tg-checkout-refused = Этот платёж принять нельзя. Ничего не оплачено.
tg-checkout-closed = Сейчас кредиты здесь не продаются. Ничего не оплачено.
failure-already_subscribed = { tg-subscription-there }
failure-package_changed = Это предложение изменилось. Ничего не оплачено. Что есть сейчас: /buy
tg-paid =
    ✅ Спасибо! Вы получили <b>{ $credits }</b> за { $stars } ⭐.
    Квитанция: <code>{ $charge }</code>

tg-paid-otherwise =
    ⚠️ Пришёл платёж не в звёздах Telegram, поэтому кредиты за него не начислены. Обратитесь к { $contact } и пришлите эту квитанцию:
    <code>{ $charge }</code>

tg-subscription = 🔁 Пакет на месяц, оплачен до { $date }, затем продлится.
tg-subscription-ends = 🔁 Пакет на месяц, оплачен до { $date }, не продлевается.
tg-subscription-stop = ✖ Не продлевать пакет
tg-subscription-renew = 🔁 Снова продлевать пакет
tg-subscription-stopped = Остановлено. Оплаченное остаётся вашим, больше ничего не спишется.
tg-subscription-renewed = Пакет на месяц снова продлевается.
tg-subscription-there = Этот пакет у вас уже есть, он продлевается сам. Подробности: /balance
tg-subscription-gone = Такой подписки больше нет.

tg-promo-usage = Напишите код после команды: <code>/promo КОД</code>
tg-promo-given = 🎁 Вы получили <b>{ $credits }</b>.
failure-promo_refused = Этот код не действует: он неизвестен, истёк, закончился или вы его уже использовали.
tg-referral = 🤝 Ваша ссылка: { $link }
    Когда пришедший по ней человек впервые заплатит, вы получите <b>{ $credits }</b>.
tg-referral-off = Здесь нет бонуса за приглашения.

tg-paysupport =
    <b>Помощь с платежом</b>
    Напишите { $contact } и пришлите квитанцию (она в сообщении с благодарностью). Все платежи видны в /balance. Если результата нет, ничего не списывается; платёж можно вернуть целиком, пока его кредиты не потрачены.
tg-terms =
    <b>Условия продажи</b>
    1. Кредитами оплачиваются картинки, видео, звук и текст, которые делает этот бот. Больше нигде их использовать нельзя.
    2. Цена показана до запуска. Больше показанного не спишется никогда.
    3. Если результата нет, ничего не списывается.
    4. Кредиты не сгорают. Платёж, кредиты которого не потрачены, можно вернуть: /paysupport.
    5. Вы отвечаете за то, что просите, и за то, что делаете с результатом.
    С вопросами о продаже обращайтесь к { $contact }. Telegram только проводит платёж.

tg-admin-refund-usage = Нужна квитанция платежа: <code>/admin refund КВИТАНЦИЯ</code>
tg-admin-refund-payment_not_found = В учёте нет платежа <code>{ $charge }</code>, или его плательщик удалён.
tg-admin-refund-payment_in_use = Часть его отложена на работу, которая ещё идёт. Повторите, когда она закончится.
tg-admin-refund-gateway_unavailable = Telegram не отвечает. Кредиты остались, где были; повторите позже.
tg-admin-refund-given_back = ✅ { $stars } ⭐ возвращены пользователю { $user }.
tg-admin-refund-asked = ⏳ Кредиты списаны. Telegram ещё не ответил; запрос повторится, пока он не ответит.
tg-admin-refund-refused = ✖ Telegram отказывается вернуть этот платёж. Кредиты снова у { $user }. Та же команда спросит Telegram ещё раз.
tg-admin-refund-borne = Уже потрачено: { $credits }. Это ваш расход.
tg-admin-grant-usage = Нужны человек и сумма: <code>/admin grant 123456789 50</code>
tg-admin-granted = 🎁 У { $user } теперь { $credits }.
tg-admin-promo-usage = Нужны код (3–32 знака A–Z, 0–9, _ и -), кредиты и число применений: <code>/admin promo SUMMER 25 100</code>
tg-admin-promo = 🎟 <code>{ $code }</code>: по { $credits }, применений: { $uses }. Ссылка: <code>?start=c-{ $code }</code>
tg-admin-payment-usage = Нужен номер платежа в Telegram, как его называет сверка: <code>/admin payment stxAbc…</code>
tg-admin-payment-unknown = В Telegram нет платежа <code>{ $charge }</code>.
tg-admin-payment = ✅ Платёж <code>{ $charge }</code> есть в учёте: { $credits } для { $user }.
tg-admin-correct-usage = Нужны работа и то, сколько за неё взял KIE: <code>/admin correct abc123 12.5</code>
tg-admin-correct-unknown = Такой работы нет, или за неё никто не платил.
tg-admin-correct-running = Она ещё идёт. Сколько она стоит, решится в конце; исправлять можно после этого.
tg-admin-correct-too-little = У человека столько нет.
tg-admin-correct-right = { $id } посчитана верно.
tg-admin-corrected = ✅ { $id } исправлена на { $credits }.

tg-command-privacy = Что о вас хранится
tg-privacy =
    <b>Конфиденциальность</b>
    Чтобы отвечать, бот хранит ваш ID в Telegram, имя, язык, ваши запросы и их результаты.
    Запросы и присланные файлы передаются сервису KIE.ai, который делает результат, и больше никому.
    Результаты в KIE удаляются примерно через две недели. Каждый из своих вы можете удалить в /history.
    Кнопки пришлют всё, что о вас хранится, или сотрут это. Вопросы: { $contact }.
tg-privacy-to-export = 📦 Прислать мои данные
tg-privacy-to-forget = 🗑 Удалить мои данные
tg-privacy-to-erase = 🗑 Стереть всё
tg-privacy-sure = <b>Стереть всё?</b> Результаты, пресеты, файлы, ключи и настройки исчезнут навсегда — и здесь, и в студии. Сообщения в этом чате останутся: удалите их сами.
tg-privacy-credits = Оставшиеся кредиты сгорят.
tg-privacy-erased = 🗑 Всё о вас стёрто. Если напишете снова, начнём с чистого листа.
tg-privacy-too-large =
    { $studio ->
        [yes] Архив больше 50 МБ, а больше Telegram от бота не принимает. Его можно скачать в студии, на странице аккаунта.
       *[no] Архив больше 50 МБ, а больше Telegram от бота не принимает. Попросите оператора прислать его.
    }
tg-privacy-money = Сведения о платежах и о том, на что они ушли, хранятся столько, сколько требует закон.

failure-payment_not_found = Такого платежа в учёте нет. Ничего не изменено.
failure-payment_in_use = Часть этого платежа отложена на работу, которая ещё идёт. Повторите, когда она закончится.
failure-payment_refused = Платёжная служба отказывает в этом. Ничего не изменено.

tg-alarm-books = 🔔 <b>Учёт не сходится</b>: <code>{ $id }</code>. Ничего не изменено. Все расхождения покажет <code>mediabot reconcile</code>.
tg-alarm-name-books = учёт не сходится: { $about }
tg-alarm-overrun = 🔔 <b>{ $about }: списано больше обещанного</b>. За сутки KIE взял на { NUMBER($figure, useGrouping: 0) } кредитов больше предела. Это ваш расход; проверьте цену модели.
tg-alarm-name-overrun = { $about } стоит больше обещанного

tg-admin-to-books = 💳 Деньги
tg-books = 💳 <b>Деньги</b>. У людей кредитов: { NUMBER($balances, useGrouping: 0) }; зарезервировано ещё { NUMBER($held, useGrouping: 0) }.
tg-books-days = 📅 По дням (UTC): звёзды · продано, подарено, потрачено · взял KIE · маржа
tg-books-day = { "   " }{ $day }: { $stars } ⭐ · { $sold }, { $given }, { $spent } · { $cost } · <b>{ $margin }</b>
tg-books-models = 🧩 По моделям за 7 дней: раз · заплачено · взял KIE · маржа
tg-books-model = { "   " }{ $model }: { $count } · { $spent } · { $cost } · <b>{ $margin }</b>
tg-books-usage =
    Все записи таблицей: <code>/admin books csv</code>. Ещё: <code>/admin refund</code>, <code>/admin payment</code>, <code>/admin grant</code>, <code>/admin promo</code>, <code>/admin correct</code>.
