-- Handover (担当替え): a district gets another caseworker from a day on. The twin of `handing_over_here.py`.

-- Whether the person holds a position that decides about a district: its supervisor, or a position of the whole office.
CREATE FUNCTION app.leads_district(p_district uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT app.may('decide_approvals') AND EXISTS (
     SELECT FROM app.position p JOIN public.district d ON d.id = p_district
      WHERE d.office_id = ANY (app.my_offices()) AND p.role = ANY ((SELECT app.my_roles())::text[])
        AND (p.role <> 'supervisor' OR p_district = ANY ((SELECT app.districts_as('{supervisor}'))::uuid[]))) $$;

-- Whether somebody of the office is a caseworker on a day: in service, with the role.
CREATE FUNCTION app.is_caseworker(p_office uuid, p_staff uuid, p_day date) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.staff s JOIN public.staff_role r ON r.staff_id = s.id
     WHERE s.id = p_staff AND s.office_id = p_office AND r.role = 'caseworker'
       AND s.active_from <= p_day AND (s.active_to IS NULL OR s.active_to >= p_day)
       AND r.valid_from <= p_day AND (r.valid_to IS NULL OR r.valid_to >= p_day)) $$;

-- The district's plans whose time has not passed by the day: whoever has the district has them.
CREATE FUNCTION app.plans_of_handover(h public.handover) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT p.id FROM public.visit_plan p WHERE p.district_id = h.district_id
      AND p.first_on + CASE p.kind WHEN 'year' THEN interval '1 year' ELSE interval '1 month' END > h.effective_on $$;

-- What lay with the former caseworker goes to the new one: open to-dos and papers of its households from before the day.
CREATE FUNCTION app.follow_handover(h public.handover) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_begins timestamptz := h.effective_on::timestamp AT TIME ZONE 'Asia/Tokyo';
BEGIN
  -- The list is that of the day: households came and went since it was planned.
  DELETE FROM public.handover_household x WHERE x.handover_id = h.id AND NOT EXISTS (SELECT FROM public.household o
    WHERE o.id = x.household_id AND o.district_id = h.district_id AND o.state IN ('receiving', 'suspended', 'applying'));
  INSERT INTO public.handover_household (handover_id, household_id, office_id)
  SELECT h.id, o.id, h.office_id FROM public.household o
   WHERE o.district_id = h.district_id AND o.office_id = h.office_id AND o.state IN ('receiving', 'suspended', 'applying')
  ON CONFLICT DO NOTHING;
  WITH moved AS (
    UPDATE public.todo t SET owner_id = h.to_id, version = t.version + 1
     WHERE t.owner_id = h.from_id AND t.state = 'open' AND t.created_at <= greatest(v_begins, h.made_at)
       AND t.household_id IN (SELECT x.household_id FROM public.handover_household x WHERE x.handover_id = h.id)
     RETURNING t.id, t.office_id, t.household_id)
  INSERT INTO public.handover_followed (handover_id, subject_id, kind, office_id, household_id)
  SELECT h.id, m.id, 'todo', m.office_id, m.household_id FROM moved m;
  WITH moved AS (
    UPDATE public.paper p SET owner_id = h.to_id
     WHERE p.owner_id = h.from_id AND p.state <> 'settled' AND p.received_at <= greatest(v_begins, h.made_at)
       AND p.household_id IN (SELECT x.household_id FROM public.handover_household x WHERE x.handover_id = h.id)
     RETURNING p.id, p.office_id, p.household_id)
  INSERT INTO public.handover_followed (handover_id, subject_id, kind, office_id, household_id)
  SELECT h.id, m.id, 'paper', m.office_id, m.household_id FROM moved m;
  UPDATE public.visit_plan p SET staff_id = h.to_id WHERE p.id IN (SELECT app.plans_of_handover(h));
  UPDATE public.handover x SET settled_at = app.now() WHERE x.id = h.id;
END $$;

-- Every handover of the office whose day has come; asked for by whoever looks at a desk. Returns how many there were.
CREATE FUNCTION app.follow_handovers() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE h public.handover; v_count integer := 0;
BEGIN
  FOR h IN SELECT * FROM public.handover x WHERE x.office_id = ANY (app.my_offices()) AND x.settled_at IS NULL
            AND x.undone_at IS NULL AND x.effective_on <= app.today() ORDER BY x.effective_on, x.id FOR UPDATE SKIP LOCKED LOOP
    PERFORM app.follow_handover(h);
    v_count := v_count + 1;
  END LOOP;
  RETURN v_count;
END $$;

