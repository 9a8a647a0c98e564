"""Words that only order something, in the languages of the reader: no part of what is drawn, filmed or spoken."""

import re
from typing import Final

VERBS: Final = frozenset(
    "нарисуй нарисовать нарисуйте рисуй изобрази сделай сделать сделайте создай создать сгенерируй сгенерировать сгенери генерируй хочу "
    "нужна нужно нужен нужны надо дай давай можешь можно можете сможешь придумай покажи сочини напиши сними снять накидай набросай "
    "плиз плз пож пожалуйста мне нам меня ты а ну короче типо типа слушай вот там тут просто еще сделаешь "
    "make create generate draw paint sketch gen produce render design show give get i want need would like can could you please pls plz me us "
    "a an the some one let lets just so ok hey imagine film write compose it to "
    "haz hazme crea créame genera quiero quisiera necesito dibuja dibújame puedes por favor un una unos me pinta escribe "
    "faz faça cria crie gera gere quero preciso desenha desenhe pode por um uma me escreve "
    "mach mache mir erstelle erstell generiere zeichne male ich will möchte brauche bitte ein eine einen kannst du schreib "
    "намалюй зроби створи згенеруй потрібен потрібна потрібно будь ласка мені можеш хочу напиши "
    "buat buatkan bikin bikinkan gambarkan tolong saya mau ingin sebuah seekor "
    "çiz yap oluştur bana bir istiyorum lütfen tasarla "
    "banao bana do mujhe ek chahiye karo kripya बनाओ मुझे एक "
    "ارسم اصنع اعمل انشئ صمم اريد ابغى لي من فضلك "
    "fais crée génère dessine je veux une fai disegna voglio zrób narysuj wygeneruj chcę proszę".split()
)
"""Verbs of ordering, polite words and the little words between them."""

PICTURE_NOUNS: Final = frozenset(
    "картинка картинку картинки картинкой изображение изображения зображення рисунок рисуночек "
    "picture image pic img imagen imagem bild gambar resim görsel resmi صورة رسمة tasveer obraz immagine तस्वीर".split()
)
FILM_NOUNS: Final = frozenset(
    "видео видос видосик видеоролик ролик відео video vid clip vídeo videosu klip wideo فيديو مقطع वीडियो".split()
)
"""Words for the thing ordered that add nothing to its description."""

ABOUT: Final = frozenset(
    "про о об of about на тему de sobre über von von: tentang hakkında عن par sur o wo where где with".split()
) - {"where", "где", "with", "на", "тему", "par"}
"""Words that lead from the thing to its description."""
KEEPS_NOUN: Final = frozenset(
    "с со где в where with that which who как который которая из на in mit con com avec dengan que wo jahan مع".split()
)
"""Words after which the noun has to stay, or the description loses its grammar."""

CJK_ORDER: Final = re.compile(
    r"^(?:请|麻烦)?(?:帮我|给我|替我)?(?:我想要|我要|想要)?(?:生成|画|绘制|制作|做|创建|设计|来|拍|写)?(?:一个|一张|一段|一幅|一首|一只(?=的)|个|张)?(?:关于)?"
    r"(?:图片|图像|视频|短片)?[\s,，:：]*"
)
CJK_NOUN: Final = re.compile(r"的?(?:图片|图像|照片|视频|短视频)$")

SPEECH_WORD: Final = re.compile(
    r"озвуч|азвуч|прочит|прочт|зачит|начит|чита|скаж|произнес|голос|озвучк|диктор|реч|tts|ттс|вслух|текст|фраз|аудиокниг|"
    r"\bsay\b|speak|speech|\bread\b|reading|voice|narrat|announc|aloud|pronounce|audiobook|voicemail|"
    r"\bsag\b|sprich|lies|vorlesen|stimme|vertone|sprech|\blee\b|\bdi\b|voz|locuci|narra|\bleia\b|\bdiga\b|\bfala\b|locuç|"
    r"bacakan|ucapkan|suara|narasi|seslendir|\boku\b|sesi|朗读|念|读|配音|语音|说|اقرأ|اقرا|قل|انطق|صوت|padho|bolo|awaaz|awaz|पढ़ो|आवाज|बोलो|"
    r"\blis\b|voix|leggi|przeczytaj|読み上げ|읽어|диалог|dialog|conversation|разговор|подкаст|podcast|speech"
)
SPEECH_ORDER: Final = re.compile(
    r"^(?:пожалуйста\s+|please\s+|can\s+you\s+|а\s+|ну\s+|bitte\s+)?"
    r"(?:(?:не\s+\w+,?\s+а\s+)?(?:просто\s+)?(?:озвуч\w*|азвучь|прочита\w*|прочти|зачита\w*|начита\w*|скажи\w*|произнес\w*|запиши)"
    r"|say|speak|read|narrate|voice|pronounce|lee|lees|di|narra|lies|sprich|sag|leia|diga|fala|bacakan|ucapkan|seslendir|oku|padho|bolo|اقرأ|اقرا|قل|انطق|lis|leggi)(?!\w)"
    r"(?:\s+(?:пожалуйста|мне|это|этот|эту|мой|мою|следующий|текст|тексты|фразу|слова|вслух|вголос|громко|медленно|шепотом|please|this|the|it|me|following|text|out|loud|aloud|vor|laut|"
    r"diesen|este|esto|texto|em|en|voz|alta|teks|ini|metni|şu|النص|yeh|isko|ce|texte|à|haute))*"
    r"(?:\s+(?:in\s+an?\s+|with\s+an?\s+|mit\s+|con\s+|com\s+|dengan\s+|بصوت\s+)?(?:[\w-]+\s+){0,3}?(?:голосом|voice|accent|stimme|voz|suara|sesiyle|رجل)"
    r"(?:\s+(?:диктора|робота|ведущего|деда\s+мороза|женщины|мужчины|девушки|de\s+mujer|de\s+hombre|wanita|pria))?)?"
    r"(?:\s+(?:текст|фразу|слова|this|the\s+text))?[\s:：,—–-]*"
)
QUOTED: Final = re.compile(r"[«\"“„]([^«»\"“”„]{3,})[»\"”“]")
BARE_TASK: Final = re.compile(
    r"^\W*(?:text|txt|img|image|photo|picture|текст|фото|картинк\w|видео|video|speech|voice|audio|аудио|голос)\W*(?:to|2|в|->|→|=>)\W*"
    r"(?:image|img|picture|photo|video|vid|speech|voice|audio|music|text|картинк\w|видео|фото|аудио|голос|речь|озвучку|текст|музыку)\W*$"
)
