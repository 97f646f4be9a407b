-- Who asks, when, and what that person holds today. Owned by banso_function; identity is session_user, always.

CREATE FUNCTION app.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT clock_timestamp() $$;

CREATE FUNCTION app.today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT (app.now() AT TIME ZONE 'Asia/Tokyo')::date $$;

-- Policies ask these functions on every statement. So they are PL/pgSQL, whose plans are kept for the session (generic
-- ones: left to choose, PostgreSQL plans anew at each call, which takes thrice the time of the answer), and each looks
-- up once who asks: myself() is the one place where a login becomes a person with roles.
-- Rights are judged on the present: a snapshot held since before a retirement or a submission makes nobody, so the
-- person is known in transactions of level READ COMMITTED only. (COLLATE: a name's own collation is "C", and with
-- that the index on the login is of no use.)
CREATE FUNCTION app.myself(OUT id uuid, OUT office_id uuid, OUT roles text[], OUT today date)
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE v_today date := app.today();
BEGIN
  today := v_today;
  SELECT s.id, s.office_id,
         (SELECT array_agg(DISTINCT r.role::text) FROM public.staff_role r
           WHERE r.staff_id = s.id AND pg_has_role(session_user, 'banso_' || r.role, 'MEMBER')
             AND r.valid_from <= v_today AND (r.valid_to IS NULL OR r.valid_to >= v_today))
    INTO id, office_id, roles FROM public.staff s
   WHERE s.login = session_user::text COLLATE "default" AND current_setting('transaction_isolation') = 'read committed'
     AND s.active_from <= v_today AND (s.active_to IS NULL OR s.active_to >= v_today);
  roles := coalesce(roles, '{}');
END $$;

CREATE FUNCTION app.me() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ BEGIN RETURN (app.myself()).id; END $$;

-- Set-up and migrations: a login that is nobody of the office and may act as the owner.
CREATE FUNCTION app.is_maintenance() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN pg_has_role(session_user, 'banso_owner', 'MEMBER')
     AND NOT EXISTS (SELECT FROM public.staff s WHERE s.login = session_user::text COLLATE "default");
END $$;

CREATE FUNCTION app.my_offices() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ BEGIN RETURN array_remove(ARRAY[(app.myself()).office_id], NULL); END $$;

CREATE FUNCTION app.my_roles() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ BEGIN RETURN (app.myself()).roles; END $$;

-- Whether one of these roles holds the permission.
CREATE FUNCTION app.allows(p_roles text[], p_permission text) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN EXISTS (SELECT FROM app.role_permission p WHERE p.permission = p_permission AND p.role = ANY (p_roles));
END $$;

CREATE FUNCTION app.may(p_permission text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ BEGIN RETURN app.allows((app.myself()).roles, p_permission); END $$;

CREATE FUNCTION app.offices_with(p_permission text) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE who record := app.myself();
BEGIN
  RETURN CASE WHEN app.allows(who.roles, p_permission) THEN ARRAY[who.office_id] ELSE '{}' END;
END $$;

-- Offices in which the person's duty is the whole office (office-wide roles).
CREATE FUNCTION app.wide_offices() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE who record := app.myself();
BEGIN
  RETURN CASE WHEN EXISTS (SELECT FROM app.wide_role w WHERE w.role = ANY (who.roles))
              THEN ARRAY[who.office_id] ELSE '{}' END;
END $$;

-- Staff whose districts the person looks after today: the person, and those absent whom the person stands in for.
CREATE FUNCTION app.acting_for() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE who record := app.myself();
BEGIN
  RETURN who.id || coalesce((SELECT array_agg(DISTINCT a.staff_id) FROM public.staff_absence a
      WHERE a.substitute_id = who.id AND a.office_id = who.office_id AND a.staff_id <> who.id
        AND a.valid_from <= who.today AND (a.valid_to IS NULL OR a.valid_to >= who.today)), '{}');
END $$;

CREATE FUNCTION app.districts_as(p_kinds text[]) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE who record := app.myself(); v_acting uuid[] := app.acting_for();
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT a.district_id), '{}') FROM public.assignment a
    WHERE a.staff_id = ANY (v_acting) AND a.kind::text = ANY (p_kinds) AND a.office_id = who.office_id
      AND a.valid_from <= who.today AND (a.valid_to IS NULL OR a.valid_to >= who.today));
END $$;

