-- The legal finding on use of ability (稼働能力の活用、法4条1項): three elements with dated evidence, decided by a conference or the head.
-- Nothing here points at a support group, and no text may name one.

-- Why words cannot be a finding's or a letter's, '' where they can. p_scope: 'group', 'letter' or 'item'.
CREATE FUNCTION app.letter_refusal(p_text text, p_scope text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce((SELECT p.sentence FROM app.letter_pattern p
     WHERE (p_scope <> 'group' OR p.of_groups) AND (p_scope = 'item' OR NOT p.of_items)
       AND normalize(coalesce(p_text, ''), NFKC) ~ p.pattern ORDER BY p.place LIMIT 1), '') $$;

CREATE FUNCTION app.refuse_words(p_text text, p_scope text, p_field text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_sentence text := app.letter_refusal(p_text, p_scope);
BEGIN
  IF v_sentence <> '' THEN PERFORM app.refuse('BS422', v_sentence, p_field); END IF;
END $$;

CREATE FUNCTION app.guard_work_finding() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('judge_ability') OR NEW.author_id IS DISTINCT FROM app.me()
     OR NEW.household_id <> ALL (app.opened()) THEN
    PERFORM app.refuse('BS403', '稼働能力の活用の判断案は、権限のある人が、開いた世帯に自分の名前でだけ書けます。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.written_at := app.now();
  IF NEW.found_on > app.today() THEN
    PERFORM app.refuse('BS422', '今日までの日付にしてください。', 'found_on');
  END IF;
  IF NOT app.is_member(NEW.household_id, NEW.person_id, NEW.found_on) THEN
    PERFORM app.refuse('BS422', 'この日にこの世帯にいた人を選んでください。', 'person_id');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_work_finding_element() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.work_finding f WHERE f.id = NEW.finding_id
       AND f.household_id = NEW.household_id AND f.author_id = app.me() AND f.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の判断案にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.facts, NEW.element || '.facts', '事実を入力してください。');
  PERFORM app.need_word(NEW.evidence, NEW.element || '.evidence', '根拠（だれの・何の資料か）を入力してください。');
  PERFORM app.refuse_words(NEW.facts, 'group', NEW.element || '.facts');
  PERFORM app.refuse_words(NEW.evidence, 'group', NEW.element || '.evidence');
  IF NEW.as_of > app.today() THEN
    PERFORM app.refuse('BS422', '今日までの日付にしてください。', NEW.element || '.as_of');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.work_finding_is_whole() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_maintenance() AND (SELECT count(*) FROM public.work_finding_element e WHERE e.finding_id = NEW.id) <> 3 THEN
    PERFORM app.refuse('BS422', '3つの要素をすべて入れてください。', 'elements');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_whole AFTER INSERT ON public.work_finding DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.work_finding_is_whole();

CREATE FUNCTION app.guard_work_finding_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE f public.work_finding;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO f FROM public.work_finding x WHERE x.id = NEW.finding_id AND x.household_id = NEW.household_id FOR UPDATE;
  IF TG_OP <> 'INSERT' OR f.id IS NULL OR NOT app.may('judge_ability') OR NOT app.may('decide_approvals')
     OR NEW.decided_by IS DISTINCT FROM app.me() OR app.positions_in(NEW.household_id) = '{}' OR f.author_id = app.me() THEN
    PERFORM app.refuse('BS403', '判断するのは、案を書いた本人ではない、地区の査察指導員か上位の職です。');
  END IF;
  IF NEW.how = 'head' AND NOT app.may('decide_guidance') THEN
    PERFORM app.refuse('BS403', '会議によらずに判断できるのは、所長・課長だけです。会議の議題にしてください。');
  END IF;
  IF NEW.how = 'conference' AND NOT EXISTS (SELECT FROM public.conference_matter m JOIN public.case_conference c ON c.id = m.conference_id
       JOIN public.conference_minutes w ON w.matter_id = m.id
      WHERE m.id = NEW.matter_id AND m.kind = 'work_finding' AND m.person_id = f.person_id AND m.household_id = f.household_id
        AND c.held_on IS NOT NULL) THEN
    PERFORM app.refuse('BS422', '会議録のある、この人の「稼働能力の活用」の議題を選んでください。', 'matter_id');
  END IF;
  IF EXISTS (SELECT FROM public.work_finding x WHERE x.person_id = f.person_id AND (x.found_on, x.written_at) > (f.found_on, f.written_at)) THEN
    PERFORM app.refuse('BS409', '新しい判断案があります。読み直してから判断してください。');
  END IF;
  PERFORM app.need_word(NEW.reason, 'reason', '理由を入力してください。');
  PERFORM app.refuse_words(NEW.reason, 'group', 'reason');
  NEW.office_id := f.office_id;
  NEW.decided_at := app.now();
  RETURN NEW;
END $$;
