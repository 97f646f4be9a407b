-- Guidance and sanction (法27条の指導指示から法62条の処分まで): no step without the dated records before it.
-- Gates, words and patterns are the rows of desktop/domain/guidance_*.py (security/seeds.py). Rows are only added, one step at a time.

CREATE FUNCTION app.guidance_number(p_office uuid, p_key text) RETURNS integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_number integer := (app.master_value(p_office, 'guidance_numbers', p_key) ->> 'number')::integer;
BEGIN
  IF v_number IS NULL THEN PERFORM app.refuse('BS422', '指導・指示の数値が設定されていません。'); END IF;
  RETURN v_number;
END $$;

-- Safety first: while an assessment of anybody of the household holds support, there is no guidance in it.
CREATE FUNCTION app.is_guidance_held(p_household uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.member m WHERE m.household_id = p_household AND app.is_on_hold(m.person_id)) $$;

CREATE FUNCTION app.guard_guidance_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('guide') OR NEW.opened_by IS DISTINCT FROM app.me() OR NEW.household_id <> ALL (app.opened()) THEN
    PERFORM app.refuse('BS403', '指導は、権限のある人が、開いた世帯に自分の名前でだけ始められます。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.opened_at := app.now();
  IF app.is_guidance_held(NEW.household_id) THEN
    PERFORM app.refuse('BS409', '安全の確認が先です。保留が解かれるまで、指導はできません。');
  END IF;
  IF NOT app.is_member(NEW.household_id, NEW.person_id, app.today())
     OR EXISTS (SELECT FROM public.household h WHERE h.id = NEW.household_id AND h.state = 'closed') THEN
    PERFORM app.refuse('BS422', '保護を受けているこの世帯の人を選んでください。', 'person_id');
  END IF;
  IF EXISTS (SELECT FROM public.guidance_case c WHERE c.person_id = NEW.person_id AND c.subject = NEW.subject
              AND NOT EXISTS (SELECT FROM public.guidance_step s WHERE s.case_id = c.id AND s.kind = 'close')) THEN
    PERFORM app.refuse('BS409', 'この人には、同じことについての指導がすでにあります。');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guidance_case_is_whole() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_maintenance() AND NOT EXISTS (SELECT FROM public.guidance_step s WHERE s.case_id = NEW.id AND s.kind = 'problem') THEN
    PERFORM app.refuse('BS422', '課題と事実を入力してください。', 'facts');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_whole AFTER INSERT ON public.guidance_case DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.guidance_case_is_whole();

-- The latest record of a kind within a case.
CREATE FUNCTION app.guidance_latest(p_case uuid, p_kind text) RETURNS public.guidance_step LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT s FROM public.guidance_step s WHERE s.case_id = p_case AND s.kind = p_kind ORDER BY s.number DESC LIMIT 1 $$;

CREATE FUNCTION app.guidance_holds(p_case uuid, n app.guidance_need) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE s public.guidance_step := app.guidance_latest(p_case, n.kind);
BEGIN
  IF n.where_any IS NOT NULL AND (app.guidance_latest(p_case, n.where_any)).id IS NULL THEN RETURN true; END IF;
  RETURN s.id IS NOT NULL AND (n.outcomes = '{}' OR coalesce(s.outcome = ANY (n.outcomes), false))
    AND s.number > coalesce((app.guidance_latest(p_case, n.after)).number, 0);
END $$;

-- The gate: what has to stand before the step, by whom, and never twice.
CREATE FUNCTION app.pass_guidance_gate(s public.guidance_step) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  g app.guidance_gate;
  n app.guidance_need;
  v_before public.guidance_step;
  v_kind text;
BEGIN
  SELECT * INTO g FROM app.guidance_gate x WHERE x.step = s.kind;
  IF g.step IS NULL OR NOT app.may(g.permission) OR g.permission <> 'guide' AND app.positions_in(s.household_id) = '{}' THEN
    PERFORM app.refuse('BS403', 'この段階を記録できる職務ではありません。');
  END IF;
  IF (app.guidance_latest(s.case_id, 'close')).id IS NOT NULL THEN
    PERFORM app.refuse('BS409', 'この指導は終わっています。新しい課題は、新しい指導として始めてください。');
  END IF;
  FOR n IN SELECT * FROM app.guidance_need x WHERE x.step = s.kind AND NOT x.is_again ORDER BY x.place LOOP
    IF NOT app.guidance_holds(s.case_id, n) THEN PERFORM app.refuse('BS409', n.sentence); END IF;
    IF s.happened_on < (app.guidance_latest(s.case_id, n.kind)).happened_on THEN
      PERFORM app.refuse('BS422', '前の段階の日付よりあとにしてください。', 'happened_on');
    END IF;
  END LOOP;
  v_before := app.guidance_latest(s.case_id, s.kind);
  IF v_before.number >= (app.guidance_latest(s.case_id, g.once_since)).number
     AND NOT EXISTS (SELECT FROM app.guidance_need x WHERE x.step = s.kind AND x.is_again AND app.guidance_holds(s.case_id, x)) THEN
    PERFORM app.refuse('BS409', g.once_sentence);
  END IF;
  FOREACH v_kind IN ARRAY g.others LOOP
    IF (app.guidance_latest(s.case_id, v_kind)).noted_by = app.me() THEN
      PERFORM app.refuse('BS403', '前の段階を記録した本人は、この段階を記録できません。別の職員が記録してください。');
    END IF;
  END LOOP;
  IF (g.outcomes = '{}') <> (s.outcome IS NULL) OR g.outcomes <> '{}' AND s.outcome <> ALL (g.outcomes) THEN
    PERFORM app.refuse('BS422', '結果を選んでください。', 'outcome');
  END IF;
END $$;

-- Hindrances of the case that nobody has resolved; of one item or of all where none is named.
CREATE FUNCTION app.open_hindrance(p_case uuid, p_item integer) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.guidance_step h WHERE h.case_id = p_case AND h.kind = 'hindrance'
     AND (p_item IS NULL OR h.item IS NULL OR h.item = p_item)
     AND NOT EXISTS (SELECT FROM public.guidance_step r WHERE r.of_step = h.id AND r.kind = 'resolution')) $$;

