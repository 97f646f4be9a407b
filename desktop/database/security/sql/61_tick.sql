-- What the scheduled command `banso-admin server tick` notes. Owned by banso_audit; written by the tick alone.

CREATE TABLE IF NOT EXISTS audit.tick (
  at timestamptz PRIMARY KEY,
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

-- Seconds since the last tick; NULL: there was none yet.
CREATE FUNCTION app.tick_age() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT greatest(extract(epoch FROM clock_timestamp() - max(t.at)), 0)::integer FROM audit.tick t $$;
