-- Prices read from the provider's public feed, for all bots of the deployment: one for each rule of a model.
CREATE TABLE price_book (
    model   text NOT NULL,
    place   integer NOT NULL,
    credits double precision NOT NULL CHECK (credits >= 0),
    row     text NOT NULL,
    read_at timestamptz NOT NULL,
    held    boolean NOT NULL,
    PRIMARY KEY (model, place)
);
