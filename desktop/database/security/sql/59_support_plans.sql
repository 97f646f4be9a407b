-- Individual support plans (個別支援計画): versions are added whole by their author and never changed, approved by the one door.
-- What happens to a plan since (consent, steps, reviews, end) is added too. The words of desktop/domain/support_plans.py.

-- The version in force of a person's plan: the newest approved one of a plan that has not ended, of a household not closed since.
CREATE FUNCTION app.plan_in_force(p_person uuid, p_household uuid) RETURNS public.support_plan LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT p FROM public.support_plan p
    WHERE p.person_id = p_person AND p.household_id = p_household AND p.state = 'approved'
      AND NOT EXISTS (SELECT FROM public.support_plan_end e WHERE e.root_id = p.root_id)
      AND NOT EXISTS (SELECT FROM public.household_state_period s WHERE s.household_id = p_household AND s.state = 'closed'
                        AND s.valid_from > (p.approved_at AT TIME ZONE 'Asia/Tokyo')::date AND s.valid_from <= app.today())
    ORDER BY p.approved_at DESC, p.version DESC, p.id DESC LIMIT 1 $$;

-- The version in force of this very plan, empty where another or none is.
CREATE FUNCTION app.root_in_force(p_root uuid) RETURNS public.support_plan LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT f FROM public.support_plan r CROSS JOIN LATERAL app.plan_in_force(r.person_id, r.household_id) f
    WHERE r.id = p_root AND f.root_id = p_root $$;

CREATE FUNCTION app.guard_support_plan() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE r public.support_plan; v_last integer;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('write_records') OR NEW.author_id IS DISTINCT FROM app.me() OR NEW.state <> 'draft'
     OR NEW.approved_by IS NOT NULL OR NEW.approved_at IS NOT NULL THEN
    PERFORM app.refuse('BS403', '個別支援計画は、自分の下書きとしてだけ足せます。決めるのは決裁です。');
  END IF;
  -- Before anything is said about the people of the household.
  IF NEW.household_id <> ALL (app.opened()) THEN
    PERFORM app.refuse('BS403', 'この世帯は見つからないか、担当する世帯ではありません。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.saved_at := app.now();
  NEW.content_hash := '';
  PERFORM FROM public.household h WHERE h.id = NEW.household_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM public.household h WHERE h.id = NEW.household_id AND h.state = 'closed') THEN
    PERFORM app.refuse('BS403', '廃止した世帯の個別支援計画は作れません。');
  END IF;
  IF NOT app.is_member(NEW.household_id, NEW.person_id, app.today()) THEN
    PERFORM app.refuse('BS422', 'いまこの世帯にいる人を選んでください。', 'person_id');
  END IF;
  IF (app.plan_in_force(NEW.person_id, NEW.household_id)).root_id <> NEW.root_id THEN
    PERFORM app.refuse('BS409', 'この人には有効な個別支援計画があります。変更するか、終了してから作ってください。');
  END IF;
  IF NEW.id <> NEW.root_id THEN
    SELECT * INTO r FROM public.support_plan x WHERE x.id = NEW.root_id;
    SELECT max(x.version) INTO v_last FROM public.support_plan x WHERE x.root_id = NEW.root_id;
    IF r.id IS NULL OR r.household_id <> NEW.household_id OR r.person_id <> NEW.person_id THEN
      PERFORM app.refuse('BS403', 'もとの計画が見つからないか、この人のものではありません。');
    END IF;
    IF NEW.version IS DISTINCT FROM v_last + 1 THEN
      PERFORM app.refuse('BS409', '表示していた版のあとに更新があります。最新の内容を確認してください。');
    END IF;
    IF EXISTS (SELECT FROM public.support_plan_end e WHERE e.root_id = NEW.root_id) THEN
      PERFORM app.refuse('BS409', 'この計画は終了しています。新しい計画を作ってください。');
    END IF;
    IF EXISTS (SELECT FROM public.support_plan x WHERE x.root_id = NEW.root_id AND x.state = 'submitted') THEN
      PERFORM app.refuse('BS409', 'この計画は決裁待ちです。決裁が終わってから変えるか、引き戻してください。');
    END IF;
  END IF;
  IF NEW.ends_on >= NEW.starts_on + interval '24 months' THEN
    PERFORM app.refuse('BS422', '期間は24か月までにしてください。', 'ends_on');
  END IF;
  IF NEW.review_on < NEW.starts_on OR NEW.review_on > NEW.ends_on THEN
    PERFORM app.refuse('BS422', '見直しの日は、期間の中の日にしてください。', 'review_on');
  END IF;
  -- The digest is the newest assessment's; a group counts when it was decided, and one of too little knowledge is none.
  NEW.assessment_id := (SELECT x.id FROM public.assessment x WHERE x.person_id = NEW.person_id AND x.household_id = NEW.household_id
                         ORDER BY x.made_on DESC, x.saved_at DESC, x.id DESC LIMIT 1);
  NEW.support_group := nullif((app.group_decision(NEW.person_id, NEW.household_id, app.today())).support_group, 'GX');
  RETURN NEW;
