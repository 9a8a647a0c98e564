# Credits, payments and what they cost.

failure-insufficient_credits =
    You have { $balance ->
        [one] { NUMBER($balance, useGrouping: 0) } credit
       *[other] { NUMBER($balance, useGrouping: 0) } credits
    }, this costs { NUMBER($cost, useGrouping: 0) }. Nothing was charged. Top up with /buy.
failure-price_unknown = No one knows yet what this costs, so it can't be sold. Nothing was charged. Choose another model.

tg-credits =
    { $amount ->
        [one] { NUMBER($amount, useGrouping: 0) } credit
       *[other] { NUMBER($amount, useGrouping: 0) } credits
    }
tg-amount = { NUMBER($amount, useGrouping: 0) }
tg-operator = the operator of this bot

tg-command-balance = Your credits and what they went for
tg-command-buy = Buy credits
tg-command-paysupport = Help with a payment
tg-command-terms = Terms of sale

tg-balance = 💳 You have <b>{ $credits }</b>.
tg-balance-held = ⏳ Reserved for what is under way: { $credits }.
tg-entries = <b>Last entries</b> (UTC)
tg-entries-older = Older entries
tg-top-up = 💳 Top up
tg-to-balance = 💳 My credits
tg-line-payment = bought for { $stars } ⭐
tg-line-grant-welcome = a welcome gift
tg-line-grant-daily = free credits of the day
tg-line-grant-promo = a promo code
tg-line-grant-referral = bonus: someone you invited has paid
tg-line-grant-operator = from the operator
tg-line-charge = { $model }
tg-line-held = reserved: { $model }
tg-line-returned = returned, no result: { $model }
tg-line-refund = payment refunded, { $stars } ⭐
tg-line-correction = corrected by the operator
tg-line-chat-model = help from a chat model
tg-line-model-gone = a deleted generation

tg-buy = 💳 You have <b>{ $credits }</b>. Choose how many to buy:
tg-buy-first = By paying you accept the /terms and the /privacy policy. Credits pay for pictures, video, sound and text made here. What does not succeed costs nothing. Questions about a payment: /paysupport
tg-package =
    { $bonus ->
        [0] { $credits } · { $stars } ⭐
       *[other] { $credits } (+{ $bonus } free) · { $stars } ⭐
    }
tg-package-monthly = Every month: { $credits } · { $stars } ⭐
tg-package-gone = This package is not sold any more. See /buy for what there is now.
tg-subscribe = 🔁 Once a month, until you stop it in /balance or in Telegram's settings. The button leads to the payment:
tg-invoice = { $credits } for { $stars } ⭐, once. They do not expire.
tg-invoice-monthly = { $credits } for { $stars } ⭐ every 30 days, until you stop it.
failure-gateway_unavailable = Telegram does not answer at the moment. Nothing was paid. Try again in a minute.

tg-checkout-later = Payments can't be taken at the moment. Nothing was paid. Try again in a few minutes.
tg-checkout-refused = This payment can't be taken. Nothing was paid.
tg-checkout-closed = Credits are not sold here at the moment. Nothing was paid.
failure-already_subscribed = { tg-subscription-there }
failure-package_changed = This offer has changed. Nothing was paid. See /buy for what there is now.
tg-paid =
    ✅ Thank you! You got <b>{ $credits }</b> for { $stars } ⭐.
    Receipt: <code>{ $charge }</code>

tg-paid-otherwise =
    ⚠️ A payment came that is not in Telegram Stars, so no credits were given for it. Write to { $contact } and send this receipt:
    <code>{ $charge }</code>

tg-subscription = 🔁 Monthly package, paid until { $date }, then renewed.
tg-subscription-ends = 🔁 Monthly package, paid until { $date }, not renewed.
tg-subscription-stop = ✖ Stop the monthly package
tg-subscription-renew = 🔁 Renew the monthly package
tg-subscription-stopped = Stopped. What you paid for stays yours, and nothing more is taken.
tg-subscription-renewed = The monthly package is renewed again.
tg-subscription-there = You have this package, and it is renewed by itself. See /balance.
tg-subscription-gone = There is no such subscription any more.

tg-promo-usage = Write the code after the command: <code>/promo CODE</code>
tg-promo-given = 🎁 You got <b>{ $credits }</b>.
failure-promo_refused = This code does not work: it is unknown, over, used up, or you have used it already.
tg-referral = 🤝 Your link: { $link }
    When someone who came by it pays for the first time, you get <b>{ $credits }</b>.
tg-referral-off = There is no bonus for inviting people here.

tg-paysupport =
    <b>Help with a payment</b>
    Write to { $contact } and send the receipt (it is in the message that thanked you). Every payment is in /balance. What failed was not charged; a payment can be refunded in full as long as its credits are not spent.
tg-terms =
    <b>Terms of sale</b>
    1. Credits pay for pictures, video, sound and text made by this bot. They can't be used anywhere else.
    2. What a request costs is shown before it starts. You never pay more than what was shown.
    3. What does not succeed costs nothing.
    4. Credits do not expire. A payment whose credits are not spent can be refunded: /paysupport.
    5. You are responsible for what you ask for and for what you do with the result.
    The seller is { $contact }. Telegram only carries out the payment.