-- Districts whose files open without a reason: own, supervised, and those of the own team (one supervisor).
CREATE FUNCTION app.duty_districts() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE who record := app.myself(); v_own uuid[];
BEGIN
  IF NOT app.allows(who.roles, 'open_case_files') THEN RETURN '{}'; END IF;
  v_own := app.districts_as('{main,deputy,supervisor}');
  RETURN (SELECT coalesce(array_agg(DISTINCT d), '{}') FROM (
     SELECT unnest(v_own) AS d
     UNION
     SELECT a.district_id FROM public.assignment team
       JOIN public.assignment a ON a.staff_id = team.staff_id AND a.kind = 'supervisor' AND a.office_id = who.office_id
        AND a.valid_from <= who.today AND (a.valid_to IS NULL OR a.valid_to >= who.today)
      WHERE team.district_id = ANY (v_own) AND team.kind = 'supervisor'
        AND team.valid_from <= who.today AND (team.valid_to IS NULL OR team.valid_to >= who.today)) x);
END $$;

-- Households of the persons individually in the person's care (個人担当).
CREATE FUNCTION app.in_care_of(p_staff uuid, p_office uuid, p_today date) RETURNS uuid[] LANGUAGE plpgsql STABLE
SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT m.household_id), '{}')
     FROM public.person_assignment p JOIN public.member m ON m.person_id = p.person_id
    WHERE p.staff_id = p_staff AND m.office_id = p_office
      AND p.valid_from <= p_today AND (p.valid_to IS NULL OR p.valid_to >= p_today)
      AND m.valid_from <= p_today AND (m.valid_to IS NULL OR m.valid_to >= p_today));
END $$;

CREATE FUNCTION app.care_households() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE who record := app.myself();
BEGIN
  RETURN app.in_care_of(who.id, who.office_id, who.today);
END $$;

-- Files opened by a ticket that was committed in an earlier transaction and still holds.
CREATE FUNCTION app.opened_by(p_staff uuid) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE v_now timestamptz := app.now();
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT h.household_id), '{}')
     FROM public.ticket t JOIN public.ticket_household h ON h.ticket_id = t.id
    WHERE t.staff_id = p_staff AND t.valid_until > v_now
      AND t.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()::text);
END $$;

CREATE FUNCTION app.opened() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE who record := app.myself();
BEGIN
  RETURN CASE WHEN app.allows(who.roles, 'open_case_files') THEN app.opened_by(who.id) ELSE '{}' END;
END $$;

-- Households whose facts the person sees besides those of the duty's districts: opened, or in care.
CREATE FUNCTION app.near_households() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE who record := app.myself();
BEGIN
  IF NOT app.allows(who.roles, 'open_case_files') THEN RETURN '{}'; END IF;
  RETURN app.opened_by(who.id) || app.in_care_of(who.id, who.office_id, who.today);
END $$;

-- First drafts that somebody else writes in the opened files: nobody's business until they are submitted.
CREATE FUNCTION app.others_drafts() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE v_opened uuid[] := app.opened(); v_me uuid := app.me();
BEGIN
  RETURN (SELECT coalesce(array_agg(e.id), '{}') FROM public.entry e
    WHERE e.household_id = ANY (v_opened) AND e.state = 'draft' AND e.approved_version IS NULL
      AND e.author_id IS DISTINCT FROM v_me);
END $$;

-- What hangs on those drafts: their promises, and the contacts that no entry of the file states otherwise.
CREATE FUNCTION app.others_promises() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE v_drafts uuid[] := app.others_drafts();
BEGIN
  RETURN (SELECT coalesce(array_agg(p.id), '{}') FROM public.promise p WHERE p.entry_id = ANY (v_drafts));
END $$;

CREATE FUNCTION app.others_contacts() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE v_drafts uuid[] := app.others_drafts();
BEGIN
  RETURN (SELECT coalesce(array_agg(v.contact_id), '{}') FROM public.entry_version v
    WHERE v.entry_id = ANY (v_drafts) AND v.contact_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM public.entry e WHERE e.household_id = v.household_id AND e.contact_id = v.contact_id
                       AND (e.state <> 'draft' OR e.approved_version IS NOT NULL)));
END $$;

-- Refusals: the program shows the sentence of codes BS…; it never holds personal data.
CREATE FUNCTION app.refuse(p_code text, p_sentence text, p_field text DEFAULT '') RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS
$$ BEGIN
     RAISE EXCEPTION USING ERRCODE = p_code, MESSAGE = p_sentence, COLUMN = p_field;
   END $$;
