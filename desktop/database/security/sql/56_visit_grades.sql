-- Visit grades (訪問格付): proposals are added by their author, approved by the one door, and brought by approved policies.
-- Nobody has a grant to change a row. The words of desktop/domain/visit_grades.py; tests compare both.

-- Where the household is visited on a day by the ledger as it is now: home where anybody of it is.
CREATE FUNCTION app.living_place(p_household uuid, p_day date) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN count(*) = 0 OR bool_or(x.kind = 'home') THEN 'home' WHEN bool_or(x.kind = 'hospital') THEN 'hospital'
               ELSE 'facility' END
     FROM (SELECT coalesce((SELECT r.kind FROM public.residence_period r WHERE r.person_id = m.person_id
                   AND r.valid_from <= p_day AND (r.valid_to IS NULL OR r.valid_to >= p_day)
                 ORDER BY r.valid_from DESC LIMIT 1), 'home') AS kind
             FROM public.member m JOIN public.person p ON p.id = m.person_id
            WHERE m.household_id = p_household AND m.valid_from <= p_day
              AND (m.valid_to IS NULL OR m.valid_to >= p_day) AND (p.died_on IS NULL OR p.died_on > p_day)) x $$;

CREATE FUNCTION app.living_place(p_household uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ SELECT app.living_place(p_household, app.today()) $$;

-- The ledger does not know group homes: a proposal may name one, except for somebody in hospital.
CREATE FUNCTION app.may_be_called(p_household uuid, p_place text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT p_place = x.place OR p_place = 'group_home' AND x.place <> 'hospital'
     FROM (SELECT app.living_place(p_household) AS place) x $$;

-- The fewest visits a year at a place: what the office says, and never less than the law (the rows that came with the program).
CREATE FUNCTION app.legal_floor(p_office uuid, p_place text) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT greatest((app.master_value(p_office, 'visit_floors', p_place) ->> 'visits_per_year')::integer,
                   (SELECT max((m.value ->> 'visits_per_year')::integer) FROM public.master m
                     WHERE m.office_id = p_office AND m.table_name = 'visit_floors' AND m.key = p_place AND m.is_seed)) $$;

-- An office may raise a floor of the law, never lower or end it.
CREATE FUNCTION app.need_legal_floor(p_row public.master) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_law jsonb;
BEGIN
  SELECT m.value INTO v_law FROM public.master m
   WHERE m.office_id = p_row.office_id AND m.table_name = 'visit_floors' AND m.key = p_row.key AND m.is_seed
   ORDER BY m.valid_from DESC LIMIT 1;
  IF v_law IS NULL THEN PERFORM app.refuse('BS422', 'この場所の下限はありません。', 'key'); END IF;
  IF p_row.is_retired THEN PERFORM app.refuse('BS422', '法定の下限は終わらせられません。', 'key'); END IF;
  IF coalesce(p_row.value ->> 'visits_per_year', '') !~ '^[0-9]{1,3}$'
     OR (p_row.value ->> 'visits_per_year')::integer < (v_law ->> 'visits_per_year')::integer THEN
    PERFORM app.refuse('BS422', format('法定の下限（年%s回）より少なくはできません。', v_law ->> 'visits_per_year'), 'visits_per_year');
  END IF;
  IF coalesce(v_law ->> 'within_days', '') <> '' AND (coalesce(p_row.value ->> 'within_days', '') !~ '^[1-9][0-9]{0,2}$'
     OR (p_row.value ->> 'within_days')::integer > (v_law ->> 'within_days')::integer) THEN
    PERFORM app.refuse('BS422', format('法定の%s日より長くはできません。', v_law ->> 'within_days'), 'within_days');
  END IF;
END $$;

-- The newest decision that has begun on a day and was made since the household was last closed.
CREATE FUNCTION app.grade_decision(p_household uuid, p_day date) RETURNS public.visit_grade LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT g FROM public.visit_grade g
    WHERE g.household_id = p_household AND g.state = 'approved' AND g.effective_from <= p_day
      AND NOT EXISTS (SELECT FROM public.household_state_period s WHERE s.household_id = p_household AND s.state = 'closed'
                        AND s.valid_from > g.effective_from AND s.valid_from <= app.today())
    ORDER BY g.effective_from DESC, g.approved_at DESC, g.id DESC LIMIT 1 $$;

CREATE FUNCTION app.grade_decision(p_household uuid) RETURNS public.visit_grade LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ SELECT app.grade_decision(p_household, app.today()) $$;

-- The household's grade today: the decision's, without one the ledger's.
CREATE FUNCTION app.present_grade(p_household uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce((app.grade_decision(p_household)).grade,
                   (SELECT v.grade FROM public.visit_grade_period v WHERE v.household_id = p_household
                       AND v.valid_from <= app.today() AND (v.valid_to IS NULL OR v.valid_to >= app.today())
                     ORDER BY v.valid_from DESC LIMIT 1)) $$;

CREATE FUNCTION app.guard_visit_grade() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_grade jsonb;
  v_exception jsonb;
  v_before date;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('write_records') OR NEW.proposed_by IS DISTINCT FROM app.me()
     OR NEW.state <> 'draft' OR NEW.approved_by IS NOT NULL OR NEW.approved_at IS NOT NULL OR NEW.policy_id IS NOT NULL THEN
    PERFORM app.refuse('BS403', '訪問格付は、自分の提案としてだけ出せます。決めるのは決裁です。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.proposed_at := app.now();
  NEW.content_hash := '';
  v_grade := app.master_value(NEW.office_id, 'visit_grades', NEW.grade);
  IF v_grade IS NULL THEN
    PERFORM app.refuse('BS422', 'この格付はいまの設定値にありません。一覧から選んでください。', 'grade');
  END IF;
  IF NEW.reason_code = 'support_policy' OR app.master_value(NEW.office_id, 'grade_reasons', NEW.reason_code) IS NULL THEN
    PERFORM app.refuse('BS422', 'この理由はいまの設定値にありません。一覧から選んでください。', 'reason_code');
  END IF;
  IF NOT app.may_be_called(NEW.household_id, NEW.place) THEN
    PERFORM app.refuse('BS422', '台帳の居所と違います。台帳どおりの場所を選んでください。', 'place');
  END IF;
  IF EXISTS (SELECT FROM public.household h WHERE h.id = NEW.household_id AND h.state = 'closed') THEN
    PERFORM app.refuse('BS403', '廃止した世帯に訪問格付は付けられません。');
  END IF;
  v_before := app.last_decided(NEW.household_id);
  IF NEW.effective_from < v_before THEN
    PERFORM app.refuse('BS422', '前に決まった格付の日より前からにはできません。適用する日を確認してください。', 'effective_from');
  END IF;
  NEW.visits_per_year := (v_grade ->> 'visits_per_year')::integer;
  NEW.floor := app.legal_floor(NEW.office_id, NEW.place);
  IF NEW.visits_per_year >= NEW.floor THEN
    IF NEW.exception <> '' THEN
      PERFORM app.refuse('BS422', '下限を下回らない格付に例外は要りません。例外を空にしてください。', 'exception');
    END IF;
    RETURN NEW;
  END IF;
  v_exception := app.master_value(NEW.office_id, 'visit_exceptions', NEW.exception);
  IF v_exception IS NULL OR NEW.visits_per_year < (v_exception ->> 'fewest')::integer THEN
    PERFORM app.refuse('BS422', format('この格付は年%s回で、法定の下限（年%s回）を下回ります。下限の例外を選んで理由を書くか、ほかの格付を選んでください。',
                                       NEW.visits_per_year, NEW.floor), 'exception');
  END IF;
  RETURN NEW;
END $$;

-- The first day of the decision that begins last, also of one that is to come; those of before the last closing are none.
CREATE FUNCTION app.last_decided(p_household uuid) RETURNS date LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT max(g.effective_from) FROM public.visit_grade g
    WHERE g.household_id = p_household AND g.state = 'approved'
      AND NOT EXISTS (SELECT FROM public.household_state_period s WHERE s.household_id = p_household AND s.state = 'closed'
                        AND s.valid_from > g.effective_from AND s.valid_from <= app.today()) $$;

CREATE FUNCTION app.guard_visit_grade_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('write_records') OR NEW.answered_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '「格付はそのまま」と答えられるのは、記録を書く職務の人が自分の名前でだけです。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.answered_at := app.now();
  IF app.master_value(NEW.office_id, 'grade_reasons', NEW.event_code) IS NULL THEN
    PERFORM app.refuse('BS422', 'このきっかけはいまの設定値にありません。', 'event_code');
  END IF;
  IF NEW.happened_on > app.today() THEN
    PERFORM app.refuse('BS422', 'あった日は今日までの日付にしてください。', 'happened_on');
  END IF;
  RETURN NEW;
END $$;

-- The words of a proposal or an answer come with it, in the same transaction, and never later.
CREATE FUNCTION app.guard_visit_grade_word() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_exception text;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_TABLE_NAME = 'visit_grade_text' THEN
    SELECT g.exception INTO v_exception FROM public.visit_grade g WHERE g.id = NEW.grade_id AND g.household_id = NEW.household_id
       AND g.proposed_by = app.me() AND g.state = 'draft' AND g.xmin = pg_current_xact_id()::xid;
  ELSE
    SELECT '' INTO v_exception FROM public.visit_grade_kept k WHERE k.id = NEW.kept_id AND k.household_id = NEW.household_id
       AND k.answered_by = app.me() AND k.xmin = pg_current_xact_id()::xid;
  END IF;
  IF TG_OP <> 'INSERT' OR v_exception IS NULL THEN
    PERFORM app.refuse('BS403', '同じ保存にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.reason, 'reason', '理由を入力してください。');
  IF TG_TABLE_NAME = 'visit_grade_text' THEN
    PERFORM app.need_word(NEW.exception_reason, 'exception_reason',
                          CASE WHEN v_exception <> '' THEN '下限を下回る理由を入力してください。' ELSE '' END);
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- A proposal and an answer are nothing without their words; a grade that a policy brought has the policy's.
CREATE FUNCTION app.grade_came_with_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NULL; END IF;
  IF TG_TABLE_NAME = 'visit_grade' THEN
    PERFORM WHERE NEW.policy_id IS NOT NULL OR EXISTS (SELECT FROM public.visit_grade_text t WHERE t.grade_id = NEW.id);
  ELSE
    PERFORM FROM public.visit_grade_kept_text t WHERE t.kept_id = NEW.id;
  END IF;
  IF NOT FOUND THEN PERFORM app.refuse('BS422', '理由を入力してください。', 'reason'); END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.visit_grade DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.grade_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.visit_grade_kept DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.grade_came_with_words();

CREATE FUNCTION app.grade_hash(p_grade uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT encode(sha256(convert_to('{"effective_from":' || app.spelled(g.effective_from)
       || ',"exception":' || app.spelled(g.exception)
       || ',"exception_reason":' || app.spelled(t.exception_reason)
       || ',"floor":' || app.spelled(g.floor)
       || ',"grade":' || app.spelled(g.grade)
       || ',"grade_id":' || app.spelled(g.id)
       || ',"household":' || app.spelled(g.household_id)
       || ',"place":' || app.spelled(g.place)
       || ',"reason":' || app.spelled(t.reason)
       || ',"reason_code":' || app.spelled(g.reason_code)
       || ',"visits_per_year":' || app.spelled(g.visits_per_year) || '}', 'UTF8')), 'hex')
     FROM public.visit_grade g JOIN public.visit_grade_text t ON t.grade_id = g.id WHERE g.id = p_grade $$;

CREATE FUNCTION app.begin_visit_grade(p_subject uuid, p_version integer, OUT office_id uuid, OUT household_id uuid,
                                      OUT author_id uuid, OUT content_hash text, OUT route_key text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE g public.visit_grade;
BEGIN
  SELECT * INTO g FROM public.visit_grade x WHERE x.id = p_subject FOR UPDATE;
  IF g.id IS NULL OR g.proposed_by IS DISTINCT FROM app.me() OR NOT app.may('write_records') THEN
    PERFORM app.refuse('BS403', '提出できるのは格付を提案した本人です。');
  END IF;
  IF g.state <> 'draft' OR p_version IS DISTINCT FROM 1 THEN
    PERFORM app.refuse('BS409', 'この格付の提案はすでに提出されています。');
  END IF;
  PERFORM FROM public.household h WHERE h.id = g.household_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM public.visit_grade x WHERE x.household_id = g.household_id AND x.state = 'submitted') THEN
    PERFORM app.refuse('BS409', 'この世帯の格付の提案が決裁待ちです。決裁が終わってから出すか、引き戻してください。');
  END IF;
  content_hash := app.grade_hash(g.id);
  IF content_hash IS NULL THEN PERFORM app.refuse('BS422', '理由を入力してください。', 'reason'); END IF;
  UPDATE public.visit_grade x SET state = 'submitted', content_hash = begin_visit_grade.content_hash WHERE x.id = g.id;
  office_id := g.office_id; household_id := g.household_id; author_id := g.proposed_by; route_key := g.grade;
END $$;

-- Approved: it stands beside the decisions before. What changed since it was handed in is judged again.
CREATE FUNCTION app.settle_visit_grade(p_subject uuid, p_state text, p_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE g public.visit_grade;
BEGIN
  SELECT * INTO g FROM public.visit_grade x WHERE x.id = p_subject FOR UPDATE;
  IF p_state <> 'approved' THEN
    UPDATE public.visit_grade x SET state = CASE p_state WHEN 'waiting' THEN 'submitted' WHEN 'held' THEN 'submitted' ELSE p_state END
     WHERE x.id = p_subject;
    RETURN;
  END IF;
  PERFORM FROM public.household h WHERE h.id = g.household_id FOR NO KEY UPDATE;
  IF app.last_decided(g.household_id) > g.effective_from THEN
    PERFORM app.refuse('BS409', '提出のあとに別の格付が決まりました。差し戻して、新しい提案を出してもらってください。');
  END IF;
  IF g.exception = '' AND g.visits_per_year < app.legal_floor(g.office_id,
       CASE WHEN app.may_be_called(g.household_id, g.place) THEN g.place ELSE app.living_place(g.household_id) END) THEN
    PERFORM app.refuse('BS409', '提出のあとに居所か下限が変わり、法定の下限を下回ります。差し戻して、新しい提案を出してもらってください。');
  END IF;
  UPDATE public.visit_grade x SET state = 'approved', approved_by = app.me(), approved_at = app.now() WHERE x.id = p_subject;
END $$;

-- From the list only what lies above the floor; an exception is read.
CREATE FUNCTION app.visit_grade_in_bulk(p_subject uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT g.exception = '' FROM public.visit_grade g WHERE g.id = p_subject $$;

-- An approved policy that names another grade than the present one decides it, in the same transaction. One under the
-- floor is not taken over: it needs a proposal with its exception, and rule P08 goes on asking.
CREATE FUNCTION app.take_policy_grade(p_policy uuid, p_version integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  p public.support_policy;
  v_grade text;
  v_visits integer;
  v_place text;
BEGIN
  SELECT * INTO p FROM public.support_policy x WHERE x.id = p_policy;
  SELECT v.grade INTO v_grade FROM public.support_policy_version v WHERE v.policy_id = p_policy AND v.version = p_version;
  PERFORM FROM public.household h WHERE h.id = p.household_id FOR NO KEY UPDATE;
  v_visits := (app.master_value(p.office_id, 'visit_grades', v_grade) ->> 'visits_per_year')::integer;
  v_place := app.living_place(p.household_id);
  IF v_visits IS NULL OR v_grade = app.present_grade(p.household_id) OR v_visits < app.legal_floor(p.office_id, v_place)
     OR app.last_decided(p.household_id) > app.today() THEN
    RETURN;
  END IF;
  INSERT INTO public.visit_grade (id, office_id, household_id, grade, visits_per_year, effective_from, place, floor, reason_code,
                                  exception, state, policy_id, proposed_by, proposed_at, approved_by, approved_at, content_hash)
  VALUES (gen_random_uuid(), p.office_id, p.household_id, v_grade, v_visits, app.today(), v_place,
          app.legal_floor(p.office_id, v_place), 'support_policy', '', 'approved', p.id, p.author_id, app.now(), app.me(),
          app.now(), '');
END $$;
