# Pages of the studio. Plain text: the templates escape it.
studio-title = Studio
studio-skip = Skip to the content
studio-nav = Pages
studio-nav-create = Create
studio-nav-library = Library
studio-nav-models = Models
studio-nav-presets = Presets
studio-nav-account = Account
studio-nav-desk = Operator

studio-hello = What would you like to make?
studio-wish-label = Your idea
studio-wish-placeholder = Describe a picture, a film, a song or a voice. Add files to change or animate them.
studio-files = Files
studio-attach = Add files
studio-remove-file = Remove { $name }
studio-to-chat = Also send it to my Telegram chat
studio-show-models = Show models
studio-drop-here = Drop files here
studio-ideas = Ideas

studio-offers = Ready to run
studio-missing-task = No model does this today: { $task }.
studio-no-offers = No model fits this. Describe it in other words, or choose one in Models.
studio-which = What would you like it to be?
studio-talk = Describe what you would like to see or hear. The price is shown before anything runs.
studio-lacks =
    { $kind ->
        [image] Add a picture to this first.
        [video] Add a video to this first.
       *[other] Add a sound to this first.
    }
studio-mark-best = Best
studio-mark-fast = Fast
studio-mark-cheap = Cheap
studio-run-for = Run · { $price }
studio-side-by-side = Side by side
studio-price-together = Price of all
studio-run-all-for = Run all · { $price }
studio-improve = Improve my prompt · { $price }
studio-improve-take = Take these words
studio-improve-leave = Keep mine
studio-improve-none = No better words came this time. Yours are as they were.
studio-options = Options
studio-more-models =
    { $count ->
        [one] { $count } more model
       *[other] { $count } more models
    }
studio-recent = Recent
studio-see-all = See all
studio-nothing-yet = Nothing here yet. What you make appears here, whether you ask here or in Telegram.
studio-nothing-found = Nothing fits these filters.

studio-credits =
    { $credits ->
        [one] { $credits } credit
       *[other] { $credits } credits
    }
studio-price-unknown = price unknown
studio-price = Price: { $price }
studio-price-so-far = Price so far: { $price }
studio-price-later = Fill in the form to see the price
studio-cancel = Cancel
studio-close = Close
studio-save = Save
studio-yes = yes
studio-no = no
studio-not-set = not set

studio-favourite-model = Favourite model
studio-paint-mask = Paint a mask
studio-more-options =
    { $count ->
        [one] { $count } more option
       *[other] { $count } more options
    }
studio-save-preset = Save as preset
studio-preset-name = Name of the preset
studio-preset-saved = Saved as “{ $name }”.
studio-run = Run
studio-confirm-title = Run it?
studio-confirm = This costs { $price }.
studio-confirm-run = Yes, run it
studio-not-offered = The provider does not offer this model at present.
studio-paused = Switched off by the operator. { $reason }
studio-failing = Its last runs failed one after another.

studio-state-queued = Waiting
studio-state-place = Number { $place } in the queue
studio-state-uploading = Sending your files
studio-state-running = At work
studio-state-unknown = Waiting for a sign from the provider
studio-state-delivering = Almost here
studio-state-cancelled = Cancelled

studio-result = Result
studio-before = Before
studio-after = After
studio-compare = Compare before and after
studio-enlarge = Enlarge
studio-download = Download
studio-not-kept = This file is not kept any more.
studio-provider-says = The provider says: { $message }
studio-again = Again
studio-variation = Variation
studio-next-scene = Next scene
studio-change-options = Options
studio-favourite = Favourite
studio-send-to-chat = Send to my chat
studio-sent-to-chat = Sent to your Telegram chat.
studio-trouble-chat_gone = The bot can’t write to you in Telegram. Open the chat with it and press Start.
studio-trouble-chat_later = Telegram did not take it this time. Look into the chat, then try again in a minute.
studio-delete = Delete
studio-share = Share
studio-share-about = Anyone who has the link sees the result, not your words. You can take it back at any time.
studio-share-link = Link
studio-make-link = Make a link
studio-copy = Copy
studio-unshare = Take the link back
studio-what-next = What next
studio-shared-title = A shared result
studio-made-with = Made with { $model }

