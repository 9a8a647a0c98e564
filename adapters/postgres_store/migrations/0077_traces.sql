-- Where a generation's trace goes on, on whichever instance: a W3C traceparent. NULL where nothing is traced.
ALTER TABLE generations ADD COLUMN trace text;
