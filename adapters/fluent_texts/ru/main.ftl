# Все тексты для людей на русском. Ключи одинаковы во всех языках.
# Список `x` перечисляется через запятую; `x_count` говорит, сколько в нём значений.

### Что не так с вводом: по тексту на каждый код из domain/violation.py.
### Название параметра пишет интерфейс, поэтому в тексте его нет.

violation-unknown_model =
    { $closest_count ->
        [0] нет такой модели: «{ $name }»
       *[other] нет такой модели: «{ $name }»; возможно, это { $closest }?
    }
violation-model_not_offered =
    { $status ->
        [suspended] { $model } сейчас отключена в KIE
        [retired] KIE больше не предлагает { $model }
        [renamed] KIE переименовал { $model }
       *[other] в KIE нет модели { $model }
    }{ $closest_count ->
        [0] , и другой такой нет
       *[other] ; ближайшая рабочая — { $closest }
    }
violation-not_an_object = нужны имена со значениями, например prompt=рыжая лиса
violation-unknown_parameter =
    { $closest_count ->
        [0] у модели нет параметра «{ $name }»
       *[other] у модели нет параметра «{ $name }»; возможно, это { $closest }?
    }
violation-required = обязательно
violation-at_least_one = { $names }: нужно хотя бы одно{ rule-when }
violation-no_variant = так параметры не сочетаются; ближе всего вариант «{ $variant }». Другие варианты: { $alternatives }
violation-ambiguous_variant = подходит сразу несколько вариантов: { $variants }; задайте значения одного из них
violation-not_in_variant = не сочетается с вариантом «{ $variant }»
violation-wrong_type =
    { $expected ->
        [string] нужен текст
        [enum] нужен один из вариантов
        [boolean] нужно «да» или «нет»
        [integer] нужно целое число
        [number] нужно число
        [array] нужен список
        [object] нужна группа значений с именами
        [image] нужна картинка или ссылка на неё
        [video] нужно видео или ссылка на него
        [audio] нужен звук или ссылка на него
       *[other] нужна ссылка
    }, а не { $actual ->
        [nothing] пустота
        [boolean] «да» или «нет»
        [integer] число
        [number] число
        [string] текст
        [array] список
        [object] группа значений
        [file] файл
       *[other] что-то другое
    }
violation-not_an_integer = нужно целое число, а не { $actual }
violation-not_finite = нужно обычное число
violation-empty = пусто
violation-too_short =
    { $actual ->
        [one] { $actual } символ
        [few] { $actual } символа
       *[other] { $actual } символов
    }, нужно не меньше { $limit }
violation-too_long =
    { $actual ->
        [one] { $actual } символ
        [few] { $actual } символа
       *[other] { $actual } символов
    }, можно не больше { $limit }
violation-too_small = { $actual } — слишком мало, нужно не меньше { $limit }
violation-too_large = { $actual } — слишком много, можно не больше { $limit }
violation-not_a_step = { $actual } не подходит: значения идут с шагом { $step }
violation-too_few_items =
    { $actual ->
        [one] { $actual } значение
        [few] { $actual } значения
       *[other] { $actual } значений
    }, нужно не меньше { $limit }
violation-too_many_items =
    { $actual ->
        [one] { $actual } значение
        [few] { $actual } значения
       *[other] { $actual } значений
    }, можно не больше { $limit }
violation-not_in_enum =
    { $closest_count ->
        [0] «{ $actual }» нет среди вариантов: { $allowed }
       *[other] «{ $actual }» нет среди вариантов: { $allowed }; возможно, это { $closest }?
    }
violation-pattern = не подходит под образец { $pattern }
violation-not_text = есть символы, которые нельзя отправить
violation-url_invalid = это не ссылка
violation-url_scheme = нужна ссылка, которая начинается с http:// или https://
violation-url_credentials = в ссылке не должно быть имени пользователя и пароля
violation-url_private_host = ссылка ведёт в закрытую сеть, KIE её не откроет
violation-wrong_media =
    { $expected ->
        [image] нужна картинка
        [video] нужно видео
        [audio] нужен звук
       *[other] нужен файл другого вида
    }{ $allowed_count ->
        [0] { "" }
       *[other] { " " }({ $allowed })
    }
violation-file_too_large = в файле { $actual } МБ, можно не больше { $limit } МБ

## Неудачи: что случилось, стоило ли это чего-нибудь, что делать дальше.
## `failure-<код>` для каждого FailureKind (с $charged) и каждой ошибки, которую может увидеть человек.

failure-charged =
    { $charged ->
        [no] Это ничего не стоило.
        [yes] Оплата списана.
       *[unknown] Списана ли оплата, пока неизвестно.
    }

failure-invalid_input = Модель не примет такие данные, поэтому ничего не отправлено. { failure-charged } Исправьте отмеченное и попробуйте снова.
failure-input_rejected = Сервис не принял данные. { failure-charged } Измените их или выберите другую модель.
failure-content_refused = Запрос нарушает правила этой модели. { failure-charged } Сформулируйте иначе, возьмите другую картинку или другую модель.
failure-model_unavailable = Эта модель сейчас отключена у сервиса. { failure-charged } Выберите другую или вернитесь позже.
failure-out_of_credits = На счёте сервиса закончились кредиты. { failure-charged } Счёт нужно пополнить, после этого попробуйте снова.
failure-unauthorised = Сервис не принимает наш ключ. { failure-charged } Ключ должен проверить администратор; вы всё сделали правильно.
failure-usage_cap = Наш ключ исчерпал свой лимит у сервиса. { failure-charged } Попробуйте позже или попросите администратора поднять лимит.
failure-file_unreachable = Сервис не смог скачать один из файлов. { failure-charged } Пришлите сам файл или ссылку, которая открывается без входа.
failure-attachment_lost = Ваш файл больше не читается. { failure-charged } Пришлите его ещё раз.
failure-attachment_empty = Ваш файл пустой (0 байт). { failure-charged } Пришлите его ещё раз.
failure-attachment_unavailable = Ваш файл сейчас не удалось прочитать. { failure-charged } Попробуйте через минуту.
failure-provider_unavailable = Сервис недоступен, ничего не запущено. { failure-charged } Попробуйте через несколько минут.
failure-generation_failed = Модель начала работу, но не справилась. { failure-charged } Попробуйте ещё раз; если не выйдет снова, измените запрос или выберите другую модель.
failure-provider_timed_out = Сервис не уложился в отведённое время. { failure-charged } Попробуйте снова, лучше с запросом попроще или покороче.
failure-no_result = Сервис сообщил, что всё готово, но ничего не прислал. { failure-charged } Попробуйте снова; администратор может найти эту задачу.
failure-unreadable_result = Ответ сервиса не читается, показать результат нельзя. { failure-charged } Попробуйте снова; администратор может найти эту задачу.
failure-wait_expired = Результата нет очень долго, и мы перестали ждать. { failure-charged } Попробуйте снова или выберите другую модель.
failure-outcome_unknown = Связь оборвалась во время отправки, и с тех пор ничего не слышно. { failure-charged } Второй раз мы не отправляли, чтобы вы не заплатили дважды; если результат ещё нужен, попросите снова.

failure-limit_reached-in_flight =
    { $allowed ->
        [one] У вас уже идёт { $allowed } генерация, больше одновременно нельзя. Это ничего не стоило. Дождитесь, пока она закончится, или отмените её.
        [few] У вас уже идут { $allowed } генерации, больше одновременно нельзя. Это ничего не стоило. Дождитесь, пока одна закончится, или отмените её.
        [many] У вас уже идут { $allowed } генераций, больше одновременно нельзя. Это ничего не стоило. Дождитесь, пока одна закончится, или отмените её.
       *[other] У вас уже идут { $allowed } генерации, больше одновременно нельзя. Это ничего не стоило. Дождитесь, пока одна закончится, или отмените её.
    }
failure-limit_reached-per_day =
    { $allowed ->
        [one] Лимит исчерпан: { $allowed } генерация за 24 часа. Это ничего не стоило. { limit-next }
        [few] Лимит исчерпан: { $allowed } генерации за 24 часа. Это ничего не стоило. { limit-next }
        [many] Лимит исчерпан: { $allowed } генераций за 24 часа. Это ничего не стоило. { limit-next }
       *[other] Лимит исчерпан: { $allowed } генерации за 24 часа. Это ничего не стоило. { limit-next }
    }
failure-limit_reached-credits_per_day =
    { $allowed ->
        [one] Так за 24 часа выйдет больше { $allowed } кредита. Это ничего не стоило. { limit-room }
       *[other] Так за 24 часа выйдет больше { $allowed } кредитов. Это ничего не стоило. { limit-room }
    }
failure-limit_reached-group_per_day =
    { $allowed ->
        [one] Лимит этой группы исчерпан: { $allowed } генерация за 24 часа. Это ничего не стоило. { limit-next } Или напишите мне лично.
        [few] Лимит этой группы исчерпан: { $allowed } генерации за 24 часа. Это ничего не стоило. { limit-next } Или напишите мне лично.
        [many] Лимит этой группы исчерпан: { $allowed } генераций за 24 часа. Это ничего не стоило. { limit-next } Или напишите мне лично.
       *[other] Лимит этой группы исчерпан: { $allowed } генерации за 24 часа. Это ничего не стоило. { limit-next } Или напишите мне лично.
    }
