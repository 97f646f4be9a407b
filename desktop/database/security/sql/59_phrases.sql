-- Own set phrases (自分の定型句): of the signed-in person alone, kept, changed and ended by that person. What ended stays ended.

CREATE FUNCTION app.guard_own_phrase() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NEW.staff_id IS DISTINCT FROM app.me() OR (TG_OP = 'UPDATE' AND (OLD.is_ended OR NEW.staff_id IS DISTINCT FROM OLD.staff_id)) THEN
    PERFORM app.refuse('BS403', '定型句を書けるのは、自分の使っているものだけです。');
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT s.office_id INTO NEW.office_id FROM public.staff s WHERE s.id = NEW.staff_id;
    NEW.version := 1;
    NEW.is_ended := false;
  ELSIF NEW.version <> OLD.version + 1 THEN
    PERFORM app.refuse('BS409', 'ほかの画面で先に更新しました。内容を確認して、もう一度操作してください。');
  END IF;
  NEW.saved_at := app.now();
  PERFORM app.need_word(NEW.code, 'code', '略語を入力してください。');
  PERFORM app.need_word(NEW.folded, 'code', '略語を入力してください。');
  PERFORM app.need_word(NEW.text, 'text', '文を入力してください。');
  IF length(NEW.code) > 12 OR length(NEW.folded) > 24 OR length(NEW.label) > 40 OR length(NEW.text) > 1000 OR length(NEW.segments) > 200 THEN
    PERFORM app.refuse('BS422', '定型句は1000文字までにしてください。', 'text');
  END IF;
  RETURN NEW;
END $$;
