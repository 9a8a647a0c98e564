### Цены. Каждый текст говорит об одной: число, промежуток или самое большее.

price-exact =
    { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
        [many] { $credits } кредитов
       *[other] { $credits } кредита
    }
price-range =
    { $high ->
        [one] ≈ { $low }–{ $high } кредит
        [few] ≈ { $low }–{ $high } кредита
        [many] ≈ { $low }–{ $high } кредитов
       *[other] ≈ { $low }–{ $high } кредита
    }
price-ceiling =
    { $high ->
        [one] до { $high } кредита
        [few] до { $high } кредитов
        [many] до { $high } кредитов
       *[other] до { $high } кредита
    }

cli-price = { $price } (не больше ${ $dollars }), по данным на { $day }, { $source }
cli-costs = стоит { $price }
