-- How far a generation has come, for pages that watch it, and an announcement of every change that a person can see. A
-- trigger announces, so that a change is heard of whatever version of the service makes it.
ALTER TABLE generations ADD COLUMN progress json;

CREATE FUNCTION announce_generation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('mediabot_watch', NEW.id || ' ' || NEW.bot || ' ' || NEW.user_id);
    RETURN NULL;
END
$$;

CREATE TRIGGER generation_added AFTER INSERT ON generations
    FOR EACH ROW EXECUTE FUNCTION announce_generation();

CREATE TRIGGER generation_changed AFTER UPDATE ON generations
    FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.quiet IS DISTINCT FROM NEW.quiet
          OR OLD.erased_at IS DISTINCT FROM NEW.erased_at
          OR OLD.progress::text IS DISTINCT FROM NEW.progress::text)
    EXECUTE FUNCTION announce_generation();