studio-search = Search
studio-search-prompts = Search your prompts
studio-search-models = Search models
studio-kind = Kind
studio-kind-all = All
studio-kind-image = Pictures
studio-kind-video = Films
studio-kind-audio = Sound
studio-kind-text = Texts
studio-model = Model
studio-all-models = All models
studio-since = From this day
studio-only-favourites = Favourites
studio-apply = Apply
studio-older = Older
studio-shelves = Shelves
studio-shelf-favourites = Favourites
studio-shelf-recent = Used last
studio-shelf-new = New
studio-no-models = No models here.
studio-no-presets = No presets yet. Fill in a model’s options and choose “Save as preset”.
studio-references = Characters and styles
studio-reference-name = Name
studio-reference-example = for example: our fox, or watercolour
studio-reference-character = Character
studio-reference-style = Style
studio-no-references = Nothing kept yet. Keep pictures of a character or a style once, and add them to any model with one choice.
studio-characters = Characters
studio-from-references = From my characters and styles
studio-trouble-references_full = You keep 100 characters and styles, and no more are possible. Delete some first.
studio-delete-preset = Delete { $name }

studio-extend-picture = Extend the picture
studio-frame-title = Extend the picture
studio-frame-about = Choose a format, or drag the sides. The model paints what is grey.
studio-frame-ratios = Formats
studio-frame-picture = The picture in its new frame
studio-frame-done = Use this frame
studio-side-left = Left
studio-side-right = Right
studio-side-top = Above
studio-side-bottom = Below
studio-mask-title = Paint what should change
studio-mask-about = Paint over the part that the model may change. Pinch or use the buttons to zoom.
studio-mask-unknown = No one says which colour this model takes for what. If it changes the wrong part, press “Swap” and send the mask again.
studio-mask-tools = Tools
studio-mask-picture = The picture to paint on
studio-brush = Brush
studio-eraser = Eraser
studio-brush-size = Size
studio-undo = Undo
studio-mask-swap = Swap
studio-zoom-in = Zoom in
studio-zoom-out = Zoom out
studio-mask-done = Use this mask

studio-keys = Keys for programs
studio-keys-about = A key lets a program use your account over the API and MCP: your history, your limits, your credits.
studio-key-once = Copy the key now. It is not shown again.
studio-key-name = What is it for?
studio-make-key = Make a key
studio-revoke-key = Revoke
studio-settings = Settings
studio-language = Language
studio-language-auto = As the browser says
studio-sessions = Where you are signed in
studio-sessions-about = Sign out on a device that you do not use any more.
studio-signed-in-on = Since { $day }
studio-this-device = this device
studio-unknown-device = Unknown device
studio-more-sessions =
    { $count ->
        [one] { $count } more device
       *[other] { $count } more devices
    }
studio-sign-out = Sign out
studio-sign-out-everywhere = Sign out everywhere
studio-room-title = Your files
studio-room-taken = Kept for you
studio-room = { $taken } MB
studio-room-of = { $taken } MB of { $quota } MB

