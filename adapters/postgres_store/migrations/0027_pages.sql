-- Who is signed in on pages. Tokens are kept as hashes alone.
CREATE TABLE web_sessions (
    bot text NOT NULL,
    id text NOT NULL,
    user_id text NOT NULL,
    name text NOT NULL,
    token_hash text NOT NULL,
    previous_hash text,
    csrf text NOT NULL,
    device text NOT NULL,
    created_at timestamptz NOT NULL,
    rotated_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (bot, id)
);
CREATE UNIQUE INDEX web_sessions_token ON web_sessions (bot, token_hash);
CREATE INDEX web_sessions_previous ON web_sessions (bot, previous_hash) WHERE previous_hash IS NOT NULL;
CREATE INDEX web_sessions_user ON web_sessions (bot, user_id);

-- Proofs of identity that were used, until they would be too old anyway.
CREATE TABLE used_proofs (
    bot text NOT NULL,
    proof_hash text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (bot, proof_hash)
);

-- What a person marks or shares. A link has at least 128 random bits.
CREATE TABLE favourite_results (
    bot text NOT NULL,
    user_id text NOT NULL,
    generation text NOT NULL,
    marked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (bot, user_id, generation)
);

CREATE TABLE shared_results (
    bot text NOT NULL,
    generation text NOT NULL,
    owner text NOT NULL,
    link text NOT NULL,
    shared_at timestamptz NOT NULL,
    PRIMARY KEY (bot, generation)
);
CREATE UNIQUE INDEX shared_results_link ON shared_results (bot, link);
