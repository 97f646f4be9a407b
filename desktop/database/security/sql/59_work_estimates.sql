-- Money linked to work (試算・給付): applications with the estimate as it was shown, and what the benefit system decided.
-- Rows are only added. The words of desktop/services/work_estimates; nothing is reckoned here.

CREATE FUNCTION app.guard_benefit_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('write_records') OR NEW.made_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '申請を記録できるのは、記録を書く職務の人が自分の名前でだけです。');
  END IF;
  -- Before anything is said about the people of the household.
  IF NEW.household_id <> ALL (app.opened()) THEN
    PERFORM app.refuse('BS403', 'この世帯は見つからないか、担当する世帯ではありません。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.made_at := app.now();
  IF NOT EXISTS (SELECT FROM public.member m WHERE m.household_id = NEW.household_id AND m.person_id = NEW.person_id) THEN
    PERFORM app.refuse('BS422', 'この世帯の人を選んでください。', 'person_id');
  END IF;
  IF NEW.asked_on > app.today() THEN
    PERFORM app.refuse('BS422', '申請日は今日までの日付にしてください。', 'asked_on');
  END IF;
  RETURN NEW;
END $$;

-- What was shown and the note come with the application, in the same transaction, and never later.
CREATE FUNCTION app.guard_benefit_case_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.benefit_case c WHERE c.id = NEW.case_id
       AND c.household_id = NEW.household_id AND c.made_by = app.me() AND c.xmin = pg_current_xact_id()::xid
       AND c.kind = NEW.estimate ->> 'kind') THEN
    PERFORM app.refuse('BS403', '同じ保存の申請にだけ足せます。');
  END IF;
  IF octet_length(NEW.estimate::text) > 100000 THEN
    PERFORM app.refuse('BS422', '試算の中身が大きすぎます。', 'note');
  END IF;
  PERFORM app.need_word(NEW.note, 'note', '');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- The decision of the benefit system, recorded by somebody else than who wrote the application down, where the office asks.
CREATE FUNCTION app.guard_benefit_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE c public.benefit_case;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('write_records') OR NEW.noted_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '決定を記録できるのは、記録を書く職務の人が自分の名前でだけです。');
  END IF;
  -- FOR UPDATE: one decision of a case after the other.
  SELECT * INTO c FROM public.benefit_case x WHERE x.id = NEW.case_id AND x.household_id = NEW.household_id FOR UPDATE;
  IF c.id IS NULL THEN
    PERFORM app.refuse('BS403', 'この申請は見つからないか、この世帯のものではありません。');
  END IF;
  IF app.master_value(c.office_id, 'work_parameters', 'decision.second') ->> 'number' = '1' AND c.made_by = app.me() THEN
    PERFORM app.refuse('BS403', '申請を記録した人は決定を記録できません。別の職員が記録してください。');
  END IF;
  IF EXISTS (SELECT FROM public.benefit_decision d WHERE d.case_id = c.id AND d.outcome = 'withdrawn') THEN
    PERFORM app.refuse('BS409', 'この申請は取り下げられています。');
  END IF;
  IF NEW.decided_on < c.asked_on OR NEW.decided_on > app.today() THEN
    PERFORM app.refuse('BS422', '決定日は、申請日から今日までの日付にしてください。', 'decided_on');
  END IF;
  IF c.months IS NULL AND NEW.month IS NOT NULL THEN
    PERFORM app.refuse('BS422', '月ごとに決めるのは就労活動促進費だけです。', 'month');
  END IF;
  IF c.months IS NOT NULL AND NEW.outcome <> 'withdrawn' AND (NEW.month IS NULL OR NEW.month <> date_trunc('month', NEW.month)::date
     OR NEW.month < date_trunc('month', c.about_on)::date
     OR NEW.month >= (date_trunc('month', c.about_on) + make_interval(months => c.months))::date) THEN
    PERFORM app.refuse('BS422', '申請した月の中から選んでください。', 'month');
  END IF;
  NEW.office_id := c.office_id;
  NEW.noted_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_benefit_decision_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_outcome text;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT d.outcome INTO v_outcome FROM public.benefit_decision d WHERE d.id = NEW.decision_id
     AND d.household_id = NEW.household_id AND d.noted_by = app.me() AND d.xmin = pg_current_xact_id()::xid;
  IF TG_OP <> 'INSERT' OR v_outcome IS NULL THEN
    PERFORM app.refuse('BS403', '同じ保存の決定にだけ足せます。');
  END IF;
  IF v_outcome = 'granted' AND NEW.amount IS NULL THEN
    PERFORM app.refuse('BS422', '決定された額を入力してください。', 'amount');
  END IF;
  IF v_outcome <> 'granted' AND NEW.amount IS NOT NULL THEN
    PERFORM app.refuse('BS422', '却下・取下げに額は入れません。', 'amount');
  END IF;
  PERFORM app.need_word(NEW.reason, 'reason',
                        CASE WHEN v_outcome <> 'granted' THEN '却下・取下げの理由を入力してください。' ELSE '' END);
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- An application is nothing without what was shown, a decision nothing without its amount or reason.
CREATE FUNCTION app.benefit_came_with_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NULL; END IF;
  IF TG_TABLE_NAME = 'benefit_case' THEN
    PERFORM FROM public.benefit_case_text t WHERE t.case_id = NEW.id;
  ELSE
    PERFORM FROM public.benefit_decision_text t WHERE t.decision_id = NEW.id;
  END IF;
  IF NOT FOUND THEN PERFORM app.refuse('BS422', '試算や決定の中身がありません。画面から保存してください。'); END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.benefit_case DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.benefit_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.benefit_decision DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.benefit_came_with_words();
