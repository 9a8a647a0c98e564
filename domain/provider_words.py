"""Whether a provider's message is made of words for people."""

import re
from typing import Final

_MARKS: Final = re.compile(
    r"""[{}<>\\|`\[\]=;@#$~^]          # JSON, HTML, code, keys
      | https?:|://|www\.              # addresses
      | (?:^|\s)/\w|\w/\w+/\w|\b[A-Z]:  # paths
      | \b\w*(?:Error|Exception|Fault|Traceback)\b|\bat\s+\w+[.(]|\bnull\b|\bNone\b|\bundefined\b|\bNaN\b
      | \b\w+\.(?:py|js|ts|java|go|rs|cpp|php|rb)\b
      | \w_\w|[a-z][A-Z]\w*[a-z]|::|\(\)   # names of code: snake_case, camelCase
      | \b[0-9a-fA-F]{16,}\b|\b\w{32,}\b   # ids, keys and hashes
    """,
    re.VERBOSE,
)
_LEAST_WORDS: Final = 2
_LONGEST: Final = 300
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def are_for_people(message: str) -> bool:
    """Return whether the message reads as a sentence: words, and nothing that only a programmer would write.

    A message in doubt is not shown; the operator finds it in the log.
    """
    text = message.strip()
    if not text or len(text) > _LONGEST or not text.isprintable() or _MARKS.search(text):
        return False
    letters = sum(letter.isalpha() or letter.isspace() for letter in text)
    if letters < 0.7 * len(text):
        return False
    return len(_WORD.findall(text)) >= _LEAST_WORDS or not text.isascii()
