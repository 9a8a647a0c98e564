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
violation-at_least_one = at least one of these is needed{ rule-when }: { $names }
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
failure-attachment_empty = A file you gave is empty (0 bytes). { failure-charged } Give it again.
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
        [one] You have used your { $allowed } generation of the last 24 hours. It cost nothing. { limit-next }
       *[other] You have used your { $allowed } generations of the last 24 hours. It cost nothing. { limit-next }
    }
failure-limit_reached-credits_per_day =
    { $allowed ->
        [one] This would take you over { $allowed } credit within 24 hours. It cost nothing. { limit-room }
       *[other] This would take you over { $allowed } credits within 24 hours. It cost nothing. { limit-room }
    }
failure-limit_reached-group_per_day =
    { $allowed ->
        [one] This group has had its { $allowed } generation of the last 24 hours. This cost nothing. { limit-next } Or write to me in private.
       *[other] This group has had its { $allowed } generations of the last 24 hours. This cost nothing. { limit-next } Or write to me in private.
    }
failure-limit_reached-group_credits_per_day =
    { $allowed ->
        [one] This would take the group over its { $allowed } credit in 24 hours. This cost nothing. { limit-room } Or write to me in private.
       *[other] This would take the group over its { $allowed } credits in 24 hours. This cost nothing. { limit-room } Or write to me in private.
    }
failure-limit_reached-key_credits_per_day =
    { $allowed ->
        [one] This would take the key over its { $allowed } credit in 24 hours. It cost nothing. { limit-room }
       *[other] This would take the key over its { $allowed } credits in 24 hours. It cost nothing. { limit-room }
    }
limit-room =
    { $room ->
        [never] It alone costs more: choose something cheaper, shorter or smaller.
        [minutes] There is room for it in { $wait } min at the latest, for something cheaper sooner.
        [hours] There is room for it in { $wait } h at the latest, for something cheaper sooner.
       *[later] Choose something cheaper, or come back later.
    }
limit-next =
    { $room ->
        [minutes] The next one can run in { $wait } min at the latest.
        [hours] The next one can run in { $wait } h at the latest.
       *[later] Come back later.
    }
failure-model_paused = This model is { pause-reason }. { failure-charged } Choose another one, or come back later.
pause-reason =
    { $reason ->
        [none] switched off by the owner for now
        [failing] switched off for now: it keeps failing
        [expensive] switched off for now: it costs too much
        [checking] switched off for now: it is being looked at
       *[other] switched off for now: { $reason }
    }
failure-generation_not_found = There is no such generation, or it is not yours. Nothing was changed.
failure-preset_not_found = There is no such preset any more, or it is not yours. Your own are in /presets.
failure-preset_name_taken = You have another preset of this name. Write another name.
failure-request_key_reused = This request key was used for another request. Nothing was started.
failure-model_gone = This model is not there any more. Nothing was started and nothing was charged. See /models for the others.
failure-reference_not_found = There is no such character or style.
failure-character_refused = { studio-trouble-character_refused }
failure-limit_reached-references = { studio-trouble-references_full }
failure-limit_reached-media_bytes = { studio-trouble-no_room }
failure-person_not_found = Nothing is known of such a person.
failure-still_running = { studio-trouble-still_running }
failure-forget_refused =
    { $reason ->
        [subscribed] { studio-trouble-forget_subscribed }
        [limited] { studio-trouble-forget_limited }
        [refund] { studio-trouble-forget_refund }
       *[today] { studio-trouble-forget_today }
    }
failure-limit_reached-keys = You have { $allowed } keys for programs, and no more are possible. Revoke one first.
failure-limit_reached-streams = Too many pages or streams are open at once. Close some of them.
failure-limit_reached-presets =
    { $allowed ->
        [one] You keep { $allowed } preset, and no more are possible. Delete it first: /presets
       *[other] You keep { $allowed } presets, and no more are possible. Delete one first: /presets
    }
failure-not_cancellable = It has already gone to the provider and can't be cancelled. The result will come; it costs what was said.
failure-store_unavailable = Our memory does not answer just now. If your request got through, its result will come by itself; otherwise it cost nothing. Check again in a minute before you repeat it.
failure-message_refused = Telegram does not take this message: it is too long, or its markup is wrong. Nothing was sent.
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
cli-model-missing = Name a model, or use --batch.

cli-sanity-nothing = There is no model to check.
cli-sanity-estimate =
    { $count ->
        [one] { $count } model will run. Price: about { $price }.
       *[other] { $count } models will run. Price of all: about { $price }.
    }
cli-sanity-unpriced =
    { $count ->
        [one] The price of { $count } of them is not known.
       *[other] The prices of { $count } of them are not known.
    }
cli-sanity-question = Spend them? [y/N]{" "}
cli-sanity-yes = y yes
cli-sanity-needs-yes = No one can be asked here: add --yes to spend credits.
cli-sanity-declined = Nothing was started.
cli-sanity-progress = { $done } of { $all } checked
cli-sanity-no-earlier = it continues an earlier task, and no model could make one
cli-sanity-interrupted = Stopped. What was sent goes on at the provider and may be charged.
cli-ok = ok
cli-fail = fail
cli-not-tried = not tried

