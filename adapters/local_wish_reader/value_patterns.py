"""The patterns of values that a text states, in the languages of the reader."""

import re
from collections.abc import Mapping
from typing import Final

from adapters.local_wish_reader.number_words import NUMBER

RATIOS: Final = frozenset(
    [
        "1:1",
        "16:9",
        "9:16",
        "4:3",
        "3:4",
        "3:2",
        "2:3",
        "21:9",
        "9:21",
        "4:5",
        "5:4",
        "2:1",
        "1:2",
        "1:4",
        "4:1",
        "1:8",
        "8:1",
        "16:10",
        "10:16",
    ]
)
TIERS: Final = {
    "480": "480p",
    "540": "540p",
    "576": "576p",
    "720": "720p",
    "768": "768p",
    "1080": "1080p",
    "1440": "2K",
    "2160": "4K",
}

_SECONDS: Final = (
    r"(?:-?\s?(?:секунд\w*|секундн\w*|сек\b\.?|с\b(?!\s*[-/])|seconds?|secs?\b\.?|s\b|segundos?|segs?\b\.?|sekunden?|sekündig\w*|sek\b\.?|saniye\w*|sn\b"
    r"|detik|dtk|secondes?|secondi|sekund\w*|ثواني|ثوان|ثانية|秒钟?|초|सेकंड|секунди|sekonds?|second\b))"
)
_MINUTES: Final = r"(?:-?\s?(?:минут\w*|мин\b\.?|minutes?|mins?\b\.?|minutos?|minuten?|dakika\w*|menit|دقائق|دقيقة|分钟|분|хвилин\w*|minuty?))"
_BEFORE: Final = r"(?<![\w.,:])"
_MORE: Final = r"(?:\s(?:more|extra|additional|ещё|еще|más|mais|weitere|zusätzliche|de\s+plus|altri|lagi))?"
_RUSSIAN_ENDING: Final = r"(?:\s?-?\s?(?:ти|и|х|ми|ю)(?=[\s-]?сек))?"
"""Of numbers that are written out in part: *15-ти секундный*."""
_CJK_NUMBER: Final = r"[一二两三四五六七八九十]{1,3}"

