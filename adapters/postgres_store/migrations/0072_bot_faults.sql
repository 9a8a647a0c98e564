-- What keeps a bot from hearing Telegram, as its leader sees it, for the operator's page and the alarm.
CREATE TABLE bot_faults (
    bot text PRIMARY KEY,
    fault text NOT NULL,
    at timestamptz NOT NULL
);
