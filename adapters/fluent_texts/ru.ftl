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
