-- Requests about people, their roles and districts: one person asks, another decides, then it takes effect by date.

CREATE FUNCTION app.day_in(p_payload jsonb, p_key text) RETURNS date LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_payload ->> p_key IS NULL THEN RETURN NULL; END IF;
  IF p_payload ->> p_key !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN RAISE datetime_field_overflow; END IF;
  RETURN (p_payload ->> p_key)::date;
EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format THEN
  PERFORM app.refuse('BS422', '日付は 2024-10-01 のように入力してください。', p_key);
END $$;

-- A span that still lies ahead or runs: what ended before today is history, and history is not asked for.
CREATE FUNCTION app.check_span(p_span jsonb) RETURNS void LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_from date := app.day_in(p_span, 'valid_from'); v_to date := app.day_in(p_span, 'valid_to');
BEGIN
  IF v_from IS NULL THEN PERFORM app.refuse('BS422', 'いつからかを入力してください。', 'valid_from'); END IF;
  IF v_to < v_from OR v_to < app.today() THEN
    PERFORM app.refuse('BS422', '終わりの日は、始まりの日以後で今日以後にしてください。', 'valid_to');
  END IF;
END $$;

CREATE FUNCTION app.check_role(p_role text) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM app.role_permission p WHERE p.role = p_role) THEN
    PERFORM app.refuse('BS422', 'この職務はありません。', 'role');
  END IF;
END $$;

CREATE FUNCTION app.district_named(p_office uuid, p_span jsonb) RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_id uuid;
BEGIN
  IF coalesce(p_span ->> 'kind', '') NOT IN ('main', 'deputy', 'supervisor') THEN
    PERFORM app.refuse('BS422', '担当の種類は主担当・副担当・査察指導のどれかです。', 'kind');
  END IF;
  SELECT d.id INTO v_id FROM public.district d WHERE d.office_id = p_office AND d.code = p_span ->> 'district';
  IF v_id IS NULL THEN PERFORM app.refuse('BS422', 'この地区はありません。', 'district'); END IF;
  RETURN v_id;
END $$;

CREATE FUNCTION app.staff_named(p_office uuid, p_login text) RETURNS public.staff LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE s public.staff;
BEGIN
  SELECT * INTO s FROM public.staff x WHERE x.office_id = p_office AND x.login = p_login
     AND (x.active_to IS NULL OR x.active_to >= app.today());
  IF s.id IS NULL THEN PERFORM app.refuse('BS422', 'この利用者名の職員はいません。', 'login'); END IF;
  RETURN s;
END $$;

-- A name that can be printed: something in it, not too long, no control characters.
CREATE FUNCTION app.check_name(p_text text, p_field text) RETURNS void LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF btrim(coalesce(p_text, ''), E' \u3000') = '' OR length(p_text) > 60 OR p_text ~ '[[:cntrl:]]' THEN
    PERFORM app.refuse('BS422', '氏名とカナは60字までで入力してください。', p_field);
  END IF;
END $$;

CREATE FUNCTION app.check_new_person(p_office uuid, p jsonb) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_part jsonb;
BEGIN
  IF app.role_exists(p ->> 'login') OR EXISTS (SELECT FROM public.staff s WHERE s.login = p ->> 'login') THEN
    PERFORM app.refuse('BS422', 'この利用者名はすでにあります。別の名前にしてください。', 'login');
  END IF;
  PERFORM app.check_name(p ->> 'name', 'name');
  PERFORM app.check_name(p ->> 'kana', 'kana');
  IF app.day_in(p, 'active_from') IS NULL THEN PERFORM app.refuse('BS422', 'いつからかを入力してください。', 'active_from'); END IF;
  IF jsonb_typeof(p -> 'roles') IS DISTINCT FROM 'array' OR jsonb_array_length(p -> 'roles') = 0
     OR jsonb_typeof(p -> 'districts') IS DISTINCT FROM 'array' THEN
    PERFORM app.refuse('BS422', '職務を一つ以上入力してください。', 'roles');
  END IF;
  FOR v_part IN SELECT jsonb_array_elements(p -> 'roles') LOOP
    PERFORM app.check_role(v_part ->> 'role');
    PERFORM app.check_span(v_part);
  END LOOP;
  FOR v_part IN SELECT jsonb_array_elements(p -> 'districts') LOOP
    PERFORM app.district_named(p_office, v_part);
    PERFORM app.check_span(v_part);
  END LOOP;
