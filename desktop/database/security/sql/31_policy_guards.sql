-- What a row of a support policy (援助方針) must look like when a member of staff adds or changes it.

-- First drafts of policies that somebody else writes in the opened files.
CREATE FUNCTION app.others_policies() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE v_opened uuid[] := app.opened(); v_me uuid := app.me();
BEGIN
  RETURN (SELECT coalesce(array_agg(p.id), '{}') FROM public.support_policy p
    WHERE p.household_id = ANY (v_opened) AND p.state = 'draft' AND p.author_id <> v_me);
END $$;

-- Whether the person writes this version of the policy now: its author, while it is with him and was not handed in.
-- The row is locked, so that nothing is added behind a submission that happens at the same time.
CREATE FUNCTION app.writes_policy(p_policy uuid, p_household uuid, p_version integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.support_policy p
    WHERE p.id = p_policy AND p.household_id = p_household AND p.state IN ('draft', 'returned')
      AND p.author_id = app.me() AND p.version = p_version FOR SHARE;
  RETURN FOUND AND NOT EXISTS (SELECT FROM public.approval a
    WHERE a.subject_kind = 'support_policy' AND a.subject_id = p_policy AND a.root_version = p_version);
END $$;

-- Why no policy may be begun in this household: another one is open. NULL where none stands in the way. A colleague's
-- draft does while he is there and looks after the household's district. The household is locked, so that of two who
-- begin at the same time the second sees the first. (desktop/services/support_policies/open_ones.py says the same.)
CREATE FUNCTION app.policy_in_the_way(p_household uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_me uuid := app.me(); v_today date := app.today(); p record;
BEGIN
  PERFORM FROM public.household h WHERE h.id = p_household FOR NO KEY UPDATE;
  SELECT x.state, x.author_id, s.name INTO p
    FROM public.support_policy x JOIN public.household h ON h.id = x.household_id JOIN public.staff s ON s.id = x.author_id
   WHERE x.household_id = p_household AND x.state <> 'approved'
     AND (x.author_id = v_me OR x.state = 'submitted'
          OR s.active_from <= v_today AND (s.active_to IS NULL OR s.active_to >= v_today)
         AND NOT EXISTS (SELECT FROM public.staff_absence b WHERE b.staff_id = s.id AND b.valid_from <= v_today
                           AND (b.valid_to IS NULL OR b.valid_to >= v_today))
         AND EXISTS (SELECT FROM public.assignment a WHERE a.district_id = h.district_id AND a.valid_from <= v_today
                       AND (a.valid_to IS NULL OR a.valid_to >= v_today)
                       AND (a.staff_id = s.id OR EXISTS (SELECT FROM public.staff_absence b
                              WHERE b.substitute_id = s.id AND b.staff_id = a.staff_id AND b.valid_from <= v_today
                                AND (b.valid_to IS NULL OR b.valid_to >= v_today)))))
   ORDER BY x.author_id = v_me DESC, x.made_on DESC, x.id DESC LIMIT 1;
  RETURN CASE
    WHEN NOT FOUND THEN NULL
    WHEN p.state = 'submitted' THEN 'この世帯の援助方針が決裁待ちです。決裁が終わってから書くか、引き戻して書き直してください。'
    WHEN p.author_id = v_me THEN 'この世帯には書きかけの援助方針があります。新しく作らずに、その続きを書いてください。'
    ELSE format('%1$sさんがこの世帯の援助方針を書いています。続きは%1$sさんと相談してください。', p.name)
  END;
END $$;

CREATE FUNCTION app.guard_support_policy() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_me uuid := app.me(); v_refusal text;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT app.may('write_records') THEN PERFORM app.refuse('BS403', '援助方針を書く職務がありません。'); END IF;
  IF NEW.made_on > app.today() THEN
    PERFORM app.refuse('BS422', 'まだ来ていない日の援助方針は書けません。策定日を確認してください。', 'made_on');
  END IF;
  NEW.saved_at := app.now();
  IF TG_OP = 'INSERT' THEN
    IF NEW.author_id IS DISTINCT FROM v_me OR NEW.state <> 'draft' OR NEW.version <> 1 OR NEW.gaps <> 0
       OR NEW.approved_version IS NOT NULL OR NEW.approved_at IS NOT NULL OR NEW.review_due_on IS NOT NULL THEN
      PERFORM app.refuse('BS403', '新しい援助方針は、自分の下書きとしてだけ作れます。');
    END IF;
    IF NEW.follows IS NOT NULL AND NOT EXISTS (SELECT FROM public.support_policy p
        WHERE p.id = NEW.follows AND p.household_id = NEW.household_id AND p.state = 'approved') THEN
      PERFORM app.refuse('BS403', '引き継げるのは、この世帯の決裁された援助方針だけです。');
    END IF;
    NEW.office_id := app.office_of(NEW.household_id);
    v_refusal := app.policy_in_the_way(NEW.household_id);
    IF v_refusal IS NOT NULL THEN PERFORM app.refuse('BS403', v_refusal); END IF;
    RETURN NEW;
  END IF;
  IF OLD.state NOT IN ('draft', 'returned') OR OLD.author_id IS DISTINCT FROM v_me THEN
    PERFORM app.refuse('BS403', 'この援助方針は書き換えられません。決裁後の見直しは、新しい援助方針として書いてください。');
  END IF;
  IF NEW.version <> OLD.version + 1 THEN
    PERFORM app.refuse('BS409', 'この援助方針は別の画面で先に更新されました。入力した文章は残っています。最新の内容と見比べてください。');
  END IF;
  RETURN NEW;
END $$;

-- Versions, texts, issues, goals and actions: added to the version that its author writes now.
CREATE FUNCTION app.guard_policy_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT app.writes_policy(NEW.policy_id, NEW.household_id, NEW.version) THEN
    PERFORM app.refuse('BS403', '自分が書いている援助方針の今の版にだけ足せます。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  IF TG_TABLE_NAME = 'support_policy_version' THEN
    NEW.saved_by := app.me();
    NEW.saved_at := app.now();
    IF NEW.visits_per_year NOT BETWEEN 0 AND 366 THEN
      PERFORM app.refuse('BS422', '年間訪問回数は0回から366回までで入力してください。', 'visits_per_year');
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- A quotation says what the record says, word for word, in a file of the same household.
CREATE FUNCTION app.guard_policy_evidence() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT app.writes_policy(NEW.policy_id, NEW.household_id, NEW.version) THEN
    PERFORM app.refuse('BS403', '自分が書いている援助方針の今の版にだけ足せます。');
  END IF;
  IF NOT EXISTS (SELECT FROM public.segment s JOIN public.entry e ON e.id = s.entry_id
      WHERE s.entry_id = NEW.entry_id AND s.version = NEW.entry_version AND s.segment_id = NEW.segment_id
        AND s.household_id = NEW.household_id AND (e.state <> 'draft' OR e.approved_version IS NOT NULL OR e.author_id = app.me())
        AND substr(s.text, NEW.start_at + 1, NEW.end_at - NEW.start_at) = NEW.quote) THEN
    PERFORM app.refuse('BS422', '根拠の引用が記録の文と一致しません。記録からもう一度選んでください。', 'evidence');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- Only what was approved is explained; who explained it is who says so.
CREATE FUNCTION app.guard_policy_explanation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT app.may('write_records') THEN PERFORM app.refuse('BS403', '説明を記録する職務がありません。'); END IF;
  IF NEW.explained_on > app.today() THEN
    PERFORM app.refuse('BS422', '説明した日は今日までの日付にしてください。', 'explained_on');
  END IF;
  IF NEW.explained_by IS DISTINCT FROM app.me() OR NOT EXISTS (SELECT FROM public.support_policy p
      WHERE p.id = NEW.policy_id AND p.household_id = NEW.household_id AND p.state = 'approved') THEN
    PERFORM app.refuse('BS403', '説明を記録できるのは、決裁された援助方針に自分の名前でだけです。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.recorded_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_policy_no_review() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT app.may('write_records') OR NEW.answered_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '「見直し不要」と答えられるのは、記録を書く職務の人が自分の名前でだけです。');
  END IF;
  IF NEW.happened_on > app.today() THEN
    PERFORM app.refuse('BS422', 'あった日は今日までの日付にしてください。', 'happened_on');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.answered_at := app.now();
  RETURN NEW;
END $$;

-- The words of an explanation or an answer come with it, in the same transaction, and never later.
CREATE FUNCTION app.guard_policy_word() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_fits boolean;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_TABLE_NAME = 'policy_explanation_text' THEN
    v_fits := EXISTS (SELECT FROM public.policy_explanation e WHERE e.id = NEW.explanation_id
      AND e.household_id = NEW.household_id AND e.explained_by = app.me() AND e.xmin = pg_current_xact_id()::xid);
  ELSE
    v_fits := EXISTS (SELECT FROM public.policy_no_review r WHERE r.id = NEW.no_review_id
      AND r.household_id = NEW.household_id AND r.answered_by = app.me() AND r.xmin = pg_current_xact_id()::xid);
  END IF;
  IF NOT v_fits THEN
    PERFORM app.refuse('BS403', '同じ保存にだけ足せます。');
  END IF;
  IF TG_TABLE_NAME = 'policy_explanation_text' THEN
    PERFORM app.need_word(NEW.to_whom, 'to_whom', 'だれに説明したかを入力してください。');
    PERFORM app.need_word(NEW.place, 'place', '');
    PERFORM app.need_word(NEW.said, 'said', CASE WHEN EXISTS (SELECT FROM public.policy_explanation e
        WHERE e.id = NEW.explanation_id AND e.understanding IN ('disagreed', 'not_possible'))
      THEN '本人の言葉、または説明できない事情を入力してください。' ELSE '' END);
  ELSE
    PERFORM app.need_word(NEW.event, 'event', '何があったかを入力してください。');
    PERFORM app.need_word(NEW.reason, 'reason', '見直さない理由を入力してください。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- On paper goes, as original, copy or plain sheet, the approved version; as draft one that exists and is not another's
-- unfinished one. Plain is the sheet for the person (K-06) and nothing else.
CREATE FUNCTION app.guard_printed_policy() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.support_policy; b public.print_batch;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO b FROM public.print_batch x WHERE x.id = NEW.batch_id AND x.printed_by = app.me()
     AND x.xmin = pg_current_xact_id()::xid;
  SELECT * INTO p FROM public.support_policy x WHERE x.id = NEW.policy_id AND x.household_id = NEW.household_id
     AND x.office_id = ANY (app.my_offices());
  IF b.id IS NULL OR p.id IS NULL THEN
    PERFORM app.refuse('BS403', '同じ印刷にだけ足せます。');
  END IF;
  IF b.mark <> 'draft' AND NEW.version IS DISTINCT FROM p.approved_version OR (b.mark = 'plain') <> (NEW.form = 'K-06')
     OR p.state = 'draft' AND p.author_id <> app.me()
     OR NOT EXISTS (SELECT FROM public.support_policy_version v WHERE v.policy_id = p.id AND v.version = NEW.version) THEN
    PERFORM app.refuse('BS403', '印刷の記録に残せるのは、印刷できる版だけです。');
  END IF;
  NEW.office_id := (app.my_offices())[1];
  RETURN NEW;
END $$;
