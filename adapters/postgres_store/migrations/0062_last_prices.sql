-- What goes on being quoted while a price is held: the last one of the feed that was not. Older instances pass the column over.
ALTER TABLE price_book ADD COLUMN last_credits double precision CHECK (last_credits >= 0);
