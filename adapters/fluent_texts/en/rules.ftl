### Rules between parameters, by the codes of domain/violation.py.
### `equal`, `given` and `missing` say when a rule applies: values, what is given, what is not.

named-parameter = “{ $name }”
violation-excludes = cannot be used together with { $names }: leave one of them out
violation-requires = is needed where { $name } is given
violation-required_when =
    { $names } must be given{ $equal_count ->
        [0] { "" }
       *[other] { " " }with { $equal }
    }{ $given_count ->
        [0] { "" }
       *[other] { " " }where { $given } is given
    }{ $missing_count ->
        [0] { "" }
       *[other] { " " }where { $missing } is not given
    }
violation-forbidden_when =
    leave out { $names }: it is not taken{ $equal_count ->
        [0] { "" }
       *[other] { " " }with { $equal }
    }{ $given_count ->
        [0] { "" }
       *[other] { " " }where { $given } is given
    }{ $missing_count ->
        [0] { "" }
       *[other] { " " }where { $missing } is not given
    }
violation-exactly_one =
    { $actual ->
        [0] give one of these: { $names }
       *[other] give only one of these: { $names }
    }
violation-allowed_when =
    { $kind ->
        [characters] { $name } may have at most { $limit } characters
        [items] { $name } may have { $allowed } values, not { $actual }
       *[values] { $name } must be { $allowed }, not { $actual }
    }{ $equal_count ->
        [0] { "" }
       *[other] { " " }with { $equal }
    }{ $given_count ->
        [0] { "" }
       *[other] { " " }where { $given } is given
    }{ $missing_count ->
        [0] { "" }
       *[other] { " " }where { $missing } is not given
    }
violation-too_much_together =
    { $counted ->
        [characters] together { $actual } characters, at most { $limit }: { $names }
        [sum] { $names }: together { $actual }, at most { $limit }
       *[items] too many at once in { $names }: { $actual }, at most { $limit }
    }
violation-gap =
    { $limit ->
        [0] { $names }: the second must be at least { $least } above the first, not { $actual }
       *[other] { $names }: between the two there must be { $least } to { $limit }, not { $actual }
    }
violation-not_declared = “{ $actual }” is not declared: every value of the first of { $names } must stand in the second
violation-not_unique = “{ $actual }” is there twice in { $name }: give each another name
violation-different_length = { $names } must have the same number of values, not { $actual }
