-- Who goes along with whose visits (同行の決まり), half-days fixed for households (約束した訪問), need points given by hand (必要度の加減).
-- Rows are added, ended or cancelled, never changed.

CREATE FUNCTION app.guard_joint_rule() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_me uuid := app.me();
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT app.may('write_records') OR NOT app.corrects(NULL, NEW.household_id) THEN
    PERFORM app.refuse('BS403', '同行の決まりと約束した訪問を登録できるのは、地区の担当者と査察指導員だけです。');
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.set_by IS DISTINCT FROM v_me OR NEW.ended_by IS NOT NULL OR NEW.ended_at IS NOT NULL THEN
      PERFORM app.refuse('BS403', '同行の決まりは、自分の名前で新しく作れます。');
    END IF;
    IF NEW.vehicle IS NOT NULL AND app.master_value(app.office_of(NEW.household_id), 'vehicles', NEW.vehicle) IS NULL THEN
      PERFORM app.refuse('BS422', '庁用車を一覧から選んでください。', 'vehicle');
    END IF;
    NEW.office_id := app.office_of(NEW.household_id);
    NEW.set_at := app.now();
    RETURN NEW;
  END IF;
  IF OLD.ended_at IS NOT NULL THEN
    PERFORM app.refuse('BS409', 'この決まりはもう終わっています。画面を更新してください。');
  END IF;
  IF NEW.ended_by IS DISTINCT FROM v_me THEN
    PERFORM app.refuse('BS403', '終わりは自分の名前で残ります。');
  END IF;
  NEW.ended_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_visit_appointment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_me uuid := app.me();
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT app.may('write_records') OR NOT app.corrects(NULL, NEW.household_id) THEN
    PERFORM app.refuse('BS403', '同行の決まりと約束した訪問を登録できるのは、地区の担当者と査察指導員だけです。');
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.set_by IS DISTINCT FROM v_me OR NEW.cancelled_by IS NOT NULL OR NEW.cancelled_at IS NOT NULL THEN
      PERFORM app.refuse('BS403', '約束した訪問は、自分の名前で新しく作れます。');
    END IF;
    IF NEW.day < app.today() THEN
      PERFORM app.refuse('BS422', '今日からの日を選んでください。', 'day');
    END IF;
    NEW.office_id := app.office_of(NEW.household_id);
    NEW.set_at := app.now();
    RETURN NEW;
  END IF;
  IF OLD.cancelled_at IS NOT NULL THEN
    PERFORM app.refuse('BS409', 'この約束はもう取り消されています。画面を更新してください。');
  END IF;
  IF NEW.cancelled_by IS DISTINCT FROM v_me THEN
    PERFORM app.refuse('BS403', '取消は自分の名前で残ります。');
  END IF;
  NEW.cancelled_at := app.now();
  RETURN NEW;
END $$;

-- Points belong to a visit that stands in a plan of the own district; the office's table says how many at most.
CREATE FUNCTION app.guard_planned_visit_point() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_most integer;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NEW.given_by IS DISTINCT FROM app.me() OR NOT app.may('write_records') THEN
    PERFORM app.refuse('BS403', '必要度の加減は、自分の名前で足せるだけです。');
  END IF;
  IF NOT EXISTS (SELECT FROM public.planned_visit v JOIN public.visit_plan p ON p.id = v.plan_id
                  WHERE v.plan_id = NEW.plan_id AND v.visit_id = NEW.visit_id AND v.household_id = NEW.household_id
                    AND v.to_version IS NULL AND p.district_id = ANY (app.districts_as('{main,deputy,supervisor}'))) THEN
    PERFORM app.refuse('BS403', '加減できるのは、担当する地区の計画にある訪問だけです。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.given_at := app.now();
  v_most := (app.master_value(NEW.office_id, 'need_points', 'manual') ->> 'most')::integer;
  IF abs(NEW.points) > coalesce(v_most, 0) THEN
    PERFORM app.refuse('BS422', format('加減は%s点までです。', coalesce(v_most, 0)), 'points');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_planned_visit_point_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.planned_visit_point p WHERE p.id = NEW.point_id
       AND p.household_id = NEW.household_id AND p.given_by = app.me() AND p.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の加減にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.reason, 'reason', '点を加減する理由を入力してください。');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.points_came_with_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NULL; END IF;
  PERFORM FROM public.planned_visit_point_text t WHERE t.point_id = NEW.id;
  IF NOT FOUND THEN PERFORM app.refuse('BS422', '点を加減する理由を入力してください。', 'reason'); END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.planned_visit_point DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.points_came_with_words();

-- In which half-days colleagues visit by their plans, so that nobody is asked to go along then: half-days only, no household.
-- A month that has a plan of its own counts by that one.
CREATE FUNCTION app.visited_half_days(p_first date, p_last date) RETURNS TABLE (staff_id uuid, day date, half text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT p.staff_id, v.day, v.half::text FROM public.visit_plan p
    JOIN public.planned_visit v ON v.plan_id = p.id AND v.to_version IS NULL
   WHERE p.office_id = ANY (app.my_offices()) AND app.may('open_case_files') AND v.half IS NOT NULL
     AND v.day BETWEEN p_first AND p_last AND (p.kind = 'month' OR NOT EXISTS (
       SELECT FROM public.visit_plan m WHERE m.district_id = p.district_id AND m.kind = 'month' AND m.first_on = v.month)) $$;
