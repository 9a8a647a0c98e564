-- Updates between their receipt and their handling: Telegram may forget one as soon as it stands here.
-- `number` is the order of receipt, which Telegram's ids are not: they may begin again after a quiet week.
CREATE TABLE received_updates (
    source text NOT NULL,
    update_id bigint NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY,
    body text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, update_id)
);