DURATION: Final = re.compile(
    rf"{_BEFORE}({NUMBER})(?:{_RUSSIAN_ENDING}{_MORE}{_SECONDS})|(?<!\w)(?:секунд\w*|сек)\s+(?:на\s+)?({NUMBER})(?!\w)|(?:--(?:duration|dur|length)\s+|(?<!\w)(?:duration|length|длительност\w+|продолжительност\w+|хронометраж\w*|duración|duração|durée|dauer|länge|durata|süre\w*|durasi)\s?[:=—-]?\s?)({NUMBER})(?![\w:.,]?\d|\s?(?:мин|min|см|cm|dk|дн|час|hour|m\b))|({_CJK_NUMBER})\s?秒|(?<![\d.,:])(\d+)\s?(?:秒|초|ثواني|ثانية)"
)
MINUTES: Final = re.compile(rf"{_BEFORE}({NUMBER}){_MINUTES}|(?<![\d.,:])(\d+)\s?(?:分钟|분)")
COMPOUND_SECONDS: Final = {
    "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8, "девяти": 9, "десяти": 10,
    "двенадцати": 12, "пятнадцати": 15, "двадцати": 20, "тридцати": 30, "сорока": 40, "шестидесяти": 60,
}  # fmt: skip
"""Numbers as the beginning of one word: *пятисекундный*."""
COMPOUND: Final = re.compile(rf"(?<!\w)({'|'.join(COMPOUND_SECONDS)})секунд(?:н\w+|ка|ку)(?!\w)")
WHOLE_MINUTES: Final = (
    (
        re.compile(
            r"полминуты|полуминутн\w+|пол\s?минутк\w*|half\s+an?\s+minute|media\s+hora\s+minuto|medio\s+minuto|halbe\s+minute|meio\s+minuto|пів\s?хвилини|半分钟"
        ),
        30,
    ),
    (re.compile(r"полтор\w+\s+минут\w*|minute\s+and\s+a\s+half"), 90),
    (
        re.compile(
            r"(?:на\s+минутк?у|(?<!полу)минутн(?:ый|ое|ая|ую|ого)|minute[\s-]long|минуту\b|a\s+minute\s+long|one[\s-]minute|хвилинн\w+|一分钟)"
        ),
        60,
    ),
)
RATIO: Final = re.compile(
    r"(?:--(?:ar|aspect)\s*|\bar\s+)?(?<![\d.,:])(\d{1,2})\s?(?:[:：∶×хx/]|на|к|by|zu|a|por)\s?(\d{1,2})(?!\d|[.,:]\d|%|\s?(?:см|cm|м\b|px))"
)
PIXELS: Final = re.compile(r"(?<!\d)(\d{3,4})\s?[xх×*]\s?(\d{3,4})(?!\d)")
RESOLUTION: Final = re.compile(
    r"(?<![\w.,])([124])\s?[kк](?![\w])|(?<!\w)(480|540|576|720|768|1080|1440|2160)\s?[pр]?(?![\w:]|\s?(?:руб|₽|\$|€|год|г\.|bpm|кал|км|км|людей|people|[xх×]\s?\d))"
    r"|\b(full\s?hd|fhd|фул+\s?-?\s?(?:hd|хд|эйчди))\b|\b(ultra\s?hd|uhd)\b|(?<![\w])4[kк](?=\d{2}fps)"
)
TO_ANOTHER: Final = re.compile(
    r"\s*(?:to|into|->|→|до|в|на|auf|zu|a|para|en|à)\s*(?:\d{3,4}\s?[pр]?|[248]\s?[kк]|full\s?hd)(?!\w)"
)
"""After the sharpness that a film has, the one that is wanted: *480p to 1080p*."""
_RESULT_NOUN: Final = (
    r"(?:вариант\w*|варік\w*|верси\w+|версі\w+|штук\w*|шт\b\.?|картин\w+|изображени\w+|зображен\w+|иллюстраци\w+|рисунк\w+|постер\w*|"
    r"логотип\w*|лого\b|концепт\w*|аватар\w*|обложк?\w*|открыт\w+|иконк?\w*|стикер\w*|наклейк?\w*|картинк\w*|пикч\w*|фотк\w+|маскот\w*|дизайн\w*|наброск\w+|эскиз\w*|арт(?:а|ов)\b|вариаци\w+|"
    r"logos?|icons?|stickers?|mascots?|concepts?|designs?|sketch(?:es)?|drafts?|ideas|posters?|avatars?|covers?|wallpapers?|"
    r"variants?|variations?|versions?|images?|pictures?|photos?|pics?|options?|takes|outputs?|illustrations?|renders?|portraits?|pages|(?:post)?cards|"
    r"flyers?|banners?|memes?|emojis?|thumbnails?|invitations?|labels?|patterns?|prints?|panels|tattoos?|фото\b|фотографи\w+|портрет\w*|баннер\w*|мем(?:а|ов)\b|"
    r"эмодзи|превью|раскрас\w+|карточ\w+|приглашени\w+|этикет\w+|принт\w*|флаер\w*|афиш\w*|плакат\w*|татуиров\w+|фотос?\b|fotos|retratos|tarjetas|cartões|karten|"
    r"portraits|affiches|cartes|foto\b|ritratti|zdjęci\w+|kart\w*|fotoğraf\w*|poster\w*|logo\b|лист(?:а|ов)\b|фон(?:а|ов)\b|"
    r"variantes?|variaciones|versiones|versiónes|imágenes|imagenes|opciones|imagens|opções|variações|versões|"
    r"varianten|bilder|versionen|stück|resim|görsel|varyasyon|versiyon|tane|gambar|varian|versi|pilihan|"
    r"images|immagini|varianti|wersj\w+|obraz\w+|张图?|幅|個|种方案|枚|장|صور(?:ة)?|نسخ|tasveer\w*)"
)
_NO_ADJECTIVE: Final = (
    r"(?:one|two|three|four|five|six|and|the|for|from|with|into|sec\w*|min\w*|times|years?|people|men|women|friends?)\s"
)
"""English words between a number and a thing that is not counted by it."""
_THINGS: Final = (
    r"(?:pictures|images|photos|pics|pages|cards|postcards|logos|icons|stickers|posters|covers|flyers|banners|memes|avatars|wallpapers|portraits|sketches|"
    r"drawings|mockups|illustrations|designs|invitations|labels|patterns|prints|thumbnails|tattoos|mascots|variants|versions|options)"
)
"""Things that are counted, whatever kind of them: *five coloring pages*."""
GENERIC_NOUN: Final = re.compile(
    r"вари|верси|версі|шт|вариац|variant|variat|version|option|take|output|opcion|opç|versõ|stück|tane|varian|pilihan|种|نسخ|opcione"
)
COUNT: Final = re.compile(
    rf"{_BEFORE}({NUMBER})\s?(?:(?:разн\w+|of|different|distinct|unique|cute|cool|new|нов\w+|diferentes|verschiedene|farklı|[а-яієїґ]+(?:ых|их|ые|ие))\s+){{0,3}}({_RESULT_NOUN})(?!\w)"
    rf"|(?<![\d.,:])([一二两三四五六七八九十]|\d+)\s?([张幅枚장])"
    rf"|{_BEFORE}(?!on\s)({NUMBER})\s(?:(?!{_NO_ADJECTIVE})[a-z'-]+[^\W\d]\s){{1,3}}({_THINGS})(?!\w)"
)
COUNT_FOR: Final = re.compile(
    rf"^\W*({NUMBER})\s+(?:[^\W\d_]+\s+){{1,2}}(?:для|for|para|für|pour|per|için|untuk|dla)(?!\w)"
)
"""A number of whatever it is for someone, at the beginning of the text."""
COUNT_OF_DIFFERENT: Final = re.compile(
    rf"^\W*(?:(?!(?:with|и|and|of|с|со|где|in|в|for|для)\s)[^\W\d_]+\s+){{0,3}}({NUMBER})\s+"
    r"(?:разн(?:ых|ые)|различн(?:ых|ые)|different|diferentes|verschiedene|farklı|różn(?:e|ych)|різн(?:их|і)|différent(?:e)?s|divers[ei]|berbeda)(?!\w)"
)
"""A number of whatever is to be different, at the beginning of the text."""
COUNT_AT_END: Final = re.compile(r"[,;]\s*([2-9]|10)\s*$")
SET_OF: Final = re.compile(
    rf"(?<!\w)({NUMBER})[\s-]pack\s+of(?!\w)|(?:серия|серию|набор|комплект|set|series|batch)\s+(?:из|of)\s+({NUMBER})(?!\w)"
)

