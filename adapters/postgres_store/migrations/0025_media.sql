-- Whose the files are that we keep: results of generations and uploads. The bytes are in the media store, by the SHA-256
-- of their content; several rows, of several bots too, may have the same bytes.
CREATE TABLE media (
    bot text NOT NULL,
    id text NOT NULL,
    owner text NOT NULL,
    origin text NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    mime text NOT NULL,
    name text NOT NULL,
    size_bytes bigint NOT NULL,
    generation text,
    position integer,
    preview_key text,
    width integer,
    height integer,
    duration_s double precision,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (bot, id)
);

CREATE UNIQUE INDEX media_result ON media (bot, generation, position) WHERE generation IS NOT NULL;
CREATE INDEX media_owner ON media (bot, owner, created_at);
CREATE INDEX media_created ON media (bot, created_at);
CREATE INDEX media_key ON media (key);
CREATE INDEX media_preview_key ON media (preview_key) WHERE preview_key IS NOT NULL;

-- Bytes that lost a row. Whether another row still has them is looked at when they are about to be deleted.
CREATE TABLE media_left (
    key text PRIMARY KEY,
    since timestamptz NOT NULL
);
