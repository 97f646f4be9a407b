-- Reading the audit trail: what happened to a record, who opened a household's file. Asked for first, in a transaction
-- of its own, so that the reading cannot be rolled back out of the trail.

CREATE OR REPLACE FUNCTION audit.asked(p_household uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM audit.event e
    WHERE e.household_id = p_household AND e.action = 'ask history' AND e.staff_id = app.me()
      AND e.at > clock_timestamp() - interval '10 minutes' AND e.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()) $$;

-- Events of an entry and of the rows that name it (texts, versions, contacts, promises, approvals).
CREATE OR REPLACE FUNCTION audit.of_entry(p_household uuid, p_entry uuid)
RETURNS SETOF audit.event LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ WITH of_household AS MATERIALIZED (
     SELECT e FROM audit.event e WHERE e.household_id = p_household AND e.detail IS NOT NULL),
   named AS (
     SELECT (h.e).tbl AS tbl, (h.e).row_key AS row_key FROM of_household h
      WHERE p_entry::text IN ((h.e).detail -> 'new' ->> 'entry_id', (h.e).detail -> 'new' ->> 'subject_id')
     UNION VALUES ('entry', p_entry::text)),
   contact AS (  -- each version of the entry states its contact anew
     SELECT DISTINCT (h.e).detail -> 'new' ->> 'contact_id' AS row_key FROM of_household h
      WHERE (h.e).tbl = 'entry_version' AND (h.e).detail -> 'new' ->> 'entry_id' = p_entry::text),
   under AS (  -- moves and steps of the entry's approvals, words of its promises, who was met and who went
     SELECT (h.e).tbl AS tbl, (h.e).row_key AS row_key FROM of_household h JOIN named n
       ON n.row_key IN ((h.e).detail -> 'new' ->> 'approval_id', (h.e).detail -> 'new' ->> 'promise_id')
     UNION SELECT 'contact', c.row_key FROM contact c
     UNION SELECT (h.e).tbl, (h.e).row_key FROM of_household h JOIN contact c ON (h.e).detail -> 'new' ->> 'contact_id' = c.row_key
      WHERE (h.e).tbl IN ('contact_staff', 'contact_met')),
   note AS (  -- what was said with a move
     SELECT (h.e).tbl AS tbl, (h.e).row_key AS row_key FROM of_household h JOIN under u
       ON (h.e).detail -> 'new' ->> 'move_id' = u.row_key)
   SELECT (h.e).* FROM of_household h
    WHERE ((h.e).tbl, (h.e).row_key) IN (SELECT n.tbl, n.row_key FROM named n UNION SELECT u.tbl, u.row_key FROM under u
                                         UNION SELECT t.tbl, t.row_key FROM note t) $$;

-- When and from where a file was opened, went to paper or was asked about.
DROP FUNCTION IF EXISTS audit.askings(uuid);
CREATE OR REPLACE FUNCTION audit.readings(p_household uuid)
RETURNS TABLE (at timestamptz, staff_id uuid, client inet, tbl text, row_key text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT e.at, e.staff_id, e.client, e.tbl, e.row_key FROM audit.event e
    WHERE e.household_id = p_household
      AND (e.action = 'ask history' OR e.action = 'insert' AND e.tbl IN ('ticket_household', 'printed_entry', 'printed_policy', 'printed_file', 'printed_paper', 'printed_issue')) $$;

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

-- A stored value as people read it: members of staff and persons by name, everything else as it stands.
CREATE FUNCTION app.named_value(p_field text, p_value text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(
     CASE WHEN p_field IN ('author_id', 'changed_by', 'staff_id', 'by_id', 'decided_by', 'inspected_by')
          THEN (SELECT s.name::text FROM public.staff s WHERE s.id = p_value::uuid)
          WHEN p_field = 'person_id' THEN (SELECT n.name::text FROM public.person n WHERE n.id = p_value::uuid) END,
     p_value) $$;

-- Field by field: what each event of an entry set, from what to what. A text that somebody else is still writing stays closed.
-- Values are content: whoever audits without having opened the file is told which field changed, not from what to what.
CREATE FUNCTION app.record_history(p_entry uuid)
RETURNS TABLE (seq bigint, at timestamptz, who text, client text, action text, tbl text, row_key text, field text,
               before text, after text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_household uuid := (SELECT e.household_id FROM public.entry e WHERE e.id = p_entry);
  v_is_open boolean := v_household = ANY (app.opened());
BEGIN
  PERFORM app.need_history(v_household);
  IF p_entry = ANY (app.others_drafts()) AND (v_is_open OR NOT app.may('see_audit')) THEN
    PERFORM app.refuse('BS403', 'ほかの人が書いている途中の記録です。');
  END IF;
  RETURN QUERY
    SELECT e.seq, e.at, coalesce(s.name, e.login), host(e.client), e.action, e.tbl, e.row_key, f.field,
           CASE WHEN v_is_open OR f.before IS NULL THEN app.named_value(f.field, f.before) ELSE '（表示しません）' END,
           CASE WHEN v_is_open OR f.after IS NULL THEN app.named_value(f.field, f.after) ELSE '（表示しません）' END
      FROM audit.of_entry(v_household, p_entry) e LEFT JOIN public.staff s ON s.id = e.staff_id
     CROSS JOIN LATERAL (
       SELECT n.key AS field, NULL::text AS before, n.value AS after FROM jsonb_each_text(e.detail -> 'new') n
        WHERE e.action = 'insert' AND n.value IS NOT NULL
       UNION ALL
       SELECT c.key, c.value ->> 0, c.value ->> 1 FROM jsonb_each(e.detail) c WHERE e.action = 'update') f
     ORDER BY e.seq, f.field;
END $$;

-- Who opened a household's file, put its records on paper, or asked for its history; and from which workstation.
-- For our functions, which judge who asks.
CREATE FUNCTION app.accesses_of(p_household uuid)
RETURNS TABLE (at timestamptz, who text, purpose text, reason text, outside_duty boolean, client text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ WITH r AS MATERIALIZED (SELECT * FROM audit.readings(p_household))
   SELECT x.at, s.name::text, x.purpose, x.reason, x.outside_duty, host(x.client) FROM (
     SELECT t.opened_at AS at, t.staff_id, t.purpose::text AS purpose, t.reason::text AS reason, h.outside_duty, r.client
       FROM public.ticket_household h JOIN public.ticket t ON t.id = h.ticket_id
       LEFT JOIN r ON r.tbl = 'ticket_household' AND r.row_key = h.ticket_id || '/' || h.household_id
      WHERE h.household_id = p_household
     UNION ALL
     SELECT r.at, r.staff_id, 'history', '', false, r.client FROM r WHERE r.tbl = 'household'
     UNION ALL
     SELECT b.printed_at, b.printed_by, 'print', b.mark::text, false, min(r.client)
       FROM r JOIN public.print_batch b ON b.id = split_part(r.row_key, '/', 1)::uuid
      WHERE r.tbl IN ('printed_entry', 'printed_policy', 'printed_file', 'printed_paper', 'printed_issue') GROUP BY b.id) x
     LEFT JOIN public.staff s ON s.id = x.staff_id $$;

CREATE FUNCTION app.access_history(p_household uuid)
RETURNS TABLE (at timestamptz, who text, purpose text, reason text, outside_duty boolean, client text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.need_history(p_household);
  RETURN QUERY SELECT r.* FROM app.accesses_of(p_household) r ORDER BY r.at DESC;
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
