"""Words by which a text says that a kind of thing is not wanted, in the languages of the reader."""

import re
from typing import Final

_MEDIUM: Final = (
    r"(?:видео\w*|ролик\w*|клип\w*|картинк\w*|изображени\w*|фото\w*|рисун\w*|музык\w*|песн\w*|трек\w*|голос\w*|озвучк\w*|текст\w*|анимаци\w*|анімаці\w*|мультик\w*|гифк\w*|відео|зображенн\w*"
    r"|videos?|clips?|movies?|images?|pictures?|pics?|photos?|drawings?|songs?|music|tracks?|voices?|speech|text|animations?"
    r"|bild\w*|fotos?|lied\w*|musik|imagen(?:es)?|canci[oó]n|m[uú]sica|imagem|resim|şarkı|müzik|gambar|lagu|视频|图片|照片|音乐|歌曲?|فيديو|صورة|أغنية|tasveer|gaana)"
)
DENIED: Final = re.compile(
    rf"(?<!\w)(?:не|ні)\s+(?:надо\s+|нужно\s+|нужна\s+|нужен\s+|нужны\s+|хочу\s+|делай\s+|треба\s+|потрібн\w+\s+)?{_MEDIUM}(?=\s*,?\s*(?:а|но|лучше|сделай|просто|хочу|мне|нужн\w*|\w+)(?!\w))"
    r"|(?<!\w)(?:без|without|sin|ohne|sem|tanpa)\s+(?:an?\s+)?(?:видео|картинк\w*|фото|video|vídeo|image|pictures?|animation|анимац\w*)(?!\w)"
    rf"|(?<!\w)(?:not|no|don'?t\s+(?:want|need|make)|do\s+not\s+(?:want|need|make)|instead\s+of)\s+(?:an?\s+|the\s+)?{_MEDIUM}(?!\w)"
    r"|(?<!\w)(?:don'?t|do\s+not|no\s+need\s+to|never)\s+(?:animate|film|move)(?:\s+(?:it|anything|this))?(?!\w)|(?<!\w)не\s+(?:надо\s+|нужно\s+)?(?:анимир\w+|оживля\w+)(?!\w)"
    rf"|(?<!\w){_MEDIUM}\s+(?:не\s+(?:надо|нужн\w+|хочу|делай)|not\s+needed)(?!\w)"
    rf"|(?<!\w)(?:kein(?:e|en)?|nicht)\s+{_MEDIUM}(?!\w)|(?<!\w)no\s+(?:quiero\s+)?(?:una?\s+)?{_MEDIUM}(?!\w)"
    rf"|(?<!\w)não\s+(?:quero\s+)?(?:uma?\s+)?{_MEDIUM}(?!\w)|(?<!\w)pas\s+(?:une?|de)\s+{_MEDIUM}(?!\w)"
    rf"|{_MEDIUM}\s+(?:değil|nahi)(?!\w)|(?<!\w)bukan\s+{_MEDIUM}(?!\w)|(?:不是|不要)\s?{_MEDIUM}|(?:ليس|ليست|مش|لا\s+أريد)\s+{_MEDIUM}"
)
"""The words with the thing that is not wanted."""
