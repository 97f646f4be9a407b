-- Who asks, when, and what that person holds today. Owned by banso_function; identity is session_user, always.

CREATE FUNCTION app.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT clock_timestamp() $$;

CREATE FUNCTION app.today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT (app.now() AT TIME ZONE 'Asia/Tokyo')::date $$;

CREATE FUNCTION app.me() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT s.id FROM public.staff s
    WHERE s.login = session_user::text AND current_setting('transaction_isolation') = 'read committed'
      AND s.active_from <= app.today() AND (s.active_to IS NULL OR s.active_to >= app.today()) $$;

-- Rights are judged on the present: a snapshot held since before a retirement or a submission makes nobody.
-- So me() knows the person in transactions of level READ COMMITTED only.

-- Set-up and migrations: a login that is nobody of the office and may act as the owner.
CREATE FUNCTION app.is_maintenance() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT pg_has_role(session_user, 'banso_owner', 'MEMBER')
      AND NOT EXISTS (SELECT FROM public.staff s WHERE s.login = session_user::text) $$;

CREATE FUNCTION app.my_offices() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(s.office_id), '{}') FROM public.staff s WHERE s.id = app.me() $$;

CREATE FUNCTION app.my_roles() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(DISTINCT r.role::text), '{}') FROM public.staff_role r
    WHERE r.staff_id = app.me() AND pg_has_role(session_user, 'banso_' || r.role, 'MEMBER')
      AND r.valid_from <= app.today() AND (r.valid_to IS NULL OR r.valid_to >= app.today()) $$;

CREATE FUNCTION app.may(p_permission text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM app.role_permission p
    WHERE p.permission = p_permission AND p.role = ANY (app.my_roles())) $$;

CREATE FUNCTION app.offices_with(p_permission text) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN app.may(p_permission) THEN app.my_offices() ELSE '{}' END $$;

-- Offices in which the person's duty is the whole office (office-wide roles).
CREATE FUNCTION app.wide_offices() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN app.my_roles() && (SELECT array_agg(w.role) FROM app.wide_role w)
               THEN app.my_offices() ELSE '{}' END $$;

-- Staff whose districts the person looks after today: the person, and those absent whom the person stands in for.
CREATE FUNCTION app.acting_for() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT array_agg(who) FROM (
     SELECT app.me() AS who
     UNION
     SELECT a.staff_id FROM public.staff_absence a
      WHERE a.substitute_id = app.me() AND a.office_id = ANY (app.my_offices())
        AND a.valid_from <= app.today() AND (a.valid_to IS NULL OR a.valid_to >= app.today())) x $$;

CREATE FUNCTION app.districts_as(p_kinds text[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(DISTINCT a.district_id), '{}') FROM public.assignment a
    WHERE a.staff_id = ANY (app.acting_for()) AND a.kind::text = ANY (p_kinds)
      AND a.office_id = ANY (app.my_offices())
      AND a.valid_from <= app.today() AND (a.valid_to IS NULL OR a.valid_to >= app.today()) $$;

-- Districts whose files open without a reason: own, supervised, and those of the own team (one supervisor).
CREATE FUNCTION app.duty_districts() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ WITH own AS (SELECT unnest(app.districts_as('{main,deputy,supervisor}')) AS d),
        team AS (SELECT s.staff_id FROM public.assignment s JOIN own ON own.d = s.district_id
                  WHERE s.kind = 'supervisor'
                    AND s.valid_from <= app.today() AND (s.valid_to IS NULL OR s.valid_to >= app.today()))
   SELECT CASE WHEN app.may('open_case_files') THEN coalesce(array_agg(DISTINCT d), '{}') ELSE '{}' END FROM (
     SELECT d FROM own
     UNION
     SELECT a.district_id FROM public.assignment a JOIN team ON team.staff_id = a.staff_id
      WHERE a.kind = 'supervisor' AND a.office_id = ANY (app.my_offices())
        AND a.valid_from <= app.today() AND (a.valid_to IS NULL OR a.valid_to >= app.today())) x $$;

-- Households of the persons individually in the person's care (個人担当).
CREATE FUNCTION app.care_households() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(DISTINCT m.household_id), '{}')
     FROM public.person_assignment p JOIN public.member m ON m.person_id = p.person_id
    WHERE p.staff_id = app.me() AND m.office_id = ANY (app.my_offices())
      AND p.valid_from <= app.today() AND (p.valid_to IS NULL OR p.valid_to >= app.today())
      AND m.valid_from <= app.today() AND (m.valid_to IS NULL OR m.valid_to >= app.today()) $$;

-- Files opened by a ticket that was committed in an earlier transaction and still holds.
CREATE FUNCTION app.opened() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(DISTINCT h.household_id), '{}')
     FROM public.ticket t JOIN public.ticket_household h ON h.ticket_id = t.id
    WHERE t.staff_id = app.me() AND t.valid_until > app.now() AND app.may('open_case_files')
      AND t.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()::text $$;

-- Households whose facts the person sees: duty, care, and opened files.
CREATE FUNCTION app.reach() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(id), '{}') FROM (
     SELECT h.id FROM public.household h WHERE h.district_id = ANY (app.duty_districts())
     UNION SELECT unnest(app.care_households()) WHERE app.may('open_case_files')
     UNION SELECT unnest(app.opened())) x $$;

-- First drafts that somebody else writes in the opened files: nobody's business until they are submitted.
CREATE FUNCTION app.others_drafts() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(e.id), '{}') FROM public.entry e
    WHERE e.household_id = ANY (app.opened()) AND e.state = 'draft' AND e.approved_version IS NULL
      AND e.author_id IS DISTINCT FROM app.me() $$;

-- What hangs on those drafts: their promises, and the contacts that no entry of the file states otherwise.
CREATE FUNCTION app.others_promises() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(p.id), '{}') FROM public.promise p WHERE p.entry_id = ANY (app.others_drafts()) $$;

CREATE FUNCTION app.others_contacts() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(v.contact_id), '{}') FROM public.entry_version v
    WHERE v.entry_id = ANY (app.others_drafts()) AND v.contact_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM public.entry e WHERE e.household_id = v.household_id AND e.contact_id = v.contact_id
                       AND (e.state <> 'draft' OR e.approved_version IS NOT NULL)) $$;

-- Refusals: the program shows the sentence of codes BS…; it never holds personal data.
CREATE FUNCTION app.refuse(p_code text, p_sentence text, p_field text DEFAULT '') RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS
$$ BEGIN
     RAISE EXCEPTION USING ERRCODE = p_code, MESSAGE = p_sentence, COLUMN = p_field;
   END $$;
