-- Telephone memos (電話メモ): added by whoever took the call, answered once by whose duty the household is, and a household
-- that nobody knew is put in once. The same in `database/telephoning.py`.

CREATE FUNCTION app.own_entry_of(p_entry uuid, p_household uuid, p_since timestamptz) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.entry e WHERE e.id = p_entry AND e.household_id = p_household
     AND e.author_id = app.me() AND NOT e.is_annulled AND e.recorded_at >= p_since) $$;

CREATE FUNCTION app.guard_telephone_memo() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('open_case_files') OR NEW.taken_by IS DISTINCT FROM app.me()
     OR num_nonnulls(NEW.identified_by, NEW.identified_at, NEW.answered_by, NEW.answered_at, NEW.answer_entry_id) > 0 THEN
    PERFORM app.refuse('BS403', '電話メモは、電話を受けた人が自分の名前で作ります。');
  END IF;
  IF NEW.household_id IS NULL THEN
    IF NEW.office_id <> ALL (app.my_offices()) THEN
      PERFORM app.refuse('BS403', 'この福祉事務所の電話メモだけを作れます。');
    END IF;
  ELSIF NEW.household_id <> ALL (app.opened()) THEN
    PERFORM app.refuse('BS403', 'この世帯のファイルは開かれていません。');
  ELSE
    NEW.office_id := app.office_of(NEW.household_id);
  END IF;
  NEW.taken_at := app.now();
  IF NEW.entry_id IS NOT NULL AND NOT app.own_entry_of(NEW.entry_id, NEW.household_id, app.now() - interval '1 day') THEN
    PERFORM app.refuse('BS403', '電話メモに付けられるのは、その電話について自分が書いた記録だけです。');
  END IF;
  IF NEW.due_on NOT BETWEEN app.today() AND app.today() + 31 OR NEW.call_back = 'today' AND NEW.due_on <> app.today() THEN
    PERFORM app.refuse('BS422', '折り返しの期限は、今日から1か月以内です。', 'call_back');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_telephone_memo_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NEW.answer <> '' OR NOT EXISTS (SELECT FROM public.telephone_memo m
       WHERE m.id = NEW.memo_id AND m.office_id = NEW.office_id AND m.household_id IS NOT DISTINCT FROM NEW.household_id
         AND m.taken_by = app.me() AND m.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の電話メモにだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.who, 'who', 'だれからの電話かを入力してください。');
  PERFORM app.need_word(NEW.what, 'what', '用件を入力してください。');
  RETURN NEW;
END $$;

CREATE FUNCTION app.telephone_memo_has_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_maintenance() AND NOT EXISTS (SELECT FROM public.telephone_memo_text t WHERE t.memo_id = NEW.id) THEN
    PERFORM app.refuse('BS422', '用件を入力してください。', 'what');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.telephone_memo DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.telephone_memo_has_words();

-- The memo, locked, if it is before the person and still open.
CREATE FUNCTION app.open_memo(p_memo uuid) RETURNS public.telephone_memo LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE m public.telephone_memo;
BEGIN
  SELECT * INTO m FROM public.telephone_memo x WHERE x.id = p_memo AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF m.id IS NULL OR NOT app.may('open_case_files') OR m.household_id IS NOT NULL AND NOT app.sees(m.household_id) THEN
    PERFORM app.refuse('BS403', 'この電話メモは見つからないか、担当する世帯のものではありません。');
  END IF;
  IF m.answered_at IS NOT NULL THEN
    PERFORM app.refuse('BS409', 'この電話メモには、ほかの人がもう答えています。');
  END IF;
  RETURN m;
END $$;

CREATE FUNCTION app.answer_memo(p_memo uuid, p_words text, p_entry uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE m public.telephone_memo := app.open_memo(p_memo);
BEGIN
  IF p_entry IS NOT NULL AND (p_entry IS NOT DISTINCT FROM m.entry_id OR NOT app.own_entry_of(p_entry, m.household_id, m.taken_at)) THEN
    PERFORM app.refuse('BS403', '折り返しに付けられるのは、電話のあとに自分が書いた、この世帯の記録だけです。');
  END IF;
  PERFORM app.need_word(p_words, 'answer', CASE WHEN p_entry IS NULL THEN '折り返しの結果を一言入力してください。' ELSE '' END);
  UPDATE public.telephone_memo x SET answered_by = app.me(), answered_at = app.now(), answer_entry_id = p_entry WHERE x.id = m.id;
  UPDATE public.telephone_memo_text x SET answer = app.trimmed(p_words) WHERE x.memo_id = m.id;
END $$;

CREATE FUNCTION app.identify_memo(p_memo uuid, p_household uuid, p_entry uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE m public.telephone_memo := app.open_memo(p_memo);
BEGIN
  IF m.household_id IS NOT NULL THEN
    PERFORM app.refuse('BS409', 'この電話メモの世帯は、ほかの人がもう決めています。');
  END IF;
  IF p_household <> ALL (app.opened()) OR app.office_of(p_household) IS DISTINCT FROM m.office_id THEN
    PERFORM app.refuse('BS403', 'この世帯のファイルは開かれていません。');
  END IF;
  IF p_entry IS NOT NULL AND NOT app.own_entry_of(p_entry, p_household, m.taken_at) THEN
    PERFORM app.refuse('BS403', '電話メモに付けられるのは、その電話について自分が書いた記録だけです。');
  END IF;
  UPDATE public.telephone_memo x SET household_id = p_household, entry_id = p_entry, identified_by = app.me(), identified_at = app.now()
   WHERE x.id = m.id;
  UPDATE public.telephone_memo_text x SET household_id = p_household WHERE x.memo_id = m.id;
END $$;