cli-sync-progress = { $done } of { $all } models compared
cli-sync-new = { $model } is new
cli-sync-gone = { $model } is gone
cli-sync-returned = { $model } is offered again
cli-sync-changed = { $model } has changed
cli-sync-added = { $path }: new, { $after }
cli-sync-removed = { $path }: gone, it was { $before }
cli-sync-type = { $path }: { $before } → { $after }
cli-sync-required =
    { $after ->
        [true] { $path }: required now
       *[other] { $path }: no longer required
    }
cli-sync-default = { $path }: default { $before } → { $after }
cli-sync-values = { $path }: values { $after }
cli-sync-min = { $path }: min { $before } → { $after }
cli-sync-max = { $path }: max { $before } → { $after }
cli-sync-step = { $path }: step { $before } → { $after }
cli-sync-pattern = { $path }: pattern { $before } → { $after }
cli-sync-variants = forms of input: { $before } → { $after }
cli-sync-at-least-one = at least one of: { $before } → { $after }
cli-sync-endpoint = endpoint: { $before } → { $after }
cli-sync-price = price: { $before } → { $after }
cli-sync-none = none
cli-sync-by-hand = (by hand)
cli-sync-unknown-type = The registry has no word for what it does.
cli-sync-own-endpoint = It is called at an endpoint of its own, which is not spoken here.
cli-sync-no-form = There is no schema that says what it takes.
cli-sync-not-synced = { $model } can't be compared: the provider has no schema of it
cli-sync-unreadable = { $model } can't be compared: its schema makes no sense
cli-sync-unavailable = { $model } can't be compared: the provider did not answer
cli-sync-unwritten = { $model } stays as it was: { $reason }
cli-sync-summary =
    { $compared ->
        [one] { $compared } model compared, { $different } different.
       *[other] { $compared } models compared, { $different } different.
    }
cli-sync-left =
    { $count ->
        [0] Everything is written.
        [one] Written; { $count } model is left to a person.
       *[other] Written; { $count } models are left to a person.
    }
cli-sync-not-written = Nothing was written; --write does.
cli-sync-unknown = There is nothing to compare under { $names }.
cli-sync-unwritable = “{ $file }” can't be written: { $reason }
cli-sync-unreachable = The provider's catalogue can't be read: { $reason }
cli-sync-interrupted = Stopped, nothing was written. --from { $model } goes on from here.

### The Telegram front end. HTML where a whole message is said; labels of buttons and pop-ups are plain.

tg-start =
    Hello! I make pictures, videos, sounds and texts with the models of KIE.ai.

    <b>Write what you want</b>, for example “a red fox in snow”, or <b>send a photo, a video or a voice message</b>: I will show which models can do it, and what it costs.

    /models — everything there is · /history — what you made · /help
tg-help-credit = A credit is the unit in which KIE, the provider, sells its models: 1 credit is $0.005, 100 credits are about $0.50.
tg-help-sold = Credits are bought with Telegram Stars: /buy. What you have and what it went for: /balance. A promo code: /promo. Help with a payment: /paysupport
tg-help =
    <b>How it works</b>
    1. Write your wish or send a file.
    2. Choose a model. Its card shows what can be set; plain text becomes the prompt.
    3. Press Run. The price is on the button: a number, a range (≈ 4–9), or the most it can be (up to 90).

    Reply to any picture, video or sound with words to make something of it.

    <b>Commands</b>
    /models — models by task
    /generate MODEL words key=value — a model in one message
    /presets — cards you keep
    /history — what you made
    /cancel — close the card, take a waiting wish back
    /settings — language and how results come
    /privacy — what is kept about you: get it, or erase it
tg-link-dead = This link does not work (any more), but I do:
tg-stranger = I am sorry, this bot serves a closed circle of people. Please ask its owner to let you in.
tg-error = Something went wrong on my side, and I have made a note of it. Please try again. If it happens again, tell the owner this number: { $id }
tg-unknown-command = I do not know this command. The ones I know are in /help.
tg-not-understood = I can't do anything with that. Write what you want to see or hear, or send a photo, a video or a sound.
tg-edited = I don’t read edited messages. Please send the text again as a new one.
tg-old-button = This button is too old to work. Write your wish again or open /models.
tg-foreign-button = This button is someone else's. Write to me to get your own.
tg-model-gone = I do not have this model any more. See /models for the others.
tg-file-too-large = This file is too large: Telegram gives me at most { $limit } MB. Please send a smaller one.
tg-file-empty = This file is empty: it has 0 bytes. Please send it again.

tg-command-start = What this bot does
tg-command-models = Models by task
tg-command-generate = A model in one message
tg-command-history = What you made
tg-command-cancel = Close the card, take a wish back
tg-command-settings = Language and results
tg-command-admin = For the operator
tg-command-help = How it works

tg-button-models = 🧭 All models
tg-button-again = 🔁 Once more
tg-button-cancel = ✖ Cancel
tg-back = ⬅ Back
tg-close = ✖ Close
tg-closed = Closed.
tg-clear = 🧹 Clear
tg-on = on
tg-off = off

