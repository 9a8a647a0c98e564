-- Cards that people keep under a name. `name_key` is the name without regard to letter case, made by the application:
-- what counts as the same name must not depend on the database's locale. `link` is the unguessable part of a shared
-- preset's address, NULL while it is not shared.
CREATE TABLE presets (
    bot text NOT NULL,
    id text NOT NULL,
    owner text NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    model_id text NOT NULL,
    values json NOT NULL,
    link text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (bot, id),
    CONSTRAINT presets_name UNIQUE (bot, owner, name_key),
    CONSTRAINT presets_link UNIQUE (bot, link)
);
