### Цены. Каждый текст говорит об одной: число, промежуток или самое большее.

price-exact =
    { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
        [many] { $credits } кредитов
       *[other] { $credits } кредита
    }
price-free = бесплатно
price-row-free = бесплатно
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

price-with-money = { $price } ({ $money })

cli-price = { $price }, по данным на { $day }, { $source }
cli-costs = цена: { $price }

cli-sync-prices-unreachable = Список цен не читается: { $reason }
cli-sync-prices-summary = Совпадает цен: { $same }; строк, которые точно не относятся ни к одному правилу: { $unknown }.
cli-sync-prices-held = (решать человеку: в десять раз больше или меньше)
tg-alarm-price_held = 🔔 <b>Цена изменилась в десять раз</b>: <code>{ $id }</code>. Действует прежняя. Сравнить: <code>mediabot sync-prices</code>, задать верную: <code>mediabot set-price</code>.
tg-alarm-name-price_held = цена изменилась в десять раз: { $about }
tg-alarm-charged_otherwise = 🔔 <b>{ $about }: списания не сходятся с ценой</b>. Последние десять генераций обошлись на { NUMBER($figure, maximumFractionDigits: 1) } % дороже названного (минус — дешевле). Если это объясняет одна цена, дальше людям показывается она; проверьте её: <code>mediabot sync-prices</code>.
tg-alarm-name-charged_otherwise = { $about } стоит не столько, сколько показано

price-from =
    { $low ->
        [one] от { $low } кредита
        [few] от { $low } кредитов
        [many] от { $low } кредитов
       *[other] от { $low } кредита
    }
price-row-from = от { $low } кр
price-row-exact = { $credits } кр
price-row-range = ≈ { $low }–{ $high } кр
price-row-ceiling = ≤ { $high } кр
