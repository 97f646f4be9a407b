-- The daily report (監査日報) and the verification as the people see them whose task they are: who, when, which table, which
-- household's number; never a value that stood in a case file. Asked for first, in a transaction of its own, so that the
-- asking cannot be rolled back. The functions of the verification are made of desktop/database/audit_trail/digests.py.

CREATE OR REPLACE FUNCTION audit.asked_report() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM audit.event e
    WHERE e.tbl = 'event' AND e.row_key = app.me()::text AND e.action = 'ask audit'
      AND e.at > clock_timestamp() - interval '60 minutes' AND e.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()) $$;

-- What happened to accounts and roles: of `detail` no more than whose and which role.
CREATE OR REPLACE FUNCTION audit.account_events(p_start timestamptz, p_end timestamptz)
RETURNS TABLE (at timestamptz, seq bigint, action text, login text, by_id uuid, office_id uuid, tbl text, row_key text,
               whom_id text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT e.at, e.seq, CASE WHEN e.action IN ('insert', 'update', 'delete') THEN e.action || ' ' || e.tbl ELSE e.action END,
          e.login, e.staff_id, e.office_id, e.tbl, e.row_key,
          CASE WHEN e.tbl = 'staff' THEN e.row_key
               ELSE coalesce(e.detail -> 'new' ->> 'staff_id', e.detail -> 'old' ->> 'staff_id') END,
          coalesce(e.detail -> 'new' ->> 'role', e.detail -> 'old' ->> 'role', substr(e.detail ->> 'group', 7))
     FROM audit.event e
    WHERE e.at >= p_start AND e.at < p_end AND e.tbl IN ('staff', 'staff_role') $$;

-- What may have taken a shield (支援措置) off. A new shield is no reason to look twice. `was`: the kind of a mark before.
CREATE OR REPLACE FUNCTION audit.shield_events(p_start timestamptz, p_end timestamptz)
RETURNS TABLE (at timestamptz, household_id uuid, login text, by_id uuid, tbl text, action text, row_key text, was text,
               by_import boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT e.at, e.household_id, e.login, e.staff_id, e.tbl, e.action, e.row_key,
          coalesce(e.detail -> 'kind' ->> 0, e.detail -> 'old' ->> 'kind'), EXISTS (SELECT FROM audit.bulk k WHERE k.xid = e.xid)
     FROM audit.event e
    WHERE e.at >= p_start AND e.at < p_end
      AND (e.tbl = 'household' AND e.action = 'update' AND e.detail -> 'is_shielded' ->> 1 = 'false'
           OR e.tbl = 'safety_mark' AND e.action IN ('update', 'delete')) $$;

CREATE OR REPLACE FUNCTION audit.refusals(p_start timestamptz, p_end timestamptz)
RETURNS TABLE (at timestamptz, staff_id uuid, office_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT r.at, r.staff_id, r.office_id FROM audit.refused_login r WHERE r.at >= p_start AND r.at < p_end $$;

CREATE OR REPLACE FUNCTION audit.last_seal(p_before timestamptz)
RETURNS TABLE (n bigint, at timestamptz, rows bigint, chain bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT s.n, s.at, s.rows, s.chain FROM audit.seal s WHERE s.at < p_before ORDER BY s.n DESC LIMIT 1 $$;

-- Offices whose accounts and households the person may be told of.
CREATE FUNCTION app.audit_offices() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN (SELECT coalesce(array_agg(o.id), '{}') FROM public.office o); END IF;
  RETURN app.offices_with('see_audit_report');
END $$;

-- The asking; p_day NULL: the whole trail is to be verified.
CREATE FUNCTION app.ask_audit(p_day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.may('see_audit_report') THEN
    RAISE LOG 'banso: refused the audit report for %', session_user;
    PERFORM app.refuse('BS403', '監査日報と検証は、あなたの職務では認められていません。');
  END IF;
  PERFORM audit.put('ask audit', 'event', app.me()::text, NULL, (app.my_offices())[1], jsonb_build_object('day', p_day));
END $$;

CREATE FUNCTION app.need_audit() RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN; END IF;
  IF NOT app.may('see_audit_report') OR NOT audit.asked_report() THEN
    PERFORM app.refuse('BS403', '監査日報と検証は、あなたの職務では認められていません。');
  END IF;
END $$;

CREATE FUNCTION app.audit_counts(p_start timestamptz, p_end timestamptz)
RETURNS TABLE (office_name text, events bigint, unsealed bigint, seals bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_offices uuid[] := app.audit_offices();
BEGIN
  PERFORM app.need_audit();
  RETURN QUERY SELECT (SELECT string_agg(o.name, '、' ORDER BY o.code) FROM public.office o WHERE o.id = ANY (v_offices)), c.*
    FROM audit.counts_between(p_start, p_end) c;
END $$;

CREATE FUNCTION app.audit_last_seal(p_before timestamptz) RETURNS TABLE (n bigint, at timestamptz, rows bigint, chain bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.need_audit();
  RETURN QUERY SELECT s.* FROM audit.last_seal(p_before) s;
END $$;

-- Who a change is about: the staff row itself, or the person of the role's row.
CREATE FUNCTION app.audit_account_changes(p_start timestamptz, p_end timestamptz)
RETURNS TABLE (at timestamptz, action text, by_name text, whom text, role text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_offices uuid[] := app.audit_offices();
BEGIN
  PERFORM app.need_audit();
  RETURN QUERY
    SELECT e.at, e.action, coalesce(b.name::text, e.login), coalesce(w.name::text, ''), coalesce(e.role, r.role::text, '')
      FROM audit.account_events(p_start, p_end) e
      LEFT JOIN public.staff b ON b.id = e.by_id
      LEFT JOIN public.staff_role r ON e.tbl = 'staff_role' AND r.id::text = e.row_key
      LEFT JOIN public.staff w ON w.id::text = coalesce(e.whom_id, r.staff_id::text)
     WHERE coalesce(e.office_id, w.office_id) = ANY (v_offices)
     ORDER BY e.at, e.seq;
END $$;

-- Of a login that is nobody's the office is not known: it is counted for everybody.
CREATE FUNCTION app.audit_refusals(p_start timestamptz, p_end timestamptz)
RETURNS TABLE (name text, count bigint, last_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_offices uuid[] := app.audit_offices();
BEGIN
  PERFORM app.need_audit();
  RETURN QUERY
    SELECT coalesce(s.name::text, ''), count(*), max(r.at) FROM audit.refusals(p_start, p_end) r
      LEFT JOIN public.staff s ON s.id = r.staff_id
     WHERE r.staff_id IS NULL OR coalesce(r.office_id, s.office_id) = ANY (v_offices)
     GROUP BY s.id, s.name ORDER BY count(*) DESC, s.name;
END $$;

-- The newest of a household's day.
CREATE FUNCTION app.audit_shields(p_start timestamptz, p_end timestamptz)
RETURNS TABLE (at timestamptz, case_number text, by_name text, by_import boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_offices uuid[] := app.audit_offices();
BEGIN
  PERFORM app.need_audit();
  RETURN QUERY
    SELECT x.at, x.case_number, x.by_name, x.by_import FROM (
      SELECT DISTINCT ON (h.id) e.at, h.case_number::text AS case_number, coalesce(b.name::text, e.login) AS by_name, e.by_import
        FROM audit.shield_events(p_start, p_end) e JOIN public.household h ON h.id = e.household_id
        LEFT JOIN public.staff b ON b.id = e.by_id
        LEFT JOIN public.safety_mark m ON e.tbl = 'safety_mark' AND m.id::text = e.row_key
       WHERE h.office_id = ANY (v_offices)
         AND (e.tbl = 'household' OR e.was = 'shielded' OR e.action = 'update' AND m.kind = 'shielded')
       ORDER BY h.id, e.at DESC) x
     ORDER BY x.at;
END $$;

CREATE FUNCTION app.audit_ticks(p_start timestamptz, p_end timestamptz) RETURNS SETOF timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.need_audit();
  RETURN QUERY SELECT t.at FROM audit.tick t WHERE t.is_whole AND t.at >= p_start AND t.at < p_end ORDER BY t.at;
END $$;

-- Each ticket of the span: who opened how many files, not whose.
CREATE FUNCTION app.audit_readings(p_start timestamptz, p_end timestamptz)
RETURNS TABLE (office_id uuid, staff_id uuid, name text, at timestamptz, files bigint, outside bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_offices uuid[] := app.audit_offices();
BEGIN
  PERFORM app.need_audit();
  RETURN QUERY
    SELECT t.office_id, t.staff_id, s.name::text, t.opened_at, count(*), count(*) FILTER (WHERE h.outside_duty)
      FROM public.ticket t JOIN public.staff s ON s.id = t.staff_id JOIN public.ticket_household h ON h.ticket_id = t.id
     WHERE t.office_id = ANY (v_offices) AND t.opened_at >= p_start AND t.opened_at < p_end
     GROUP BY t.id, t.office_id, t.staff_id, s.name, t.opened_at
     ORDER BY t.opened_at, t.id;
END $$;

-- Saved searches (保存した検索) that were run: by whom, for what and with which words; how often, and when last.
CREATE FUNCTION app.audit_searches(p_start timestamptz, p_end timestamptz)
RETURNS TABLE (name text, aim text, words text, count bigint, last_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_offices uuid[] := app.audit_offices();
BEGIN
  PERFORM app.need_audit();
  RETURN QUERY
    SELECT s.name::text, t.aim::text, t.reason::text, count(*), max(t.opened_at)
      FROM public.ticket t JOIN public.staff s ON s.id = t.staff_id
     WHERE t.office_id = ANY (v_offices) AND t.opened_at >= p_start AND t.opened_at < p_end AND t.purpose = 'search' AND t.aim IS NOT NULL
     GROUP BY s.id, s.name, t.aim, t.reason
     ORDER BY max(t.opened_at), s.id;
END $$;
