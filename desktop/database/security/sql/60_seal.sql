-- Append-only, sealed, in monthly partitions. Owned by banso_audit; nothing here is ever dropped by an upgrade.

-- A seal covers all events of the transactions xid_from <= xid < xid_to, which are finished and can never grow.
-- leaves: for each event in the order (xid, seq) its seq (8 bytes) and the first 8 bytes of its digest.
CREATE TABLE IF NOT EXISTS audit.seal (
  n bigint PRIMARY KEY,
  xid_from xid8 NOT NULL,
  xid_to xid8 NOT NULL,
  at timestamptz NOT NULL,
  rows bigint NOT NULL,
  root bytea NOT NULL,
  leaves bytea NOT NULL,
  prev bytea NOT NULL,
  chain bytea NOT NULL
);
ALTER TABLE audit.seal ALTER COLUMN leaves SET STORAGE EXTERNAL;

-- A database restored into another server goes on with other transaction ids, even with ids that were sealed before.
-- So each restore begins an epoch with a seal of its own (n): that one covers what was there and not yet sealed, seq_to
-- is the last event it looked at, sealed_to the last event of the seals before. Later seals hold events after seq_to.
-- system names the server (pg_control_system); the first row, n = 0, is where the trail began.
CREATE TABLE IF NOT EXISTS audit.epoch (
  n bigint PRIMARY KEY,
  sealed_to bigint NOT NULL,
  seq_to bigint NOT NULL,
  system bigint NOT NULL,
  at timestamptz NOT NULL
);

-- Events whose detail was disposed of (文書廃棄), with the hash that their digest covers.
CREATE TABLE IF NOT EXISTS audit.disposed (
  seq bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  detail_hash bytea NOT NULL
);

-- The ranges of the monthly partitions.
CREATE TABLE IF NOT EXISTS audit.part (
  name text PRIMARY KEY,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL
);

-- Not even the owner changes or removes what is written: no policy lets anybody.
CREATE OR REPLACE PROCEDURE audit.protect(p_table regclass) LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', p_table);
  EXECUTE format('DROP POLICY IF EXISTS p_read ON %s', p_table);
  EXECUTE format('DROP POLICY IF EXISTS p_add ON %s', p_table);
  EXECUTE format('CREATE POLICY p_read ON %s FOR SELECT TO banso_audit USING (true)', p_table);
  EXECUTE format('CREATE POLICY p_add ON %s FOR INSERT TO banso_audit WITH CHECK (true)', p_table);
END $$;
CALL audit.protect('audit.event');
CALL audit.protect('audit.event_rest');
CALL audit.protect('audit.seal');
CALL audit.protect('audit.disposed');
CALL audit.protect('audit.epoch');

CREATE OR REPLACE FUNCTION audit.chain_of(p_prev bytea, p_root bytea, p_leaves bytea, p_n bigint, p_from xid8, p_to xid8,
    p_rows bigint, p_at timestamptz)
RETURNS bytea LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT sha256(p_prev || p_root || sha256(p_leaves) || int8send(p_n) || xid8send(p_from) || xid8send(p_to)
     || int8send(p_rows) || timestamptz_send(p_at)) $$;

-- Seals the finished transactions since the last seal, at most so many events and one transaction more. Returns the
-- events sealed; nothing is written where there are none. Two at once: the second fails on the number and may try again.
CREATE OR REPLACE FUNCTION audit.seal_now(p_most integer DEFAULT 500000) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_to xid8 := pg_snapshot_xmin(pg_current_snapshot());
  v_last audit.seal;
  v_from xid8;
  v_after bigint := coalesce((SELECT max(p.seq_to) FROM audit.epoch p), 0);
  v_cut xid8;
  v_at timestamptz := clock_timestamp();
  v record;
