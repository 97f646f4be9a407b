-- Personal papers that leave the office (持出し): made, approved, taken out, brought back and confirmed by these functions only.
-- Their tables have no grant to write, so that numbers have no gap, a trip is never forgotten and nobody confirms his own.

-- A limit of the office (しきい値) in force today; the shipped one where the office has no row.
CREATE FUNCTION app.carry_limit(p_office uuid, p_key text, p_shipped integer) RETURNS integer LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce((app.master_value(p_office, 'thresholds', p_key) ->> 'number')::integer, p_shipped) $$;

CREATE FUNCTION app.carry_words(p_text text, p_field text, p_most integer) RETURNS text LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_text text := app.trimmed(p_text);
BEGIN
  IF char_length(v_text) > p_most THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', p_field);
  END IF;
  RETURN v_text;
END $$;

-- The next number of the office's register in the fiscal year. The row is locked, so that numbers have no gap.
CREATE FUNCTION app.next_carry_number(p_office uuid, p_year integer) RETURNS integer LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ INSERT INTO public.carry_out_book AS b (office_id, fiscal_year, last_number) VALUES (p_office, p_year, 1)
   ON CONFLICT (office_id, fiscal_year) DO UPDATE SET last_number = b.last_number + 1
   RETURNING b.last_number $$;