-- What cannot be handed over, in the words of the field.
CREATE FUNCTION app.check_handover(p_office uuid, p_district uuid, p_to uuid, p_on date) RETURNS void LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_office IS NULL OR NOT app.leads_district(p_district) THEN
    PERFORM app.refuse('BS403', 'この地区の担当替えができるのは、地区の査察指導員か上位の職です。');
  END IF;
  IF p_to = app.me() THEN
    PERFORM app.refuse('BS403', '自分を新しい担当者にすることはできません。上位の職が担当替えをしてください。');
  END IF;
  IF p_on IS NULL OR p_on < app.today() OR p_on > app.today() + 366 THEN
    PERFORM app.refuse('BS422', '引き継ぐ日は、今日から1年先までの日にしてください。', 'effective_on');
  END IF;
  IF NOT app.is_caseworker(p_office, p_to, p_on) THEN
    PERFORM app.refuse('BS422', '新しい担当者には、その日に地区担当員の職務がある職員を選んでください。', 'to_id');
  END IF;
END $$;

-- Hands one district over from a day on; the person shown before says what the asker saw. Returns how many households it has.
CREATE FUNCTION app.hand_over_district(p_id uuid, p_batch uuid, p_district uuid, p_to uuid, p_on date, p_shown uuid)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid;
  v_old public.assignment;
  h public.handover;
  v_count integer;
BEGIN
  SELECT d.office_id INTO v_office FROM public.district d
   WHERE d.id = p_district AND d.office_id = ANY (app.my_offices()) FOR NO KEY UPDATE;
  SELECT * INTO h FROM public.handover x WHERE x.id = p_id AND x.made_by = app.me() AND x.batch_id = p_batch
     AND x.district_id = p_district AND x.to_id = p_to AND x.effective_on = p_on AND x.undone_at IS NULL;
  IF h.id IS NOT NULL THEN
    RETURN (SELECT count(*)::integer FROM public.handover_household x WHERE x.handover_id = p_id);
  END IF;
  PERFORM app.check_handover(v_office, p_district, p_to, p_on);
  IF EXISTS (SELECT FROM public.assignment a WHERE a.district_id = p_district AND a.kind = 'main' AND a.valid_from > p_on) THEN
    PERFORM app.refuse('BS409', 'この地区には、その日以後に始まる担当がもうあります。先にその担当替えを取り消してください。');
  END IF;
  SELECT * INTO v_old FROM public.assignment a WHERE a.district_id = p_district AND a.kind = 'main'
     AND a.valid_from <= p_on AND (a.valid_to IS NULL OR a.valid_to >= p_on) ORDER BY a.valid_from DESC LIMIT 1;
  IF v_old.staff_id IS DISTINCT FROM p_shown THEN
    PERFORM app.refuse('BS409', 'この地区の担当は、表示のあとで別の職員が変えました。最新の状態を見て、もう一度確認してください。');
  END IF;
  IF v_old.staff_id = p_to THEN
    PERFORM app.refuse('BS422', 'この職員は、その日にもうこの地区の担当です。', 'to_id');
  END IF;
  IF v_old.valid_from = p_on THEN
    PERFORM app.refuse('BS409', 'この地区には、その日以後に始まる担当がもうあります。先にその担当替えを取り消してください。');
  END IF;
  UPDATE public.assignment a SET valid_to = p_on - 1 WHERE a.id = v_old.id;
  INSERT INTO public.assignment (id, office_id, district_id, staff_id, kind, valid_from, valid_to)
  VALUES (gen_random_uuid(), v_office, p_district, p_to, 'main', p_on, NULL);
  INSERT INTO public.handover (id, office_id, batch_id, district_id, from_id, to_id, effective_on, former_until, made_by, made_at)
  VALUES (p_id, v_office, p_batch, p_district, v_old.staff_id, p_to, p_on, v_old.valid_to, app.me(), app.now()) RETURNING * INTO h;
  INSERT INTO public.handover_household (handover_id, household_id, office_id)
  SELECT p_id, x.id, v_office FROM public.household x
   WHERE x.district_id = p_district AND x.office_id = v_office AND x.state IN ('receiving', 'suspended', 'applying');
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF p_on <= app.today() THEN PERFORM app.follow_handover(h); END IF;
  RETURN v_count;
END $$;

-- The handover, locked, for whoever leads its district.
CREATE FUNCTION app.handover_at_hand(p_id uuid) RETURNS public.handover LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE h public.handover;
BEGIN
  SELECT * INTO h FROM public.handover x WHERE x.id = p_id AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF h.id IS NULL THEN PERFORM app.refuse('BS403', 'この担当替えは見つかりません。'); END IF;
  IF h.undone_at IS NOT NULL THEN PERFORM app.refuse('BS409', 'この担当替えはもう取り消されています。'); END IF;
  RETURN h;
