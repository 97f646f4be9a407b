-- Visit plans (訪問計画): saved by these functions only. Their tables have no grant to write, so that versions, people, times
-- and the hash of what was displayed are the server's, and nothing that was planned or approved is forgotten.

-- The plan's office, for whoever plans for the district: its caseworkers and supervisors, with those they stand in for.
CREATE FUNCTION app.planning_office(p_district uuid) RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_office uuid;
BEGIN
  IF app.me() IS NULL OR NOT app.may('write_records') THEN
    PERFORM app.refuse('BS403', '訪問計画を扱う職務がありません。');
  END IF;
  SELECT d.office_id INTO v_office FROM public.district d WHERE d.id = p_district AND d.office_id = ANY (app.my_offices());
  IF v_office IS NULL OR p_district <> ALL (app.districts_as('{main,deputy,supervisor}')) THEN
    PERFORM app.refuse('BS403', 'この地区は担当していません。訪問計画を立てられるのは、地区の担当員・副担当と査察指導員です。');
  END IF;
  RETURN v_office;
END $$;

-- The plan, locked, as it was shown, for whoever's duty the district is.
CREATE FUNCTION app.plan_at_hand(p_id uuid, p_version integer) RETURNS public.visit_plan LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.visit_plan;
BEGIN
  SELECT * INTO p FROM public.visit_plan x WHERE x.id = p_id AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF p.id IS NULL OR NOT app.may('open_case_files')
     OR NOT (p.office_id = ANY (app.wide_offices()) OR p.district_id = ANY (app.duty_districts())) THEN
    PERFORM app.refuse('BS403', 'この訪問計画は見つからないか、担当する地区のものではありません。');
  END IF;
  IF p.version IS DISTINCT FROM p_version THEN
    PERFORM app.refuse('BS409', 'この訪問計画は別の職員が先に変えました。最新の状態を確認してください。');
  END IF;
  RETURN p;
END $$;

CREATE FUNCTION app.plan_words(p_text text, p_field text) RETURNS text LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_text text := app.trimmed(p_text);
BEGIN
  IF char_length(v_text) > 2000 THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', p_field);
  END IF;
  RETURN v_text;
END $$;

