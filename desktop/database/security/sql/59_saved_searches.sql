-- Saved searches (保存した検索): of the signed-in person alone, for a purpose, until a day that is at most twelve months ahead.
-- More time needs a purpose again; the question itself never changes. What ended keeps no words and stays ended.

CREATE FUNCTION app.guard_saved_search() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NEW.staff_id IS DISTINCT FROM app.me() OR (TG_OP = 'UPDATE' AND (OLD.ended_at IS NOT NULL OR NEW.staff_id IS DISTINCT FROM OLD.staff_id)) THEN
    PERFORM app.refuse('BS403', '保存した検索を書けるのは、自分の使っているものだけです。');
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT s.office_id INTO NEW.office_id FROM public.staff s WHERE s.id = NEW.staff_id;
    NEW.created_at := app.now();
    NEW.ended_at := NULL;
    PERFORM app.need_word(NEW.name, 'name', '名前を入力してください。');
    PERFORM app.need_word(NEW.words, 'words', '探す言葉を入力してください。');
  ELSIF NEW.ended_at IS NOT NULL THEN
    -- The words may name somebody: with the end they are gone.
    NEW.ended_at := app.now();
    NEW.name := ''; NEW.words := ''; NEW.case_number := '';
    NEW.purpose := OLD.purpose; NEW.valid_until := OLD.valid_until;
    RETURN NEW;
  ELSE
    NEW.name := OLD.name; NEW.words := OLD.words; NEW.case_number := OLD.case_number;
  END IF;
  PERFORM app.need_word(NEW.purpose, 'purpose', '目的を入力してください。');
  IF NEW.valid_until IS NULL OR NEW.valid_until < app.today() OR NEW.valid_until > (app.today() + interval '12 months')::date THEN
    PERFORM app.refuse('BS422', '期限は、今日から12か月のうちの日にしてください。', 'valid_until');
  END IF;
  IF length(NEW.name) > 40 OR length(NEW.purpose) > 200 OR length(NEW.words) > 200 OR length(NEW.case_number) > 20 OR length(NEW.kind) > 40 THEN
    PERFORM app.refuse('BS422', '目的と探す言葉は200文字までにしてください。', 'purpose');
  END IF;
  RETURN NEW;
END $$;
