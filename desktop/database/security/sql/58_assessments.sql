-- Assessments (稼働能力・就労支援アセスメント): added by their author, whole, never changed. The proposal is computed here again.

-- The newest approved row of each key of a table of office data today, retired ones left out.
CREATE FUNCTION app.master_rows(p_office uuid, p_table text) RETURNS TABLE (key text, value jsonb) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT x.key, x.value FROM (
     SELECT DISTINCT ON (m.key) m.key, m.value, m.is_retired FROM public.master m
      WHERE m.office_id = p_office AND m.table_name = p_table AND m.approved_at IS NOT NULL AND m.valid_from <= app.today()
      ORDER BY m.key, m.valid_from DESC, m.approved_at DESC, m.id DESC) x WHERE NOT x.is_retired $$;

-- One cell of the decision table: NULL where it asks for nothing.
CREATE FUNCTION app.cell_fits(p_wanted jsonb, p_answer text) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN jsonb_typeof(p_wanted) = 'array' AND jsonb_array_length(p_wanted) > 0 THEN p_wanted ? p_answer END $$;

-- The first rule of the office's decision table that fits (desktop/domain/support_groups.py; a test compares all combinations).
CREATE FUNCTION app.propose_group(p_office uuid, p_is_assessed boolean, p_work text, p_health text, p_barriers text, p_motivation text,
                                  p_drive text, OUT rule text, OUT support_group text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT r.key, r.value ->> 'group' FROM app.master_rows(p_office, 'group_rules') r
    CROSS JOIN LATERAL (SELECT bool_and(c.fits) AS all_fit, bool_or(c.fits) AS any_fits FROM (VALUES
      (app.cell_fits(r.value -> 'scope', CASE WHEN p_is_assessed THEN 'in' ELSE 'out' END)),
      (app.cell_fits(r.value -> 'work', p_work)), (app.cell_fits(r.value -> 'health', p_health)),
      (app.cell_fits(r.value -> 'barriers', p_barriers)), (app.cell_fits(r.value -> 'motivation', p_motivation)),
      (app.cell_fits(r.value -> 'drive', p_drive))) AS c (fits)) f
    WHERE coalesce(CASE WHEN (r.value ->> 'any_of')::boolean THEN f.any_fits ELSE f.all_fit END, true)
    ORDER BY (r.value ->> 'order')::integer, r.key LIMIT 1 $$;

-- All barriers together are the worst of them; none asked is unknown.
CREATE FUNCTION app.worst_barrier(p_assessment uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce((SELECT b.state FROM (SELECT x.state FROM public.assessment_barrier x WHERE x.assessment_id = p_assessment
                     UNION ALL SELECT x.state FROM public.sensitive_barrier x WHERE x.assessment_id = p_assessment) b
                    ORDER BY array_position('{C3,C9,C2,C1,C0}', b.state) LIMIT 1), 'C9') $$;

-- What the check list comes to.
CREATE FUNCTION app.self_drive(p_office uuid, p_said jsonb) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN count(*) FILTER (WHERE x.is_essential AND x.said = 'no') > 0 THEN 'E2'
               WHEN count(*) FILTER (WHERE x.is_essential) > 0 AND count(*) FILTER (WHERE x.is_essential AND x.said <> 'yes') = 0
                AND count(*) FILTER (WHERE NOT x.is_essential AND x.said = 'yes')
                    >= (app.master_value(p_office, 'assessment_numbers', 'drive_others') ->> 'number')::integer THEN 'E1'
               ELSE 'E9' END
     FROM (SELECT coalesce((r.value ->> 'is_essential')::boolean, false) AS is_essential, coalesce(p_said ->> r.key, 'unknown') AS said
             FROM app.master_rows(p_office, 'self_drive_items') r) x $$;

CREATE FUNCTION app.is_member(p_household uuid, p_person uuid, p_day date) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.member m WHERE m.household_id = p_household AND m.person_id = p_person
                    AND m.valid_from <= p_day AND (m.valid_to IS NULL OR m.valid_to >= p_day)) $$;

CREATE FUNCTION app.guard_assessment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('assess') OR NEW.author_id IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', 'アセスメントは、自分の名前でだけ足せます。足したものは変わりません。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.saved_at := app.now();
  NEW.form_on := app.today();
  IF NEW.made_on > app.today() THEN
    PERFORM app.refuse('BS422', '評価した日は今日までの日付にしてください。', 'made_on');
  END IF;
  IF NOT app.is_member(NEW.household_id, NEW.person_id, NEW.made_on) THEN
    PERFORM app.refuse('BS422', 'この日にこの世帯にいた人を選んでください。', 'person_id');
  END IF;
  IF EXISTS (SELECT FROM public.household h WHERE h.id = NEW.household_id AND h.state = 'closed') THEN
    PERFORM app.refuse('BS403', '廃止した世帯のアセスメントは作れません。');
  END IF;
  RETURN NEW;
END $$;

-- Answers and barriers come with their assessment, in the same transaction, and never later.
CREATE FUNCTION app.guard_assessment_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_barrier jsonb;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.assessment a WHERE a.id = NEW.assessment_id
       AND a.household_id = NEW.household_id AND a.author_id = app.me() AND a.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存のアセスメントにだけ足せます。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  IF TG_TABLE_NAME = 'assessment_answers' THEN RETURN NEW; END IF;
  v_barrier := app.master_value(NEW.office_id, 'barriers', NEW.barrier);
  IF v_barrier IS NULL THEN
    PERFORM app.refuse('BS422', 'この阻害要因はいまの設定値にありません。', 'barriers');
  END IF;
  IF coalesce((v_barrier ->> 'is_sensitive')::boolean, false) <> (TG_TABLE_NAME = 'sensitive_barrier') THEN
    PERFORM app.refuse('BS422', '配慮が要る阻害要因とそうでない要因は、置き場所が違います。', 'barriers');
  END IF;
  RETURN NEW;
END $$;

-- At the end of the transaction it is whole, and what it says of itself is what its parts say.
CREATE FUNCTION app.assessment_is_whole() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  w public.assessment_answers;
  v_rule text;
  v_group text;
BEGIN
  IF app.is_maintenance() THEN RETURN NULL; END IF;
  SELECT * INTO w FROM public.assessment_answers x WHERE x.assessment_id = NEW.id;
  IF w.assessment_id IS NULL THEN PERFORM app.refuse('BS422', 'アセスメントの回答がありません。'); END IF;
  IF w.barriers <> app.worst_barrier(NEW.id) THEN
    PERFORM app.refuse('BS422', '阻害要因の全体が、一つ一つの要因と合いません。', 'barriers');
  END IF;
  IF w.drive <> app.self_drive(NEW.office_id, w.drive_said) THEN
    PERFORM app.refuse('BS422', '自走の判定が、確認項目の回答と合いません。', 'drive');
  END IF;
  IF w.motivation <> 'B9' AND (w.motivation_on IS NULL OR w.motivation_words = '') THEN
    PERFORM app.refuse('BS422', '意向には、いつ・何をした（何と話した）かを一つ書いてください。', 'motivation_words');
  END IF;
  IF NEW.on_hold <> (w.safety <> '') THEN
    PERFORM app.refuse('BS422', '安全の気がかりがあるときは、何があるかを書いてください。', 'safety');
  END IF;
  IF NEW.is_disputed <> (w.comment IN ('partly', 'disagreed')) THEN
    PERFORM app.refuse('BS422', '本人の異議は、本人の意見のとおりに記録してください。', 'comment');
  END IF;
  IF (w.comment = 'not_shown') <> (w.comment_on IS NULL) OR w.comment_on > app.today() THEN
    PERFORM app.refuse('BS422', '本人に示したときだけ、示した日を今日までの日付で入力してください。', 'comment_on');
  END IF;
  SELECT p.rule, p.support_group INTO v_rule, v_group FROM app.propose_group(
    NEW.office_id, w.scope = 'in' OR w.asks_anyway, w.work, w.health, w.barriers, w.motivation, w.drive) p;
  IF (v_rule, v_group) IS DISTINCT FROM (NEW.rule, NEW.proposed_group) THEN
    PERFORM app.refuse('BS422', '提案が判定表と合いません。設定値が変わったかもしれません。もう一度保存してください。');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_whole AFTER INSERT ON public.assessment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.assessment_is_whole();

-- Safety first: only who approves lifts the hold of an assessment, once, with a reason.
CREATE FUNCTION app.guard_support_hold_lift() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('decide_approvals') OR NEW.lifted_by IS DISTINCT FROM app.me()
     OR app.positions_in(NEW.household_id) = '{}'
     OR EXISTS (SELECT FROM public.assessment a WHERE a.id = NEW.assessment_id AND a.author_id = app.me()) THEN
    PERFORM app.refuse('BS403', '支援の保留を解けるのは、アセスメントを書いた本人ではない、地区の査察指導員か上位の職だけです。');
  END IF;
  IF NOT EXISTS (SELECT FROM public.assessment a WHERE a.id = NEW.assessment_id AND a.household_id = NEW.household_id AND a.on_hold) THEN
    PERFORM app.refuse('BS422', 'このアセスメントに保留はありません。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.lifted_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_support_hold_lift_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.support_hold_lift l WHERE l.assessment_id = NEW.assessment_id
       AND l.household_id = NEW.household_id AND l.lifted_by = app.me() AND l.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.reason, 'reason', 'どう確かめたかを入力してください。');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.hold_lift_came_with_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_maintenance() AND NOT EXISTS (SELECT FROM public.support_hold_lift_text t WHERE t.assessment_id = NEW.assessment_id) THEN
    PERFORM app.refuse('BS422', 'どう確かめたかを入力してください。', 'reason');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.support_hold_lift DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.hold_lift_came_with_words();

-- Whether somebody's newest assessment holds support until safety is settled.
CREATE FUNCTION app.is_on_hold(p_person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce((SELECT a.on_hold AND NOT EXISTS (SELECT FROM public.support_hold_lift l WHERE l.assessment_id = a.id)
                      FROM public.assessment a WHERE a.person_id = p_person
                     ORDER BY a.made_on DESC, a.saved_at DESC, a.id DESC LIMIT 1), false) $$;
