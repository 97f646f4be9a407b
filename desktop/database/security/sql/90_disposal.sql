-- Disposal of case files (文書廃棄): holds, lists, and the two decisions. What carries a list out stands in 91.
-- The same rules and sentences stand in desktop/domain/disposal.py.

-- The last day of retention by the office's confirmed years in force today; NULL where there are none.
CREATE FUNCTION app.kept_until(p_office uuid, p_class text, p_closed date) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN m.is_retired OR NOT m.confirmed OR jsonb_typeof(m.value -> 'years') IS DISTINCT FROM 'number' THEN NULL
     WHEN (m.value ->> 'years')::numeric NOT BETWEEN 1 AND 1000 THEN NULL
     WHEN coalesce((m.value ->> 'from_fiscal_year')::boolean, true) THEN
       make_date(extract(year FROM p_closed)::integer + (extract(month FROM p_closed) >= 4)::integer
                 + (m.value ->> 'years')::integer, 3, 31)
     ELSE (p_closed + make_interval(years => (m.value ->> 'years')::integer))::date END
     FROM public.master m
    WHERE m.office_id = p_office AND m.table_name = 'retention' AND m.key = p_class
      AND m.approved_at IS NOT NULL AND m.valid_from <= app.today()
    ORDER BY m.valid_from DESC, m.approved_at DESC, m.id DESC LIMIT 1 $$;

