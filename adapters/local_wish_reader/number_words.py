"""Small numbers as people write them out, in the languages of the reader."""

from typing import Final

NUMBER_WORDS: Final = {
    word: number
    for number, words in {
        1: "one один одну одна одно uno una um uma ein eine bir satu 一 یک un une واحد ek jeden jedna одне",
        2: "two два две двух пара пару couple dos dois duas zwei iki dua 二 两 兩 deux due dwa dwie اثنان اثنين do дві двох",
        3: "three три трех tres três drei üç uc tiga 三 trois tre trzy ثلاث ثلاثة teen тройку трьох",
        4: "four четыре четырех cuatro quatro vier dört dort empat 四 quatre quattro cztery اربع أربع أربعة اربعة char чотири",
        5: "five пять пяти cinco fünf fuenf beş bes lima 五 cinq cinque pięć خمس خمسة خمسه paanch пʼять п'ять пятерку",
        6: "six шесть шести seis sechs altı alti enam 六 sei sześć ست ستة chhe шість",
        7: "seven семь семи siete sete sieben yedi tujuh 七 sept sette siedem سبع سبعة saat сім",
        8: "eight восемь восьми ocho oito acht sekiz delapan 八 huit otto osiem ثمان ثماني ثمانية aath вісім",
        9: "nine девять девяти nueve nove neun dokuz sembilan 九 neuf dziewięć تسع تسعة nau дев'ять",
        10: "ten десять десяти diez dez zehn on sepuluh 十 dix dieci dziesięć عشر عشرة das десяток",
        12: "twelve dozen двенадцать doce doze zwölf 十二 douze dodici",
        15: "fifteen пятнадцать quince quinze fünfzehn onbeş 十五 quindici pietnaście п'ятнадцять",
        20: "twenty двадцать veinte vinte zwanzig yirmi 二十 vingt venti",
        30: "thirty тридцать treinta trinta dreißig dreissig otuz 三十 trente trenta тридцять",
        40: "forty сорок cuarenta quarenta vierzig kırk 四十",
        45: "四十五",
        60: "sixty шестьдесят sesenta sessenta sechzig altmış 六十",
        90: "ninety девяносто noventa neunzig 九十",
    }.items()
    for word in words.split()
}
"""Each word to its number. Longer Chinese numerals stand for themselves."""

_BY_LENGTH: Final = sorted(NUMBER_WORDS, key=len, reverse=True)
_SPACED: Final = "|".join(word for word in _BY_LENGTH if not "\u2e80" <= word[0] <= "\u9fff")
_UNSPACED: Final = "|".join(word for word in _BY_LENGTH if "\u2e80" <= word[0] <= "\u9fff")
NUMBER: Final = rf"\d+(?:[.,]\d+)?|(?:{_SPACED})(?!\w)|(?:{_UNSPACED})"
"""A number in digits or words, as part of a pattern."""


def number_of(text: str) -> float:
    """The value of what ``NUMBER`` matched."""
    known = NUMBER_WORDS.get(text)
    return float(known) if known is not None else float(text.replace(",", "."))