failure-limit_reached-group_credits_per_day =
    { $allowed ->
        [one] Так группа потратит за 24 часа больше { $allowed } кредита. Это ничего не стоило. { limit-room } Или напишите мне лично.
       *[other] Так группа потратит за 24 часа больше { $allowed } кредитов. Это ничего не стоило. { limit-room } Или напишите мне лично.
    }
failure-limit_reached-key_credits_per_day =
    { $allowed ->
        [one] Так с этим ключом за 24 часа выйдет больше { $allowed } кредита. Это ничего не стоило. { limit-room }
       *[other] Так с этим ключом за 24 часа выйдет больше { $allowed } кредитов. Это ничего не стоило. { limit-room }
    }
limit-room =
    { $room ->
        [never] Одно это стоит больше: выберите что-нибудь дешевле, короче или меньше.
        [minutes] Место для этого будет не позже чем через { $wait } мин, для более дешёвого — раньше.
        [hours] Место для этого будет не позже чем через { $wait } ч, для более дешёвого — раньше.
       *[later] Выберите что-нибудь дешевле или возвращайтесь позже.
    }
limit-next =
    { $room ->
        [minutes] Следующую можно запустить не позже чем через { $wait } мин.
        [hours] Следующую можно запустить не позже чем через { $wait } ч.
       *[later] Возвращайтесь позже.
    }
failure-model_paused = Эта модель { pause-reason }. { failure-charged } Выберите другую или возвращайтесь позже.
pause-reason =
    { $reason ->
        [none] временно выключена владельцем
        [failing] временно выключена: часто сбоит
        [expensive] временно выключена: обходится слишком дорого
        [checking] временно выключена: её проверяют
       *[other] временно выключена: { $reason }
    }
failure-generation_not_found = Такой генерации нет, или она не ваша. Ничего не изменилось.
failure-preset_not_found = Такого пресета больше нет, или он не ваш. Ваши — в /presets.
failure-preset_name_taken = Пресет с таким названием у вас уже есть. Напишите другое название.
failure-request_key_reused = Этот ключ уже использован для другого запроса. Ничего не запущено.
failure-model_gone = Этой модели больше нет. Ничего не запущено и не списано. Другие — в /models.
failure-reference_not_found = Такого персонажа или стиля нет.
failure-character_refused = { studio-trouble-character_refused }
failure-limit_reached-references = { studio-trouble-references_full }
failure-limit_reached-media_bytes = { studio-trouble-no_room }
failure-person_not_found = О таком человеке ничего не известно.
failure-still_running = { studio-trouble-still_running }
failure-forget_refused =
    { $reason ->
        [subscribed] { studio-trouble-forget_subscribed }
        [limited] { studio-trouble-forget_limited }
        [refund] { studio-trouble-forget_refund }
       *[today] { studio-trouble-forget_today }
    }
failure-limit_reached-keys = У вас уже { $allowed } ключей для программ, больше нельзя. Отзовите один из них.
failure-limit_reached-streams = Открыто слишком много страниц или потоков сразу. Закройте часть из них.
failure-limit_reached-presets =
    { $allowed ->
        [one] У вас уже { $allowed } пресет, больше сохранить нельзя. Сначала удалите его: /presets
        [few] У вас уже { $allowed } пресета, больше сохранить нельзя. Сначала удалите один: /presets
        [many] У вас уже { $allowed } пресетов, больше сохранить нельзя. Сначала удалите один: /presets
       *[other] У вас уже { $allowed } пресета, больше сохранить нельзя. Сначала удалите один: /presets
    }
failure-not_cancellable = Запрос уже у сервиса, отменить его нельзя. Результат придёт, цена останется прежней.
failure-store_unavailable = База данных сейчас не отвечает. Если запрос дошёл, результат придёт сам, а если нет, это ничего не стоило. Проверьте через минуту, прежде чем повторять.
failure-message_refused = Telegram не принимает это сообщение: слишком длинное или с неверной разметкой. Ничего не отправлено.
failure-result_gone = Сервис уже удалил этот файл. Ничего нового не списано. Если он нужен, создайте его заново.
failure-result_refused = Сервис указал адрес, с которого мы ничего не скачиваем. Ничего нового не списано. Попробуйте снова; администратор может найти эту задачу.
failure-result_too_large = Файл слишком большой, чтобы прислать его сюда. Ничего нового не списано. Воспользуйтесь ссылкой.
failure-result_unavailable = Файл сейчас не удалось скачать. Ничего нового не списано. Попробуйте через минуту.
failure-internal = У нас что-то сломалось. Если генерация началась, она продолжается, и результат придёт. Попробуйте через минуту.

## Командная строка

cli-not-an-assignment = Вместо «{ $given }» нужно имя=значение.
cli-unreadable-file = «{ $file }» не читается: { $reason }
cli-not-an-object = В «{ $file }» нет объекта JSON.
cli-unusable-folder = В «{ $folder }» нельзя сохранить результаты: { $reason }

cli-queued = { $model }: ждёт, место в очереди: { $place }
cli-uploading = { $model }: отправляем ваши файлы
cli-running = { $model }: работает, { $elapsed } с
cli-running-usually = { $model }: работает, { $elapsed } с из примерно { $usual } с
cli-outcome-unknown = { $model }: связь оборвалась; ждём подтверждения, что работа началась

cli-not-saved =
    { $count ->
        [one] Не удалось сохранить { $count } результат; ссылка на него выше.
        [few] Не удалось сохранить { $count } результата; ссылки на них выше.
        [many] Не удалось сохранить { $count } результатов; ссылки на них выше.
       *[other] Не удалось сохранить { $count } результата; ссылки на них выше.
    }
cli-interrupted = Больше не ждём. Задача { $task } продолжается у сервиса и может быть оплачена.
cli-interrupted-unsent = Остановлено до отправки. Это ничего не стоило.
cli-interrupted-unknown = Остановлено во время отправки: работа могла начаться и может быть оплачена.

cli-column-model = модель
cli-column-title = название
cli-column-type = тип
cli-column-status = статус
cli-column-price = кредиты
cli-column-state = состояние
cli-column-verdict = итог
cli-column-time = время
cli-no-models = Подходящих моделей нет.
cli-model-missing = Назовите модель или добавьте --batch.

cli-sanity-nothing = Проверять нечего.
cli-sanity-estimate =
    { $count ->
        [one] Будет запущена { $count } модель. Цена: примерно { $price }.
        [few] Будут запущены { $count } модели. Цена всего: примерно { $price }.
        [many] Будет запущено { $count } моделей. Цена всего: примерно { $price }.
       *[other] Будут запущены { $count } модели. Цена всего: примерно { $price }.
    }
cli-sanity-unpriced =
    { $count ->
        [one] Цена { $count } из них неизвестна.
       *[other] Цены { $count } из них неизвестны.
    }
cli-sanity-question = Потратить? [д/Н]{" "}
cli-sanity-yes = д да y yes
cli-sanity-needs-yes = Спросить здесь некого: добавьте --yes, чтобы потратить кредиты.
cli-sanity-declined = Ничего не запущено.
cli-sanity-progress = Проверено { $done } из { $all }
cli-sanity-no-earlier = продолжает более раннюю задачу, а создать её оказалось нечем
cli-sanity-interrupted = Остановлено. Отправленное продолжается у сервиса и может быть оплачено.
cli-ok = ок
cli-fail = сбой
cli-not-tried = не пробовали

cli-sync-progress = Сверено моделей: { $done } из { $all }
cli-sync-new = { $model }: новая модель
cli-sync-gone = { $model }: больше не предлагается
cli-sync-returned = { $model }: снова предлагается
cli-sync-changed = { $model }: изменилась
cli-sync-added = { $path }: новый параметр, { $after }
cli-sync-removed = { $path }: параметра больше нет, был { $before }
cli-sync-type = { $path }: { $before } → { $after }
cli-sync-required =
    { $after ->
        [true] { $path }: теперь обязателен
       *[other] { $path }: больше не обязателен
    }
cli-sync-default = { $path }: значение по умолчанию { $before } → { $after }
cli-sync-values = { $path }: значения { $after }
cli-sync-min = { $path }: min { $before } → { $after }
cli-sync-max = { $path }: max { $before } → { $after }
cli-sync-step = { $path }: шаг { $before } → { $after }
cli-sync-pattern = { $path }: шаблон { $before } → { $after }
cli-sync-variants = варианты ввода: { $before } → { $after }
cli-sync-at-least-one = хотя бы одно из: { $before } → { $after }
cli-sync-endpoint = адрес вызова: { $before } → { $after }
cli-sync-price = цена: { $before } → { $after }
cli-sync-none = нет
cli-sync-by-hand = (вручную)
cli-sync-unknown-type = В реестре нет слова для того, что она делает.
cli-sync-own-endpoint = Она вызывается по своему адресу, с которым здесь не умеют говорить.
cli-sync-no-form = Нет схемы, из которой видно, что она принимает.
cli-sync-not-synced = { $model }: сверить не с чем, у провайдера нет её схемы
cli-sync-unreadable = { $model }: сверить не удалось, схему невозможно понять
cli-sync-unavailable = { $model }: сверить не удалось, провайдер не ответил
cli-sync-unwritten = { $model }: осталась прежней: { $reason }
cli-sync-summary =
    { $compared ->
        [one] Сверена { $compared } модель, отличий: { $different }.
        [few] Сверены { $compared } модели, отличий: { $different }.
       *[other] Сверено { $compared } моделей, отличий: { $different }.
    }
