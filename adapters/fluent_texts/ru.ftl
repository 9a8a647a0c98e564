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
failure-generation_not_found = Такой генерации нет, или она не ваша. Ничего не изменилось.
failure-not_cancellable = Запрос уже у сервиса, отменить его нельзя. Результат придёт; стоимость такая, как было названо.
failure-store_unavailable = Наша память сейчас не отвечает. Если запрос дошёл, результат придёт сам; если нет, это ничего не стоило. Проверьте через минуту, прежде чем повторять.
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
cli-unknown-type = Типа моделей «{ $given }» нет. Есть такие: { $types }
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
