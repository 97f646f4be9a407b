-- What the policy in force asks for, and what became of it (方針の取組と結果). Both tables have no grant to write: duties
-- come from the approved content alone, results by the function below.

-- The lines of an approved version take the place of those of the policy before. A line carried over with the same day
-- stays settled. (UPDATE first: its row locks make a result that is being noted count.)
CREATE FUNCTION app.renew_policy_duties(p_policy uuid, p_version integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.support_policy;
BEGIN
  SELECT * INTO p FROM public.support_policy x WHERE x.id = p_policy;
  PERFORM FROM public.household h WHERE h.id = p.household_id FOR NO KEY UPDATE;  -- one approval of a household after the other
  WITH old AS (
    UPDATE public.policy_duty d SET ended_on = app.today()
     WHERE d.household_id = p.household_id AND d.ended_on IS NULL
    RETURNING d.line_id, d.kind, d.by_on, d.settled_on),
  issue AS (
    SELECT i.issue_id, i.person_id, CASE WHEN i.domain IN ('work', 'schooling') THEN i.domain END AS about
      FROM public.policy_issue i WHERE i.policy_id = p_policy AND i.version = p_version AND i.standing <> 'ended'),
  line AS (
    SELECT i.issue_id, i.person_id, i.about, i.issue_id AS line_id, 'issue' AS kind, NULL::text AS actor, NULL::date AS by_on FROM issue i
    UNION ALL
    SELECT i.issue_id, i.person_id, i.about, g.goal_id, 'short_goal', NULL, g.by_on
      FROM issue i JOIN public.policy_goal g USING (issue_id)
     WHERE g.policy_id = p_policy AND g.version = p_version AND g.term = 'short'
    UNION ALL
    SELECT i.issue_id, i.person_id, i.about, a.action_id, 'action', a.actor, a.by_on
      FROM issue i JOIN public.policy_action a USING (issue_id)
     WHERE a.policy_id = p_policy AND a.version = p_version)
  INSERT INTO public.policy_duty (id, office_id, household_id, policy_id, line_id, issue_id, kind, about, person_id, actor,
                                  by_on, began_on, settled_on)
  SELECT gen_random_uuid(), p.office_id, p.household_id, p_policy, l.line_id, l.issue_id, l.kind, l.about, l.person_id, l.actor,
         l.by_on, app.today(),
         (SELECT o.settled_on FROM old o WHERE o.line_id = l.line_id AND o.kind = l.kind AND o.by_on IS NOT DISTINCT FROM l.by_on)
    FROM line l;
END $$;

-- Notes what became of an action or a short goal of the policy in force, in a file that is open. A retry stores once.
CREATE FUNCTION app.note_policy_result(p_result uuid, p_duty uuid, p_outcome text, p_on date, p_text text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  d public.policy_duty;
  v_me uuid := app.me();
  v_text text := app.trimmed(p_text);
BEGIN
  IF v_me IS NULL OR NOT app.may('write_records') THEN
    PERFORM app.refuse('BS403', '取組の結果を記録する職務がありません。');
  END IF;
  SELECT * INTO d FROM public.policy_duty x WHERE x.id = p_duty AND x.office_id = ANY (app.my_offices())
     AND x.household_id = ANY (app.opened()) FOR UPDATE;
  IF d.id IS NULL THEN
    PERFORM app.refuse('BS403', 'この取組は見つからないか、担当する世帯のものではありません。');
  END IF;
  IF EXISTS (SELECT FROM public.policy_result r WHERE r.id = p_result) THEN
    IF NOT EXISTS (SELECT FROM public.policy_result r WHERE r.id = p_result AND r.duty_id = d.id AND r.noted_by = v_me) THEN
      PERFORM app.refuse('BS403', 'この取組は見つからないか、担当する世帯のものではありません。');
    END IF;
    RETURN p_result;
  END IF;
  IF d.ended_on IS NOT NULL OR d.kind = 'issue' THEN
    PERFORM app.refuse('BS409', '結果を記録できるのは、有効な援助方針の取組と短期目標だけです。画面を読み直してください。');
  END IF;
  IF p_on IS NULL OR p_on > app.today() THEN
    PERFORM app.refuse('BS422', '結果の日は今日までの日付にしてください。', 'happened_on');
  END IF;
  IF v_text = '' THEN
    PERFORM app.refuse('BS422', 'どうなったかを一言入力してください。', 'text');
  END IF;
  IF char_length(v_text) > 1000 THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', 'text');
  END IF;
  INSERT INTO public.policy_result (id, office_id, household_id, duty_id, outcome, happened_on, noted_by, noted_at)
  VALUES (p_result, d.office_id, d.household_id, d.id, p_outcome, p_on, v_me, app.now());
  INSERT INTO public.policy_result_text (result_id, office_id, household_id, text)
  VALUES (p_result, d.office_id, d.household_id, v_text);
  UPDATE public.policy_duty x SET settled_on = p_on WHERE x.id = d.id;
  RETURN p_result;
END $$;
