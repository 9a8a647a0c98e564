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

## Failures: what happened, whether it cost anything, what to do next.
## `failure-<code>` for every FailureKind (with $charged) and every error a person can meet.

failure-charged =
    { $charged ->
        [no] It cost nothing.
        [yes] It was charged.
       *[unknown] Whether it cost anything is not known yet.
    }

failure-invalid_input = The model would not take this input, so nothing was sent. { failure-charged } Correct what is named and try again.
failure-input_rejected = The provider refused the input. { failure-charged } Change the input or choose another model.
failure-content_refused = The request goes against the content rules of this model. { failure-charged } Put it in other words, or choose another picture or model.
failure-model_unavailable = This model is switched off at the provider just now. { failure-charged } Choose another one, or come back later.
failure-out_of_credits = The account at the provider has run out of credits. { failure-charged } It has to be topped up; then try again.
failure-unauthorised = The provider does not accept our key. { failure-charged } The operator has to check the key; nothing on your side is wrong.
failure-usage_cap = Our key has reached its spending limit at the provider. { failure-charged } Try again later, or ask the operator to raise the limit.
failure-file_unreachable = The provider could not fetch one of the files. { failure-charged } Send the file itself, or a link that opens without signing in.
failure-attachment_lost = A file you gave can't be read any more. { failure-charged } Give it again.
failure-attachment_unavailable = A file you gave could not be read this time. { failure-charged } Try again in a minute.
failure-provider_unavailable = The provider can't be reached, so nothing was started. { failure-charged } Try again in a few minutes.
failure-generation_failed = The model began, but could not finish. { failure-charged } Try again; if it fails again, change the input or choose another model.
failure-provider_timed_out = The provider worked on it for too long and gave up. { failure-charged } Try again, with a simpler or shorter request if you can.
failure-no_result = The provider says that it is done, but gave no result. { failure-charged } Try again; the operator can look the task up.
failure-unreadable_result = The provider's answer can't be read, so the result can't be shown. { failure-charged } Try again; the operator can look the task up.
failure-wait_expired = There is still no result after a very long wait, so we stopped waiting. { failure-charged } Try again, or choose another model.
failure-outcome_unknown = The connection broke while the request was sent, and there has been no sign of it since. { failure-charged } We did not send it again, so that you don't pay twice; ask again if you still want it.

failure-limit_reached-in_flight =
    { $allowed ->
        [one] You have { $allowed } generation under way, and no more are allowed at a time. It cost nothing. Wait until it ends, or cancel it.
       *[other] You have { $allowed } generations under way, and no more are allowed at a time. It cost nothing. Wait until one ends, or cancel one.
    }
failure-limit_reached-per_day =
    { $allowed ->
        [one] You have used your { $allowed } generation of the last 24 hours. It cost nothing. Come back later.
       *[other] You have used your { $allowed } generations of the last 24 hours. It cost nothing. Come back later.
    }
failure-limit_reached-credits_per_day =
    { $allowed ->
        [one] This would take you over { $allowed } credit within 24 hours. It cost nothing. Choose a cheaper model, or come back later.
       *[other] This would take you over { $allowed } credits within 24 hours. It cost nothing. Choose a cheaper model, or come back later.
    }
failure-generation_not_found = There is no such generation, or it is not yours. Nothing was changed.
failure-not_cancellable = It has already gone to the provider and can't be cancelled. The result will come; it costs what was said.
failure-store_unavailable = Our memory does not answer just now. If your request got through, its result will come by itself; otherwise it cost nothing. Look again in a minute before you repeat it.
failure-result_gone = The provider has deleted the file. Nothing new was charged. Generate it again if you need it.
failure-result_refused = The provider gave an address we do not fetch from. Nothing new was charged. Try again; the operator can look the task up.
failure-result_too_large = The file is too large to be sent here. Nothing new was charged. Use its link.
failure-result_unavailable = The file could not be fetched this time. Nothing new was charged. Try again in a minute.
failure-internal = Something went wrong on our side. If a generation was begun, it goes on and its result will come. Try again in a minute.

## The command line

cli-not-an-assignment = “{ $given }” should read name=value.
cli-unreadable-file = “{ $file }” can't be read: { $reason }
cli-not-an-object = “{ $file }” does not hold a JSON object.
cli-unusable-folder = “{ $folder }” can't be used to save results: { $reason }

cli-queued = { $model }: waiting, number { $place } in the queue
cli-uploading = { $model }: uploading your files
cli-running = { $model }: working, { $elapsed } s
cli-running-usually = { $model }: working, { $elapsed } s of about { $usual } s
cli-outcome-unknown = { $model }: the connection broke; waiting for a sign whether it began

cli-not-saved =
    { $count ->
        [one] { $count } result could not be saved; its link is above.
       *[other] { $count } results could not be saved; their links are above.
    }
cli-interrupted = Stopped waiting. Task { $task } goes on at the provider and may be charged.
cli-interrupted-unsent = Stopped before anything was sent. It cost nothing.
cli-interrupted-unknown = Stopped while the request was being sent: it may have begun, and may be charged.

cli-column-model = model
cli-column-title = title
cli-column-type = type
cli-column-status = status
cli-column-price = credits
cli-column-state = state
cli-column-verdict = ok/fail
cli-column-time = time
cli-no-models = No model fits.
cli-unknown-type = There is no model type “{ $given }”. The types are: { $types }
cli-model-missing = Name a model, or use --batch.

cli-sanity-nothing = There is no model to check.
cli-sanity-estimate =
    { $count ->
        [one] { $count } model will run for about { $credits } credits.
       *[other] { $count } models will run for about { $credits } credits in all.
    }
cli-sanity-unpriced =
    { $count ->
        [one] The price of { $count } of them is not known.
       *[other] The prices of { $count } of them are not known.
    }
cli-sanity-question = Spend them? [y/N]{" "}
cli-sanity-yes = y yes
cli-sanity-needs-yes = Nobody can be asked here: add --yes to spend credits.
cli-sanity-declined = Nothing was started.
cli-sanity-progress = { $done } of { $all } checked
cli-sanity-no-earlier = it continues an earlier task, and no model could make one
cli-sanity-interrupted = Stopped. What was sent goes on at the provider and may be charged.
cli-ok = ok
cli-fail = fail
cli-not-tried = not tried
