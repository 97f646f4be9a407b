-- Received papers (受領書類): taken in, moved on and handed over by these functions only. Their tables have no grant to
-- write, so that number, receiver, times, states and steps are the server's, and nothing leaves the intake book.

-- Whether somebody of the office handles papers today: may become the owner of one.
CREATE FUNCTION app.handles_papers(p_staff uuid, p_office uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.staff s JOIN public.staff_role r ON r.staff_id = s.id
      JOIN app.role_permission p ON p.role = r.role AND p.permission = 'receive_papers'
    WHERE s.id = p_staff AND s.office_id = p_office
      AND s.active_from <= app.today() AND (s.active_to IS NULL OR s.active_to >= app.today())
      AND r.valid_from <= app.today() AND (r.valid_to IS NULL OR r.valid_to >= app.today())) $$;

-- Who looks after the household's district today; nobody where the post is vacant.
CREATE FUNCTION app.paper_owner(p_household uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT a.staff_id FROM public.household h JOIN public.assignment a ON a.district_id = h.district_id AND a.kind = 'main'
    WHERE h.id = p_household AND a.valid_from <= app.today() AND (a.valid_to IS NULL OR a.valid_to >= app.today())
      AND app.handles_papers(a.staff_id, h.office_id)
    ORDER BY a.valid_from DESC, a.staff_id LIMIT 1 $$;

-- The next number of the office's book in the fiscal year. The row is locked, so that numbers have no gap.
CREATE FUNCTION app.next_paper_number(p_office uuid, p_year integer) RETURNS integer LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ INSERT INTO public.paper_book AS b (office_id, fiscal_year, last_number) VALUES (p_office, p_year, 1)
   ON CONFLICT (office_id, fiscal_year) DO UPDATE SET last_number = b.last_number + 1
   RETURNING b.last_number $$;

CREATE FUNCTION app.trimmed(p_text text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT btrim(coalesce(p_text, ''), E' \t\n\r\u3000') $$;

-- What cannot be taken in, in the words of the field.
CREATE FUNCTION app.check_paper(p_office uuid, p_household uuid, p_kind text, p_person uuid, p_sheets integer, p_owner uuid,
                                p_from text, p_note text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.master_value(p_office, 'paper_kinds', p_kind) IS NULL THEN
    PERFORM app.refuse('BS422', 'この種類の書類はいまの設定値にありません。一覧から選んでください。', 'kind');
  END IF;
  IF p_sheets IS NULL OR p_sheets NOT BETWEEN 1 AND 9999 THEN
    PERFORM app.refuse('BS422', '枚数は1から9999までで入力してください。', 'sheets');
  END IF;
  IF p_person IS NOT NULL AND NOT EXISTS (SELECT FROM public.member m
      WHERE m.household_id = p_household AND m.person_id = p_person) THEN
    PERFORM app.refuse('BS422', 'この世帯の世帯員を選んでください。', 'person_id');
  END IF;
  IF p_owner IS NOT NULL AND NOT app.handles_papers(p_owner, p_office) THEN
    PERFORM app.refuse('BS422', '受領書類を扱う、在職中の職員を選んでください。', 'owner_id');
  END IF;
  IF char_length(p_from) > 100 THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', 'from_whom');
  END IF;
  IF char_length(p_note) > 1000 THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', 'note');
  END IF;
END $$;

-- Tells the other desks that the pool is not what it was: no paper, no household, nothing to be learnt.
CREATE FUNCTION app.tell_papers() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT pg_notify('banso_papers', '') $$;

-- Takes a paper in for any household of the office, whose file stays closed. The same paper again changes nothing.
CREATE FUNCTION app.receive_paper(p_paper uuid, p_household uuid, p_kind text, p_person uuid, p_sheets integer, p_owner uuid,
                                  p_from text, p_note text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_me uuid := app.me();
  v_office uuid;
  v_year integer := extract(year FROM app.today())::integer - (extract(month FROM app.today()) < 4)::integer;
  v_from text := app.trimmed(p_from);
  v_note text := app.trimmed(p_note);
BEGIN
  IF v_me IS NULL OR NOT app.may('receive_papers') THEN
    PERFORM app.refuse('BS403', '受領書類を扱う職務がありません。');
  END IF;
  SELECT h.office_id INTO v_office FROM public.household h
   WHERE h.id = p_household AND h.office_id = ANY (app.my_offices()) FOR NO KEY UPDATE;  -- a retry waits for the first try
  IF v_office IS NULL THEN
    PERFORM app.refuse('BS403', 'この世帯は見つからないか、ほかの福祉事務所の世帯です。');
  END IF;
  IF EXISTS (SELECT FROM public.paper p WHERE p.id = p_paper) THEN
    IF NOT EXISTS (SELECT FROM public.paper p WHERE p.id = p_paper AND p.received_by = v_me AND p.household_id = p_household
                    AND p.kind = p_kind AND p.sheets = p_sheets AND p.person_id IS NOT DISTINCT FROM p_person) THEN
      PERFORM app.refuse('BS403', 'この書類は見つからないか、担当する世帯のものではありません。');
    END IF;
    RETURN p_paper;
  END IF;
  PERFORM app.check_paper(v_office, p_household, p_kind, p_person, p_sheets, p_owner, v_from, v_note);
  INSERT INTO public.paper (id, office_id, household_id, fiscal_year, number, kind, person_id, sheets, state,
                            received_by, received_at, owner_id)
  VALUES (p_paper, v_office, p_household, v_year, app.next_paper_number(v_office, v_year), p_kind, p_person, p_sheets, 'received',
          v_me, app.now(), coalesce(p_owner, app.paper_owner(p_household)));
  INSERT INTO public.paper_text (paper_id, office_id, household_id, from_whom, note)
  VALUES (p_paper, v_office, p_household, v_from, v_note);
  INSERT INTO public.paper_step (paper_id, number, office_id, household_id, state, by_id, at)
  VALUES (p_paper, 1, v_office, p_household, 'received', v_me, app.now());
  PERFORM app.tell_papers();
  RETURN p_paper;
END $$;

-- The paper, locked, for whoever sees its household or owns it.
CREATE FUNCTION app.paper_at_hand(p_paper uuid) RETURNS public.paper LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.paper;
BEGIN
  IF NOT app.may('receive_papers') THEN PERFORM app.refuse('BS403', '受領書類を扱う職務がありません。'); END IF;
  SELECT * INTO p FROM public.paper x WHERE x.id = p_paper AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF p.id IS NULL OR NOT (app.sees(p.household_id) OR coalesce(p.owner_id = app.me(), false)) THEN
    PERFORM app.refuse('BS403', 'この書類は見つからないか、担当する世帯のものではありません。');
  END IF;
  RETURN p;
END $$;

-- Moves a paper on from the state that was shown, as the table of moves allows.
CREATE FUNCTION app.step_paper(p_paper uuid, p_from text, p_to text, p_reason text) RETURNS uuid LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  p public.paper := app.paper_at_hand(p_paper);
  v_needs boolean;
  v_reason text := app.trimmed(p_reason);
  v_number integer;
BEGIN
  IF p.state <> p_from OR p_from IS NULL THEN
    PERFORM app.refuse('BS409', 'この書類は別の職員が先に進めました。最新の状態を確認してください。');
  END IF;
  SELECT m.needs_reason INTO v_needs FROM app.paper_move m WHERE m.from_state = p.state AND m.to_state = p_to;
  IF v_needs IS NULL THEN
    PERFORM app.refuse('BS403', 'この状態へは進められません。一つずつ進めるか、理由を書いて完了にしてください。');
  END IF;
  IF v_needs AND v_reason = '' THEN
    PERFORM app.refuse('BS422', '決定を経ずに完了とする理由を入力してください。', 'reason');
  END IF;
  IF char_length(v_reason) > 1000 THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', 'reason');
  END IF;
  SELECT 1 + max(s.number) INTO v_number FROM public.paper_step s WHERE s.paper_id = p.id;
  INSERT INTO public.paper_step (paper_id, number, office_id, household_id, state, by_id, at)
  VALUES (p.id, v_number, p.office_id, p.household_id, p_to, app.me(), app.now());
  IF v_reason <> '' THEN
    INSERT INTO public.paper_step_text (paper_id, number, office_id, household_id, reason)
    VALUES (p.id, v_number, p.office_id, p.household_id, v_reason);
  END IF;
  UPDATE public.paper x SET state = p_to, settled_at = CASE p_to WHEN 'settled' THEN app.now() END WHERE x.id = p.id;
  IF p_to IN ('drafted', 'decided', 'settled') THEN PERFORM app.close_paper_drafts(p.id); END IF;
  PERFORM app.tell_papers();
  RETURN p.id;
END $$;

-- Gives a paper to another owner than the one that was shown.
CREATE FUNCTION app.hand_over_paper(p_paper uuid, p_shown uuid, p_to uuid) RETURNS uuid LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.paper := app.paper_at_hand(p_paper);
BEGIN
  IF p.state = 'settled' THEN PERFORM app.refuse('BS409', 'この書類は完了しています。'); END IF;
  IF p.owner_id IS DISTINCT FROM p_shown THEN
    PERFORM app.refuse('BS409', 'この書類の担当は先に変わりました。最新の状態を確認してください。');
  END IF;
  IF p_to IS NULL OR NOT app.handles_papers(p_to, p.office_id) THEN
    PERFORM app.refuse('BS422', '受領書類を扱う、在職中の職員を選んでください。', 'owner_id');
  END IF;
  UPDATE public.paper x SET owner_id = p_to WHERE x.id = p.id AND x.owner_id IS DISTINCT FROM p_to;
  PERFORM app.hand_over_paper_drafts(p.id, p_to);
  PERFORM app.tell_papers();
  RETURN p.id;
END $$;
