-- Who opened or changed a household's file, by its case number, for the people who answer for the office: names, times,
-- workstations and which kind of row; never a value that stood in it. Asked for first, in a transaction of its own.

-- One line a transaction: `parts` are '<action>:<table>'. Openings, prints and askings are told by audit.readings.
CREATE OR REPLACE FUNCTION audit.writings(p_household uuid, p_from timestamptz, p_to timestamptz)
RETURNS TABLE (at timestamptz, staff_id uuid, login text, client inet, parts text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT min(e.at), e.staff_id, e.login, e.client, array_agg(DISTINCT e.action || ':' || e.tbl) FROM audit.event e
    WHERE e.household_id = p_household AND e.at >= p_from AND e.at < p_to AND e.action <> 'ask history'
      AND NOT (e.action = 'insert' AND e.tbl IN ('ticket_household', 'printed_entry', 'printed_policy', 'printed_file', 'printed_paper', 'printed_issue'))
    GROUP BY e.xid, e.staff_id, e.login, e.client $$;

-- The household of this number, noted as asked about. A number that is nobody's tells only that.
CREATE FUNCTION app.ask_household_audit(p_case_number text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE h record;
BEGIN
  IF NOT app.may('see_audit_report') THEN
    RAISE LOG 'banso: refused the audit of a household for %', session_user;
    PERFORM app.refuse('BS403', '世帯の閲覧と変更の一覧は、あなたの職務では認められていません。');
  END IF;
  SELECT x.id, x.office_id INTO h FROM public.household x
   WHERE x.case_number = p_case_number AND x.office_id = ANY (app.offices_with('see_audit_report'));
  IF h.id IS NULL THEN
    PERFORM app.refuse('BS422', 'このケース番号の世帯はありません。番号を確かめてください。', 'case_number');
  END IF;
  PERFORM audit.put('ask history', 'household', h.id::text, h.id, h.office_id, NULL);
  RETURN h.id;
END $$;

-- NULL: from the beginning, to the end.
CREATE FUNCTION app.household_audit(p_household uuid, p_from timestamptz, p_to timestamptz)
RETURNS TABLE (at timestamptz, who text, purpose text, reason text, outside_duty boolean, client text, parts text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_from timestamptz := coalesce(p_from, '-infinity');
  v_to timestamptz := coalesce(p_to, 'infinity');
BEGIN
  IF p_household IS NULL OR NOT audit.asked(p_household) OR NOT EXISTS (SELECT FROM public.household h
      WHERE h.id = p_household AND h.office_id = ANY (app.offices_with('see_audit_report'))) THEN
    PERFORM app.refuse('BS403', '世帯の閲覧と変更の一覧は、あなたの職務では認められていません。');
  END IF;
  RETURN QUERY
    SELECT x.* FROM (
      SELECT r.at, r.who, r.purpose, r.reason, r.outside_duty, r.client, '{}'::text[] FROM app.accesses_of(p_household) r
       WHERE r.at >= v_from AND r.at < v_to
      UNION ALL
      SELECT w.at, coalesce(s.name::text, w.login), 'write', '', false, host(w.client), w.parts
        FROM audit.writings(p_household, v_from, v_to) w LEFT JOIN public.staff s ON s.id = w.staff_id) x
     ORDER BY 1 DESC;
END $$;