cli-sync-left =
    { $count ->
        [0] Всё записано.
        [one] Записано; { $count } модель остаётся человеку.
        [few] Записано; { $count } модели остаются человеку.
       *[other] Записано; { $count } моделей остаются человеку.
    }
cli-sync-not-written = Ничего не записано; запишет --write.
cli-sync-unknown = Сверять нечего: { $names }.
cli-sync-unwritable = «{ $file }» не записать: { $reason }
cli-sync-unreachable = Каталог провайдера не читается: { $reason }
cli-sync-interrupted = Остановлено, ничего не записано. --from { $model } продолжит отсюда.

### Telegram. HTML — в сообщениях; надписи на кнопках и всплывающие ответы — простой текст.

tg-start =
    Привет! Я делаю картинки, видео, звук и тексты с помощью моделей KIE.ai.

    <b>Напишите, что хотите</b>, например «рыжая лиса в снегу», или <b>пришлите фото, видео или голосовое</b>: покажу, какие модели с этим справятся и сколько это стоит.

    /models — всё, что есть · /history — ваши работы · /help
tg-help-credit = Кредит — единица, в которой поставщик KIE продаёт свои модели: 1 кредит — 0,005 $, 100 кредитов — около 0,50 $.
tg-help-sold = Кредиты покупаются за звёзды Telegram: /buy. Сколько их у вас и на что они ушли: /balance. Промокод: /promo. Помощь с платежом: /paysupport
tg-help =
    <b>Как это работает</b>
    1. Напишите, что хотите получить, или пришлите файл.
    2. Выберите модель. В её карточке видно, что можно настроить; обычный текст становится описанием.
    3. Нажмите «Запустить». Цена стоит на кнопке: точная, примерная (≈ 4–9) или предельная (до 90).

    Ответьте словами на любую картинку, видео или звук, чтобы сделать из них что-то новое.

    <b>Команды</b>
    /models — модели по задачам
    /generate МОДЕЛЬ слова ключ=значение — всё одним сообщением
    /presets — сохранённые карточки
    /history — ваши работы
    /cancel — закрыть карточку, отменить запрос в очереди
    /settings — язык и вид результатов
    /privacy — что о вас хранится: получить или стереть
tg-link-dead = Эта ссылка не работает (или уже не работает). Зато я работаю:
tg-stranger = Простите, этот бот только для своих. Попросите его владельца дать вам доступ.
tg-error = У меня что-то сломалось, я записал, что именно. Попробуйте ещё раз. Если повторится, назовите владельцу этот номер: { $id }
tg-unknown-command = Такой команды я не знаю. Все мои команды — в /help.
tg-not-understood = С таким сообщением я ничего сделать не могу. Напишите, что хотите увидеть или услышать, или пришлите фото, видео или звук.
tg-edited = Исправленные сообщения я не перечитываю. Пришлите текст ещё раз новым сообщением.
tg-old-button = Эта кнопка уже не работает, она слишком старая. Напишите запрос заново или откройте /models.
tg-foreign-button = Это чужая кнопка. Напишите мне, и у вас будут свои.
tg-model-gone = Этой модели у меня больше нет. Другие — в /models.
tg-file-too-large = Файл слишком большой: Telegram отдаёт мне не больше { $limit } МБ. Пришлите файл поменьше.
tg-file-empty = Файл пустой: в нём 0 байт. Пришлите его ещё раз.

tg-command-start = Что умеет этот бот
tg-command-models = Модели по задачам
tg-command-generate = Модель одним сообщением
tg-command-history = Ваши работы
tg-command-cancel = Закрыть карточку, отменить запрос
tg-command-settings = Язык и результаты
tg-command-admin = Для владельца
tg-command-help = Как это работает

tg-button-models = 🧭 Все модели
tg-button-again = 🔁 Ещё раз
tg-button-cancel = ✖ Отменить
tg-back = ⬅ Назад
tg-close = ✖ Закрыть
tg-closed = Закрыто.
tg-clear = 🧹 Очистить
tg-on = да
tg-off = нет

tg-models = <b>Модели</b>: всего { $count }. Выберите или напишите название или задачу.
tg-shelf-button-favourites = ⭐ Избранное
tg-shelf-button-recent = 🕘 Недавние
tg-shelf-button-new = 🆕 Новые
tg-shelf-button-vendors = 🏷 По создателям
tg-shelf-favourites = ⭐ <b>Избранное</b>
tg-shelf-recent = 🕘 <b>Недавние</b>: чем вы пользовались
tg-shelf-new = 🆕 <b>Новые</b>: появились в документах KIE последними
tg-shelf-vendors = 🏷 <b>Модели по создателям</b>
tg-shelf-empty = Здесь пока пусто.
tg-search = 🔎 Найдено по запросу «{ $text }». Чтобы искать другое, напишите новый запрос.
tg-search-wish = 🔎 Найдено по запросу «{ $text }». Это описание попадёт в модель, которую вы выберете. Чтобы искать другое, напишите новый запрос.
tg-search-nothing = 🔎 Модели с названием или задачей «{ $text }» нет. Если это описание, выберите модель, которая его выполнит.
tg-offer = Что с этим сделать? Выберите модель:
tg-offer-at-once = ▶️ запускает сразу, остальные сначала открывают карточку.
tg-offer-missing = «{ $task }» — для этого у KIE сейчас нет модели.
tg-offer-nothing = Подходящей модели у меня нет. Все модели: /models
tg-generate-usage =
    Напишите модель, слова и значения одним сообщением:
    <code>/generate МОДЕЛЬ рыжая лиса в снегу aspect_ratio=16:9</code>
    Значение из нескольких слов берите в кавычки: <code>negative_prompt="текст, рамки"</code>. Модели — в /models.

tg-card-more = ⚙️ Ещё ({ $count })
tg-card-last = 🕘 Как в прошлый раз
tg-price-day = <i>Цена по данным на { $day }.</i>
tg-season =
    { $season ->
        [spring] весну
        [summer] лето
        [autumn] осень
       *[winter] зиму
    } { $year }
tg-credits-left =
    { $credits ->
        [one] 💳 На счёте KIE { $credits } кредит.
        [few] 💳 На счёте KIE { $credits } кредита.
        [many] 💳 На счёте KIE { $credits } кредитов.
       *[other] 💳 На счёте KIE { $credits } кредита.
    }
tg-card-models = ⬅ Другие модели
tg-card-spent = Эта карточка уже запущена. Результат придёт или уже пришёл: /history
tg-not-offered = ⚠️ Сейчас KIE не предлагает эту модель.
tg-run = ▶️ Запустить
tg-run-price = ▶️ Запустить · { $price }
tg-run-anyway = ⚠️ Всё равно запустить
tg-run-anyway-price = ⚠️ Всё равно запустить · { $price }
tg-accepted = Принято!
tg-default = { $value } (по умолчанию)
tg-needed = ❗ обязательно
tg-hint-file = 📎 Пришлите сюда файл: фото, видео, звук или документ.
tg-hint-task = ⏩ Эта модель продолжает готовый результат. Сделайте его моделью того же создателя или выберите из сделанных.
tg-ask-task = ⏩ Выберите, что продолжить.
tg-ask-task-none = ⏩ Продолжать пока нечего: сначала сделайте что-нибудь моделью того же создателя.
tg-ask-task-elsewhere = Если задача сделана не здесь, но с вашим ключом KIE, напишите её ID.
tg-hint-prompt = ✏️ Напишите, что хотите: следующее сообщение станет описанием.
tg-hint-fix = ❗ Заполните отмеченное и нажмите «Запустить».
tg-hint-another = ⬅ Сейчас она не принимает запросы: выберите другую модель.
tg-hint-reply = 👥 В группе отвечайте на это сообщение.
tg-hint-run = 👍 Всё готово. Нажмите «Запустить» или напишите другое описание.
tg-hint-press = 👍 Всё готово. Нажмите «Запустить».
tg-files-full =
    { $count ->
        [one] 📎 { $model } принимает только { $count } такой файл, этот уже не поместился. Чтобы заменить, очистите поле в карточке.
        [few] 📎 { $model } принимает не больше { $count } таких файлов: первые добавлены, остальные не поместились. Чтобы заменить, очистите поле в карточке.
       *[other] 📎 { $model } принимает не больше { $count } таких файлов: первые добавлены, остальные не поместились. Чтобы заменить, очистите поле в карточке.
    }
