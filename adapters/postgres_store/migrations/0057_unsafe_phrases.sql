-- Words by which a request is declined, kept by the operator.
CREATE TABLE unsafe_phrases (
    bot      text NOT NULL,
    phrase   text NOT NULL,
    added_at timestamptz NOT NULL,
    PRIMARY KEY (bot, phrase)
);
