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
