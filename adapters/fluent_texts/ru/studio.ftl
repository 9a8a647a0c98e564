# Страницы студии. Простой текст: разметку экранируют шаблоны.
studio-title = Студия
studio-skip = Перейти к содержанию
studio-nav = Страницы
studio-nav-create = Создать
studio-nav-library = Галерея
studio-nav-models = Модели
studio-nav-presets = Пресеты
studio-nav-account = Профиль
studio-nav-desk = Оператор

studio-hello = Что создадим?
studio-wish-label = Ваша идея
studio-wish-placeholder = Опишите картинку, видео, песню или голос. Добавьте файлы, чтобы изменить или оживить их.
studio-files = Файлы
studio-attach = Файлы
studio-remove-file = Убрать { $name }
studio-to-chat = Прислать и в Telegram
studio-show-models = Подобрать
studio-drop-here = Отпустите файлы здесь
studio-ideas = Идеи

studio-offers = Можно запускать
studio-missing-task = Сегодня этого не делает ни одна модель: { $task }.
studio-no-offers = Подходящей модели нет. Опишите иначе или выберите в разделе «Модели».
studio-which = Что это будет?
studio-talk = Опишите, что хотите увидеть или услышать. Цена видна до запуска.
studio-lacks =
    { $kind ->
        [image] Сначала добавьте картинку.
        [video] Сначала добавьте видео.
       *[other] Сначала добавьте звук.
    }
studio-mark-best = Лучшая
studio-mark-fast = Быстрая
studio-mark-cheap = Дешёвая
studio-run-for = Запустить · { $price }
studio-side-by-side = Сравнить рядом
studio-price-together = Цена за все
studio-run-all-for = Запустить все · { $price }
studio-improve = Улучшить описание · { $price }
studio-improve-take = Взять этот текст
studio-improve-leave = Оставить свой
studio-improve-none = Лучше сказать не вышло. Ваш текст остался как был.
studio-options = Настроить
studio-more-models =
    { $count ->
        [one] Ещё { $count } модель
        [few] Ещё { $count } модели
       *[other] Ещё { $count } моделей
    }
studio-recent = Недавнее
studio-see-all = Всё
studio-nothing-yet = Пока пусто. Здесь появится всё, что вы создадите, — и здесь, и в Telegram.
studio-nothing-found = С такими условиями ничего не нашлось.

studio-credits =
    { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
        [many] { $credits } кредитов
       *[other] { $credits } кредита
    }
studio-price-unknown = цена неизвестна
studio-price = Цена: { $price }
studio-price-so-far = Цена пока: { $price }
studio-price-later = Заполните форму, чтобы увидеть цену
studio-cancel = Отменить
studio-close = Закрыть
studio-save = Сохранить
studio-yes = да
studio-no = нет
studio-not-set = не выбрано

studio-favourite-model = Любимая модель
studio-paint-mask = Нарисовать маску
studio-more-options =
    { $count ->
        [one] Ещё { $count } настройка
        [few] Ещё { $count } настройки
       *[other] Ещё { $count } настроек
    }
studio-save-preset = В пресеты
studio-preset-name = Название пресета
studio-preset-saved = Сохранено как «{ $name }».
studio-run = Запустить
studio-confirm-title = Запускаем?
studio-confirm = Это стоит { $price }.
studio-confirm-run = Да, запустить
studio-not-offered = Провайдер сейчас не предлагает эту модель.
studio-paused = Выключена оператором. { $reason }
studio-failing = Её последние запуски подряд не удались.

studio-state-queued = Ждёт очереди
studio-state-place = В очереди: { $place }
studio-state-uploading = Отправляем ваши файлы
studio-state-running = В работе
studio-state-unknown = Ждём ответа от провайдера
studio-state-delivering = Почти готово
studio-state-cancelled = Отменено

studio-result = Результат
studio-before = До
studio-after = После
studio-compare = Сравнить до и после
studio-enlarge = Увеличить
studio-download = Скачать
studio-not-kept = Этот файл больше не хранится.
studio-provider-says = Ответ провайдера: { $message }
studio-again = Ещё раз
studio-variation = Вариант
studio-next-scene = Следующая сцена
studio-change-options = Настроить
studio-favourite = В избранное
studio-send-to-chat = Прислать в чат
studio-sent-to-chat = Отправлено в ваш чат в Telegram.
studio-trouble-chat_gone = Бот не может написать вам в Telegram. Откройте чат с ним и нажмите «Старт».
studio-trouble-chat_later = Telegram сейчас не принял отправку. Загляните в чат и попробуйте через минуту.
studio-delete = Удалить
studio-share = Поделиться
studio-share-about = По ссылке виден только результат, без ваших слов. Ссылку можно отозвать в любой момент.
studio-share-link = Ссылка
studio-make-link = Создать ссылку
studio-copy = Копировать
studio-unshare = Отозвать ссылку
studio-what-next = Что дальше
studio-shared-title = Результат по ссылке
studio-made-with = Сделано моделью { $model }