studio-limits = Today
studio-spent-in-a-day = Spent in the last 24 hours
studio-daily-limit = Limit for 24 hours
studio-no-limit = none
studio-left-today = Left
studio-key-limit = Credits a day
studio-a-day = at most { $credits } a day
studio-your-data = Your data
studio-export-about = One archive with everything that is kept about you: your wishes, settings, presets and files.
studio-export = Download everything
studio-forget-about = Forgetting erases all of it, here and in the chat, and ends all your keys and sessions. It can’t be undone.
studio-forget = Forget me
studio-forget-title = Erase everything?
studio-forget-sure = Your results, presets, files, keys and settings are erased for good.
studio-forget-credits = Credits that you have left are lost.
studio-forget-yes = Erase everything
studio-trouble-bad_amount = Write a number of credits, for example 50.
studio-trouble-still_running = Something of yours is still at work. Wait until it is done, then try again.
studio-trouble-forget_today = What you ran counts in a daily limit. You can be forgotten 24 hours after your last run.
studio-trouble-forget_subscribed = You have a monthly package that renews itself. Stop it first: /balance in the chat.
studio-trouble-forget_limited = The operator has set a limit for you. Ask the operator to erase your data.
studio-trouble-forget_refund = A refund of yours is under way. You can be forgotten once it is done; ask again in a few minutes.

studio-sign-in = Sign in
studio-welcome = Your media studio
studio-welcome-about = Pictures, films, music and voices by many models. The same history and presets as in the Telegram bot.
studio-sign-in-telegram = Sign in with Telegram
studio-sign-in-local = Open the link that the service printed when it started, or the Mini App in Telegram.
studio-sign-in-failed = Telegram’s confirmation is not valid any more. Try again.
studio-opening = Opening the studio …
studio-mini-app-failed = Telegram’s confirmation is not valid. Close the studio and open it from the bot again.

studio-trouble-title = That did not work
studio-to-start = To the start
studio-trouble-not_found = There is no such page, or it is not yours.
studio-trouble-model_gone = This model is not there any more.
studio-trouble-slow_down = Too many requests. Wait a minute.
studio-trouble-unreadable = The request could not be read. Load the page again.
studio-trouble-too_long = That is too long. Send less at once.
studio-trouble-later = The files can’t be read at present. Try again in a minute.
studio-trouble-character_refused = The provider does not take this character. A clear portrait helps.
studio-trouble-provider_later = The provider does not answer at present. Try again in a minute.
studio-trouble-preset_name = Give it a name of up to 40 characters.
studio-trouble-preset_name_taken = You have another preset of this name.
studio-trouble-invalid_input = Something in the form is not right yet.
studio-trouble-edit_refused = This can’t be changed so.
studio-trouble-no_room = There is no room left for your files. Delete some results first.
studio-trouble-upload_too_large = The file is larger than 100 MB.
studio-trouble-upload_empty = The file is empty.
studio-trouble-upload_no_picture = Add at least one picture.
studio-trouble-upload_wrong_kind = Only pictures, films and sounds can be added.
studio-trouble-upload_too_many_pixels = The picture is larger than 16,384 pixels a side.
studio-trouble-stranger = This studio is only for invited people.
studio-trouble-blocked = The operator has blocked your account.
studio-trouble-not_admin = This page is only for operators.
studio-trouble-cross_site = The request did not come from a page of the studio. Reload the page and try again.
studio-trouble-fault = Something went wrong on our side. Try again in a minute.

studio-script-offline = The connection is interrupted. The page goes on by itself.
studio-script-no-connection = No connection. Check it and try again.
studio-script-uploading = Uploading
studio-script-too-large = The file is larger than 100 MB.
studio-script-copied = Copied
studio-script-failed = That did not work. Try again.
studio-script-confirm = Press again to confirm
studio-script-working = At work. The result appears below.

studio-as-of = As of { $moment } UTC
studio-credits-left = Credits at the provider
studio-not-known = not known
studio-under-way = Under way
studio-people-today = People today
studio-generations-today = Generations today
studio-spent-today = Spent today, credits
studio-alarms = Alarms
studio-day = Day
studio-people = People
studio-generations = Generations
studio-spent = Credits
studio-failures = Failures in 24 hours
studio-no-failures = None.
studio-switch-models = Switch a model off or on
studio-reason = Reason
studio-pause = Switch off
studio-resume = Switch on
studio-money = Credits
studio-balance = You have
studio-top-up = 💳 Top up in the chat
studio-reserved = Held back for what is under way
studio-spent-by-model = Credits by model
studio-spent-by-person = Credits by person