SOUND_ON: Final = re.compile(
    r"(?<!\w)(?:со\s+звук\w*|с\s+(?:аудио|озвучк\w+|музык\w+|звук\w*|голосом)|зі?\s+звук\w*|із\s+звук\w*|with\s+(?:the\s+|some\s+|native\s+)?(?:sounds?|audio|music|voice)"
    r"|w/\s?(?:sound|audio)|sound\s+on|audio\s+on|mit\s+(?:ton|sound|musik|audio)|con\s+(?:sonido|audio|música|musica)|com\s+(?:som|áudio|audio|música)"
    r"|sesli|dengan\s+(?:suara|audio|musik)|pakai\s+suara|avec\s+(?:du\s+)?(?:son|musique)|con\s+(?:suono|audio)|z\s+dźwiękiem"
    r"|под\s+(?:музык\w+|бит|песн\w+)|with\s+(?:a\s+)?(?:narrator|narration|voice\s?over)(?:\s+voice)?|narrator\s+voice"
    r"|with\s+(?:[\w'-]+\s+){1,2}(?:audio|sounds?)(?!\s+(?:wave|system|bar|engineer|check))|(?:and|plus|incl\w*)\s+(?:sound|audio)(?=\s*(?:$|[,.;!\n]))|(?:sound|audio)\s+(?:please|pls|included|yes)|чтоб(?:ы)?\s+(?:(?:был|со?)\s+)?звук\w*(?:\s+был\w*)?"
    r"|чтоб(?:ы)?\s+(?:было\s+)?слышно|пусть\s+(?:будет\s+)?(?:со\s+)?звук\w*|звук\s+(?:чтоб(?:ы)?\s+)?был|плюс\s+звук|и\s+звук(?=\s*(?:$|[,.;!\n]))|вместе\s+со\s+звук\w*|que\s+tenga\s+sonido|que\s+se\s+oiga"
    r"|soll\s+ton\s+haben|e\s+com\s+som|y\s+(?:con\s+)?sonido|und\s+ton|et\s+(?:du\s+)?son|e\s+audio|ses\s+(?:olsun|de\s+olsun)|ada\s+suara|і\s+звук(?=\s*(?:$|[,.;!\n]))|щоб\s+(?:був\s+)?звук\w*"
    r"|awaz\s+ke\s+sath|awaaz\s+ke\s+saath|звук\s+(?:нужен|включи|да)|нужен\s+звук)(?!\w)|有声音?|带声音|配音乐|带音效|带配乐|مع\s+(?:صوت|موسيقى)|بصوت|소리\s?포함|音声付き"
    r"|(?<=,)\s*(?:[\w'-]+\s+){1,4}audio(?=\s*$)"
)
SOUND_OFF: Final = re.compile(
    r"(?<!\w)(?:без\s+(?:звук\w*|музык\w*|озвучк\w+|аудио)|беззвучн\w*|нем(?:ое|ой|ая)\s+(?:видео|ролик|кино)|silent(?:ly)?(?!\s+(?:night|forest|hill|street|lake|room|movie\s+star))|muted?\b|"
    r"(?:no|without|w/o)\s+(?:any\s+)?(?:sound|audio|music)|sound\s+off|stumm(?:es|er|e|en)?\s+(?:video|clip|film)|(?:vídeo|video|vidéo|clip|filmato)\s+(?:mut[aoe]|muette?|mud[oa])|ohne\s+(?:ton|sound|musik|audio)|sin\s+(?:sonido|audio|música|musica)|sem\s+(?:som|áudio|audio|música)"
    r"|sessiz|tanpa\s+(?:suara|audio|musik)|sans\s+(?:son|musique)|senza\s+(?:audio|suono|musica)|bez\s+dźwięku|bina\s+awaz|звук\s+не\s+нужен|звука\s+не\s+надо)(?!\w)|无声|静音|没有声音|不要声音|بدون\s+صوت|صامت|소리\s?없이|無音"
)
PICTURES: Final = re.compile(r"картин|изображ|зображ|image|picture|pic|imágen|imagen|imagens|bilder|resim|gambar|张|장")
"""Of the things that are counted, those that say nothing but that they are pictures."""
FILM_WORD: Final = re.compile(r"v[ií]d[eé]o|clip|film|видео|ролик|кино")
SCALE: Final = re.compile(
    r"(?<!\w)(?:в|на|by|in|by\s+a\s+factor\s+of)?\s?(\d{1,2})\s?(?:раза?|times|fach|veces|vezes|kat\b|kali\b|倍)(?!\w)|(?<![\w:])[xх×](\d{1,2})(?![\w:])|(?<![\w:.])(\d{1,2})[xх×](?![\w:])"
)
FPS: Final = re.compile(r"(?<!\w)(\d{2,3})\s?(?:fps|фпс|кадр\w*\s+в\s+сек\w*|к/с)")
SEED: Final = re.compile(r"(?:--)?(?<!\w)(?:seed|сид)\s*[=: ]\s*(\d{1,10})(?!\w)")
FLAGS: Final = re.compile(
    r"--(?:no|style|stylize|s|v|q|quality|c|chaos|niji|iw|sref|cref|weird|tile|raw|hd|motion|loop)\b(?:\s+[^\s-][^\s]*)?"
)
NEGATIVE: Final = re.compile(r"(?:negative\s+prompt|негативный\s+промпт|негатив|--no)\s*[:=]?\s*([^\n]+?)(?=$|\n|--)")
INSTRUMENTAL: Final = re.compile(
    r"(?<!\w)(?:инструментал\w*|без\s+(?:слов|вокала|голоса)|instrumental\w*|(?:no|without)\s+(?:vocals?|lyrics|words|singing)|ohne\s+gesang|sin\s+(?:voz|letra)|sem\s+(?:voz|vocal)|sözsüz|tanpa\s+vokal)(?!\w)|纯音乐|无人声"
)
VOICE: Final = re.compile(
    r"(?<!\w)(?:(женск\w+|жіноч\w+|female|woman'?s?|girl'?s?|weiblich\w*|frauenstimme|femenina|mujer|feminina|mulher|kadın|wanita|perempuan)|(мужск\w+|чоловіч\w+|male|man'?s?|männlich\w*|männerstimme|masculina|hombre|homem|erkek|pria))"
    r"\s*(?:голос\w*|voice|stimme|voz|sesi\w*|ses\b|suara)|(?:голос\w*|voz|suara)\s+(?:de\s+)?(?:(женщин\w+|девушк\w+|mujer|mulher|wanita|perempuan)|(мужчин\w+|парн\w+|hombre|homem|pria))"
)
LANGUAGES: Final[Mapping[str, str]] = {
    "en": r"английск\w+|англійськ\w+|english|inglés|inglês|englisch\w*|ingilizce\w*|bahasa\s+inggris|英语|英文",
    "ru": r"русск\w+|російськ\w+|russian|ruso|russo|russisch\w*|rusça|俄语",
    "uk": r"украинск\w+|українськ\w+|ukrainian",
    "es": r"испанск\w+|spanish|español|espanhol|spanisch\w*|西班牙语",
    "de": r"немецк\w+|german|alemán|alemão|deutsch\w*|德语",
    "fr": r"французск\w+|french|francés|francês|französisch\w*|法语",
    "zh": r"китайск\w+|chinese|mandarin|chino|中文",
    "it": r"итальянск\w+|italian\b",
    "pt": r"португальск\w+|portuguese|português|portugués",
    "tr": r"турецк\w+|turkish|türkçe",
    "ar": r"арабск\w+|arabic|العربية",
    "hi": r"хинди|hindi",
    "ja": r"японск\w+|japanese|日语",
    "ko": r"корейск\w+|korean",
}
SPOKEN_IN: Final = {
    code: re.compile(rf"(?<!\w)(?:на|по|in|en|em|auf|dalam|用)[\s-]*(?:{words})") for code, words in LANGUAGES.items()
}
INPUTS: Final = re.compile(
    r"(?<!\w)(?:из|этих|эти|обе|of|these|those|from|both|my|моих|мои|estas|diesen?|этими|на)\s*$"
)
"""Words before a number of files that are there."""
INTO_ONE: Final = re.compile(r"\s*(?:в\s+одн\w+|вместе|into\s+one|together|en\s+una|in\s+ein|en\s+une|в\s+одне)(?!\w)")
"""Words behind a number of files that become one."""
VALUE_LEAD: Final = re.compile(
    r"(?:(?<!\w)(?:to|by|for|at|in|of|about|long|до|на|в|по|длиной|длительностью|формат\w*|разрешени\w*|качеств\w*|format|ratio|aspect|resolution|"
    r"duration|length|auf|bis|zu|mit|para|por|a|de|em|dengan|untuk|durasi|ukuran)\s*[:=]?\s*){1,3}$"
)
"""Little words that lead to a value: *длиной 10 секунд*, *to 16:9*."""
