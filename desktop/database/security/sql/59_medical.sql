-- What doctors are asked and say (病状照会・医師の意見), plans of hospital visits and ways. The words of desktop/services/medical.
-- Rows are only added, under one's own name, to an opened file; nothing is derived from what a doctor says.

-- What every row about somebody of the household has in common.
CREATE FUNCTION app.need_medical(p_insert boolean, p_right text, p_by uuid, p_household uuid, p_person uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT p_insert OR NOT app.may(p_right) OR p_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '通院・病状の記録は、その職務の人が自分の名前でだけ足せます。足したものは変わりません。');
  END IF;
  -- Before anything is said about the people of the household.
  IF p_household <> ALL (app.opened()) THEN
    PERFORM app.refuse('BS403', 'この世帯は見つからないか、担当する世帯ではありません。');
  END IF;
  IF NOT EXISTS (SELECT FROM public.member m WHERE m.household_id = p_household AND m.person_id = p_person) THEN
    PERFORM app.refuse('BS422', 'この世帯の人を選んでください。', 'person_id');
  END IF;
END $$;

CREATE FUNCTION app.guard_medical_enquiry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_medical(TG_OP = 'INSERT', 'assess', NEW.asked_by, NEW.household_id, NEW.person_id);
  IF NEW.asked_on > app.today() THEN
    PERFORM app.refuse('BS422', '照会日は今日までの日付にしてください。', 'asked_on');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.asked_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_medical_enquiry_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.medical_enquiry e WHERE e.id = NEW.enquiry_id
       AND e.household_id = NEW.household_id AND e.asked_by = app.me() AND e.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の照会にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.institution, 'institution', '照会する医療機関を入力してください。');
  PERFORM app.need_word(NEW.consent, 'consent', '本人の同意（いつ・どのように）を入力してください。');
  PERFORM app.need_word(NEW.doctor, 'doctor', '');
  IF jsonb_typeof(NEW.questions -> 'rows') IS DISTINCT FROM 'array'
     OR jsonb_array_length(NEW.questions -> 'rows') NOT BETWEEN 1 AND 30 OR octet_length(NEW.questions::text) > 100000 THEN
    PERFORM app.refuse('BS422', '質問を1つから30個まで選んでください。', 'questions');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- A reminder, or that the answer is not wanted any more: only while it is waited for.
