-- What a person wants unless they say otherwise: a shape of pictures and films, and what matters most about a model.
ALTER TABLE preferences ADD COLUMN aspect_ratio text, ADD COLUMN quality text;
