-- What hangs on a step of guidance: its words, the letter's items, the results of a check, the grounds of a disposition.

-- Whether the row belongs to a step of that kind which was recorded in this transaction by me.
CREATE FUNCTION app.is_own_step(p_step uuid, p_household uuid, p_kind text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.guidance_step s WHERE s.id = p_step AND s.household_id = p_household AND s.noted_by = app.me()
     AND s.xmin = pg_current_xact_id()::xid AND (p_kind IS NULL OR s.kind = p_kind)) $$;

CREATE FUNCTION app.guard_guidance_step_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  s public.guidance_step;
  w app.guidance_word;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.is_own_step(NEW.step_id, NEW.household_id, NULL) OR jsonb_typeof(NEW.words) <> 'object' THEN
    PERFORM app.refuse('BS403', '同じ保存の段階にだけ足せます。');
  END IF;
  SELECT * INTO s FROM public.guidance_step x WHERE x.id = NEW.step_id;
  IF EXISTS (SELECT FROM jsonb_each(NEW.words) e WHERE jsonb_typeof(e.value) <> 'string'
              OR NOT EXISTS (SELECT FROM app.guidance_word x WHERE x.step = s.kind AND x.key = e.key)) THEN
    PERFORM app.refuse('BS422', 'この段階にない欄があります。');
  END IF;
  FOR w IN SELECT * FROM app.guidance_word x WHERE x.step = s.kind LOOP
    PERFORM app.need_word(coalesce(NEW.words ->> w.key, ''), w.key, CASE WHEN w.is_required THEN w.sentence ELSE '' END);
  END LOOP;
  IF s.kind = 'letter' THEN
    PERFORM app.refuse_words(NEW.words ->> 'reason', 'letter', 'reason');
    PERFORM app.refuse_words(NEW.words ->> 'help', 'letter', 'help');
  END IF;
  IF s.kind IN ('letter', 'notice', 'disposition') THEN
    PERFORM app.refuse_words(e.value, 'group', e.key) FROM jsonb_each_text(NEW.words) e;
  END IF;
  IF s.kind = 'disposition' AND s.outcome <> 'change' THEN
    PERFORM app.need_word(NEW.words ->> 'not_lighter', 'not_lighter', 'より軽い処分では足りない理由を入力してください。');
  END IF;
  IF s.kind = 'disposition' AND s.outcome = 'abolish' AND NOT app.was_suspended(s.case_id) THEN
    IF app.master_value(s.office_id, 'abolition_exceptions', app.trimmed(coalesce(NEW.words ->> 'exception_code', ''))) IS NULL THEN
      PERFORM app.refuse('BS422', '廃止は、停止しても従わず、もう一度文書で指導したあとです。停止を経ないときは、その事由を選んでください。', 'outcome');
    END IF;
    PERFORM app.need_word(NEW.words ->> 'exception', 'exception', 'その事由にあたる事実を入力してください。');
  END IF;
  NEW.office_id := s.office_id;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_instruction_item() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_on date;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.is_own_step(NEW.step_id, NEW.household_id, 'letter') THEN
    PERFORM app.refuse('BS403', '同じ保存の指導指示書にだけ足せます。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  SELECT s.happened_on INTO v_on FROM public.guidance_step s WHERE s.id = NEW.step_id;
  PERFORM app.need_word(NEW.action, 'items', '指示する事項を入力してください。');
  PERFORM app.need_word(NEW.measure, 'items', '確認の方法を入力してください。');
  PERFORM app.refuse_words(NEW.action, 'item', 'items');
  PERFORM app.refuse_words(NEW.measure, 'item', 'items');
  IF NEW.due_on < v_on + app.guidance_number(NEW.office_id, 'letter_days') THEN
    PERFORM app.refuse('BS422', format('期限は、%s日以上先にしてください。', app.guidance_number(NEW.office_id, 'letter_days')), 'items');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_item_check() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  s public.guidance_step;
  w public.assessment_answers;
  v_due date;
  v_since integer;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.is_own_step(NEW.step_id, NEW.household_id, 'check') THEN
    PERFORM app.refuse('BS403', '同じ保存の履行の確認にだけ足せます。');
  END IF;
  SELECT * INTO s FROM public.guidance_step x WHERE x.id = NEW.step_id;
  NEW.office_id := s.office_id;
  SELECT i.due_on INTO v_due FROM public.instruction_item i WHERE i.step_id = NEW.letter_id AND i.number = NEW.number;
  IF NEW.letter_id IS DISTINCT FROM (app.guidance_latest(s.case_id, 'letter')).id OR v_due IS NULL
     OR NEW.result NOT IN ('fulfilled', 'justified', 'partly', 'violated') THEN
    PERFORM app.refuse('BS422', '渡した指導指示書の項目の結果を選んでください。', 'results');
  END IF;
  IF NEW.result IN ('fulfilled', 'justified') THEN RETURN NEW; END IF;
  IF v_due >= s.happened_on THEN
    PERFORM app.refuse('BS422', format('%sの期限が過ぎるまで、不履行とはできません。', NEW.number), 'results');
  END IF;
  IF app.open_hindrance(s.case_id, NEW.number) THEN
    PERFORM app.refuse('BS422', format('%sには解消していない事情があります。人が確かめて解消するまで、不履行とはできません。', NEW.number), 'results');
  END IF;
  SELECT x.* INTO w FROM public.guidance_case c JOIN public.assessment a ON a.person_id = c.person_id
    JOIN public.assessment_answers x ON x.assessment_id = a.id
   WHERE c.id = s.case_id ORDER BY a.made_on DESC, a.saved_at DESC, a.id DESC LIMIT 1;
  v_since := (app.guidance_latest(s.case_id, 'letter_delivery')).number;
  IF w.barriers <> 'C0' AND NOT app.was_resolved(s.case_id, 'barrier', v_since)
     OR w.health <> 'A1' AND NOT app.was_resolved(s.case_id, 'illness', v_since) THEN
    PERFORM app.refuse('BS422', '新しいアセスメントに就労阻害要因か病気の意見があります。「果たせない事情」に記録し、確かめて解消するまで、不履行とはできません。', 'results');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.was_resolved(p_case uuid, p_kind text, p_since integer) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.guidance_step r JOIN public.guidance_step h ON h.id = r.of_step
     WHERE r.case_id = p_case AND r.kind = 'resolution' AND r.number > p_since AND h.kind = 'hindrance' AND h.outcome = p_kind) $$;