studio-desk-overview = Overview
studio-desk-people = People
studio-desk-models = Models
studio-desk-find = Find a generation
studio-no-alarms = None: all is well.
studio-since-moment = since { $moment } UTC
studio-course = Day by day
studio-span = Days shown
studio-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
studio-nothing-in-span = Nothing yet.
studio-as-a-table = The same as a table
studio-accepted = accepted
studio-failed = failed
studio-waiting = Waiting
studio-half-took = half within
studio-most-took = 95 % within
studio-seconds = { $seconds } s
studio-minutes = { $minutes } min { $seconds } s
studio-person-id = Telegram id
studio-open = Open
studio-seen-on = seen { $moment } UTC
studio-seen = Last seen, UTC
studio-blocked = Blocked
studio-gone = Not reachable
studio-reachable = Reachable
studio-no-people = No one has been here yet.
studio-newer = Newer
studio-person = Person
studio-spent-in-a-week = Spent in seven days
studio-generations-in-a-week = Generations in seven days
studio-limit-own = { $limit }, set for this person.
studio-limit-everyone = { $limit }, as for everyone.
studio-set-limit = Set
studio-without-limit = No limit
studio-like-everyone = As everyone
studio-access = Access
studio-block = Block
studio-unblock = Unblock
studio-last-generations = Last generations
studio-when = When, UTC
studio-state = State
studio-choose-model = Choose a model
studio-with-something = Off or failing
studio-all-models-on = All models are on, and none keeps failing.
studio-models-lately = How models did in seven days
studio-generation-id = Id of the generation, or of the task at KIE
studio-no-generation = There is no generation of this id, or it was deleted.
studio-find-about = The id stands under bad news in the chat, and at the end of the address of a result’s page. KIE lists its tasks in its logs.
studio-destination = Asked for in
studio-estimated = Estimated, credits
studio-charged = Charged, credits
studio-accepted-at = Accepted, UTC
studio-submitted-at = Sent to KIE, UTC
studio-ended-at = Ended at KIE, UTC
studio-closed-at = Closed, UTC
studio-task = KIE’s task
studio-provider = KIE says
studio-trouble-admin_stays = An operator can’t be blocked.

studio-nav-money = Money
studio-desk-money = Money
studio-people-have = Credits that people have
studio-money-by-day = By day, seven days (UTC)
studio-money-by-model = By model, seven days
studio-stars = Stars
studio-sold = Sold
studio-given = Given for free
studio-paid = Spent
studio-provider-took = KIE took
studio-margin = Margin
studio-no-money = Nothing yet.
studio-tables = Tables (CSV)
studio-table-figures = Figures of a year
studio-table-entries = All entries
studio-refund = Give a payment back
studio-refund-about = The credits are taken back and the Stars are returned, once. The receipt stands in the message that thanked the person.
studio-receipt = Receipt
studio-refund-now = Give back
studio-refund-given_back = { $stars } Stars were given back to { $user }.
studio-refund-asked = The credits were taken back. Telegram has not answered yet; it is asked again until it does.
studio-refund-gateway_unavailable = Telegram does not answer. The credits are where they were; ask again later.
studio-refund-refused = Telegram refuses to give this payment back. { $user } has the credits again.
studio-refund-borne = Part of it had been spent. You bear it: { $credits }.

# The ways from the chat into the studio.
tg-command-studio = the studio: everything large, with masks and comparison
tg-button-studio = 🖥 Open the studio
tg-button-in-studio = 🖥 Studio
tg-button-all-options = 🖥 All options and masks in the studio
tg-menu-studio = Studio
tg-studio = The studio shows your results large: a gallery, before and after, masks by hand, every option. Your history and presets are the same there.
tg-studio-none = The studio can’t be opened from here: the service has no public address.
