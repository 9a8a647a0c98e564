### Правила между параметрами, по кодам из domain/violation.py.
### `equal`, `given` и `missing` говорят, когда правило действует: значения, что задано, чего нет.

named-parameter = «{ $name }»
rule-when =
    { $equal_count ->
        [0] { "" }
       *[other] { " " }при { $equal }
    }{ $given_count ->
        [0] { $missing_count ->
            [0] { "" }
           *[other] , когда не задано { $missing }
        }
       *[other] , когда задано { $given }{ $missing_count ->
            [0] { "" }
           *[other] { " " }и не задано { $missing }
        }
    }
violation-excludes = не сочетается с { $names }: уберите что-то одно
violation-requires = нужно { $names }, раз задано { $name }
violation-required_when = нужно задать { $names }{ rule-when }
violation-forbidden_when = уберите { $names }: это не принимается{ rule-when }
violation-exactly_one =
    { $actual ->
        [0] нужно что-то одно из: { $names }
       *[other] нужно только одно из: { $names }
    }
violation-allowed_when =
    { $kind ->
        [characters] в { $name } можно не больше { $limit } символов{ rule-when }
        [items] значений в { $name } может быть { $allowed }{ rule-when }, а не { $actual }
       *[values] { $name } может быть только { $allowed }{ rule-when }, а не { $actual }
    }
violation-too_much_together =
    { $counted ->
        [characters] { $names }: вместе { $actual ->
            [one] { $actual } символ
            [few] { $actual } символа
           *[other] { $actual } символов
        }, можно не больше { $limit }{ rule-when }
        [sum] { $names }: вместе { $actual }, можно не больше { $limit }{ rule-when }
       *[items] слишком много сразу в { $names }: { $actual }, можно не больше { $limit }{ rule-when }
    }
violation-gap =
    { $limit ->
        [0] { $names }: второе должно быть больше первого хотя бы на { $least }, а не на { $actual }
       *[other] { $names }: второе должно быть больше первого на { $least }–{ $limit }, а не на { $actual }
    }
violation-not_declared = «{ $actual }» из { $name } нет в { $names }: добавьте туда или возьмите то, что там есть
violation-not_unique = «{ $actual }» в { $name } встречается дважды: дайте разные имена
violation-different_length = в { $names } должно быть поровну значений, а сейчас { $actual }

## ID прежних результатов и персонажей.

violation-not_an_id = «{ $actual }» — это не ID. Выберите свой результат кнопкой или напишите его ID
violation-id_unknown = среди ваших результатов такого нет. Выберите свой результат кнопкой или напишите его ID
violation-character_unknown = выбранный здесь персонаж удалён или он не ваш. Очистите список и выберите заново
violation-id_of_other_model = { $model } не продолжает результат модели { $earlier }. Выберите другой результат
violation-id_too_old = KIE хранит результаты { $days } дней, а этот старше. Сначала сделайте его заново
violation-id_without_result = у этой генерации нет результата, который можно продолжить. Дождитесь его или выберите другой
violation-song_of_other_task = { $names } не подходят друг к другу: песня должна быть из этой же задачи. Возьмите оба ID из одного результата
violation-ids_of_two_accounts =
    { $kind ->
        [parameters] { $names } сделаны на разных аккаунтах KIE, вместе их использовать нельзя. Уберите одно или сделайте одно из них заново
       *[values] { $ids } сделаны на разных аккаунтах KIE, вместе их использовать нельзя. Уберите одно или сделайте одно из них заново
    }
violation-id_of_gone_account =
    { $kind ->
        [character] персонаж сделан на аккаунте KIE, которого у бота больше нет. Уберите персонажа и добавьте снова
       *[task] это сделано на аккаунте KIE, которого у бота больше нет. Сначала сделайте это заново
    }
