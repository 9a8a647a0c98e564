# Credits, payments and what they cost.

failure-insufficient_credits =
    You have { $balance ->
        [one] { NUMBER($balance, useGrouping: 0) } credit
       *[other] { NUMBER($balance, useGrouping: 0) } credits
    }, this costs { NUMBER($cost, useGrouping: 0) }. Nothing was charged. Top up with /buy.
