### What chat models help with.

tg-improve = ✨ Improve the words · { $price }
tg-improve-wait = ✨ Looking for better words…
tg-improve-none = No better words came back, and nothing was charged. Yours are as they were.
tg-improved =
    ✨ <b>Better words for { $model }</b>

    Yours:
    <blockquote>{ $before }</blockquote>
    { $translated ->
        [yes] Improved, and in English, which this model understands best:
       *[other] Improved:
    }
    <blockquote>{ $after }</blockquote>
tg-improve-take = ✅ Take the improved words
tg-improve-again = 🔁 Once more · { $price }
tg-improve-leave = ⬅ Keep mine

failure-assistance_unavailable = That did not work this time, and nothing was charged. Everything else goes on as usual.
failure-limit_reached-text_credits_per_day = Help with words has used up its budget for today. Nothing was charged, and everything else works as usual.

tg-admin-text-credits =
    { $credits ->
        [one] ✨ Chat models: { $credits } credit in 24 hours
       *[other] ✨ Chat models: { $credits } credits in 24 hours
    }

tg-offer-more = ⚙️ Options and more models ▶
tg-several = 🔀 Several at once
tg-several-page = Choose { $least } to { $most }. They run at the same time and come as one album; what fails costs nothing.
tg-several-takes = 🎲 { $count } takes of { $model }
tg-several-run = ▶️ Run { $count } · { $price }
tg-several-count = Choose { $least } to { $most } that can run.
tg-several-begun = 🔀 <b>{ $count } at once</b>; they come together, with a button for each.
tg-several-ended =
    🔀 <b>All at once</b>: { $done } done{ $failed ->
        [0] { "" }
       *[other] , { $failed } failed
    }{ $cancelled ->
        [0] { "" }
       *[other] , { $cancelled } cancelled
    }.
tg-several-cost = 💰 { $price } in all
tg-together-done = Tap a name for all that can be done with it.

tg-button-undo = ↩️ Undo
tg-button-compare = 🆚 Before and after
tg-undone = Back to the picture before. What you write now is about it.
tg-undo-gone = The picture before this one is not in your history any more.
tg-no-step = There is no step to go back from here: your last picture was not made from another one. If you mean an earlier picture, answer it with these words.
tg-compare-before = Before
tg-compare-after = After

tg-setting-auto = Any shape
tg-setting-quality-auto = Usual order
tg-setting-quality-best = ⭐ Best
tg-setting-quality-fast = ⚡ Fast
tg-setting-quality-cheap = 💰 Cheap

tg-help-hear = 🗣 Take it as words · { $price }
tg-help-see = 👁 Say what it shows · { $price }
tg-offer-help-see = I can look at it and tell you:
tg-offer-help-hear = I can listen and write it down:
tg-help-wait = ⏳ One moment…
tg-help-none-hear = I could not make out any words, and nothing was charged. You can still use it as a sound.
tg-help-none-see = I could not look at it this time, and nothing was charged.

tg-button-ideas = 💡 Ideas
tg-ideas = 💡 <b>Ideas.</b> Tap one to see what comes of it:
tg-idea-use = ✅ Use these words
tg-unsafe-page = 🚫 <b>Requests that are declined</b>
tg-unsafe-added = 🚫 Added; such requests are declined from now on.
tg-unsafe-known = 🚫 It is on the list already.
tg-unsafe-removed = 🚫 Taken off the list.
tg-unsafe-unknown = 🚫 It is not on the list.
tg-unsafe-invalid = ⚠️ A phrase has one word at least and 200 characters at most.
tg-unsafe-usage = <code>/admin unsafe add WORDS</code>, <code>/admin unsafe remove WORDS</code>. A star at the end of a word stands for any ending.

failure-request_declined = I won't make that, and nothing was charged. I'll gladly make something else.
tg-command-ideas = a dozen ideas with samples
tg-shelf-marks = ⭐ best, ⚡ fast, 💰 cheap; the usual price stands at the end.
