"""The language of a text, by its script and its commonest words: enough to answer in it."""

import re
from collections.abc import Mapping
from typing import Final

from domain.vocabulary import words_of

SCRIPTS: Final = (
    (re.compile(r"[\u3040-\u30ff]"), "ja"),
    (re.compile(r"[\uac00-\ud7af]"), "ko"),
    (re.compile(r"[\u4e00-\u9fff]"), "zh"),
    (re.compile(r"[\u0600-\u06ff]"), "ar"),
    (re.compile(r"[\u0900-\u097f]"), "hi"),
    (re.compile(r"[іїєґІЇЄҐ]"), "uk"),
)
UKRAINIAN: Final = frozenset(
    [
        "зроби",
        "хочу",
        "щоб",
        "будь",
        "ласка",
        "скільки",
        "намалюй",
        "прибери",
        "додай",
        "заміни",
        "покращ",
        "далі",
        "довше",
        "дякую",
        "як",
        "що",
    ]
) - {
    "хочу",
    "як",
}
WORDS: Final[Mapping[str, frozenset[str]]] = {
    "es": frozenset(
        [
            "haz",
            "una",
            "el",
            "la",
            "los",
            "las",
            "del",
            "que",
            "con",
            "para",
            "por",
            "cuánto",
            "quiero",
            "foto",
            "imagen",
            "hola",
            "gracias",
            "cómo",
            "quita",
            "pon",
            "fondo",
            "esta",
            "este",
            "más",
            "canción",
            "crea",
            "genera",
            "lee",
        ]
    ),
    "pt": frozenset(
        [
            "uma",
            "faz",
            "faça",
            "você",
            "não",
            "com",
            "para",
            "por",
            "quanto",
            "quero",
            "foto",
            "imagem",
            "olá",
            "obrigado",
            "tira",
            "deixa",
            "mais",
            "música",
            "crie",
            "gere",
            "essa",
            "esse",
            "dos",
            "um",
            "vídeo",
            "o",
        ]
    ),
    "de": frozenset(
        [
            "ein",
            "eine",
            "einen",
            "mach",
            "mir",
            "bild",
            "der",
            "die",
            "das",
            "und",
            "mit",
            "ich",
            "ist",
            "von",
            "was",
            "wie",
            "bitte",
            "danke",
            "hallo",
            "zeichne",
            "erstelle",
            "kostet",
            "foto",
            "lied",
            "nicht",
        ]
    ),
    "fr": frozenset(
        [
            "une",
            "le",
            "les",
            "des",
            "fais",
            "moi",
            "avec",
            "pour",
            "je",
            "veux",
            "est",
            "combien",
            "bonjour",
            "merci",
            "crée",
            "dessine",
            "cette",
            "ce",
        ]
    ),
    "tr": frozenset(
        [
            "bir",
            "yap",
            "bana",
            "çiz",
            "ve",
            "için",
            "ne",
            "kadar",
            "bu",
            "resim",
            "merhaba",
            "teşekkürler",
            "istiyorum",
            "sesli",
            "şarkı",
            "oluştur",
            "ile",
        ]
    ),
    "id": frozenset(
        [
            "buat",
            "buatkan",
            "gambar",
            "yang",
            "dengan",
            "saya",
            "ini",
            "berapa",
            "halo",
            "terima",
            "kasih",
            "tolong",
            "bikin",
            "jadi",
            "foto",
            "lagu",
            "latar",
            "suara",
            "hapus",
        ]
    ),
    "it": frozenset(
        [
            "fai",
            "il",
            "gli",
            "che",
            "con",
            "per",
            "una",
            "di",
            "ciao",
            "grazie",
            "crea",
            "immagine",
            "questa",
            "quanto",
            "disegna",
        ]
    ),
    "pl": frozenset(
        ["zrób", "mi", "narysuj", "jest", "ile", "to", "dziękuję", "cześć", "proszę", "obraz", "zdjęcie", "się"]
    ),
    "hi": frozenset(
        [
            "mujhe",
            "karo",
            "banao",
            "hai",
            "kya",
            "mera",
            "meri",
            "ka",
            "ki",
            "ke",
            "ek",
            "kitna",
            "hata",
            "laga",
            "isko",
            "aur",
            "bana",
        ]
    ),
    "en": frozenset(
        [
            "the",
            "a",
            "an",
            "of",
            "and",
            "to",
            "in",
            "with",
            "my",
            "this",
            "make",
            "is",
            "it",
            "me",
            "for",
            "on",
            "you",
            "please",
            "create",
            "how",
            "what",
            "i",
            "photo",
            "picture",
            "remove",
            "add",
        ]
    ),
}


def language_of(text: str) -> str:
    """The code of the likeliest language; English where nothing tells."""
    for pattern, code in SCRIPTS:
        if pattern.search(text):
            return code
    words = list(words_of(text))
    if any(re.search(r"[а-я]", word) for word in words):
        return "uk" if sum(word in UKRAINIAN for word in words) * 2 >= len(words) else "ru"
    counts = {code: sum(word in known for word in words) for code, known in WORDS.items()}
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    return best if counts[best] else "en"