-- Nothing new goes out while something of the person has not come back for too long, unless a supervisor said so today.
CREATE FUNCTION app.judge_carry_block(p_office uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_days integer := greatest(app.carry_limit(p_office, 'carry_block_days', 1), 1);
  c public.carry_out;
  v_on date;
BEGIN
  SELECT * INTO c FROM public.carry_out x WHERE x.staff_id = app.me() AND x.state = 'out'
     AND (x.left_at AT TIME ZONE 'Asia/Tokyo')::date + v_days <= app.today() ORDER BY x.left_at, x.id LIMIT 1;
  IF c.id IS NULL OR EXISTS (SELECT FROM public.carry_out_pass p WHERE p.staff_id = app.me() AND p.valid_on = app.today()) THEN
    RETURN;
  END IF;
  v_on := (c.left_at AT TIME ZONE 'Asia/Tokyo')::date;
  PERFORM app.refuse('BS409', format('返却されていない持出し（持%s-%s、%s月%s日）があるため、新しく持ち出せません。'
    '先に返却・廃棄の確認を受けるか、査察指導員に差止めを解いてもらってください。',
    c.fiscal_year - 2018, lpad(c.number::text, 4, '0'), extract(month FROM v_on)::integer, extract(day FROM v_on)::integer));
END $$;

-- `p_was_back`: the return time that a correction replaced.
CREATE FUNCTION app.put_carry_step(p_id uuid, p_office uuid, p_state text, p_words text, p_was_back timestamptz DEFAULT NULL)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.carry_out_step (carry_out_id, number, office_id, state, by_id, at, words, was_back_at)
  SELECT p_id, 1 + coalesce(max(s.number), 0), p_office, p_state, app.me(), app.now(), p_words, p_was_back
    FROM public.carry_out_step s WHERE s.carry_out_id = p_id;
END $$;

-- What cannot be made, in the words of the field.
CREATE FUNCTION app.check_carry_out(p_office uuid, p_reason text, p_leaving timestamptz, p_kinds text[], p_sheets integer,
                                    p_households uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_leaving date := (p_leaving AT TIME ZONE 'Asia/Tokyo')::date;
  v_most integer := app.carry_limit(p_office, 'carry_most_households', 12);
BEGIN
  IF coalesce(v_leaving NOT BETWEEN app.today() AND app.today() + 7, true) THEN
    PERFORM app.refuse('BS422', '出発は、今日から7日先までの日時にしてください。', 'leaving_at');
  END IF;
  IF cardinality(p_kinds) = 0 OR EXISTS (SELECT FROM unnest(p_kinds) k(code)
      WHERE app.master_value(p_office, 'carry_media', k.code) IS NULL) THEN
    PERFORM app.refuse('BS422', '持ち出すものを一つ以上、一覧から選んでください。', 'kinds');
  END IF;
  IF EXISTS (SELECT FROM unnest(p_kinds) k(code)
      WHERE NOT coalesce((app.master_value(p_office, 'carry_media', k.code) ->> 'is_allowed')::boolean, false)) THEN
    PERFORM app.refuse('BS422', '設定値で持出しが認められていないものが含まれています。', 'kinds');
  END IF;
  IF coalesce(p_sheets NOT BETWEEN 1 AND 999, true) THEN
    PERFORM app.refuse('BS422', '枚数は1から999までで入力してください。', 'sheets');
  END IF;
  IF coalesce(p_reason NOT IN ('visit', 'accompany', 'entry', 'meeting'), true)
     OR (p_reason <> 'meeting' AND cardinality(p_households) = 0) THEN
    PERFORM app.refuse('BS422', '訪問・同行・立入の携行票には、世帯を一つ以上選んでください。', 'items');
  END IF;
  IF cardinality(p_households) > v_most THEN
    PERFORM app.refuse('BS422', format('一度に持ち出せるのは%s世帯までです（一日の訪問の分）。', v_most), 'items');
  END IF;
  IF (SELECT count(DISTINCT h.id) FROM unnest(p_households) h(id)) < cardinality(p_households) THEN
    PERFORM app.refuse('BS422', '同じ世帯が二度選ばれています。', 'items');
  END IF;
  IF EXISTS (SELECT FROM unnest(p_households) h(id) WHERE NOT coalesce(app.sees(h.id), false)
              OR NOT EXISTS (SELECT FROM public.household x WHERE x.id = h.id AND x.office_id = p_office)) THEN
    PERFORM app.refuse('BS403', '持ち出す世帯の中に、担当する世帯でないものがあります。');
  END IF;
END $$;

-- Whose word a trip needs: the highest of what goes out; the supervisor's where the office asks, for a reading pack or where one goes
-- straight home.
CREATE FUNCTION app.carry_approval(p_office uuid, p_kinds text[], p_home boolean) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE
     WHEN 'head' = ANY (a.asked) THEN 'head'
     WHEN p_home OR 'reading_pack' = ANY (p_kinds) OR 'supervisor' = ANY (a.asked) OR app.carry_limit(p_office, 'carry_needs_approval', 0) <> 0 THEN 'supervisor'
     ELSE 'none' END
   FROM (SELECT array_agg(app.master_value(p_office, 'carry_media', k.code) ->> 'approval') AS asked FROM unnest(p_kinds) k(code)) a $$;

-- The households of a trip in their order; `p_purposes` are the codes of each, parted by commas.
CREATE FUNCTION app.put_carry_items(p_id uuid, p_office uuid, p_households uuid[], p_places boolean[], p_purposes text[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF cardinality(p_places) IS DISTINCT FROM cardinality(p_households)
     OR cardinality(p_purposes) IS DISTINCT FROM cardinality(p_households)
     OR EXISTS (SELECT FROM unnest(p_purposes) p(codes), unnest(string_to_array(p.codes, ',')) c(code)
                 WHERE coalesce(app.master_value(p_office, 'visit_purposes', c.code) ->> 'sheet_label', '') = '') THEN
    PERFORM app.refuse('BS422', '訪問の目的を一覧から選んでください。', 'items');
  END IF;
  INSERT INTO public.carry_out_item (carry_out_id, household_id, office_id, place, with_place)
  SELECT p_id, h.id, p_office, h.place, coalesce(p_places[h.place], false) FROM unnest(p_households) WITH ORDINALITY h(id, place);
  INSERT INTO public.carry_out_purpose (carry_out_id, household_id, code, office_id)
  SELECT DISTINCT p_id, h.id, c.code, p_office FROM unnest(p_households) WITH ORDINALITY h(id, place),
         unnest(string_to_array(p_purposes[h.place], ',')) c(code);
END $$;

-- Makes a trip and gives it its number. The same once more by the same person changes nothing. Returns the version.
CREATE FUNCTION app.make_carry_out(p_id uuid, p_reason text, p_leaving timestamptz, p_area text, p_kinds text[], p_sheets integer,
                                   p_protection text, p_masked boolean, p_home boolean, p_households uuid[], p_places boolean[],
                                   p_purposes text[], p_expires timestamptz DEFAULT NULL) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid := (app.my_offices())[1];
  v_kinds text[] := (SELECT coalesce(array_agg(DISTINCT k.code ORDER BY k.code), '{}') FROM unnest(p_kinds) k(code));
  v_households uuid[] := coalesce(p_households, '{}');
  v_area text := app.carry_words(p_area, 'area', 60);
  v_protection text := app.carry_words(p_protection, 'protection', 300);
  v_year integer := extract(year FROM app.today())::integer - (extract(month FROM app.today()) < 4)::integer;
  c public.carry_out;
BEGIN
  IF app.me() IS NULL OR NOT app.may('write_records') THEN
    PERFORM app.refuse('BS403', '持出しを扱う職務がありません。');
  END IF;
  -- One after the other of a person, so that a retry stores once and the block is judged on what is there.
  PERFORM FROM public.staff s WHERE s.id = app.me() FOR NO KEY UPDATE;
  SELECT * INTO c FROM public.carry_out x WHERE x.id = p_id;
  IF c.id IS NOT NULL THEN
    IF c.staff_id IS DISTINCT FROM app.me() THEN PERFORM app.refuse('BS403', 'この持出しは見つかりません。番号を確かめてください。'); END IF;
    RETURN c.version;
  END IF;
  IF v_area = '' THEN PERFORM app.refuse('BS422', '行先（地区・施設など）を入力してください。世帯の氏名は書きません。', 'area'); END IF;
  PERFORM app.check_carry_out(v_office, p_reason, p_leaving, v_kinds, p_sheets, v_households);
  PERFORM app.check_reading_pack(v_office, p_leaving, v_kinds, p_sheets, v_households, p_expires);
  PERFORM app.judge_carry_block(v_office);
  INSERT INTO public.carry_out (id, office_id, version, fiscal_year, number, staff_id, reason, leaving_at, area, households, sheets,
                                protection, is_masked, goes_home, approval, state, made_at, destroyed)
  VALUES (p_id, v_office, 1, v_year, app.next_carry_number(v_office, v_year), app.me(), p_reason, p_leaving, v_area,
          cardinality(v_households), p_sheets, v_protection, coalesce(p_masked, false), coalesce(p_home, false),
          app.carry_approval(v_office, v_kinds, coalesce(p_home, false)), 'made', app.now(), false);
  INSERT INTO public.carry_out_kind (carry_out_id, code, office_id, label, medium)
  SELECT p_id, k.code, v_office, m.value ->> 'label', m.value ->> 'medium'
    FROM unnest(v_kinds) k(code), LATERAL (SELECT app.master_value(v_office, 'carry_media', k.code) AS value) m;
  PERFORM app.put_carry_items(p_id, v_office, v_households, p_places, p_purposes);
  INSERT INTO public.reading_pack (carry_out_id, office_id, expires_at) SELECT p_id, v_office, p_expires WHERE 'reading_pack' = ANY (v_kinds);
  PERFORM app.put_carry_step(p_id, v_office, 'made', '');
  RETURN 1;
END $$;

-- The trip, locked, of the person's office and as it was shown.
CREATE FUNCTION app.carry_out_at_hand(p_id uuid, p_version integer) RETURNS public.carry_out LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE c public.carry_out;
BEGIN
  IF app.me() IS NULL OR NOT app.may('open_case_files') THEN
    PERFORM app.refuse('BS403', '持出しを扱う職務がありません。');
  END IF;
  SELECT * INTO c FROM public.carry_out x WHERE x.id = p_id AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF c.id IS NULL THEN PERFORM app.refuse('BS403', 'この持出しは見つかりません。番号を確かめてください。'); END IF;
  IF c.version IS DISTINCT FROM p_version THEN
    PERFORM app.refuse('BS409', 'この持出しは別の職員が先に進めました。最新の状態を確認してください。');
  END IF;
  RETURN c;
END $$;

-- Whether the person is somebody's supervisor: of a district the other looks after, of whoever has none, or a head.
CREATE FUNCTION app.leads(p_staff uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_roles text[] := app.my_roles();
BEGIN
  IF p_staff = app.me() OR NOT app.may('decide_approvals') THEN RETURN false; END IF;
  IF v_roles && '{assistant_head,section_head,director}' THEN RETURN true; END IF;
  RETURN NOT EXISTS (SELECT FROM public.assignment a WHERE a.staff_id = p_staff AND a.valid_from <= app.today()
                      AND (a.valid_to IS NULL OR a.valid_to >= app.today()))
      OR EXISTS (SELECT FROM public.assignment a WHERE a.staff_id = p_staff AND a.kind IN ('main', 'deputy')
                  AND a.valid_from <= app.today() AND (a.valid_to IS NULL OR a.valid_to >= app.today())
                  AND a.district_id = ANY (app.districts_as('{supervisor}')));
END $$;

-- Who may make a move.
CREATE FUNCTION app.judge_carry_move(c public.carry_out, p_move text) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_own boolean := c.staff_id = app.me();
BEGIN
  CASE p_move
  WHEN 'approve' THEN
    IF v_own THEN
      PERFORM app.refuse('BS403', '自分の持出しは承認できません。別の査察指導員か上位の職が承認してください。');
    END IF;
    IF c.approval = 'head' AND NOT app.my_roles() && '{assistant_head,section_head,director}' THEN
      PERFORM app.refuse('BS403', 'この持出しを承認できるのは、課長補佐・課長・所長です。');
    END IF;
    IF NOT app.leads(c.staff_id) THEN
      PERFORM app.refuse('BS403', 'この持出しを承認できるのは、担当の査察指導員か上位の職です。');
    END IF;
  WHEN 'confirm' THEN
    IF v_own AND app.carry_limit(c.office_id, 'carry_second_person', 1) <> 0 THEN
      PERFORM app.refuse('BS403', '返却・廃棄の確認は、持ち出した本人以外の職員が行います。');
    END IF;
  WHEN 'lose', 'find', 'withdraw' THEN
    IF NOT v_own AND NOT app.leads(c.staff_id) THEN
      PERFORM app.refuse('BS403', '持ち出した本人だけができる操作です。');
    END IF;
  ELSE
    IF NOT v_own THEN PERFORM app.refuse('BS403', '持ち出した本人だけができる操作です。'); END IF;
  END CASE;
END $$;

-- What is said on the way out and back: approvals that are missing, sheets that were counted.
CREATE FUNCTION app.judge_carry_facts(c public.carry_out, p_move text, p_words text, p_sheets integer, p_destroyed boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_move = 'leave' THEN
    IF c.approval <> 'none' AND c.state <> 'approved' THEN
      PERFORM app.refuse('BS409', 'この持出しには承認が要ります。承認されてから印刷してください。');
    END IF;
    PERFORM app.judge_carry_block(c.office_id);
  END IF;
  IF p_words = '' AND (SELECT m.needs_words FROM app.carry_out_move m WHERE m.move = p_move) THEN
    PERFORM app.refuse('BS422', '理由を入力してください。', 'words');
  END IF;
  IF p_move = 'find' AND NOT EXISTS (SELECT FROM public.incident i WHERE i.carry_out_id = c.id) THEN
    PERFORM app.refuse('BS409', '先に、なくした書類の事案を報告してください。見つかったことはそのあとに記録します。');
  END IF;
  IF p_move = 'confirm' AND NOT coalesce(p_destroyed, false) AND app.is_pack(c.id) THEN
    PERFORM app.refuse('BS409', '閲覧パックは、ファイルを消したことを確かめ、「消した」を選んでから記録してください。');
  END IF;
  IF p_move IN ('bring', 'confirm', 'find') THEN
    IF coalesce(p_sheets NOT BETWEEN 0 AND 999, true) THEN
      PERFORM app.refuse('BS422', '枚数は1から999までで入力してください。', 'sheets');
    END IF;
    IF p_sheets <> c.sheets AND p_words = '' THEN
      PERFORM app.refuse('BS422', '枚数が持ち出したときと合いません。数え直して、合わないときは備考に訳を入力してください。', 'words');
    END IF;
  END IF;
END $$;

CREATE FUNCTION app.do_move_carry_out(c public.carry_out, p_move text, p_words text, p_sheets integer, p_destroyed boolean,
                                      p_batch uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  m app.carry_out_move;
  v_words text := app.carry_words(p_words, 'words', 300);
  v_back boolean := p_move IN ('bring', 'confirm', 'find');
BEGIN
  SELECT * INTO m FROM app.carry_out_move x WHERE x.move = p_move;
  IF m.move IS NULL OR c.state <> ALL (m.from_states) THEN
    PERFORM app.refuse('BS409', 'この持出しは、いまの状態ではその操作ができません。最新の状態を確認してください。');
  END IF;
  PERFORM app.judge_carry_move(c, p_move);
  PERFORM app.judge_carry_facts(c, p_move, v_words, p_sheets, p_destroyed);
  UPDATE public.carry_out x SET version = x.version + 1, state = m.to_state,
         approved_by = CASE p_move WHEN 'approve' THEN app.me() ELSE x.approved_by END,
         approved_at = CASE p_move WHEN 'approve' THEN app.now() ELSE x.approved_at END,
         left_at = CASE p_move WHEN 'leave' THEN app.now() ELSE x.left_at END,
         batch_id = coalesce(p_batch, x.batch_id),
         back_at = CASE WHEN v_back THEN coalesce(x.back_at, app.now()) ELSE x.back_at END,
         destroyed = CASE WHEN v_back THEN coalesce(p_destroyed, false) ELSE x.destroyed END,
         sheets_back = CASE WHEN v_back THEN p_sheets ELSE x.sheets_back END,
         closed_by = CASE p_move WHEN 'confirm' THEN app.me() ELSE x.closed_by END,
         closed_at = CASE p_move WHEN 'confirm' THEN app.now() ELSE x.closed_at END
   WHERE x.id = c.id;
  PERFORM app.put_carry_step(c.id, c.office_id, m.to_state, v_words);
  RETURN c.version + 1;
END $$;

-- Moves a trip on from what was shown, as the table of moves allows. What has households leaves with its sheet only.
CREATE FUNCTION app.move_carry_out(p_id uuid, p_version integer, p_move text, p_words text, p_sheets integer, p_destroyed boolean)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE c public.carry_out := app.carry_out_at_hand(p_id, p_version);
BEGIN
  IF p_move = 'leave' AND c.households > 0 THEN
    PERFORM app.refuse('BS409', '世帯のある持出しは、携行票を印刷したときに持出中になります。');
  END IF;
  RETURN app.do_move_carry_out(c, p_move, p_words, p_sheets, p_destroyed, NULL);
END $$;

-- Corrects the return time (NULL: as it is) or adds a remark, as a step of its day that keeps what stood there before.
CREATE FUNCTION app.correct_carry_out(p_id uuid, p_version integer, p_back timestamptz, p_words text)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  c public.carry_out := app.carry_out_at_hand(p_id, p_version);
  v_words text := app.carry_words(p_words, 'words', 300);
  v_other boolean := p_back IS NOT NULL AND p_back IS DISTINCT FROM c.back_at;
BEGIN
  IF c.staff_id <> app.me() AND NOT app.leads(c.staff_id) THEN
    PERFORM app.refuse('BS403', '持ち出した本人だけができる操作です。');
  END IF;
  IF v_words = '' THEN PERFORM app.refuse('BS422', '理由を入力してください。', 'words'); END IF;
  IF v_other AND (c.back_at IS NULL OR c.left_at IS NULL) THEN
    PERFORM app.refuse('BS409', '返却を記録していない持出しの返却時刻は直せません。');
  END IF;
  IF v_other AND p_back NOT BETWEEN c.left_at AND coalesce(c.closed_at, app.now()) THEN
    PERFORM app.refuse('BS422', '返却時刻は、持ち出した時から、確認された時（まだなら今）までにしてください。', 'back_at');
  END IF;
  UPDATE public.carry_out x SET version = x.version + 1, back_at = CASE WHEN v_other THEN p_back ELSE x.back_at END WHERE x.id = c.id;
  PERFORM app.put_carry_step(c.id, c.office_id, c.state, v_words, CASE WHEN v_other THEN c.back_at END);
  RETURN c.version + 1;
END $$;

-- The sheet came out in the print run of this very transaction, and the papers leave with it.
CREATE FUNCTION app.leave_with_sheet(p_id uuid, p_version integer, p_batch uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE c public.carry_out := app.carry_out_at_hand(p_id, p_version);
BEGIN
  IF NOT EXISTS (SELECT FROM public.print_batch b WHERE b.id = p_batch AND b.printed_by = app.me()
                  AND b.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ印刷にだけ足せます。');
  END IF;
  IF app.is_pack(p_id) THEN
    PERFORM app.refuse('BS409', '閲覧パックの持出しは、ファイルを書き出したときに持出中になります。');
  END IF;
  RETURN app.do_move_carry_out(c, 'leave', '', NULL, NULL, p_batch);
END $$;

-- A supervisor lets somebody take papers out today although others are not back.
CREATE FUNCTION app.pass_carry_out(p_id uuid, p_staff uuid, p_reason text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_reason text := app.carry_words(p_reason, 'words', 300);
  v_office uuid := (SELECT s.office_id FROM public.staff s WHERE s.id = p_staff AND s.office_id = ANY (app.my_offices()));
BEGIN
  IF p_staff = app.me() THEN PERFORM app.refuse('BS403', '自分の差止めは解けません。'); END IF;
  IF v_office IS NULL OR NOT app.leads(p_staff) THEN
    PERFORM app.refuse('BS403', '差止めを解けるのは、担当の査察指導員か上位の職です。');
  END IF;
  IF v_reason = '' THEN PERFORM app.refuse('BS422', '理由を入力してください。', 'words'); END IF;
  INSERT INTO public.carry_out_pass (id, office_id, staff_id, by_id, at, valid_on, reason)
  VALUES (p_id, v_office, p_staff, app.me(), app.now(), app.today(), v_reason) ON CONFLICT (id) DO NOTHING;
  RETURN p_id;
END $$;
