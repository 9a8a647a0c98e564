"""What is wrong with an input."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import field, frozen


class ViolationCode(StrEnum):
    """Stable codes. Every front end has a text for each, in each language."""

    UNKNOWN_MODEL = "unknown_model"
    MODEL_NOT_OFFERED = "model_not_offered"
    NOT_AN_OBJECT = "not_an_object"
    UNKNOWN_PARAMETER = "unknown_parameter"
    REQUIRED = "required"
    AT_LEAST_ONE = "at_least_one"
    NO_VARIANT = "no_variant"
    AMBIGUOUS_VARIANT = "ambiguous_variant"
    NOT_IN_VARIANT = "not_in_variant"
    EXCLUDES = "excludes"
    REQUIRES = "requires"
    REQUIRED_WHEN = "required_when"
    FORBIDDEN_WHEN = "forbidden_when"
    EXACTLY_ONE = "exactly_one"
    ALLOWED_WHEN = "allowed_when"
    TOO_MUCH_TOGETHER = "too_much_together"
    GAP = "gap"
    NOT_DECLARED = "not_declared"
    NOT_UNIQUE = "not_unique"
    DIFFERENT_LENGTH = "different_length"
    WRONG_TYPE = "wrong_type"
    NOT_AN_INTEGER = "not_an_integer"
    NOT_FINITE = "not_finite"
    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_A_STEP = "not_a_step"
    TOO_FEW_ITEMS = "too_few_items"
    TOO_MANY_ITEMS = "too_many_items"
    NOT_IN_ENUM = "not_in_enum"
    PATTERN = "pattern"
    NOT_TEXT = "not_text"
    URL_INVALID = "url_invalid"
    URL_SCHEME = "url_scheme"
    URL_CREDENTIALS = "url_credentials"
    URL_PRIVATE_HOST = "url_private_host"
    WRONG_MEDIA = "wrong_media"
    FILE_TOO_LARGE = "file_too_large"
    FILE_OUTSIDE_LIMIT = "file_outside_limit"
    NOT_AN_ID = "not_an_id"
    ID_UNKNOWN = "id_unknown"
    CHARACTER_UNKNOWN = "character_unknown"
    ID_OF_OTHER_MODEL = "id_of_other_model"
    ID_TOO_OLD = "id_too_old"
    ID_WITHOUT_RESULT = "id_without_result"
    SONG_OF_OTHER_TASK = "song_of_other_task"
    IDS_OF_TWO_ACCOUNTS = "ids_of_two_accounts"
    ID_OF_GONE_ACCOUNT = "id_of_gone_account"


@frozen(kw_only=True)
class Violation:
    """One fault of an input. ``path`` is ``prompt``, ``dialogue[2].text``, empty for the whole; ``values`` fill the text.

    Values are plain JSON (numbers, text, lists of text): ``limit``, ``actual``, ``expected``, ``allowed``,
    ``closest`` and the like, named by the code's text. A broken rule between parameters has its id as ``rule``.
    """

    path: str
    code: ViolationCode
    values: Mapping[str, object] = field(factory=lambda: MappingProxyType({}))

    @property
    def parameter(self) -> str:
        """The name of the top parameter that it is about; empty for the input as a whole."""
        return self.path.partition(".")[0].partition("[")[0]

    @property
    def is_missing(self) -> bool:
        """Whether it only says that something has still to be given."""
        return self.code in _MISSING or (self.code is ViolationCode.EXACTLY_ONE and not self.values.get("actual"))


_MISSING: Final = frozenset(
    {
        ViolationCode.REQUIRED,
        ViolationCode.EMPTY,
        ViolationCode.AT_LEAST_ONE,
        ViolationCode.REQUIRED_WHEN,
        ViolationCode.NO_VARIANT,
        ViolationCode.AMBIGUOUS_VARIANT,
    }
)
