-- Reading the audit trail: what happened to a record, who opened a household's file. Asked for first, in a transaction
-- of its own, so that the reading cannot be rolled back out of the trail.

CREATE OR REPLACE FUNCTION audit.asked(p_household uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM audit.event e
    WHERE e.household_id = p_household AND e.action = 'ask history' AND e.staff_id = app.me()
      AND e.at > clock_timestamp() - interval '10 minutes' AND e.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()) $$;

-- Events of an entry and of the rows that name it (texts, versions, promises, approvals).
CREATE OR REPLACE FUNCTION audit.of_entry(p_household uuid, p_entry uuid)
RETURNS SETOF audit.event LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ WITH of_household AS MATERIALIZED (
     SELECT e FROM audit.event e WHERE e.household_id = p_household AND e.detail IS NOT NULL),
   named AS (
     SELECT (h.e).tbl AS tbl, (h.e).row_key AS row_key FROM of_household h
      WHERE p_entry::text IN ((h.e).detail -> 'new' ->> 'entry_id', (h.e).detail -> 'new' ->> 'subject_id')
     UNION VALUES ('entry', p_entry::text)),
   under AS (  -- moves and steps of the entry's approvals, words of its promises
     SELECT (h.e).tbl AS tbl, (h.e).row_key AS row_key FROM of_household h JOIN named n
       ON n.row_key IN ((h.e).detail -> 'new' ->> 'approval_id', (h.e).detail -> 'new' ->> 'promise_id'))
   SELECT (h.e).* FROM of_household h
    WHERE ((h.e).tbl, (h.e).row_key) IN (SELECT n.tbl, n.row_key FROM named n UNION SELECT u.tbl, u.row_key FROM under u) $$;

CREATE OR REPLACE FUNCTION audit.askings(p_household uuid)
RETURNS TABLE (at timestamptz, staff_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT e.at, e.staff_id FROM audit.event e WHERE e.household_id = p_household AND e.action = 'ask history' $$;

-- Who audits reads every household of his office; others what a ticket opened.
CREATE FUNCTION app.may_see_history(p_household uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.household h WHERE h.id = p_household
      AND (h.office_id = ANY (app.offices_with('see_audit'))
           OR h.office_id = ANY (app.my_offices()) AND h.id = ANY (app.opened()))) $$;

CREATE FUNCTION app.ask_history(p_household uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.may_see_history(p_household) THEN
    RAISE LOG 'banso: refused a history for %', session_user;
    PERFORM app.refuse('BS403', 'この世帯の履歴を見る権限がありません。');
  END IF;
  PERFORM audit.put('ask history', 'household', p_household::text, p_household,
    (SELECT h.office_id FROM public.household h WHERE h.id = p_household), NULL);
END $$;

CREATE FUNCTION app.need_history(p_household uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_household IS NULL OR NOT app.may_see_history(p_household) OR NOT audit.asked(p_household) THEN
    PERFORM app.refuse('BS403', 'この世帯の履歴を見る権限がありません。');
  END IF;
END $$;

-- Field by field: what each event of an entry set, from what to what. A text that somebody else is still writing stays closed.
CREATE FUNCTION app.record_history(p_entry uuid)
RETURNS TABLE (seq bigint, at timestamptz, who text, action text, tbl text, field text, before text, after text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_household uuid := (SELECT e.household_id FROM public.entry e WHERE e.id = p_entry);
BEGIN
  PERFORM app.need_history(v_household);
  IF p_entry = ANY (app.others_drafts()) AND NOT app.may('see_audit') THEN
    PERFORM app.refuse('BS403', 'ほかの人が書いている途中の記録です。');
  END IF;
  RETURN QUERY
    SELECT e.seq, e.at, coalesce(s.name, e.login), e.action, e.tbl, f.field, f.before, f.after
      FROM audit.of_entry(v_household, p_entry) e LEFT JOIN public.staff s ON s.id = e.staff_id
     CROSS JOIN LATERAL (
       SELECT n.key AS field, NULL::text AS before, n.value AS after FROM jsonb_each_text(e.detail -> 'new') n
        WHERE e.action = 'insert' AND n.value IS NOT NULL
       UNION ALL
       SELECT c.key, c.value ->> 0, c.value ->> 1 FROM jsonb_each(e.detail) c WHERE e.action = 'update') f
     ORDER BY e.seq, f.field;
END $$;

-- Who opened a household's file, and who asked for its history.
CREATE FUNCTION app.access_history(p_household uuid)
RETURNS TABLE (at timestamptz, who text, purpose text, reason text, outside_duty boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.need_history(p_household);
  RETURN QUERY
    SELECT x.at, s.name::text, x.purpose, x.reason, x.outside_duty FROM (
      SELECT t.opened_at AS at, t.staff_id, t.purpose::text AS purpose, t.reason::text AS reason, h.outside_duty
        FROM public.ticket_household h JOIN public.ticket t ON t.id = h.ticket_id WHERE h.household_id = p_household
      UNION ALL
      SELECT a.at, a.staff_id, 'history', '', false FROM audit.askings(p_household) a) x
      LEFT JOIN public.staff s ON s.id = x.staff_id
     ORDER BY x.at DESC;
END $$;

-- What the radar asks about reading: each ticket of the people whom the caller supervises, with how many files it opened.
-- Where the duty is the office, of everybody in it. Asking is noted.
CREATE FUNCTION app.reading_facts(p_office uuid, p_from timestamptz)
RETURNS TABLE (staff_id uuid, name text, opened_at timestamptz, files bigint, outside bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_all boolean := app.is_maintenance() OR p_office = ANY (app.wide_offices()) AND app.may('see_supervision');
BEGIN
  IF NOT v_all AND p_office <> ALL (app.offices_with('see_supervision')) THEN
    PERFORM app.refuse('BS403', 'この操作はあなたの職務では認められていません。');
  END IF;
  PERFORM audit.put('see readings', 'ticket', '', NULL, p_office, NULL);
  RETURN QUERY
    SELECT t.staff_id, s.name::text, t.opened_at, count(*), count(*) FILTER (WHERE h.outside_duty)
      FROM public.ticket t JOIN public.staff s ON s.id = t.staff_id JOIN public.ticket_household h ON h.ticket_id = t.id
     WHERE t.office_id = p_office AND t.opened_at >= p_from
       AND (v_all OR t.staff_id IN (
         SELECT a.staff_id FROM public.assignment a
          WHERE a.district_id = ANY (app.districts_as('{supervisor}')) AND a.kind IN ('main', 'deputy')
            AND a.valid_from <= app.today() AND (a.valid_to IS NULL OR a.valid_to >= app.today())))
     GROUP BY t.id, t.staff_id, s.name, t.opened_at;
END $$;
