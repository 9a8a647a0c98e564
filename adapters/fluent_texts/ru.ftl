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
violation-at_least_one = нужно хотя бы одно из: { $names }
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
violation-too_small = { $actual } — слишком мало: не меньше { $limit }
violation-too_large = { $actual } — слишком много: не больше { $limit }
violation-not_a_step = { $actual } не попадает в шаг { $step }
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

failure-invalid_input = Модель не примет такие данные, поэтому ничего не отправлено. { failure-charged } Исправьте то, что названо, и попробуйте снова.
failure-input_rejected = Сервис не принял данные. { failure-charged } Измените их или выберите другую модель.
failure-content_refused = Запрос нарушает правила этой модели. { failure-charged } Сформулируйте иначе, возьмите другую картинку или другую модель.
failure-model_unavailable = Эта модель сейчас отключена у сервиса. { failure-charged } Выберите другую или вернитесь позже.
failure-out_of_credits = На счёте у сервиса закончились кредиты. { failure-charged } Счёт нужно пополнить, после этого попробуйте снова.
failure-unauthorised = Сервис не принимает наш ключ. { failure-charged } Ключ должен проверить администратор; вы всё сделали правильно.
failure-usage_cap = Наш ключ исчерпал свой лимит у сервиса. { failure-charged } Попробуйте позже или попросите администратора поднять лимит.
failure-file_unreachable = Сервис не смог скачать один из файлов. { failure-charged } Пришлите сам файл или ссылку, которая открывается без входа.
failure-attachment_lost = Ваш файл больше не читается. { failure-charged } Пришлите его ещё раз.
failure-attachment_unavailable = Ваш файл сейчас не удалось прочитать. { failure-charged } Попробуйте через минуту.
failure-provider_unavailable = Сервис недоступен, ничего не запущено. { failure-charged } Попробуйте через несколько минут.
failure-generation_failed = Модель начала работу, но не справилась. { failure-charged } Попробуйте ещё раз; если не выйдет снова, измените запрос или выберите другую модель.
failure-provider_timed_out = Сервис работал слишком долго и сдался. { failure-charged } Попробуйте снова, лучше с запросом попроще или покороче.
failure-no_result = Сервис сообщил, что всё готово, но ничего не прислал. { failure-charged } Попробуйте снова; администратор может найти эту задачу.
failure-unreadable_result = Ответ сервиса не читается, показать результат нельзя. { failure-charged } Попробуйте снова; администратор может найти эту задачу.
failure-wait_expired = Результата нет очень долго, и мы перестали ждать. { failure-charged } Попробуйте снова или выберите другую модель.
failure-outcome_unknown = Связь оборвалась во время отправки, и с тех пор ничего не слышно. { failure-charged } Второй раз мы не отправляли, чтобы вы не заплатили дважды; если результат ещё нужен, попросите снова.

failure-limit_reached-in_flight =
    { $allowed ->
        [one] У вас уже идёт { $allowed } генерация, больше одновременно нельзя. Это ничего не стоило. Дождитесь её конца или отмените её.
        [few] У вас уже идут { $allowed } генерации, больше одновременно нельзя. Это ничего не стоило. Дождитесь конца одной из них или отмените её.
        [many] У вас уже идут { $allowed } генераций, больше одновременно нельзя. Это ничего не стоило. Дождитесь конца одной из них или отмените её.
       *[other] У вас уже идут { $allowed } генерации, больше одновременно нельзя. Это ничего не стоило. Дождитесь конца одной из них или отмените её.
    }
failure-limit_reached-per_day =
    { $allowed ->
        [one] Лимит исчерпан: { $allowed } генерация за 24 часа. Это ничего не стоило. Возвращайтесь позже.
        [few] Лимит исчерпан: { $allowed } генерации за 24 часа. Это ничего не стоило. Возвращайтесь позже.
        [many] Лимит исчерпан: { $allowed } генераций за 24 часа. Это ничего не стоило. Возвращайтесь позже.
       *[other] Лимит исчерпан: { $allowed } генерации за 24 часа. Это ничего не стоило. Возвращайтесь позже.
    }
failure-limit_reached-credits_per_day =
    { $allowed ->
        [one] Так за 24 часа выйдет больше { $allowed } кредита. Это ничего не стоило. Выберите модель дешевле или возвращайтесь позже.
       *[other] Так за 24 часа выйдет больше { $allowed } кредитов. Это ничего не стоило. Выберите модель дешевле или возвращайтесь позже.
    }