-- The person was seen alive and safe after the hearing, not long ago.
CREATE FUNCTION app.need_life_check(s public.guidance_step) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  c public.guidance_step := app.guidance_latest(s.case_id, 'life_check');
  v_days integer := app.guidance_number(s.office_id, 'life_check_days');
BEGIN
  IF c.id IS NULL OR c.outcome <> 'safe' OR c.number < coalesce((app.guidance_latest(s.case_id, 'hearing')).number, 0)
     OR c.happened_on < s.happened_on - v_days THEN
    PERFORM app.refuse('BS422', format('停止・廃止の前に、%s日以内に会って命の危険がないことを確かめてください。', v_days), 'outcome');
  END IF;
END $$;

-- What the person's newest assessment says; of groups only whether one was decided, never which.
CREATE FUNCTION app.check_guided_person(s public.guidance_step, p_person uuid, p_subject text) RETURNS void LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  a public.assessment;
  w public.assessment_answers;
  v_days integer := app.guidance_number(s.office_id, 'assessment_days');
  v_months integer;
BEGIN
  IF s.kind = 'plan_written' AND (app.guidance_latest(s.case_id, 'review')).happened_on < app.today() - v_days THEN
    PERFORM app.refuse('BS422', format('合理性の見直しが%s日より古くなっています。', v_days), 'happened_on');
  END IF;
  IF p_subject <> 'work' THEN RETURN; END IF;
  SELECT * INTO a FROM public.assessment x WHERE x.person_id = p_person ORDER BY x.made_on DESC, x.saved_at DESC, x.id DESC LIMIT 1;
  SELECT * INTO w FROM public.assessment_answers x WHERE x.assessment_id = a.id;
  IF s.kind = 'plan_written' AND (a.id IS NULL OR a.made_on < app.today() - v_days) THEN
    PERFORM app.refuse('BS422', format('文書で指導する前に、%s日以内の新しいアセスメントが要ります。', v_days), 'happened_on');
  END IF;
  IF s.kind = 'oral' THEN
    IF (app.group_decision(p_person, s.household_id, app.today())).id IS NULL THEN
      PERFORM app.refuse('BS422', 'どんな支援をするかが決まってから指導してください。先に会議で決めます。', 'happened_on');
    END IF;
    v_months := (app.master_value(s.office_id, 'assessment_numbers',
      CASE WHEN w.health = 'A4' THEN 'evidence_age_unlikely' ELSE 'evidence_age' END) ->> 'number')::integer;
    IF w.health IS NULL OR w.health = 'A9' OR w.health_on IS NULL
       OR coalesce(w.health_on < (app.today() - make_interval(months => v_months))::date, true) THEN
      PERFORM app.refuse('BS422', '健康についての新しい医学的意見がありません。先にアセスメントをしてください。', 'happened_on');
    END IF;
  END IF;
END $$;

