"""The grammar of stated values, in the languages of the reader."""

import pytest

from adapters.local_wish_reader.grammar import read_values
from adapters.local_wish_reader.tokens import plain


def values(text: str) -> dict[str, object]:
    return read_values(plain(text)).by_name()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("видео 10 сек", 10),
        ("8-секундный ролик", 8),
        ("пять секунд", 5),
        ("танец 15с", 15),
        ("на минуту", 60),
        ("полминуты дождя", 30),
        ("a 30-second jingle", 30),
        ("5s loop", 5),
        ("ten seconds of rain", 10),
        ("2 minutes of ambient", 120),
        ("vídeo de 6 segundos", 6),
        ("8 Sek Video", 8),
        ("ein 5-sekündiges Video", 5),
        ("10 saniyelik video", 10),
        ("video 10 detik", 10),
        ("10秒的视频", 10),
        ("十五秒视频", 15),
        ("فيديو 10 ثواني", 10),
        ("ролик 8 секунд про 3 котов", 8),
        ("відео на 7 секунд", 7),
        ("добавь секунд десять", 10),
        ("a paper plane --duration 5", 5),
    ],
)
def test_a_length_is_read(text: str, seconds: int) -> None:
    assert values(text)["duration"] == seconds


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("кот 16:9", "16:9"),
        ("fox --ar 21:9", "21:9"),
        ("9x16 clip", "9:16"),
        ("9 на 16", "9:16"),
        ("вертикальное видео", "9:16"),
        ("картинка для сторис", "9:16"),
        ("видео для тиктока", "9:16"),
        ("vertical video", "9:16"),
        ("video en vertical", "9:16"),
        ("Hochformat", "9:16"),
        ("竖屏", "9:16"),
        ("dikey video", "9:16"),
        ("горизонтальная картинка", "16:9"),
        ("widescreen shot of a desert", "16:9"),
        ("превью для ютуба", "16:9"),
        ("квадратная аватарка", "1:1"),
        ("видео квадрат с котом", "1:1"),
        ("make it square and brighter", "1:1"),
        ("видео на широкий экран", "16:9"),
        ("雨の縦動画", "9:16"),
        ("заставка на телефон с васильками", "9:16"),
        ("instagram story background", "9:16"),
        ("square logo of a fox", "1:1"),
        ("正方形头像", "1:1"),
        ("1920x1080 wallpaper", "16:9"),
    ],
)
def test_a_shape_is_read(text: str, ratio: str) -> None:
    assert values(text)["aspect_ratio"] == ratio


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("в 4к", "4K"),
        ("upscale to 4k 60fps", "4K"),
        ("2k texture", "2K"),
        ("1080p", "1080p"),
        ("апскейл до 1080", "1080p"),
        ("full hd", "1080p"),
        ("720", "720p"),
    ],
)
def test_a_resolution_is_read(text: str, tier: str) -> None:
    assert values(text)["resolution"] == tier


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("4 картинки с котом", 4),
        ("три варианта логотипа", 3),
        ("3 шт", 3),
        ("two pictures of a cat", 2),
        ("make 4 variations", 4),
        ("4 imágenes", 4),
        ("drei Varianten", 3),
        ("3 resim", 3),
        ("4张图", 4),
        ("2 gambar", 2),
        ("серия из 5 картинок", 5),
        ("a couple of posters for a jazz night", 2),
        ("six pack of stickers", 6),
    ],
)
def test_a_number_of_results_is_read(text: str, count: int) -> None:
    assert values(text)["count"] == count


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("видео со звуком", True),
        ("with sound", True),
        ("mit Ton", True),
        ("con sonido", True),
        ("com som", True),
        ("sesli", True),
        ("有声音的视频", True),
        ("без звука", False),
        ("silent video of rain", False),
        ("no music", False),
        ("ohne Ton", False),
        ("sin sonido", False),
        ("静音", False),
        ("stummes Video von fallenden Blättern", False),
        ("vidéo muette d'un chat", False),
    ],
)
def test_sound_is_read(text: str, sound: bool) -> None:
    assert values(text)["sound"] is sound


@pytest.mark.parametrize(
    "text",
    [
        "red square at night",
        "a landscape with mountains",
        "10 people dancing",
        "1080 рублей",
        "8k masterpiece",
        "3 кота на крыше",
        "в 7 утра",
        "20 jahre jünger",
        "130 bpm",
        "портрет старика",
        "a silent night in the village, painting",
    ],
)
def test_a_description_states_nothing(text: str) -> None:
    assert values(text) == {}


def test_rarer_values_are_read() -> None:
    assert values("кот --seed 42 --v 6")["seed"] == 42
    assert values("60 fps")["fps"] == 60
    assert values("увеличь в 4 раза")["scale"] == 4
    assert values("прочитай женским голосом")["voice"] == "female"
    assert values("на английском")["language"] == "en"
    assert values("музыка без слов")["instrumental"] is True


def test_numbers_of_files_that_are_there_are_no_order() -> None:
    assert read_values("collage of these 3 photos").by_name() == {}
    assert read_values("из 2 фото", has_pictures=True).by_name() == {}
    assert read_values("3 варианта", has_pictures=True).by_name() == {"count": 3}
