-- Which definition of the lock stands here. The desktop compares it with its own and refuses an unequal one.

CREATE FUNCTION app.lock_mark() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT d.mark FROM app.definition d $$;
