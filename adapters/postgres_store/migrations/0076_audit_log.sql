-- What admins did: appended, and deleted when it is old. bot is empty where it was done to the deployment as a whole.
CREATE TABLE audit_log (
    number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bot     text NOT NULL,
    at      timestamptz NOT NULL,
    by      text NOT NULL,
    action  text NOT NULL,
    about   text NOT NULL,
    details text NOT NULL
);
