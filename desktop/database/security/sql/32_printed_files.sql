-- A form about a whole household on its way to paper: noted in the same run, by whoever prints it. Papers of a support plan
-- that is not approved yet say 案.
CREATE FUNCTION app.guard_printed_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT FROM public.print_batch b WHERE b.id = NEW.batch_id AND b.printed_by = app.me()
                  AND (b.mark = 'plain' OR b.mark = 'draft' AND NEW.form IN ('S-08', 'S-11', 'S-12', 'K-15', 'K-16', 'K-18', 'S-25D', 'S-26D', 'S-27D', 'S-32')) AND b.xmin = pg_current_xact_id()::xid)
     OR app.office_of(NEW.household_id) <> ALL (app.my_offices()) THEN
    PERFORM app.refuse('BS403', '同じ印刷にだけ足せます。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;