CREATE FUNCTION app.guard_medical_enquiry_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE e public.medical_enquiry;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO e FROM public.medical_enquiry x WHERE x.id = NEW.enquiry_id AND x.household_id = NEW.household_id FOR UPDATE;
  IF e.id IS NULL THEN
    PERFORM app.refuse('BS403', 'この照会は見つからないか、この世帯のものではありません。');
  END IF;
  PERFORM app.need_medical(TG_OP = 'INSERT', 'assess', NEW.done_by, NEW.household_id, e.person_id);
  IF EXISTS (SELECT FROM public.medical_opinion o WHERE o.enquiry_id = e.id)
     OR EXISTS (SELECT FROM public.medical_enquiry_step s WHERE s.enquiry_id = e.id AND s.kind = 'withdrawn') THEN
    PERFORM app.refuse('BS409', 'この照会は回答が届いたか、取りやめになっています。');
  END IF;
  IF NEW.done_on < e.asked_on OR NEW.done_on > app.today() THEN
    PERFORM app.refuse('BS422', '照会日から今日までの日付にしてください。', 'done_on');
  END IF;
  NEW.office_id := e.office_id;
  NEW.done_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_medical_opinion() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_medical(TG_OP = 'INSERT', 'assess', NEW.noted_by, NEW.household_id, NEW.person_id);
  IF NEW.given_on > app.today() THEN
    PERFORM app.refuse('BS422', '意見の日は今日までの日付にしてください。', 'given_on');
  END IF;
  IF NEW.enquiry_id IS NOT NULL THEN
    -- FOR UPDATE: an answer and a withdrawal one after the other.
    PERFORM FROM public.medical_enquiry e WHERE e.id = NEW.enquiry_id AND e.household_id = NEW.household_id
       AND e.person_id = NEW.person_id FOR UPDATE;
    IF NOT FOUND THEN
      PERFORM app.refuse('BS403', 'この照会は見つからないか、この人のものではありません。');
    END IF;
    IF EXISTS (SELECT FROM public.medical_enquiry_step s WHERE s.enquiry_id = NEW.enquiry_id AND s.kind = 'withdrawn') THEN
      PERFORM app.refuse('BS409', 'この照会は取りやめになっています。');
    END IF;
  END IF;
  IF NEW.order_id IS NOT NULL THEN PERFORM app.need_order_awaits_result(NEW.order_id, NEW.household_id, NEW.person_id); END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.noted_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_medical_opinion_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE o public.medical_opinion;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO o FROM public.medical_opinion x WHERE x.id = NEW.opinion_id AND x.household_id = NEW.household_id
     AND x.noted_by = app.me() AND x.xmin = pg_current_xact_id()::xid;
  IF TG_OP <> 'INSERT' OR o.id IS NULL THEN
    PERFORM app.refuse('BS403', '同じ保存の意見にだけ足せます。');
  END IF;
  IF jsonb_typeof(NEW.answers -> 'rows') IS DISTINCT FROM 'array' OR octet_length(NEW.answers::text) > 200000 THEN
    PERFORM app.refuse('BS422', '回答の中身が大きすぎます。', 'words');
  END IF;
  PERFORM app.need_word(NEW.words, 'words', CASE WHEN EXISTS (
      SELECT FROM jsonb_array_elements(NEW.answers -> 'rows') r WHERE app.trimmed(r ->> 'answer') <> '')
    THEN '' ELSE '医師の言葉を、そのまま入力してください。' END);
  PERFORM app.need_word(NEW.doctor, 'doctor', CASE WHEN o.given_by <> 'person' THEN '意見を述べた医師を入力してください。' ELSE '' END);
  PERFORM app.need_word(NEW.papers, 'papers', CASE WHEN o.given_by = 'contracted' THEN '嘱託医が読んだ書類を入力してください。' ELSE '' END);
  PERFORM app.need_word(NEW.institution, 'institution', '');
  PERFORM app.need_word(NEW.interpretation, 'interpretation', '');
  NEW.office_id := o.office_id;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_hospital_plan() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_medical(TG_OP = 'INSERT', 'assess', NEW.author_id, NEW.household_id, NEW.person_id);
  IF NEW.consented_on > app.today() THEN
    PERFORM app.refuse('BS422', '同意の日は今日までの日付にしてください。', 'consented_on');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.made_at := app.now();
  RETURN NEW;
END $$;