END $$;

-- Judged when it is asked for and again when it is decided.
CREATE FUNCTION app.check_change(p_office uuid, p_kind text, p jsonb) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF jsonb_typeof(p) IS DISTINCT FROM 'object' THEN PERFORM app.refuse('BS422', '申請の内容が読めません。'); END IF;
  CASE p_kind
    WHEN 'add' THEN PERFORM app.check_new_person(p_office, p);
    WHEN 'role' THEN PERFORM app.check_role(p ->> 'role'), app.check_span(p);
    WHEN 'role_end' THEN PERFORM app.check_role(p ->> 'role');
    WHEN 'assign' THEN PERFORM app.district_named(p_office, p), app.check_span(p);
    WHEN 'assign_end' THEN PERFORM app.district_named(p_office, p);
    WHEN 'absence' THEN
      PERFORM app.check_span(p);
      IF p ->> 'substitute' = p ->> 'login' THEN PERFORM app.refuse('BS422', '代理には別の職員を選んでください。', 'substitute'); END IF;
      PERFORM app.staff_named(p_office, p ->> 'substitute');
    ELSE PERFORM app.refuse('BS422', '申請の種類が読めません。');
  END CASE;
  IF p_kind IN ('role_end', 'assign_end') AND app.day_in(p, 'valid_to') IS NULL THEN
    PERFORM app.refuse('BS422', 'いつまでかを入力してください。', 'valid_to');
  END IF;
END $$;

-- Ask. The payload names the person by login; who asks, when and where is the server's word.
CREATE FUNCTION app.request_staff_change(p_id uuid, p_kind text, p_payload jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid := (app.my_offices())[1];
  v_staff uuid;
BEGIN
  IF v_office IS NULL OR NOT app.may('manage_accounts') THEN
    PERFORM app.refuse('BS403', '職員の登録や職務の変更を申請できるのはシステム管理者です。');
  END IF;
  PERFORM app.check_change(v_office, p_kind, p_payload);
  IF p_kind <> 'add' THEN
    v_staff := (app.staff_named(v_office, p_payload ->> 'login')).id;
  ELSIF EXISTS (SELECT FROM public.staff_change c WHERE c.kind = 'add' AND c.decided_at IS NULL
                 AND c.payload ->> 'login' = p_payload ->> 'login') THEN
    PERFORM app.refuse('BS422', 'この利用者名の登録はすでに承認を待っています。', 'login');
  END IF;
  INSERT INTO public.staff_change (id, office_id, kind, staff_id, payload, requested_by, requested_at, reason)
  VALUES (p_id, v_office, p_kind, v_staff, p_payload, app.me(), app.now(), '');
  RETURN p_id;
END $$;

-- Whoever would gain or lose by it: the person, and who is to stand in.
CREATE FUNCTION app.concerned_by(p_change public.staff_change) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(s.id), '{}') FROM public.staff s
    WHERE s.id = p_change.staff_id
       OR p_change.kind = 'absence' AND s.login = p_change.payload ->> 'substitute' $$;

