-- Days that no calendar of the office has ('infinity', years before 1800 or from 3000 on). The program could not read
-- such a row, and a single one would close the lists of everybody who sees it. The trigger's WHEN compares, without a call.
CREATE FUNCTION app.refuse_day() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.refuse('BS422', '1800年から2999年までの日付を入力してください。', TG_ARGV[0]);
END $$;