CREATE FUNCTION app.guard_disposition_ground() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE s public.guidance_step;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.is_own_step(NEW.step_id, NEW.household_id, 'disposition') THEN
    PERFORM app.refuse('BS403', '同じ保存の処分にだけ足せます。');
  END IF;
  SELECT * INTO s FROM public.guidance_step x WHERE x.id = NEW.step_id;
  NEW.office_id := s.office_id;
  IF NOT EXISTS (SELECT FROM public.item_check k WHERE k.step_id = (app.guidance_latest(s.case_id, 'check')).id
       AND k.letter_id = NEW.letter_id AND k.number = NEW.number AND k.result IN ('partly', 'violated')) THEN
    PERFORM app.refuse('BS422', '処分の理由になるのは、指導指示書の項目のうち、不履行・一部履行と確認したものだけです。', 'grounds');
  END IF;
  RETURN NEW;
END $$;

-- At the end of the transaction a step has its words, a letter its items, a check a result of each, a disposition its grounds.
CREATE FUNCTION app.guidance_step_is_whole() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_items integer;
  v_worst text;
BEGIN
  IF app.is_maintenance() THEN RETURN NULL; END IF;
  IF NOT EXISTS (SELECT FROM public.guidance_step_text t WHERE t.step_id = NEW.id) THEN
    PERFORM app.refuse('BS422', '内容を入力してください。');
  END IF;
  IF NEW.kind = 'letter' AND (SELECT count(*) = 0 OR max(i.number) <> count(*) FROM public.instruction_item i WHERE i.step_id = NEW.id) THEN
    PERFORM app.refuse('BS422', '指示する事項を1から順に入れてください。', 'items');
  END IF;
  IF NEW.kind = 'disposition' AND NOT EXISTS (SELECT FROM public.disposition_ground g WHERE g.step_id = NEW.id) THEN
    PERFORM app.refuse('BS422', '処分の理由になる、指導指示書の項目を選んでください。', 'grounds');
  END IF;
  IF NEW.kind <> 'check' THEN RETURN NULL; END IF;
  SELECT count(*) INTO v_items FROM public.instruction_item i WHERE i.step_id = (app.guidance_latest(NEW.case_id, 'letter')).id;
  SELECT k.result INTO v_worst FROM public.item_check k WHERE k.step_id = NEW.id
   ORDER BY array_position(ARRAY['fulfilled', 'justified', 'partly', 'violated'], k.result::text) DESC LIMIT 1;
  IF (SELECT count(*) FROM public.item_check k WHERE k.step_id = NEW.id) <> v_items OR v_worst IS DISTINCT FROM NEW.outcome THEN
    PERFORM app.refuse('BS422', '指導指示書のすべての項目の結果を選び、全体の結果はそのうち最も重いものにしてください。', 'results');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_whole AFTER INSERT ON public.guidance_step DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.guidance_step_is_whole();
