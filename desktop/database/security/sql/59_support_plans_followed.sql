-- What happens to a support plan (個別支援計画) after it was written: consent, how far its steps are, reviews, its end. Rows are only added.
-- That somebody takes consent back or misses a step changes nothing else, here or anywhere.

CREATE FUNCTION app.guard_support_plan_consent() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.support_plan; v_said text;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO p FROM public.support_plan x WHERE x.id = NEW.plan_id AND x.household_id = NEW.household_id;
  IF TG_OP <> 'INSERT' OR NOT app.may('write_records') OR NEW.noted_by IS DISTINCT FROM app.me() OR p.id IS NULL THEN
    PERFORM app.refuse('BS403', '同意を記録できるのは、記録を書く職務の人が自分の名前でだけです。');
  END IF;
  IF EXISTS (SELECT FROM public.support_plan_end e WHERE e.root_id = p.root_id) THEN
    PERFORM app.refuse('BS409', 'この計画は終了しています。');
  END IF;
  NEW.office_id := p.office_id;
  NEW.noted_at := app.now();
  IF NEW.said_on > app.today() THEN
    PERFORM app.refuse('BS422', '同意などの日は今日までの日付にしてください。', 'said_on');
  END IF;
  SELECT c.move INTO v_said FROM public.support_plan_consent c WHERE c.plan_id = p.id ORDER BY c.noted_at DESC, c.id DESC LIMIT 1;
  IF NEW.move = 'taken_back' AND v_said IS DISTINCT FROM 'given' THEN
    PERFORM app.refuse('BS422', '撤回できるのは、この版に同意しているときだけです。', 'move');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_support_plan_step_result() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_root uuid; f public.support_plan;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT p.root_id INTO v_root FROM public.support_plan_step s JOIN public.support_plan p ON p.id = s.plan_id
   WHERE s.id = NEW.stem_id AND s.household_id = NEW.household_id;
  f := app.root_in_force(v_root);
  IF TG_OP <> 'INSERT' OR NOT app.may('write_records') OR NEW.noted_by IS DISTINCT FROM app.me() OR f.id IS NULL
     OR NOT EXISTS (SELECT FROM public.support_plan_step s WHERE s.plan_id = f.id AND s.stem_id = NEW.stem_id) THEN
    PERFORM app.refuse('BS403', '取組の状況を記録できるのは、有効な計画の取組についてだけです。');
  END IF;
  NEW.office_id := f.office_id;
  NEW.noted_at := app.now();
  IF NEW.done_on > app.today() THEN
    PERFORM app.refuse('BS422', '実施した日は今日までの日付にしてください。', 'done_on');
  END IF;
  IF NEW.status IN ('done', 'partly') AND NEW.done_on IS NULL THEN
    PERFORM app.refuse('BS422', '達成・一部達成には、実施した日を入力してください。', 'done_on');
  END IF;
  PERFORM app.need_word(NEW.note, 'note', '');
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_support_plan_review() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE f public.support_plan := app.root_in_force(NEW.root_id);
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('write_records') OR NEW.noted_by IS DISTINCT FROM app.me() OR f.id IS NULL
     OR f.household_id <> NEW.household_id THEN
    PERFORM app.refuse('BS403', '見直しを記録できるのは、有効な計画についてだけです。');
  END IF;
  NEW.office_id := f.office_id;
  NEW.noted_at := app.now();
  IF NEW.held_on > app.today() THEN
    PERFORM app.refuse('BS422', '見直した日は今日までの日付にしてください。', 'held_on');
  END IF;
  IF (NEW.next_course IN ('go_on', 'change')) <> (NEW.next_review_on IS NOT NULL) OR NEW.next_review_on <= app.today() THEN
    PERFORM app.refuse('BS422', '続けるときは、次の見直しの日を明日以降で入力してください。終えるときは空にします。', 'next_review_on');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_support_plan_review_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE r public.support_plan_review;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO r FROM public.support_plan_review x WHERE x.id = NEW.review_id AND x.household_id = NEW.household_id
     AND x.noted_by = app.me() AND x.xmin = pg_current_xact_id()::xid;
  IF TG_OP <> 'INSERT' OR r.id IS NULL THEN
    PERFORM app.refuse('BS403', '同じ保存の見直しにだけ足せます。');
  END IF;
  NEW.office_id := r.office_id;
  IF TG_TABLE_NAME = 'support_plan_review_text' THEN
    PERFORM app.need_word(NEW.attendees, 'attendees', '出席した人を入力してください。'), app.need_word(NEW.note, 'note', '');
  ELSE
    PERFORM app.need_word(NEW.words, 'results', '');
    IF NOT EXISTS (SELECT FROM public.support_plan_goal g WHERE g.id = NEW.goal_id
                    AND g.plan_id = (app.root_in_force(r.root_id)).id) THEN
      PERFORM app.refuse('BS422', '有効な計画の目標について答えてください。', 'results');
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_support_plan_end() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE f public.support_plan := app.root_in_force(NEW.root_id);
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('write_records') OR NEW.ended_by IS DISTINCT FROM app.me() OR f.id IS NULL
     OR f.household_id <> NEW.household_id THEN
    PERFORM app.refuse('BS403', '終了できるのは、有効な計画だけです。');
  END IF;
  PERFORM FROM public.household h WHERE h.id = NEW.household_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM public.support_plan x WHERE x.root_id = NEW.root_id AND x.state = 'submitted') THEN
    PERFORM app.refuse('BS409', 'この計画の変更が決裁待ちです。決裁が終わってから終了するか、引き戻してください。');
  END IF;
  NEW.office_id := f.office_id;
  NEW.noted_at := app.now();
  IF NEW.ended_on > app.today() THEN
    PERFORM app.refuse('BS422', '終了した日は今日までの日付にしてください。', 'ended_on');
  END IF;
  IF app.master_value(f.office_id, 'support_outcomes', NEW.outcome) IS NULL THEN
    PERFORM app.refuse('BS422', 'この結果はいまの設定値にありません。一覧から選んでください。', 'outcome');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_support_plan_end_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.support_plan_end e WHERE e.root_id = NEW.root_id
       AND e.household_id = NEW.household_id AND e.ended_by = app.me() AND e.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の終了にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.summary, 'summary', 'どうなったかを入力してください。'), app.need_word(NEW.comment, 'comment', '');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- Taking part in a programme (事業参加): begun once, ended once, with consent where the programme asks for it.