-- Texts and rows come with their plan, in the same transaction, and never later.
CREATE FUNCTION app.guard_hospital_plan_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.hospital_plan;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO p FROM public.hospital_plan x WHERE x.id = NEW.plan_id AND x.household_id = NEW.household_id
     AND x.author_id = app.me() AND x.xmin = pg_current_xact_id()::xid;
  IF TG_OP <> 'INSERT' OR p.id IS NULL THEN
    PERFORM app.refuse('BS403', '同じ保存の通院計画にだけ足せます。');
  END IF;
  NEW.office_id := p.office_id;
  IF TG_TABLE_NAME = 'hospital_plan_row' THEN
    PERFORM app.need_word(NEW.institution, 'institution', '医療機関を入力してください。');
    RETURN NEW;
  END IF;
  PERFORM app.need_word(NEW.purpose, 'purpose', '通院の目的（回復の目標）を入力してください。');
  PERFORM app.need_word(NEW.condition, 'condition', '');
  IF (p.consented_on IS NULL) <> (app.trimmed(NEW.consent) = '') THEN
    PERFORM app.refuse('BS422', '同意の日と、どのように同意したかを両方入力してください。', 'consent');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_hospital_appointment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_medical(TG_OP = 'INSERT', 'assess', NEW.made_by, NEW.household_id, NEW.person_id);
  IF NOT EXISTS (SELECT FROM public.hospital_plan p WHERE p.id = NEW.plan_id AND p.household_id = NEW.household_id
                   AND p.person_id = NEW.person_id) THEN
    PERFORM app.refuse('BS403', 'この通院計画は見つからないか、この人のものではありません。');
  END IF;
  IF char_length(NEW.at) > 20 THEN PERFORM app.refuse('BS422', '時刻を短くしてください。', 'at'); END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.made_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_hospital_appointment_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.hospital_appointment a WHERE a.id = NEW.appointment_id
       AND a.household_id = NEW.household_id AND a.made_by = app.me() AND a.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の予約にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.institution, 'institution', '医療機関を入力してください。');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_hospital_visit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE a public.hospital_appointment;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO a FROM public.hospital_appointment x WHERE x.id = NEW.appointment_id AND x.household_id = NEW.household_id;
  IF a.id IS NULL THEN
    PERFORM app.refuse('BS403', 'この予約は見つからないか、この世帯のものではありません。');
  END IF;
  PERFORM app.need_medical(TG_OP = 'INSERT', 'assess', NEW.noted_by, NEW.household_id, a.person_id);
  -- That it was moved may be known beforehand; everything else only when the day has come.
  IF a.on_day > app.today() AND NEW.status <> 'moved' THEN
    PERFORM app.refuse('BS422', '予約の日が来てから記録してください。', 'status');
  END IF;
  NEW.office_id := a.office_id;
  NEW.noted_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_hospital_visit_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.hospital_visit v WHERE v.id = NEW.visit_id
       AND v.household_id = NEW.household_id AND v.noted_by = app.me() AND v.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の結果にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.note, 'note', '');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_travel_trip() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_medical(TG_OP = 'INSERT', 'write_records', NEW.noted_by, NEW.household_id, NEW.person_id);
  IF NEW.on_day > app.today() THEN
    PERFORM app.refuse('BS422', '移動した日は今日までの日付にしてください。', 'on_day');
  END IF;
  PERFORM app.need_word(NEW.from_place, 'from_place', '出発地を入力してください。');
  PERFORM app.need_word(NEW.to_place, 'to_place', '行き先を入力してください。');
  PERFORM app.need_word(NEW.means, 'means', '交通手段を入力してください。');
  PERFORM app.need_word(NEW.evidence, 'evidence', '');
  IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT FROM public.travel_trip t WHERE t.id = NEW.replaces_id
       AND t.household_id = NEW.household_id AND t.person_id = NEW.person_id) THEN
    PERFORM app.refuse('BS403', '訂正する移動は見つからないか、この人のものではありません。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.noted_at := app.now();
  RETURN NEW;
END $$;

-- None of them is anything without its words.
CREATE FUNCTION app.medical_came_with_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_found boolean;
BEGIN
  IF app.is_maintenance() THEN RETURN NULL; END IF;
  v_found := CASE TG_TABLE_NAME
    WHEN 'medical_enquiry' THEN EXISTS (SELECT FROM public.medical_enquiry_text t WHERE t.enquiry_id = NEW.id)
    WHEN 'medical_opinion' THEN EXISTS (SELECT FROM public.medical_opinion_text t WHERE t.opinion_id = NEW.id)
    WHEN 'examination_order' THEN EXISTS (SELECT FROM public.examination_order_text t WHERE t.order_id = NEW.id)
    WHEN 'examination_step' THEN EXISTS (SELECT FROM public.examination_step_text t WHERE t.step_id = NEW.id)
    WHEN 'hospital_plan' THEN EXISTS (SELECT FROM public.hospital_plan_text t WHERE t.plan_id = NEW.id)
      AND EXISTS (SELECT FROM public.hospital_plan_row r WHERE r.plan_id = NEW.id)
    WHEN 'hospital_appointment' THEN EXISTS (SELECT FROM public.hospital_appointment_text t WHERE t.appointment_id = NEW.id)
    WHEN 'hospital_visit' THEN EXISTS (SELECT FROM public.hospital_visit_text t WHERE t.visit_id = NEW.id)
    ELSE false END;
  IF NOT v_found THEN PERFORM app.refuse('BS422', '中身がありません。画面から保存してください。'); END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.medical_enquiry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.medical_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.medical_opinion DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.medical_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.examination_order DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.medical_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.examination_step DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.medical_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.hospital_plan DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.medical_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.hospital_appointment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.medical_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.hospital_visit DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.medical_came_with_words();