failure-limit_reached-group_per_day =
    { $allowed ->
        [one] Лимит этой группы исчерпан: { $allowed } генерация за 24 часа. Это ничего не стоило. Возвращайтесь позже или напишите мне лично.
        [few] Лимит этой группы исчерпан: { $allowed } генерации за 24 часа. Это ничего не стоило. Возвращайтесь позже или напишите мне лично.
        [many] Лимит этой группы исчерпан: { $allowed } генераций за 24 часа. Это ничего не стоило. Возвращайтесь позже или напишите мне лично.
       *[other] Лимит этой группы исчерпан: { $allowed } генерации за 24 часа. Это ничего не стоило. Возвращайтесь позже или напишите мне лично.
    }
failure-limit_reached-group_credits_per_day =
    { $allowed ->
        [one] Так группа потратит за 24 часа больше { $allowed } кредита. Это ничего не стоило. Выберите модель дешевле, возвращайтесь позже или напишите мне лично.
       *[other] Так группа потратит за 24 часа больше { $allowed } кредитов. Это ничего не стоило. Выберите модель дешевле, возвращайтесь позже или напишите мне лично.
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
failure-model_gone = Этой модели больше нет. Ничего не запущено и не списано. Другие — в /models.
failure-limit_reached-presets =
    { $allowed ->
        [one] У вас уже { $allowed } пресет, больше сохранить нельзя. Сначала удалите его: /presets
        [few] У вас уже { $allowed } пресета, больше сохранить нельзя. Сначала удалите один: /presets
        [many] У вас уже { $allowed } пресетов, больше сохранить нельзя. Сначала удалите один: /presets
       *[other] У вас уже { $allowed } пресета, больше сохранить нельзя. Сначала удалите один: /presets
    }
failure-not_cancellable = Запрос уже у сервиса, отменить его нельзя. Результат придёт; стоимость такая, как было названо.
failure-store_unavailable = Наша память сейчас не отвечает. Если запрос дошёл, результат придёт сам; если нет, это ничего не стоило. Проверьте через минуту, прежде чем повторять.
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
cli-outcome-unknown = { $model }: связь оборвалась; ждём знака, началась ли работа

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
        [one] Будет запущена { $count } модель, примерно за { $credits } кредитов.
        [few] Будут запущены { $count } модели, всего примерно за { $credits } кредитов.
        [many] Будут запущены { $count } моделей, всего примерно за { $credits } кредитов.
       *[other] Будут запущены { $count } модели, всего примерно за { $credits } кредитов.
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

    /models — всё, что есть · /history — что вы сделали · /help
tg-help =
    <b>Как это работает</b>
    1. Напишите желание или пришлите файл.
    2. Выберите модель. В её карточке видно, что можно настроить; обычный текст становится описанием.
    3. Нажмите «Запустить». Если цена известна, она на кнопке.

    Ответьте словами на любую картинку, видео или звук, чтобы сделать из них что-то новое.

    <b>Команды</b>
    /models — модели по задачам
    /generate МОДЕЛЬ слова ключ=значение — всё одним сообщением
    /presets — сохранённые карточки
    /history — что вы сделали
    /cancel — закрыть карточку, отозвать ждущее желание
    /settings — язык и вид результатов
tg-link-dead = Эта ссылка не работает (или уже не работает). Зато я работаю:
tg-stranger = Простите, этот бот только для своих. Попросите его владельца вас впустить.
tg-error = У меня что-то сломалось, я записал, что именно. Попробуйте ещё раз. Если повторится, назовите владельцу этот номер: { $id }
tg-unknown-command = Такой команды я не знаю. Все мои команды — в /help.
tg-not-understood = С этим я ничего не умею. Напишите, что хотите увидеть или услышать, или пришлите фото, видео или звук.
tg-edited = Правок я не вижу. Пришлите текст ещё раз новым сообщением.
tg-old-button = Эта кнопка уже не работает, она слишком старая. Напишите желание заново или откройте /models.
tg-foreign-button = Это чужая кнопка. Напишите мне, и у вас будут свои.
tg-model-gone = Этой модели у меня больше нет. Другие — в /models.
tg-file-too-large = Файл слишком большой: Telegram отдаёт мне не больше { $limit } МБ. Пришлите файл поменьше.

tg-command-start = Что умеет этот бот
tg-command-models = Модели по задачам
tg-command-generate = Модель одним сообщением
tg-command-history = Что вы сделали
tg-command-cancel = Закрыть карточку, отозвать желание
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
tg-search = 🔎 Нашлось по «{ $text }». Напишите другое, чтобы искать другое.
tg-search-nothing = 🔎 По «{ $text }» ничего нет. Напишите иначе: название модели или что сделать.
tg-offer = Что с этим сделать? Выберите модель:
tg-offer-missing = «{ $task }» — для этого у KIE сейчас нет модели. Ближе всего эти:
tg-offer-nothing = У меня нет модели, которая что-то с этим сделает. Посмотрите, что есть: /models
tg-generate-usage =
    Напишите модель, слова и значения одним сообщением:
    <code>/generate МОДЕЛЬ рыжая лиса в снегу aspect_ratio=16:9</code>
    Значение из нескольких слов берите в кавычки: <code>negative_prompt="текст, рамки"</code>. Модели — в /models.

tg-card-more = ⚙️ Ещё ({ $count })
tg-card-last = 🕘 Как в прошлый раз
tg-credits-left =
    { $credits ->
        [one] 💳 На счёте KIE { $credits } кредит.
        [few] 💳 На счёте KIE { $credits } кредита.
        [many] 💳 На счёте KIE { $credits } кредитов.
       *[other] 💳 На счёте KIE { $credits } кредита.
    }
tg-card-models = ⬅ Другие модели
tg-card-spent = Эта карточка уже сработала. Результат придёт или уже пришёл: /history
tg-not-offered = ⚠️ Сейчас KIE не предлагает эту модель.
tg-run = ▶️ Запустить
tg-run-price =
    { $credits ->
        [one] ▶️ Запустить · { $credits } кредит
        [few] ▶️ Запустить · { $credits } кредита
        [many] ▶️ Запустить · { $credits } кредитов
       *[other] ▶️ Запустить · { $credits } кредита
    }
tg-run-anyway = ⚠️ Всё равно запустить
tg-accepted = Принято!
tg-default = { $value } (обычно)
tg-needed = ❗ нужно
tg-hint-file = 📎 Пришлите сюда файл: фото, видео, звук или документ.
tg-hint-task = ⏩ Эта модель продолжает готовый результат. Сделайте его моделью того же создателя или выберите из сделанных.
tg-ask-task = ⏩ Выберите, что продолжить. Если задача сделана не здесь, напишите её номер у KIE.
tg-ask-task-none = ⏩ Продолжать пока нечего: сначала сделайте что-нибудь моделью того же создателя. Если задача сделана не здесь, напишите её номер у KIE.
tg-hint-prompt = ✏️ Напишите, что хотите: следующее сообщение станет описанием.
tg-hint-mend = ❗ Задайте отмеченное и нажмите «Запустить».
tg-hint-another = ⬅ Новых желаний она сейчас не принимает: выберите другую модель.
tg-hint-run = 👍 Всё готово. Нажмите «Запустить» или напишите другое описание.
tg-hint-run-no-price = Цены этого я не знаю; KIE спишет столько, сколько указано на его сайте.
tg-files-full =
    { $count ->
        [one] 📎 { $model } берёт только { $count } такой файл, для этого места нет. Чтобы заменить, очистите поле в карточке.
        [few] 📎 { $model } берёт не больше { $count } таких файлов: первые на месте, остальные не вошли. Чтобы заменить, очистите поле в карточке.
       *[other] 📎 { $model } берёт не больше { $count } таких файлов: первые на месте, остальные не вошли. Чтобы заменить, очистите поле в карточке.
    }
tg-files-left = Эта модель берёт не все файлы: вошло { $used } из { $all }, первые по порядку.
tg-ask-choose = Выберите или напишите значение.
tg-ask-choose-long = Выберите или напишите часть нужного слова.
tg-ask-search = То, где есть «{ $text }». Напишите другое, чтобы искать другое.
tg-ask-file = 📎 Пришлите сюда файл или напишите ссылку на него.
tg-ask-value = ✏️ Напишите значение.
tg-ask-list = ✏️ Напишите значения, каждое с новой строки.
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
tg-progress-unknown = 🛰 Связь прервалась, как раз когда желание отправлялось. Возможно, оно выполняется: жду знака и второй раз не отправлю.
tg-button-stop = 🛑 Больше не ждать
tg-stopped = 🛑 Хорошо, больше не отвлекаю. KIE уже работает, и остановить его нельзя: результат придёт сюда без звука и останется в /history.
tg-stopped-price =
    { $credits ->
        [one] 💰 Стоимость прежняя: { $credits } кредит.
        [few] 💰 Стоимость прежняя: { $credits } кредита.
        [many] 💰 Стоимость прежняя: { $credits } кредитов.
       *[other] 💰 Стоимость прежняя: { $credits } кредита.
    }
tg-stopped-no-price = 💰 KIE спишет столько, сколько эта модель стоит на его сайте.
tg-stop-over = Ждать уже нечего: всё готово.
tg-duration-seconds = { $count } с
tg-duration-minutes = { $count } мин
tg-caption-cost =
    { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
        [many] { $credits } кредитов
       *[other] { $credits } кредита
    }
tg-album-done =
    { $count ->
        [one] { $count } результат.
        [few] { $count } результата.
        [many] { $count } результатов.
       *[other] { $count } результата.
    }
tg-result-link = ⬇️ Скачать результат
tg-result-until = Telegram не принимает его как файл. Ссылка работает до { $date }.
tg-empty-text = (Ответ пустой.)
tg-provider-says = <i>KIE пишет: { $message }</i>

## Кнопки под результатом

tg-button-seed = 🎲 Другой вариант
tg-button-prompt = ✏️ Описание
tg-button-options = ⚙️ Настроить
tg-button-more = ⋯
tg-button-original = ⬇️ Оригинал
tg-button-star = ⭐ В избранное
tg-button-unstar = 💫 Убрать из избранного
tg-button-continue = ⏩ { $model }
tg-starred = ⭐ { $model } в избранном: /models
tg-unstarred = { $model } больше не в избранном.
tg-original-gone = Оригинала больше нет: KIE хранит файлы 14 дней. Картинка выше — всё, что осталось.
tg-original-later = Оригинал сейчас не скачивается. Попробуйте через минуту.
tg-result-not-kept = Этого файла у Telegram нет: он пришёл ссылкой. Скачайте его и пришлите мне.
tg-confirm =
    { $credits ->
        [one] 💰 Это дорого: { $credits } кредит. Запускаем?
        [few] 💰 Это дорого: { $credits } кредита. Запускаем?
        [many] 💰 Это дорого: { $credits } кредитов. Запускаем?
       *[other] 💰 Это дорого: { $credits } кредита. Запускаем?
    }

tg-step-image_edit = 🖌 Изменить
tg-step-image_to_image = 🎨 Перерисовать
tg-step-image_to_video = 🎬 Оживить
tg-step-upscale = 🔍 Увеличить
tg-step-remove_background = ✂️ Убрать фон
tg-step-outpaint = 🖼 Дорисовать края
tg-step-image_analysis = 🔎 Описать
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
tg-cancel-too-late = Это уже выполняется, и отозвать его нельзя. Результат придёт сюда.
tg-cancel-nothing = Отменять нечего.
tg-history = 🗂 Что вы сделали, новое сверху. Нажмите, чтобы посмотреть.
tg-history-found = 🔎 Что вы сделали по словам «{ $text }», новое сверху.
tg-history-not-found = 🔎 По словам «{ $text }» ничего нет. Все они должны быть в вашем описании.
tg-history-empty = Вы ещё ничего не сделали. Напишите, что хотите увидеть или услышать!
tg-history-running = ⏳ Ещё выполняется.
tg-history-search = 🔎 Поиск
tg-history-search-ask = 🔎 Напишите, что искать в ваших описаниях.
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
    🗑 <b>Удалить навсегда?</b> Я забуду слова и файлы. Стоимость останется в ваших лимитах, а сообщения в этом чате — на месте: их удалите сами.
tg-history-delete-yes = 🗑 Да, удалить
tg-history-deleted = Удалено навсегда

## Пресеты

tg-command-presets = Сохранённые карточки
tg-card-keep = 💾 Пресет
tg-presets = 💾 <b>Ваши пресеты</b>. Нажмите, чтобы открыть карточку.
tg-presets-managing = ✏️ <b>Ваши пресеты</b>. Нажмите, чтобы переименовать, поделиться или удалить.
tg-presets-none = Пресетов пока нет. Нажмите 💾 на любой карточке — в следующий раз /presets откроет её заполненной.
tg-presets-manage = ✏️ Изменить, поделиться, удалить
tg-presets-done = ✅ Готово
tg-preset-open = ▶️ Открыть
tg-preset-rename = ✏️ Переименовать
tg-preset-share = 🔗 Поделиться
tg-preset-unshare = 🚫 Закрыть доступ
tg-preset-delete = 🗑 Удалить
tg-preset-shared = 🔗 По этой ссылке любой откроет копию, вместе с файлами:
tg-preset-unshared = Ссылка больше не работает.
tg-preset-not-shared = Доступ к этому пресету закрыт. Попросите новую ссылку у того, кто её прислал, или начните сами: напишите, чего хотите.
tg-preset-keep-ask =
    <b>{ $model }</b>

    💾 <b>Напишите название</b> — и я сохраню карточку под ним, вместе с файлами. /presets откроет её заполненной.

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
tg-admin-credits-unknown = 💰 KIE сейчас не говорит, сколько осталось кредитов
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
tg-admin-leader = 👑 Ведёт { $holder }, эпоха { $epoch }, с { $since }
tg-admin-leader-gone = 👑 Сейчас не ведёт никто; последним был { $holder }, эпоха { $epoch }, до { $since }
tg-admin-to-models = 🧩 Модели
tg-admin-to-people = 👥 Люди
tg-admin-to-blocks = 🚫 Блокировки
tg-admin-to-invite = 🎟 Приглашение
tg-admin-to-home = 🔄 Обновить
tg-admin-usage =
    <b>/admin</b> — пульт, остальное на кнопках или словами:
    <code>/admin models СЛОВА</code> — найти модель
    <code>/admin pause МОДЕЛЬ причина</code>, <code>/admin resume МОДЕЛЬ</code>
    <code>/admin block НОМЕР причина</code>, <code>/admin unblock НОМЕР</code>: номер человека, а с минусом — группы
    <code>/admin invite 5</code> — ссылка на пятерых
    <code>/admin broadcast ТЕКСТ</code> — сообщение всем

tg-admin-models = 🧩 <b>Модели</b>: сначала выключенные и сбоящие. Найти: <code>/admin models слова</code>
tg-admin-no-model = Такой модели нет. Найти: <code>/admin models слова</code>
tg-admin-model-on = ▶️ Принимает желания.
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
        [0] 🚫 Никто не заблокирован. Заблокировать: <code>/admin block НОМЕР причина</code>
       *[other] 🚫 <b>Заблокированы</b>: { $count }
    }
