-- Acts of support (支援活動), requests to Hello Work (支援要請) and starts of work (就労開始). Rows are only added.
-- The words of desktop/services/activities, referrals and employment_spells. Nothing is concluded from any of it.

-- Whoever adds a row writes records, in the own name, in an open file; `p_by` is who the row says wrote it.
CREATE FUNCTION app.need_writer(p_op text, p_by uuid, p_household uuid, p_what text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_op <> 'INSERT' OR NOT app.may('write_records') OR p_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', p_what || 'を記録できるのは、記録を書く職務の人が自分の名前でだけです。');
  END IF;
  IF p_household <> ALL (app.opened()) THEN
    PERFORM app.refuse('BS403', 'この世帯は見つからないか、担当する世帯ではありません。');
  END IF;
END $$;

CREATE FUNCTION app.need_person_of(p_household uuid, p_person uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.member m WHERE m.household_id = p_household AND m.person_id = p_person) THEN
    PERFORM app.refuse('BS422', 'この世帯の人を選んでください。', 'person_id');
  END IF;
END $$;

CREATE FUNCTION app.guard_activity() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE o public.activity;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_writer(TG_OP, NEW.made_by, NEW.household_id, '支援活動');
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.made_at := app.now();
  PERFORM app.need_person_of(NEW.household_id, NEW.person_id);
  IF NEW.done_on > app.today() THEN
    PERFORM app.refuse('BS422', '活動日は今日までの日付にしてください。', 'done_on');
  END IF;
  IF app.master_value(NEW.office_id, 'activity_kinds', NEW.kind) IS NULL THEN
    PERFORM app.refuse('BS422', '活動の種類を一覧から選んでください。', 'kind');
  END IF;
  IF NEW.partner <> '' AND app.master_value(NEW.office_id, 'partners', NEW.partner) IS NULL THEN
    PERFORM app.refuse('BS422', '連携先を一覧から選んでください。', 'partner');
  END IF;
  -- A step of the plan in force; what is put right keeps the step it had.
  IF NEW.step_id IS NOT NULL AND NOT EXISTS (
       SELECT FROM public.support_plan_step s
        WHERE s.stem_id = NEW.step_id AND s.plan_id = (app.plan_in_force(NEW.person_id, NEW.household_id)).id)
     AND NOT EXISTS (
       SELECT FROM public.activity x
        WHERE x.id = NEW.replaces_id AND x.person_id = NEW.person_id AND x.step_id = NEW.step_id) THEN
    PERFORM app.refuse('BS422', 'この人の計画の取組を選んでください。', 'step_id');
  END IF;
  IF NEW.replaces_id IS NULL THEN
    IF NEW.staff_id <> app.me() THEN
      PERFORM app.refuse('BS403', '記録できるのは自分の活動だけです。');
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO o FROM public.activity x WHERE x.id = NEW.replaces_id AND x.household_id = NEW.household_id AND NOT x.is_void;
  IF o.id IS NULL THEN
    PERFORM app.refuse('BS403', '訂正する活動は見つからないか、取り消されています。');
  END IF;
  IF NEW.staff_id <> o.staff_id THEN
    PERFORM app.refuse('BS403', '訂正しても、活動した人は変わりません。');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_activity_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE a public.activity;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO a FROM public.activity x WHERE x.id = NEW.activity_id AND x.household_id = NEW.household_id
     AND x.made_by = app.me() AND x.xmin = pg_current_xact_id()::xid;
  IF TG_OP <> 'INSERT' OR a.id IS NULL THEN
    PERFORM app.refuse('BS403', '同じ保存の活動にだけ足せます。');
  END IF;
  IF (app.trimmed(NEW.next_step) <> '') <> (a.next_due_on IS NOT NULL) THEN
    PERFORM app.refuse('BS422', '次にすることと期限は、両方入れるか、両方空けてください。', 'next_step');
  END IF;
  PERFORM app.need_word(NEW.memo, 'memo', '');
  PERFORM app.need_word(NEW.next_step, 'next_step', '');
  PERFORM app.need_word(NEW.reason, 'reason',
                        CASE WHEN a.replaces_id IS NOT NULL THEN '訂正・取消の理由を入力してください。' ELSE '' END);
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_referral() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_writer(TG_OP, NEW.made_by, NEW.household_id, '支援要請');
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.made_at := app.now();
  PERFORM app.need_person_of(NEW.household_id, NEW.person_id);
  IF NEW.asked_on > app.today() THEN
    PERFORM app.refuse('BS422', '要請日は今日までの日付にしてください。', 'asked_on');
  END IF;
  IF app.master_value(NEW.office_id, 'partners', NEW.partner) ->> 'kind' IS DISTINCT FROM 'hello_work' THEN
    PERFORM app.refuse('BS422', 'ハローワークを一覧から選んでください。', 'partner');
  END IF;
  IF char_length(NEW.number) > 40 THEN
    PERFORM app.refuse('BS422', '40文字までにしてください。', 'number');
  END IF;
  IF NEW.consent_on > NEW.asked_on THEN
    PERFORM app.refuse('BS422', '情報を伝える同意を得た日（要請日まで）を入力してください。', 'consent_on');
  END IF;
  IF NEW.health_consent_on > NEW.asked_on THEN
    PERFORM app.refuse('BS422', '健康上の配慮を伝える同意の日は、要請日までにしてください。', 'health_consent_on');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_referral_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_each record;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.referral r WHERE r.id = NEW.referral_id
       AND r.household_id = NEW.household_id AND r.made_by = app.me() AND r.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の要請にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.request, 'request', 'お願いする内容を入力してください。');
  FOR v_each IN SELECT t.field, t.said FROM (VALUES ('history', NEW.history), ('qualifications', NEW.qualifications),
      ('wishes', NEW.wishes), ('health_limits', NEW.health_limits), ('barriers', NEW.barriers), ('so_far', NEW.so_far)) AS t (field, said)
  LOOP
    PERFORM app.need_word(v_each.said, v_each.field, '');
  END LOOP;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- What came back, in its order (desktop/domain/referrals.py, NEXT_MOVES).
