"""The bot: which updates it takes, what its handlers do and what its screens show."""