tg-files-left = Эта модель принимает не все файлы: взяты первые { $used } из { $all }.
tg-ask-choose = Выберите или напишите значение.
tg-ask-choose-long = Выберите или напишите часть нужного слова.
tg-ask-search = Найдено по «{ $text }». Чтобы искать другое, напишите другое слово.
tg-ask-file = 📎 Пришлите сюда файл или напишите ссылку на него.
tg-ask-characters = 🧍 Выберите персонажей: нажатие добавляет или убирает. Чтобы сохранить нового, пришлите сюда его картинку.
tg-ask-characters-none = 🧍 Персонажей пока нет. Пришлите сюда картинку персонажа: лучше всего чёткий портрет.
tg-ask-characters-private = 🧍 Персонажи выбираются в личном чате со мной: здесь их имена увидели бы другие.
tg-ask-value = ✏️ Напишите значение.
tg-ask-list = ✏️ Напишите значения, каждое с новой строки.
tg-item = № { $number }
tg-item-add = ➕ Добавить
tg-item-remove = 🗑 Убрать
tg-ask-item = ✏️ Задайте поля кнопками. Текст и файлы попадают в открытое поле, а без него — в первое подходящее.
tg-ask-items = Нажмите «Добавить» или выберите, что изменить. Можно и всё сразу, в виде JSON: <code>{ $example }</code>
tg-ask-json = ✏️ Напишите в виде JSON: <code>{ $example }</code>
tg-limit-characters =
    { $bounds ->
        [between] Символов: от { $low } до { $high }
        [least] Символов: не меньше { $low }
       *[most] Символов: не больше { $high }
    }
tg-limit-items =
    { $bounds ->
        [between] Количество: от { $low } до { $high }
        [least] Количество: не меньше { $low }
       *[most] Количество: не больше { $high }
    }
tg-limit-number =
    { $bounds ->
        [between] От { $low } до { $high }
        [least] Не меньше { $low }
       *[most] Не больше { $high }
    }

tg-progress-queued =
    { $place ->
        [1] ⏳ Следующая в очереди
       *[other] ⏳ Место в очереди: { $place }
    }
tg-progress-uploading = 📤 Передаю ваши файлы…
tg-progress-running = 🎨 В работе { $elapsed }
tg-progress-usual = 🎨 В работе { $elapsed }; обычно нужно { $usual }
tg-progress-late = 🎨 В работе { $elapsed }, дольше обычного: { $usual }
tg-progress-unknown = 🛰 Связь прервалась во время отправки запроса. Возможно, он уже выполняется: жду подтверждения и второй раз не отправлю.
tg-button-stop = 🛑 Больше не ждать
tg-stopped = 🛑 Хорошо, больше не отвлекаю. KIE уже работает, и остановить его нельзя: результат придёт сюда без звука и останется в /history.
tg-stopped-price = 💰 Это всё ещё может стоить { $price }.
tg-stopped-no-price = 💰 KIE спишет столько, сколько эта модель стоит на его сайте.
tg-stop-over = Ждать уже нечего: всё готово.
tg-duration-seconds = { $count } с
tg-duration-minutes = { $count } мин
tg-album-done =
    { $count ->
        [one] { $count } результат.
        [few] { $count } результата.
        [many] { $count } результатов.
       *[other] { $count } результата.
    }
tg-result-link = ⬇️ Скачать результат
tg-empty-text = (Ответ пустой.)
tg-provider-says = <i>KIE пишет: { $message }</i>

## Кнопки под результатом

tg-button-seed = 🎲 Другой вариант
tg-button-prompt = ✏️ Описание
tg-button-options = ⚙️ Настроить
tg-button-other = 🔀 Другая модель
tg-button-more = ⋯
tg-button-original = ⬇️ Оригинал
tg-button-star = ⭐ В избранное
tg-button-character = 🧍 Сохранить персонажа
tg-button-character-again = 🧍 Этот же персонаж
tg-character-ask = 🧍 <b>Напишите имя персонажа</b> — картинка сохранится под ним.
tg-character-delete = 🗑 Удалить персонажа
tg-character-delete-ask = 🗑 <b>Какого персонажа удалить?</b>
tg-character-delete-sure = 🗑 Удалить персонажа «{ $name }» навсегда? С этой карточки он пропадёт. Ваши картинки и видео останутся.
tg-character-delete-yes = 🗑 Да, удалить
tg-character-deleted = Удалено
tg-character-kept = 🧍 Персонаж «{ $name }» сохранён. Чтобы снять с ним видео, откройте Gemini Omni: «Ещё» → «Персонажи».
tg-button-unstar = 💫 Убрать из избранного
tg-button-continue = ⏩ { $model }
tg-button-step-other = { $step }: другая модель
tg-starred = ⭐ { $model } в избранном: /models
tg-unstarred = { $model } больше не в избранном.
tg-original-gone = Оригинала больше нет: у меня его уже нет, а KIE хранит файлы 14 дней. Картинка выше — всё, что осталось.
tg-original-later = Оригинал сейчас не скачивается. Попробуйте через минуту.
tg-result-not-kept = Этого файла больше нет ни у Telegram, ни у меня. Если он есть у вас, пришлите его мне.
tg-confirm =
    { $why ->
        [risen] 💰 Цена выросла: была { $before }, теперь { $price }. Запускаем?
        [unsure] 💰 Точная цена станет известна только потом: { $price }. Запускаем?
       *[dear] 💰 Это может быть дорого: { $price }. Запускаем?
    }

tg-step-image_edit = 🖌 Изменить
tg-step-image_to_image = 🎨 Перерисовать
tg-step-image_to_video = 🎬 Оживить
tg-step-upscale = 🔍 Увеличить
tg-step-remove_background = ✂️ Убрать фон
tg-step-outpaint = 🖼 Дорисовать края
tg-step-image_analysis = 🧩 Выделить части
tg-step-lip_sync = 👄 Губы под голос
tg-step-speech_to_video = 🗣 Говорящее видео
tg-step-speech_to_text = 📝 В текст
tg-step-audio_to_audio = 🎚 Очистить звук
tg-step-video_upscale = 🔍 Увеличить
tg-step-video_extend = ⏩ Продолжить
tg-step-video_to_video = 🎨 Перерисовать
tg-step-video_editing = ✂️ Изменить
tg-step-character_creation = 🧍 Персонаж

tg-cancelled = ✖ Отменено. Это ничего не стоило.
tg-cancel-card = Карточка закрыта.
tg-cancel-offer = Варианты закрыты.
tg-cancel-too-late = Запрос уже выполняется, отменить его нельзя. Результат придёт сюда.
tg-cancel-nothing = Отменять нечего.
tg-history = 🗂 Ваши работы, новые сверху. Нажмите, чтобы посмотреть.
tg-history-found = 🔎 Ваши работы по словам «{ $text }», новые сверху.
tg-history-not-found = 🔎 По словам «{ $text }» ничего нет. Все они должны быть в вашем описании.
tg-history-empty = Здесь пока пусто. Напишите, что хотите увидеть или услышать!
tg-history-running = ⏳ Ещё выполняется.
tg-history-search = 🔎 Поиск
tg-history-search-ask = 🔎 Напишите, что искать в ваших описаниях.
tg-history-elsewhere = 📨 Отправить в другой чат
tg-history-all = 🗂 Всё
tg-history-state =
    { $icon } { $state ->
        [delivered] Готово
        [undeliverable] Готово, доставить не удалось
        [cancelled] Отменено, ничего не стоило
       *[running] Выполняется
    } · { $date }
tg-history-send = 📤 Прислать сюда
tg-history-list = 🗂 Список
tg-history-delete = 🗑 Удалить
tg-history-delete-sure =
    🗑 <b>Удалить навсегда?</b> Запрос и файлы сотрутся. Потраченное останется в ваших лимитах, а сообщения в этом чате удалите сами.
tg-history-delete-yes = 🗑 Да, удалить
tg-history-deleted = Удалено навсегда

## Пресеты

tg-command-presets = Сохранённые карточки
tg-card-keep = 💾 Пресет · 🔗
tg-presets = 💾 <b>Ваши пресеты</b>. Нажмите, чтобы открыть карточку.
tg-presets-managing = ✏️ <b>Ваши пресеты</b>. Нажмите, чтобы переименовать, поделиться или удалить.
tg-presets-none = Пресетов пока нет. Нажмите 💾 на любой карточке — в следующий раз /presets откроет её заполненной.
tg-presets-manage = ✏️ Изменить, поделиться, удалить
tg-presets-done = ✅ Готово
tg-preset-open = 📂 Открыть
tg-preset-rename = ✏️ Переименовать
tg-preset-share = 🔗 Поделиться
tg-preset-unshare = 🚫 Закрыть доступ
tg-preset-delete = 🗑 Удалить
tg-preset-shared =
    🔗 По этой ссылке любой откроет копию{ $files ->
        [0] { "" }
       *[other] , вместе с файлами
    }:
tg-preset-unshared = Ссылка больше не работает.
tg-preset-not-shared = Доступ к этому пресету закрыт. Попросите новую ссылку у того, кто её прислал, или начните сами: напишите, чего хотите.
tg-preset-keep-ask =
    <b>{ $model }</b>

    💾 <b>Напишите название</b> — и я сохраню карточку под ним{ $files ->
        [0] { "" }
       *[other] , вместе с файлами
    }. /presets откроет её заполненной.

    🔗 Ссылка на модель, без ваших значений: { $link }
