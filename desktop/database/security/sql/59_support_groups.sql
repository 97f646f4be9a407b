-- Case conferences and decided support groups (支援区分): who decides, on which assessment, by which meeting.

CREATE FUNCTION app.guard_case_conference() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.called_by IS DISTINCT FROM app.me() OR NOT app.may('call_conferences')
       OR NEW.held_on IS NOT NULL OR NEW.held_by IS NOT NULL OR NEW.closed_at IS NOT NULL THEN
      PERFORM app.refuse('BS403', '会議は、自分の名前で招集し、開いた日に記録します。');
    END IF;
    NEW.called_at := app.now();
    RETURN NEW;
  END IF;
  IF NOT app.may('decide_approvals') OR OLD.closed_at IS NOT NULL THEN
    PERFORM app.refuse('BS403', '会議を開き、閉じられるのは決裁する職の人です。閉じた会議は変わりません。');
  END IF;
  IF NEW.held_on IS DISTINCT FROM OLD.held_on THEN
    IF OLD.held_on IS NOT NULL OR NEW.held_on IS DISTINCT FROM app.today() THEN
      PERFORM app.refuse('BS422', '会議は、開いた日に記録してください。', 'held_on');
    END IF;
    IF (SELECT count(*) FROM public.conference_member m WHERE m.conference_id = NEW.id) < 2 THEN
      PERFORM app.refuse('BS422', '出席者を2人以上入れてください。', 'members');
    END IF;
    NEW.held_by := app.me();
  ELSE
    NEW.held_by := OLD.held_by;
  END IF;
  IF NEW.closed_at IS NOT NULL THEN NEW.closed_at := app.now(); END IF;
  RETURN NEW;
END $$;

-- Who took part is written down before the meeting decides.
CREATE FUNCTION app.guard_conference_member() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('decide_approvals')
     OR NOT EXISTS (SELECT FROM public.case_conference c WHERE c.id = NEW.conference_id AND c.office_id = NEW.office_id
                      AND c.held_on IS NULL) THEN
    PERFORM app.refuse('BS403', '出席者は、会議を開くときに、開く人が入れます。');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_conference_matter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NEW.added_by IS DISTINCT FROM app.me() OR NOT app.may('call_conferences')
     OR NOT EXISTS (SELECT FROM public.case_conference c WHERE c.id = NEW.conference_id
                      AND c.office_id = app.office_of(NEW.household_id) AND c.closed_at IS NULL) THEN
    PERFORM app.refuse('BS403', '議題は、閉じていない会議に、自分の名前で足せます。');
  END IF;
  IF NOT app.is_member(NEW.household_id, NEW.person_id, app.today()) THEN
    PERFORM app.refuse('BS422', 'この世帯の人を選んでください。', 'person_id');
  END IF;
  IF (NEW.kind = 'support_group') IS DISTINCT FROM (NEW.assessment_id IS NOT NULL)
     OR NEW.assessment_id IS NOT NULL AND NOT EXISTS (SELECT FROM public.assessment a WHERE a.id = NEW.assessment_id
          AND a.person_id = NEW.person_id AND a.household_id = NEW.household_id) THEN
    PERFORM app.refuse('BS422', '支援区分の議題には、その人のアセスメントが要ります。', 'assessment_id');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.added_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_conference_minutes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NEW.written_by IS DISTINCT FROM app.me() OR NOT app.may('call_conferences')
     OR NOT EXISTS (SELECT FROM public.conference_matter m JOIN public.case_conference c ON c.id = m.conference_id
                     WHERE m.id = NEW.matter_id AND m.household_id = NEW.household_id AND c.held_on IS NOT NULL AND c.closed_at IS NULL) THEN
    PERFORM app.refuse('BS403', '会議録は、開いている会議の議題に、自分の名前で書けます。書いたものは変わりません。');
  END IF;
  PERFORM app.need_word(NEW.discussion, 'discussion', '話し合ったことを入力してください。');
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.written_at := app.now();
  RETURN NEW;
END $$;

-- The decision on a person that holds on a day; a provisional one until its day. Closing the household ends them all.
CREATE FUNCTION app.group_decision(p_person uuid, p_household uuid, p_day date) RETURNS public.support_group_decision
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT d FROM public.support_group_decision d
    WHERE d.person_id = p_person AND d.household_id = p_household AND d.effective_from <= p_day
      AND (d.expires_on IS NULL OR d.expires_on >= p_day)
      AND NOT EXISTS (SELECT FROM public.household_state_period s WHERE s.household_id = p_household AND s.state = 'closed'
                        AND s.valid_from > d.effective_from AND s.valid_from <= p_day)
    ORDER BY d.effective_from DESC, d.decided_at DESC, d.id DESC LIMIT 1 $$;

