-- Blind double checks (二重確認): drawn by chance, answered by somebody else, and hidden from that person until the answers are in.

-- Households of which the person is asked for second answers now: first answers, proposals and decisions stay closed to him.
CREATE FUNCTION app.blind_households() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE v_me uuid := app.me();
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT x.household_id), '{}') FROM public.blind_check_assignment x
    WHERE x.second_id = v_me AND x.answered_at IS NULL AND x.withdrawn_at IS NULL);
END $$;

-- What may be drawn of a quarter: the last decision of each person in it that is more than one for the time being, of households that the
-- person supervises, but for what another draw took. The same in `services/blind_checks/drawing.py`.
CREATE FUNCTION app.blind_pool(p_office uuid, p_quarter date, p_draw uuid) RETURNS TABLE (decision_id uuid) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT d.id FROM public.support_group_decision d JOIN public.household h ON h.id = d.household_id
    WHERE d.office_id = p_office AND d.how <> 'provisional' AND h.state <> 'closed'
      AND d.effective_from >= p_quarter AND d.effective_from < (p_quarter + interval '3 months')::date AND d.effective_from <= app.today()
      AND (p_office = ANY ((SELECT app.wide_offices())::uuid[]) OR h.district_id = ANY ((SELECT app.districts_as('{supervisor}'))::uuid[]))
      AND NOT EXISTS (SELECT FROM public.support_group_decision n WHERE n.person_id = d.person_id AND n.how <> 'provisional'
            AND n.effective_from < (p_quarter + interval '3 months')::date AND n.effective_from <= app.today()
            AND (n.effective_from, n.decided_at, n.id) > (d.effective_from, d.decided_at, d.id))
      AND NOT EXISTS (SELECT FROM public.blind_check c WHERE c.decision_id = d.id AND c.draw_id <> p_draw) $$;

CREATE FUNCTION app.guard_blind_draw() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NEW.drawn_by IS DISTINCT FROM app.me() OR NEW.office_id <> ALL (app.offices_with('decide_approvals')) THEN
    PERFORM app.refuse('BS403', '抽出できるのは、査察指導員か上位の職の人が自分の名前でだけです。抽出したものは変わりません。');
  END IF;
  IF date_trunc('quarter', NEW.quarter_on)::date <> NEW.quarter_on OR NEW.quarter_on > app.today() THEN
    PERFORM app.refuse('BS422', '四半期は、今日までの四半期から選んでください。', 'quarter_on');
  END IF;
  PERFORM app.need_word(NEW.reason, 'reason', CASE WHEN EXISTS (
      SELECT FROM public.blind_draw x WHERE x.office_id = NEW.office_id AND x.quarter_on = NEW.quarter_on AND x.drawn_by = NEW.drawn_by)
    THEN 'この四半期はもう抽出しています。もう一度抽出する理由を入力してください。' ELSE '' END);
  NEW.drawn_at := app.now();
  NEW.seed := ('x' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12))::bit(48)::bigint;
  RETURN NEW;
END $$;

