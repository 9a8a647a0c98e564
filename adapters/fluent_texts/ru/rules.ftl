### Правила между параметрами, по кодам из domain/violation.py.
### `equal`, `given` и `missing` говорят, когда правило действует: значения, что задано, чего нет.

named-parameter = «{ $name }»
violation-excludes = не сочетается с { $names }: уберите что-то одно
violation-requires = нужно, раз задано { $name }
violation-required_when =
    нужно задать { $names }{ $equal_count ->
        [0] { "" }
       *[other] { " " }при { $equal }
    }{ $given_count ->
        [0] { "" }
       *[other] , когда задано { $given }
    }{ $missing_count ->
        [0] { "" }
       *[other] , когда не задано { $missing }
    }
violation-forbidden_when =
    уберите { $names }: это не принимается{ $equal_count ->
        [0] { "" }
       *[other] { " " }при { $equal }
    }{ $given_count ->
        [0] { "" }
       *[other] , когда задано { $given }
    }{ $missing_count ->
        [0] { "" }
       *[other] , когда не задано { $missing }
    }
violation-exactly_one =
    { $actual ->
        [0] нужно что-то одно из: { $names }
       *[other] нужно только одно из: { $names }
    }
violation-allowed_when =
    { $kind ->
        [characters] в { $name } можно не больше { $limit } символов
        [items] значений в { $name } может быть { $allowed }, а не { $actual }
       *[values] { $name } может быть только { $allowed }, а не { $actual }
    }{ $equal_count ->
        [0] { "" }
       *[other] { " " }при { $equal }
    }{ $given_count ->
        [0] { "" }
       *[other] , когда задано { $given }
    }{ $missing_count ->
        [0] { "" }
       *[other] , когда не задано { $missing }
    }
violation-too_much_together =
    { $counted ->
        [characters] вместе { $actual } символов, можно не больше { $limit }: { $names }
        [sum] { $names }: вместе { $actual }, можно не больше { $limit }
       *[items] слишком много сразу в { $names }: { $actual }, можно не больше { $limit }
    }
violation-gap =
    { $limit ->
        [0] { $names }: второе должно быть больше первого хотя бы на { $least }, а не на { $actual }
       *[other] { $names }: между ними должно быть от { $least } до { $limit }, а не { $actual }
    }
violation-not_declared = «{ $actual }» не объявлено: каждое значение первого из { $names } должно быть во втором
violation-not_unique = «{ $actual }» в { $name } встречается дважды: дайте разные имена
violation-different_length = в { $names } должно быть поровну значений, а не { $actual }