tg-models = <b>Models</b>: { $count } in all. Choose, or write a name or a task.
tg-shelf-button-favourites = ⭐ Favourites
tg-shelf-button-recent = 🕘 Recent
tg-shelf-button-new = 🆕 New
tg-shelf-button-vendors = 🏷 By maker
tg-shelf-favourites = ⭐ <b>Favourites</b>
tg-shelf-recent = 🕘 <b>Recent</b>: what you used last
tg-shelf-new = 🆕 <b>New</b>: the last to appear in KIE's documents
tg-shelf-vendors = 🏷 <b>Models by maker</b>
tg-shelf-empty = Nothing here yet.
tg-search = 🔎 Found for “{ $text }”. Write something else to search for it.
tg-search-wish = 🔎 Found for “{ $text }”. These words go into the model you choose. Write something else to search for it.
tg-search-nothing = 🔎 No model or task is called “{ $text }”. If that is what you want made, choose who makes it.
tg-offer = What shall I do with it? Choose a model:
tg-offer-at-once = ▶️ begins at once; the rest open a card first.
tg-offer-missing = “{ $task }”: KIE has no model for that today.
tg-offer-nothing = I have no model that can do something with this. See what there is: /models
tg-generate-usage =
    Write the model, the words and the values in one message:
    <code>/generate MODEL a red fox in snow aspect_ratio=16:9</code>
    A value of several words goes in quotes: <code>negative_prompt="text, frames"</code>. The models are in /models.

tg-card-more = ⚙️ More ({ $count })
tg-card-last = 🕘 As last time
tg-price-day = <i>Price as of { $day }.</i>
tg-season =
    { $season ->
        [spring] spring
        [summer] summer
        [autumn] autumn
       *[winter] winter
    } { $year }
tg-credits-left =
    { $credits ->
        [one] 💳 { $credits } credit left on the KIE account.
       *[other] 💳 { $credits } credits left on the KIE account.
    }
tg-card-models = ⬅ Other models
tg-card-spent = This card has done its work already. The result comes, or is there: /history
tg-not-offered = ⚠️ KIE does not offer this model at the moment.
tg-run = ▶️ Run
tg-run-price = ▶️ Run · { $price }
tg-run-anyway = ⚠️ Run anyway
tg-run-anyway-price = ⚠️ Run anyway · { $price }
tg-accepted = Got it!
tg-default = { $value } (default)
tg-needed = ❗ needed
tg-hint-file = 📎 Send the file here, as a photo, a video, a sound or a document.
tg-hint-task = ⏩ This model takes a finished result further. Make one with a model of the same maker, or choose one you made.
tg-ask-task = ⏩ Choose what to take further.
tg-ask-task-none = ⏩ There is nothing to take further yet: first make something with a model of the same maker.
tg-ask-task-elsewhere = If the task was made elsewhere with your KIE key, write its id.
tg-hint-prompt = ✏️ Write what you want: your next message becomes the prompt.
tg-hint-fix = ❗ Fix the marked fields, then press Run.
tg-hint-another = ⬅ It takes no new wishes at the moment: choose another model.
tg-hint-reply = 👥 In a group, write to me by answering this message.
tg-hint-run = 👍 Everything is there. Press Run, or write to change the prompt.
tg-hint-press = 👍 Everything is there. Press Run.
tg-files-full =
    { $count ->
        [one] 📎 { $model } takes only { $count } such file, and there is one already. To change it, clear its field on the card.
       *[other] 📎 { $model } takes at most { $count } such files: the first are in, the others are not. To change them, clear the field on the card.
    }
tg-files-left = This model does not take all the files: { $used } of { $all } are in, the first ones.
tg-ask-choose = Choose, or write the value.
tg-ask-choose-long = Choose, or write a part of the word you look for.
tg-ask-search = What contains “{ $text }”. Write something else to search for that.
tg-ask-file = 📎 Send the file here, or write a link to it.
tg-ask-characters = 🧍 Choose your characters: a press puts one in or takes it out. To keep a new one, send its picture here.
tg-ask-characters-none = 🧍 You keep no characters yet. Send a picture of one here: a clear portrait is best.
tg-ask-characters-private = 🧍 You choose characters in our private chat: here others would see their names.
tg-ask-value = ✏️ Write the value.
tg-ask-list = ✏️ Write the values, one a line.
tg-item = No. { $number }
tg-item-add = ➕ Add
tg-item-remove = 🗑 Remove
tg-ask-item = ✏️ Set the fields by their buttons. Texts and files go into the open field, else into the first that takes them.
tg-ask-items = Press Add, or choose what to change. Or write all of it as JSON: <code>{ $example }</code>
tg-ask-json = ✏️ Write it as JSON: <code>{ $example }</code>
tg-limit-characters =
    { $bounds ->
        [between] From { $low } to { $high } characters
        [least] At least { $low } characters
       *[most] At most { $high } characters
    }
tg-limit-items =
    { $bounds ->
        [between] From { $low } to { $high } items
        [least] At least { $low } items
       *[most] At most { $high } items
    }
tg-limit-number =
    { $bounds ->
        [between] From { $low } to { $high }
        [least] At least { $low }
       *[most] At most { $high }
    }