BEGIN
  SELECT * INTO v_last FROM audit.seal ORDER BY n DESC LIMIT 1;
  v_from := coalesce(v_last.xid_to, '0'::xid8);
  IF v_to < v_from THEN
    RAISE EXCEPTION 'the transaction counter ran backwards: this database was restored into another server'
      USING ERRCODE = 'BS409';
  END IF;
  SELECT e.xid INTO v_cut FROM audit.event e WHERE e.xid >= v_from AND e.xid < v_to AND e.seq > v_after
   ORDER BY e.xid, e.seq OFFSET p_most LIMIT 1;
  IF v_cut IS NOT NULL THEN
    SELECT coalesce(min(e.xid), v_to) INTO v_to FROM audit.event e WHERE e.xid > v_cut AND e.xid < v_to AND e.seq > v_after;
  END IF;
  SELECT count(*) AS rows,
         sha256(coalesce(string_agg(int8send(e.seq) || e.digest, ''::bytea ORDER BY e.xid, e.seq), '')) AS root,
         coalesce(string_agg(int8send(e.seq) || substr(e.digest, 1, 8), ''::bytea ORDER BY e.xid, e.seq), '') AS leaves
    INTO v FROM audit.event e WHERE e.xid >= v_from AND e.xid < v_to AND e.seq > v_after;
  IF v.rows > 0 THEN
    INSERT INTO audit.seal VALUES (coalesce(v_last.n, 0) + 1, v_from, v_to, v_at, v.rows, v.root, v.leaves,
      coalesce(v_last.chain, ''), audit.chain_of(coalesce(v_last.chain, ''), v.root, v.leaves,
        coalesce(v_last.n, 0) + 1, v_from, v_to, v.rows, v_at));
  END IF;
  RETURN v.rows;
END $$;

-- How long the oldest event has waited for its seal; NULL: everything is sealed.
CREATE OR REPLACE FUNCTION audit.unsealed_age() RETURNS interval LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT clock_timestamp() - min(e.at) FROM audit.event e
    WHERE e.xid >= coalesce((SELECT s.xid_to FROM audit.seal s ORDER BY s.n DESC LIMIT 1), '0'::xid8)
      AND e.seq > coalesce((SELECT max(p.seq_to) FROM audit.epoch p), 0) $$;

-- Called by the tick before it seals, as the administrator: notes the server, and begins an epoch where the database was
-- restored into another one or the transaction ids ran backwards. Returns the number of the restore's seal, else NULL.
-- Fails (and the next tick tries again) while somebody writes: an event must not come late into what is sealed here.
CREATE OR REPLACE FUNCTION audit.open_epoch(p_system bigint) RETURNS bigint LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_epoch audit.epoch;
  v_last audit.seal;
  v_sealed_to bigint;
  v_seq_to bigint;
  v_at timestamptz := clock_timestamp();
  v record;
BEGIN
  SELECT * INTO v_epoch FROM audit.epoch p ORDER BY p.n DESC LIMIT 1;
  SELECT * INTO v_last FROM audit.seal s ORDER BY s.n DESC LIMIT 1;
  IF coalesce(v_epoch.system = p_system, true) AND coalesce(v_last.xid_to <= pg_snapshot_xmin(pg_current_snapshot()), true) THEN
    IF v_epoch.n IS NULL THEN INSERT INTO audit.epoch VALUES (0, 0, 0, p_system, v_at); END IF;
    RETURN NULL;
  END IF;
  LOCK TABLE audit.event IN SHARE MODE;
  IF EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
              AND a.backend_type = 'client backend' AND a.state <> 'idle') THEN
    RAISE EXCEPTION 'somebody is at work in a database just restored' USING ERRCODE = '55006';
  END IF;
  v_epoch.seq_to := coalesce(v_epoch.seq_to, 0);
  SELECT coalesce(max(('x' || encode(substr(s.leaves, i * 16 + 1, 8), 'hex'))::bit(64)::bigint), v_epoch.seq_to) INTO v_sealed_to
    FROM audit.seal s CROSS JOIN generate_series(0, length(s.leaves) / 16 - 1) i WHERE s.n >= coalesce(v_epoch.n, 0);
  SELECT coalesce(max(e.seq), v_epoch.seq_to) INTO v_seq_to FROM audit.event e;
  SELECT count(*) AS rows,
         sha256(coalesce(string_agg(int8send(e.seq) || e.digest, ''::bytea ORDER BY e.xid, e.seq), '')) AS root,
         coalesce(string_agg(int8send(e.seq) || substr(e.digest, 1, 8), ''::bytea ORDER BY e.xid, e.seq), '') AS leaves
    INTO v FROM audit.event e
   WHERE e.seq > v_epoch.seq_to AND e.seq <= v_seq_to AND NOT (e.seq <= v_sealed_to AND e.xid < coalesce(v_last.xid_to, '0'::xid8));
  INSERT INTO audit.seal VALUES (coalesce(v_last.n, 0) + 1, coalesce(v_last.xid_to, '0'::xid8), '0'::xid8, v_at, v.rows, v.root,
    v.leaves, coalesce(v_last.chain, ''), audit.chain_of(coalesce(v_last.chain, ''), v.root, v.leaves,
      coalesce(v_last.n, 0) + 1, coalesce(v_last.xid_to, '0'::xid8), '0'::xid8, v.rows, v_at));
  INSERT INTO audit.epoch VALUES (coalesce(v_last.n, 0) + 1, v_sealed_to, v_seq_to, p_system, v_at);
  -- Numbers of transactions that brought a file name other transactions from now on.
  DELETE FROM audit.bulk;
  PERFORM audit.put('restored', 'database', current_database()::text, NULL, NULL, jsonb_build_object('seal', coalesce(v_last.n, 0) + 1));
  RETURN coalesce(v_last.n, 0) + 1;