tg-preset-kept = 💾 Сохранено как «{ $name }». Открыть: /presets
tg-preset-rename-ask = ✏️ Напишите новое название для «{ $name }».
tg-preset-name-invalid =
    { $limit ->
        [one] В названии может быть от одного до { $limit } символа. Напишите другое.
        [few] В названии может быть от одного до { $limit } символов. Напишите другое.
        [many] В названии может быть от одного до { $limit } символов. Напишите другое.
       *[other] В названии может быть от одного до { $limit } символа. Напишите другое.
    }
tg-preset-dropped = Модель больше не принимает эти значения, они пропущены: { $names }
tg-preset-delete-sure = 🗑 Удалить «{ $name }» навсегда? Если есть ссылка, она перестанет работать.
tg-preset-delete-yes = 🗑 Да, удалить
tg-preset-deleted = Удалено
tg-link-copy = 📋 Скопировать ссылку
tg-link-send = 📤 Отправить ссылку

## Инлайн-режим: @бот слова в любом чате

tg-inline-nothing = Здесь пока пусто. Создать первое ▸
tg-inline-not-found = Такого нет. Создать ▸

## Настройки

tg-settings = <b>Настройки</b>
tg-settings-saved = Сохранено
tg-language = Русский
tg-language-auto = 🌐 Как в приложении
tg-setting-originals = Результаты файлами без сжатия
tg-setting-captions = Подписи под результатами
tg-setting-money = Цены и в долларах
tg-setting-safe = Фильтр содержания

## Пульт владельца, /admin.

tg-blocked = Простите, этот бот больше вам не отвечает: { block-reason }
block-reason =
    { $reason ->
        [none] так решил его владелец.
       *[other] { $reason }
    }
tg-invited = 🎉 Приглашение принято, добро пожаловать!
tg-invite-dead = Простите, это приглашение уже не действует: им воспользовались, или прошёл срок. Попросите новое.
tg-model-paused = ⏸ Эта модель { pause-reason }.
tg-model-failing = ⚠️ Последние запуски этой модели заканчивались сбоем. Можно попробовать, но лучше взять другую.

tg-admin = <b>Пульт</b> · { $time } UTC
tg-admin-alarm = 🔔 { $alarm }, с { $since }
tg-admin-credits =
    { $credits ->
        [one] 💰 На счёте KIE { $credits } кредит
        [few] 💰 На счёте KIE { $credits } кредита
        [many] 💰 На счёте KIE { $credits } кредитов
       *[other] 💰 На счёте KIE { $credits } кредита
    }
tg-admin-credits-unknown = 💰 KIE сейчас не сообщает, сколько осталось кредитов
tg-admin-now = ⏳ Сейчас: в очереди { $queued }, у KIE { $running }, отправляются { $delivering }
tg-admin-failures =
    { $count ->
        [0] ✅ Сбоев за 24 часа нет
        [one] ⚠️ { $count } сбой за 24 часа:
        [few] ⚠️ { $count } сбоя за 24 часа:
       *[other] ⚠️ { $count } сбоев за 24 часа:
    }
tg-admin-days = 📅 По дням (UTC): люди · генерации · кредиты
tg-admin-day = { "   " }{ $day }: { $people } · { $generations } · { $credits }
tg-admin-leader = 👑 Ведущий — { $holder }, эпоха { $epoch }, с { $since }
tg-admin-leader-gone = 👑 Ведущего сейчас нет; последним был { $holder }, эпоха { $epoch }, до { $since }
tg-admin-to-models = 🧩 Модели
tg-admin-to-people = 👥 Люди
tg-admin-to-blocks = 🚫 Блокировки
tg-admin-to-invite = 🎟 Приглашение
tg-admin-to-home = 🔄 Обновить
tg-admin-usage =
    <b>/admin</b> — пульт, остальное на кнопках или словами:
    <code>/admin models СЛОВА</code> — найти модель
    <code>/admin pause МОДЕЛЬ причина</code>, <code>/admin resume МОДЕЛЬ</code>
    <code>/admin block ID причина</code>, <code>/admin unblock ID</code>: ID человека, а с минусом — группы
    <code>/admin invite 5</code> — ссылка на пятерых
    <code>/admin bots</code> — боты этого сервера
    <code>/admin audit</code> — что делали админы
    <code>/admin spend 7</code> — на кого и на что ушли кредиты за семь дней
    <code>/admin find ID</code> — одна генерация по её коду или по номеру задачи KIE
    <code>/admin limit ID 50</code> — сколько человек может потратить за 24 часа; <code>none</code> — без ограничения, <code>default</code> — как у всех
    <code>/admin unsafe</code> — просьбы, которые бот отклоняет
    <code>/admin filter</code> — модели без фильтра содержания
    <code>/admin broadcast ТЕКСТ</code> — сообщение всем

tg-admin-models = 🧩 <b>Модели</b>: сначала выключенные и сбоящие. Найти: <code>/admin models слова</code>
tg-admin-no-model = Такой модели нет. Найти: <code>/admin models слова</code>
tg-admin-model-on = ▶️ Принимает запросы.
tg-admin-pause-hint = Выключить со своей причиной, её увидят все: <code>/admin pause { $model } причина</code>
tg-admin-pause =
    { $reason ->
        [failing] ⏸ Выключить: сбоит
        [expensive] ⏸ Выключить: дорого
        [checking] ⏸ Выключить: проверяем
       *[none] ⏸ Выключить без причины
    }
tg-admin-resume = ▶️ Включить

tg-admin-people = 👥 <b>Люди</b>, последние сверху. 🚫 заблокирован, 💤 сам заблокировал бота.
tg-admin-blocks =
    { $count ->
        [0] 🚫 Никто не заблокирован. Заблокировать: <code>/admin block ID причина</code>
       *[other] 🚫 <b>Заблокированы</b>: { $count }
    }
tg-admin-seen = Последний раз здесь { $at } UTC, язык { $language }
tg-admin-gone = 💤 Сам заблокировал бота или удалён.
tg-admin-blocked =
    { $reason ->
        [none] 🚫 Заблокирован { $since } UTC.
       *[other] 🚫 Заблокирован { $since } UTC: { $reason }
    }
tg-admin-block = 🚫 Заблокировать
tg-admin-unblock = ✅ Разблокировать
tg-admin-block-hint = С причиной, её увидит человек: <code>/admin block { $id } причина</code>
tg-admin-no-id = Нужен ID: <code>/admin block 123456789 причина</code>; у группы он начинается с минуса.
tg-admin-not-admins = Администратора заблокировать нельзя.
tg-admin-invite =
    { $count ->
        [one] 🎟 Приглашение на одного, до { $until }. Перешлите это сообщение или ссылку:
        [few] 🎟 Приглашение на { $count } человека, до { $until }. Перешлите это сообщение или ссылку:
       *[other] 🎟 Приглашение на { $count } человек, до { $until }. Перешлите это сообщение или ссылку:
    }
    { $link }
tg-admin-invite-needless = Бот открыт для всех (ACCESS=everyone), приглашать никого не нужно.

tg-admin-to-broadcasts = 📣 Рассылки
tg-admin-broadcast-usage =
    📣 <b>Рассылки</b>: одно сообщение всем, кто пользовался ботом.
    Напишите <code>/admin broadcast ТЕКСТ</code> или ответьте <code>/admin broadcast</code> на сообщение с текстом или фото. Сначала вы увидите, как это выглядит.
tg-admin-broadcast-ready =
    { $count ->
        [0] ☝️ Вот так это выглядит. Отправлять пока некому.
        [one] ☝️ Вот так это выглядит. Получит { $count } человек.
        [few] ☝️ Вот так это выглядит. Получат { $count } человека.
       *[other] ☝️ Вот так это выглядит. Получат { $count } человек.
    }
tg-admin-broadcast-send = 📣 Отправить всем
tg-admin-broadcast-drop = ✖ Не отправлять
tg-admin-broadcast-stop = ✖ Остановить
tg-admin-broadcast-sending = 📣 <b>Рассылка идёт.</b>
tg-admin-broadcast-done = ✅ <b>Рассылка закончена.</b>
tg-admin-broadcast-stopped = ✖ <b>Рассылка остановлена.</b>
tg-admin-broadcast-tally =
    Получили: { $sent }
    Ещё не получили: { $waiting }, отправляется: { $sending }
    Заблокировали бота или удалены: { $gone }
    Неизвестно, дошло ли: { $unknown }; Telegram не принял: { $refused }

tg-alarm-credits_low =
    { $figure ->
        [one] 🔔 <b>Мало кредитов</b>: на счёте KIE { $figure } кредит. Пополните его на kie.ai.
        [few] 🔔 <b>Мало кредитов</b>: на счёте KIE { $figure } кредита. Пополните его на kie.ai.
        [many] 🔔 <b>Мало кредитов</b>: на счёте KIE { $figure } кредитов. Пополните его на kie.ai.
       *[other] 🔔 <b>Мало кредитов</b>: на счёте KIE { $figure } кредита. Пополните его на kie.ai.
    }
