-- What the scheduled command `banso-admin server tick` notes. Owned by banso_audit; written by the tick alone.

CREATE TABLE IF NOT EXISTS audit.tick (
  at timestamptz PRIMARY KEY,
  is_whole boolean NOT NULL,
  done jsonb NOT NULL
);
-- Log-ins that the server refused; a name that is nobody's is not kept: it may be a password in the wrong field.
CREATE TABLE IF NOT EXISTS audit.refused_login (
  at timestamptz NOT NULL,
  staff_id uuid,
  office_id uuid
);
CREATE INDEX IF NOT EXISTS ix_refused_login_at ON audit.refused_login (at);
-- Log-ins locked after too many refusals, until when, and when the lock was lifted.
CREATE TABLE IF NOT EXISTS audit.lockout (
  staff_id uuid NOT NULL,
  office_id uuid NOT NULL,
  at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  failures integer NOT NULL,
  lifted_at timestamptz,
  PRIMARY KEY (staff_id, at)
);
-- How far each log file was read.
CREATE TABLE IF NOT EXISTS audit.log_read (
  file text PRIMARY KEY,
  read_to bigint NOT NULL,
  at timestamptz NOT NULL
);

-- Seconds since the last tick of which every step was done; NULL: there was none yet.
CREATE FUNCTION app.tick_age() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT extract(epoch FROM clock_timestamp() - max(t.at))::integer FROM audit.tick t WHERE t.is_whole $$;

-- The steps of the tick. They run as the administrator who calls them; nobody else may.

-- Log-ins refused too often are locked for a while, and locks whose time has passed are lifted. Returns how many were locked.
CREATE FUNCTION app.lock_out(p_office uuid, p_failures integer, p_within integer, p_minutes integer) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v record;
  v_locked integer := 0;
BEGIN
  FOR v IN UPDATE audit.lockout l SET lifted_at = v_now
            WHERE l.office_id = p_office AND l.lifted_at IS NULL AND l.until <= v_now RETURNING l.staff_id LOOP
    PERFORM audit.put('unlock login', 'staff', v.staff_id::text, NULL, p_office, NULL);
  END LOOP;
  FOR v IN INSERT INTO audit.lockout (staff_id, office_id, at, until, failures)
           SELECT r.staff_id, p_office, v_now, v_now + make_interval(mins => p_minutes), count(*)
             FROM audit.refused_login r
            WHERE r.office_id = p_office AND r.at > v_now - make_interval(mins => p_within)
              AND r.at > coalesce((SELECT max(coalesce(l.lifted_at, l.until)) FROM audit.lockout l
                                    WHERE l.staff_id = r.staff_id), '-infinity')
            GROUP BY r.staff_id HAVING count(*) >= p_failures
           RETURNING staff_id, failures LOOP
    PERFORM audit.put('lock login', 'staff', v.staff_id::text, NULL, p_office, jsonb_build_object('failures', v.failures));
    v_locked := v_locked + 1;
  END LOOP;
  RETURN v_locked;
END $$;

-- Logins of this database's staff beside what the tables say of them today. A login is ours when it is in banso_staff;
-- a superuser and a role that is no person are never touched.
CREATE FUNCTION app.people(OUT login name, OUT staff_id uuid, OUT office_id uuid, OUT may_log_in boolean, OUT is_active boolean,
    OUT can_log_in boolean, OUT wanted name[], OUT held name[])
RETURNS SETOF record LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.rolname, s.id, s.office_id,
         s.is_active AND w.groups IS NOT NULL AND NOT EXISTS (
           SELECT FROM audit.lockout l WHERE l.staff_id = s.id AND l.lifted_at IS NULL AND l.until > clock_timestamp()),
         s.is_active, r.rolcanlogin, CASE WHEN s.is_active THEN coalesce(w.groups, '{}') ELSE '{}' END, coalesce(h.groups, '{}')
    FROM (SELECT p.*, p.active_from <= app.today() AND (p.active_to IS NULL OR p.active_to >= app.today()) AS is_active
            FROM public.staff p) s
    JOIN pg_roles r ON r.rolname = s.login AND NOT r.rolsuper
    CROSS JOIN LATERAL (
      SELECT array_agg(DISTINCT ('banso_' || a.role)::name) AS groups FROM public.staff_role a
       WHERE a.staff_id = s.id AND a.valid_from <= app.today() AND (a.valid_to IS NULL OR a.valid_to >= app.today())) w
    CROSS JOIN LATERAL (
      SELECT array_agg(g.rolname) AS groups FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
       WHERE m.member = r.oid AND g.rolname IN (SELECT ('banso_' || p.role)::name FROM app.role_permission p)) h
   WHERE s.login !~ '^(banso|pg)_' AND pg_has_role(r.oid, 'banso_staff', 'MEMBER')
