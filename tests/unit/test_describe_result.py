"""What is said about a result beside its prompt."""

from datetime import timedelta

from application.results.describe_result import chosen_options, link_works_until
from domain.media import Attachment, MediaKind
from tests.support.generations import NOON, a_generation, life_of


def test_options_are_what_was_chosen_and_no_texts_files_links_or_switches() -> None:
    photo = Attachment(reference="a", kind=MediaKind.IMAGE, mime="image/png", name="a.png")
    given = {
        "prompt": "a red fox in snow", "image": photo, "image_url": "https://a.example/1.png", "aspect_ratio": "16:9",
        "seed": 7, "loop": True, "style": "a" * 31, "nsfw_checker": True, "taskId": "t1",
    }  # fmt: skip
    assert chosen_options(a_generation(input=given)) == {"aspect_ratio": "16:9", "seed": 7, "loop": True}


def test_a_link_works_for_two_weeks_from_the_end() -> None:
    generation = a_generation()
    assert link_works_until(generation) == NOON + timedelta(days=14)
    assert link_works_until(life_of(generation)[-1]) == NOON + timedelta(days=14, seconds=10)
