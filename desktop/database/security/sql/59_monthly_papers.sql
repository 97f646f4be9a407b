-- Monthly papers (毎月の書類): receipts, reasons and cards are written by these functions only. Their tables have no grant to
-- write, so that who, when and which number are the server's. Nothing here looks at a group, an amount or a step.

-- The office's row of a paper, for whoever holds the permission and sees the household, about a person of it and a month.
CREATE FUNCTION app.monthly_paper_row(p_household uuid, p_person uuid, p_paper text, p_month date, p_permission text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid := app.declaring_office(p_household, p_permission);
  v_row jsonb := app.master_value(v_office, 'monthly_papers', p_paper);
BEGIN
  IF v_row IS NULL THEN
    PERFORM app.refuse('BS422', 'この書類はいまの設定値にありません。一覧から選んでください。', 'paper');
  END IF;
  IF p_month IS NULL OR extract(day FROM p_month) <> 1 THEN
    PERFORM app.refuse('BS422', '月を選んでください。', 'month');
  END IF;
  IF NOT EXISTS (SELECT FROM public.member m WHERE m.household_id = p_household AND m.person_id = p_person) THEN
    PERFORM app.refuse('BS422', 'この世帯の世帯員を選んでください。', 'person_id');
  END IF;
  RETURN v_row || jsonb_build_object('office', v_office);
END $$;

CREATE FUNCTION app.monthly_paper_came(p_household uuid, p_person uuid, p_paper text, p_month date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.monthly_paper_receipt r WHERE r.household_id = p_household AND r.person_id = p_person
     AND r.paper = p_paper AND r.month = p_month AND r.struck_at IS NULL) $$;

-- Refuses what is not a paper of this household, kind and person.
CREATE FUNCTION app.need_monthly_paper(p_paper_id uuid, p_household uuid, p_person uuid, p_kind text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.paper p WHERE p.id = p_paper_id AND p.household_id = p_household AND p.kind = p_kind
                  AND (p.person_id IS NULL OR p.person_id = p_person)) THEN
    PERFORM app.refuse('BS403', '結び付けられるのは、同じ世帯・同じ種類の受領書類です。一覧から選び直してください。');
  END IF;
END $$;

-- A paper comes in: taken in now or, with p_linked, taken in before. A retry changes nothing.
CREATE FUNCTION app.receive_monthly_paper(p_id uuid, p_paper_id uuid, p_linked boolean, p_household uuid, p_person uuid, p_paper text,
                                          p_month date) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_row jsonb := app.monthly_paper_row(p_household, p_person, p_paper, p_month, 'receive_papers');
BEGIN
  IF EXISTS (SELECT FROM public.monthly_paper_receipt r WHERE r.id = p_id AND r.linked_by = app.me() AND r.paper_id = p_paper_id
              AND r.household_id = p_household AND r.person_id = p_person AND r.paper = p_paper AND r.month = p_month) THEN
    RETURN p_id;
  END IF;
  IF p_month > app.today() THEN
    PERFORM app.refuse('BS422', 'まだ来ていない月の書類は受領できません。', 'month');
  END IF;
  IF app.monthly_paper_came(p_household, p_person, p_paper, p_month) THEN
    PERFORM app.refuse('BS409', 'この月の書類はすでに受領しています。最新の状態を確認してください。');
  END IF;
  IF p_linked IS NOT TRUE THEN
    PERFORM app.receive_paper(p_paper_id, p_household, v_row ->> 'paper_kind', p_person, 1, NULL, '', '');
  END IF;
  PERFORM app.need_monthly_paper(p_paper_id, p_household, p_person, v_row ->> 'paper_kind');
  INSERT INTO public.monthly_paper_receipt (id, office_id, household_id, person_id, paper, month, paper_id, linked_by, linked_at)
  VALUES (p_id, (v_row ->> 'office')::uuid, p_household, p_person, p_paper, p_month, p_paper_id, app.me(), app.now());
  RETURN p_id;
END $$;

-- Takes a link back. A paper that only its kind and day had put here gets a struck link: it is not this month's.
CREATE FUNCTION app.strike_monthly_paper(p_id uuid, p_paper_id uuid, p_household uuid, p_person uuid, p_paper text, p_month date) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_row jsonb := app.monthly_paper_row(p_household, p_person, p_paper, p_month, 'receive_papers');
BEGIN
  UPDATE public.monthly_paper_receipt r SET struck_by = app.me(), struck_at = app.now()
   WHERE r.household_id = p_household AND r.person_id = p_person AND r.paper = p_paper AND r.month = p_month
     AND r.paper_id = p_paper_id AND r.struck_at IS NULL;
  IF FOUND THEN RETURN p_id; END IF;
  IF EXISTS (SELECT FROM public.monthly_paper_receipt r WHERE r.household_id = p_household AND r.person_id = p_person
              AND r.paper = p_paper AND r.month = p_month AND r.paper_id = p_paper_id) THEN
    PERFORM app.refuse('BS409', 'この受領は見つからないか、すでに取り消されています。');
  END IF;
  PERFORM app.need_monthly_paper(p_paper_id, p_household, p_person, v_row ->> 'paper_kind');
  INSERT INTO public.monthly_paper_receipt (id, office_id, household_id, person_id, paper, month, paper_id, linked_by, linked_at,
                                            struck_by, struck_at)
  VALUES (p_id, (v_row ->> 'office')::uuid, p_household, p_person, p_paper, p_month, p_paper_id, app.me(), app.now(), app.me(), app.now());
  RETURN p_id;
END $$;

-- Asks who looks after the household, else who noted it, to see today whether the person is safe; once while it is open.
CREATE FUNCTION app.ask_safety_check(p_office uuid, p_household uuid, p_origin uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_todo uuid := gen_random_uuid();
  v_text text := '安否確認：毎月の書類のことで連絡がつきません。訪問や電話で、本人の無事を確かめてください。';
BEGIN
  IF EXISTS (SELECT FROM public.todo t JOIN public.todo_text w ON w.todo_id = t.id
              WHERE t.household_id = p_household AND t.state = 'open' AND w.text = v_text) THEN
    RETURN;
  END IF;
  INSERT INTO public.todo (id, office_id, owner_id, household_id, origin, origin_id, due_on, state, created_by, created_at, version)
  VALUES (v_todo, p_office, coalesce(app.paper_owner(p_household), app.me()), p_household, 'assigned', p_origin, app.today(),
          'open', app.me(), app.now(), 1);
  INSERT INTO public.todo_text (todo_id, office_id, household_id, text, reply) VALUES (v_todo, p_office, p_household, v_text, '');
END $$;

-- Notes why a paper has not come, and what help is missing. It stays due.
CREATE FUNCTION app.explain_missing_monthly_paper(p_id uuid, p_household uuid, p_person uuid, p_paper text, p_month date, p_reason text,
                                                  p_words text, p_help text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_row jsonb := app.monthly_paper_row(p_household, p_person, p_paper, p_month, 'write_records');
  v_office uuid := (v_row ->> 'office')::uuid;
  v_reason jsonb := app.master_value(v_office, 'monthly_reasons', p_reason);
  v_words text := app.declaration_words(p_words, 'words');
  v_help text := app.declaration_words(p_help, 'help_missing');
BEGIN
  IF EXISTS (SELECT FROM public.monthly_paper_missing m WHERE m.id = p_id AND m.noted_by = app.me() AND m.household_id = p_household
              AND m.person_id = p_person AND m.paper = p_paper AND m.month = p_month AND m.reason = p_reason) THEN
    RETURN p_id;
  END IF;
  IF v_reason IS NULL THEN
    PERFORM app.refuse('BS422', '理由を一覧から選んでください。', 'reason');
  END IF;
  IF app.monthly_paper_came(p_household, p_person, p_paper, p_month) THEN
    PERFORM app.refuse('BS409', 'この月の書類はすでに受領しています。最新の状態を確認してください。');
  END IF;
  INSERT INTO public.monthly_paper_missing (id, office_id, household_id, person_id, paper, month, reason, asked_help, noted_by, noted_at)
  VALUES (p_id, v_office, p_household, p_person, p_paper, p_month, p_reason, v_help <> '', app.me(), app.now());
  IF v_words <> '' OR v_help <> '' THEN
    INSERT INTO public.monthly_paper_missing_text (missing_id, office_id, household_id, words, help_missing)
    VALUES (p_id, v_office, p_household, v_words, v_help);
  END IF;
  IF coalesce((v_reason ->> 'asks_safety')::boolean, false) THEN
    PERFORM app.ask_safety_check(v_office, p_household, p_id);
  END IF;
  RETURN p_id;
END $$;

-- Notes that a card of the print run of this very transaction asked for a paper. What went to paper is noted even if it came meanwhile.
CREATE FUNCTION app.note_monthly_paper_reminder(p_batch uuid, p_household uuid, p_person uuid, p_paper text, p_month date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_row jsonb := app.monthly_paper_row(p_household, p_person, p_paper, p_month, 'print_drafts');
  v_number integer;
BEGIN
  IF NOT EXISTS (SELECT FROM public.print_batch b WHERE b.id = p_batch AND b.printed_by = app.me()
                  AND b.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ印刷にだけ足せます。');
  END IF;
  SELECT 1 + coalesce(max(r.number), 0) INTO v_number FROM public.monthly_paper_reminder r
   WHERE r.household_id = p_household AND r.person_id = p_person AND r.paper = p_paper AND r.month = p_month;
  INSERT INTO public.monthly_paper_reminder (id, office_id, household_id, person_id, paper, month, number, batch_id, printed_by, printed_at)
  VALUES (gen_random_uuid(), (v_row ->> 'office')::uuid, p_household, p_person, p_paper, p_month, v_number, p_batch, app.me(), app.now());
  RETURN v_number;
END $$;
