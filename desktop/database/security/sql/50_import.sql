-- A ledger import: its transaction is marked, its scratch tables are made for it, and only then its rows may be written.

CREATE FUNCTION app.begin_import(p_office uuid, p_sha256 text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_office IS NULL OR NOT app.is_maintenance() AND p_office <> ALL (app.offices_with('import_ledger')) THEN
    PERFORM app.refuse('BS403', '台帳を取り込めるのは、自分の福祉事務所の記録・庶務職員です。');
  END IF;
  PERFORM audit.begin_bulk(p_office, p_sha256);
END $$;

-- Whether a table's rows are told of as one event during an import: those of the ledger. What else somebody does in
-- such a transaction is told row by row, and so is what protects people: safety marks, and who looks after what.
CREATE FUNCTION app.comes_in_bulk(p_table text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT NOT EXISTS (SELECT FROM app.told_table t WHERE t.name = p_table)
      AND (app.is_maintenance() OR EXISTS (SELECT FROM app.bulk_table b WHERE b.name = p_table)) $$;

-- Search words of households are made anew by an import; nothing else is ever removed.
CREATE FUNCTION app.forget_words(p_households uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_importing() THEN
    PERFORM app.refuse('BS403', '検索語を作り直せるのは台帳の取込だけです。');
  END IF;
  DELETE FROM public.household_key k WHERE k.household_id = ANY (p_households)
     AND (app.is_maintenance() OR k.office_id = ANY (app.importing_offices()));
  DELETE FROM public.person_key k WHERE k.household_id = ANY (p_households)
     AND (app.is_maintenance() OR k.office_id = ANY (app.importing_offices()));
END $$;
