-- Visit plans (訪問計画): submitted, decided and departed from by these functions only, as the table of moves allows.

-- Where the household is visited on a day: as the ledger has it, or the group home that its approved grade names.
CREATE FUNCTION app.visited_place(p_household uuid, p_day date) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN (app.grade_decision(p_household, p_day)).place = 'group_home' AND x.place <> 'hospital' THEN 'group_home'
               ELSE x.place END
     FROM (SELECT app.living_place(p_household, p_day) AS place) x $$;

-- The household's stays under protection between two days (`services/households/stays.py`); not of before its last closing.
CREATE FUNCTION app.protected_stays(p_household uuid, p_first date, p_last date)
RETURNS TABLE (since date, days integer, place text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  WITH protected AS (
    SELECT greatest(s.valid_from, p_first) AS f, least(coalesce(s.valid_to, p_last), p_last) AS t
      FROM public.household_state_period s
     WHERE s.household_id = p_household AND s.state = 'receiving' AND s.valid_from <= p_last
       AND coalesce(s.valid_to, p_last) >= p_first
       AND NOT EXISTS (SELECT FROM public.household_state_period c WHERE c.household_id = p_household AND c.state = 'closed'
                         AND c.valid_from > s.valid_from AND c.valid_from <= app.today())),
  change AS (
    SELECT unnest(ARRAY[m.valid_from, m.valid_to + 1, p.died_on]) AS day
      FROM public.member m JOIN public.person p ON p.id = m.person_id WHERE m.household_id = p_household
    UNION SELECT unnest(ARRAY[r.valid_from, r.valid_to + 1])
      FROM public.member m JOIN public.residence_period r ON r.person_id = m.person_id WHERE m.household_id = p_household
    UNION SELECT g.effective_from FROM public.visit_grade g WHERE g.household_id = p_household AND g.state = 'approved'),
  part AS (
    SELECT p.f AS day, p.f, p.t FROM protected p
    UNION SELECT c.day, p.f, p.t FROM protected p JOIN change c ON c.day > p.f AND c.day <= p.t)
  SELECT x.day, lead(x.day, 1, x.t + 1) OVER (PARTITION BY x.f ORDER BY x.day) - x.day,
         app.visited_place(p_household, x.day)
    FROM part x $$;

-- Visits that the days of a plan ask for, of a household under protection (局長通知 第12-1; `domain/visit_floors.py`), by the
-- office's table of how part-years and changes of place count.
CREATE FUNCTION app.required_visits(p_office uuid, p_household uuid, p_first date, p_last date) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_rule jsonb := app.master_value(p_office, 'visit_counting', 'office');
  v_since date := (SELECT max(s.valid_from) FROM public.household_state_period s WHERE s.household_id = p_household
    AND s.state = 'receiving' AND s.valid_from <= app.today() AND (s.valid_to IS NULL OR s.valid_to >= app.today()));
  v_part text := coalesce(v_rule ->> 'part_year', 'up');
  v_length integer := p_last - p_first + 1;
  v_covered integer;
  v_by_days integer;
  v_floor integer;
BEGIN
  IF v_since IS NULL OR v_since > p_last THEN RETURN 0; END IF;
  WITH stay AS (SELECT x.*, app.legal_floor(p_office, x.place) AS floor FROM app.protected_stays(p_household, p_first, p_last) x),
  counted AS (
    SELECT s.place, s.floor, sum(s.days)::integer AS days, min(s.since) AS first_on FROM stay s
     WHERE s.place <> 'hospital' OR (v_rule ->> 'pauses_in_hospital')::boolean IS NOT TRUE GROUP BY s.place, s.floor),
  ended AS (SELECT s.place FROM stay s ORDER BY s.since DESC LIMIT 1)
  SELECT sum(c.days), sum(c.days * c.floor), CASE coalesce(v_rule ->> 'changes', 'by_days')
         WHEN 'highest' THEN max(c.floor)
         WHEN 'longest' THEN (SELECT l.floor FROM counted l ORDER BY l.days DESC, l.floor DESC LIMIT 1)
         WHEN 'last' THEN (SELECT l.floor FROM counted l ORDER BY (l.place = (SELECT e.place FROM ended e)) DESC, l.days DESC,
                             l.first_on LIMIT 1) END
    INTO v_covered, v_by_days, v_floor FROM counted c;
  IF coalesce(v_covered, 0) = 0 THEN RETURN 0; END IF;
  v_by_days := CASE WHEN v_floor IS NULL THEN v_by_days ELSE v_floor * v_covered END;
  v_length := CASE v_part WHEN 'whole' THEN v_covered ELSE v_length END;
  RETURN CASE v_part WHEN 'down' THEN v_by_days / v_length
    WHEN 'nearest' THEN (2 * v_by_days + v_length) / (2 * v_length)
    ELSE (v_by_days + v_length - 1) / v_length END;
END $$;

-- Visits that count for the floor of a plan's year: planned from the month of the first draft on, and really made before that day.
CREATE FUNCTION app.counting_visits(p public.visit_plan, p_household uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT count(*) FROM public.planned_visit v WHERE v.plan_id = p.id AND v.household_id = p_household AND v.to_version IS NULL
             AND v.month >= date_trunc('month', d.drafted_on)::date)::integer
       + (SELECT count(*) FROM public.contact c JOIN public.entry e ON e.contact_id = c.id
           WHERE c.household_id = p_household AND c.is_home_visit AND NOT e.is_annulled AND e.state <> 'draft'
             AND c.happened_on BETWEEN p.first_on AND least(d.drafted_on, (p.first_on + interval '1 year')::date - 1) - 1)::integer
    FROM (SELECT (v.saved_at AT TIME ZONE 'Asia/Tokyo')::date AS drafted_on FROM public.visit_plan_version v
           WHERE v.plan_id = p.id AND v.version = 1) d $$;

-- Households of a year's plan with fewer visits than the law asks, and no exception that allows it.
CREATE FUNCTION app.under_floor(p public.visit_plan) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(x.id), '{}') FROM (
    SELECT h.id, app.required_visits(p.office_id, h.id, p.first_on, (p.first_on + interval '1 year')::date - 1) AS required,
           app.counting_visits(p, h.id) AS planned,
           (SELECT (app.master_value(p.office_id, 'visit_exceptions', e.reason) ->> 'fewest')::integer FROM public.plan_exception e
             WHERE e.plan_id = p.id AND e.household_id = h.id AND e.to_version IS NULL) AS fewest
      FROM public.household h WHERE h.district_id = p.district_id AND h.state = 'receiving') x
   WHERE p.kind = 'year' AND x.planned < least(x.required, coalesce(x.fewest, x.required)) $$;

