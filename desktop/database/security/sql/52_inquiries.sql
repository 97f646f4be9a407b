-- Inquiries to others (関係先調査): asked, approved, sent, answered and checked by these functions only. Their tables have
-- no grant to write, so that number, people, times, wording and order of the steps are the server's.

-- The household's office, for whoever holds the permission and sees the household.
CREATE FUNCTION app.inquiring_office(p_household uuid, p_permission text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_office uuid;
BEGIN
  IF app.me() IS NULL OR p_permission IS NULL OR NOT app.may(p_permission) THEN
    PERFORM app.refuse('BS403', '照会を扱う職務がありません。');
  END IF;
  SELECT h.office_id INTO v_office FROM public.household h
   WHERE h.id = p_household AND h.office_id = ANY (app.my_offices()) FOR NO KEY UPDATE;  -- one after the other in a file
  IF v_office IS NULL OR NOT app.sees(p_household) THEN
    PERFORM app.refuse('BS403', 'この世帯は担当する世帯ではありません。');
  END IF;
  RETURN v_office;
END $$;

-- The next number of the office's register in the fiscal year. The row is locked, so that numbers have no gap.
CREATE FUNCTION app.next_inquiry_number(p_office uuid, p_year integer) RETURNS integer LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ INSERT INTO public.inquiry_book AS b (office_id, fiscal_year, last_number) VALUES (p_office, p_year, 1)
   ON CONFLICT (office_id, fiscal_year) DO UPDATE SET last_number = b.last_number + 1
   RETURNING b.last_number $$;

CREATE FUNCTION app.inquiry_words(p_text text, p_field text, p_missing text) RETURNS text LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_text text := app.trimmed(p_text);
BEGIN
  IF char_length(v_text) > 2000 THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', p_field);
  END IF;
  IF v_text = '' AND p_missing <> '' THEN PERFORM app.refuse('BS422', p_missing, p_field); END IF;
  RETURN v_text;
END $$;

-- What a draft cannot be, in the words of the field.
CREATE FUNCTION app.check_inquiry(p_office uuid, p_agency text, p_items text[], p_more text, p_consent text, p_due date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_kind text := app.master_value(p_office, 'inquiry_agencies', p_agency) ->> 'kind';
  v_item text;
BEGIN
  IF v_kind IS NULL THEN
    PERFORM app.refuse('BS422', 'この照会先はいまの設定値にありません。一覧から選んでください。', 'agency');
  END IF;
  IF coalesce(cardinality(p_items), 0) > 20 THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', 'items');
  END IF;
  FOREACH v_item IN ARRAY coalesce(p_items, '{}') LOOP
    IF app.master_value(p_office, 'inquiry_items', v_item) ->> 'kind' IS DISTINCT FROM v_kind THEN
      PERFORM app.refuse('BS422', 'この照会先に使えない照会事項があります。一覧から選び直してください。', 'items');
    END IF;
  END LOOP;
  IF coalesce(cardinality(p_items), 0) = 0 AND p_more = '' THEN
    PERFORM app.refuse('BS422', '照会事項を選ぶか、聞くことを書いてください。', 'items');
  END IF;
  IF coalesce(p_consent NOT IN ('on_file', 'not_needed', 'refused'), true) THEN
    PERFORM app.refuse('BS422', '同意書の有無を選んでください。', 'consent');
  END IF;
  IF coalesce(p_due NOT BETWEEN app.today() AND app.today() + 366, true) THEN
    PERFORM app.refuse('BS422', '回答の期限は、今日から1年以内の日にしてください。', 'due_on');
  END IF;
END $$;

-- The articles of the items, each once, in their order; 法29条 where only the author's own question stands.
CREATE FUNCTION app.inquiry_basis(p_office uuid, p_items text[]) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(string_agg(b.basis, '、' ORDER BY b.n), '生活保護法第29条') FROM (
     SELECT app.master_value(p_office, 'inquiry_items', x.item) ->> 'basis' AS basis, min(x.n) AS n
       FROM unnest(p_items) WITH ORDINALITY AS x(item, n) GROUP BY 1) b $$;

CREATE FUNCTION app.add_inquiry_step(p_inquiry uuid, p_state text, p_words text) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE i public.inquiry;
BEGIN
  UPDATE public.inquiry x SET state = p_state, step = x.step + 1 WHERE x.id = p_inquiry RETURNING * INTO i;
  INSERT INTO public.inquiry_step (inquiry_id, number, office_id, household_id, state, by_id, at)
  VALUES (i.id, i.step, i.office_id, i.household_id, p_state, app.me(), app.now());
  IF p_words <> '' THEN
    INSERT INTO public.inquiry_step_text (inquiry_id, number, office_id, household_id, words)
    VALUES (i.id, i.step, i.office_id, i.household_id, p_words);
  END IF;
  RETURN i.step;
END $$;

-- The words and items of the newest draft, as the office's table has them now.
CREATE FUNCTION app.write_inquiry(p_inquiry uuid, p_items text[], p_more text, p_purpose text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE i public.inquiry;
BEGIN
  SELECT * INTO i FROM public.inquiry x WHERE x.id = p_inquiry;
  INSERT INTO public.inquiry_text (inquiry_id, number, office_id, household_id, purpose, more)
  VALUES (i.id, i.step, i.office_id, i.household_id, p_purpose, p_more);
  INSERT INTO public.inquiry_item (inquiry_id, number, place, office_id, household_id, code, label, wording, basis)
  SELECT i.id, i.step, x.n, i.office_id, i.household_id, x.item, m.value ->> 'label', m.value ->> 'wording', m.value ->> 'basis'
    FROM unnest(p_items) WITH ORDINALITY AS x(item, n),
         LATERAL (SELECT app.master_value(i.office_id, 'inquiry_items', x.item) AS value) m;
END $$;

-- Drafts an inquiry, which then waits for a second person's word. A retry changes nothing.
CREATE FUNCTION app.ask_inquiry(p_id uuid, p_household uuid, p_person uuid, p_agency text, p_items text[], p_more text, p_purpose text,
                                p_consent text, p_due date) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid := app.inquiring_office(p_household, 'write_records');
  v_more text := app.inquiry_words(p_more, 'more', '');
  v_purpose text := app.inquiry_words(p_purpose, 'purpose', '何のために照会するかを入力してください。');
  v_year integer := extract(year FROM app.today())::integer - (extract(month FROM app.today()) < 4)::integer;
BEGIN
  IF EXISTS (SELECT FROM public.inquiry i WHERE i.id = p_id) THEN
    IF NOT EXISTS (SELECT FROM public.inquiry i WHERE i.id = p_id AND i.asked_by = app.me() AND i.household_id = p_household
                    AND i.person_id = p_person AND i.agency = p_agency) THEN
      PERFORM app.refuse('BS403', 'この照会は見つからないか、担当する世帯のものではありません。');
    END IF;
    RETURN p_id;
  END IF;
  IF NOT EXISTS (SELECT FROM public.member m WHERE m.household_id = p_household AND m.person_id = p_person) THEN
    PERFORM app.refuse('BS422', 'この世帯の世帯員を選んでください。', 'person_id');
  END IF;
  PERFORM app.check_inquiry(v_office, p_agency, p_items, v_more, p_consent, p_due);
  INSERT INTO public.inquiry (id, office_id, household_id, fiscal_year, number, person_id, agency, basis, consent, state, step,
                              asked_by, asked_at, due_on, reminders)
  VALUES (p_id, v_office, p_household, v_year, app.next_inquiry_number(v_office, v_year), p_person, p_agency,
          app.inquiry_basis(v_office, p_items), p_consent, 'drafted', 1, app.me(), app.now(), p_due, 0);
  INSERT INTO public.inquiry_step (inquiry_id, number, office_id, household_id, state, by_id, at)
  VALUES (p_id, 1, v_office, p_household, 'drafted', app.me(), app.now());
  PERFORM app.write_inquiry(p_id, p_items, v_more, v_purpose);
  RETURN p_id;
END $$;

-- The inquiry as it was shown, locked, for a step that the table of moves allows the person.
CREATE FUNCTION app.inquiry_at_hand(p_inquiry uuid, p_shown integer, p_to text) RETURNS public.inquiry LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE i public.inquiry; v_permission text;
BEGIN
  SELECT * INTO i FROM public.inquiry x WHERE x.id = p_inquiry AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF i.id IS NULL OR NOT app.sees(i.household_id) THEN
    PERFORM app.refuse('BS403', 'この照会は見つからないか、担当する世帯のものではありません。');
  END IF;
  IF i.step IS DISTINCT FROM p_shown THEN
    PERFORM app.refuse('BS409', 'この照会は別の職員が先に進めました。最新の状態を確認してください。');
  END IF;
  SELECT m.permission INTO v_permission FROM app.inquiry_move m WHERE m.from_state = i.state AND m.to_state = p_to;
  IF v_permission IS NULL THEN
    PERFORM app.refuse('BS409', 'この照会はいま、そのように進められません。最新の状態を確認してください。');
  END IF;
  IF NOT app.may(v_permission) THEN PERFORM app.refuse('BS403', '照会を扱う職務がありません。'); END IF;
  IF v_permission = 'decide_approvals' THEN PERFORM app.judge_inquirer(i); END IF;
  RETURN i;
END $$;

-- A second person's word: of a position over the household, who drafted nothing of it and read what is drafted now.
CREATE FUNCTION app.judge_inquirer(p_inquiry public.inquiry) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.inquiry_step s WHERE s.inquiry_id = p_inquiry.id AND s.state = 'drafted' AND s.by_id = app.me()) THEN
    PERFORM app.refuse('BS403', '起案した人は承認も差戻しもできません。ほかの査察指導員・課長に依頼してください。');
  END IF;
  IF cardinality(app.positions_in(p_inquiry.household_id)) = 0 THEN
    PERFORM app.refuse('BS403', 'この世帯の照会を承認できるのは、地区の査察指導員と上位の決裁者です。');
  END IF;
  IF NOT EXISTS (SELECT FROM public.ticket t JOIN public.ticket_household h ON h.ticket_id = t.id
      WHERE t.staff_id = app.me() AND h.household_id = p_inquiry.household_id
        AND t.opened_at >= (SELECT max(s.at) FROM public.inquiry_step s WHERE s.inquiry_id = p_inquiry.id AND s.state = 'drafted')
        AND t.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()::text) THEN
    PERFORM app.refuse('BS403', '照会の内容を開いて読んでから決裁してください。');
  END IF;
END $$;

-- Approves, returns, reminds, checks or withdraws. Drafting anew, sending and answering have functions of their own.
CREATE FUNCTION app.move_inquiry(p_inquiry uuid, p_shown integer, p_to text, p_words text) RETURNS uuid LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  i public.inquiry := app.inquiry_at_hand(p_inquiry, p_shown, p_to);
  m app.inquiry_move;
  v_words text;
BEGIN
  SELECT * INTO m FROM app.inquiry_move x WHERE x.from_state = i.state AND x.to_state = p_to;
  IF m.has_more THEN
    PERFORM app.refuse('BS409', 'この照会はいま、そのように進められません。最新の状態を確認してください。');
  END IF;
  v_words := app.inquiry_words(p_words, 'words', CASE m.words_label WHEN '' THEN '' ELSE m.words_label || 'を入力してください。' END);
  UPDATE public.inquiry x SET
    approved_by = CASE WHEN p_to = 'approved' THEN app.me() ELSE x.approved_by END,
    approved_at = CASE WHEN p_to = 'approved' THEN app.now() ELSE x.approved_at END,
    reminders = x.reminders + (p_to = 'sent')::integer,
    reminded_at = CASE WHEN p_to = 'sent' THEN app.now() ELSE x.reminded_at END,
    checked_at = CASE WHEN p_to = 'checked' THEN app.now() END
   WHERE x.id = i.id;
  PERFORM app.add_inquiry_step(i.id, p_to, v_words);
  RETURN i.id;
END $$;

-- Drafts a returned inquiry anew; what was drafted before stays.
CREATE FUNCTION app.redraft_inquiry(p_inquiry uuid, p_shown integer, p_items text[], p_more text, p_purpose text, p_consent text,
                                    p_due date) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  i public.inquiry := app.inquiry_at_hand(p_inquiry, p_shown, 'drafted');
  v_more text := app.inquiry_words(p_more, 'more', '');
  v_purpose text := app.inquiry_words(p_purpose, 'purpose', '何のために照会するかを入力してください。');
BEGIN
  PERFORM app.check_inquiry(i.office_id, i.agency, p_items, v_more, p_consent, p_due);
  UPDATE public.inquiry x SET consent = p_consent, due_on = p_due, basis = app.inquiry_basis(i.office_id, p_items) WHERE x.id = i.id;
  PERFORM app.add_inquiry_step(i.id, 'drafted', '');
  PERFORM app.write_inquiry(i.id, p_items, v_more, v_purpose);
  RETURN i.id;
END $$;

-- Notes that the letter came out in the print run of this very transaction and leaves the office.
CREATE FUNCTION app.send_inquiry(p_inquiry uuid, p_shown integer, p_batch uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE i public.inquiry := app.inquiry_at_hand(p_inquiry, p_shown, 'sent');
BEGIN
  IF i.state <> 'approved' THEN
    PERFORM app.refuse('BS409', 'この照会はいま、そのように進められません。最新の状態を確認してください。');
  END IF;
  IF NOT EXISTS (SELECT FROM public.print_batch b WHERE b.id = p_batch AND b.printed_by = app.me()
                  AND b.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ印刷にだけ足せます。');
  END IF;
  UPDATE public.inquiry x SET sent_at = app.now(), batch_id = p_batch WHERE x.id = i.id;
  PERFORM app.add_inquiry_step(i.id, 'sent', '');
  RETURN i.id;
END $$;

-- Takes an answer down as it was given.
CREATE FUNCTION app.answer_inquiry(p_inquiry uuid, p_shown integer, p_on date, p_paper uuid, p_words text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  i public.inquiry := app.inquiry_at_hand(p_inquiry, p_shown, 'answered');
  v_words text := app.inquiry_words(p_words, 'words', '回答の内容を入力してください。');
BEGIN
  IF coalesce(p_on NOT BETWEEN (i.sent_at AT TIME ZONE 'Asia/Tokyo')::date AND app.today(), true) THEN
    PERFORM app.refuse('BS422', '回答の日は、発送の日から今日までにしてください。', 'answered_on');
  END IF;
  IF p_paper IS NOT NULL AND NOT EXISTS (SELECT FROM public.paper p WHERE p.id = p_paper AND p.household_id = i.household_id) THEN
    PERFORM app.refuse('BS403', '結び付けられるのは、同じ世帯の受領書類です。一覧から選び直してください。');
  END IF;
  UPDATE public.inquiry x SET answered_on = p_on, answered_at = app.now(), paper_id = p_paper WHERE x.id = i.id;
  PERFORM app.add_inquiry_step(i.id, 'answered', v_words);
  RETURN i.id;
END $$;
