"""What files, values and words of a wish say of the use that is meant, beside what the classifier has learned."""

import re
from collections.abc import Mapping
from typing import Final

from adapters.local_wish_reader.features import MEDIA_IDEAS
from domain.media import MediaKind
from domain.reading import Preference
from domain.use import Use

ALONE: Final[Mapping[MediaKind, tuple[Use, ...]]] = {
    MediaKind.IMAGE: (Use.IMAGE_EDIT, Use.ANIMATE, Use.IMAGE_UPSCALE),
    MediaKind.VIDEO: (Use.VIDEO_EDIT, Use.VIDEO_UPSCALE, Use.VIDEO_EXTEND),
    MediaKind.AUDIO: (Use.TALKING_HEAD, Use.TRANSCRIBE, Use.AUDIO_CLEAN),
}
"""What is done most with a file that comes without a word."""
_FILMS: Final = frozenset(
    {
        Use.FILM,
        Use.ANIMATE,
        Use.SPOKEN_PICTURE,
        Use.VIDEO_EDIT,
        Use.MOTION_TRANSFER,
        Use.VIDEO_EXTEND,
        Use.VIDEO_UPSCALE,
    }
)
SPOKEN: Final = frozenset({Use.SPEECH, Use.DIALOGUE})
"""Uses for which a text is spoken as it stands."""
ONLY_FOR: Final[Mapping[str, frozenset[Use]]] = {
    "sound": _FILMS | {Use.LIP_SYNC, Use.TALKING_HEAD},
    "fps": _FILMS,
    "scale": frozenset({Use.IMAGE_UPSCALE, Use.VIDEO_UPSCALE, Use.IMAGE_EDIT, Use.REMOVE_BACKGROUND}),
    "instrumental": frozenset({Use.MUSIC}),
    "voice": SPOKEN | {Use.MUSIC, Use.SPOKEN_PICTURE},
    "language": SPOKEN | {Use.MUSIC, Use.SPOKEN_PICTURE, Use.FILM, Use.LIP_SYNC, Use.TRANSCRIBE},
}
"""Values that mean something for some uses alone."""
_PICTURES: Final = frozenset(
    {Use.PICTURE, Use.IMAGE_EDIT, Use.IMAGE_UPSCALE, Use.OUTPAINT, Use.REMOVE_BACKGROUND, Use.LAYERS}
)
_SOUNDS: Final = frozenset({Use.SPEECH, Use.DIALOGUE, Use.MUSIC, Use.SOUND_EFFECT})
NOT_WITH: Final[Mapping[str, frozenset[Use]]] = {
    "duration": _PICTURES,
    "sound": _PICTURES,
    "fps": _PICTURES,
    "aspect_ratio": _SOUNDS,
    "resolution": _SOUNDS,
    "instrumental": frozenset(Use) - {Use.MUSIC, Use.AUDIO_REMIX, Use.STEMS, Use.SOUND_EFFECT},
}
"""Uses that a stated value makes unlikely."""
MAKES: Final[Mapping[str, frozenset[Use]]] = {
    "video": frozenset({Use.FILM, Use.ANIMATE, Use.SPOKEN_PICTURE}),
    "picture": frozenset({Use.PICTURE}),
    "photo": frozenset({Use.PICTURE}),
    "music": frozenset({Use.MUSIC}),
    "animate": frozenset({Use.ANIMATE}),
}
"""Uses whose result is what an idea of the lexicon speaks of."""
SAID_OF_SPEECH: Final = frozenset({"voice", "language", "seed"})
"""Values that count where something is to be spoken; others are a part of it."""
STATED_WITH_WISHES: Final = frozenset({"duration", "aspect_ratio", "resolution", "count", "sound"})
"""Values that are stated in wishes and seldom in talk."""
PRICED_IDEAS: Final = MEDIA_IDEAS | {
    "animate",
    "background",
    "sharper",
    "extend",
    "vocals",
    "lips",
    "draw",
    "sing",
    "lyrics",
}
"""Ideas of the lexicon that a question for a price may be about."""
PREFERENCES: Final = (
    (
        Preference.FAST,
        re.compile(
            r"(?<!\w)(?:быстр\w+|побыстре\w+|fast(?:er|est)?|quick(?:ly|er|est)?|asap|rápid\w+|schnell\w*|hızlı\w*|cepat|швидк\w+)(?!\w)|快速|最快|بسرعة"
        ),
    ),
    (
        Preference.CHEAP,
        re.compile(
            r"(?<!\w)(?:дешев\w+|подешевле|недорог\w+|cheap(?:er|est|ly)?|barat[oa]s?|billig\w*|ucuz\w*|murah|економ\w+)(?!\w)|便宜|رخيص"
        ),
    ),
    (
        Preference.BEST,
        re.compile(
            r"(?<!\w)(?:лучш(?:ей|ая|ую|им|его)\s+(?:модел\w+|нейросет\w+|качеств\w+)|сам\w+\s+качественн\w+|best\s+(?:model|quality)|highest\s+quality|mejor\s+modelo|beste\s+qualität)(?!\w)"
        ),
    ),
)
"""What matters most to a person who says so."""
