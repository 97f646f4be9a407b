-- The order to be examined (検診命令, 法28条1項): a second person's word, one step after the other, never while support is on hold.

CREATE FUNCTION app.guard_examination_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_medical(TG_OP = 'INSERT', 'order_examination', NEW.author_id, NEW.household_id, NEW.person_id);
  IF EXISTS (SELECT FROM public.household h WHERE h.id = NEW.household_id AND h.state = 'closed') THEN
    PERFORM app.refuse('BS403', '廃止した世帯に検診命令は書けません。');
  END IF;
  PERFORM app.need_no_hold(NEW.person_id);
  IF NEW.due_on <= app.today() THEN
    PERFORM app.refuse('BS422', '受診の期限は明日以降の日にしてください。', 'due_on');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.made_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.need_no_hold(p_person uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_on_hold(p_person) THEN
    PERFORM app.refuse('BS409', '安全の確認が先です。支援の保留が解けるまで、検診命令は進められません。');
  END IF;
END $$;

CREATE FUNCTION app.guard_examination_order_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.examination_order o WHERE o.id = NEW.order_id
       AND o.household_id = NEW.household_id AND o.author_id = app.me() AND o.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の検診命令にだけ足せます。');
  END IF;
  IF char_length(app.trimmed(NEW.reason)) < 20 THEN
    PERFORM app.refuse('BS422', '何が疑わしいのか、理由を20文字以上で書いてください。', 'reason');
  END IF;
  IF char_length(app.trimmed(NEW.elsewhere)) < 20 THEN
    PERFORM app.refuse('BS422', 'ほかの方法では確かめられない理由を20文字以上で書いてください。', 'elsewhere');
  END IF;
  PERFORM app.need_word(NEW.reason, 'reason', '');
  PERFORM app.need_word(NEW.elsewhere, 'elsewhere', '');
  PERFORM app.need_word(NEW.institution, 'institution', '検診を受ける医療機関を入力してください。');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- Whether a step was taken.
CREATE FUNCTION app.order_has(p_order uuid, VARIADIC p_steps text[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.examination_step s WHERE s.order_id = p_order AND s.step = ANY (p_steps)) $$;

-- Each step needs its predecessor's dated record (desktop/domain/medical_orders.py); approving is another person's.
CREATE FUNCTION app.guard_examination_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  o public.examination_order;
  v_before date;
  v_fits boolean;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  -- FOR UPDATE: one step of an order after the other.
  SELECT * INTO o FROM public.examination_order x WHERE x.id = NEW.order_id AND x.household_id = NEW.household_id FOR UPDATE;
  IF o.id IS NULL THEN
    PERFORM app.refuse('BS403', 'この検診命令は見つからないか、この世帯のものではありません。');
  END IF;
  IF NEW.step IN ('approved', 'returned') THEN
    PERFORM app.need_medical(TG_OP = 'INSERT', 'decide_approvals', NEW.done_by, NEW.household_id, o.person_id);
    IF o.author_id = app.me() OR app.positions_in(NEW.household_id) = '{}' THEN
      PERFORM app.refuse('BS403', '検診命令を承認できるのは、書いた本人ではない、地区の査察指導員か上位の職です。');
    END IF;
  ELSE
    PERFORM app.need_medical(TG_OP = 'INSERT', 'order_examination', NEW.done_by, NEW.household_id, o.person_id);
  END IF;
  IF NEW.step NOT IN ('withdrawn', 'returned') THEN PERFORM app.need_no_hold(o.person_id); END IF;
  v_fits := NOT app.order_has(o.id, 'returned', 'not_obeyed', 'withdrawn')
    AND NOT EXISTS (SELECT FROM public.medical_opinion m WHERE m.order_id = o.id)
    AND CASE NEW.step
      WHEN 'approved' THEN NOT app.order_has(o.id, 'approved')
      WHEN 'returned' THEN NOT app.order_has(o.id, 'approved')
      WHEN 'delivered' THEN app.order_has(o.id, 'approved') AND NOT app.order_has(o.id, 'delivered')
      WHEN 'not_obeyed' THEN app.order_has(o.id, 'delivered') AND o.due_on < app.today()
      ELSE true END;
  IF NOT v_fits THEN
    PERFORM app.refuse('BS409', 'この検診命令は、いまこの段階には進めません。前の段階の記録を確かめてください。');
  END IF;
  SELECT coalesce(max(s.done_on), (o.made_at AT TIME ZONE 'Asia/Tokyo')::date) INTO v_before
    FROM public.examination_step s WHERE s.order_id = o.id;
  IF NEW.done_on < v_before OR NEW.done_on > app.today() OR NEW.step = 'delivered' AND NEW.done_on > o.due_on THEN
    PERFORM app.refuse('BS422', '前の段階の日から今日まで（交付は受診の期限まで）の日付にしてください。', 'done_on');
  END IF;
  IF NEW.step = 'delivered' THEN PERFORM app.need_issued('K-18', o.id, NEW.done_on, 'done_on'); END IF;
  NEW.office_id := o.office_id;
  NEW.done_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_examination_step_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.examination_step s WHERE s.id = NEW.step_id
       AND s.household_id = NEW.household_id AND s.done_by = app.me() AND s.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の段階にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.words, 'words', 'したこと・聞いたことを入力してください。');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- The doctor's paper (検診書) comes once, to an order that was handed over and that nobody withdrew.
CREATE FUNCTION app.need_order_awaits_result(p_order uuid, p_household uuid, p_person uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.examination_order o WHERE o.id = p_order AND o.household_id = p_household AND o.person_id = p_person FOR UPDATE;
  IF NOT FOUND OR NOT app.order_has(p_order, 'delivered') OR app.order_has(p_order, 'withdrawn')
     OR EXISTS (SELECT FROM public.medical_opinion m WHERE m.order_id = p_order) THEN
    PERFORM app.refuse('BS409', '検診の結果は、交付した検診命令に、一度だけ記録できます。');
  END IF;
END $$;
