"""What this front end raises to itself; nothing of it crosses a port."""


class WrongUse(Exception):
    """The command can't be carried out as it was typed (exit status 2). ``key`` names the text, ``values`` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
