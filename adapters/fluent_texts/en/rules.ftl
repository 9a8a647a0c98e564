### Rules between parameters, by the codes of domain/violation.py.
### `equal`, `given` and `missing` say when a rule applies: values, what is given, what is not.

named-parameter = “{ $name }”
rule-when =
    { $equal_count ->
        [0] { "" }
       *[other] { " " }with { $equal }
    }{ $given_count ->
        [0] { $missing_count ->
            [0] { "" }
           *[other] { " " }where { $missing } is not given
        }
       *[other] { " " }where { $given } is given{ $missing_count ->
            [0] { "" }
           *[other] { " " }and { $missing } is not
        }
    }
violation-excludes = cannot be used together with { $names }: leave one of them out
violation-requires = { $names } is needed where { $name } is given
violation-required_when = { $names } must be given{ rule-when }
violation-forbidden_when = leave out { $names }: it is not taken{ rule-when }
violation-exactly_one =
    { $actual ->
        [0] give one of these: { $names }
       *[other] give only one of these: { $names }
    }
violation-allowed_when =
    { $kind ->
        [characters] { $name } may have at most { $limit } characters{ rule-when }
        [items] { $name } may have { $allowed } { $limit ->
            [one] value
           *[other] values
        }{ rule-when }, not { $actual }
       *[values] { $name } must be { $allowed }{ rule-when }, not { $actual }
    }
violation-too_much_together =
    { $counted ->
        [characters] { $names }: together { $actual } characters, at most { $limit }{ rule-when }
        [sum] { $names }: together { $actual }, at most { $limit }{ rule-when }
       *[items] too many at once in { $names }: { $actual }, at most { $limit }{ rule-when }
    }
violation-gap =
    { $limit ->
        [0] { $names }: the second must be at least { $least } above the first, not { $actual }
       *[other] { $names }: the second must be { $least } to { $limit } above the first, not { $actual }
    }
violation-not_declared = “{ $actual }” in { $name } is not among { $names }: add it there, or take one that is there
violation-not_unique = “{ $actual }” is there twice in { $name }: give each another name
violation-different_length = { $names } must have the same number of values; now they have { $actual }

## Ids of earlier results and of characters.

violation-not_an_id = “{ $actual }” is not an id. Choose an earlier result of yours with a button, or write the id of one
violation-id_unknown = there is no such result among yours. Choose one with a button, or write the id of one
violation-character_unknown = a character that is chosen here was deleted or is not yours. Clear the list and choose again
violation-id_of_other_model = { $model } does not continue a result of { $earlier }. Choose another result
violation-id_too_old = KIE keeps results for { $days } days, and this one is older. Make it again first
violation-id_without_result = this generation has no result to continue. Wait until it is ready, or choose another one
violation-song_of_other_task = { $names } do not belong together: the song must be from that task. Choose both from one result
violation-ids_of_two_accounts =
    { $kind ->
        [parameters] { $names } were made on different KIE accounts and cannot be used together. Leave one out, or make one of them again
       *[values] { $ids } were made on different KIE accounts and cannot be used together. Leave one out, or make one of them again
    }
violation-id_of_gone_account =
    { $kind ->
        [character] a character here was made on a KIE account that this bot no longer uses. Take the character out and put it in again
       *[task] this was made on a KIE account that this bot no longer uses. Make it again first
    }
