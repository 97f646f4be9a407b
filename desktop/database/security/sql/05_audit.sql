-- The audit trail: append-only, written by statement triggers, read by functions only. Owned by banso_audit.
-- Nothing here is ever dropped by an upgrade. What runs for every row is PL/pgSQL: it keeps its plans.

CREATE TABLE IF NOT EXISTS audit.event (
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  xid xid8 NOT NULL,
  login text NOT NULL,
  staff_id uuid,
  client inet,
  program text NOT NULL,
  action text NOT NULL,
  tbl text NOT NULL,
  row_key text NOT NULL,
  household_id uuid,
  office_id uuid,
  detail jsonb,
  digest bytea NOT NULL,
  PRIMARY KEY (at, seq)
) PARTITION BY RANGE (at);
CREATE TABLE IF NOT EXISTS audit.event_rest PARTITION OF audit.event DEFAULT;
CREATE INDEX IF NOT EXISTS ix_event_xid ON audit.event (xid, seq);
CREATE INDEX IF NOT EXISTS ix_event_household ON audit.event (household_id, at);
CREATE INDEX IF NOT EXISTS ix_event_row ON audit.event (tbl, row_key);
CREATE SEQUENCE IF NOT EXISTS audit.event_seq OWNED BY NONE;

-- Transactions that bring a whole file: their rows are one event a statement, with the file's hash.
CREATE TABLE IF NOT EXISTS audit.bulk (
  xid xid8 PRIMARY KEY,
  login text NOT NULL,
  office_id uuid,
  sha256 text NOT NULL,
  at timestamptz NOT NULL
);

-- What an event's digest covers: everything it says; of `detail` its own hash, so that a disposed detail leaves it
-- verifiable. `banso-admin audit verify` has the same expression (desktop/database/audit_trail/digests.py).
DROP FUNCTION IF EXISTS audit.digest_of(bigint, timestamptz, xid8, text, uuid, inet, text, text, text, text, uuid, uuid, jsonb);
CREATE FUNCTION audit.digest_of(seq bigint, at timestamptz, xid xid8, login text, staff_id uuid, client inet,
    program text, action text, tbl text, row_key text, household_id uuid, office_id uuid, detail jsonb)
RETURNS bytea LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN sha256(int8send(seq) || timestamptz_send(at) || xid8send(xid)
     || convert_to(ROW(login, staff_id, client, program, action, tbl, row_key, household_id, office_id)::text, 'UTF8')
     || sha256(convert_to(coalesce(detail::text, ''), 'UTF8')));
END $$;

CREATE OR REPLACE FUNCTION audit.put(p_action text, p_tbl text, p_key text, p_household uuid, p_office uuid, p_detail jsonb)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_seq bigint := nextval('audit.event_seq');
  v_at timestamptz := clock_timestamp();
  v_xid xid8 := pg_current_xact_id();
  v_me uuid := app.me();
  v_program text := left(coalesce(current_setting('application_name', true), ''), 60);
BEGIN
  INSERT INTO audit.event VALUES (v_seq, v_at, v_xid, session_user::text, v_me, inet_client_addr(), v_program,
    p_action, p_tbl, p_key, p_household, p_office, p_detail,
    audit.digest_of(v_seq, v_at, v_xid, session_user::text, v_me, inet_client_addr(), v_program,
                    p_action, p_tbl, p_key, p_household, p_office, p_detail));
END $$;

