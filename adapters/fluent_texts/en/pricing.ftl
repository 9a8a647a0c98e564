### Prices. Each says one quote: a number, a range, or the most it can be.

price-exact =
    { $credits ->
        [one] { $credits } credit
       *[other] { $credits } credits
    }
price-free = free
price-row-free = free
price-range =
    { $high ->
        [one] ≈ { $low }–{ $high } credit
       *[other] ≈ { $low }–{ $high } credits
    }
price-ceiling =
    { $high ->
        [one] up to { $high } credit
       *[other] up to { $high } credits
    }

price-with-money = { $price } ({ $money })

cli-price = { $price }, as of { $day }, { $source }
cli-costs = price: { $price }

cli-sync-prices-unreachable = The price feed cannot be read: { $reason }
cli-sync-prices-summary = { $same } prices agree; { $unknown } rows of the feed belong to no rule for certain.
cli-sync-prices-held = (left to a person: ten times as high or as low)
tg-alarm-price_held = 🔔 <b>A price moved tenfold</b>: <code>{ $id }</code>. The old price is used. Compare by <code>mediabot sync-prices</code>, set the right one by <code>mediabot set-price</code>.
tg-alarm-name-price_held = a price moved tenfold: { $about }
tg-alarm-charged_otherwise = 🔔 <b>{ $about }: the charges differ from the price</b>. The last ten generations cost { NUMBER($figure, maximumFractionDigits: 1) } % more than quoted (below zero: less). Where one price explains it, people see that price from now on; look at it with <code>mediabot sync-prices</code>.
tg-alarm-name-charged_otherwise = { $about } does not cost what is quoted

price-from =
    { $low ->
        [one] from { $low } credit
       *[other] from { $low } credits
    }
price-row-from = from { $low } cr
price-row-exact = { $credits } cr
price-row-range = ≈ { $low }–{ $high } cr
price-row-ceiling = ≤ { $high } cr