CREATE FUNCTION app.check_guidance_plan(s public.guidance_step, p_person uuid) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_matter text := CASE s.kind WHEN 'plan_written' THEN 'written_instruction' WHEN 'plan_hearing' THEN 'hearing'
                               WHEN 'plan_disposition' THEN 'disposition' END;
  v_held date;
BEGIN
  IF (v_matter IS NULL) <> (s.matter_id IS NULL) THEN
    PERFORM app.refuse('BS422', '会議録のある、この人のこの議題を選んでください。', 'matter_id');
  END IF;
  IF v_matter IS NULL THEN RETURN; END IF;
  SELECT c.held_on INTO v_held FROM public.conference_matter m JOIN public.case_conference c ON c.id = m.conference_id
    JOIN public.conference_minutes w ON w.matter_id = m.id
   WHERE m.id = s.matter_id AND m.kind = v_matter AND m.person_id = p_person AND m.household_id = s.household_id;
  IF v_held IS NULL OR v_held > s.happened_on OR EXISTS (SELECT FROM public.guidance_step x WHERE x.matter_id = s.matter_id) THEN
    PERFORM app.refuse('BS422', '会議録のある、この人のこの議題を選んでください。', 'matter_id');
  END IF;
END $$;

-- Days between one thing and the next, and who hears.
CREATE FUNCTION app.check_guidance_days(s public.guidance_step) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_notice public.guidance_step := app.guidance_latest(s.case_id, 'notice');
  v_days integer := app.guidance_number(s.office_id, 'notice_days');
BEGIN
  IF s.happened_on > app.today() THEN
    PERFORM app.refuse('BS422', '今日までの日付にしてください。', 'happened_on');
  END IF;
  IF s.kind IN ('oral', 'notice', 'disposition') AND s.further_on IS NULL
     OR s.kind = 'follow_up' AND s.outcome = 'not_followed' AND s.further_on IS NULL OR s.further_on <= s.happened_on THEN
    PERFORM app.refuse('BS422', 'この記録の日よりあとの日付を入力してください。', 'further_on');
  END IF;
  IF s.kind = 'notice' AND s.further_on < s.happened_on + v_days
     OR s.kind = 'notice_delivery' AND v_notice.further_on < s.happened_on + v_days THEN
    PERFORM app.refuse('BS422', format('弁明の日は、通知から%s日以上先にしてください。', v_days), 'happened_on');
  END IF;
  IF s.kind = 'letter_delivery' AND EXISTS (SELECT FROM public.instruction_item i
       WHERE i.step_id = (app.guidance_latest(s.case_id, 'letter')).id AND i.due_on <= s.happened_on) THEN
    PERFORM app.refuse('BS422', '期限の過ぎた指導指示書は渡せません。起案からやり直してください。', 'happened_on');
  END IF;
  IF s.kind = 'letter_delivery' THEN
    PERFORM app.need_issued('K-15', (app.guidance_latest(s.case_id, 'letter')).id, s.happened_on, 'happened_on');
  ELSIF s.kind = 'notice_delivery' THEN
    PERFORM app.need_issued('K-16', v_notice.id, s.happened_on, 'happened_on');
  END IF;
  IF s.kind = 'hearing' AND s.outcome = 'absent' AND s.happened_on < v_notice.further_on THEN
    PERFORM app.refuse('BS422', '弁明の日が過ぎるまで、出頭しなかったとはできません。', 'happened_on');
  END IF;
END $$;

CREATE FUNCTION app.check_hearing_staff(s public.guidance_step) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF s.kind <> 'hearing' AND s.second_id IS NULL THEN RETURN; END IF;
  IF s.kind <> 'hearing' OR s.second_id IS NULL OR s.second_id = s.noted_by
     OR NOT EXISTS (SELECT FROM public.staff_role r JOIN app.role_permission p ON p.role = r.role AND p.permission = 'guide'
          WHERE r.staff_id = s.second_id AND r.office_id = s.office_id AND r.valid_from <= app.today()
            AND (r.valid_to IS NULL OR r.valid_to >= app.today()))
     OR NOT EXISTS (SELECT FROM unnest(ARRAY[s.noted_by, s.second_id]) AS h (id)
          WHERE NOT EXISTS (SELECT FROM public.guidance_step o WHERE o.case_id = s.case_id AND o.kind = 'oral' AND o.noted_by = h.id)) THEN
    PERFORM app.refuse('BS422', '弁明は、口頭で指導した職員ではない人を含む2人で聴きます。もう1人を選んでください。', 'second_id');
  END IF;
