"""Who pays: accounts, purchases, refunds, and whether the books are right."""