tg-progress-queued =
    { $place ->
        [1] ⏳ Next in the queue
       *[other] ⏳ Number { $place } in the queue
    }
tg-progress-uploading = 📤 Handing your files over…
tg-progress-running = 🎨 At work for { $elapsed }
tg-progress-usual = 🎨 At work for { $elapsed }; it usually takes { $usual }
tg-progress-late = 🎨 At work for { $elapsed }, longer than the usual { $usual }
tg-progress-unknown = 🛰 The connection broke while the request was being sent. It may be running: I am waiting for a sign of it and will not send it twice.
tg-button-stop = 🛑 Stop waiting
tg-stopped = 🛑 All right, I won't disturb you. KIE is at work already and can't be stopped: the result comes here without a sound and stays in /history.
tg-stopped-price = 💰 It can still cost { $price }.
tg-stopped-no-price = 💰 KIE charges what this model costs on its site.
tg-stop-over = There is nothing to wait for any more: it is done.
tg-duration-seconds = { $count } s
tg-duration-minutes = { $count } min
tg-album-done =
    { $count ->
        [one] { $count } result.
       *[other] { $count } results.
    }
tg-result-link = ⬇️ Download the result
tg-empty-text = (The answer is empty.)
tg-provider-says = <i>KIE says: { $message }</i>

## Buttons under a result

tg-button-seed = 🎲 Another take
tg-button-prompt = ✏️ Prompt
tg-button-options = ⚙️ Options
tg-button-other = 🔀 Another model
tg-button-more = ⋯
tg-button-original = ⬇️ Original file
tg-button-star = ⭐ Favourite
tg-button-character = 🧍 Keep as a character
tg-button-character-again = 🧍 This character again
tg-character-ask = 🧍 <b>Write a name for the character</b>, and I keep the picture under it.
tg-character-delete = 🗑 Delete a character
tg-character-delete-ask = 🗑 <b>Which character is to be deleted?</b>
tg-character-delete-sure = 🗑 Delete the character “{ $name }” for good? It is taken off this card. Your pictures and videos stay.
tg-character-delete-yes = 🗑 Yes, delete
tg-character-deleted = Deleted
tg-character-kept = 🧍 “{ $name }” is kept. To make a video with this character, open Gemini Omni: More → Characters.
tg-button-unstar = 💫 No favourite any more
tg-button-continue = ⏩ { $model }
tg-button-step-other = { $step }: another model
tg-starred = ⭐ { $model } is a favourite now: /models
tg-unstarred = { $model } is no favourite any more.
tg-original-gone = The original is gone: I do not keep it any more, and KIE keeps files for 14 days. The picture above is all there is.
tg-original-later = The original can't be fetched right now. Try again in a minute.
tg-result-not-kept = Neither Telegram nor I have this file any more. If you have it, send it to me.
tg-confirm =
    { $why ->
        [risen] 💰 The price has risen: it was { $before }, now it is { $price }. Run it?
        [unsure] 💰 What it costs is known only afterwards: { $price }. Run it?
       *[dear] 💰 This can be expensive: { $price }. Run it?
    }

tg-step-image_edit = 🖌 Edit
tg-step-image_to_image = 🎨 Redraw
tg-step-image_to_video = 🎬 Animate
tg-step-upscale = 🔍 Upscale
tg-step-remove_background = ✂️ Remove background
tg-step-outpaint = 🖼 Outpaint
tg-step-image_analysis = 🧩 Mark its parts
tg-step-lip_sync = 👄 Lip-sync
tg-step-speech_to_video = 🗣 Talking video
tg-step-speech_to_text = 📝 To text
tg-step-audio_to_audio = 🎚 Clean up
tg-step-video_upscale = 🔍 Upscale
tg-step-video_extend = ⏩ Extend
tg-step-video_to_video = 🎨 Restyle
tg-step-video_editing = ✂️ Edit
tg-step-character_creation = 🧍 Character

tg-cancelled = ✖ Cancelled. It cost nothing.
tg-cancel-card = The card is closed.
tg-cancel-offer = The suggestions are closed.
tg-cancel-too-late = It is running already and can't be taken back. The result will come here.
tg-cancel-nothing = There is nothing to cancel.
tg-history = 🗂 What you made, newest first. Press to look at it.
tg-history-found = 🔎 What you made with “{ $text }”, newest first.
tg-history-not-found = 🔎 You made nothing with “{ $text }”. All its words must be in your prompt.
tg-history-empty = You have made nothing yet. Write what you want to see or hear!
tg-history-running = ⏳ It is on its way.
tg-history-search = 🔎 Search
tg-history-search-ask = 🔎 Write what to look for in your prompts.
tg-history-elsewhere = 📨 Send one to another chat
tg-history-all = 🗂 Everything
tg-history-state =
    { $icon } { $state ->
        [delivered] Done
        [undeliverable] Done, could not be delivered
        [cancelled] Cancelled, cost nothing
       *[running] On its way
    } · { $date }
tg-history-send = 📤 Send it here
tg-history-list = 🗂 List
tg-history-delete = 🗑 Delete
tg-history-delete-sure =
    🗑 <b>Delete it for good?</b> I forget the words and the files. What it cost goes on counting in your limits, and the messages in this chat stay: delete them yourself.