CREATE FUNCTION app.guard_referral_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  r public.referral;
  s public.referral_step;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_writer(TG_OP, NEW.noted_by, NEW.household_id, '支援要請の動き');
  -- FOR UPDATE: one step of a request after the other.
  SELECT * INTO r FROM public.referral x WHERE x.id = NEW.referral_id AND x.household_id = NEW.household_id FOR UPDATE;
  IF r.id IS NULL THEN
    PERFORM app.refuse('BS403', 'この要請は見つからないか、この世帯のものではありません。');
  END IF;
  SELECT * INTO s FROM public.referral_step x WHERE x.referral_id = r.id ORDER BY x.noted_at DESC, x.id DESC LIMIT 1;
  IF NOT (CASE coalesce(s.move, '') WHEN '' THEN NEW.move IN ('accepted', 'declined', 'withdrawn')
                                   WHEN 'accepted' THEN NEW.move IN ('extended', 'ended', 'withdrawn')
                                   WHEN 'extended' THEN NEW.move IN ('extended', 'ended', 'withdrawn')
                                   ELSE false END) THEN
    PERFORM app.refuse('BS409', 'この要請は、いまその動きにはできません。');
  END IF;
  IF NEW.on_day < coalesce(s.on_day, r.asked_on) OR NEW.on_day > app.today() THEN
    PERFORM app.refuse('BS422', '日付は、前の動きの日から今日までにしてください。', 'on_day');
  END IF;
  IF NEW.until < NEW.on_day THEN
    PERFORM app.refuse('BS422', '支援期間の終わりを入力してください。', 'until');
  END IF;
  NEW.office_id := r.office_id;
  NEW.noted_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_referral_step_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.referral_step s WHERE s.id = NEW.step_id
       AND s.household_id = NEW.household_id AND s.noted_by = app.me() AND s.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の動きにだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.navigator, 'navigator', '');
  PERFORM app.need_word(NEW.note, 'note', '');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_employment_spell() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_writer(TG_OP, NEW.made_by, NEW.household_id, '就労開始');
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.made_at := app.now();
  PERFORM app.need_person_of(NEW.household_id, NEW.person_id);
  IF NEW.started_on > app.today() THEN
    PERFORM app.refuse('BS422', '就労開始日は今日までの日付にしてください。', 'started_on');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_employment_spell_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.employment_spell s WHERE s.id = NEW.spell_id
       AND s.household_id = NEW.household_id AND s.made_by = app.me() AND s.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の就労にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.employer, 'employer', '勤め先（自営・内職のときはその内容）を入力してください。');
  PERFORM app.need_word(NEW.job, 'job', '');
  PERFORM app.need_word(NEW.note, 'note', '');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- A spell that stands: of this household and no mistake. Locked, so that what is said of it comes one after the other.