END $$;

-- Texts, goals, steps and programmes come with their version, in the same transaction, and never later.
CREATE FUNCTION app.guard_support_plan_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.support_plan;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO p FROM public.support_plan x WHERE x.id = NEW.plan_id AND x.household_id = NEW.household_id
     AND x.author_id = app.me() AND x.state = 'draft' AND x.xmin = pg_current_xact_id()::xid;
  IF TG_OP <> 'INSERT' OR p.id IS NULL THEN
    PERFORM app.refuse('BS403', '同じ保存の計画にだけ足せます。');
  END IF;
  NEW.office_id := p.office_id;
  CASE TG_TABLE_NAME
  WHEN 'support_plan_programme' THEN
    IF app.master_value(p.office_id, 'programmes', NEW.programme) IS NULL THEN
      PERFORM app.refuse('BS422', 'この事業はいまの設定値にありません。一覧から選んでください。', 'programmes');
    END IF;
  WHEN 'support_plan_text' THEN
    PERFORM app.need_word(NEW.wish, 'wish', ''), app.need_word(NEW.picture, 'picture', ''), app.need_word(NEW.long_goal, 'long_goal', '');
  WHEN 'support_plan_goal' THEN
    PERFORM app.need_word(concat(NEW.what, NEW.measure, NEW.baseline, NEW.target, NEW.why), 'goals', '');
  ELSE
    PERFORM app.need_word(concat(NEW.action, NEW.how_often, NEW.cost_item), 'steps', '');
    IF NOT EXISTS (SELECT FROM public.support_plan_goal g WHERE g.id = NEW.goal_id AND g.plan_id = NEW.plan_id) THEN
      PERFORM app.refuse('BS422', '取組は、この計画の目標に付けてください。', 'steps');
    END IF;
    IF NEW.stem_id <> NEW.id AND NOT EXISTS (SELECT FROM public.support_plan_step s JOIN public.support_plan x ON x.id = s.plan_id
         WHERE s.id = NEW.stem_id AND s.stem_id = s.id AND x.root_id = p.root_id AND x.version < p.version) THEN
      PERFORM app.refuse('BS422', '取組のもとが、この計画の前の版にありません。', 'steps');
    END IF;
  END CASE;
  RETURN NEW;
END $$;

-- A version, a review and an end are nothing without their words.
CREATE FUNCTION app.plan_came_with_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NULL; END IF;
  CASE TG_TABLE_NAME
  WHEN 'support_plan' THEN PERFORM FROM public.support_plan_text t WHERE t.plan_id = NEW.id;
  WHEN 'support_plan_review' THEN PERFORM FROM public.support_plan_review_text t WHERE t.review_id = NEW.id;
  ELSE PERFORM FROM public.support_plan_end_text t WHERE t.root_id = NEW.root_id;
  END CASE;
  IF NOT FOUND THEN PERFORM app.refuse('BS422', '計画の中身がありません。画面から保存してください。'); END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.support_plan DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.plan_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.support_plan_review DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.plan_came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.support_plan_end DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.plan_came_with_words();