tg-alarm-model_failing =
    { $figure ->
        [one] 🔔 <b>Модель сбоит</b>: { $about }, { $figure } сбой подряд не по вине людей. Она отмечена в меню; выключить: <code>/admin pause { $id } причина</code>
        [few] 🔔 <b>Модель сбоит</b>: { $about }, { $figure } сбоя подряд не по вине людей. Она отмечена в меню; выключить: <code>/admin pause { $id } причина</code>
       *[other] 🔔 <b>Модель сбоит</b>: { $about }, { $figure } сбоев подряд не по вине людей. Она отмечена в меню; выключить: <code>/admin pause { $id } причина</code>
    }
tg-alarm-leadership = 🔔 <b>Ведущий сменился неожиданно</b>: предыдущий исчез без предупреждения (сбой, нехватка памяти или обрыв связи). Началась эпоха { $figure }; ничего оплаченного не потеряно.

tg-alarm-name-credits_low = мало кредитов
tg-alarm-name-model_failing = сбоит { $about }
tg-alarm-name-leadership = предыдущий ведущий исчез без предупреждения

tg-fault-invalid_input = данные не подошли модели
tg-fault-input_rejected = KIE не принял данные
tg-fault-content_refused = нарушает правила модели
tg-fault-model_unavailable = модель отключена у KIE
tg-fault-out_of_credits = нет кредитов
tg-fault-unauthorised = KIE не принимает ключ
tg-fault-usage_cap = исчерпан лимит ключа
tg-fault-file_unreachable = KIE не скачал файл
tg-fault-attachment_lost = файл человека потерян
tg-fault-attachment_empty = файл человека пустой
tg-fault-provider_unavailable = KIE недоступен
tg-fault-generation_failed = модель не справилась
tg-fault-provider_timed_out = KIE не дождался модели
tg-fault-no_result = готово, но пусто
tg-fault-unreadable_result = ответ не читается
tg-fault-wait_expired = не дождались результата
tg-fault-outcome_unknown = неизвестно, началось ли

tg-type-text_to_image = Картинка по описанию
tg-type-image_to_video = Видео из картинки
tg-type-text_to_video = Видео по описанию
tg-type-image_to_image = Картинка из картинки
tg-type-image_edit = Изменить картинку
tg-type-audio_to_audio = Очистить или изменить звук
tg-type-upscale = Увеличить картинку
tg-type-video_upscale = Увеличить видео
tg-type-outpaint = Дорисовать края картинки
tg-type-speech_to_video = Говорящее видео из голоса
tg-type-speech_to_text = Текст из речи
tg-type-text_to_speech = Речь из текста
tg-type-text_to_audio = Музыка и звуки по описанию
tg-type-lip_sync = Губы под голос
tg-type-video_to_video = Перерисовать видео
tg-type-video_editing = Изменить видео
tg-type-video_extend = Продолжить видео
tg-type-image_analysis = Описать картинку
tg-type-character_creation = Создать персонажа

# Что модель делает, одной фразой, и сколько она может, если это известно из реестра.

tg-does-text_to_image = Рисует картинку по вашему описанию.
tg-does-image_to_video = Оживляет картинку: делает из неё видео.
tg-does-text_to_video = Снимает видео по вашему описанию.
tg-does-image_to_image = Делает новую картинку по образцу вашей.
tg-does-image_edit = Меняет вашу картинку, а остальное не трогает.
tg-does-audio_to_audio = Очищает или меняет ваш звук.
tg-does-upscale = Делает вашу картинку больше и чётче.
tg-does-video_upscale = Делает ваше видео больше и чётче.
tg-does-outpaint = Дорисовывает то, что за краями вашей картинки.
tg-does-speech_to_video = Делает из картинки и голоса говорящее видео.
tg-does-speech_to_text = Записывает словами то, что сказано в записи.
tg-does-text_to_speech = Читает ваш текст вслух.
tg-does-text_to_audio = Делает музыку и звуки по вашему описанию.
tg-does-lip_sync = Двигает губы под вашу запись голоса.
tg-does-video_to_video = Делает новое видео по образцу вашего.
tg-does-video_editing = Меняет ваше видео, а остальное не трогает.
tg-does-video_extend = Продолжает ваше видео с того места, где оно кончается.
tg-does-image_analysis = Рассказывает, что на вашей картинке.
tg-does-character_creation = Делает из вашего видео персонажа для других видео.
tg-can-last = { $seconds } с
tg-can-resolution = до { $resolution }
tg-can-pictures =
    { $count ->
        [one] берёт до { $count } картинки
       *[other] берёт до { $count } картинок
    }

tg-parameter-prompt = Описание
tg-parameter-text = Текст
tg-parameter-negative_prompt = Чего избегать
tg-parameter-aspect_ratio = Формат
tg-parameter-aspectRatio = Формат
tg-parameter-ratio = Формат
tg-parameter-resolution = Разрешение
tg-parameter-output_resolution = Разрешение
tg-parameter-image_resolution = Разрешение
tg-parameter-duration = Длительность, с
tg-parameter-n_frames = Длительность
tg-parameter-image_size = Размер
tg-parameter-size = Размер
tg-parameter-quality = Качество
tg-parameter-mode = Режим
tg-parameter-style = Стиль
tg-parameter-seed = Зерно (seed)
tg-parameter-output_format = Формат файла
tg-parameter-image_url = Картинка
tg-parameter-image_urls = Картинки
tg-parameter-input_image = Картинка
tg-parameter-image = Картинка
tg-parameter-image_input = Картинки
tg-parameter-input_urls = Картинки
tg-parameter-reference_image = Картинка-образец
tg-parameter-reference_image_urls = Картинки-образцы
tg-parameter-first_frame_url = Первый кадр
tg-parameter-last_frame_url = Последний кадр
tg-parameter-end_image_url = Последний кадр
tg-parameter-tail_image_url = Последний кадр
tg-parameter-mask_url = Маска
tg-parameter-video_url = Видео
tg-parameter-video_urls = Видео
tg-parameter-reference_video_urls = Видео-образцы
tg-parameter-audio_url = Звук
tg-parameter-audio_urls = Звуки
tg-parameter-reference_audio_urls = Звуки-образцы
tg-parameter-voice = Голос
tg-parameter-speed = Скорость
tg-parameter-language_code = Язык
tg-parameter-num_images = Сколько картинок
tg-parameter-max_images = Сколько картинок
tg-parameter-n = Сколько
tg-parameter-background = Фон
tg-parameter-upscale_factor = Во сколько раз увеличить
tg-parameter-nsfw_checker = Фильтр KIE
tg-parameter-enable_safety_checker = Фильтр самой модели
tg-parameter-watermark = Водяной знак
tg-parameter-remove_watermark = Без водяного знака
tg-parameter-audio = Со звуком
tg-parameter-sound = Со звуком
tg-parameter-generate_audio = Со звуком
tg-parameter-generate_audio_switch = Со звуком
tg-parameter-loop = Зациклить
tg-parameter-camera_fixed = Камера неподвижна
tg-parameter-prompt_extend = Улучшить описание
tg-parameter-prompt_optimizer = Улучшить описание
tg-parameter-enhance_prompt = Улучшить описание
tg-parameter-expand_prompt = Улучшить описание
tg-parameter-enable_prompt_expansion = Улучшить описание
tg-parameter-enable_translation = Перевести описание
tg-parameter-guidance_scale = Точность следования описанию
tg-parameter-cfg_scale = Точность следования описанию
tg-parameter-num_inference_steps = Шаги
tg-parameter-strength = Сила изменения
tg-parameter-temperature = Температура
tg-parameter-stability = Стабильность голоса
tg-parameter-similarity_boost = Сходство голоса
tg-parameter-taskId = Прежняя задача
tg-parameter-task_id = Прежняя задача
tg-parameter-title = Название
tg-parameter-lyrics = Слова песни
tg-parameter-instrumental = Без вокала
tg-parameter-dialogue = Диалог
tg-parameter-shots = Кадры
tg-parameter-speakers = Говорящие
tg-parameter-dialogue_turns = Реплики
tg-parameter-web_search = Искать в интернете
tg-parameter-rendering_speed = Скорость отрисовки
tg-parameter-multi_shots = Несколько планов
tg-parameter-generation_type = Вид задания
tg-parameter-enable_fallback = Запасная модель
tg-parameter-acceleration = Ускорение
tg-parameter-multi_prompt = Планы по одному
tg-parameter-elements = Герои и предметы
tg-parameter-kling_elements = Герои и предметы
tg-parameter-character_id_list = Персонажи
tg-parameter-upload_cn = Хранить в Китае
tg-parameter-return_last_frame = Вернуть последний кадр
tg-parameter-timestamps = Время каждого слова
tg-parameter-previous_text = Текст до этого
tg-parameter-next_text = Текст после этого
tg-parameter-customize_multi_shots = Свои планы
tg-parameter-prefer_multi_shots = Лучше несколько планов
tg-parameter-variety = Разнообразие
tg-parameter-enable_sequential = Серия картинок
tg-parameter-thinking_mode = Сначала подумать
tg-parameter-color_palette = Цвета
tg-parameter-bbox_list = Области
tg-parameter-audio_setting = Звуковая дорожка
tg-parameter-reference_file_urls = Документ
tg-parameter-reference_link_urls = Веб-страница
tg-parameter-prompt_upsampling = Улучшить описание
tg-parameter-safety_tolerance = Строгость фильтра
tg-parameter-duration_seconds = Длительность, с
tg-parameter-prompt_influence = Влияние описания
tg-parameter-audio_ids = Голоса по ID
tg-parameter-video_list = Отрывки
tg-parameter-character_ids = Персонажи
tg-parameter-scene = Сцена
tg-parameter-sample_context = Тон
tg-parameter-filler_words = Слова-паузы
tg-parameter-character_orientation = Чьё положение
tg-parameter-files_url = Картинки
tg-parameter-file_url = Картинка (старое поле)
tg-parameter-generate_multi_clip_switch = Несколько клипов
tg-parameter-custom_mode = Подробный режим
tg-parameter-model = Версия
tg-parameter-version = Версия
tg-parameter-negative_tags = Каких стилей избегать
tg-parameter-vocal_gender = Кто поёт
tg-parameter-style_weight = Вес стиля
tg-parameter-weirdness_constraint = Смелость
tg-parameter-audio_weight = Вес звука
tg-parameter-persona_id = Персона
tg-parameter-persona_model = Вид персоны
tg-parameter-enable_pro = Высшее качество
tg-parameter-sync_mode = Ждать результата
tg-parameter-num_frames = Кадры
tg-parameter-frames_per_second = Кадров в секунду
tg-parameter-shift = Сдвиг сэмплера
tg-parameter-first_clip_url = Видео для продолжения
tg-parameter-driving_audio_url = Ведущий звук
tg-parameter-reference_video = Видео-образцы
tg-parameter-first_frame = Первый кадр
tg-parameter-reference_voice = Образец голоса
tg-parameter-fixed_lens = Камера неподвижна
tg-parameter-pe_fast_mode = Быстрый режим
tg-parameter-separate_vocal = Сначала отделить голос
tg-parameter-open_scenedet = Искать склейки
tg-parameter-align_audio = Подогнать видео под звук
tg-parameter-align_audio_reverse = И в обратную сторону
tg-parameter-templ_start_seconds = Начало в образце, с
tg-parameter-tag_audio_events = Отмечать смех и шумы
tg-parameter-diarize = Различать говорящих
tg-parameter-seeds = Зерно (seed)
tg-parameter-reference_mask_urls = Маски образцов
tg-parameter-background_source = Откуда фон
tg-parameter-taskType = Вид задания
tg-parameter-fileUrl = Картинка (старое поле)
tg-parameter-fileUrls = Картинки
tg-parameter-stylization = Сила стиля
tg-parameter-weirdness = Странность
tg-parameter-character_file_url = Видео персонажа
tg-parameter-character_prompt = Описание персонажа
tg-parameter-safety_instruction = Чего нельзя показывать
tg-parameter-template_id = Эффект
tg-parameter-image_references = Картинки-образцы
tg-parameter-first_frame_image_url = Первый кадр
tg-parameter-last_frame_image_url = Последний кадр
tg-parameter-mask_indexs = Сегменты
tg-parameter-extend_at = Откуда продолжить
tg-parameter-extend_times = Сколько секунд добавить
tg-parameter-index = Какая картинка