tg-history-delete-yes = 🗑 Yes, delete
tg-history-deleted = Deleted for good

## Presets

tg-command-presets = Cards you keep
tg-card-keep = 💾 Preset · 🔗
tg-presets = 💾 <b>Your presets</b>. Press one to open it as a card.
tg-presets-managing = ✏️ <b>Your presets</b>. Press one to rename, share or delete it.
tg-presets-none = You keep no presets yet. On any card press 💾: next time /presets opens it filled in.
tg-presets-manage = ✏️ Rename, share, delete
tg-presets-done = ✅ Done
tg-preset-open = 📂 Open
tg-preset-rename = ✏️ Rename
tg-preset-share = 🔗 Share
tg-preset-unshare = 🚫 Stop sharing
tg-preset-delete = 🗑 Delete
tg-preset-shared =
    🔗 Anyone who has this link can open a copy{ $files ->
        [0] { "" }
       *[other] , with the files in it
    }:
tg-preset-unshared = The link does not work any more.
tg-preset-not-shared = This preset is not shared any more. Ask anyone who sent you the link for a new one, or begin by yourself: write what you want.
tg-preset-keep-ask =
    <b>{ $model }</b>

    💾 <b>Write a name</b>, and I keep this card under it{ $files ->
        [0] { "" }
       *[other] , with the files in it
    }. /presets opens it filled in.

    🔗 A link to the model, without your values: { $link }
tg-preset-kept = 💾 Kept as “{ $name }”. /presets opens it.
tg-preset-rename-ask = ✏️ Write a new name for “{ $name }”.
tg-preset-name-invalid =
    { $limit ->
        [one] A name has from one to { $limit } character. Write another one.
       *[other] A name has from one to { $limit } characters. Write another one.
    }
tg-preset-dropped = The model does not take these values any more, so I left them out: { $names }
tg-preset-delete-sure = 🗑 Delete “{ $name }” for good? If it is shared, its link stops working.
tg-preset-delete-yes = 🗑 Yes, delete
tg-preset-deleted = Deleted
tg-link-copy = 📋 Copy the link
tg-link-send = 📤 Send the link

## Inline mode: @bot words in any chat

tg-inline-nothing = You have made nothing yet. Begin here ▸
tg-inline-not-found = Nothing like that. Make it here ▸

## Settings

tg-settings = <b>Settings</b>
tg-settings-saved = Saved
tg-language = English
tg-language-auto = 🌐 As in my app
tg-setting-originals = Results as uncompressed files
tg-setting-captions = Captions under results
tg-setting-money = Prices in dollars too
tg-setting-safe = Content filter

## The operator's pages, /admin.

tg-blocked = I am sorry, this bot does not answer you any more: { block-reason }
block-reason =
    { $reason ->
        [none] its owner decided so.
       *[other] { $reason }
    }
tg-invited = 🎉 The invite is accepted, welcome!
tg-invite-dead = I am sorry, this invite holds no longer: it was used, or it expired. Please ask for another.
tg-model-paused = ⏸ This model is { pause-reason }.
tg-model-failing = ⚠️ The last runs of this model ended in failures. You can try, but another one is the better choice.

tg-admin = <b>The desk</b> · { $time } UTC
tg-admin-alarm = 🔔 { $alarm }, since { $since }
tg-admin-credits =
    { $credits ->
        [one] 💰 { $credits } credit left at KIE
       *[other] 💰 { $credits } credits left at KIE
    }
tg-admin-credits-unknown = 💰 KIE does not say at the moment how many credits are left
tg-admin-now = ⏳ Now: { $queued } queued, { $running } at KIE, { $delivering } being delivered
tg-admin-failures =
    { $count ->
        [0] ✅ No failure in 24 hours
        [one] ⚠️ { $count } failure in 24 hours:
       *[other] ⚠️ { $count } failures in 24 hours:
    }
tg-admin-days = 📅 By day (UTC): people · generations · credits
tg-admin-day = { "   " }{ $day }: { $people } · { $generations } · { $credits }
tg-admin-leader = 👑 { $holder } leads, epoch { $epoch }, since { $since }
tg-admin-leader-gone = 👑 No one leads at the moment; the last was { $holder }, epoch { $epoch }, until { $since }
tg-admin-to-models = 🧩 Models
tg-admin-to-people = 👥 People
tg-admin-to-blocks = 🚫 Blocked
tg-admin-to-invite = 🎟 Invite
tg-admin-to-home = 🔄 Refresh
tg-admin-usage =
    <b>/admin</b> — the desk; the rest by its buttons or in words:
    <code>/admin models WORDS</code> — find a model
    <code>/admin pause MODEL reason</code>, <code>/admin resume MODEL</code>
    <code>/admin block ID reason</code>, <code>/admin unblock ID</code>: the id of a person, with a minus of a group
    <code>/admin invite 5</code> — a link for five people
    <code>/admin bots</code> — the bots of this deployment
    <code>/admin audit</code> — what admins did
    <code>/admin spend 7</code> — who and what the credits of seven days went to
    <code>/admin find ID</code> — one generation by its code or by KIE’s task id
    <code>/admin limit ID 50</code> — what a person may spend in 24 hours; <code>none</code> is no limit, <code>default</code> that of everyone
    <code>/admin unsafe</code> — requests that are declined
    <code>/admin filter</code> — models without a content filter
    <code>/admin broadcast TEXT</code> — a message to everybody