-- Who may sit behind an account today: its person, and whoever gave it a password within a day, and so on.
CREATE FUNCTION app.hands_of(p_staff uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ WITH RECURSIVE hands(id) AS (
     SELECT p_staff
     UNION
     SELECT r.by_id FROM public.password_reset r JOIN hands h ON h.id = r.staff_id
      WHERE r.at > app.now() - interval '1 day')
   SELECT array_agg(h.id) FROM hands h $$;

-- Whether the request would give somebody a role that reads case content.
CREATE FUNCTION app.gives_content(p_change public.staff_change) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM app.role_permission p WHERE p.permission = 'open_case_files' AND (
       p_change.kind = 'role' AND p.role = p_change.payload ->> 'role'
       OR p_change.kind = 'add' AND p.role IN (SELECT r ->> 'role' FROM jsonb_array_elements(p_change.payload -> 'roles') r))) $$;

-- A head: decides about accounts by a role that carries responsibility for cases, and administers nothing.
CREATE FUNCTION app.heads_accounts() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT NOT app.may('manage_accounts') AND EXISTS (
     SELECT FROM app.role_permission a JOIN app.role_permission d ON d.role = a.role
      WHERE a.permission = 'approve_accounts' AND d.permission = 'decide_approvals' AND a.role = ANY (app.my_roles())) $$;

CREATE FUNCTION app.judge_decider(p_change public.staff_change) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.may('approve_accounts') THEN
    PERFORM app.refuse('BS403', '職員と権限の申請を承認する職務がありません。');
  END IF;
  IF p_change.requested_by IS NOT DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '申請した本人は承認できません。別の職員が承認してください。');
  END IF;
  IF app.me() = ANY (app.concerned_by(p_change)) THEN
    PERFORM app.refuse('BS403', '自分のことについての申請は承認できません。別の職員が承認してください。');
  END IF;
  IF app.hands_of(p_change.requested_by) && app.hands_of(app.me()) THEN
    PERFORM app.refuse('BS403', 'パスワードの再発行から24時間以内で、申請した人と別の人であることを確かめられないため、まだ承認できません。別の職員が承認してください。');
  END IF;
END $$;