END $$;

-- Whether the new caseworker has done anything in one of its households since the day: then it is not taken back.
CREATE FUNCTION app.handover_was_acted_on(h public.handover) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ WITH mine AS (SELECT x.household_id, x.taken_at FROM public.handover_household x WHERE x.handover_id = h.id),
   since AS (SELECT greatest(h.effective_on::timestamp AT TIME ZONE 'Asia/Tokyo', h.made_at) AS at)
   SELECT EXISTS (SELECT FROM mine m WHERE m.taken_at IS NOT NULL)
       OR EXISTS (SELECT FROM mine m JOIN public.entry e ON e.household_id = m.household_id, since s
                   WHERE (e.author_id = h.to_id OR e.changed_by = h.to_id) AND e.saved_at >= s.at)
       OR EXISTS (SELECT FROM mine m JOIN public.support_policy p ON p.household_id = m.household_id, since s
                   WHERE p.author_id = h.to_id AND p.saved_at >= s.at)
       OR EXISTS (SELECT FROM mine m JOIN public.paper_step p ON p.household_id = m.household_id, since s
                   WHERE p.by_id = h.to_id AND p.at >= s.at)
       OR EXISTS (SELECT FROM mine m JOIN public.handover_fault f ON f.household_id = m.household_id
                   WHERE f.handover_id = h.id AND f.ticked_by = h.to_id)
       OR EXISTS (SELECT FROM public.handover_followed f JOIN public.todo t ON t.id = f.subject_id
                   WHERE f.handover_id = h.id AND f.kind = 'todo' AND t.state = 'done') $$;

