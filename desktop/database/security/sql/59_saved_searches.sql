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

-- The words of a query as `domain/search_text.read_query` reads them: folded, each once, - before those left out.
CREATE FUNCTION app.search_terms(p_query text) RETURNS text[] LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(d.term ORDER BY d.n), '{}') FROM (
     SELECT x.sign || f.word AS term, min(x.n) AS n
       FROM (SELECT m.n, CASE WHEN m.f[1] = '-' OR m.f[4] IS NOT NULL THEN '-' ELSE '' END AS sign, coalesce(m.f[2], m.f[3], m.f[4]) AS raw
               FROM regexp_matches(translate(normalize(replace(p_query, '−', '-'), NFKC), '“”„‟「」『』', '""""""""'),
                                   '(-?)(?:"([^"]*)"|([^\s"-]\S*|"(?![^"]*")\S*))|-(-\S*)', 'g') WITH ORDINALITY m(f, n)) x
      CROSS JOIN LATERAL (SELECT app.search_fold(x.raw) AS word) f
      WHERE f.word <> '' GROUP BY 1) d $$;

-- Runs a saved search of one's own, while it lives: an ordinary ticket, on which the server puts the purpose that was written.
-- The words are the saved ones; what the office says means the same may stand beside each, and is noted with the ticket.
CREATE FUNCTION app.ask_saved_search(p_search uuid, p_words text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v public.saved_search;
BEGIN
  SELECT s.* INTO v FROM public.saved_search s WHERE s.id = p_search AND s.staff_id = app.me() AND s.ended_at IS NULL;
  IF v.id IS NULL THEN PERFORM app.refuse('BS403', 'この保存した検索は見つかりません。'); END IF;
  IF v.valid_until < app.today() THEN
    PERFORM app.refuse('BS403', '期限を過ぎているので探しませんでした（「目的を書いて延ばす」で、また使えます）。');
  END IF;
  IF ARRAY(SELECT split_part(w, '|', 1) FROM unnest(string_to_array(p_words, ' ')) WITH ORDINALITY x(w, n) ORDER BY n)
     IS DISTINCT FROM app.search_terms(v.words) THEN
    PERFORM app.refuse('BS403', 'この保存した検索の言葉ではありません。');
  END IF;
  RETURN app.note_search(p_words, v.purpose);
END $$;

-- A step of the tick: what nobody gave more time loses its words, as when it is ended. Whose it was, its purpose and its days stay.
CREATE FUNCTION app.empty_saved_searches(p_office uuid, p_days integer) RETURNS integer LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_emptied integer;
BEGIN
  UPDATE public.saved_search s SET name = '', words = '', case_number = '', ended_at = app.now()
   WHERE s.office_id = p_office AND s.ended_at IS NULL AND s.valid_until < app.today() - p_days;
  GET DIAGNOSTICS v_emptied = ROW_COUNT;
  RETURN v_emptied;
END $$;