studio-search = Поиск
studio-search-prompts = Поиск по вашим запросам
studio-search-models = Поиск моделей
studio-kind = Вид
studio-kind-all = Всё
studio-kind-image = Картинки
studio-kind-video = Видео
studio-kind-audio = Звук
studio-kind-text = Тексты
studio-model = Модель
studio-all-models = Все модели
studio-since = Начиная с даты
studio-only-favourites = Избранное
studio-apply = Применить
studio-older = Раньше
studio-shelves = Разделы
studio-shelf-favourites = Любимые
studio-shelf-recent = Недавние
studio-shelf-new = Новые
studio-no-models = Здесь моделей нет.
studio-no-presets = Пресетов пока нет. Заполните настройки модели и нажмите «В пресеты».
studio-references = Персонажи и стили
studio-reference-name = Название
studio-reference-example = например: наш лис или акварель
studio-reference-character = Персонаж
studio-reference-style = Стиль
studio-no-references = Пока пусто. Сохраните картинки персонажа или стиля один раз — и добавляйте их в любую модель одним выбором.
studio-characters = Персонажи
studio-from-references = Из моих персонажей и стилей
studio-trouble-references_full = У вас уже 100 персонажей и стилей, больше нельзя. Удалите лишние.
studio-delete-preset = Удалить { $name }

studio-extend-picture = Расширить картинку
studio-frame-title = Расширить картинку
studio-frame-about = Выберите формат или потяните стороны. Серое дорисует модель.
studio-frame-ratios = Форматы
studio-frame-picture = Картинка в новой рамке
studio-frame-done = Готово
studio-side-left = Слева
studio-side-right = Справа
studio-side-top = Сверху
studio-side-bottom = Снизу
studio-mask-title = Закрасьте то, что изменить
studio-mask-about = Закрасьте часть, которую модель может изменить. Масштаб — щипком или кнопками.
studio-mask-unknown = Какой цвет маски что значит для этой модели, нигде не сказано. Если изменится не та часть, нажмите «Наоборот» и отправьте маску ещё раз.
studio-mask-tools = Инструменты
studio-mask-picture = Картинка для рисования
studio-brush = Кисть
studio-eraser = Ластик
studio-brush-size = Размер
studio-undo = Отменить
studio-mask-swap = Наоборот
studio-zoom-in = Крупнее
studio-zoom-out = Мельче
studio-mask-done = Готово

studio-keys = Ключи для программ
studio-keys-about = С ключом программа работает от вашего имени через API и MCP: ваша история, ваши лимиты, ваши кредиты.
studio-key-once = Скопируйте ключ сейчас: больше он не покажется.
studio-key-name = Для чего он?
studio-make-key = Создать ключ
studio-revoke-key = Отозвать
studio-settings = Настройки
studio-language = Язык
studio-language-auto = Как в браузере
studio-sessions = Где вы вошли
studio-sessions-about = Выйдите на устройстве, которым больше не пользуетесь.
studio-signed-in-on = С { $day }
studio-this-device = это устройство
studio-unknown-device = Неизвестное устройство
studio-more-sessions =
    { $count ->
        [one] Ещё { $count } устройство
        [few] Ещё { $count } устройства
       *[other] Ещё { $count } устройств
    }
studio-sign-out = Выйти
studio-sign-out-everywhere = Выйти везде
studio-room-title = Ваши файлы
studio-room-taken = Хранится
studio-room = { $taken } МБ
studio-room-of = { $taken } МБ из { $quota } МБ

