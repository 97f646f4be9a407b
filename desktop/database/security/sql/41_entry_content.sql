-- What an approval's hash stands for, computed from what is stored. The spelling is that of desktop/domain/canonical.py
-- (keys sorted, no white space), the content that of desktop/domain/records_content.py; a test compares both.

CREATE FUNCTION app.spelled(p_value anyelement) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(to_json(p_value::text)::text, 'null') $$;

CREATE FUNCTION app.entry_content(p_entry uuid, p_version integer) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT '{"ended_at":' || coalesce(c.ended_at::text, 'null')
       || ',"entry":' || app.spelled(e.id)
       || ',"event_on":' || app.spelled(coalesce(c.happened_on, e.event_on))
       || CASE WHEN c.has_danger_signs THEN ',"has_danger_signs":true' ELSE '' END
       || ',"household":' || app.spelled(e.household_id)
       || ',"kind":' || app.spelled(v.kind)
       || ',"met":[' || coalesce((SELECT string_agg('[' || app.spelled(m.person_id) || ',' || app.spelled(m.label) || ']', ',' ORDER BY m.id)
              FROM public.contact_met m WHERE m.contact_id = c.id), '')
       || '],"method":' || app.spelled(c.method)
       || ',"place":' || app.spelled(c.place)
       || ',"promises":[' || coalesce((SELECT string_agg('[' || app.spelled(p.id) || ',' || app.spelled(t.who) || ',' || app.spelled(t.what)
                || ',' || app.spelled(p.due_on) || ']', ',' ORDER BY p.id)
              FROM public.promise p JOIN public.promise_text t ON t.promise_id = p.id
             WHERE p.entry_id = e.id AND p.from_version <= v.version AND (p.to_version IS NULL OR p.to_version > v.version)), '')
       || '],"relates_to":' || app.spelled(e.relates_to)
       || ',"result_code":' || app.spelled(c.result_code)
       || ',"segments":[' || coalesce((SELECT string_agg('[' || app.spelled(s.segment_id) || ',' || app.spelled(s.kind) || ','
                || app.spelled(s.source) || ',' || app.spelled(s.text) || ']', ',' ORDER BY s.position, s.segment_id)
              FROM public.segment s WHERE s.entry_id = e.id AND s.version = v.version), '')
       || '],"started_at":' || coalesce(c.started_at::text, 'null')
       || ',"went":[' || coalesce((SELECT string_agg(app.spelled(w.staff_id), ',' ORDER BY w.staff_id::text COLLATE "C")
              FROM public.contact_staff w WHERE w.contact_id = c.id), '')
       || ']}'
     FROM public.entry e
     JOIN public.entry_version v ON v.entry_id = e.id AND v.version = p_version
     LEFT JOIN public.contact c ON c.id = v.contact_id
    WHERE e.id = p_entry $$;

CREATE FUNCTION app.entry_hash(p_entry uuid, p_version integer) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT encode(sha256(convert_to(app.entry_content(p_entry, p_version), 'UTF8')), 'hex') $$;

-- The body's length and digest as rules R05 and R06 compare them: without white space.
CREATE FUNCTION app.entry_body(p_entry uuid, p_version integer) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(translate(string_agg(s.text, '' ORDER BY s.position), app.white_space(), ''), '') FROM public.segment s
    WHERE s.entry_id = p_entry AND s.version = p_version AND s.kind NOT IN ('subject', 'reason') $$;