$$;

-- Out of a group, whoever put the person in: from PostgreSQL 16 on only what the named grantor gave is taken back.
CREATE FUNCTION app.take_group(p_login name, p_group name) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_by name;
BEGIN
  IF current_setting('server_version_num')::integer < 160000 THEN
    EXECUTE format('REVOKE %I FROM %I', p_group, p_login);
    RETURN;
  END IF;
  FOR v_by IN SELECT x.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                JOIN pg_roles r ON r.oid = m.member JOIN pg_roles x ON x.oid = m.grantor
               WHERE g.rolname = p_group AND r.rolname = p_login LOOP
    EXECUTE format('REVOKE %I FROM %I GRANTED BY %I', p_group, p_login, v_by);
  END LOOP;
END $$;

-- Groups and log-in rights as the dated tables have them today. What agrees is left alone.
-- What is given is given by banso_accounts, which can take it back when the person retires.
CREATE FUNCTION app.align_people() RETURNS jsonb LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v record;
  v_group name;
  v_given integer := 0;
  v_taken integer := 0;
  v_opened integer := 0;
  v_closed integer := 0;
BEGIN
  FOR v IN SELECT * FROM app.people() LOOP
    FOR v_group IN SELECT g FROM unnest(v.wanted) g WHERE g <> ALL (v.held) LOOP
      EXECUTE format('GRANT %I TO %I GRANTED BY banso_accounts', v_group, v.login);
      PERFORM audit.put('group given', 'staff', v.staff_id::text, NULL, v.office_id, jsonb_build_object('group', v_group));
      v_given := v_given + 1;
    END LOOP;
    IF NOT v.held <@ v.wanted THEN
      EXECUTE format('GRANT banso_staff TO %I GRANTED BY banso_accounts', v.login);  -- stays, so that the login is known as ours
    END IF;
    FOR v_group IN SELECT g FROM unnest(v.held) g WHERE g <> ALL (v.wanted) LOOP
      PERFORM app.take_group(v.login, v_group);
      PERFORM audit.put('group taken', 'staff', v.staff_id::text, NULL, v.office_id, jsonb_build_object('group', v_group));
      v_taken := v_taken + 1;
    END LOOP;
    IF v.may_log_in AND NOT v.can_log_in THEN
      EXECUTE format('ALTER ROLE %I LOGIN', v.login);
      PERFORM audit.put('login opened', 'staff', v.staff_id::text, NULL, v.office_id, NULL);
      v_opened := v_opened + 1;
    ELSIF v.can_log_in AND NOT v.may_log_in THEN
      EXECUTE format('ALTER ROLE %I NOLOGIN', v.login);
      PERFORM audit.put('login closed', 'staff', v.staff_id::text, NULL, v.office_id, NULL);
      v_closed := v_closed + 1;
    END IF;
  END LOOP;
  RETURN jsonb_build_object('given', v_given, 'taken', v_taken, 'opened', v_opened, 'closed', v_closed);
END $$;

-- Ends connections of people who left, and those that sit in a transaction and hold back sealing and cleaning.
CREATE FUNCTION app.end_sessions(p_idle_minutes integer) RETURNS jsonb LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v record;
  v_left integer := 0;
  v_idle integer := 0;
BEGIN
  FOR v IN SELECT a.pid, p.staff_id, p.office_id, p.is_active FROM pg_stat_activity a JOIN app.people() p ON p.login = a.usename
            WHERE a.datname = current_database()
              AND (NOT p.is_active OR (a.state LIKE 'idle in transaction%'
                   AND a.state_change < clock_timestamp() - make_interval(mins => p_idle_minutes))) LOOP
    IF pg_terminate_backend(v.pid) THEN
      PERFORM audit.put(CASE WHEN v.is_active THEN 'idle session ended' ELSE 'session ended' END,
                        'staff', v.staff_id::text, NULL, v.office_id, NULL);
      IF v.is_active THEN v_idle := v_idle + 1; ELSE v_left := v_left + 1; END IF;
    END IF;
  END LOOP;
  RETURN jsonb_build_object('left', v_left, 'idle', v_idle);
END $$;
