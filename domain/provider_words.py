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
      | \b[0-9a-fA-F]{16,}\b|\b\w{32,}\b|\b(?=[\w-]*[0-9])(?=[\w-]*[A-Za-z])[\w-]{16,}   # ids, keys and hashes
      | \b(?i:[sprk]k|api|key|token|bearer)[-_ ](?=\S*[0-9])\S{6,}
      | \b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b   # addresses of machines
    """,
    re.VERBOSE,
)
_PROGRAMMERS: Final = re.compile(
    r"""\b(?:
        (?:index|list|array|slice|iterator)\b.*\bout\ of\ (?:range|bounds) | nil\ pointer | dereference | segmentation\ fault
      | core\ dumped | runtime\ error | stack\ (?:trace|overflow) | out\ of\ memory | memory\ address | heap | cuda | gpu
      | (?:unique|foreign\ key|check)\ constraint | duplicate\ key | foreign\ key | deadlock | sql | database | redis | kafka
      | syntax\ error | unexpected\ (?:token|end\ of|eof|keyword) | not\ (?:callable|iterable|subscriptable|hashable|serializable)
      | (?:has\ no|no\ such)\ (?:attribute|member|method|key|column|table|file|bucket) | (?:is\ )?not\ defined | unhandled
      | broken\ pipe | connection\ (?:refused|reset|aborted|closed|pool) | (?:read|write|i/o)\ timeout | context\ deadline | socket
      | econn\w* | errno | eof | dns | getaddrinfo | host\ unreachable | handshake | certificate | (?:http|status)\ (?:code\ )?[0-9]{3}
      | panic | assertion | exit\ (?:code|status) | signal\ [0-9]+ | (?:code|error)\ [-0-9]{4,} | null\ (?:value|reference)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""What programs say of themselves, in words of a dictionary and yet not for people."""
_LEAST_WORDS: Final = 2
_LONGEST: Final = 300
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def are_for_people(message: str) -> bool:
    """Return whether the message reads as a sentence: words, and nothing that only a programmer would write.

    A message in doubt is not shown; the operator finds it in the log.
    """
    text = message.strip()
    if not text or len(text) > _LONGEST or not text.isprintable() or _MARKS.search(text) or _PROGRAMMERS.search(text):
        return False
    letters = sum(letter.isalpha() or letter.isspace() for letter in text)
    if letters < 0.7 * len(text):
        return False
    return len(_WORD.findall(text)) >= _LEAST_WORDS or not text.isascii()
