"""The accounts at the provider that pay for a bot's generations."""

import re
from typing import Final, NewType

AccountName = NewType("AccountName", str)
"""What the operator calls an account. It stays the same when its key is replaced."""

MAIN_ACCOUNT: Final = AccountName("main")
"""The one whose key the bot itself has."""

_NAME_FORM: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


def account_name(text: str) -> AccountName:
    """Return the name of a further account. Raises ``ValueError`` with the rest of a sentence for what can't be one."""
    if not _NAME_FORM.fullmatch(text):
        raise ValueError("must be up to 32 of a-z, 0-9, - and _, beginning with a letter or a digit")
    if text == MAIN_ACCOUNT:
        raise ValueError(f"can't be {MAIN_ACCOUNT}, which is the account whose key the bot has")
    return AccountName(text)