CREATE FUNCTION app.guard_support_group_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  a public.assessment;
  v_standing public.support_group_decision;
  v_days integer;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO a FROM public.assessment x WHERE x.id = NEW.assessment_id;
  IF TG_OP <> 'INSERT' OR NOT app.may('decide_approvals') OR NEW.decided_by IS DISTINCT FROM app.me()
     OR app.positions_in(NEW.household_id) = '{}' OR a.author_id = app.me() THEN
    PERFORM app.refuse('BS403', '支援区分を決めるのは、アセスメントを書いた本人ではない、地区の査察指導員か上位の職です。');
  END IF;
  IF a.id IS NULL OR a.person_id IS DISTINCT FROM NEW.person_id OR a.household_id IS DISTINCT FROM NEW.household_id
     OR a.id IS DISTINCT FROM (SELECT x.id FROM public.assessment x WHERE x.person_id = NEW.person_id
                                ORDER BY x.made_on DESC, x.saved_at DESC, x.id DESC LIMIT 1) THEN
    PERFORM app.refuse('BS409', '新しいアセスメントがあります。読み直してから決めてください。');
  END IF;
  IF a.on_hold AND NOT EXISTS (SELECT FROM public.support_hold_lift l WHERE l.assessment_id = a.id) THEN
    PERFORM app.refuse('BS409', '安全の確認が先です。保留を解いてから決めてください。');
  END IF;
  NEW.office_id := a.office_id;
  NEW.decided_at := app.now();
  NEW.effective_from := app.today();
  IF NEW.next_review_on <= app.today() THEN
    PERFORM app.refuse('BS422', '次の見直しは明日以降の日にしてください。', 'next_review_on');
  END IF;
  v_standing := app.group_decision(NEW.person_id, NEW.household_id, app.today());
  IF NEW.how = 'conference' THEN
    IF NOT EXISTS (SELECT FROM public.conference_matter m JOIN public.case_conference c ON c.id = m.conference_id
                     JOIN public.conference_minutes w ON w.matter_id = m.id
                    WHERE m.id = NEW.matter_id AND m.assessment_id = NEW.assessment_id AND c.held_on IS NOT NULL AND c.closed_at IS NULL) THEN
      PERFORM app.refuse('BS422', '会議で決めるのは、開いている会議の、会議録を書いた議題だけです。', 'matter_id');
    END IF;
    IF EXISTS (SELECT FROM public.support_group_decision d WHERE d.matter_id = NEW.matter_id) THEN
      PERFORM app.refuse('BS409', 'この議題はすでに決まっています。');
    END IF;
  ELSIF NEW.how = 'supervisor' THEN
    IF v_standing.id IS NULL OR v_standing.how = 'provisional' OR v_standing.support_group <> NEW.support_group
       OR a.proposed_group <> NEW.support_group THEN
      PERFORM app.refuse('BS422', '会議によらずに決められるのは、区分が変わらず、提案も同じときだけです。会議の議題にしてください。', 'group');
    END IF;
    IF a.is_disputed THEN
      PERFORM app.refuse('BS422', '本人の異議があります。会議の議題にしてください。', 'group');
    END IF;
  ELSE
    v_days := (app.master_value(NEW.office_id, 'assessment_numbers', 'provisional_days') ->> 'number')::integer;
    IF NEW.expires_on IS NULL OR NEW.expires_on <= app.today() OR NEW.expires_on > app.today() + v_days THEN
      PERFORM app.refuse('BS422', format('仮の区分は、今日から%s日までの期限を付けてください。', v_days), 'expires_on');
    END IF;
    IF v_standing.id IS NOT NULL AND v_standing.how <> 'provisional' THEN
      PERFORM app.refuse('BS422', '決まった区分がある人に仮の区分は付けられません。会議の議題にしてください。', 'group');
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_support_group_reason() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_differs boolean;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT d.support_group <> a.proposed_group INTO v_differs
    FROM public.support_group_decision d JOIN public.assessment a ON a.id = d.assessment_id
   WHERE d.id = NEW.decision_id AND d.household_id = NEW.household_id AND d.decided_by = app.me() AND d.xmin = pg_current_xact_id()::xid;
  IF TG_OP <> 'INSERT' OR v_differs IS NULL THEN
    PERFORM app.refuse('BS403', '同じ保存の決定にだけ足せます。');
  END IF;
  IF v_differs AND char_length(app.trimmed(NEW.reason)) < 20 THEN
    PERFORM app.refuse('BS422', '提案と違う区分にする理由を、20文字以上で書いてください。', 'reason');
  END IF;
  PERFORM app.need_word(NEW.reason, 'reason', '理由を入力してください。');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.group_came_with_reason() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_maintenance() AND NOT EXISTS (SELECT FROM public.support_group_reason r WHERE r.decision_id = NEW.id) THEN
    PERFORM app.refuse('BS422', '理由を入力してください。', 'reason');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.support_group_decision DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.group_came_with_reason();