studio-limits = Сегодня
studio-spent-in-a-day = Потрачено за 24 часа
studio-daily-limit = Лимит на 24 часа
studio-no-limit = нет
studio-left-today = Осталось
studio-key-limit = Кредитов в день
studio-a-day = не больше { $credits } в день
studio-your-data = Ваши данные
studio-export-about = Один архив со всем, что о вас хранится: запросы, настройки, пресеты и файлы.
studio-export = Скачать всё
studio-forget-about = Если удалить данные, сотрётся всё — здесь и в чате, а ключи и входы перестанут работать. Вернуть ничего нельзя.
studio-forget = Удалить мои данные
studio-forget-title = Стереть всё?
studio-forget-sure = Результаты, пресеты, файлы, ключи и настройки исчезнут навсегда.
studio-forget-credits = Оставшиеся кредиты сгорят.
studio-forget-yes = Стереть всё
studio-trouble-bad_amount = Напишите число кредитов, например 50.
studio-trouble-still_running = Что-то ваше ещё в работе. Дождитесь результата и попробуйте снова.
studio-trouble-forget_today = Ваши запуски учтены в дневном лимите. Удалить данные можно через 24 часа после последнего запуска.
studio-trouble-forget_subscribed = У вас есть пакет на месяц, который продлевается сам. Сначала остановите его: /balance в чате.
studio-trouble-forget_limited = Оператор установил для вас лимит. Попросите оператора удалить ваши данные.
studio-trouble-forget_refund = Вам сейчас возвращают платёж. Данные можно будет удалить, когда возврат завершится. Повторите через несколько минут.

studio-sign-in = Вход
studio-welcome = Ваша медиастудия
studio-welcome-about = Картинки, видео, музыка и озвучка от множества моделей. История и пресеты — те же, что в Telegram-боте.
studio-sign-in-telegram = Войти через Telegram
studio-sign-in-local = Откройте ссылку, которую сервис вывел при запуске, или мини-приложение в Telegram.
studio-sign-in-failed = Подтверждение Telegram уже недействительно. Попробуйте ещё раз.
studio-opening = Открываем студию …
studio-mini-app-failed = Подтверждение Telegram недействительно. Закройте студию и откройте её из бота снова.

studio-trouble-title = Не получилось
studio-to-start = В начало
studio-trouble-not_found = Такой страницы нет, или она не ваша.
studio-trouble-model_gone = Этой модели больше нет.
studio-trouble-slow_down = Слишком много запросов. Подождите минуту.
studio-trouble-unreadable = Запрос не удалось прочитать. Обновите страницу.
studio-trouble-too_long = Слишком длинно. Отправьте меньше за один раз.
studio-trouble-later = Файлы сейчас не читаются. Попробуйте через минуту.
studio-trouble-character_refused = Провайдер не принимает этого персонажа. Поможет чёткий портрет.
studio-trouble-provider_later = Провайдер сейчас не отвечает. Попробуйте через минуту.
studio-trouble-preset_name = Дайте название длиной до 40 знаков.
studio-trouble-preset_name_taken = У вас уже есть пресет с таким названием.
studio-trouble-invalid_input = В форме пока не всё верно.
studio-trouble-edit_refused = Так изменить нельзя.
studio-trouble-no_room = Место для ваших файлов закончилось. Удалите что-нибудь из результатов.
studio-trouble-upload_too_large = Файл больше 100 МБ.
studio-trouble-upload_empty = Файл пустой.
studio-trouble-upload_no_picture = Добавьте хотя бы одну картинку.
studio-trouble-upload_wrong_kind = Можно добавлять только картинки, видео и звук.
studio-trouble-upload_too_many_pixels = Сторона картинки больше 16 384 точек.
studio-trouble-stranger = Эта студия только для приглашённых.
studio-trouble-blocked = Оператор заблокировал ваш профиль.
studio-trouble-not_admin = Эта страница только для операторов.
studio-trouble-cross_site = Запрос пришёл не со страницы студии. Обновите страницу и попробуйте ещё раз.
studio-trouble-fault = Что-то сломалось у нас. Попробуйте через минуту.

studio-script-offline = Связь прервалась. Страница продолжит сама.
studio-script-no-connection = Нет связи. Проверьте интернет и попробуйте ещё раз.
studio-script-uploading = Загружаем
studio-script-too-large = Файл больше 100 МБ.
studio-script-copied = Скопировано
studio-script-failed = Не получилось. Попробуйте ещё раз.
studio-script-confirm = Нажмите ещё раз для подтверждения
studio-script-working = В работе. Результат появится ниже.

studio-as-of = На { $moment } UTC
studio-credits-left = Кредиты у провайдера
studio-not-known = неизвестно
studio-under-way = В работе
studio-people-today = Людей сегодня
studio-generations-today = Генераций сегодня
studio-spent-today = Потрачено сегодня, кредиты
studio-alarms = Тревоги
studio-day = День
studio-people = Люди
studio-generations = Генерации
studio-spent = Кредиты
studio-failures = Неудачи за 24 часа
studio-no-failures = Нет.
studio-switch-models = Выключить или включить модель
studio-reason = Причина
studio-pause = Выключить
studio-resume = Включить
studio-money = Кредиты
studio-balance = У вас
studio-top-up = 💳 Пополнить в чате
studio-reserved = Отложено на то, что в работе
studio-spent-by-model = Кредиты по моделям
studio-spent-by-person = Кредиты по людям

