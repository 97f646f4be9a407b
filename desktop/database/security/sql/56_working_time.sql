-- When staff visit (勤務と当番), who goes along (同行の予約), when households can be visited (訪問の都合), and points of towns.
-- Rows are added, struck or cancelled, never changed; desktop/services/working_time/team.py says the same of who may.

-- Whether the person says when somebody visits: oneself, one's team's caseworkers, or everybody for the office-wide positions.
CREATE FUNCTION app.keeps_time_of(p_staff uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(p_staff = app.me() OR app.may('assign_todos') AND EXISTS (
     SELECT FROM public.staff s WHERE s.id = p_staff AND s.office_id = ANY (app.my_offices()) AND (
       s.office_id = ANY (app.wide_offices()) OR EXISTS (
         SELECT FROM public.assignment a WHERE a.staff_id = s.id AND a.kind IN ('main', 'deputy')
            AND a.valid_from <= app.today() AND (a.valid_to IS NULL OR a.valid_to >= app.today())
            AND a.district_id = ANY (app.districts_as('{supervisor}'))))), false) $$;

CREATE FUNCTION app.guard_working_week() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NEW.set_by IS DISTINCT FROM app.me() OR NOT app.keeps_time_of(NEW.staff_id) THEN
    PERFORM app.refuse('BS403', '登録できるのは、自分の勤務と、査察指導員として受け持つ職員の勤務だけです。');
  END IF;
  NEW.set_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_working_half_day() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT FROM public.working_week w WHERE w.id = NEW.week_id AND w.office_id = NEW.office_id
                  AND w.set_by = app.me() AND w.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の勤務にだけ足せます。');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_working_absence() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT app.keeps_time_of(NEW.staff_id) THEN
    PERFORM app.refuse('BS403', '登録できるのは、自分の勤務と、査察指導員として受け持つ職員の勤務だけです。');
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.entered_by IS DISTINCT FROM app.me() OR NEW.struck_by IS NOT NULL OR NEW.struck_at IS NOT NULL THEN
      PERFORM app.refuse('BS403', '不在は、自分の名前で新しく登録できます。');
    END IF;
    NEW.entered_at := app.now();
    RETURN NEW;
  END IF;
  IF OLD.struck_at IS NOT NULL THEN
    PERFORM app.refuse('BS409', 'この登録はもう取り消されています。画面を更新してください。');
  END IF;
  IF NEW.struck_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '取消は自分の名前で残ります。');
  END IF;
  NEW.struck_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_joint_booking() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_me uuid := app.me();
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.booked_by IS DISTINCT FROM v_me OR NEW.cancelled_by IS NOT NULL OR NEW.cancelled_at IS NOT NULL THEN
      PERFORM app.refuse('BS403', '同行の予約は、自分の名前で新しく作れます。');
    END IF;
    IF NEW.day < app.today() THEN
      PERFORM app.refuse('BS422', '今日からの日を選んでください。', 'day');
    END IF;
    IF NEW.vehicle IS NOT NULL AND app.master_value(NEW.office_id, 'vehicles', NEW.vehicle) IS NULL THEN
      PERFORM app.refuse('BS422', '庁用車を一覧から選んでください。', 'vehicle');
    END IF;
    IF NEW.district_id IS NOT NULL AND NEW.district_id <> ALL (app.districts_as('{main,deputy,supervisor}')) THEN
      PERFORM app.refuse('BS403', 'この地区は担当していません。訪問計画を立てられるのは、地区の担当員・副担当と査察指導員です。');
    END IF;
    NEW.booked_at := app.now();
    RETURN NEW;
  END IF;
  IF OLD.cancelled_at IS NOT NULL THEN
    PERFORM app.refuse('BS409', 'この予約はもう取り消されています。画面を更新してください。');
  END IF;
  IF NEW.cancelled_by IS DISTINCT FROM v_me
     OR NOT (v_me IN (OLD.booked_by, OLD.partner_id) IS TRUE OR app.keeps_time_of(OLD.booked_by)
             OR OLD.district_id = ANY (app.districts_as('{main,deputy,supervisor}')) IS TRUE) THEN
    PERFORM app.refuse('BS403', '取り消せるのは、予約した人・同行する本人・査察指導員以上の職だけです。');
  END IF;
  NEW.cancelled_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_joint_booking_household() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT FROM public.joint_booking b WHERE b.id = NEW.booking_id
                  AND b.booked_by = app.me() AND b.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の予約にだけ足せます。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- A new version takes the place of the one that was shown; two who say it at the same time are told apart by the number.
CREATE FUNCTION app.guard_visit_preference() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NEW.set_by IS DISTINCT FROM app.me() OR NOT app.may('write_records') OR NOT app.corrects(NULL, NEW.household_id) THEN
    PERFORM app.refuse('BS403', '訪問の都合を設定できるのは、地区の担当者と査察指導員だけです。');
  END IF;
  IF NEW.version IS DISTINCT FROM 1 + (SELECT coalesce(max(p.version), 0) FROM public.visit_preference p
                                        WHERE p.household_id = NEW.household_id) THEN
    PERFORM app.refuse('BS409', 'ほかの人が先に更新しました。内容を確認して、もう一度操作してください。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.set_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_visit_preference_time() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT FROM public.visit_preference p WHERE p.id = NEW.preference_id AND p.household_id = NEW.household_id
                  AND p.set_by = app.me() AND p.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の訪問の都合にだけ足せます。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- Numbers of the same version; what is no number, or an agreement of a day to come, is none.
CREATE FUNCTION app.guard_visit_preference_telephone() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT FROM public.visit_preference p WHERE p.id = NEW.preference_id AND p.household_id = NEW.household_id
                  AND p.set_by = app.me() AND p.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の訪問の都合にだけ足せます。');
  END IF;
  IF NEW.call_number !~ '^(0(-?[0-9]){9,10})?$' OR NEW.message_number !~ '^(0(-?[0-9]){9,10})?$' THEN
    PERFORM app.refuse('BS422', '0から始まる10桁か11桁の電話番号を入力してください。');
  END IF;
  IF NEW.agreed_on > app.today() THEN
    PERFORM app.refuse('BS422', '同意の日は、今日までの日を入力してください。', 'agreed_on');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_town_import() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NEW.imported_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '位置参照情報の取込は自分の名前で残ります。');
  END IF;
  NEW.imported_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_town_point() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT FROM public.town_import i WHERE i.id = NEW.import_id AND i.office_id = NEW.office_id
                  AND i.imported_by = app.me() AND i.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の取込にだけ足せます。');
  END IF;
  RETURN NEW;
END $$;