-- Cases come with their draw and never later.
CREATE FUNCTION app.guard_blind_check() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE d public.support_group_decision;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO d FROM public.support_group_decision x WHERE x.id = NEW.decision_id;
  IF TG_OP <> 'INSERT' OR (d.household_id, d.person_id, d.assessment_id) IS DISTINCT FROM (NEW.household_id, NEW.person_id, NEW.assessment_id)
     OR NOT EXISTS (SELECT FROM public.blind_draw w WHERE w.id = NEW.draw_id AND w.office_id = d.office_id AND w.drawn_by = app.me()
                     AND w.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の抽出にだけ足せます。');
  END IF;
  NEW.office_id := d.office_id;
  RETURN NEW;
END $$;

-- At the end of the transaction a draw holds what its seed draws, nothing else and nothing less.
CREATE FUNCTION app.blind_draw_is_chance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_pool integer;
  v_picked uuid[];
  v_held uuid[];
BEGIN
  IF app.is_maintenance() THEN RETURN NULL; END IF;
  SELECT count(*) INTO v_pool FROM app.blind_pool(NEW.office_id, NEW.quarter_on, NEW.id);
  SELECT coalesce(array_agg(x.decision_id ORDER BY x.decision_id), '{}') INTO v_picked FROM (
    SELECT p.decision_id FROM app.blind_pool(NEW.office_id, NEW.quarter_on, NEW.id) p
     ORDER BY encode(sha256(convert_to(NEW.seed || ':' || p.decision_id, 'UTF8')), 'hex') COLLATE "C" LIMIT NEW.wanted) x;
  SELECT coalesce(array_agg(c.decision_id ORDER BY c.decision_id), '{}') INTO v_held FROM public.blind_check c WHERE c.draw_id = NEW.id;
  IF v_pool <> NEW.pool OR v_held <> v_picked THEN
    PERFORM app.refuse('BS409', '抽出の対象がその間に変わりました。もう一度抽出してください。');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_chance AFTER INSERT ON public.blind_draw DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.blind_draw_is_chance();

-- Whether somebody may answer a second time: a caseworker of the office who supervises nobody, did not write the first answers and does not
-- look after the household. The same in `services/blind_checks/seconds.py`.
CREATE FUNCTION app.may_be_second(p_staff uuid, p_check uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.blind_check c JOIN public.household h ON h.id = c.household_id
      JOIN public.assessment a ON a.id = c.assessment_id JOIN public.staff s ON s.id = p_staff AND s.office_id = c.office_id
     WHERE c.id = p_check AND a.author_id <> s.id
       AND s.active_from <= app.today() AND (s.active_to IS NULL OR s.active_to >= app.today())
       AND EXISTS (SELECT FROM public.staff_role r WHERE r.staff_id = s.id AND r.role = 'caseworker'
             AND r.valid_from <= app.today() AND (r.valid_to IS NULL OR r.valid_to >= app.today()))
       AND NOT EXISTS (SELECT FROM public.staff_role r JOIN app.role_permission p ON p.role = r.role AND p.permission = 'see_supervision'
            WHERE r.staff_id = s.id AND r.valid_from <= app.today() AND (r.valid_to IS NULL OR r.valid_to >= app.today()))
       AND NOT EXISTS (SELECT FROM public.assignment g WHERE g.staff_id = s.id AND g.district_id = h.district_id
             AND g.valid_from <= app.today() AND (g.valid_to IS NULL OR g.valid_to >= app.today()))
       AND c.household_id <> ALL (app.in_care_of(s.id, c.office_id, app.today()))) $$;

CREATE FUNCTION app.guard_blind_check_assignment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.answered_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL THEN
      PERFORM app.refuse('BS409', 'この二重確認は、回答したか取りやめています。');
    END IF;
    IF NEW.answered_at IS NOT NULL THEN
      IF NEW.second_id IS DISTINCT FROM app.me() OR NEW.withdrawn_at IS NOT NULL
         OR NOT EXISTS (SELECT FROM public.blind_answers w WHERE w.assignment_id = NEW.id) THEN
        PERFORM app.refuse('BS403', '回答できるのは、頼まれた本人だけです。');
      END IF;
      NEW.answered_at := app.now();
      RETURN NEW;
    END IF;
    IF NEW.withdrawn_by IS DISTINCT FROM app.me() OR NEW.withdrawn_why IS NULL OR app.positions_in(NEW.household_id) = '{}' THEN
      PERFORM app.refuse('BS403', '取りやめられるのは、地区の査察指導員か上位の職の人が自分の名前でだけです。');
    END IF;
    NEW.withdrawn_at := app.now();
    RETURN NEW;
  END IF;
  IF NOT app.may('decide_approvals') OR NEW.assigned_by IS DISTINCT FROM app.me() OR NEW.second_id = app.me()
     OR app.positions_in(NEW.household_id) = '{}' OR NEW.answered_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL
     OR NOT EXISTS (SELECT FROM public.blind_check c WHERE c.id = NEW.check_id
                     AND (c.household_id, c.person_id) = (NEW.household_id, NEW.person_id)) THEN
    PERFORM app.refuse('BS403', '二重確認を頼めるのは、地区の査察指導員か上位の職の人が自分の名前でだけです。');
  END IF;
  IF NOT app.may_be_second(NEW.second_id, NEW.check_id) THEN
    PERFORM app.refuse('BS422', 'はじめの評価を書いた人、この世帯の担当、査察指導の職務の人には頼めません。', 'second_id');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.assigned_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_blind_answers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.blind_check_assignment x WHERE x.id = NEW.assignment_id
       AND x.household_id = NEW.household_id AND x.second_id = app.me() AND x.answered_at IS NULL AND x.withdrawn_at IS NULL) THEN
    PERFORM app.refuse('BS403', '回答できるのは、頼まれた本人が一度だけです。');
  END IF;
  PERFORM app.need_word(NEW.words, 'words', '');
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.form_on := app.today();
  RETURN NEW;
END $$;

CREATE FUNCTION app.blind_answers_are_noted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_maintenance() AND EXISTS (SELECT FROM public.blind_check_assignment x
       WHERE x.id = NEW.assignment_id AND x.answered_at IS NULL) THEN
    PERFORM app.refuse('BS422', '回答した日時がありません。');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_noted AFTER INSERT ON public.blind_answers DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.blind_answers_are_noted();

-- Item by item whether both answered alike, once both did: for those who supervise, of their households. Which answers they were stays content.
CREATE FUNCTION app.blind_agreement(p_office uuid) RETURNS TABLE (check_id uuid, health boolean, motivation boolean, barriers boolean, drive boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_wide boolean;
  v_districts uuid[];
BEGIN
  IF p_office <> ALL (app.offices_with('see_supervision')) THEN RETURN; END IF;
  v_wide := p_office = ANY (app.wide_offices());
  v_districts := app.duty_districts();
  RETURN QUERY SELECT c.id, a.health = w.health, a.motivation = w.motivation, a.barriers = w.barriers, a.drive = w.drive
     FROM public.blind_check c
     JOIN public.blind_check_assignment x ON x.check_id = c.id AND x.answered_at IS NOT NULL
     JOIN public.blind_answers w ON w.assignment_id = x.id
     JOIN public.assessment_answers a ON a.assessment_id = c.assessment_id
     JOIN public.household h ON h.id = c.household_id
    WHERE c.office_id = p_office AND (v_wide OR h.district_id = ANY (v_districts));
END $$;
