"""What a model is given to take an earlier task further."""

from domain.continuation import continuation
from domain.generation import Result
from domain.media import MediaKind
from tests.support.registry import model

SONG = Result(kind=MediaKind.AUDIO, url="https://a.example/1.mp3", id="song-1")
PLAIN = Result(kind=MediaKind.AUDIO, url="https://a.example/1.mp3")


def test_a_follow_up_of_a_song_names_the_task_and_the_song() -> None:
    stems = model("ai-music-api/separate-vocals")
    assert continuation(stems, "t1", [PLAIN, SONG]) == {"task_id": "t1", "audio_id": "song-1"}
    assert continuation(model("ai-music-api/extend"), "t1", [SONG]) == {"audio_id": "song-1"}


def test_what_needs_a_song_is_not_offered_where_none_is_known() -> None:
    assert continuation(model("ai-music-api/extend"), "t1", [PLAIN]) is None
    assert continuation(model("ai-music-api/convert-to-wav-format"), "t1", []) is None


def test_a_task_alone_is_enough_for_a_film() -> None:
    assert continuation(model("veo/get-1080p-video"), "t1", []) == {"taskId": "t1"}