END $$;

CREATE OR REPLACE FUNCTION audit.month_of(p_at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT date_trunc('month', p_at AT TIME ZONE 'Asia/Tokyo') AT TIME ZONE 'Asia/Tokyo' $$;

CREATE OR REPLACE FUNCTION audit.month_after(p_at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT (date_trunc('month', p_at AT TIME ZONE 'Asia/Tokyo') + interval '1 month') AT TIME ZONE 'Asia/Tokyo' $$;

CREATE OR REPLACE PROCEDURE audit.attach(p_name text, p_from timestamptz, p_to timestamptz) LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  CALL audit.protect(format('audit.%I', p_name)::regclass);
  EXECUTE format('REVOKE ALL ON audit.%I FROM banso_audit', p_name);
  EXECUTE format('ALTER TABLE audit.event ATTACH PARTITION audit.%I FOR VALUES FROM (%L) TO (%L)', p_name, p_from, p_to);
  INSERT INTO audit.part VALUES (p_name, p_from, p_to);
END $$;

-- Rows that came before their month had a partition stay where they are: the table that holds them becomes the
-- partition of their months, and a new empty one takes its place. No event is moved.
CREATE OR REPLACE FUNCTION audit.settle_rest() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_from timestamptz;
  v_to timestamptz;
  v_name text;
BEGIN
  SELECT audit.month_of(min(at)), audit.month_after(max(at)) INTO v_from, v_to FROM audit.event_rest;
  IF v_from IS NULL OR EXISTS (SELECT FROM audit.part p WHERE p.from_at < v_to AND p.to_at > v_from) THEN
    RETURN 0;
  END IF;
  v_name := 'event_' || to_char(v_from AT TIME ZONE 'Asia/Tokyo', 'YYYYMM');
  ALTER TABLE audit.event DETACH PARTITION audit.event_rest;
  EXECUTE format('ALTER TABLE audit.event_rest RENAME TO %I', v_name);
  CREATE TABLE audit.event_rest PARTITION OF audit.event DEFAULT;
  CALL audit.protect('audit.event_rest');
  CALL audit.attach(v_name, v_from, v_to);
  RETURN 1;
END $$;

-- The partitions of this month and of the months ahead; returns how many were made. A month of which rows lie in
-- event_rest is left to it: an event never fails for lack of a partition.
CREATE OR REPLACE FUNCTION audit.make_partitions(p_ahead integer DEFAULT 3) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_from timestamptz := audit.month_of(clock_timestamp());
  v_to timestamptz;
  v_name text;
  v_made integer := audit.settle_rest();
BEGIN
  FOR i IN 0..p_ahead LOOP
    v_to := audit.month_after(v_from);
    v_name := 'event_' || to_char(v_from AT TIME ZONE 'Asia/Tokyo', 'YYYYMM');
    IF NOT EXISTS (SELECT FROM audit.part p WHERE p.from_at < v_to AND p.to_at > v_from)
       AND NOT EXISTS (SELECT FROM audit.event_rest r WHERE r.at >= v_from AND r.at < v_to) THEN
      EXECUTE format('CREATE TABLE audit.%I (LIKE audit.event INCLUDING ALL)', v_name);
      CALL audit.attach(v_name, v_from, v_to);
      v_made := v_made + 1;
    END IF;
    v_from := v_to;
  END LOOP;
  RETURN v_made;
END $$;
