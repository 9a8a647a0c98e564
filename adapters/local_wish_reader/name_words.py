"""Words in, beside and instead of the names of models, in the languages of the reader."""

import re
from typing import Final

VERSION_WORDS: Final = frozenset({"v", "в", "ver", "version", "версия", "версии"})
"""Words before the number of a version."""
SPOKEN_VERSIONS: Final = {
    word: number
    for number, said in {
        "2": "два двойка второй вторая two zwei dos deux",
        "3": "три тройка третий третья three drei tres trois",
        "4": "четыре four vier cuatro quatre",
        "5": "пять five fünf cinco cinq",
    }.items()
    for word in said.split()
}
"""Numbers in words that are a version where nothing follows that they could count."""
TITLE_WORDS: Final = (
    (re.compile(r"(?<!\w)(?:i2v|img2vid|image2video|фото\s+в\s+видео|картинк\w\s+в\s+видео|имидж\s+ту\s+видео)(?!\w)"), "image to video"),
    (re.compile(r"(?<!\w)(?:i2i|img2img|фото\s+в\s+фото|картинк\w\s+в\s+картинку|имидж\s+ту\s+имидж)(?!\w)"), "image to image"),
    (re.compile(r"(?<!\w)(?:v2v|vid2vid|видео\s+в\s+видео|видео\s+ту\s+видео)(?!\w)"), "video to video"),
    (re.compile(r"(?<!\w)(?:r2v|референс\w*\s+(?:в|ту)\s+видео)(?!\w)"), "reference to video"),
    (re.compile(r"(?<!\w)(?:липсинк|лип\s?синк|lipsync)(?!\w)"), "lip sync"),
    (re.compile(r"(?<!\w)(?:экстенд|продлени\w)(?!\w)"), "extend"),
    (re.compile(r"(?<!\w)(?:апскейл\w?|апскейлер)(?!\w)"), "upscale"),
    (re.compile(r"(?<!\w)(?:имидж|имейдж|имедж)(?!\w)"), "image"),
    (re.compile(r"(?<!\w)видео(?!\w)"), "video"),
)  # fmt: skip
"""How people say what titles say of the task."""
SAID_IN_NAMES: Final = frozenset({"image", "video", "upscale"})
"""Words that tell titles apart although a nickname may hold them."""
UNSAID_IN_TITLES: Final = frozenset({"v", "the", "model", "модель", "нейросеть", "ai", "аи", "ии"})
"""Words of a text that is a title which no title has to have."""
TASK_WORDS: Final = frozenset({"image", "to", "video", "text", "speech", "reference", "api", "upscale", "ai", "the"})
"""Words of titles that say what a model does, not which one it is."""
MEDIA_IN_TITLES: Final = {
    said: medium
    for medium, words in {"image": "image имидж имейдж картинка картинку", "video": "video видео"}.items()
    for said in words.split()
}
"""Words that a variant may follow: Wan 2.7 Image Pro. They say what the rest of the text may not say of the task."""
OF_WHAT: Final = frozenset(
    ["of", "with", "about", "from", "where", "that", "про", "с", "со", "о", "об", "из", "где", "как", "чтобы"]
)
"""Words between a thing and what it shows."""
MADE: Final = frozenset(
    ["video", "vid", "clip", "image", "pic", "picture", "видео", "видос", "ролик", "клип", "картинка", "картинку"]
)
"""What a model makes, between its name and what it shows: *happy horse vid of a toddler*."""
ORDERS: Final = frozenset(["animate", "edit", "extend", "upscale"])
DONE_TO: Final = frozenset(["this", "that", "these", "the", "it", "my", "her", "him", "them", "me", "a"])
"""Variants that are orders before such words: *wan animate this photo*."""
ENLARGES: Final = frozenset(
    [
        "upscale",
        "enhance",
        "enlarge",
        "увеличь",
        "увеличить",
        "увеличьте",
        "улучши",
        "улучшить",
        "улучшите",
        "апскейль",
        "апскейл",
    ]
)
"""Orders that show that the common word before them is the name of a family that only works on files: *topaz enlarge photo*."""
SURNAMES: Final = ("гог", "gogh", "дейк", "дам", "хельсинг", "клиберн", "кеноби", "kenobi")
FORENAMES: Final = frozenset(["оби", "obi", "жан", "клод"])
"""Beside them a word is a part of a person's name."""
ASKING: Final = frozenset(
    [
        "is",
        "have",
        "has",
        "any",
        "got",
        "does",
        "есть",
        "ли",
        "є",
        "чи",
        "вас",
        "тут",
        "работает",
        "tienen",
        "hay",
        "está",
        "tem",
        "têm",
        "gibt",
        "habt",
        "avez",
        "avete",
        "ada",
        "macie",
        "هل",
        "يوجد",
        "hai",
        "有",
    ]
)
"""Words of a question after which an everyday word is a name."""
LEADING: Final = frozenset(
    [
        "with",
        "using",
        "use",
        "via",
        "by",
        "through",
        "in",
        "on",
        "model",
        "нейросеть",
        "модель",
        "модели",
        "моделью",
        "нейросети",
        "через",
        "в",
        "на",
        "с",
        "используй",
        "используя",
        "помощью",
        "mit",
        "con",
        "com",
        "usando",
        "ile",
        "pakai",
        "dengan",
        "por",
        "avec",
        "用",
        "modelo",
        "modell",
    ]
)
"""Words after which a common word is a name."""
LOOKALIKES: Final = frozenset(
    [
        "minimal",
        "redraft",
        "clings",
        "flask",
        "goggle",
        "gemina",
        "midjourneys",
        "flugs",
        "fluke",
        "fluss",
        "geleni",
        "gelmeni",
        "gemein",
        "gemelli",
        "geçeni",
        "hablo",
        "haile",
        "hails",
        "hallo",
        "hatillo",
        "hazlo",
        "хуйло",
        "хуйлу",
        "infinitas",
        "infinitely",
        "cling",
        "keeling",
        "keling",
        "killing",
        "klang",
        "kline",
        "kling's",
        "klinge",
        "klingt",
        "klink",
        "клинт",
        "клины",
        "клинка",
        "клинки",
        "клинок",
        "клана",
        "кланы",
        "клены",
        "клипа",
        "клиента",
        "minima",
        "minimales",
        "minimalis",
        "minimaux",
        "operai",
        "severance",
        "сеанс",
        "сеанса",
        "седан",
        "седана",
        "сидении",
        "сидений",
        "сиденье",
        "сиденья",
        "симмонс",
        "sidearm",
        "седьмым",
        "сидим",
        "verfasst",
        "районные",
        "ранней",
        "судно",
        "сумно",
        "шедевром",
        "hegen",
        "heyden",
        "хейден",
    ]
)
"""Everyday words that differ from a name by a letter or two, among the commonest words of eleven languages."""
CASE_ENDINGS: Final = re.compile(r"(?:ами|ов|ом|ем|ой|ей|ам|ах|ою|а|у|е|ы|и|ю|я)$")
"""Russian endings of a name as of any noun: *в клинге*, *флюксом*."""