tg-admin-models = 🧩 <b>Models</b>: those switched off or failing first. To find one: <code>/admin models words</code>
tg-admin-no-model = There is no such model. To find one: <code>/admin models words</code>
tg-admin-model-on = ▶️ Takes wishes.
tg-admin-pause-hint = To switch it off with a reason of your own, which everybody sees: <code>/admin pause { $model } reason</code>
tg-admin-pause =
    { $reason ->
        [failing] ⏸ Switch off: it fails
        [expensive] ⏸ Switch off: too dear
        [checking] ⏸ Switch off: being checked
       *[none] ⏸ Switch off, no reason given
    }
tg-admin-resume = ▶️ Switch on

tg-admin-people = 👥 <b>People</b>, the last seen first. 🚫 blocked, 💤 blocked the bot themselves.
tg-admin-blocks =
    { $count ->
        [0] 🚫 No one is blocked. To block: <code>/admin block ID reason</code>
       *[other] 🚫 <b>Blocked</b>: { $count }
    }
tg-admin-seen = Seen { $at } UTC, language { $language }
tg-admin-gone = 💤 Blocked the bot, or is deleted.
tg-admin-blocked =
    { $reason ->
        [none] 🚫 Blocked since { $since } UTC.
       *[other] 🚫 Blocked since { $since } UTC: { $reason }
    }
tg-admin-block = 🚫 Block
tg-admin-unblock = ✅ Unblock
tg-admin-block-hint = With a reason, which they see: <code>/admin block { $id } reason</code>
tg-admin-no-id = An id is needed: <code>/admin block 123456789 reason</code>; a group's begins with a minus.
tg-admin-not-admins = An admin can't be blocked.
tg-admin-invite =
    { $count ->
        [one] 🎟 An invite for one person, until { $until }. Forward this message or the link:
       *[other] 🎟 An invite for { $count } people, until { $until }. Forward this message or the link:
    }
    { $link }
tg-admin-invite-needless = The bot is open to everybody (ACCESS=everyone): no one needs an invite.

tg-admin-to-broadcasts = 📣 Broadcasts
tg-admin-broadcast-usage =
    📣 <b>Broadcasts</b>: one message to everybody who has used the bot.
    Write <code>/admin broadcast TEXT</code>, or answer a message with a text or a photo with <code>/admin broadcast</code>. First you see what it looks like.
tg-admin-broadcast-ready =
    { $count ->
        [0] ☝️ This is what it looks like. There is no one to get it yet.
        [one] ☝️ This is what it looks like. { $count } person will get it.
       *[other] ☝️ This is what it looks like. { $count } people will get it.
    }
tg-admin-broadcast-send = 📣 Send to everybody
tg-admin-broadcast-drop = ✖ Do not send
tg-admin-broadcast-stop = ✖ Stop
tg-admin-broadcast-sending = 📣 <b>The broadcast is on its way.</b>
tg-admin-broadcast-done = ✅ <b>The broadcast is done.</b>
tg-admin-broadcast-stopped = ✖ <b>The broadcast was stopped.</b>
tg-admin-broadcast-tally =
    Got it: { $sent }
    Not yet: { $waiting }, being sent: { $sending }
    Blocked the bot or deleted: { $gone }
    Unknown whether it arrived: { $unknown }; refused by Telegram: { $refused }

tg-alarm-credits_low =
    { $figure ->
        [one] 🔔 <b>Few credits</b>: { $figure } credit left at KIE. Top up at kie.ai.
       *[other] 🔔 <b>Few credits</b>: { $figure } credits left at KIE. Top up at kie.ai.
    }
tg-alarm-model_failing =
    { $figure ->
        [one] 🔔 <b>A model keeps failing</b>: { $about }, { $figure } failure that was no fault of the input. It is marked in the menus; to switch it off: <code>/admin pause { $id } reason</code>
       *[other] 🔔 <b>A model keeps failing</b>: { $about }, { $figure } failures in a row that were no fault of the input. It is marked in the menus; to switch it off: <code>/admin pause { $id } reason</code>
    }
tg-alarm-leadership = 🔔 <b>The leader changed unexpectedly</b>: the one before vanished without a word (a crash, no memory, a broken connection). Epoch { $figure } has begun; nothing paid for is lost.

tg-alarm-name-credits_low = few credits
tg-alarm-name-model_failing = { $about } keeps failing
tg-alarm-name-leadership = the leader before vanished without a word

