# Кредиты, платежи и цены.

failure-insufficient_credits =
    У вас { $balance ->
        [one] { NUMBER($balance, useGrouping: 0) } кредит
        [few] { NUMBER($balance, useGrouping: 0) } кредита
        [many] { NUMBER($balance, useGrouping: 0) } кредитов
       *[other] { NUMBER($balance, useGrouping: 0) } кредита
    }, а нужно { NUMBER($cost, useGrouping: 0) }. Ничего не списано. Пополните счёт: /buy.