# What the registry says of parameters, by its own words: in English it stands there.

tg-about-text-describing-what-to-make-or-change = Словами: что сделать или изменить
tg-about-output-frame-shape = Форма кадра
tg-about-output-resolution-tier = Чёткость результата
tg-about-turns-kie-content-filter-on-or-off = Включает и выключает фильтр содержания KIE
tg-about-clip-length-in-seconds = Длительность ролика в секундах
tg-about-random-seed-for-repeatability = Число, с которым результат можно повторить
tg-about-source-or-reference-images = Исходные картинки или образцы
tg-about-source-image = Исходная картинка
tg-about-file-format-of-the-result = Формат файла результата
tg-about-what-the-result-should-avoid = Чего в результате быть не должно
tg-about-output-size-or-shape-preset = Размер или форма на выбор
tg-about-quality-tier = Уровень качества
tg-about-produce-sound-with-the-video = Сделать к видео звук
tg-about-strength-of-prompt-adherence = Насколько строго следовать описанию
tg-about-source-audio-track = Исходная звуковая дорожка
tg-about-let-the-service-rewrite-the-prompt = Разрешить переписать описание
tg-about-watermark-text = Текст водяного знака
tg-about-source-video = Исходное видео
tg-about-style-preset = Стиль на выбор
tg-about-how-many-images-to-return = Сколько картинок сделать
tg-about-image-used-as-the-last-frame = Картинка для последнего кадра
tg-about-translate-the-prompt-to-english = Перевести описание на английский
tg-about-let-the-service-enrich-the-prompt = Разрешить дополнить описание
tg-about-safety-filter-switch = Фильтр безопасности
tg-about-speed-versus-quality-preset = Быстрее или лучше
tg-about-taskid-of-an-earlier-kie-task-to-continue-from = ID прежней задачи KIE, которую нужно продолжить
tg-about-audio-switch = Включает звук
tg-about-several-shots-instead-of-one = Несколько планов вместо одного
tg-about-source-or-reference-videos = Исходные видео или образцы
tg-about-watermark-setting = Настройка водяного знака
tg-about-reference-image-s = Картинки-образцы
tg-about-reference-images = Картинки-образцы
tg-about-output-size-tier = Размер
tg-about-generation-mode-or-tier = Режим или уровень качества
tg-about-1-image-start-frame-2-start-and-end-frame-1-3-in-reference-mode = 1 картинка — первый кадр, 2 — первый и последний, от 1 до 3 — образцы
tg-about-text-frames-or-reference-mode = По тексту, по кадрам или по образцам
tg-about-seconds-reference-mode-only-8 = Секунды; по образцам только 8
tg-about-deprecated-fallback-switch = Запасная модель, устаревшая настройка
tg-about-speed-up-level = Степень ускорения
tg-about-keep-the-camera-still = Держать камеру неподвижно
tg-about-text-to-speak-or-to-turn-into-sound = Текст, который нужно произнести или превратить в звук
tg-about-language-of-the-speech = Язык речи
tg-about-named-subjects-referenced-from-the-prompt = Герои и предметы, которые названы в описании
tg-about-video-length-in-seconds-sent-as-a-string = Длительность видео в секундах
tg-about-sampling-steps = Число шагов
tg-about-let-a-language-model-enrich-the-prompt = Разрешить языковой модели дополнить описание
tg-about-image-used-as-the-first-frame = Картинка для первого кадра
tg-about-allow-online-search = Разрешить поиск в интернете
tg-about-reference-images-url-or-asset-id = Картинки-образцы (файл, ссылка или ID asset://)
tg-about-reference-audio-clips-url-or-asset-id = Звуки-образцы (файл, ссылка или ID asset://)
tg-about-image-used-as-the-first-frame-url-or-asset-id = Картинка для первого кадра (файл, ссылка или ID asset://)
tg-about-image-used-as-the-last-frame-url-or-asset-id = Картинка для последнего кадра (файл, ссылка или ID asset://)
tg-about-reference-video-clips-url-or-asset-id = Видео-образцы (файл, ссылка или ID asset://)
tg-about-voice-stability = Стабильность голоса
tg-about-sampling-temperature = Чем больше, тем неожиданнее
tg-about-speaker-definitions = Кто говорит и каким голосом
tg-about-lines-in-speaking-order = Реплики по порядку
tg-about-per-shot-prompts-with-durations = Описание и длительность каждого плана
tg-about-let-the-model-rewrite-the-prompt = Разрешить модели переписать описание
tg-about-ask-for-a-result-without-watermark = Результат без водяного знака
tg-about-character-ids-made-by-sora-2-characters = ID персонажей, сделанных в sora-2-characters
tg-about-27-16-16-27-9-8-and-8-9-only-at-1k = 27:16, 16:27, 9:8 и 8:9 только при 1K
tg-about-background-opaque-or-transparent = Фон: сплошной или прозрачный
tg-about-how-far-the-result-may-move-from-the-source = Насколько результат может отойти от исходного
tg-about-only-together-with-first-frame-url = Только вместе с первым кадром
tg-about-store-the-result-in-china = Хранить результат в Китае
tg-about-also-return-the-last-frame-as-an-image = Прислать и последний кадр картинкой
tg-about-mask-image-marking-the-area-to-change = Маска: область, которую нужно изменить
tg-about-voice-name-or-voice-id = Имя или ID голоса
tg-about-closeness-to-the-original-voice = Близость к исходному голосу
tg-about-speaking-rate = Скорость речи
tg-about-return-word-timings = Указать время каждого слова
tg-about-text-that-precedes-for-continuity = Текст перед этим, чтобы речь была связной
tg-about-text-that-follows-for-continuity = Текст после этого, чтобы речь была связной
tg-about-author-the-shots-yourself = Описать планы самому
tg-about-prefer-several-shots = Лучше несколько планов
tg-about-transparent-needs-png-or-webp = Для прозрачного нужен png или webp
tg-about-group-image-mode = Несколько связанных картинок
tg-about-reasoning-mode-of-the-model = Модель сначала обдумывает задание
tg-about-colour-theme = Цветовая гамма
tg-about-one-list-per-input-image-each-of-up-to-2-boxes-x1-y1-x2-y2-in-whole-pixels = По списку на картинку, в каждом до 2 рамок [x1, y1, x2, y2] в целых пикселях
tg-about-keep-or-regenerate-audio = Оставить звук или сделать новый
tg-about-needed-for-text-only-refer-to-references-as-image1-video1-audio1 = Нужно, если есть только текст; образцы называйте Image1, Video1, Audio1
tg-about-not-together-with-reference = Не вместе с образцами
tg-about-1-15-s-each-15-s-in-total-input-plus-output-up-to-30-s = По 1–15 с, вместе до 15 с; вместе с результатом до 30 с
tg-about-1-15-s-each-15-s-in-total = По 1–15 с, вместе до 15 с
tg-about-document-as-source = Документ как исходный материал
tg-about-web-page-as-source = Веб-страница как исходный материал
tg-about-upper-case-p = С большой буквой P
tg-about-seconds-1-lets-the-model-choose = Секунды; −1 — модель выберет сама
tg-about-sound-track-on-or-off = Со звуковой дорожкой или без
tg-about-english-only-unless-enable-translation = Только по-английски, если не включён перевод
tg-about-give-it-to-edit-leave-out-to-generate = С картинкой — изменить её, без картинки — сделать новую
tg-about-moderation-level-0-strictest-edit-mode-up-to-2 = Строгость проверки, 0 — самая строгая (при изменении картинки до 2)
tg-about-pixel-scale-tier = Размер в пикселях
tg-about-upper-bound-of-images-per-run = Сколько картинок за раз, не больше
tg-about-make-the-sound-loop = Зациклить звук
tg-about-sound-length-in-seconds = Длительность звука в секундах
tg-about-how-closely-to-follow-the-text = Насколько точно следовать тексту
tg-about-ids-from-the-omni-audio-endpoint = ID голосов, сделанных в Omni
tg-about-ids-from-the-omni-character-endpoint = ID персонажей, сделанных в Omni
tg-about-scene-hint = Что за сцена
tg-about-overall-tone-hint = Общее настроение
tg-about-insert-filler-words-works-with-two-speakers-only = Вставлять слова-паузы; только для двух говорящих
tg-about-whether-orientation-follows-the-image-or-the-video = Положение как на картинке или как на видео
tg-about-needed-when-no-files-url = Нужно, если нет картинок
tg-about-needed-when-no-prompt = Нужно, если нет описания
tg-about-deprecated-single-image = Одна картинка, устаревшее поле
tg-about-allow-several-clips = Разрешить несколько клипов
tg-about-seconds-10-only-with-720p = Секунды; 10 только при 720p
tg-about-1080p-only-with-5-s = 1080p только при 5 с
tg-about-needed-for-text-only-ignored-when-an-image-is-given = Нужно, если есть только текст; с картинкой не действует
tg-about-optional-start-image = Начальная картинка, необязательно
tg-about-watermark-text-empty-for-none = Текст водяного знака; пусто — без него
tg-about-detailed-mode-style-and-title-given-by-the-caller = Подробно: стиль и название задаёте вы
tg-about-no-vocals = Без вокала
tg-about-suno-version-v4-to-v5-5-are-marked-discontinued = Версия Suno; V4–V5_5 отмечены как снятые
tg-about-lyrics-in-custom-mode-idea-max-3000-otherwise = В подробном режиме слова песни, иначе замысел (до 3000 знаков)
tg-about-music-style-needed-in-custom-mode = Стиль музыки; нужен в подробном режиме
tg-about-needed-in-custom-mode = Нужно в подробном режиме
tg-about-lyrics-take-priority-over-prompt-in-custom-mode = Слова песни; в подробном режиме важнее описания
tg-about-styles-to-avoid = Стили, которых избегать
tg-about-voice-gender-hint = Мужской или женский голос
tg-about-seconds-custom-mode-with-v5-5-or-v6-family-only = Секунды; только в подробном режиме с V5_5 или V6
tg-about-image-ideas-simple-mode-only = Картинки для замысла; только в простом режиме
tg-about-video-idea-simple-mode-only-up-to-241-s = Видео для замысла; только в простом режиме, до 241 с
tg-about-audio-idea-simple-mode-only-6-s-to-30-min = Звук для замысла; только в простом режиме, от 6 с до 30 мин
tg-about-weight-of-the-style-text = Насколько важен стиль
tg-about-amount-of-experimentation = Насколько смело
tg-about-weight-of-the-audio-features = Насколько важен звук-образец
tg-about-diversity-of-results = Насколько результаты разные
tg-about-persona-or-voice-id = ID персоны или голоса
tg-about-kind-of-persona = Вид персоны
tg-about-enlargement-factor-sent-as-a-string = Во сколько раз увеличить
tg-about-use-the-higher-quality-tier = Высшее качество
tg-about-wait-for-the-upstream-result = Ждать результата
tg-about-order-matters = Порядок важен
tg-about-local-edit-exactly-one-image-no-transparent-background = Правка части: ровно одна картинка, без прозрачного фона
tg-about-frame-count = Число кадров
tg-about-frame-rate = Кадров в секунду
tg-about-sampler-shift-value = Сдвиг сэмплера
tg-about-video-to-continue-from = Видео, которое нужно продолжить
tg-about-audio-that-drives-the-video = Звук, под который делается видео
tg-about-reference-videos = Видео-образцы
tg-about-audio-giving-the-voice-timbre = Звук с тембром голоса
tg-about-fast-mode-switch = Быстрый режим
tg-about-what-to-separate = Что отделить
tg-about-isolate-the-voice-first = Сначала выделить голос
tg-about-scene-cut-detection = Искать склейки сцен
tg-about-loop-video-to-fit-the-audio = Повторять видео, пока идёт звук
tg-about-loop-video-backwards-as-well = Повторять и в обратную сторону
tg-about-start-offset-in-the-template-video = С какого места образца начать
tg-about-mark-laughter-applause-and-the-like = Отмечать смех, аплодисменты и подобное
tg-about-label-the-speakers = Подписывать, кто говорит
tg-about-lines-with-a-voice-for-each = Реплики с голосом для каждой
tg-about-source-clips-with-trim-range = Исходные ролики с началом и концом
tg-about-seconds-4-to-10-priced = Секунды (цены есть от 4 до 10)
tg-about-not-together-with-image-urls-audio-ids-video-list-character-ids = Не вместе с картинками, голосами, отрывками и персонажами
tg-about-one-clip-url-start-ends-up-to-30-s-cut-up-to-10-s = Один ролик: ссылка, начало, конец; до 30 с, вырезка до 10 с
tg-about-taskid-of-the-veo-video-to-continue-not-a-1080p-one = ID задачи с видео Veo, которое нужно продолжить (не 1080p)
tg-about-random-seed = Число, с которым результат можно повторить
tg-about-mask-for-the-character-reference = Маска для образца персонажа
tg-about-take-the-background-from-video-or-image = Фон взять с видео или с картинки
tg-about-kind-of-job = Вид задания
tg-about-not-for-video-and-omni-reference = Не для видео и не для образцов omni
tg-about-older-single-image-field = Одна картинка, прежнее поле
tg-about-source-images-one-for-video = Исходные картинки; для видео одна
tg-about-midjourney-version = Версия Midjourney
tg-about-diversity = Разнообразие
tg-about-style-strength = Сила стиля
tg-about-oddness = Странность
tg-about-reference-video-clips = Видео-образцы
tg-about-reference-audio-clips = Звуки-образцы
tg-about-shots-with-scene-text-and-duration = Планы: описание сцены и длительность
tg-about-short-video-of-the-character = Короткое видео с персонажем
tg-about-character-description = Описание персонажа
tg-about-content-limits-in-words = Чего нельзя, словами
tg-about-effect-template-id = ID эффекта
tg-about-reference-images-with-role-and-name = Картинки-образцы с ролью и именем
tg-about-indexes-of-segments-to-change = Номера сегментов, которые нужно изменить
tg-about-where-the-extension-starts = С какого места продолжить
tg-about-how-many-seconds-to-add-string = Сколько секунд добавить
tg-about-which-image-of-the-earlier-task-to-use = Какую картинку из прежней задачи взять
tg-about-accent = акцент
tg-about-element-input-urls = картинки
tg-about-clip = Ролик
tg-about-voice-name = имя голоса
tg-about-share-of-the-colour-as-25-00 = доля цвета, как 25.00%
tg-about-url = ссылка
tg-about-cut-start-seconds = начало вырезки, секунды
tg-about-name = имя
tg-about-ends = конец
tg-about-cut-end-seconds = конец вырезки, секунды
tg-about-description = описание
tg-about-speaker-id = ID говорящего
tg-about-scene = сцена
tg-about-colour-as-rrggbb = цвет как #RRGGBB
tg-about-start = начало
