"""What the bot says about money, in the words that the journeys look for."""

from typing import Final

WORDS: Final = {
    "en": {
        "button": "💳 Top up",
        "made": "Z-Image",
        "failed": "returned, no result",
        "refunded": "50 ⭐ were refunded",
        "month": "Every month: 1000 credits · 400 ⭐",
        "once a month": "Once a month",
        "renewed": "then renewed",
        "stop": "Stop the monthly package",
        "stopped": "What you paid for stays",
        "not renewed": "not renewed",
        "code": "You got 25 credits",
        "no code": "does not work",
        "thanks": "Thank you",
        "bonus": "someone you invited has paid",
    },
    "ru": {
        "button": "💳 Пополнить",
        "made": "Z-Image",
        "failed": "возвращено, результата нет",
        "refunded": "50 ⭐ возвращены",
        "month": "Каждый месяц: 1000 кредитов · 400 ⭐",
        "once a month": "Раз в месяц",
        "renewed": "затем продлится",
        "stop": "Не продлевать пакет",
        "stopped": "Оплаченное остаётся вашим",
        "not renewed": "не продлевается",
        "code": "Вы получили 25 кредитов",
        "no code": "не действует",
        "thanks": "Спасибо",
        "bonus": "бонус за приглашённого",
    },
}

BUY_LABELS: Final = {"en": "100 credits · 50 ⭐", "ru": "100 кредитов · 50 ⭐"}
