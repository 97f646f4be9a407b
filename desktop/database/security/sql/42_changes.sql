-- A change of an approved entry that leads nowhere is given up, so that it blocks nobody: by who writes it, or by a position
-- over the household. The approved version stands again; what was written of the change stays as a version.
CREATE FUNCTION app.give_up_change(p_entry uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE e public.entry; v public.entry_version; v_body text;
BEGIN
  SELECT * INTO e FROM public.entry x WHERE x.id = p_entry AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF e.id IS NULL OR e.changed_by IS DISTINCT FROM app.me() AND cardinality(app.positions_in(e.household_id)) = 0 THEN
    PERFORM app.refuse('BS403', '訂正を取りやめられるのは、訂正している本人とその世帯の決裁者だけです。');
  END IF;
  IF e.approved_version IS NULL OR e.state NOT IN ('draft', 'returned') THEN
    PERFORM app.refuse('BS409', '取りやめる訂正の下書きがありません。画面を更新してください。');
  END IF;
  SELECT * INTO v FROM public.entry_version x WHERE x.entry_id = e.id AND x.version = e.approved_version;
  v_body := app.entry_body(e.id, e.approved_version);
  UPDATE public.entry SET state = 'approved', changed_by = NULL, change = v.change, content_hash = v.content_hash,
         body_length = char_length(v_body), body_digest = encode(sha256(convert_to(v_body, 'UTF8')), 'hex')
   WHERE id = e.id;
END $$;

-- The identity under which a version says a promise in other words, as desktop/services/records/promises.py makes it.
CREATE FUNCTION app.reworded_promise(p_promise uuid, p_version integer) RETURNS uuid LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT (left(replace(p_promise::text, '-', ''), 24)
           || left(encode(sha256(convert_to(p_promise::text || ':' || p_version, 'UTF8')), 'hex'), 8))::uuid $$;

-- A promise that was noted as kept while a change reworded it is kept in its new words too, once they are the valid ones.
CREATE FUNCTION app.carry_kept(p_entry uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ WITH RECURSIVE line (id, kept_on) AS (
     SELECT p.id, p.kept_on FROM public.promise p WHERE p.entry_id = p_entry AND p.kept_on IS NOT NULL
     UNION
     SELECT s.id, coalesce(s.kept_on, l.kept_on) FROM line l
       JOIN public.promise s ON s.entry_id = p_entry AND s.id = app.reworded_promise(l.id, s.from_version))
   UPDATE public.promise p SET kept_on = l.kept_on FROM line l
    WHERE p.id = l.id AND p.entry_id = p_entry AND p.kept_on IS NULL $$;