CREATE FUNCTION app.standing_spell(p_spell uuid, p_household uuid) RETURNS public.employment_spell LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE s public.employment_spell;
BEGIN
  SELECT * INTO s FROM public.employment_spell x WHERE x.id = p_spell AND x.household_id = p_household FOR UPDATE;
  IF s.id IS NULL THEN
    PERFORM app.refuse('BS403', 'この就労は見つからないか、この世帯のものではありません。');
  END IF;
  IF EXISTS (SELECT FROM public.employment_end e WHERE e.spell_id = s.id AND e.reason = 'mistake') THEN
    PERFORM app.refuse('BS409', 'この就労は記録の誤りとされています。');
  END IF;
  RETURN s;
END $$;

CREATE FUNCTION app.guard_employment_check() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE s public.employment_spell;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_writer(TG_OP, NEW.noted_by, NEW.household_id, '定着確認');
  s := app.standing_spell(NEW.spell_id, NEW.household_id);
  IF NEW.checked_on > app.today() OR NEW.checked_on < (s.started_on + make_interval(months => NEW.months))::date THEN
    PERFORM app.refuse('BS422', '確認した日は、その月数がたった日から今日までにしてください。', 'checked_on');
  END IF;
  NEW.office_id := s.office_id;
  NEW.noted_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_employment_end() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE s public.employment_spell;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_writer(TG_OP, NEW.noted_by, NEW.household_id, '就労の終わり');
  s := app.standing_spell(NEW.spell_id, NEW.household_id);
  IF NEW.ended_on < s.started_on OR NEW.ended_on > app.today() THEN
    PERFORM app.refuse('BS422', '終わった日は、就労開始日から今日までの日付にしてください。', 'ended_on');
  END IF;
  NEW.office_id := s.office_id;
  NEW.noted_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_employment_end_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_reason text;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT e.reason INTO v_reason FROM public.employment_end e WHERE e.id = NEW.end_id
     AND e.household_id = NEW.household_id AND e.noted_by = app.me() AND e.xmin = pg_current_xact_id()::xid;
  IF TG_OP <> 'INSERT' OR v_reason IS NULL THEN
    PERFORM app.refuse('BS403', '同じ保存の終わりにだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.note, 'note', CASE WHEN v_reason = 'mistake' THEN 'どこが誤りかを入力してください。' ELSE '' END);
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- None of these is anything without its words.
CREATE FUNCTION app.support_came_with_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NULL; END IF;
  CASE TG_TABLE_NAME
    WHEN 'activity' THEN PERFORM FROM public.activity_text t WHERE t.activity_id = NEW.id;
    WHEN 'referral' THEN PERFORM FROM public.referral_text t WHERE t.referral_id = NEW.id;
    WHEN 'referral_step' THEN PERFORM FROM public.referral_step_text t WHERE t.step_id = NEW.id;
    WHEN 'employment_spell' THEN PERFORM FROM public.employment_spell_text t WHERE t.spell_id = NEW.id;
    ELSE PERFORM FROM public.employment_end_text t WHERE t.end_id = NEW.id;
  END CASE;
  IF NOT FOUND THEN PERFORM app.refuse('BS422', '記録の中身がありません。画面から保存してください。'); END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.activity DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.support_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.referral DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.support_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.referral_step DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.support_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.employment_spell DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.support_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.employment_end DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.support_came_with_words();