CREATE FUNCTION app.sha_of(p_text text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT encode(sha256(convert_to(coalesce(p_text, ''), 'UTF8')), 'hex') $$;

CREATE FUNCTION app.iso_day(p_day date) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(to_char(p_day, 'YYYY-MM-DD'), '') $$;

-- The plan's content in one spelling (`domain/visit_plan_digest.py` spells it alike): the version that stands now.
CREATE FUNCTION app.plan_digest(p_id uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  SELECT app.sha_of(concat_ws(E'\n', format('%s|%s|%s', p.kind, p.district_id, app.iso_day(p.first_on)),
    (SELECT string_agg(concat(v.visit_id, '|', v.household_id, '|', v.kind, '|', app.iso_day(v.month), '|', app.iso_day(v.day), '|',
            v.half, '|', v.place, '|', v.minutes, '|', v.purposes, '|', v.is_statutory::integer, '|', v.is_announced::integer, '|',
            v.is_locked::integer, '|', v.rule, '|', app.iso_day(v.first_on), '|', app.iso_day(v.last_on), '|',
            app.iso_day(v.due_on), '|', v.unplanned, '|', app.sha_of(t.note)), E'\n' ORDER BY v.visit_id)
       FROM public.planned_visit v LEFT JOIN public.planned_visit_text t
         ON t.plan_id = v.plan_id AND t.visit_id = v.visit_id AND t.from_version = v.from_version
      WHERE v.plan_id = p.id AND v.to_version IS NULL),
    (SELECT string_agg(concat('!|', e.household_id, '|', e.reason, '|', app.sha_of(t.words)), E'\n' ORDER BY e.household_id)
       FROM public.plan_exception e LEFT JOIN public.plan_exception_text t
         ON t.plan_id = e.plan_id AND t.household_id = e.household_id AND t.from_version = e.from_version
      WHERE e.plan_id = p.id AND e.to_version IS NULL)))
    FROM public.visit_plan p WHERE p.id = p_id $$;

-- What a saving's visits cannot be: each of a household of the district, in a month of the plan, on a day of that month.
CREATE FUNCTION app.check_planned_visits(p public.visit_plan, p_visits jsonb) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_end date := p.first_on + CASE p.kind WHEN 'year' THEN interval '1 year' ELSE interval '1 month' END;
BEGIN
  IF jsonb_typeof(p_visits) IS DISTINCT FROM 'array' OR jsonb_array_length(p_visits) > 5000 THEN
    PERFORM app.refuse('BS422', '計画の訪問に、期間・場所・時間の合わないものがあります。画面を開き直してください。', 'visits');
  END IF;
  IF EXISTS (SELECT FROM jsonb_to_recordset(p_visits) AS v(household_id uuid, visit_id uuid)
      WHERE NOT EXISTS (SELECT FROM public.household h WHERE h.id = v.household_id AND h.district_id = p.district_id)
        AND NOT EXISTS (SELECT FROM public.planned_visit o WHERE o.plan_id = p.id AND o.visit_id = v.visit_id
                         AND o.household_id = v.household_id)) THEN
    PERFORM app.refuse('BS403', 'この地区の世帯だけを計画に入れられます。');
  END IF;
  IF EXISTS (SELECT FROM jsonb_to_recordset(p_visits) AS v(visit_id uuid, month date, day date, half text, place integer,
                 minutes integer, rule text, unplanned text, purposes text)
      WHERE v.visit_id IS NULL OR coalesce(v.minutes NOT BETWEEN 5 AND 480, true)
         OR (v.month IS NULL) <> (coalesce(v.unplanned, '') <> '')
         OR v.month IS NOT NULL AND (v.month < p.first_on OR v.month >= v_end OR extract(day FROM v.month) <> 1)
         OR v.day IS NOT NULL AND (v.month IS NULL OR date_trunc('month', v.day)::date <> v.month)
         OR v.day IS NULL AND (v.half IS NOT NULL OR v.place IS NOT NULL)
         OR coalesce(v.rule !~ '^[a-z][a-z0-9_]{0,39}$', true)
         OR coalesce(v.unplanned, '') !~ '^([a-z][a-z0-9_]{0,39})?$'
         OR coalesce(v.purposes, '') !~ '^([a-z0-9_]{1,40}(,[a-z0-9_]{1,40}){0,19})?$') THEN
    PERFORM app.refuse('BS422', '計画の訪問に、期間・場所・時間の合わないものがあります。画面を開き直してください。', 'visits');
  END IF;
  IF EXISTS (SELECT FROM jsonb_to_recordset(p_visits) AS v(visit_id uuid, household_id uuid)
              JOIN public.planned_visit o ON o.plan_id = p.id AND o.visit_id = v.visit_id
              WHERE o.household_id IS DISTINCT FROM v.household_id)
     OR (SELECT count(*) <> count(DISTINCT v.visit_id) FROM jsonb_to_recordset(p_visits) AS v(visit_id uuid)) THEN
    PERFORM app.refuse('BS422', '計画の訪問に、期間・場所・時間の合わないものがあります。画面を開き直してください。', 'visits');
  END IF;
END $$;

-- Ends the rows that a saving replaces and adds the new ones; the old ones stay.
CREATE FUNCTION app.put_planned_visits(p public.visit_plan, p_visits jsonb, p_removed uuid[]) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.planned_visit o SET to_version = p.version
   WHERE o.plan_id = p.id AND o.to_version IS NULL AND (o.visit_id = ANY (coalesce(p_removed, '{}'))
      OR o.visit_id IN (SELECT v.visit_id FROM jsonb_to_recordset(p_visits) AS v(visit_id uuid)));
  INSERT INTO public.planned_visit (plan_id, visit_id, from_version, office_id, household_id, kind, month, day, half, place,
         minutes, purposes, is_statutory, is_announced, is_locked, rule, rule_values, first_on, last_on, due_on, unplanned,
         unplanned_values)
  SELECT p.id, v.visit_id, p.version, p.office_id, v.household_id, v.kind, v.month, v.day, v.half, v.place, v.minutes,
         coalesce(v.purposes, ''), coalesce(v.is_statutory, false), coalesce(v.is_announced, false),
         coalesce(v.is_locked, false), v.rule, coalesce(v.rule_values, '{}'), v.first_on, v.last_on, v.due_on,
         coalesce(v.unplanned, ''), coalesce(v.unplanned_values, '{}')
    FROM jsonb_to_recordset(p_visits) AS v(visit_id uuid, household_id uuid, kind text, month date, day date, half text,
         place integer, minutes integer, purposes text, is_statutory boolean, is_announced boolean, is_locked boolean, rule text,
         rule_values jsonb, first_on date, last_on date, due_on date, unplanned text, unplanned_values jsonb);
  INSERT INTO public.planned_visit_cost (plan_id, visit_id, from_version, office_id, household_id, terms)
  SELECT p.id, v.visit_id, p.version, p.office_id, v.household_id, v.terms
    FROM jsonb_to_recordset(p_visits) AS v(visit_id uuid, household_id uuid, terms jsonb) WHERE jsonb_typeof(v.terms) = 'object';
  INSERT INTO public.planned_visit_text (plan_id, visit_id, from_version, office_id, household_id, note)
  SELECT p.id, v.visit_id, p.version, p.office_id, v.household_id, app.plan_words(v.note, 'note')
    FROM jsonb_to_recordset(p_visits) AS v(visit_id uuid, household_id uuid, note text) WHERE app.trimmed(v.note) <> '';
END $$;

-- Exceptions set or lifted: a code of the office's table, and words that are written with the file open.
CREATE FUNCTION app.put_plan_exceptions(p public.visit_plan, p_exceptions jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE e record; v_words text;
BEGIN
  FOR e IN SELECT * FROM jsonb_to_recordset(p_exceptions) AS x(household_id uuid, reason text, words text) LOOP
    IF NOT EXISTS (SELECT FROM public.household h WHERE h.id = e.household_id AND h.district_id = p.district_id) THEN
      PERFORM app.refuse('BS403', 'この地区の世帯だけを計画に入れられます。');
    END IF;
    UPDATE public.plan_exception x SET to_version = p.version
     WHERE x.plan_id = p.id AND x.household_id = e.household_id AND x.to_version IS NULL;
    CONTINUE WHEN coalesce(e.reason, '') = '';
    v_words := app.plan_words(e.words, 'words');
    IF app.master_value(p.office_id, 'visit_exceptions', e.reason) IS NULL THEN
      PERFORM app.refuse('BS422', '例外の区分を一覧から選んでください。', 'reason');
    END IF;
    IF v_words = '' THEN PERFORM app.refuse('BS422', '理由を入力してください。', 'words'); END IF;
    INSERT INTO public.plan_exception (plan_id, household_id, from_version, office_id, reason)
    VALUES (p.id, e.household_id, p.version, p.office_id, e.reason);
    INSERT INTO public.plan_exception_text (plan_id, household_id, from_version, office_id, words)
    VALUES (p.id, e.household_id, p.version, p.office_id, v_words);
  END LOOP;
END $$;

CREATE FUNCTION app.new_visit_plan(p_id uuid, p_office uuid, p_district uuid, p_kind text, p_first_on date) RETURNS public.visit_plan
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.visit_plan; v_main uuid;
BEGIN
  IF coalesce(p_kind NOT IN ('year', 'month') OR extract(day FROM p_first_on) <> 1
              OR p_kind = 'year' AND extract(month FROM p_first_on) <> 4, true) THEN
    PERFORM app.refuse('BS422', '年間計画は4月1日、月間計画は月の1日から始まります。', 'first_on');
  END IF;
  PERFORM FROM public.district d WHERE d.id = p_district FOR NO KEY UPDATE;  -- one after the other in a district
  IF EXISTS (SELECT FROM public.visit_plan x WHERE x.district_id = p_district AND x.kind = p_kind AND x.first_on = p_first_on) THEN
    PERFORM app.refuse('BS409', 'この地区のこの期間には、訪問計画がもうあります。それを開いて直してください。');
  END IF;
  SELECT a.staff_id INTO v_main FROM public.assignment a
   WHERE a.district_id = p_district AND a.kind = 'main' AND a.valid_from <= app.today()
     AND (a.valid_to IS NULL OR a.valid_to >= app.today()) ORDER BY a.valid_from DESC LIMIT 1;
  IF v_main IS NULL THEN
    PERFORM app.refuse('BS422', 'この地区には担当員がいません。担当を決めてから計画を立ててください。');
  END IF;
  INSERT INTO public.visit_plan (id, office_id, version, district_id, staff_id, kind, first_on, state, state_at, content_hash,
                                 drafted_by, saved_by, saved_at)
  VALUES (p_id, p_office, 1, p_district, v_main, p_kind, p_first_on, 'draft', app.now(), '', app.me(), app.me(), app.now())
  RETURNING * INTO p;
  RETURN p;
END $$;

-- Saves a plan (version 0: a new one) while it is a draft or returned. The same saving once more changes nothing.
CREATE FUNCTION app.save_visit_plan(p_id uuid, p_save uuid, p_district uuid, p_kind text, p_first_on date, p_version integer,
                                    p_why text, p_visits jsonb, p_removed uuid[], p_exceptions jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid := app.planning_office(p_district);
  v_version integer;
  p public.visit_plan;
BEGIN
  SELECT v.version INTO v_version FROM public.visit_plan_version v
   WHERE v.save_id = p_save AND v.plan_id = p_id AND v.saved_by = app.me();
  IF v_version IS NOT NULL THEN RETURN v_version; END IF;
  IF coalesce(p_version, 0) = 0 AND NOT EXISTS (SELECT FROM public.visit_plan x WHERE x.id = p_id) THEN
    p := app.new_visit_plan(p_id, v_office, p_district, p_kind, p_first_on);
  ELSE
    p := app.plan_at_hand(p_id, p_version);
    IF p.district_id IS DISTINCT FROM p_district THEN
      PERFORM app.refuse('BS403', 'この訪問計画は見つからないか、担当する地区のものではありません。');
    END IF;
    IF p.state NOT IN ('draft', 'returned') THEN
      PERFORM app.refuse('BS409', '承認の途中か、承認された訪問計画は変えられません。承認後の変更は「変更の記録」に入れてください。');
    END IF;
    p.version := p.version + 1;
  END IF;
  PERFORM app.check_planned_visits(p, p_visits);
  PERFORM app.put_planned_visits(p, p_visits, p_removed);
  PERFORM app.put_plan_exceptions(p, p_exceptions);
  UPDATE public.visit_plan x SET version = p.version, content_hash = app.plan_digest(p.id), saved_by = app.me(), saved_at = app.now(),
         staff_id = coalesce((SELECT a.staff_id FROM public.assignment a WHERE a.district_id = x.district_id AND a.kind = 'main'
            AND a.valid_from <= app.today() AND (a.valid_to IS NULL OR a.valid_to >= app.today())
            ORDER BY a.valid_from DESC LIMIT 1), x.staff_id)
   WHERE x.id = p.id RETURNING * INTO p;
  INSERT INTO public.visit_plan_version (plan_id, version, office_id, save_id, why, content_hash, saved_by, saved_at)
  VALUES (p.id, p.version, p.office_id, p_save, p_why, p.content_hash, app.me(), app.now());
  RETURN p.version;
END $$;
