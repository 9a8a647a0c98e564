-- The result that a person went back to in a chat ("undo"): what "it" means until a newer one comes.
CREATE TABLE current_results (
    bot        text NOT NULL,
    user_id    text NOT NULL,
    chat       text NOT NULL,
    generation text NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (user_id, chat, bot)
);