studio-desk-overview = Обзор
studio-desk-people = Люди
studio-desk-models = Модели
studio-desk-find = Найти генерацию
studio-no-alarms = Нет: всё в порядке.
studio-since-moment = с { $moment } UTC
studio-course = По дням
studio-span = Сколько дней показать
studio-days =
    { $count ->
        [one] { $count } день
        [few] { $count } дня
       *[other] { $count } дней
    }
studio-nothing-in-span = Пока пусто.
studio-as-a-table = То же таблицей
studio-accepted = принято
studio-failed = не удалось
studio-waiting = Ожидание
studio-half-took = половина за
studio-most-took = 95 % за
studio-seconds = { $seconds } с
studio-minutes = { $minutes } мин { $seconds } с
studio-person-id = ID в Telegram
studio-open = Открыть
studio-seen-on = здесь { $moment } UTC
studio-seen = Последний визит, UTC
studio-blocked = Заблокирован
studio-gone = Недоступен
studio-reachable = Доступен
studio-no-people = Пока никого не было.
studio-newer = Новее
studio-person = Человек
studio-spent-in-a-week = Потрачено за семь дней
studio-generations-in-a-week = Генераций за семь дней
studio-limit-own = { $limit } — установлен лично.
studio-limit-everyone = { $limit } — как у всех.
studio-set-limit = Установить
studio-without-limit = Без лимита
studio-like-everyone = Как у всех
studio-access = Доступ
studio-block = Заблокировать
studio-unblock = Разблокировать
studio-last-generations = Последние генерации
studio-when = Когда, UTC
studio-state = Состояние
studio-choose-model = Выберите модель
studio-with-something = Выключены или сбоят
studio-all-models-on = Все модели включены, ни одна не сбоит.
studio-models-lately = Модели за семь дней
studio-generation-id = Код генерации или номер задачи в KIE
studio-no-generation = Генерации с таким кодом нет, или она удалена.
studio-find-about = Код указан под сообщением о сбое в чате и в конце адреса страницы результата. Номера задач есть в журнале KIE.
studio-destination = Откуда запрос
studio-estimated = Оценка, кредиты
studio-charged = Списано, кредиты
studio-accepted-at = Принята, UTC
studio-submitted-at = Отправлена в KIE, UTC
studio-ended-at = Закончена в KIE, UTC
studio-closed-at = Закрыта, UTC
studio-task = Задача KIE
studio-provider = Ответ KIE
studio-trouble-admin_stays = Оператора заблокировать нельзя.

studio-nav-money = Деньги
studio-desk-money = Деньги
studio-people-have = Кредитов у людей
studio-money-by-day = По дням за неделю (UTC)
studio-money-by-model = По моделям за неделю
studio-stars = Звёзды
studio-sold = Продано
studio-given = Подарено
studio-paid = Потрачено
studio-provider-took = Взял KIE
studio-margin = Маржа
studio-no-money = Пока ничего.
studio-tables = Таблицы (CSV)
studio-table-figures = Показатели за год
studio-table-entries = Все записи
studio-refund = Вернуть платёж
studio-refund-about = Кредиты забираются, звёзды возвращаются, один раз. Номер квитанции стоит в сообщении с благодарностью.
studio-receipt = Квитанция
studio-refund-now = Вернуть
studio-refund-given_back = Звёзды возвращены: { $stars }. Получатель: { $user }.
studio-refund-asked = Кредиты забраны. Telegram ещё не ответил; запрос повторится, пока он не ответит.
studio-refund-gateway_unavailable = Telegram не отвечает. Кредиты остались, где были; повторите позже.
studio-refund-refused = Telegram отказывается вернуть этот платёж. Кредиты снова у { $user }.
studio-refund-borne = Часть уже была потрачена. Это ваш расход: { $credits }.

# Пути из чата в студию.
tg-command-studio = студия: всё крупно, с масками и сравнением
tg-button-studio = 🖥 Открыть студию
tg-button-in-studio = 🖥 В студии
tg-button-all-options = 🖥 Все настройки и маски в студии
tg-menu-studio = Студия
tg-studio = В студии результаты крупно: галерея, «до и после», маски от руки, все настройки. История и пресеты там те же.
tg-studio-none = Отсюда студию не открыть: у сервиса нет публичного адреса.
