### Prices. Each says one quote: a number, a range, or the most it can be.

price-exact =
    { $credits ->
        [one] { $credits } credit
       *[other] { $credits } credits
    }
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

cli-price = { $price } (at most ${ $dollars }), as of { $day }, { $source }
cli-costs = costs { $price }
