-- What the trail knows of a disposal: while it runs, removed rows are told by number alone, and details of the file's
-- earlier events are emptied, leaving the hash that their digest covers. Owned by banso_audit.

-- The transaction that disposes, and of which list; empty outside of app.carry_out_disposal.
CREATE TABLE IF NOT EXISTS audit.disposal_run (
  xid xid8 PRIMARY KEY,
  list_id uuid NOT NULL
);

CREATE OR REPLACE FUNCTION audit.is_disposing() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM audit.disposal_run r WHERE r.xid = pg_current_xact_id_if_assigned()) $$;

CREATE OR REPLACE FUNCTION audit.begin_disposal(p_list uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ INSERT INTO audit.disposal_run VALUES (pg_current_xact_id(), p_list) $$;

-- What the same transaction does afterwards is told row by row again.
CREATE OR REPLACE FUNCTION audit.end_disposal() RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ DELETE FROM audit.disposal_run r WHERE r.xid = pg_current_xact_id() $$;

CREATE OR REPLACE FUNCTION audit.put_disposed(p_action text, p_tbl text, p_row jsonb, p_rows bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_rows > 0 THEN
    PERFORM audit.put_row(p_action, p_tbl, '', p_row, jsonb_build_object('rows', p_rows));
  END IF;
END $$;

-- Only an emptied detail, only with its hash noted, only while a list is carried out. Nobody else's policy lets UPDATE.
DROP POLICY IF EXISTS p_dispose ON audit.event;
CREATE POLICY p_dispose ON audit.event FOR UPDATE TO banso_audit USING ((SELECT audit.is_disposing()))
  WITH CHECK (detail IS NULL AND EXISTS (SELECT FROM audit.disposed d WHERE d.seq = event.seq));

-- Empties the details of a file's events and says so in one event that names each: `audit verify` takes an emptied
-- detail for granted only where such an event names it.
CREATE OR REPLACE FUNCTION audit.dispose_details(p_tombstone uuid, p_list uuid, p_household uuid, p_office uuid,
    p_tables text[], p_keys text[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_events jsonb;
BEGIN
  IF NOT EXISTS (SELECT FROM audit.disposal_run r WHERE r.xid = pg_current_xact_id() AND r.list_id = p_list) THEN
    RAISE EXCEPTION 'no disposal is under way' USING ERRCODE = 'BS403';
  END IF;
  WITH found AS (
    SELECT e.seq, e.at, e.detail FROM audit.event e
     WHERE e.household_id = p_household AND e.tbl = ANY (p_tables) AND e.detail IS NOT NULL AND e.action <> 'dispose rows'
    UNION
    SELECT e.seq, e.at, e.detail FROM audit.event e
     WHERE e.tbl IN ('residence_period', 'work_period', 'person_assignment', 'person') AND e.row_key = ANY (p_keys) AND e.detail IS NOT NULL),
  noted AS (
    INSERT INTO audit.disposed (seq, at, detail_hash)
    SELECT f.seq, f.at, sha256(convert_to(f.detail::text, 'UTF8')) FROM found f RETURNING seq)
  SELECT coalesce(jsonb_agg(n.seq ORDER BY n.seq), '[]') INTO v_events FROM noted n;
  UPDATE audit.event e SET detail = NULL
    FROM jsonb_array_elements_text(v_events) x(seq) JOIN audit.disposed d ON d.seq = x.seq::bigint
   WHERE e.at = d.at AND e.seq = d.seq;
  PERFORM audit.put('dispose', 'tombstone', p_tombstone::text, p_household, p_office,
                    jsonb_build_object('list', p_list, 'events', v_events));
  RETURN jsonb_array_length(v_events);
END $$;
