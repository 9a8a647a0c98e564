-- A statement that stores an update again may wait for the one that removes it as handled. It then writes the row anew, since what it
-- sees is of its beginning; a volatile function sees what was committed meanwhile.
CREATE FUNCTION update_is_handled(of_source text, number bigint) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM handled_updates WHERE source = of_source AND update_id = number);
END
$$;
