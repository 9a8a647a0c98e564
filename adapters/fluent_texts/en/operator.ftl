## The operator's pages of money.

tg-admin-to-spend = 💸 Spending
tg-admin-spend =
    { $days ->
        [1] 💸 <b>Spending</b> of the last 24 hours. Other days: <code>/admin spend 7</code>
       *[other] 💸 <b>Spending</b> of the last { $days } days
    }
tg-admin-spend-people = <b>People</b>
tg-admin-spend-models = <b>Models</b>
tg-admin-spend-none = nothing yet
tg-admin-spend-row =
    { $count ->
        [one] • { $name } (<code>{ $key }</code>): { $amount }, { $count } generation
       *[other] • { $name } (<code>{ $key }</code>): { $amount }, { $count } generations
    }

tg-admin-find-nothing = There is no generation with the id “{ $id }”, and none of a KIE task with it, or it was deleted.
tg-admin-find-usage = <code>/admin find ID</code>: the code under a failure or in the log, or the id of the task at KIE
tg-admin-found = 🔎 <code>{ $id }</code>: { $state }
tg-admin-found-person = 👤 { $name } (<code>{ $key }</code>)
tg-admin-found-model = 🧩 { $title } (<code>{ $id }</code>)
tg-admin-found-money = 💰 reserved { $reserved }, charged { $charged } credits
tg-admin-found-time =
    { $moment ->
        [accepted] 🕒 accepted { $at } UTC
        [submitted] 🕒 sent to KIE { $at } UTC
        [ended] 🕒 ended at KIE { $at } UTC
       *[closed] 🕒 closed { $at } UTC
    }
tg-admin-found-task = KIE's task: <code>{ $task }</code>
tg-admin-found-failure = ⚠️ { $kind }; KIE's code { $code }: { $message }
tg-admin-state =
    { $state ->
        [queued] queued
        [submitting] being sent to KIE
        [running] running
        [succeeded] succeeded, not delivered yet
        [failed] failed, the person is not informed yet
        [delivering] being delivered
        [delivered] closed: the person has the answer
        [undeliverable] closed: the chat cannot be reached
        [cancelled] cancelled
       *[unknown] not known whether it started
    }

tg-admin-limit =
    { $whose ->
        [own] 🧮 <code>{ $id }</code> may spend { $amount } in 24 hours (an own limit). <code>/admin limit { $id } default</code> removes it
       *[everyone] 🧮 <code>{ $id }</code> may spend { $amount } in 24 hours (as everyone). <code>/admin limit { $id } 50</code> sets an own limit
    }
tg-admin-no-limit = any number of credits
tg-admin-limit-usage = <code>/admin limit ID 50</code>: the Telegram id of a person and credits for 24 hours, or <code>none</code>, or <code>default</code>
tg-admin-filterless =
    { $count ->
        [0] Every offered picture and film model takes a content filter.
       *[other] Offered picture and film models without a content filter ({ $count }):
    }

tg-admin-to-audit = 📒 Who did what
tg-audit = 📒 <b>What admins did</b>, the last first (UTC)
tg-audit-nothing = 📒 <b>What admins did</b>: nothing yet.
tg-audit-terminal = terminal
tg-audit-action =
    { $action ->
        [block] blocked
        [unblock] let in again
        [limit] set the daily limit
        [invite] made an invite, for so many people
        [pause] switched a model off
        [resume] switched a model on
        [unsafe-add] put words on the list of declined requests
        [unsafe-remove] took words off the list of declined requests
        [broadcast-prepare] prepared a broadcast
        [broadcast-start] sent a broadcast
        [broadcast-stop] stopped a broadcast
        [grant] gave credits
        [correct] corrected a charge
        [refund] gave a payment back
        [promo] saved a promo code
        [export] exported a person's data
        [forget] erased a person's data
        [key-create] made an API key
        [key-revoke] revoked an API key
        [bot-put] added or changed a bot
        [bot-remove] removed a bot
        [bots-reseal] sealed the bots’ secrets again
        [account-put] added a KIE account or changed its key
        [account-pause] paused a KIE account
        [account-resume] resumed a KIE account
        [account-remove] removed a KIE account
       *[other] { $action }
    }

tg-admin-to-bots = 🤖 Bots
tg-admin-bots =
    { $count ->
        [one] 🤖 <b>{ $count } bot of this deployment</b> (UTC)
       *[other] 🤖 <b>{ $count } bots of this deployment</b> (UTC)
    }
tg-admin-bot-led = ✅ <code>{ $bot }</code>: { $leader } leads it, since { $since }
tg-admin-bot-not-led = ⏳ <code>{ $bot }</code>: no instance leads it
tg-bot-fault-token_refused =    ⚠️ Telegram refuses its token, since { $since }. Get the token from @BotFather (/token), then: <code>mediabot bots set { $bot } --token …</code>
tg-bot-fault-other_poller =    ⚠️ Another program asks for its messages, since { $since }. Stop that one, or give it a bot of its own.
tg-bot-fault-hooked_elsewhere =    ⚠️ Another deployment gets its messages by webhook, since { $since }. Remove the bot there, or here.
tg-alarm-bot_stopped = 🔔 <b>The bot <code>{ $id }</code> hears nothing from Telegram</b>; the others go on. <code>/admin bots</code> says why, and what to do.
tg-alarm-name-bot_stopped = the bot { $about } hears nothing from Telegram
