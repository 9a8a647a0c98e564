"""Understanding wishes on this machine, without a network."""

from adapters.local_wish_reader.reader import LocalWishReader

__all__ = ["LocalWishReader"]
