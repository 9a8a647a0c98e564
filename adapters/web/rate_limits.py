"""How often one person or one address may ask for something, in this process."""

from typing import Final

from domain.rate_limit import RateLimit

SIGN_INS: Final = RateLimit(20, 60.0)
ACTIONS: Final = RateLimit(240, 60.0)
UPLOADS: Final = RateLimit(60, 60.0)
EXPORTS: Final = RateLimit(3, 3600.0)
"""An archive holds every file of the person."""
PAGES: Final = RateLimit(600, 60.0)