tg-admin-refund-usage = The receipt of the payment is needed: <code>/admin refund CHARGE</code>
tg-admin-refund-payment_not_found = The books have no payment <code>{ $charge }</code>, or its payer was forgotten.
tg-admin-refund-payment_in_use = Some of it is held back for a generation under way. Try again when that has ended.
tg-admin-refund-gateway_unavailable = Telegram does not answer. The credits are where they were; ask again later.
tg-admin-refund-given_back = ✅ { $stars } ⭐ were refunded to { $user }.
tg-admin-refund-asked = ⏳ The credits were taken back. Telegram has not answered yet; it is asked again until it does.
tg-admin-refund-refused = ✖ Telegram refuses to refund this payment. The credits are with { $user } again. The same command asks Telegram once more.
tg-admin-refund-borne = { $credits } of it had been spent: you bear the cost.
tg-admin-grant-usage = A person and an amount are needed: <code>/admin grant 123456789 50</code>
tg-admin-granted = 🎁 { $user } has { $credits } now.
tg-admin-promo-usage = A code (3–32 of A–Z, 0–9, _ and -), credits and a number of uses are needed: <code>/admin promo SUMMER 25 100</code>
tg-admin-promo = 🎟 <code>{ $code }</code>: { $credits } each, { $uses } times. A link: <code>?start=c-{ $code }</code>
tg-admin-payment-usage = A receipt of Telegram is needed, as the comparison names it: <code>/admin payment stxAbc…</code>
tg-admin-payment-unknown = Telegram has no payment <code>{ $charge }</code>.
tg-admin-payment = ✅ Payment <code>{ $charge }</code> is in the books: { $credits } for { $user }.
tg-admin-correct-usage = A generation and what it took at KIE are needed: <code>/admin correct abc123 12.5</code>
tg-admin-correct-unknown = There is no such generation, or no one paid for it.
tg-admin-correct-running = It is still under way. Its end settles what it costs; correct it after that.
tg-admin-correct-too-little = The person does not have that much.
tg-admin-correct-right = { $id } was charged correctly.
tg-admin-corrected = ✅ { $id } was corrected by { $credits }.

tg-command-privacy = What is kept about you
tg-privacy =
    <b>Privacy</b>
    To answer you the bot keeps your Telegram id, your name, your language, what you asked for and what came of it.
    What you ask for and the files you send go to KIE.ai, which makes the result, and to no one else.
    Results at KIE are deleted after about two weeks. You can delete each of yours in /history.
    The buttons send you all that is kept about you, and erase it. Questions: { $contact }.
tg-privacy-to-export = 📦 Send me my data
tg-privacy-to-forget = 🗑 Forget me
tg-privacy-to-erase = 🗑 Erase everything
tg-privacy-sure = <b>Erase everything?</b> Your results, presets, files, keys and settings are erased for good, here and in the studio. Messages in this chat stay: delete them yourself.
tg-privacy-credits = Credits that you have left are lost.
tg-privacy-erased = 🗑 Everything about you is erased. When you write to me again, we begin from nothing.
tg-privacy-too-large =
    { $studio ->
        [yes] Your archive is larger than the 50 MB that Telegram takes from a bot. Download it in the studio, on the page of your account.
       *[no] Your archive is larger than the 50 MB that Telegram takes from a bot. The operator can send it to you.
    }
tg-privacy-money = What you paid and what it went for is kept as long as the law requires.

failure-payment_not_found = The books have no such payment. Nothing was changed.
failure-payment_in_use = Part of this payment is held back for a generation under way. Try again when that has ended.
failure-payment_refused = The payment service refuses this. Nothing was changed.

tg-alarm-books = 🔔 <b>The books do not agree</b>: <code>{ $id }</code>. Nothing was changed. <code>mediabot reconcile</code> lists every difference.
tg-alarm-name-books = the books do not agree: { $about }
tg-alarm-overrun = 🔔 <b>{ $about } cost more than was agreed</b>: KIE took { NUMBER($figure, useGrouping: 0) } credits beyond the ceiling within a day. You bear them; check the price of this model.
tg-alarm-name-overrun = { $about } costs more than was agreed

tg-admin-to-books = 💳 Money
tg-books = 💳 <b>Money</b>. People have { NUMBER($balances, useGrouping: 0) } credits; { NUMBER($held, useGrouping: 0) } more are held back.
tg-books-days = 📅 By day (UTC): Stars · sold, given, spent · KIE took · margin
tg-books-day = { "   " }{ $day }: { $stars } ⭐ · { $sold }, { $given }, { $spent } · { $cost } · <b>{ $margin }</b>
tg-books-models = 🧩 By model, 7 days: times · paid · KIE took · margin
tg-books-model = { "   " }{ $model }: { $count } · { $spent } · { $cost } · <b>{ $margin }</b>
tg-books-usage =
    All entries as a table: <code>/admin books csv</code>. Also: <code>/admin refund</code>, <code>/admin payment</code>, <code>/admin grant</code>, <code>/admin promo</code>, <code>/admin correct</code>.