-- What decides about a household's file today, and why it may not go (NULL: it may). p_list: the list it stands on.
CREATE FUNCTION app.disposal_case(p_household uuid, p_list uuid, OUT case_number text, OUT retention_class text,
    OUT retention_label text, OUT protected_from date, OUT closed_on date, OUT kept_until date, OUT refusal text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  h public.household;
  v_last public.household_state_period;
  v_carried date := (SELECT max((t.leaving_at AT TIME ZONE 'Asia/Tokyo')::date) FROM public.carry_out_item i
    JOIN public.carry_out t ON t.id = i.carry_out_id WHERE i.household_id = p_household AND t.state <> 'withdrawn');
BEGIN
  SELECT * INTO h FROM public.household x WHERE x.id = p_household;
  case_number := h.case_number;
  SELECT * INTO v_last FROM public.household_state_period p WHERE p.household_id = h.id ORDER BY p.valid_from DESC LIMIT 1;
  SELECT min(p.valid_from) INTO protected_from FROM public.household_state_period p
   WHERE p.household_id = h.id AND p.state IN ('receiving', 'suspended');
  IF h.state IS DISTINCT FROM 'closed' OR v_last.state IS DISTINCT FROM 'closed' OR v_last.valid_from > app.today()
     OR v_last.valid_to < app.today() THEN
    refusal := '廃止されていない世帯です。';
    RETURN;
  END IF;
  closed_on := v_last.valid_from;
  retention_class := CASE WHEN protected_from IS NULL THEN 'application_only' ELSE 'closed_case' END;
  retention_label := coalesce(app.master_value(h.office_id, 'retention', retention_class) ->> 'label', '');
  kept_until := app.kept_until(h.office_id, retention_class, closed_on);
  refusal := CASE
    WHEN kept_until IS NULL THEN '保存年限が設定されていないか、未確認のままです。設定値の「保存年限」を確認してください。'
    WHEN app.today() <= kept_until THEN '保存期間が終わっていません。'
    WHEN v_carried IS NOT NULL AND app.today() <= coalesce(app.kept_until(h.office_id, 'carry_out', v_carried), 'infinity')
      THEN '持出しの記録（K-11）の保存期間が終わっていないか、その保存年限が未確認のままです。'
    WHEN EXISTS (SELECT FROM public.hold o WHERE o.household_id = h.id AND o.valid_from <= app.today()
                  AND (o.valid_to IS NULL OR o.valid_to >= app.today())) THEN '保留（債務・不服申立など）があります。'
    WHEN EXISTS (SELECT FROM public.approval a WHERE a.household_id = h.id AND a.state IN ('waiting', 'held')) THEN '決裁中の記録があります。'
    WHEN EXISTS (SELECT FROM public.paper q WHERE q.household_id = h.id AND q.state <> 'settled') THEN '完了していない受領書類があります。'
    WHEN EXISTS (SELECT FROM public.disclosure d WHERE d.household_id = h.id AND d.state IN ('preparing', 'handed_over', 'reviewed'))
      THEN '終わっていない開示請求があります。'
    WHEN EXISTS (SELECT FROM public.inquiry q WHERE q.household_id = h.id AND q.state NOT IN ('checked', 'withdrawn')) THEN '終わっていない照会があります。'
    WHEN EXISTS (SELECT FROM public.disposal_item i JOIN public.disposal_list l ON l.id = i.list_id
                  WHERE i.household_id = h.id AND l.id <> p_list AND l.state IN ('drawn_up', 'checked', 'approved')) THEN 'ほかの廃棄簿に載っています。'
    END;
END $$;

-- What people approve: the list and every household on it.
CREATE FUNCTION app.disposal_hash(p_list uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT encode(sha256(convert_to(concat(jsonb_build_array(l.id, l.office_id, l.number, l.as_of, l.drawn_up_by)::text,
          (SELECT string_agg(to_jsonb(i)::text, ',' ORDER BY i.household_id) FROM public.disposal_item i WHERE i.list_id = l.id)), 'UTF8')), 'hex')
     FROM public.disposal_list l WHERE l.id = p_list $$;

-- Refuses where a household of the list may not be disposed of today: how many, and why the first.
CREATE FUNCTION app.need_disposable(p_households uuid[], p_list uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v record;
BEGIN
  SELECT count(*) AS n, (array_agg(c.refusal ORDER BY g.n))[1] AS first INTO v
    FROM unnest(p_households) WITH ORDINALITY AS g(id, n) CROSS JOIN LATERAL app.disposal_case(g.id, p_list) c
   WHERE c.refusal IS NOT NULL;
  IF v.n > 0 THEN PERFORM app.refuse('BS409', format('廃棄できない世帯が%s件あります（%s）', v.n, v.first)); END IF;
END $$;

CREATE FUNCTION app.draw_up_disposal(p_id uuid, p_households uuid[]) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_office uuid := (app.my_offices())[1];
BEGIN
  IF v_office IS NULL OR NOT app.may('draw_up_disposal') THEN
    PERFORM app.refuse('BS403', 'この操作はあなたの職務では認められていません。');
  END IF;
  IF EXISTS (SELECT FROM unnest(p_households) g(id) WHERE NOT EXISTS (
      SELECT FROM public.household h WHERE h.id = g.id AND h.office_id = v_office)) THEN
    PERFORM app.refuse('BS403', 'この世帯は見つからないか、ほかの福祉事務所の世帯です。');
  END IF;
  IF coalesce(cardinality(p_households), 0) = 0 THEN
    PERFORM app.refuse('BS422', '廃棄簿に載せる世帯を選んでください。', 'households');
  END IF;
  PERFORM FROM public.office o WHERE o.id = v_office FOR NO KEY UPDATE;  -- one list after the other
  INSERT INTO public.disposal_list (id, office_id, number, as_of, state, drawn_up_by, drawn_up_at, content_hash)
  SELECT p_id, v_office, 1 + coalesce(max(l.number), 0), app.today(), 'drawn_up', app.me(), app.now(), ''
    FROM public.disposal_list l WHERE l.office_id = v_office;
  PERFORM app.need_disposable(p_households, p_id);
  INSERT INTO public.disposal_item (list_id, household_id, office_id, case_number, retention_class, retention_label,
                                    protected_from, closed_on, kept_until)
  SELECT p_id, g.id, v_office, c.case_number, c.retention_class, c.retention_label, c.protected_from, c.closed_on, c.kept_until
    FROM (SELECT DISTINCT unnest(p_households) AS id) g CROSS JOIN LATERAL app.disposal_case(g.id, p_id) c;
  UPDATE public.disposal_list SET content_hash = app.disposal_hash(p_id) WHERE id = p_id;
  RETURN p_id;
END $$;

-- The list, locked, as the person saw it; refuses where it is another one by now.
CREATE FUNCTION app.shown_disposal(p_list uuid, p_permission text, p_hash text) RETURNS public.disposal_list
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE l public.disposal_list;
BEGIN
  IF NOT app.may(p_permission) THEN PERFORM app.refuse('BS403', 'この操作はあなたの職務では認められていません。'); END IF;
  SELECT * INTO l FROM public.disposal_list x WHERE x.id = p_list AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF l.id IS NULL THEN PERFORM app.refuse('BS403', 'この廃棄簿は見つかりません。画面を更新してください。'); END IF;
  IF p_hash IS DISTINCT FROM l.content_hash OR l.content_hash IS DISTINCT FROM app.disposal_hash(l.id) THEN
    PERFORM app.refuse('BS409', '廃棄簿の内容が、表示または承認されたものと違います。画面を更新してください。');
  END IF;
  RETURN l;
END $$;

-- Who may have sat behind an account at an instant: its person, and whoever gave it a password within a day before.
CREATE FUNCTION app.hands_at(p_staff uuid, p_at timestamptz) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ WITH RECURSIVE hands(id) AS (
     SELECT p_staff
     UNION
     SELECT r.by_id FROM public.password_reset r JOIN hands h ON h.id = r.staff_id
      WHERE r.at > p_at - interval '1 day' AND r.at <= p_at)
   SELECT array_agg(h.id) FROM hands h $$;

-- Whether two acts may be one hand's: one account, or somebody who gave both a password.
CREATE FUNCTION app.one_hand(p_one uuid, p_one_at timestamptz, p_other uuid, p_other_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT app.hands_at(p_one, p_one_at) && app.hands_at(p_other, p_other_at) $$;

-- Whether two accounts are in one name: one person with two of them, or two of that name. The database cannot tell.
CREATE FUNCTION app.one_name(p_one uuid, p_other uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (
     SELECT FROM public.staff a JOIN public.staff b
         ON translate(a.name, E' \u3000', '') = translate(b.name, E' \u3000', '')
        AND translate(a.kana, E' \u3000', '') = translate(b.kana, E' \u3000', '')
      WHERE a.id = p_one AND b.id = p_other) $$;

-- Whether two acts may be one person's.
CREATE FUNCTION app.may_be_one(p_one uuid, p_one_at timestamptz, p_other uuid, p_other_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT app.one_hand(p_one, p_one_at, p_other, p_other_at) OR app.one_name(p_one, p_other) $$;

CREATE FUNCTION app.judge_disposal_decider(l public.disposal_list) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_namesake text;
BEGIN
  IF l.drawn_up_by = app.me() THEN
    PERFORM app.refuse('BS403', '自分が作った廃棄簿は承認できません。別の職員が承認してください。');
  END IF;
  IF app.one_hand(l.drawn_up_by, l.drawn_up_at, app.me(), app.now()) OR EXISTS (
      SELECT FROM public.disposal_decision d WHERE d.list_id = l.id AND app.one_hand(d.decided_by, d.decided_at, app.me(), app.now())) THEN
    PERFORM app.refuse('BS403', '点検と承認は、作成した人とも互いにも別の人が行います。別の職員が行ってください。');
  END IF;
  v_namesake := CASE WHEN app.one_name(l.drawn_up_by, app.me()) THEN '作成した人'
    WHEN EXISTS (SELECT FROM public.disposal_decision d WHERE d.list_id = l.id AND app.one_name(d.decided_by, app.me())) THEN '点検した人' END;
  IF v_namesake IS NOT NULL THEN
    PERFORM app.refuse('BS403', format('%sと氏名・フリガナが同じため、同じ人かどうかを確かめられません。'
      '同姓同名の別の人であっても、この廃棄簿の点検・承認は、氏名の違う職員（ほかの査察指導員・課長補佐・課長・所長）が行ってください。', v_namesake));
  END IF;
END $$;

CREATE FUNCTION app.decide_disposal(p_list uuid, p_decision text, p_hash text, p_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  l public.disposal_list := app.shown_disposal(p_list, 'check_disposal', p_hash);
  v_step integer := CASE l.state WHEN 'drawn_up' THEN 1 WHEN 'checked' THEN 2 END;
BEGIN
  IF v_step IS NULL THEN PERFORM app.refuse('BS409', 'この廃棄簿は今の状態ではこの操作ができません。画面を更新してください。'); END IF;
  IF v_step = 2 AND NOT app.may('approve_disposal') THEN
    PERFORM app.refuse('BS403', 'この操作はあなたの職務では認められていません。');
  END IF;
  PERFORM app.judge_disposal_decider(l);
  IF p_decision IS NULL OR p_decision NOT IN ('approved', 'rejected') THEN
    PERFORM app.refuse('BS422', '承認か却下を選んでください。', 'decision');
  END IF;
  IF p_decision = 'rejected' AND btrim(coalesce(p_reason, ''), E' \t\n\r\u3000') = '' THEN
    PERFORM app.refuse('BS422', '却下する理由を入力してください。', 'reason');
  END IF;
  INSERT INTO public.disposal_decision (list_id, number, office_id, decision, decided_by, decided_at, content_hash, reason)
  VALUES (l.id, v_step, l.office_id, p_decision, app.me(), app.now(), l.content_hash, left(btrim(coalesce(p_reason, ''), E' \t\n\r\u3000'), 400));
  UPDATE public.disposal_list SET state = CASE WHEN p_decision = 'rejected' THEN 'rejected' WHEN v_step = 1 THEN 'checked' ELSE 'approved' END,
         closed_by = CASE WHEN p_decision = 'rejected' THEN app.me() END, closed_at = CASE WHEN p_decision = 'rejected' THEN app.now() END
   WHERE id = l.id;
END $$;

CREATE FUNCTION app.withdraw_disposal(p_list uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE l public.disposal_list;
BEGIN
  SELECT * INTO l FROM public.disposal_list x WHERE x.id = p_list AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF l.id IS NULL OR NOT app.may('draw_up_disposal') THEN
    PERFORM app.refuse('BS403', 'この廃棄簿は見つかりません。画面を更新してください。');
  END IF;
  IF l.drawn_up_by <> app.me() THEN PERFORM app.refuse('BS403', '廃棄簿を取り下げられるのは、作成した本人だけです。'); END IF;
  IF l.state NOT IN ('drawn_up', 'checked', 'approved') THEN
    PERFORM app.refuse('BS409', 'この廃棄簿は今の状態ではこの操作ができません。画面を更新してください。');
  END IF;
  UPDATE public.disposal_list SET state = 'withdrawn', closed_by = app.me(), closed_at = app.now() WHERE id = l.id;
END $$;

-- A hold (保留): whoever reaches the file may set one; it takes effect at once, also against an approved list.
CREATE FUNCTION app.set_hold(p_id uuid, p_household uuid, p_kind text, p_from date, p_to date, p_text text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_office uuid := app.office_of(p_household);
BEGIN
  IF NOT app.may('open_case_files') OR coalesce(v_office <> ALL (app.my_offices()), true)
     OR NOT app.sees(p_household) THEN
    PERFORM app.refuse('BS403', 'この世帯は見つからないか、見る権限がありません。');
  END IF;
  IF coalesce(p_kind, '') NOT IN ('debt', 'appeal', 'lawsuit', 'other') THEN PERFORM app.refuse('BS422', '保留の種類を選んでください。', 'kind'); END IF;
  IF btrim(coalesce(p_text, ''), E' \t\n\r\u3000') = '' OR length(p_text) > 400 THEN
    PERFORM app.refuse('BS422', '保留の理由を400字までで入力してください。', 'reason');
  END IF;
  IF p_from IS NULL THEN PERFORM app.refuse('BS422', 'いつからかを入力してください。', 'valid_from'); END IF;
  IF p_to < p_from OR p_to < app.today() THEN
    PERFORM app.refuse('BS422', '終わりの日は、始まりの日以後で今日以後にしてください。', 'valid_to');
  END IF;
  -- Behind a disposal that is under way: what is gone by then is not held.
  PERFORM FROM public.household h WHERE h.id = p_household FOR KEY SHARE;
  IF EXISTS (SELECT FROM public.tombstone t WHERE t.household_id = p_household)
     AND NOT EXISTS (SELECT FROM public.household_state_period p WHERE p.household_id = p_household) THEN
    PERFORM app.refuse('BS409', 'すでに廃棄されています。');
  END IF;
  INSERT INTO public.hold (id, office_id, household_id, kind, valid_from, valid_to, set_by, set_at)
  VALUES (p_id, v_office, p_household, p_kind, p_from, p_to, app.me(), app.now());
  INSERT INTO public.hold_text (hold_id, office_id, household_id, text) VALUES (p_id, v_office, p_household, btrim(p_text, E' \t\n\r\u3000'));
  RETURN p_id;
END $$;

-- Lifting a hold lets a file go: never by whoever may draw up lists and nothing more. Yesterday was its last day.
CREATE FUNCTION app.end_hold(p_hold uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE o public.hold;
BEGIN
  SELECT * INTO o FROM public.hold x WHERE x.id = p_hold AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF o.id IS NULL OR NOT app.may('check_disposal') OR NOT app.sees(o.household_id) THEN
    PERFORM app.refuse('BS403', 'この保留は見つからないか、終わらせる権限がありません。');
  END IF;
  IF o.ended_at IS NOT NULL OR o.valid_to < app.today() THEN PERFORM app.refuse('BS409', 'この保留はすでに終わっています。'); END IF;
  UPDATE public.hold SET valid_to = greatest(app.today() - 1, o.valid_from), ended_by = app.me(), ended_at = app.now() WHERE id = o.id;
END $$;
