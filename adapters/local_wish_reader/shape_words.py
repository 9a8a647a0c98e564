"""Words for the shape of a picture or film, in the languages of the reader."""

import re
from collections.abc import Mapping
from typing import Final

MEDIA_NOUN: Final = (
    r"(?:format|image|picture|pic|photo|avatar|logo|icon|video|clip|crop|frame|poster|banner|post|thumbnail|cover|"
    r"wallpaper|illustration|portrait|composition|canvas|version|one|film|reel|shot|orientation|mode|layout)s?"
)

SHAPES: Final[Mapping[str, re.Pattern[str]]] = {
    "9:16": re.compile(
        r"вертикал\w*(?:\s+(?:формат\w*|ориентаци\w*))?|портретн\w+\s+(?:ориентаци\w*|формат\w*|режим\w*)"
        r"|vertical(?:ly|es|e|em|ais)?\b|\bupright\b|\bportrait\s+(?:orientation|format|mode|video|ratio)"
        r"|(?:\b(?:but|in|into|as)\s+|[,;]\s*)portrait(?=\s*(?:$|[.,;!]|pls|please))"
        r"|\bvertikal\w*|\bhochformat\w*|\bhochkant\w*|\bdikey\b|\bdik\s+format|\bverticale?\b|\bpionow\w+"
        r"|\btegak\b|\bpotret\s+mode|竖屏|竖版|竖的|竖向|豎屏|縦長|縦型|縦(?=動画|画像|向き)|세로|عمودي\w*|طولي|رأسي|\bkhada\b"
        r"|формат(?:е|а)?\s+9\s*(?:на|к)\s*16"
    ),
    "16:9": re.compile(
        r"горизонтал\w*(?:\s+(?:формат\w*|ориентаци\w*))?|альбомн\w+\s+(?:ориентаци\w*|формат\w*|режим\w*)|широкоформатн\w*"
        r"|широкоэкранн\w*|\bhorizontal(?:ly|es|e|ais)?\b|\blandscape\s+(?:orientation|format|mode|video|ratio|aspect)"
        r"|(?:\b(?:but|in|to|into|as|it|this)\s+(?:a\s+)?|[,;]\s*)landscape(?=\s*(?:$|[.,;!]|pls|please))|\blandscape\s+version"
        r"|\bwide\s?screen\b|\bwidescreen\b|\bquerformat\w*|\bapaisad\w+|\bpanor[aá]mic[oa]\s+format|\byatay\b|\borizzontale?\b"
        r"|\bmendatar\b|\bpoziom\w+|横屏|横版|横向|寬屏|宽屏|横長|横(?=動画|画像|向き)|широк\w+\s+(?:экран\w*|формат\w*)|가로|أفقي\w*|عرضي\b"
    ),
    "1:1": re.compile(
        rf"квадратн\w*|\bквадрат(?:ом|ик\w*)\b|(?<!ый )(?<!ий )\bквадрат(?=\s*(?:$|[,;.!]))|(?<=instagram )square\b|(?<=insta )square\b|(?<!red )(?<!town )(?<!times )(?<!main )\bsquared?(?=\s+{MEDIA_NOUN}\b)|\b(?:in|to|into)\s+(?:an?\s+)?square\b(?!\s+(?:with|where))"
        r"|^\s*square\b|\b(?:make|keep|crop)\s+(?:it|this|that)\s+(?:a\s+)?square\b|(?<=видео )квадрат\b|(?<=ролик )квадрат\b|(?<=фото )квадрат\b|(?<=формат )квадрат\b|[,;]\s*square\s*(?=[,;.]|$)|\bcuadrad[oa]s?\b|\bquadrad[oa]s?\b|\bquadratisch\w*|\bkare\s+(?:format|resim|görsel|fotoğraf)"
        r"|\bpersegi\b|正方形|方形|方图|정사각|مربع\w*|\bcarrée?\b|\bquadrat[oa]\b|\bkwadratow\w+|\bchaukor\b"
    ),
    "21:9": re.compile(r"\bultra\s?wide\b|ультраширок\w*|сверхширок\w*|киноформат\w*|超宽屏?"),
}
"""Words that state a shape."""

PLACES: Final[Mapping[str, re.Pattern[str]]] = {
    "9:16": re.compile(
        r"(?<!\w)(?:рилс|рилз|reels?|тикток|tiktok|шортс|сторис|сториз|стори)(?=\s*[:—–-]|\s+(?:про|о|с|со|где|из|по|как|about|of|with|from|out|where|sobre|de|con|über|aus|tentang|dari)\b)|(?:для|в|на|под)\s+(?:инста\s*)?(?:сторис\w*|сториз\w*|стори\b|сторі\w*|историй|рилс\w*|рилз\w*|рілс\w*|тик\s?ток\w*|шортс\w*|шорты|клипов)"
        r"|(?:обои|заставк\w*|фон)\s+(?:на|для)\s+(?:телефон\w*|айфон\w*|смартфон\w*|мобил\w*)|шпалери\s+(?:на|для)\s+телефон\w*"
        r"|(?:for|as)\s+(?:an?\s+|my\s+|the\s+)?(?:instagram\s+|insta\s+|ig\s+)?(?:stor(?:y|ies)|reels?|tik\s?tok|shorts)\b"
        r"|\b(?:phone|iphone|mobile|lock\s?screen)\s+(?:wallpaper|background)|\b(?:wallpaper|background)\s+(?:for|4)\s+(?:my\s+|a\s+|the\s+)?(?:i?phone|mobile|lock\s?screen)\b"
        r"|\b(?:tiktok|reels?|shorts)\s+(?:video|clip|format)|\b(?:instagram|insta|ig)\s+(?:story|stories|reels?)\b"
        r"|\b(?:para|pra)\s+(?:historias|stories|reels|tiktok|shorts)|\bfür\s+(?:stories|reels|tiktok|shorts)"
        r"|\b(?:untuk|buat)\s+(?:story|reels|tiktok|shorts)|(?:tiktok|reels|hikaye|story)\s+için|抖音|手机壁纸|ل(?:ستوري|تيك\s?توك|ريلز)"
    ),
    "16:9": re.compile(
        r"(?:для|на)\s+ю[тд]уб\w*|превью\s+(?:для\s+)?(?:ю[тд]уб\w*|youtube|видео)|(?:картинк\w*|фон|заставк\w*|арт)\s+(?:\w+\s+){0,2}?на\s+рабоч\w+\s+стол\w*|обои\s+(?:на|для)\s+(?:рабоч\w+\s+стол\w*|комп\w*|ноут\w*|пк)"
        r"|\b(?:desktop|laptop|pc)\s+(?:wallpaper|background)|\b(?:wallpaper|background)\s+(?:for|4)\s+(?:my\s+|a\s+|the\s+)?(?:desktop|laptop|pc|computer)\b"
        r"|\b(?:for|as)\s+(?:a\s+|my\s+)?youtube\b|\byoutube\s+(?:thumbnail|banner|video|intro)"
        r"|\bpara\s+youtube\b|\bfür\s+youtube\b|电脑壁纸|桌面壁纸"
    ),
}
"""Where the picture or film is to be shown, which asks for a shape; these words stay in the prompt."""