tg-fault-invalid_input = the input did not suit the model
tg-fault-input_rejected = KIE refused the input
tg-fault-content_refused = against the model's rules
tg-fault-model_unavailable = switched off at KIE
tg-fault-out_of_credits = no credits
tg-fault-unauthorised = KIE does not accept the key
tg-fault-usage_cap = the key's cap is reached
tg-fault-file_unreachable = KIE could not fetch a file
tg-fault-attachment_lost = a person's file is lost
tg-fault-attachment_empty = a person's file is empty
tg-fault-provider_unavailable = KIE is away
tg-fault-generation_failed = the model failed
tg-fault-provider_timed_out = KIE gave the model up
tg-fault-no_result = done, but nothing came
tg-fault-unreadable_result = the answer can't be read
tg-fault-wait_expired = the result never came
tg-fault-outcome_unknown = unknown whether it began

tg-type-text_to_image = Picture from words
tg-type-image_to_video = Video from a picture
tg-type-text_to_video = Video from words
tg-type-image_to_image = Picture from a picture
tg-type-image_edit = Edit a picture
tg-type-audio_to_audio = Clean up or change a sound
tg-type-upscale = Enlarge a picture
tg-type-video_upscale = Enlarge a video
tg-type-outpaint = Extend a picture's edges
tg-type-speech_to_video = Talking video from a voice
tg-type-speech_to_text = Text from speech
tg-type-text_to_speech = Speech from text
tg-type-text_to_audio = Music and sounds from words
tg-type-lip_sync = Lip-sync to a voice
tg-type-video_to_video = Restyle a video
tg-type-video_editing = Edit a video
tg-type-video_extend = Continue a video
tg-type-image_analysis = Describe a picture
tg-type-character_creation = Create a character

# What a model does, in a sentence, and what the registry knows of how much.

tg-does-text_to_image = Draws a picture from your words.
tg-does-image_to_video = Brings a picture to life: makes a video of it.
tg-does-text_to_video = Shoots a video from your words.
tg-does-image_to_image = Makes a new picture after yours.
tg-does-image_edit = Changes your picture and leaves the rest as it was.
tg-does-audio_to_audio = Cleans up or changes your sound.
tg-does-upscale = Makes your picture larger and sharper.
tg-does-video_upscale = Makes your video larger and sharper.
tg-does-outpaint = Paints what lies beyond the edges of your picture.
tg-does-speech_to_video = Turns a picture and a voice into a talking video.
tg-does-speech_to_text = Writes down what is said in a recording.
tg-does-text_to_speech = Reads your text aloud.
tg-does-text_to_audio = Makes music and sounds from your words.
tg-does-lip_sync = Moves the lips to your voice recording.
tg-does-video_to_video = Makes a new video after yours.
tg-does-video_editing = Changes your video and leaves the rest as it was.
tg-does-video_extend = Goes on where your video ends.
tg-does-image_analysis = Tells what is in your picture.
tg-does-character_creation = Makes a character out of your video, for use in others.
tg-can-last = { $seconds } s
tg-can-resolution = up to { $resolution }
tg-can-pictures =
    { $count ->
        [one] takes { $count } picture
       *[other] takes up to { $count } pictures
    }

