-- Declarations (申告): cycles, receipts, reasons and reminders are written by these functions only. Their tables have no
-- grant to write, so that who, when and which number are the server's, and nothing that came or was asked is taken away.

-- The household's office, for whoever holds the permission and sees the household.
CREATE FUNCTION app.declaring_office(p_household uuid, p_permission text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_office uuid;
BEGIN
  IF app.me() IS NULL OR NOT app.may(p_permission) THEN
    PERFORM app.refuse('BS403', '申告を扱う職務がありません。');
  END IF;
  SELECT h.office_id INTO v_office FROM public.household h
   WHERE h.id = p_household AND h.office_id = ANY (app.my_offices()) FOR NO KEY UPDATE;  -- one after the other in a file
  IF v_office IS NULL OR NOT app.sees(p_household) THEN
    PERFORM app.refuse('BS403', 'この世帯は担当する世帯ではありません。');
  END IF;
  RETURN v_office;
END $$;

-- Months from one day's month to another's.
CREATE FUNCTION app.months_between(p_from date, p_to date) RETURNS integer LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT ((extract(year FROM p_to) - extract(year FROM p_from)) * 12 + extract(month FROM p_to) - extract(month FROM p_from))::integer $$;

-- Whether a declaration falls due for the month (its first day), by the cycle given to the person.
CREATE FUNCTION app.declaration_is_due(p_office uuid, p_household uuid, p_person uuid, p_kind text, p_month date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT extract(day FROM p_month) = 1 AND EXISTS (SELECT FROM public.declaration_duty d
    WHERE d.household_id = p_household AND d.person_id = p_person AND d.kind = p_kind
      AND date_trunc('month', d.valid_from)::date <= p_month AND (d.valid_to IS NULL OR d.valid_to >= p_month)
      AND app.months_between(d.valid_from, p_month)
          % (app.master_value(p_office, 'declaration_cycles', d.cycle) ->> 'months')::integer = 0) $$;

CREATE FUNCTION app.need_due_declaration(p_office uuid, p_household uuid, p_person uuid, p_kind text, p_month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT coalesce(app.declaration_is_due(p_office, p_household, p_person, p_kind, p_month), false) THEN
    PERFORM app.refuse('BS409', 'この月に期限のある申告はありません。最新の状態を確認してください。');
  END IF;
END $$;

CREATE FUNCTION app.declaration_words(p_text text, p_field text) RETURNS text LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_text text := app.trimmed(p_text);
BEGIN
  IF char_length(v_text) > 1000 THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', p_field);
  END IF;
  RETURN v_text;
END $$;

-- Gives a person a cycle from a month on; the one before ends the day before. A retry changes nothing.
CREATE FUNCTION app.set_declaration_duty(p_id uuid, p_household uuid, p_person uuid, p_kind text, p_cycle text, p_from date,
                                         p_reason text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid := app.declaring_office(p_household, 'write_records');
  v_reason text := app.declaration_words(p_reason, 'reason');
BEGIN
  IF EXISTS (SELECT FROM public.declaration_duty d WHERE d.id = p_id AND d.given_by = app.me() AND d.household_id = p_household
              AND d.person_id = p_person AND d.kind = p_kind AND d.cycle = p_cycle AND d.valid_from = p_from) THEN
    RETURN p_id;
  END IF;
  IF coalesce(app.master_value(v_office, 'declaration_cycles', p_cycle) ->> 'kind', '') IS DISTINCT FROM p_kind THEN
    PERFORM app.refuse('BS422', 'この周期はいまの設定値にありません。一覧から選んでください。', 'cycle');
  END IF;
  IF NOT EXISTS (SELECT FROM public.member m WHERE m.household_id = p_household AND m.person_id = p_person) THEN
    PERFORM app.refuse('BS422', 'この世帯の世帯員を選んでください。', 'person_id');
  END IF;
  IF p_from IS NULL OR extract(day FROM p_from) <> 1 THEN
    PERFORM app.refuse('BS422', '周期を始める月を選んでください。', 'valid_from');
  END IF;
  IF app.months_between(app.today(), p_from) > 12 THEN
    PERFORM app.refuse('BS422', '周期を始める月は、1年先までにしてください。', 'valid_from');
  END IF;
  IF v_reason = '' THEN PERFORM app.refuse('BS422', '理由を入力してください。', 'reason'); END IF;
  IF EXISTS (SELECT FROM public.declaration_duty d WHERE d.household_id = p_household AND d.person_id = p_person
              AND d.kind = p_kind AND d.valid_from >= p_from) THEN
    PERFORM app.refuse('BS409', 'この月から先の周期がすでに決められています。最新の状態を確認してください。');
  END IF;
  UPDATE public.declaration_duty d SET valid_to = p_from - 1
   WHERE d.household_id = p_household AND d.person_id = p_person AND d.kind = p_kind
     AND (d.valid_to IS NULL OR d.valid_to >= p_from);
  INSERT INTO public.declaration_duty (id, office_id, household_id, person_id, kind, cycle, valid_from, valid_to, given_by, given_at)
  VALUES (p_id, v_office, p_household, p_person, p_kind, p_cycle, p_from, NULL, app.me(), app.now());
  INSERT INTO public.declaration_duty_text (duty_id, office_id, household_id, reason)
  VALUES (p_id, v_office, p_household, v_reason);
  RETURN p_id;
END $$;

-- A declaration comes in: its paper is taken in now or, with p_linked, was taken in before; one paper may serve several
-- months. A retry changes nothing.
CREATE FUNCTION app.receive_declaration(p_id uuid, p_paper uuid, p_linked boolean, p_household uuid, p_person uuid, p_kind text,
                                        p_month date) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid := app.declaring_office(p_household, 'receive_papers');
  v_paper_kind text := CASE p_kind WHEN 'income' THEN 'income_declaration' WHEN 'asset' THEN 'asset_declaration' END;
BEGIN
  IF EXISTS (SELECT FROM public.declaration_receipt r WHERE r.id = p_id AND r.linked_by = app.me() AND r.paper_id = p_paper
              AND r.household_id = p_household AND r.person_id = p_person AND r.kind = p_kind AND r.month = p_month) THEN
    RETURN p_id;
  END IF;
  PERFORM app.need_due_declaration(v_office, p_household, p_person, p_kind, p_month);
  IF p_month > app.today() THEN
    PERFORM app.refuse('BS422', 'まだ来ていない月の申告は受領できません。', 'month');
  END IF;
  IF EXISTS (SELECT FROM public.declaration_receipt r WHERE r.household_id = p_household AND r.person_id = p_person
              AND r.kind = p_kind AND r.month = p_month AND r.struck_at IS NULL) THEN
    PERFORM app.refuse('BS409', 'この月の申告はすでに受領しています。最新の状態を確認してください。');
  END IF;
  IF NOT p_linked THEN
    PERFORM app.receive_paper(p_paper, p_household, v_paper_kind, p_person, 1, NULL, '', '');
  END IF;
  -- The report on the search for work has room for the income: one sheet may be both.
  IF NOT EXISTS (SELECT FROM public.paper p WHERE p.id = p_paper AND p.household_id = p_household
                  AND (p.kind = v_paper_kind OR p_kind = 'income' AND p.kind = 'job_search_report')
                  AND (p.person_id IS NULL OR p.person_id = p_person)) THEN
    PERFORM app.refuse('BS403', '結び付けられるのは、同じ世帯・同じ種類の受領書類です。一覧から選び直してください。');
  END IF;
  INSERT INTO public.declaration_receipt (id, office_id, household_id, person_id, kind, month, paper_id, linked_by, linked_at)
  VALUES (p_id, v_office, p_household, p_person, p_kind, p_month, p_paper, app.me(), app.now());
  RETURN p_id;
END $$;

-- Strikes a wrong link with a reason; the paper keeps its number and place in the pool.
CREATE FUNCTION app.strike_declaration(p_id uuid, p_reason text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_household uuid := (SELECT r.household_id FROM public.declaration_receipt r WHERE r.id = p_id);
  v_office uuid := app.declaring_office(v_household, 'receive_papers');
  v_reason text := app.declaration_words(p_reason, 'reason');
BEGIN
  IF v_reason = '' THEN PERFORM app.refuse('BS422', '理由を入力してください。', 'reason'); END IF;
  UPDATE public.declaration_receipt r SET struck_by = app.me(), struck_at = app.now()
   WHERE r.id = p_id AND r.struck_at IS NULL;
  IF NOT FOUND THEN
    PERFORM app.refuse('BS409', 'この受領は見つからないか、すでに取り消されています。');
  END IF;
  INSERT INTO public.declaration_strike_text (receipt_id, office_id, household_id, reason)
  VALUES (p_id, v_office, v_household, v_reason);
  RETURN p_id;
END $$;

-- Notes why a declaration has not come. It stays due.
CREATE FUNCTION app.explain_missing_declaration(p_id uuid, p_household uuid, p_person uuid, p_kind text, p_month date,
                                                p_reason text, p_words text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid := app.declaring_office(p_household, 'write_records');
  v_words text := app.declaration_words(p_words, 'words');
BEGIN
  IF EXISTS (SELECT FROM public.declaration_missing m WHERE m.id = p_id AND m.noted_by = app.me() AND m.household_id = p_household
              AND m.person_id = p_person AND m.kind = p_kind AND m.month = p_month AND m.reason = p_reason) THEN
    RETURN p_id;
  END IF;
  PERFORM app.need_due_declaration(v_office, p_household, p_person, p_kind, p_month);
  IF coalesce(p_reason NOT IN ('waiting_papers', 'not_reached', 'hard_now', 'other_papers', 'other'), true) THEN
    PERFORM app.refuse('BS422', '理由を一覧から選んでください。', 'reason');
  END IF;
  IF p_reason = 'other' AND v_words = '' THEN
    PERFORM app.refuse('BS422', '「その他」のときは、理由を言葉で入力してください。', 'words');
  END IF;
  IF EXISTS (SELECT FROM public.declaration_receipt r WHERE r.household_id = p_household AND r.person_id = p_person
              AND r.kind = p_kind AND r.month = p_month AND r.struck_at IS NULL) THEN
    PERFORM app.refuse('BS409', 'この月の申告はすでに受領しています。最新の状態を確認してください。');
  END IF;
  INSERT INTO public.declaration_missing (id, office_id, household_id, person_id, kind, month, reason, noted_by, noted_at)
  VALUES (p_id, v_office, p_household, p_person, p_kind, p_month, p_reason, app.me(), app.now());
  IF v_words <> '' THEN
    INSERT INTO public.declaration_missing_text (missing_id, office_id, household_id, words)
    VALUES (p_id, v_office, p_household, v_words);
  END IF;
  IF p_reason = 'not_reached' THEN PERFORM app.ask_safety_check(v_office, p_household, p_id); END IF;
  RETURN p_id;
END $$;

-- Notes that a letter of the print run of this very transaction asked for a declaration. What went to paper is noted even
-- if the cycle was changed or the declaration came meanwhile.
CREATE FUNCTION app.note_declaration_reminder(p_batch uuid, p_household uuid, p_person uuid, p_kind text, p_month date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid := app.declaring_office(p_household, 'print_drafts');
  v_number integer;
BEGIN
  IF NOT EXISTS (SELECT FROM public.print_batch b WHERE b.id = p_batch AND b.printed_by = app.me()
                  AND b.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ印刷にだけ足せます。');
  END IF;
  IF extract(day FROM p_month) IS DISTINCT FROM 1 OR NOT EXISTS (SELECT FROM public.declaration_duty d
      WHERE d.household_id = p_household AND d.person_id = p_person AND d.kind = p_kind) THEN
    PERFORM app.refuse('BS403', 'この方の申告の周期が決められていません。');
  END IF;
  SELECT 1 + coalesce(max(r.number), 0) INTO v_number FROM public.declaration_reminder r
   WHERE r.household_id = p_household AND r.person_id = p_person AND r.kind = p_kind AND r.month = p_month;
  INSERT INTO public.declaration_reminder (id, office_id, household_id, person_id, kind, month, number, batch_id, printed_by, printed_at)
  VALUES (gen_random_uuid(), v_office, p_household, p_person, p_kind, p_month, v_number, p_batch, app.me(), app.now());
  RETURN v_number;
END $$;
