-- What a chat shows and waits for leaves the drafts: a draft is a model and values, a session is a message in a chat.
CREATE TABLE chat_sessions (
    bot text NOT NULL,
    id text NOT NULL,
    user_id text NOT NULL,
    chat text NOT NULL,
    thread text,
    reply_to text,
    draft text,
    state json NOT NULL,
    message text,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (bot, id)
);
CREATE INDEX chat_sessions_age ON chat_sessions (bot, updated_at);
CREATE INDEX chat_sessions_draft ON chat_sessions (bot, draft) WHERE draft IS NOT NULL;

-- The session that a person's next message belongs to; a missing thread is ''.
CREATE TABLE open_chat_sessions (
    bot text NOT NULL,
    user_id text NOT NULL,
    chat text NOT NULL,
    thread text NOT NULL,
    session text NOT NULL,
    PRIMARY KEY (bot, user_id, chat, thread),
    FOREIGN KEY (bot, session) REFERENCES chat_sessions ON DELETE CASCADE
);
CREATE INDEX open_chat_sessions_session ON open_chat_sessions (bot, session);

-- Versions before this one keep both in `drafts`, and go on doing so while they run. What they write is carried over as
-- it is written: `state` holds their view and, where no model was chosen yet, their values. This version leaves these
-- columns alone, so that nothing is carried when it writes a draft.
CREATE FUNCTION carry_draft_to_session(carried drafts) RETURNS void LANGUAGE sql AS $$
    INSERT INTO chat_sessions (bot, id, user_id, chat, thread, reply_to, draft, state, message, updated_at)
    VALUES (
        carried.bot, carried.id, carried.user_id, carried.chat, carried.thread, carried.reply_to,
        CASE WHEN carried.model_id <> '' THEN carried.id END,
        json_build_object(
            'view', carried.view,
            'expecting', carried.expecting,
            'values', CASE WHEN carried.model_id = '' THEN carried.values END
        ),
        carried.message, carried.updated_at
    )
    ON CONFLICT (bot, id) DO UPDATE
       SET user_id = excluded.user_id, chat = excluded.chat, thread = excluded.thread, reply_to = excluded.reply_to,
           draft = excluded.draft, state = excluded.state, message = excluded.message, updated_at = excluded.updated_at
$$;

CREATE FUNCTION carry_written_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM carry_draft_to_session(NEW);
    INSERT INTO open_chat_sessions (bot, user_id, chat, thread, session)
    VALUES (NEW.bot, NEW.user_id, NEW.chat, coalesce(NEW.thread, ''), NEW.id)
    ON CONFLICT (bot, user_id, chat, thread) DO UPDATE SET session = excluded.session;
    RETURN NULL;
END $$;

CREATE FUNCTION carry_closed_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM open_chat_sessions
     WHERE bot = OLD.bot AND user_id = OLD.user_id AND chat = OLD.chat AND thread = OLD.thread AND session = OLD.draft;
    RETURN NULL;
END $$;

ALTER TABLE drafts ALTER COLUMN view SET DEFAULT '';

CREATE TRIGGER carry_new_draft AFTER INSERT ON drafts
    FOR EACH ROW WHEN (NEW.view <> '' OR NEW.expecting IS NOT NULL OR NEW.message IS NOT NULL)
    EXECUTE FUNCTION carry_written_draft();
CREATE TRIGGER carry_changed_draft AFTER UPDATE OF view, expecting, message ON drafts
    FOR EACH ROW EXECUTE FUNCTION carry_written_draft();
CREATE TRIGGER carry_closed_draft AFTER DELETE ON open_drafts
    FOR EACH ROW EXECUTE FUNCTION carry_closed_draft();

SELECT carry_draft_to_session(drafts) FROM drafts;

INSERT INTO open_chat_sessions (bot, user_id, chat, thread, session)
SELECT bot, user_id, chat, thread, draft FROM open_drafts;