CREATE FUNCTION app.guard_participation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_programme jsonb;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT app.may('write_records') OR NEW.household_id <> ALL (app.opened()) THEN
    PERFORM app.refuse('BS403', 'この世帯は見つからないか、担当する世帯ではありません。');
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.ended_on IS NOT NULL THEN PERFORM app.refuse('BS409', 'この参加はすでに終了しています。'); END IF;
    IF NEW.ended_by IS DISTINCT FROM app.me() OR NEW.ended_on IS NULL THEN
      PERFORM app.refuse('BS403', '終了を記録できるのは自分の名前でだけです。');
    END IF;
    NEW.ended_at := app.now();
    IF NEW.ended_on < NEW.starts_on OR NEW.ended_on > app.today() THEN
      PERFORM app.refuse('BS422', '終了した日は、始まりの日から今日までの日付にしてください。', 'ended_on');
    END IF;
    IF app.master_value(NEW.office_id, 'support_outcomes', NEW.outcome) IS NULL THEN
      PERFORM app.refuse('BS422', 'この結果はいまの設定値にありません。一覧から選んでください。', 'outcome');
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.noted_by IS DISTINCT FROM app.me() OR NEW.ended_on IS NOT NULL OR NEW.ended_by IS NOT NULL OR NEW.ended_at IS NOT NULL THEN
    PERFORM app.refuse('BS403', '参加を記録できるのは自分の名前で、始まりだけです。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.noted_at := app.now();
  PERFORM FROM public.household h WHERE h.id = NEW.household_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM public.household h WHERE h.id = NEW.household_id AND h.state = 'closed') THEN
    PERFORM app.refuse('BS403', '廃止した世帯の事業参加は記録できません。');
  END IF;
  IF NOT app.is_member(NEW.household_id, NEW.person_id, app.today()) THEN
    PERFORM app.refuse('BS422', 'いまこの世帯にいる人を選んでください。', 'person_id');
  END IF;
  v_programme := app.master_value(NEW.office_id, 'programmes', NEW.programme);
  IF v_programme IS NULL THEN
    PERFORM app.refuse('BS422', 'この事業はいまの設定値にありません。一覧から選んでください。', 'programme');
  END IF;
  IF NEW.starts_on > app.today() THEN
    PERFORM app.refuse('BS422', '始まりの日は今日までの日付にしてください。', 'starts_on');
  END IF;
  IF coalesce((v_programme ->> 'needs_consent')::boolean, false) AND NEW.consent_on IS NULL OR NEW.consent_on > NEW.starts_on THEN
    PERFORM app.refuse('BS422', 'この事業には同意が要ります。始まりの日までの同意の日を入力してください。', 'consent_on');
  END IF;
  IF EXISTS (SELECT FROM public.participation x WHERE x.person_id = NEW.person_id AND x.programme = NEW.programme
              AND x.household_id = NEW.household_id AND x.ended_on IS NULL) THEN
    PERFORM app.refuse('BS409', 'この人はこの事業に参加しています。終了を記録してから始めてください。');
  END IF;
  RETURN NEW;
END $$;
