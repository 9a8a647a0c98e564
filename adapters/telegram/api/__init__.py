"""The Bot API: the client, what its errors mean, messages in and out. Knows nothing of the bot's screens."""
