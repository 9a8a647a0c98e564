# Every text a person reads in English. Keys are the same in every language.
# A list value `x` is joined by commas; `x_count` says how many it has.

### What is wrong with an input: one text for each code of domain/violation.py.
### The front end writes the parameter before it, so no text names it.

violation-unknown_model =
    { $closest_count ->
        [0] there is no model “{ $name }”
       *[other] there is no model “{ $name }”; did you mean { $closest }?
    }
violation-model_not_offered =
    { $status ->
        [suspended] { $model } is switched off at KIE at the moment
        [retired] KIE has withdrawn { $model }
        [renamed] KIE has renamed { $model }
       *[other] KIE has no model { $model }
    }{ $closest_count ->
        [0] , and nothing else does the same
       *[other] ; the nearest one that works is { $closest }
    }
violation-not_an_object = the input must be names with values, such as prompt=a red fox
violation-unknown_parameter =
    { $closest_count ->
        [0] the model has no parameter “{ $name }”
       *[other] the model has no parameter “{ $name }”; did you mean { $closest }?
    }
violation-required = is required
violation-at_least_one = at least one of these is needed: { $names }
violation-no_variant = this does not fit together; nearest to it is the form “{ $variant }”. Other forms: { $alternatives }
violation-ambiguous_variant = this fits several forms at once: { $variants }; give the values of one of them
violation-not_in_variant = does not go with the form “{ $variant }”
violation-wrong_type =
    { $expected ->
        [string] must be text
        [enum] must be one of the choices
        [boolean] must be yes or no
        [integer] must be a whole number
        [number] must be a number
        [array] must be a list
        [object] must be a group of named values
        [image] must be a picture or a link to one
        [video] must be a video or a link to one
        [audio] must be a sound or a link to one
       *[other] must be a link
    }, not { $actual ->
        [nothing] empty
        [boolean] yes or no
        [integer] a number
        [number] a number
        [string] text
        [array] a list
        [object] a group of values
        [file] a file
       *[other] something else
    }
violation-not_an_integer = must be a whole number, not { $actual }
violation-not_finite = must be an ordinary number
violation-empty = is empty
violation-too_short =
    { $actual ->
        [one] { $actual } character
       *[other] { $actual } characters
    }, at least { $limit }
violation-too_long =
    { $actual ->
        [one] { $actual } character
       *[other] { $actual } characters
    }, at most { $limit }
violation-too_small = { $actual } is too small: at least { $limit }
violation-too_large = { $actual } is too large: at most { $limit }
violation-not_a_step = { $actual } does not fall on a step of { $step }
violation-too_few_items =
    { $actual ->
        [one] { $actual } item
       *[other] { $actual } items
    }, at least { $limit }
violation-too_many_items =
    { $actual ->
        [one] { $actual } item
       *[other] { $actual } items
    }, at most { $limit }
violation-not_in_enum =
    { $closest_count ->
        [0] “{ $actual }” is not one of: { $allowed }
       *[other] “{ $actual }” is not one of: { $allowed }; did you mean { $closest }?
    }
violation-pattern = does not have the form { $pattern }
violation-not_text = contains characters that cannot be sent
violation-url_invalid = is not a valid link
violation-url_scheme = must be a link that begins with http:// or https://
violation-url_credentials = the link must not contain a user name or password
violation-url_private_host = the link leads to a private network, where KIE cannot fetch it
violation-wrong_media =
    { $expected ->
        [image] a picture is needed
        [video] a video is needed
        [audio] a sound is needed
       *[other] another kind of file is needed
    }{ $allowed_count ->
        [0] { "" }
       *[other] { " " }({ $allowed })
    }
violation-file_too_large = the file has { $actual } MB, at most { $limit } MB