CREATE OR REPLACE FUNCTION audit.begin_bulk(p_office uuid, p_sha256 text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO audit.bulk VALUES (pg_current_xact_id(), session_user::text, p_office, p_sha256, clock_timestamp())
  ON CONFLICT DO NOTHING;
  PERFORM audit.put('import', 'ledger_import', '', NULL, p_office, jsonb_build_object('sha256', p_sha256));
END $$;

DROP FUNCTION IF EXISTS audit.is_bulk();
CREATE OR REPLACE FUNCTION audit.is_bulk(p_tbl text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN EXISTS (SELECT FROM audit.bulk b WHERE b.xid = pg_current_xact_id()) AND app.comes_in_bulk(p_tbl);
END $$;

-- The key of a row as text: the values of the key columns that the trigger names.
CREATE OR REPLACE FUNCTION audit.key_of(p_row jsonb, p_columns text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_key text := p_row ->> p_columns[array_lower(p_columns, 1)];
BEGIN
  FOR i IN array_lower(p_columns, 1) + 1 .. array_upper(p_columns, 1) LOOP
    v_key := v_key || '/' || (p_row ->> p_columns[i]);
  END LOOP;
  RETURN v_key;
END $$;

-- What a changed row was and is: column -> [before, after].
CREATE OR REPLACE FUNCTION audit.changed(p_old jsonb, p_new jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (SELECT jsonb_object_agg(n.key, jsonb_build_array(p_old -> n.key, n.value))
            FROM jsonb_each(p_new) n WHERE p_old -> n.key IS DISTINCT FROM n.value);
END $$;

CREATE OR REPLACE FUNCTION audit.put_row(p_action text, p_tbl text, p_key text, p_row jsonb, p_detail jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM audit.put(p_action, p_tbl, p_key,
    CASE WHEN p_tbl = 'household' THEN (p_row ->> 'id')::uuid ELSE (p_row ->> 'household_id')::uuid END,
    CASE WHEN p_tbl = 'office' THEN (p_row ->> 'id')::uuid ELSE (p_row ->> 'office_id')::uuid END, p_detail);
END $$;

-- What a statement did to a table: an event a row, or in a bulk transaction one event with the number of rows and the hash
-- of their hashes in order. A household that becomes shielded or no longer is so is told of by itself even then.
DROP FUNCTION IF EXISTS audit.added(), audit.altered(), audit.removed();
CREATE OR REPLACE FUNCTION audit.told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_action text := lower(TG_OP);
  v_detail jsonb;
BEGIN
  IF audit.is_bulk(TG_TABLE_NAME) THEN
    EXECUTE format($q$ SELECT jsonb_build_object('rows', count(*), 'sha256',
        encode(sha256(string_agg(x.h, ''::bytea ORDER BY x.h)), 'hex'))
        FROM (SELECT sha256(convert_to(r::text, 'UTF8')) AS h FROM %I r) x HAVING count(*) > 0 $q$,
        CASE TG_OP WHEN 'DELETE' THEN 'old_rows' ELSE 'new_rows' END) INTO v_detail;
    IF v_detail IS NOT NULL THEN
      PERFORM audit.put('bulk ' || v_action, TG_TABLE_NAME, '', NULL, NULL, v_detail);
    END IF;
    IF TG_TABLE_NAME = 'household' AND TG_OP = 'UPDATE' THEN
      PERFORM audit.put_row(v_action, TG_TABLE_NAME, n.id::text, to_jsonb(n), audit.changed(to_jsonb(o), to_jsonb(n)))
         FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.is_shielded IS DISTINCT FROM o.is_shielded;
    END IF;
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' AND audit.is_disposing() THEN  -- not what was there: it goes for good
    PERFORM audit.put_disposed('dispose rows', TG_TABLE_NAME, (SELECT to_jsonb(r) FROM old_rows r LIMIT 1), (SELECT count(*) FROM old_rows));
    RETURN NULL;
  END IF;
  CASE TG_OP
  WHEN 'INSERT' THEN
    PERFORM audit.put_row(v_action, TG_TABLE_NAME, audit.key_of(x.j, TG_ARGV), x.j, jsonb_build_object('new', x.j))
       FROM (SELECT to_jsonb(n) AS j FROM new_rows n) x;
  WHEN 'UPDATE' THEN
    PERFORM audit.put_row(v_action, TG_TABLE_NAME, n.key, n.j, audit.changed(o.j, n.j))
       FROM (SELECT to_jsonb(r) AS j, audit.key_of(to_jsonb(r), TG_ARGV) AS key FROM new_rows r) n
       JOIN (SELECT to_jsonb(r) AS j, audit.key_of(to_jsonb(r), TG_ARGV) AS key FROM old_rows r) o ON o.key = n.key
      WHERE o.j IS DISTINCT FROM n.j;
  ELSE
    PERFORM audit.put_row(v_action, TG_TABLE_NAME, audit.key_of(x.j, TG_ARGV), x.j, jsonb_build_object('old', x.j))
       FROM (SELECT to_jsonb(r) AS j FROM old_rows r) x;
  END CASE;
  RETURN NULL;
END $$;