END $$;

-- From light to heavy: 廃止 comes after a suspension and a further letter, or where the case says why not.
CREATE FUNCTION app.check_severity(s public.guidance_step) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_draft public.guidance_step := app.guidance_latest(s.case_id, 'disposition');
BEGIN
  IF s.kind = 'disposition' AND s.outcome <> 'change'
     OR s.kind = 'disposition_final' AND s.outcome = 'approved' AND v_draft.outcome <> 'change' THEN
    PERFORM app.need_life_check(s);
  END IF;
END $$;

CREATE FUNCTION app.was_suspended(p_case uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.guidance_step f WHERE f.case_id = p_case AND f.kind = 'disposition_final' AND f.outcome = 'approved'
     AND f.number < coalesce((app.guidance_latest(p_case, 'letter')).number, 0)
     AND (SELECT d.outcome FROM public.guidance_step d WHERE d.case_id = p_case AND d.kind = 'disposition' AND d.number < f.number
           ORDER BY d.number DESC LIMIT 1) = 'suspend') $$;

-- How often the person was told by word of mouth; only attempts so many days apart count.
CREATE FUNCTION app.told_apart(p_case uuid, p_days integer) RETURNS integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_on date;
  v_last date;
  v_count integer := 0;
BEGIN
  FOR v_on IN SELECT s.happened_on FROM public.guidance_step s WHERE s.case_id = p_case AND s.kind = 'oral' ORDER BY s.happened_on LOOP
    IF v_last IS NULL OR v_on - v_last >= p_days THEN
      v_count := v_count + 1;
      v_last := v_on;
    END IF;
  END LOOP;
  RETURN v_count;
END $$;

CREATE FUNCTION app.guard_guidance_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE c public.guidance_case;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('guide') OR NEW.noted_by IS DISTINCT FROM app.me() OR NEW.household_id <> ALL (app.opened()) THEN
    PERFORM app.refuse('BS403', '指導の段階は、権限のある人が、開いた世帯に自分の名前でだけ記録できます。');
  END IF;
  -- FOR UPDATE: one step of a case after the other.
  SELECT * INTO c FROM public.guidance_case x WHERE x.id = NEW.case_id AND x.household_id = NEW.household_id FOR UPDATE;
  IF c.id IS NULL THEN PERFORM app.refuse('BS403', 'この指導は見つからないか、この世帯のものではありません。'); END IF;
  IF EXISTS (SELECT FROM public.guidance_step s WHERE s.noted_by = app.me() AND s.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '段階は一つずつ記録します。まとめては記録できません。');
  END IF;
  IF app.is_guidance_held(NEW.household_id) THEN
    PERFORM app.refuse('BS409', '安全の確認が先です。保留が解かれるまで、指導はできません。');
  END IF;
  NEW.office_id := c.office_id;
  NEW.noted_at := app.now();
  NEW.number := coalesce((SELECT max(s.number) FROM public.guidance_step s WHERE s.case_id = c.id), 0) + 1;
  PERFORM app.pass_guidance_gate(NEW);
  PERFORM app.check_guidance_days(NEW);
  PERFORM app.check_guided_person(NEW, c.person_id, c.subject);
  PERFORM app.check_guidance_plan(NEW, c.person_id);
  PERFORM app.check_hearing_staff(NEW);
  PERFORM app.check_severity(NEW);
  IF NEW.kind = 'review' AND app.told_apart(c.id, app.guidance_number(c.office_id, 'oral_spacing_days'))
       < app.guidance_number(c.office_id, 'oral_attempts') THEN
    PERFORM app.refuse('BS422', '口頭による指導の回数か、その間の日数が足りません。', 'happened_on');
  END IF;
  IF (NEW.kind = 'resolution') <> (NEW.of_step IS NOT NULL)
     OR NEW.of_step IS NOT NULL AND NOT EXISTS (SELECT FROM public.guidance_step h WHERE h.id = NEW.of_step AND h.case_id = c.id AND h.kind = 'hindrance') THEN
    PERFORM app.refuse('BS422', 'まだ解消していない事情を選んでください。', 'of_step');
  END IF;
  IF NEW.kind IN ('plan_hearing', 'notice', 'notice_decision', 'notice_delivery', 'hearing', 'plan_disposition', 'disposition',
                  'disposition_first', 'disposition_final') AND app.open_hindrance(c.id, NULL) THEN
    PERFORM app.refuse('BS409', '解消していない事情があります。人が確かめて解消してから進んでください。');
  END IF;
  RETURN NEW;
END $$;
