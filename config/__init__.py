"""Settings, object graph and commands: the outermost ring, which alone knows every other."""

import adapters.telegram  # noqa: F401 - before anything imports aiogram, whose models are then built when they are used