tg-admin-seen = Видели { $at } UTC, язык { $language }
tg-admin-gone = 💤 Сам заблокировал бота или удалён.
tg-admin-blocked =
    { $reason ->
        [none] 🚫 Заблокирован { $since } UTC.
       *[other] 🚫 Заблокирован { $since } UTC: { $reason }
    }
tg-admin-block = 🚫 Заблокировать
tg-admin-unblock = ✅ Разблокировать
tg-admin-block-hint = С причиной, её увидит человек: <code>/admin block { $id } причина</code>
tg-admin-no-id = Нужен номер: <code>/admin block 123456789 причина</code>; номер группы начинается с минуса.
tg-admin-not-admins = Администратора заблокировать нельзя.
tg-admin-invite =
    { $count ->
        [one] 🎟 Приглашение на одного, до { $until }. Перешлите это сообщение или ссылку:
        [few] 🎟 Приглашение на { $count } человека, до { $until }. Перешлите это сообщение или ссылку:
       *[other] 🎟 Приглашение на { $count } человек, до { $until }. Перешлите это сообщение или ссылку:
    }
    { $link }
tg-admin-invite-needless = Бот открыт для всех (ALLOWED_USERS не задана), приглашать никого не нужно.

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

tg-parameter-prompt = Описание
tg-parameter-text = Текст
tg-parameter-negative_prompt = Чего избегать
tg-parameter-aspect_ratio = Соотношение сторон
tg-parameter-aspectRatio = Соотношение сторон
tg-parameter-ratio = Соотношение сторон
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
tg-parameter-seed = Зерно случайности
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
tg-parameter-loop = По кругу
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
tg-parameter-temperature = Свобода
tg-parameter-stability = Ровность голоса
tg-parameter-similarity_boost = Похожесть голоса
tg-parameter-taskId = Прежняя задача
tg-parameter-task_id = Прежняя задача
tg-parameter-title = Название
tg-parameter-lyrics = Слова песни
tg-parameter-instrumental = Без пения
tg-parameter-dialogue = Диалог
tg-parameter-shots = Кадры
tg-parameter-speakers = Говорящие
tg-parameter-dialogue_turns = Реплики
tg-parameter-web_search = Искать в интернете