CREATE FUNCTION app.support_plan_hash(p_plan uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT encode(sha256(convert_to('{"assessment":' || app.spelled(p.assessment_id)
       || ',"ends_on":' || app.spelled(p.ends_on)
       || ',"goals":[' || coalesce((SELECT string_agg(app.spelled_list(g.id::text, g.reliance, g.what, g.measure, g.baseline, g.target,
                                                        g.due_on::text, g.why, g.is_agreed::text), ',' ORDER BY g.number)
              FROM public.support_plan_goal g WHERE g.plan_id = p.id), '')
       || '],"group":' || app.spelled(p.support_group)
       || ',"household":' || app.spelled(p.household_id)
       || ',"long_goal":' || app.spelled(t.long_goal)
       || ',"person":' || app.spelled(p.person_id)
       || ',"picture":' || app.spelled(t.picture)
       || ',"plan":' || app.spelled(p.id)
       || ',"programmes":[' || coalesce((SELECT string_agg(app.spelled(x.programme), ',' ORDER BY x.programme COLLATE "C")
              FROM public.support_plan_programme x WHERE x.plan_id = p.id), '')
       || '],"review_on":' || app.spelled(p.review_on)
       || ',"root":' || app.spelled(p.root_id)
       || ',"starts_on":' || app.spelled(p.starts_on)
       || ',"steps":[' || coalesce((SELECT string_agg(app.spelled_list(s.id::text, s.stem_id::text, s.goal_id::text, s.action, s.doer,
                                                        s.due_on::text, s.how_often, s.cost_item), ',' ORDER BY s.number)
              FROM public.support_plan_step s WHERE s.plan_id = p.id), '')
       || '],"supporter":' || app.spelled(p.supporter_id)
       || ',"wish":' || app.spelled(t.wish) || '}', 'UTF8')), 'hex')
     FROM public.support_plan p JOIN public.support_plan_text t ON t.plan_id = p.id WHERE p.id = p_plan $$;

CREATE FUNCTION app.begin_support_plan(p_subject uuid, p_version integer, OUT office_id uuid, OUT household_id uuid,
                                       OUT author_id uuid, OUT content_hash text, OUT route_key text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.support_plan;
BEGIN
  SELECT * INTO p FROM public.support_plan x WHERE x.id = p_subject FOR UPDATE;
  IF p.id IS NULL OR p.author_id IS DISTINCT FROM app.me() OR NOT app.may('write_records') THEN
    PERFORM app.refuse('BS403', '提出できるのは、この版を書いた本人です。');
  END IF;
  IF p.state <> 'draft' OR p_version IS DISTINCT FROM p.version THEN
    PERFORM app.refuse('BS409', 'この計画はすでに提出されています。');
  END IF;
  PERFORM FROM public.household h WHERE h.id = p.household_id FOR NO KEY UPDATE;
  PERFORM app.need_newest_plan(p);
  PERFORM app.need_ready_plan(p.id);
  content_hash := app.support_plan_hash(p.id);
  UPDATE public.support_plan x SET state = 'submitted', content_hash = begin_support_plan.content_hash WHERE x.id = p.id;
  office_id := p.office_id; household_id := p.household_id; author_id := p.author_id; route_key := 'plan';
END $$;

-- Only the newest version of a plan that goes on, of somebody who has no other plan.
CREATE FUNCTION app.need_newest_plan(p public.support_plan) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.support_plan x WHERE x.root_id = p.root_id AND x.version > p.version)
     OR EXISTS (SELECT FROM public.support_plan_end e WHERE e.root_id = p.root_id) THEN
    PERFORM app.refuse('BS409', 'この版のあとに新しい版があるか、計画が終了しています。最新の内容を確認してください。');
  END IF;
  IF (app.plan_in_force(p.person_id, p.household_id)).root_id <> p.root_id THEN
    PERFORM app.refuse('BS409', 'この人には有効な個別支援計画があります。変更するか、終了してから作ってください。');
  END IF;
END $$;

CREATE FUNCTION app.need_ready_plan(p_plan uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.support_plan_text t WHERE t.plan_id = p_plan AND app.trimmed(t.wish) <> '') THEN
    PERFORM app.refuse('BS422', '本人の希望を、本人の言葉で書いてください。', 'wish');
  END IF;
  IF NOT EXISTS (SELECT FROM public.support_plan_goal g WHERE g.plan_id = p_plan) OR EXISTS (
      SELECT FROM public.support_plan_goal g WHERE g.plan_id = p_plan AND (app.trimmed(g.what) = '' OR g.due_on IS NULL)) THEN
    PERFORM app.refuse('BS422', '短期目標には、何が見えるようになるかと期限を書いてください。', 'goals');
  END IF;
  IF NOT EXISTS (SELECT FROM public.support_plan_step s WHERE s.plan_id = p_plan) OR EXISTS (
      SELECT FROM public.support_plan_step s WHERE s.plan_id = p_plan AND (app.trimmed(s.action) = '' OR s.due_on IS NULL)) THEN
    PERFORM app.refuse('BS422', '取組には、することと期限を書いてください。', 'steps');
  END IF;
END $$;

CREATE FUNCTION app.settle_support_plan(p_subject uuid, p_state text, p_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.support_plan;
BEGIN
  SELECT * INTO p FROM public.support_plan x WHERE x.id = p_subject FOR UPDATE;
  IF p_state <> 'approved' THEN
    UPDATE public.support_plan x SET state = CASE p_state WHEN 'waiting' THEN 'submitted' WHEN 'held' THEN 'submitted' ELSE p_state END
     WHERE x.id = p_subject;
    RETURN;
  END IF;
  PERFORM FROM public.household h WHERE h.id = p.household_id FOR NO KEY UPDATE;
  PERFORM app.need_newest_plan(p);
  UPDATE public.support_plan x SET state = 'approved', approved_by = app.me(), approved_at = app.now() WHERE x.id = p_subject;
END $$;

-- Every plan is read before it is approved.
CREATE FUNCTION app.support_plan_in_bulk(p_subject uuid) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT p_subject IS NULL $$;