tg-parameter-prompt = Prompt
tg-parameter-text = Text
tg-parameter-negative_prompt = What to avoid
tg-parameter-aspect_ratio = Aspect ratio
tg-parameter-aspectRatio = Aspect ratio
tg-parameter-ratio = Aspect ratio
tg-parameter-resolution = Resolution
tg-parameter-output_resolution = Resolution
tg-parameter-image_resolution = Resolution
tg-parameter-duration = Length, s
tg-parameter-n_frames = Length
tg-parameter-image_size = Size
tg-parameter-size = Size
tg-parameter-quality = Quality
tg-parameter-mode = Mode
tg-parameter-style = Style
tg-parameter-seed = Seed
tg-parameter-output_format = File format
tg-parameter-image_url = Picture
tg-parameter-image_urls = Pictures
tg-parameter-input_image = Picture
tg-parameter-image = Picture
tg-parameter-image_input = Pictures
tg-parameter-input_urls = Pictures
tg-parameter-reference_image = Reference picture
tg-parameter-reference_image_urls = Reference pictures
tg-parameter-first_frame_url = First frame
tg-parameter-last_frame_url = Last frame
tg-parameter-end_image_url = Last frame
tg-parameter-tail_image_url = Last frame
tg-parameter-mask_url = Mask
tg-parameter-video_url = Video
tg-parameter-video_urls = Videos
tg-parameter-reference_video_urls = Reference videos
tg-parameter-audio_url = Sound
tg-parameter-audio_urls = Sounds
tg-parameter-reference_audio_urls = Reference sounds
tg-parameter-voice = Voice
tg-parameter-speed = Speed
tg-parameter-language_code = Language
tg-parameter-num_images = How many pictures
tg-parameter-max_images = How many pictures
tg-parameter-n = How many
tg-parameter-background = Background
tg-parameter-upscale_factor = How many times larger
tg-parameter-nsfw_checker = KIE's content filter
tg-parameter-enable_safety_checker = The model's own filter
tg-parameter-watermark = Watermark
tg-parameter-remove_watermark = Without a watermark
tg-parameter-audio = With sound
tg-parameter-sound = With sound
tg-parameter-generate_audio = With sound
tg-parameter-generate_audio_switch = With sound
tg-parameter-loop = Loop
tg-parameter-camera_fixed = Camera stands still
tg-parameter-prompt_extend = Improve the prompt
tg-parameter-prompt_optimizer = Improve the prompt
tg-parameter-enhance_prompt = Improve the prompt
tg-parameter-expand_prompt = Improve the prompt
tg-parameter-enable_prompt_expansion = Improve the prompt
tg-parameter-enable_translation = Translate the prompt
tg-parameter-guidance_scale = How closely to follow the prompt
tg-parameter-cfg_scale = How closely to follow the prompt
tg-parameter-num_inference_steps = Steps
tg-parameter-strength = Strength of change
tg-parameter-temperature = Freedom
tg-parameter-stability = Evenness of voice
tg-parameter-similarity_boost = Likeness of voice
tg-parameter-taskId = Earlier task
tg-parameter-task_id = Earlier task
tg-parameter-title = Title
tg-parameter-lyrics = Lyrics
tg-parameter-instrumental = Without singing
tg-parameter-dialogue = Dialogue
tg-parameter-shots = Shots
tg-parameter-speakers = Speakers
tg-parameter-dialogue_turns = Lines
tg-parameter-web_search = Search the web
tg-parameter-rendering_speed = Rendering speed
tg-parameter-multi_shots = Several shots
tg-parameter-generation_type = Kind of job
tg-parameter-enable_fallback = Fallback model
tg-parameter-acceleration = Acceleration
tg-parameter-multi_prompt = Shot by shot
tg-parameter-elements = Named subjects
tg-parameter-kling_elements = Named subjects
tg-parameter-character_id_list = Characters
tg-parameter-upload_cn = Keep the result in China
tg-parameter-return_last_frame = Return the last frame
tg-parameter-timestamps = Times of the words
tg-parameter-previous_text = Text before
tg-parameter-next_text = Text after
tg-parameter-customize_multi_shots = Shots of my own
tg-parameter-prefer_multi_shots = Rather several shots
tg-parameter-variety = Variety
tg-parameter-enable_sequential = A series of pictures
tg-parameter-thinking_mode = Think first
tg-parameter-color_palette = Colours
tg-parameter-bbox_list = Areas
tg-parameter-audio_setting = Sound track
tg-parameter-reference_file_urls = Document
tg-parameter-reference_link_urls = Web page
tg-parameter-prompt_upsampling = Improve the prompt
tg-parameter-safety_tolerance = Strictness of the filter
tg-parameter-duration_seconds = Length, s
tg-parameter-prompt_influence = Influence of the prompt
tg-parameter-audio_ids = Voices by id
tg-parameter-video_list = Clips
tg-parameter-character_ids = Characters
tg-parameter-scene = Scene
tg-parameter-sample_context = Tone
tg-parameter-filler_words = Filler words
tg-parameter-character_orientation = Whose orientation
tg-parameter-files_url = Pictures
tg-parameter-file_url = Picture (old field)
tg-parameter-generate_multi_clip_switch = Several clips
tg-parameter-custom_mode = Detailed mode
tg-parameter-model = Version
tg-parameter-version = Version
tg-parameter-negative_tags = Styles to avoid
tg-parameter-vocal_gender = Singer
tg-parameter-style_weight = Weight of the style
tg-parameter-weirdness_constraint = Boldness
tg-parameter-audio_weight = Weight of the sound
tg-parameter-persona_id = Persona
tg-parameter-persona_model = Kind of persona
tg-parameter-enable_pro = Higher quality
tg-parameter-sync_mode = Wait for the result
tg-parameter-num_frames = Frames
tg-parameter-frames_per_second = Frames a second
tg-parameter-shift = Sampler shift
tg-parameter-first_clip_url = Video to continue
tg-parameter-driving_audio_url = Driving sound
tg-parameter-reference_video = Reference videos
tg-parameter-first_frame = First frame
tg-parameter-reference_voice = Voice sample
tg-parameter-fixed_lens = Camera stands still
tg-parameter-pe_fast_mode = Fast mode
tg-parameter-separate_vocal = Separate the voice first
tg-parameter-open_scenedet = Find scene cuts
tg-parameter-align_audio = Fit the video to the sound
tg-parameter-align_audio_reverse = Backwards as well
tg-parameter-templ_start_seconds = Start in the template, s
tg-parameter-tag_audio_events = Mark laughter and noises
tg-parameter-diarize = Tell the speakers apart
tg-parameter-seeds = Seed
tg-parameter-reference_mask_urls = Masks of the references
tg-parameter-background_source = Background from
tg-parameter-taskType = Kind of job
tg-parameter-fileUrl = Picture (old field)
tg-parameter-fileUrls = Pictures
tg-parameter-stylization = Strength of the style
tg-parameter-weirdness = Oddness
tg-parameter-character_file_url = Video of the character
tg-parameter-character_prompt = Description of the character
tg-parameter-safety_instruction = What must not be shown
tg-parameter-template_id = Effect
tg-parameter-image_references = Reference pictures
tg-parameter-first_frame_image_url = First frame
tg-parameter-last_frame_image_url = Last frame
tg-parameter-mask_indexs = Segments
tg-parameter-extend_at = Where to go on
tg-parameter-extend_times = Seconds to add
tg-parameter-index = Which picture
