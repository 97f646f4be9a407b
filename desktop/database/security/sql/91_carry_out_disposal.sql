-- A list that two people approved is carried out: the only place where a file's rows are removed.

-- Persons of a file whom no other file names.
CREATE FUNCTION app.persons_of_file(p_household uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(DISTINCT m.person_id), '{}') FROM public.member m
    WHERE m.household_id = p_household
      AND NOT EXISTS (SELECT FROM public.member o WHERE o.person_id = m.person_id AND o.household_id <> p_household)
      AND NOT EXISTS (SELECT FROM public.contact_met c WHERE c.person_id = m.person_id AND c.household_id <> p_household) $$;

-- Rows of one table go; returns how many, their hash and their keys. Of an attached file the row beside has the hash.
CREATE FUNCTION app.remove_rows(p_table text, p_condition text, p_household uuid, p_persons uuid[],
    OUT n bigint, OUT digest bytea, OUT keys text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('WITH gone AS (DELETE FROM public.%I WHERE %s RETURNING *)'
                 ' SELECT count(*), sha256(convert_to(coalesce(string_agg(g.j::text, E''\n'' ORDER BY g.j::text), ''''), ''UTF8'')),'
                 ' array_agg(g.j ->> ''id'') FROM (SELECT to_jsonb(x) - ''data'' AS j FROM gone x) g', p_table, p_condition)
     INTO n, digest, keys USING p_household, p_persons;
END $$;

-- What is left of the directory: number and district, found by nobody's name. Ledgers bring it back when it re-opens.
CREATE FUNCTION app.blank_household(p_household uuid, OUT digest bytea) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  SELECT sha256(convert_to(to_jsonb(h)::text, 'UTF8')) INTO digest FROM public.household h WHERE h.id = p_household;
  UPDATE public.household SET head_name = '（廃棄済み）', head_kana = '', sort_key = case_number, household_type = NULL,
         member_count = 0, is_shielded = false, version = version + 1
   WHERE id = p_household;
END $$;

CREATE FUNCTION app.dispose_file(i public.disposal_item, l public.disposal_list) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_persons uuid[] := app.persons_of_file(i.household_id);
  v_removed jsonb := '{}';
  v_digest bytea := '';
  v_keys text[] := '{}';
  v_tombstone uuid := gen_random_uuid();
  p record;
  r record;
BEGIN
  FOR p IN SELECT f.name, f.condition FROM app.file_part f ORDER BY f.place LOOP
    SELECT * INTO r FROM app.remove_rows(p.name, p.condition, i.household_id, v_persons);
    v_digest := sha256(v_digest || convert_to(p.name, 'UTF8') || r.digest);
    IF r.n > 0 THEN v_removed := v_removed || jsonb_build_object(p.name, r.n); END IF;
  END LOOP;
  FOR p IN SELECT x.name, x.condition FROM (VALUES (1, 'residence_period', 'person_id = ANY ($2)'), (2, 'work_period', 'person_id = ANY ($2)'),
      (3, 'person_assignment', 'person_id = ANY ($2)'), (4, 'person', 'id = ANY ($2)')) x(place, name, condition) ORDER BY x.place LOOP
    SELECT * INTO r FROM app.remove_rows(p.name, p.condition, i.household_id, v_persons);
    v_digest := sha256(v_digest || convert_to(p.name, 'UTF8') || r.digest);
    v_keys := v_keys || coalesce(r.keys, '{}');
    IF r.n > 0 THEN v_removed := v_removed || jsonb_build_object(p.name, r.n); END IF;
  END LOOP;
  v_digest := sha256(v_digest || app.blank_household(i.household_id));
  INSERT INTO public.tombstone (id, office_id, list_id, household_id, case_number, retention_class, protected_from, closed_on, kept_until,
                                drawn_up_by, checked_by, approved_by, carried_out_by, carried_out_at, removed, digest)
  SELECT v_tombstone, i.office_id, l.id, i.household_id, i.case_number, i.retention_class, i.protected_from, i.closed_on, i.kept_until,
         l.drawn_up_by, c.decided_by, a.decided_by, app.me(), app.now(), v_removed, encode(v_digest, 'hex')
    FROM public.disposal_decision c JOIN public.disposal_decision a ON a.list_id = c.list_id AND a.number = 2
   WHERE c.list_id = l.id AND c.number = 1;
  PERFORM audit.dispose_details(v_tombstone, l.id, i.household_id, i.office_id,
                                (SELECT array_agg(f.name) FROM app.file_part f) || 'household'::text, v_keys);
END $$;

-- Two decisions for exactly this list, by two people who are neither its author nor each other.
CREATE FUNCTION app.need_two_approvals(l public.disposal_list) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF l.state <> 'approved' THEN
    PERFORM app.refuse('BS409', 'この廃棄簿は今の状態ではこの操作ができません。画面を更新してください。');
  END IF;
  IF NOT EXISTS (SELECT FROM public.disposal_decision c JOIN public.disposal_decision a ON a.list_id = c.list_id
      WHERE c.list_id = l.id AND (c.number, a.number) = (1, 2) AND (c.decision, a.decision) = ('approved', 'approved')
        AND (c.content_hash, a.content_hash) = (l.content_hash, l.content_hash)
        AND NOT app.may_be_one(c.decided_by, c.decided_at, a.decided_by, a.decided_at)
        AND NOT app.may_be_one(l.drawn_up_by, l.drawn_up_at, c.decided_by, c.decided_at)
        AND NOT app.may_be_one(l.drawn_up_by, l.drawn_up_at, a.decided_by, a.decided_at)) THEN
    PERFORM app.refuse('BS409', '廃棄簿の内容が、表示または承認されたものと違います。画面を更新してください。');
  END IF;
END $$;

-- Every household is locked and judged again: all of the list goes, or nothing.
CREATE FUNCTION app.need_unchanged(l public.disposal_list) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.household h WHERE h.id IN (SELECT i.household_id FROM public.disposal_item i WHERE i.list_id = l.id) ORDER BY h.id FOR UPDATE;
  PERFORM app.need_disposable((SELECT array_agg(i.household_id ORDER BY i.household_id) FROM public.disposal_item i WHERE i.list_id = l.id), l.id);
  IF EXISTS (SELECT FROM public.disposal_item i CROSS JOIN LATERAL app.disposal_case(i.household_id, l.id) c
      WHERE i.list_id = l.id AND (c.case_number, c.retention_class, c.protected_from, c.closed_on)
            IS DISTINCT FROM (i.case_number, i.retention_class, i.protected_from, i.closed_on)) THEN
    PERFORM app.refuse('BS409', '廃棄簿の内容が、表示または承認されたものと違います。画面を更新してください。');
  END IF;
END $$;

CREATE FUNCTION app.carry_out_disposal(p_list uuid, p_hash text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  l public.disposal_list := app.shown_disposal(p_list, 'draw_up_disposal', p_hash);
  i public.disposal_item;
  v_zone text := current_setting('TimeZone');
  v_count integer := 0;
BEGIN
  PERFORM app.need_two_approvals(l);
  PERFORM app.need_unchanged(l);
  -- Records of other files that point into these lose their pointer; that is told as any change is.
  UPDATE public.entry e SET relates_to = NULL FROM public.entry o JOIN public.disposal_item x ON x.household_id = o.household_id
   WHERE x.list_id = l.id AND e.relates_to = o.id AND e.household_id <> o.household_id;
  UPDATE public.entry e SET moved_to = NULL FROM public.entry o JOIN public.disposal_item x ON x.household_id = o.household_id
   WHERE x.list_id = l.id AND e.moved_to = o.id AND e.household_id <> o.household_id;
  PERFORM set_config('TimeZone', 'UTC', true);
  PERFORM audit.begin_disposal(l.id);
  FOR i IN SELECT * FROM public.disposal_item x WHERE x.list_id = l.id ORDER BY x.household_id LOOP
    PERFORM app.dispose_file(i, l);
    v_count := v_count + 1;
  END LOOP;
  PERFORM audit.end_disposal();
  PERFORM set_config('TimeZone', v_zone, true);
  UPDATE public.disposal_list SET state = 'carried_out', closed_by = app.me(), closed_at = app.now() WHERE id = l.id;
  RETURN v_count;
END $$;
