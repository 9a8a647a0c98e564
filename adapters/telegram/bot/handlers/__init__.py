"""One router a feature. The order in which they are asked is in ``adapters.telegram.bot.front_end``."""
