-- Support policies (援助方針) as a subject of approval. The spelling of the content is that of
-- desktop/domain/support_policies_content.py; a test compares both.

CREATE FUNCTION app.spelled_list(VARIADIC p_values text[]) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT '[' || (SELECT string_agg(app.spelled(x.value), ',' ORDER BY x.n)
                    FROM unnest(p_values) WITH ORDINALITY AS x(value, n)) || ']' $$;

CREATE FUNCTION app.policy_content(p_policy uuid, p_version integer) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT '{"actions":[' || coalesce((SELECT string_agg(app.spelled_list(a.issue_id::text, a.action_id::text, a.actor, a.what, a.by_on::text, a.measure),
                                                     ',' ORDER BY i.position, a.position)
              FROM public.policy_action a JOIN public.policy_issue i USING (policy_id, version, issue_id)
             WHERE a.policy_id = p.id AND a.version = v.version), '')
       || '],"evaluation":' || app.spelled(t.evaluation)
       || ',"evidence":[' || coalesce((SELECT string_agg(app.spelled_list(e.issue_id::text, e.entry_id::text, e.entry_version::text, e.segment_id::text,
                                                          e.start_at::text, e.end_at::text, e.quote), ',' ORDER BY i.position, e.position)
              FROM public.policy_evidence e JOIN public.policy_issue i USING (policy_id, version, issue_id)
             WHERE e.policy_id = p.id AND e.version = v.version), '')
       || '],"follows":' || app.spelled(p.follows)
       || ',"goals":[' || coalesce((SELECT string_agg(app.spelled_list(g.issue_id::text, g.goal_id::text, g.term, g.text, g.by_on::text),
                                                       ',' ORDER BY i.position, g.position)
              FROM public.policy_goal g JOIN public.policy_issue i USING (policy_id, version, issue_id)
             WHERE g.policy_id = p.id AND g.version = v.version), '')
       || ']' || CASE WHEN v.grade IS NULL THEN '' ELSE ',"grade":' || app.spelled(v.grade) END
       || ',"household":' || app.spelled(p.household_id)
       || ',"issues":[' || coalesce((SELECT string_agg(app.spelled_list(i.issue_id::text, i.person_id::text, i.independence, i.domain, i.text, i.fact,
                                                        i.cause, i.wish, i.strength, i.standing, i.result), ',' ORDER BY i.position)
              FROM public.policy_issue i WHERE i.policy_id = p.id AND i.version = v.version), '')
       || '],"kind":' || app.spelled(v.kind)
       || ',"made_on":' || app.spelled(v.made_on)
       || ',"policy":' || app.spelled(p.id)
       || ',"situation":' || app.spelled(t.situation)
       || CASE WHEN v.visits_per_year IS NULL THEN '' ELSE ',"visits_per_year":' || app.spelled(v.visits_per_year) END
       || '}'
     FROM public.support_policy p
     JOIN public.support_policy_version v ON v.policy_id = p.id AND v.version = p_version
     JOIN public.policy_text t ON t.policy_id = p.id AND t.version = v.version
    WHERE p.id = p_policy $$;

CREATE FUNCTION app.policy_hash(p_policy uuid, p_version integer) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT encode(sha256(convert_to(app.policy_content(p_policy, p_version), 'UTF8')), 'hex') $$;

-- Issues that go on without an action that says who, what and by when (rule P06).
CREATE FUNCTION app.policy_gaps(p_policy uuid, p_version integer) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT count(*)::integer FROM public.policy_issue i
    WHERE i.policy_id = p_policy AND i.version = p_version AND i.standing <> 'ended'
      AND NOT EXISTS (SELECT FROM public.policy_action a
        WHERE a.policy_id = i.policy_id AND a.version = i.version AND a.issue_id = i.issue_id
          AND btrim(a.what) <> '' AND a.by_on IS NOT NULL) $$;

