tg-alarm-provider_key = 🔔 <b>KIE refuses the key</b>. No task can be created until <code>KIE_API_KEY</code> is right; people are informed, and nothing was charged.
tg-alarm-provider_credits = 🔔 <b>KIE refused a task for want of credits</b>. Top up at kie.ai; what people ask for meanwhile is refused and costs nothing.
tg-alarm-provider_cap = 🔔 <b>A usage cap of the KIE account is reached</b>. Raise it at kie.ai, or wait until it is counted afresh.
tg-alarm-provider_busy =
    { $figure ->
        [one] 🔔 <b>KIE puts our tasks off</b>, for { $figure } second now. One task goes ahead each minute to see whether it is over; the others wait.
       *[other] 🔔 <b>KIE puts our tasks off</b>, for { $figure } seconds now. One task goes ahead each minute to see whether it is over; the others wait.
    }
tg-alarm-account-credits_low =
    { $figure ->
        [one] 🔔 <b>Few credits on the account { $id }</b>: { $figure } credit left at KIE. Top up at kie.ai.
       *[other] 🔔 <b>Few credits on the account { $id }</b>: { $figure } credits left at KIE. Top up at kie.ai.
    }
tg-alarm-account-provider_key = 🔔 <b>KIE refuses the key of the account { $id }</b>. It gets no tasks; the other accounts go on, and each minute one task tries it again. Give it another key: <code>mediabot accounts add</code>, or <code>mediabot bots set --kie-key</code> for main.
tg-alarm-account-provider_credits = 🔔 <b>The KIE account { $id } is out of credits</b>. It gets no tasks; the other accounts go on, and each minute one task tries it again. Top up at kie.ai.
tg-alarm-account-provider_cap = 🔔 <b>A usage cap of the KIE account { $id } is reached</b>. It gets no tasks; the other accounts go on, and each minute one task tries it again. Raise the cap at kie.ai, or wait until it is counted afresh.
tg-alarm-account-provider_busy =
    { $figure ->
        [one] 🔔 <b>KIE puts the tasks of the account { $id } off</b>, for { $figure } second now. The other accounts go on.
       *[other] 🔔 <b>KIE puts the tasks of the account { $id } off</b>, for { $figure } seconds now. The other accounts go on.
    }
tg-alarm-clock =
    { $figure ->
        [one] 🔔 <b>A clock is off</b>: this machine's and { tg-clock-of } differ by { $figure } second. Set them (NTP); results come all the same.
       *[other] 🔔 <b>A clock is off</b>: this machine's and { tg-clock-of } differ by { $figure } seconds. Set them (NTP); results come all the same.
    }
tg-clock-of =
    { $id ->
        [postgresql] that of PostgreSQL
       *[other] KIE's
    }

tg-alarm-name-provider_key = KIE refuses the key
tg-alarm-name-provider_credits = the KIE account is out of credits
tg-alarm-name-provider_cap = a usage cap of the KIE account is reached
tg-alarm-name-provider_busy = KIE puts our tasks off
tg-alarm-name-clock = a clock is off

tg-progress-delivering-file = 📦 It is done. The file server does not give the file yet; the next try is in { $wait }.
tg-progress-delivering-chat = 📦 It is done. Telegram is busy; the next try is in { $wait }.
cli-delivering-file = { $model }: done; the file server does not give the file yet, next try in { $seconds } s
cli-delivering-chat = { $model }: done; not delivered yet, next try in { $seconds } s
tg-link-refused = Telegram can't take it as a file. The link works until { $date }.
tg-link-too_large = It is larger than Telegram takes as a file. The link works until { $date }.
tg-link-not_read = The file server did not give the file to us. The link may work for you, until { $date }.
tg-link-not_sent = Telegram does not say whether the file arrived. Here is the link, until { $date }.
tg-link-gone = ⚠️ The file server says that this file is gone, and KIE has no other copy. The operator can ask KIE for it.

failure-store_unusable = The database refuses the bot until its operator changes something. Nothing was charged.