-- Takes a handover back, as though it had not been: before its first act, and not later than two weeks after its day.
CREATE FUNCTION app.undo_handover(p_id uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  h public.handover := app.handover_at_hand(p_id);
  v_new public.assignment;
BEGIN
  PERFORM FROM public.district d WHERE d.id = h.district_id FOR NO KEY UPDATE;
  IF NOT app.leads_district(h.district_id) THEN
    PERFORM app.refuse('BS403', 'この地区の担当替えができるのは、地区の査察指導員か上位の職です。');
  END IF;
  IF h.from_id = app.me() THEN
    PERFORM app.refuse('BS403', '自分を新しい担当者にすることはできません。上位の職が担当替えをしてください。');
  END IF;
  SELECT * INTO v_new FROM public.assignment a WHERE a.district_id = h.district_id AND a.kind = 'main' AND a.staff_id = h.to_id
     AND a.valid_from = h.effective_on AND a.valid_to IS NULL;
  IF v_new.id IS NULL OR EXISTS (SELECT FROM public.assignment a WHERE a.district_id = h.district_id AND a.kind = 'main'
                                  AND a.valid_from > h.effective_on) THEN
    PERFORM app.refuse('BS409', 'この担当替えのあとで地区の担当がまた変わったため取り消せません。新しい担当替えから先に取り消してください。');
  END IF;
  IF app.today() > h.effective_on + 14 THEN
    PERFORM app.refuse('BS409', '引き継いだ日から14日を過ぎたため取り消せません。戻すときは、日を決めて新しい担当替えをしてください。');
  END IF;
  IF app.handover_was_acted_on(h) THEN
    PERFORM app.refuse('BS409', '新しい担当者がもう記録や確認などをした世帯があるため取り消せません。戻すときは、日を決めて新しい担当替えをしてください。');
  END IF;
  IF app.today() <= h.effective_on THEN
    DELETE FROM public.assignment a WHERE a.id = v_new.id;
    UPDATE public.assignment a SET valid_to = h.former_until WHERE a.district_id = h.district_id AND a.kind = 'main'
       AND a.staff_id = h.from_id AND a.valid_to = h.effective_on - 1;
  ELSE
    UPDATE public.assignment a SET valid_to = app.today() - 1 WHERE a.id = v_new.id;
    IF h.from_id IS NOT NULL AND coalesce(h.former_until, 'infinity') >= app.today() THEN
      INSERT INTO public.assignment (id, office_id, district_id, staff_id, kind, valid_from, valid_to)
      VALUES (gen_random_uuid(), h.office_id, h.district_id, h.from_id, 'main', app.today(), h.former_until);
    END IF;
  END IF;
  IF h.from_id IS NOT NULL THEN
    UPDATE public.todo t SET owner_id = h.from_id, version = t.version + 1
     WHERE t.owner_id = h.to_id AND t.state = 'open' AND t.id IN (
       SELECT f.subject_id FROM public.handover_followed f WHERE f.handover_id = h.id AND f.kind = 'todo');
    UPDATE public.paper p SET owner_id = h.from_id
     WHERE p.owner_id = h.to_id AND p.state <> 'settled' AND p.id IN (
       SELECT f.subject_id FROM public.handover_followed f WHERE f.handover_id = h.id AND f.kind = 'paper');
    UPDATE public.visit_plan p SET staff_id = h.from_id
     WHERE h.settled_at IS NOT NULL AND p.staff_id = h.to_id AND p.id IN (SELECT app.plans_of_handover(h));
  END IF;
  UPDATE public.handover x SET undone_by = app.me(), undone_at = app.now() WHERE x.id = h.id;
  RETURN (SELECT count(*)::integer FROM public.handover_household x WHERE x.handover_id = h.id);
END $$;

-- Confirms households on one side: the one who leaves ('given'), the one who comes ('taken'). Returns how many it was news for.
CREATE FUNCTION app.confirm_handover(p_id uuid, p_households uuid[], p_side text) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  h public.handover := app.handover_at_hand(p_id);
  v_count integer;
BEGIN
  IF NOT coalesce(CASE p_side WHEN 'given' THEN h.from_id = ANY (app.acting_for())
                              WHEN 'taken' THEN h.to_id = ANY (app.acting_for()) END, false)
     OR NOT app.may('write_records') THEN
    PERFORM app.refuse('BS403', '引継ぎの確認ができるのは、前の担当者と新しい担当者の本人（代理を含む）です。');
  END IF;
  IF p_side = 'taken' AND h.effective_on > app.today() THEN
    PERFORM app.refuse('BS409', 'まだ引き継ぐ日になっていません。引き受けた確認は、その日から行えます。');
  END IF;
  IF p_side = 'given' THEN
    UPDATE public.handover_household x SET given_by = app.me(), given_at = app.now()
     WHERE x.handover_id = h.id AND x.household_id = ANY (p_households) AND x.given_at IS NULL;
  ELSE
    UPDATE public.handover_household x SET taken_by = app.me(), taken_at = app.now()
     WHERE x.handover_id = h.id AND x.household_id = ANY (p_households) AND x.taken_at IS NULL;
  END IF;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END $$;

-- Keeps what the radar found in its households (総点検), once, from its day on. Pairs of household and rule.
CREATE FUNCTION app.take_handover_faults(p_id uuid, p_households uuid[], p_rules text[]) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  h public.handover := app.handover_at_hand(p_id);
  v_count integer;
BEGIN
  IF NOT app.leads_district(h.district_id) THEN
    PERFORM app.refuse('BS403', 'この地区の担当替えができるのは、地区の査察指導員か上位の職です。');
  END IF;
  IF h.checked_at IS NOT NULL THEN PERFORM app.refuse('BS409', '総点検の一覧はもう作られています。'); END IF;
  IF h.effective_on > app.today() THEN PERFORM app.refuse('BS409', '総点検は、引き継ぐ日から行えます。'); END IF;
  INSERT INTO public.handover_fault (id, office_id, handover_id, household_id, rule)
  SELECT gen_random_uuid(), h.office_id, h.id, f.household_id, f.rule
    FROM (SELECT DISTINCT u.household_id, u.rule FROM unnest(p_households, p_rules) AS u(household_id, rule)
           WHERE u.rule ~ '^[A-Z][0-9]{2,3}$') f
    JOIN public.handover_household x ON x.handover_id = h.id AND x.household_id = f.household_id;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  UPDATE public.handover x SET checked_by = app.me(), checked_at = app.now() WHERE x.id = h.id;
  RETURN v_count;
END $$;

-- Ticks a fault off: by the new caseworker or by whoever leads the district.
CREATE FUNCTION app.tick_handover_fault(p_fault uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  h public.handover := app.handover_at_hand((SELECT f.handover_id FROM public.handover_fault f WHERE f.id = p_fault));
  v_count integer;
BEGIN
  IF NOT (h.to_id = ANY (app.acting_for()) AND app.may('write_records') OR app.leads_district(h.district_id)) THEN
    PERFORM app.refuse('BS403', '総点検の印を付けられるのは、新しい担当者と地区の査察指導員・上位の職です。');
  END IF;
  UPDATE public.handover_fault f SET ticked_by = app.me(), ticked_at = app.now() WHERE f.id = p_fault AND f.ticked_at IS NULL;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END $$;