-- What was annulled is no reason for a policy, neither when it is handed in nor when it is approved. The entries are
-- locked, so that none is annulled at the same time. (subject.py of the program says the same for the training office.)
CREATE FUNCTION app.need_valid_evidence(p_policy uuid, p_version integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.entry e WHERE e.id IN (SELECT x.entry_id FROM public.policy_evidence x
    WHERE x.policy_id = p_policy AND x.version = p_version) ORDER BY e.id FOR SHARE;
  IF EXISTS (SELECT FROM public.policy_evidence x JOIN public.entry e ON e.id = x.entry_id
      WHERE x.policy_id = p_policy AND x.version = p_version AND e.is_annulled) THEN
    PERFORM app.refuse('BS409', '根拠に引いた記録の中に、取り消されたものがあります。根拠を選び直してから決裁してください。');
  END IF;
END $$;

CREATE FUNCTION app.begin_support_policy(p_subject uuid, p_version integer, OUT office_id uuid, OUT household_id uuid,
                                         OUT author_id uuid, OUT content_hash text, OUT route_key text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  p public.support_policy;
  v public.support_policy_version;
BEGIN
  SELECT * INTO p FROM public.support_policy x WHERE x.id = p_subject FOR UPDATE;
  IF p.id IS NULL OR p.author_id IS DISTINCT FROM app.me() OR NOT app.may('write_records') THEN
    PERFORM app.refuse('BS403', '提出できるのは援助方針を書いた本人です。');
  END IF;
  IF p.state NOT IN ('draft', 'returned') THEN
    PERFORM app.refuse('BS409', 'この援助方針はすでに提出されています。');
  END IF;
  IF p.version <> p_version THEN
    PERFORM app.refuse('BS409', '表示していた版のあとに更新があります。最新の内容を確認して提出してください。');
  END IF;
  SELECT * INTO v FROM public.support_policy_version x WHERE x.policy_id = p.id AND x.version = p.version;
  IF v.policy_id IS NULL OR NOT EXISTS (SELECT FROM public.policy_text t WHERE t.policy_id = p.id AND t.version = p.version) THEN
    PERFORM app.refuse('BS409', '保存の途中の援助方針です。もう一度保存してから提出してください。');
  END IF;
  IF NOT EXISTS (SELECT FROM public.policy_issue i WHERE i.policy_id = p.id AND i.version = p.version) THEN
    PERFORM app.refuse('BS422', '課題が一つもありません。課題を書いてから提出してください。', 'issues');
  END IF;
  IF EXISTS (SELECT FROM public.policy_issue i WHERE i.policy_id = p.id AND i.version = p.version AND app.trimmed(i.text) = '') THEN
    PERFORM app.refuse('BS422', '課題の文が空の行があります。書くか、行を取り除いてください。', 'issues');
  END IF;
  IF EXISTS (SELECT FROM public.policy_issue i WHERE i.policy_id = p.id AND i.version = p.version AND i.standing = 'ended'
              AND app.trimmed(i.result) = '') THEN
    PERFORM app.refuse('BS422', '終了する課題には、どうなったか（評価）を書いてください。', 'issues');
  END IF;
  PERFORM app.need_valid_evidence(p.id, p.version);
  content_hash := app.policy_hash(p.id, p.version);
  UPDATE public.support_policy_version x SET content_hash = begin_support_policy.content_hash
   WHERE x.policy_id = p.id AND x.version = p.version AND x.content_hash <> begin_support_policy.content_hash;
  UPDATE public.support_policy x SET state = 'submitted', content_hash = begin_support_policy.content_hash,
         kind = v.kind, made_on = v.made_on, gaps = app.policy_gaps(p.id, p.version)
   WHERE x.id = p.id;
  office_id := p.office_id; household_id := p.household_id; author_id := p.author_id; route_key := v.kind;
END $$;

-- Approved: valid from now on, and due for review after the office's months.
CREATE FUNCTION app.settle_support_policy(p_subject uuid, p_state text, p_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.support_policy; v_months integer;
BEGIN
  SELECT * INTO p FROM public.support_policy x WHERE x.id = p_subject FOR UPDATE;
  IF p_state <> 'approved' THEN
    UPDATE public.support_policy x SET state = CASE p_state WHEN 'waiting' THEN 'submitted' WHEN 'held' THEN 'submitted'
        WHEN 'returned' THEN 'returned' ELSE 'draft' END
     WHERE x.id = p_subject;
    RETURN;
  END IF;
  PERFORM app.need_valid_evidence(p_subject, p_version);
  v_months := coalesce((app.master_value(p.office_id, 'thresholds', 'policy_review_months') ->> 'number')::integer, 12);
  UPDATE public.support_policy x SET state = 'approved', approved_version = p_version, approved_at = app.now(),
         review_due_on = (app.today() + make_interval(months => v_months))::date
   WHERE x.id = p_subject AND x.approved_version IS NULL;
  IF FOUND THEN
    PERFORM app.renew_policy_duties(p_subject, p_version);
    PERFORM app.take_policy_grade(p_subject, p_version);
  END IF;
END $$;

-- Every policy is read before it is approved.
CREATE FUNCTION app.support_policy_in_bulk(p_subject uuid) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT p_subject IS NULL $$;