-- Groups as the dated rows say: every role that runs or is to come. Returns nothing; called after each change.
CREATE FUNCTION app.tidy_groups(p_staff uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_login text; v_groups text[];
BEGIN
  SELECT s.login, coalesce(array_agg(DISTINCT 'banso_' || r.role) FILTER (WHERE r.role IS NOT NULL), '{}') INTO v_login, v_groups
    FROM public.staff s LEFT JOIN public.staff_role r ON r.staff_id = s.id AND (r.valid_to IS NULL OR r.valid_to >= app.today())
   WHERE s.id = p_staff GROUP BY s.login;
  PERFORM app.role_groups(v_login, v_groups);
END $$;

-- The scheduled command: roles that ended by date lose their group as well. Returns how many persons were looked at.
CREATE FUNCTION app.tidy_all_groups() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_staff uuid; v_count integer := 0;
BEGIN
  FOR v_staff IN SELECT s.id FROM public.staff s WHERE s.active_to IS NULL OR s.active_to >= app.today() LOOP
    PERFORM app.tidy_groups(v_staff);
    v_count := v_count + 1;
  END LOOP;
  RETURN v_count;
END $$;

-- No right begins before the day of its approval, whatever was asked for.
CREATE FUNCTION app.first_day(p_span jsonb) RETURNS date LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT greatest(app.day_in(p_span, 'valid_from'), app.today()) $$;

CREATE FUNCTION app.give_role(p_staff public.staff, p jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.staff_role r WHERE r.staff_id = p_staff.id AND r.role = p ->> 'role'
              AND r.valid_from <= coalesce(app.day_in(p, 'valid_to'), 'infinity')
              AND coalesce(r.valid_to, 'infinity') >= app.first_day(p)) THEN
    PERFORM app.refuse('BS409', 'この職務はその期間にすでにあります。');
  END IF;
  INSERT INTO public.staff_role (id, office_id, staff_id, role, valid_from, valid_to)
  VALUES (gen_random_uuid(), p_staff.office_id, p_staff.id, p ->> 'role', app.first_day(p), app.day_in(p, 'valid_to'));
END $$;

-- A district has one main caseworker and one supervisor: the one before ends the day before.
CREATE FUNCTION app.give_district(p_staff public.staff, p jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_district uuid := app.district_named(p_staff.office_id, p);
  v_from date := app.first_day(p);
  v_to date := app.day_in(p, 'valid_to');
BEGIN
  PERFORM FROM public.district d WHERE d.id = v_district FOR UPDATE;
  IF p ->> 'kind' <> 'deputy' THEN
    UPDATE public.assignment a SET valid_to = v_from - 1
     WHERE a.district_id = v_district AND a.kind = p ->> 'kind' AND a.valid_from < v_from
       AND (a.valid_to IS NULL OR a.valid_to >= v_from) AND v_to IS NULL;
  END IF;
  IF EXISTS (SELECT FROM public.assignment a WHERE a.district_id = v_district AND a.kind = p ->> 'kind'
              AND (p ->> 'kind' <> 'deputy' OR a.staff_id = p_staff.id)
              AND a.valid_from <= coalesce(v_to, 'infinity') AND coalesce(a.valid_to, 'infinity') >= greatest(v_from, a.valid_from)) THEN
    PERFORM app.refuse('BS409', 'この地区には、その期間にすでに同じ種類の担当がいます。先に終わりの日を決めてください。');
  END IF;
  INSERT INTO public.assignment (id, office_id, district_id, staff_id, kind, valid_from, valid_to)
  VALUES (gen_random_uuid(), p_staff.office_id, v_district, p_staff.id, p ->> 'kind', v_from, v_to);
END $$;

-- What ends, ends today or later, or at once (yesterday was its last day); the past is not rewritten.
CREATE FUNCTION app.end_rows(p_staff public.staff, p_kind text, p jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_to date := greatest(app.day_in(p, 'valid_to'), app.today() - 1);
  v_rows integer;
BEGIN
  IF p_kind = 'role_end' THEN
    UPDATE public.staff_role r SET valid_to = v_to
     WHERE r.staff_id = p_staff.id AND r.role = p ->> 'role' AND coalesce(r.valid_to, 'infinity') > v_to;
  ELSE
    UPDATE public.assignment a SET valid_to = v_to
     WHERE a.staff_id = p_staff.id AND a.kind = p ->> 'kind' AND coalesce(a.valid_to, 'infinity') > v_to
       AND a.district_id = app.district_named(p_staff.office_id, p);
  END IF;
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  IF v_rows = 0 THEN PERFORM app.refuse('BS409', '終わらせる職務または担当がありません。画面を更新してください。'); END IF;
END $$;

CREATE FUNCTION app.make_person(p_office uuid, p jsonb) RETURNS public.staff LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE s public.staff; v_part jsonb;
BEGIN
  INSERT INTO public.staff (id, office_id, login, name, kana, active_from, version)
  VALUES (gen_random_uuid(), p_office, p ->> 'login', btrim(p ->> 'name'), btrim(p ->> 'kana'),
          greatest(app.day_in(p, 'active_from'), app.today()), 1) RETURNING * INTO s;
  FOR v_part IN SELECT jsonb_array_elements(p -> 'roles') LOOP PERFORM app.give_role(s, v_part); END LOOP;
  FOR v_part IN SELECT jsonb_array_elements(p -> 'districts') LOOP PERFORM app.give_district(s, v_part); END LOOP;
  PERFORM app.role_make(s.login);
  RETURN s;
END $$;

CREATE FUNCTION app.carry_out(p_change public.staff_change) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE p jsonb := p_change.payload; s public.staff;
BEGIN
  PERFORM app.check_change(p_change.office_id, p_change.kind, p);
  IF p_change.kind = 'add' THEN
    s := app.make_person(p_change.office_id, p);
  ELSE
    s := app.staff_named(p_change.office_id, p ->> 'login');
    CASE p_change.kind
      WHEN 'role' THEN PERFORM app.give_role(s, p);
      WHEN 'assign' THEN PERFORM app.give_district(s, p);
      WHEN 'absence' THEN
        INSERT INTO public.staff_absence (id, office_id, staff_id, substitute_id, valid_from, valid_to)
        VALUES (gen_random_uuid(), s.office_id, s.id, (app.staff_named(s.office_id, p ->> 'substitute')).id,
                app.first_day(p), app.day_in(p, 'valid_to'));
      ELSE PERFORM app.end_rows(s, p_change.kind, p);
    END CASE;
  END IF;
  PERFORM app.tidy_groups(s.id);
END $$;

-- Decide. Whoever asked may take it back; anything else is the second person's.
CREATE FUNCTION app.decide_staff_change(p_id uuid, p_decision text, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE c public.staff_change;
BEGIN
  SELECT * INTO c FROM public.staff_change x WHERE x.id = p_id AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF c.id IS NULL THEN PERFORM app.refuse('BS409', 'この申請はありません。画面を更新してください。'); END IF;
  IF c.decided_at IS NOT NULL THEN PERFORM app.refuse('BS409', 'この申請はすでに決められています。画面を更新してください。'); END IF;
  IF p_decision = 'withdrawn' THEN
    IF c.requested_by IS DISTINCT FROM app.me() THEN PERFORM app.refuse('BS403', '取り下げできるのは申請した本人です。'); END IF;
  ELSIF p_decision IN ('approved', 'rejected') THEN
    PERFORM app.judge_decider(c);
    IF p_decision = 'approved' AND app.gives_content(c) AND NOT app.heads_accounts() THEN
      PERFORM app.refuse('BS403', 'ケースの内容を読む職務は、システム管理者ではない課長または所長が承認してください。');
    END IF;
    IF p_decision = 'rejected' AND btrim(coalesce(p_reason, '')) = '' THEN
      PERFORM app.refuse('BS422', '却下する理由を入力してください。', 'reason');
    END IF;
  ELSE
    PERFORM app.refuse('BS422', '承認・却下・取下げのどれかを選んでください。');
  END IF;
  UPDATE public.staff_change SET decision = p_decision, decided_by = app.me(), decided_at = app.now(),
         reason = left(btrim(coalesce(p_reason, '')), 400) WHERE id = c.id;
  IF p_decision = 'approved' THEN PERFORM app.carry_out(c); END IF;
END $$;

-- Retiring needs no second person and works at once: the person's last day is yesterday.
CREATE FUNCTION app.retire_staff(p_login text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE s public.staff; v_last date := app.today() - 1;
BEGIN
  IF NOT (app.may('manage_accounts') OR app.may('approve_accounts')) THEN
    PERFORM app.refuse('BS403', '職員の利用を止める職務がありません。');
  END IF;
  s := app.staff_named((app.my_offices())[1], p_login);
  IF s.id = app.me() THEN PERFORM app.refuse('BS403', '自分の利用は止められません。別の職員に頼んでください。'); END IF;
  UPDATE public.staff SET active_to = v_last, version = version + 1 WHERE id = s.id;
  UPDATE public.staff_role SET valid_to = v_last WHERE staff_id = s.id AND coalesce(valid_to, 'infinity') > v_last;
  UPDATE public.assignment SET valid_to = v_last WHERE staff_id = s.id AND coalesce(valid_to, 'infinity') > v_last;
  UPDATE public.person_assignment SET valid_to = v_last WHERE staff_id = s.id AND coalesce(valid_to, 'infinity') > v_last;
  UPDATE public.staff_absence SET valid_to = v_last WHERE substitute_id = s.id AND coalesce(valid_to, 'infinity') > v_last;
  PERFORM audit.put('retire', 'staff', s.id::text, NULL, s.office_id, jsonb_build_object('login', s.login));
  PERFORM app.role_close(s.login);
END $$;