-- Approving positions that the person holds for a district: supervisors for their own, heads for the office.
CREATE FUNCTION app.plan_positions(p_office uuid, p_district uuid) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(p.role ORDER BY p.rank), '{}') FROM app.position p
    WHERE p_office = ANY (app.my_offices()) AND p.role = ANY ((SELECT app.my_roles())::text[])
      AND (p.role <> 'supervisor' OR p_district = ANY ((SELECT app.districts_as('{supervisor}'))::uuid[])) $$;

-- Only a second person decides: of a position over the district, who saved no version of the plan and did not hand it in.
CREATE FUNCTION app.judge_plan_decider(p public.visit_plan) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.may('decide_approvals') OR app.plan_positions(p.office_id, p.district_id) = '{}' THEN
    PERFORM app.refuse('BS403', 'この地区の訪問計画を決裁する職務がありません。');
  END IF;
  IF app.me() IN (p.drafted_by, p.submitted_by)
     OR EXISTS (SELECT FROM public.visit_plan_version v WHERE v.plan_id = p.id AND v.saved_by = app.me()) THEN
    PERFORM app.refuse('BS403', '訪問計画を作った人は承認も差戻しもできません。別の査察指導員か上位の職が決裁してください。');
  END IF;
END $$;

CREATE FUNCTION app.put_plan_step(p public.visit_plan, p_position text, p_words text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_number integer;
BEGIN
  SELECT 1 + coalesce(max(s.number), 0) INTO v_number FROM public.visit_plan_step s WHERE s.plan_id = p.id;
  INSERT INTO public.visit_plan_step (plan_id, number, office_id, state, version, content_hash, position, by_id, at)
  VALUES (p.id, v_number, p.office_id, p.state, p.version, p.content_hash, p_position, app.me(), app.now());
  IF p_words <> '' THEN
    INSERT INTO public.visit_plan_step_text (plan_id, number, office_id, words) VALUES (p.id, v_number, p.office_id, p_words);
  END IF;
END $$;

-- Moves a plan on from what was shown: its version and its hash.
CREATE FUNCTION app.move_visit_plan(p_id uuid, p_version integer, p_hash text, p_move text, p_words text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  p public.visit_plan := app.plan_at_hand(p_id, p_version);
  m app.plan_move;
  v_words text := app.plan_words(p_words, 'words');
BEGIN
  IF p.content_hash IS DISTINCT FROM p_hash THEN
    PERFORM app.refuse('BS409', '表示した後に訪問計画が変わりました。もう一度開いて読んでから決裁してください。');
  END IF;
  SELECT * INTO m FROM app.plan_move x WHERE x.move = p_move;
  IF m.move IS NULL OR p.state <> ALL (m.from_states) THEN
    PERFORM app.refuse('BS409', 'この訪問計画は、いまの状態ではその操作ができません。最新の状態を確認してください。');
  END IF;
  IF m.party = 'decider' THEN PERFORM app.judge_plan_decider(p);
  ELSE PERFORM app.planning_office(p.district_id); END IF;
  IF v_words = '' AND m.needs_words THEN PERFORM app.refuse('BS422', '理由を入力してください。', 'words'); END IF;
  IF m.judges_floor AND NOT EXISTS (SELECT FROM public.planned_visit v WHERE v.plan_id = p.id AND v.to_version IS NULL) THEN
    PERFORM app.refuse('BS422', '訪問が一つもない計画は提出できません。');
  END IF;
  IF m.judges_floor AND app.under_floor(p) <> '{}' THEN
    PERFORM app.refuse('BS422',
      '法定の訪問回数に足りない世帯があります。訪問を足すか、例外の区分と理由を世帯ごとに入力してください。', 'exceptions');
  END IF;
  UPDATE public.visit_plan x SET state = m.to_state, state_at = app.now(),
         submitted_by = CASE p_move WHEN 'submit' THEN app.me() WHEN 'withdraw' THEN NULL ELSE x.submitted_by END,
         submitted_at = CASE p_move WHEN 'submit' THEN app.now() WHEN 'withdraw' THEN NULL ELSE x.submitted_at END,
         decided_by = CASE m.party WHEN 'decider' THEN app.me() END,
         decided_at = CASE m.party WHEN 'decider' THEN app.now() END
   WHERE x.id = p.id RETURNING * INTO p;
  PERFORM app.put_plan_step(p, CASE m.party WHEN 'decider' THEN (app.plan_positions(p.office_id, p.district_id))[1] ELSE '' END, v_words);
  RETURN p.state;
END $$;

-- Where a visit of an approved plan stands now: as approved, or as the last deviation left it. No row where it is not planned.
CREATE FUNCTION app.visit_now(p public.visit_plan, p_visit uuid) RETURNS public.visit_deviation LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE d public.visit_deviation;
BEGIN
  SELECT * INTO d FROM public.visit_deviation x WHERE x.plan_id = p.id AND x.visit_id = p_visit ORDER BY x.number DESC LIMIT 1;
  IF d.id IS NOT NULL THEN RETURN d; END IF;
  SELECT v.visit_id, v.household_id, v.month, v.day, v.half INTO d.visit_id, d.household_id, d.to_month, d.to_day, d.to_half
    FROM public.planned_visit v WHERE v.plan_id = p.id AND v.visit_id = p_visit AND v.to_version IS NULL;
  RETURN d;
END $$;

-- Notes what is done otherwise than approved, with its coded reason. The same one once more changes nothing.
CREATE FUNCTION app.deviate(p_id uuid, p_plan uuid, p_visit uuid, p_household uuid, p_change text, p_shown integer, p_reason text,
                            p_month date, p_day date, p_half text, p_kind text, p_minutes integer, p_words text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  p public.visit_plan;
  d public.visit_deviation;
  v_number integer;
  v_words text := app.plan_words(p_words, 'words');
  v_end date;
BEGIN
  SELECT * INTO p FROM public.visit_plan x WHERE x.id = p_plan AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  PERFORM app.planning_office(p.district_id);
  SELECT x.number INTO v_number FROM public.visit_deviation x WHERE x.id = p_id AND x.plan_id = p_plan AND x.by_id = app.me();
  IF v_number IS NOT NULL THEN RETURN v_number; END IF;
  IF p.state <> 'approved' THEN
    PERFORM app.refuse('BS409', '変更の記録は、承認された訪問計画にだけ入れられます。');
  END IF;
  SELECT coalesce(max(x.number), 0) INTO v_number FROM public.visit_deviation x WHERE x.plan_id = p.id;
  IF v_number IS DISTINCT FROM p_shown THEN
    PERFORM app.refuse('BS409', 'この訪問計画は別の職員が先に変えました。最新の状態を確認してください。');
  END IF;
  IF app.master_value(p.office_id, 'visit_deviation_reasons', p_reason) IS NULL THEN
    PERFORM app.refuse('BS422', '変更の理由を一覧から選んでください。', 'reason');
  END IF;
  d := app.visit_now(p, p_visit);
  v_end := p.first_on + CASE p.kind WHEN 'year' THEN interval '1 year' ELSE interval '1 month' END;
  IF p_change = 'added' THEN
    IF d.visit_id IS NOT NULL OR NOT EXISTS (SELECT FROM public.household h WHERE h.id = p_household AND h.district_id = p.district_id)
       OR coalesce(p_minutes NOT BETWEEN 5 AND 480, true) THEN
      PERFORM app.refuse('BS422', '計画の訪問に、期間・場所・時間の合わないものがあります。画面を開き直してください。', 'visits');
    END IF;
  ELSIF d.visit_id IS NULL OR d.household_id IS DISTINCT FROM p_household OR coalesce(d.change, '') = 'cancelled' THEN
    PERFORM app.refuse('BS409', 'この訪問は計画にありません。最新の状態を確認してください。');
  END IF;
  IF p_change = 'cancelled' THEN
    p_month := NULL; p_day := NULL; p_half := NULL;
  ELSIF coalesce(p_month < p.first_on OR p_month >= v_end OR extract(day FROM p_month) <> 1, true)
     OR p_day IS NOT NULL AND date_trunc('month', p_day)::date <> p_month OR p_day IS NULL AND p_half IS NOT NULL THEN
    PERFORM app.refuse('BS422', '計画の期間の中の月を選んでください。', 'month');
  ELSIF p_change = 'moved' AND (d.to_month, d.to_day, d.to_half) IS NOT DISTINCT FROM (p_month, p_day, p_half) THEN
    PERFORM app.refuse('BS422', 'いまの計画と同じです。変える月か日を選んでください。', 'month');
  END IF;
  INSERT INTO public.visit_deviation (id, office_id, plan_id, number, visit_id, household_id, change, reason, from_month, from_day,
         from_half, to_month, to_day, to_half, kind, minutes, by_id, at)
  VALUES (p_id, p.office_id, p.id, v_number + 1, p_visit, p_household, p_change, p_reason, d.to_month, d.to_day, d.to_half,
          p_month, p_day, p_half, CASE p_change WHEN 'added' THEN p_kind END, CASE p_change WHEN 'added' THEN p_minutes END,
          app.me(), app.now());
  IF v_words <> '' THEN
    INSERT INTO public.visit_deviation_text (deviation_id, office_id, household_id, words)
    VALUES (p_id, p.office_id, p_household, v_words);
  END IF;
  RETURN v_number + 1;
END $$;
