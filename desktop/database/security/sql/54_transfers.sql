-- Transfers (移管): drafted, decided, sent and acknowledged by these functions only. Their tables have no grant to write, so
-- that number, steps, times and who did what are the server's, and no letter that went out is forgotten.

-- The household's office, for whoever holds the permission and sees the household. One after the other in a file.
CREATE FUNCTION app.transferring_office(p_household uuid, p_permission text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_office uuid;
BEGIN
  IF app.me() IS NULL OR NOT app.may(p_permission) THEN
    PERFORM app.refuse('BS403', '移管を扱う職務がありません。');
  END IF;
  SELECT h.office_id INTO v_office FROM public.household h
   WHERE h.id = p_household AND h.office_id = ANY (app.my_offices()) FOR NO KEY UPDATE;
  IF v_office IS NULL OR NOT app.sees(p_household) THEN
    PERFORM app.refuse('BS403', 'この世帯は担当する世帯ではありません。');
  END IF;
  RETURN v_office;
END $$;

-- The transfer, locked, for whoever sees its household, as it was shown.
CREATE FUNCTION app.transfer_at_hand(p_id uuid, p_version integer) RETURNS public.transfer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE t public.transfer;
BEGIN
  SELECT * INTO t FROM public.transfer x WHERE x.id = p_id AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF t.id IS NULL OR NOT app.sees(t.household_id) THEN
    PERFORM app.refuse('BS403', 'この移管は見つからないか、担当する世帯のものではありません。');
  END IF;
  IF t.version IS DISTINCT FROM p_version THEN
    PERFORM app.refuse('BS409', 'この移管は別の職員が先に進めました。最新の状態を確認してください。');
  END IF;
  RETURN t;
END $$;

-- The next number of the office's letters in the fiscal year. The row is locked, so that numbers have no gap.
CREATE FUNCTION app.next_transfer_number(p_office uuid, p_year integer) RETURNS integer LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ INSERT INTO public.transfer_book AS b (office_id, fiscal_year, last_number) VALUES (p_office, p_year, 1)
   ON CONFLICT (office_id, fiscal_year) DO UPDATE SET last_number = b.last_number + 1
   RETURNING b.last_number $$;

CREATE FUNCTION app.transfer_words(p_text text, p_field text, p_most integer) RETURNS text LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_text text := app.trimmed(p_text);
BEGIN
  IF char_length(v_text) > p_most THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', p_field);
  END IF;
  RETURN v_text;
END $$;

-- What cannot be drafted, in the words of the field.
CREATE FUNCTION app.check_transfer(p_office uuid, p_moved_on date, p_destination text, p_consent text, p_consent_on date,
                                   p_enclosures text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_moved_on IS NULL THEN PERFORM app.refuse('BS422', '転出日を入力してください。', 'moved_on'); END IF;
  IF p_moved_on > app.today() + 366 THEN
    PERFORM app.refuse('BS422', '転出日は、1年先までにしてください。', 'moved_on');
  END IF;
  IF app.master_value(p_office, 'welfare_offices', p_destination) IS NULL THEN
    PERFORM app.refuse('BS422', '移管先の福祉事務所を一覧から選んでください。', 'destination');
  END IF;
  IF coalesce(p_consent NOT IN ('given', 'not_needed', 'refused'), true)
     OR (p_consent = 'given' AND p_consent_on IS NULL) THEN
    PERFORM app.refuse('BS422', '本人から同意を得た日を入力してください。', 'consent_on');
  END IF;
  IF p_consent_on > app.today() OR (p_consent <> 'given' AND p_consent_on IS NOT NULL) THEN
    PERFORM app.refuse('BS422', '同意を得た日は、同意を得たときだけ、今日までの日を入力してください。', 'consent_on');
  END IF;
  IF EXISTS (SELECT FROM unnest(p_enclosures) e(code)
              WHERE app.master_value(p_office, 'transfer_enclosures', e.code) IS NULL) THEN
    PERFORM app.refuse('BS422', '同封するものを一覧から選んでください。', 'enclosures');
  END IF;
END $$;

CREATE FUNCTION app.put_transfer_step(t public.transfer, p_state text, p_on date, p_words text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_number integer;
BEGIN
  SELECT 1 + coalesce(max(s.number), 0) INTO v_number FROM public.transfer_step s WHERE s.transfer_id = t.id;
  INSERT INTO public.transfer_step (transfer_id, number, office_id, household_id, state, by_id, at, stated_on)
  VALUES (t.id, v_number, t.office_id, t.household_id, p_state, app.me(), app.now(), p_on);
  IF p_words <> '' THEN
    INSERT INTO public.transfer_step_text (transfer_id, number, office_id, household_id, words)
    VALUES (t.id, v_number, t.office_id, t.household_id, p_words);
  END IF;
END $$;

-- Whether the same person has just stored the very same draft: a retry after a lost connection.
CREATE FUNCTION app.is_same_transfer(t public.transfer, p_version integer, p_moved_on date, p_destination text, p_consent text,
                                     p_consent_on date, p_enclosures text[], p_words text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(t.saved_by = app.me() AND t.version = p_version + 1 AND t.state = 'drafted' AND t.moved_on = p_moved_on
      AND t.destination = p_destination AND t.consent = p_consent AND t.consent_on IS NOT DISTINCT FROM p_consent_on
      AND p_enclosures IS NOT DISTINCT FROM (SELECT coalesce(array_agg(e.code ORDER BY e.code), '{}')
            FROM public.transfer_enclosure e WHERE e.transfer_id = t.id)
      AND p_words = (SELECT ARRAY[x.needs, x.dangers, x.agreed] FROM public.transfer_text x WHERE x.transfer_id = t.id), false) $$;

CREATE FUNCTION app.put_transfer_parts(t public.transfer, p_enclosures text[], p_words text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.transfer_text (transfer_id, office_id, household_id, needs, dangers, agreed)
  VALUES (t.id, t.office_id, t.household_id, p_words[1], p_words[2], p_words[3])
  ON CONFLICT (transfer_id) DO UPDATE SET needs = p_words[1], dangers = p_words[2], agreed = p_words[3];
  DELETE FROM public.transfer_enclosure e WHERE e.transfer_id = t.id AND e.code <> ALL (p_enclosures);
  INSERT INTO public.transfer_enclosure (transfer_id, code, office_id, household_id)
  SELECT t.id, e.code, t.office_id, t.household_id FROM unnest(p_enclosures) e(code)
  ON CONFLICT DO NOTHING;
END $$;

-- Drafts a transfer (version 0) or changes it while it waits or was returned; the file is open. Returns the new version.
CREATE FUNCTION app.save_transfer(p_id uuid, p_household uuid, p_version integer, p_moved_on date, p_destination text,
                                  p_consent text, p_consent_on date, p_enclosures text[], p_needs text, p_dangers text,
                                  p_agreed text) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid := app.transferring_office(p_household, 'write_records');
  v_words text[] := ARRAY[app.transfer_words(p_needs, 'needs', 2000), app.transfer_words(p_dangers, 'dangers', 2000),
                          app.transfer_words(p_agreed, 'agreed', 2000)];
  v_enclosures text[] := (SELECT coalesce(array_agg(DISTINCT e.code ORDER BY e.code), '{}') FROM unnest(p_enclosures) e(code));
  t public.transfer;
BEGIN
  IF p_household <> ALL (app.opened()) THEN
    PERFORM app.refuse('BS403', '移管連絡の内容は、ケースファイルを開いて書きます。');
  END IF;
  SELECT * INTO t FROM public.transfer x WHERE x.id = p_id AND x.household_id = p_household FOR UPDATE;
  IF app.is_same_transfer(t, p_version, p_moved_on, p_destination, p_consent, p_consent_on, v_enclosures, v_words) THEN
    RETURN t.version;
  END IF;
  PERFORM app.check_transfer(v_office, p_moved_on, p_destination, p_consent, p_consent_on, v_enclosures);
  IF t.id IS NULL AND p_version = 0 THEN
    IF EXISTS (SELECT FROM public.transfer x WHERE x.household_id = p_household AND x.state NOT IN ('acknowledged', 'withdrawn')) THEN
      PERFORM app.refuse('BS409', 'この世帯には、終わっていない移管があります。先にそれを進めるか、取り下げてください。');
    END IF;
    INSERT INTO public.transfer (id, office_id, household_id, version, moved_on, destination, consent, consent_on, state, state_at,
                                 drafted_by, saved_by, saved_at)
    VALUES (p_id, v_office, p_household, 1, p_moved_on, p_destination, p_consent, p_consent_on, 'drafted', app.now(),
            app.me(), app.me(), app.now()) RETURNING * INTO t;
    PERFORM app.put_transfer_step(t, 'drafted', NULL, '');
  ELSE
    t := app.transfer_at_hand(p_id, p_version);
    IF t.household_id IS DISTINCT FROM p_household OR t.state NOT IN ('drafted', 'returned') THEN
      PERFORM app.refuse('BS409', 'この移管は、いまの状態ではその操作ができません。最新の状態を確認してください。');
    END IF;
    IF t.state = 'returned' THEN PERFORM app.put_transfer_step(t, 'drafted', NULL, ''); END IF;
    UPDATE public.transfer x SET version = x.version + 1, moved_on = p_moved_on, destination = p_destination, consent = p_consent,
           consent_on = p_consent_on, saved_by = app.me(), saved_at = app.now(), state = 'drafted',
           state_at = CASE x.state WHEN 'drafted' THEN x.state_at ELSE app.now() END
     WHERE x.id = p_id RETURNING * INTO t;
  END IF;
  PERFORM app.put_transfer_parts(t, v_enclosures, v_words);
  RETURN t.version;
END $$;

-- Only a second person with a position for the household, before whom the file is open; the version says what was shown.
CREATE FUNCTION app.judge_transfer_decider(t public.transfer) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.may('decide_approvals') OR app.positions_in(t.household_id) = '{}' THEN
    PERFORM app.refuse('BS403', 'この世帯の移管を承認する職務がありません。');
  END IF;
  IF app.me() IN (t.drafted_by, t.saved_by) THEN
    PERFORM app.refuse('BS403', '移管連絡を書いた人は承認できません。別の査察指導員か上位の職が承認してください。');
  END IF;
  IF t.household_id <> ALL (app.opened()) THEN
    PERFORM app.refuse('BS403', '移管連絡の内容を開いて読んでから決裁してください。');
  END IF;
END $$;

-- Who may make a move, and what its day and words must be.
CREATE FUNCTION app.judge_transfer_move(t public.transfer, p_move text, p_words text, p_on date) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_since date := (t.state_at AT TIME ZONE 'Asia/Tokyo')::date;
BEGIN
  CASE
  WHEN p_move IN ('return', 'approve') THEN PERFORM app.judge_transfer_decider(t);
  WHEN p_move = 'withdraw' AND NOT app.may('write_records') OR p_move IN ('send', 'acknowledge') AND NOT app.may('receive_papers') THEN
    PERFORM app.refuse('BS403', '移管を扱う職務がありません。');
  ELSE NULL;
  END CASE;
  IF p_move = 'send' AND t.confirmed_at IS NULL AND (SELECT h.is_shielded FROM public.household h WHERE h.id = t.household_id) THEN
    PERFORM app.refuse('BS409', '支援措置の世帯です。宛先と封筒を確かめて「支援措置の確認」をしてから、印刷・送付してください。');
  END IF;
  IF p_move = 'send' AND coalesce(p_on NOT BETWEEN v_since AND app.today(), true) THEN
    PERFORM app.refuse('BS422', '送付した日は、承認した日から今日までの日を入力してください。', 'on');
  END IF;
  IF p_move = 'acknowledge' AND coalesce(p_on NOT BETWEEN t.sent_on AND app.today(), true) THEN
    PERFORM app.refuse('BS422', '受領の連絡を受けた日は、送付した日から今日までの日を入力してください。', 'on');
  END IF;
  IF p_words = '' AND (SELECT m.needs_words FROM app.transfer_move m WHERE m.move = p_move) THEN
    PERFORM app.refuse('BS422', CASE p_move WHEN 'acknowledge' THEN '移管先で受領を確認した方の職・氏名を入力してください。'
                                            ELSE '理由を入力してください。' END, 'words');
  END IF;
END $$;

-- Moves a transfer on from what was shown, as the table of moves allows. Returns the new version.
CREATE FUNCTION app.move_transfer(p_id uuid, p_version integer, p_move text, p_words text, p_on date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  t public.transfer := app.transfer_at_hand(p_id, p_version);
  m app.transfer_move;
  v_words text := app.transfer_words(p_words, 'words', CASE p_move WHEN 'acknowledge' THEN 100 ELSE 2000 END);
  v_year integer := extract(year FROM app.today())::integer - (extract(month FROM app.today()) < 4)::integer;
BEGIN
  SELECT * INTO m FROM app.transfer_move x WHERE x.move = p_move;
  IF m.move IS NULL OR t.state <> ALL (m.from_states) THEN
    PERFORM app.refuse('BS409', 'この移管は、いまの状態ではその操作ができません。最新の状態を確認してください。');
  END IF;
  PERFORM app.judge_transfer_move(t, p_move, v_words, p_on);
  UPDATE public.transfer x SET version = x.version + 1, state = m.to_state, state_at = app.now(),
         fiscal_year = CASE p_move WHEN 'approve' THEN v_year ELSE x.fiscal_year END,
         number = CASE p_move WHEN 'approve' THEN app.next_transfer_number(t.office_id, v_year) ELSE x.number END,
         sent_on = CASE p_move WHEN 'send' THEN p_on ELSE x.sent_on END,
         acknowledged_on = CASE p_move WHEN 'acknowledge' THEN p_on ELSE x.acknowledged_on END
   WHERE x.id = t.id;
  PERFORM app.put_transfer_step(t, m.to_state, CASE WHEN p_move IN ('send', 'acknowledge') THEN p_on END, v_words);
  RETURN t.version + 1;
END $$;

-- Somebody compared address and envelope of a shielded household's letter: before it is printed or sent.
CREATE FUNCTION app.confirm_transfer(p_id uuid, p_version integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE t public.transfer := app.transfer_at_hand(p_id, p_version);
BEGIN
  IF NOT app.may('receive_papers') THEN PERFORM app.refuse('BS403', '移管を扱う職務がありません。'); END IF;
  IF NOT (SELECT h.is_shielded FROM public.household h WHERE h.id = t.household_id) THEN
    PERFORM app.refuse('BS409', '支援措置の世帯ではありません。');
  END IF;
  IF t.state <> 'approved' OR t.confirmed_at IS NOT NULL THEN
    PERFORM app.refuse('BS409', 'この移管は、いまの状態ではその操作ができません。最新の状態を確認してください。');
  END IF;
  UPDATE public.transfer x SET version = x.version + 1, confirmed_by = app.me(), confirmed_at = app.now() WHERE x.id = t.id;
  RETURN t.version + 1;
END $$;

-- Notes that the letter went to paper in the print run of this very transaction.
CREATE FUNCTION app.note_printed_transfer(p_batch uuid, p_id uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_household uuid := (SELECT x.household_id FROM public.transfer x WHERE x.id = p_id);
  v_office uuid := app.transferring_office(v_household, 'print_drafts');
  t public.transfer;
BEGIN
  IF NOT EXISTS (SELECT FROM public.print_batch b WHERE b.id = p_batch AND b.printed_by = app.me()
                  AND b.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ印刷にだけ足せます。');
  END IF;
  SELECT * INTO t FROM public.transfer x WHERE x.id = p_id;
  IF t.state NOT IN ('approved', 'sent', 'acknowledged') THEN
    PERFORM app.refuse('BS409', '承認された移管連絡だけを印刷できます。');
  END IF;
  IF t.confirmed_at IS NULL AND (SELECT h.is_shielded FROM public.household h WHERE h.id = v_household) THEN
    PERFORM app.refuse('BS409', '支援措置の世帯です。宛先と封筒を確かめて「支援措置の確認」をしてから、印刷・送付してください。');
  END IF;
  INSERT INTO public.printed_transfer (batch_id, transfer_id, office_id, household_id)
  VALUES (p_batch, p_id, v_office, v_household);
  RETURN p_id;
END $$;
