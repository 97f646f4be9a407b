-- Disclosure requests (開示請求): taken in, marked, looked at a second time and issued by these functions only. Their tables
-- have no grant to write, so that number, due day, states, who and when are the server's, and no decision is taken away.
-- The same rules and sentences stand in desktop/domain/disclosures.py and disclosures_marks.py.

-- The household's office, for whoever holds the permission and has the file open.
CREATE FUNCTION app.disclosing_office(p_household uuid, p_permission text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_office uuid;
BEGIN
  IF app.me() IS NULL OR NOT app.may(p_permission) THEN
    PERFORM app.refuse('BS403', 'この操作はあなたの職務では認められていません。');
  END IF;
  SELECT h.office_id INTO v_office FROM public.household h
   WHERE h.id = p_household AND h.office_id = ANY (app.my_offices()) AND h.id = ANY (app.opened());
  IF v_office IS NULL THEN
    PERFORM app.refuse('BS403', 'この開示請求は見つからないか、ファイルが開かれていません。世帯のファイルを開いてからやり直してください。');
  END IF;
  RETURN v_office;
END $$;

-- The request, locked, for whoever holds the permission and has the file open.
CREATE FUNCTION app.disclosure_at_hand(p_disclosure uuid, p_permission text) RETURNS public.disclosure LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE d public.disclosure;
BEGIN
  PERFORM app.disclosing_office((SELECT x.household_id FROM public.disclosure x WHERE x.id = p_disclosure), p_permission);
  SELECT * INTO d FROM public.disclosure x WHERE x.id = p_disclosure FOR UPDATE;
  RETURN d;
END $$;

CREATE FUNCTION app.disclosure_words(p_text text, p_field text, p_most integer) RETURNS text LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_text text := app.trimmed(p_text);
BEGIN
  IF char_length(v_text) > p_most THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', p_field);
  END IF;
  RETURN v_text;
END $$;

-- What the copy is made of: the valid version of every entry of the period that was approved and not annulled.
CREATE FUNCTION app.disclosure_scope(p_disclosure uuid)
RETURNS TABLE (entry_id uuid, version integer, content_hash text, is_agency boolean, has_others boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT e.id, e.approved_version, coalesce(v.content_hash, e.content_hash),
          coalesce('agency' IN (c.method, c.place), false),
          EXISTS (SELECT FROM public.contact_met m WHERE m.contact_id = c.id AND m.person_id IS DISTINCT FROM d.person_id)
     FROM public.disclosure d
     JOIN public.entry e ON e.household_id = d.household_id AND e.event_on BETWEEN d.records_from AND d.records_to
      AND e.approved_version IS NOT NULL AND NOT e.is_annulled
     LEFT JOIN public.entry_version v ON v.entry_id = e.id AND v.version = e.approved_version
     LEFT JOIN public.contact c ON c.id = coalesce(v.contact_id, e.contact_id)
    WHERE d.id = p_disclosure $$;

-- A part as it is stored; NULL for a part that is not there. Of place and author only that there is one.
CREATE FUNCTION app.disclosure_part(p_entry uuid, p_version integer, p_part text, p_segment uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE
     WHEN p_part IN ('text', 'source') THEN
       (SELECT CASE p_part WHEN 'text' THEN s.text ELSE s.source END FROM public.segment s
         WHERE s.entry_id = e.id AND s.version = p_version AND s.segment_id = p_segment)
     WHEN p_segment IS NOT NULL THEN NULL
     WHEN p_part = 'met' THEN
       (SELECT string_agg(m.label, '、' ORDER BY m.id) FROM public.contact_met m WHERE m.contact_id = c.id)
     WHEN p_part = 'instruction' THEN
       (SELECT string_agg(n.text, E'\n' ORDER BY a.round, v.at, v.id) FROM public.approval a
          JOIN public.approval_move v ON v.approval_id = a.id AND v.move = 'approve_with_instruction'
          JOIN public.approval_note n ON n.move_id = v.id AND n.text <> ''
         WHERE a.subject_kind = 'entry' AND a.subject_id = e.id)
     WHEN p_part = 'place' THEN CASE WHEN c.place <> 'none' OR c.method <> 'none' OR c.result_code <> '' THEN '*' END
     WHEN p_part = 'author' THEN '*' END
     FROM public.entry e
     LEFT JOIN public.entry_version w ON w.entry_id = e.id AND w.version = p_version
     LEFT JOIN public.contact c ON c.id = coalesce(w.contact_id, e.contact_id)
    WHERE e.id = p_entry $$;

-- The parts that need a decision before the copy is handed over: an agency's, those of an entry with somebody else than
-- the person himself, those with a source, old records, and whatever was struck in an earlier version.
CREATE FUNCTION app.disclosure_targets(p_disclosure uuid) RETURNS TABLE (entry_id uuid, version integer, part text, segment_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ WITH scope AS (SELECT * FROM app.disclosure_scope(p_disclosure)),
     stale AS (SELECT DISTINCT m.entry_id, m.part, m.segment_id FROM public.disclosure_mark m JOIN scope s ON s.entry_id = m.entry_id
                WHERE m.disclosure_id = p_disclosure AND m.lifted_at IS NULL AND m.verdict = 'struck' AND m.version <> s.version)
   SELECT s.entry_id, s.version, 'text', g.segment_id
     FROM scope s JOIN public.segment g ON g.entry_id = s.entry_id AND g.version = s.version
    WHERE app.trimmed(g.text) <> '' AND (s.is_agency OR s.has_others OR g.kind = 'legacy' OR app.trimmed(g.source) <> ''
          OR EXISTS (SELECT FROM stale t WHERE t.entry_id = s.entry_id))
   UNION
   SELECT s.entry_id, s.version, 'met', NULL FROM scope s
    WHERE s.has_others AND app.trimmed(app.disclosure_part(s.entry_id, s.version, 'met', NULL)) <> ''
   UNION
   SELECT s.entry_id, s.version, t.part, t.segment_id FROM scope s JOIN stale t ON t.entry_id = s.entry_id
    WHERE t.part <> 'text' AND app.trimmed(app.disclosure_part(s.entry_id, s.version, t.part, t.segment_id)) <> '' $$;

CREATE FUNCTION app.disclosure_undecided(p_disclosure uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT count(*)::integer FROM app.disclosure_targets(p_disclosure) t
    WHERE NOT EXISTS (SELECT FROM public.disclosure_mark m WHERE m.disclosure_id = p_disclosure AND m.lifted_at IS NULL
      AND m.entry_id = t.entry_id AND m.version = t.version AND m.part = t.part AND m.segment_id IS NOT DISTINCT FROM t.segment_id) $$;

-- What a second look and the issue stand for: the request, the versions of its entries, their instructions, every mark.
CREATE FUNCTION app.disclosure_hash(p_disclosure uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT encode(sha256(convert_to('[' || app.spelled_list(d.id::text, d.household_id::text, d.person_id::text, d.requester,
                                                            d.records_from::text, d.records_to::text)
      || ',[' || coalesce((SELECT string_agg(app.spelled_list(s.entry_id::text, s.version::text, s.content_hash,
                                                              app.disclosure_part(s.entry_id, s.version, 'instruction', NULL)),
                                             ',' ORDER BY s.entry_id)
                             FROM app.disclosure_scope(d.id) s), '')
      || '],[' || coalesce((SELECT string_agg(app.spelled_list(m.id::text, m.entry_id::text, m.version::text, m.part, m.segment_id::text,
                                                               m.start_at::text, m.end_at::text, m.verdict, m.reason, m.note),
                                              ',' ORDER BY m.id)
                              FROM public.disclosure_mark m WHERE m.disclosure_id = d.id AND m.lifted_at IS NULL), '')
      || ']]', 'UTF8')), 'hex')
     FROM public.disclosure d WHERE d.id = p_disclosure $$;

-- The hash of what stands before the person now.
CREATE FUNCTION app.shown_disclosure(p_disclosure uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.disclosing_office((SELECT x.household_id FROM public.disclosure x WHERE x.id = p_disclosure), 'see_disclosures');
  RETURN app.disclosure_hash(p_disclosure);
END $$;

-- Takes a request in. A retry changes nothing.
CREATE FUNCTION app.take_disclosure(p_id uuid, p_household uuid, p_person uuid, p_requester text, p_asked_by text, p_asked_on date,
                                    p_from date, p_to date) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid := app.disclosing_office(p_household, 'prepare_disclosures');
  v_year integer := extract(year FROM app.today())::integer - (extract(month FROM app.today()) < 4)::integer;
  v_asked_by text := app.disclosure_words(p_asked_by, 'asked_by', 100);
  v_days integer := coalesce((app.master_value(v_office, 'thresholds', 'disclosure_days') ->> 'number')::integer, 30);
BEGIN
  PERFORM FROM public.office o WHERE o.id = v_office FOR NO KEY UPDATE;  -- one number after the other
  IF EXISTS (SELECT FROM public.disclosure d WHERE d.id = p_id AND d.prepared_by = app.me() AND d.household_id = p_household) THEN
    RETURN p_id;
  END IF;
  IF NOT EXISTS (SELECT FROM public.member m WHERE m.household_id = p_household AND m.person_id = p_person) THEN
    PERFORM app.refuse('BS422', 'この世帯の世帯員を選んでください。', 'person_id');
  END IF;
  IF coalesce(p_requester NOT IN ('principal', 'agent', 'legal'), true) THEN
    PERFORM app.refuse('BS422', '請求者の区分を選んでください。', 'requester');
  END IF;
  IF v_asked_by = '' THEN PERFORM app.refuse('BS422', '請求した方の氏名を入力してください。', 'asked_by'); END IF;
  IF p_asked_on IS NULL OR p_asked_on > app.today() THEN
    PERFORM app.refuse('BS422', '請求日は今日までの日付にしてください。', 'asked_on');
  END IF;
  IF coalesce(p_from > p_to OR p_to > app.today(), true) THEN
    PERFORM app.refuse('BS422', '対象期間は、始まりの日から、今日までの終わりの日で入力してください。', 'records_to');
  END IF;
  INSERT INTO public.disclosure (id, office_id, household_id, person_id, fiscal_year, number, requester, asked_on, records_from,
                                 records_to, due_on, state, prepared_by, prepared_at, content_hash)
  SELECT p_id, v_office, p_household, p_person, v_year, 1 + coalesce(max(d.number), 0), p_requester, p_asked_on, p_from, p_to,
         p_asked_on + v_days, 'preparing', app.me(), app.now(), ''
    FROM public.disclosure d WHERE d.office_id = v_office AND d.fiscal_year = v_year;
  INSERT INTO public.disclosure_text (disclosure_id, office_id, household_id, asked_by) VALUES (p_id, v_office, p_household, v_asked_by);
  RETURN p_id;
END $$;

-- What a decision must look like: a part of the valid version, a reason of the office's list, a span that says what stands there.
CREATE FUNCTION app.judge_disclosure_mark(d public.disclosure, p_entry uuid, p_version integer, p_part text, p_segment uuid,
    p_start integer, p_end integer, p_quote text, p_verdict text, p_reason text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_text text := app.disclosure_part(p_entry, p_version, p_part, p_segment);
BEGIN
  IF d.state <> 'preparing' THEN
    PERFORM app.refuse('BS409', 'この開示請求は今の状態ではこの操作ができません。画面を更新してください。');
  END IF;
  IF v_text IS NULL OR NOT EXISTS (SELECT FROM app.disclosure_scope(d.id) s WHERE s.entry_id = p_entry AND s.version = p_version) THEN
    PERFORM app.refuse('BS409', 'この箇所は記録の有効な版にありません。最新の内容で選び直してください。');
  END IF;
  IF p_verdict = 'struck' AND app.master_value(d.office_id, 'disclosure_reasons', p_reason) IS NULL
     OR p_verdict = 'left' AND coalesce(p_reason, '') <> '' OR coalesce(p_verdict NOT IN ('struck', 'left'), true) THEN
    PERFORM app.refuse('BS422', '不開示の理由を一覧から選んでください。', 'reason');
  END IF;
  IF p_start IS NULL AND p_end IS NULL THEN RETURN; END IF;
  IF p_part IN ('place', 'author') OR p_verdict = 'left' THEN
    PERFORM app.refuse('BS422', 'この欄は、欄の全部だけを不開示にできます。', 'quote');
  END IF;
  IF coalesce(p_start < 0 OR p_end <= p_start OR p_end > char_length(v_text)
              OR substr(v_text, p_start + 1, p_end - p_start) <> p_quote, true) THEN
    PERFORM app.refuse('BS422', '選んだ範囲が記録の文と一致しません。記録からもう一度選んでください。', 'quote');
  END IF;
END $$;

-- Decides about a part. What it replaces is lifted: opening takes every mark of the part away, striking the opening and
-- the same span. A retry changes nothing.
CREATE FUNCTION app.mark_disclosure(p_id uuid, p_disclosure uuid, p_entry uuid, p_version integer, p_part text, p_segment uuid,
    p_start integer, p_end integer, p_quote text, p_verdict text, p_reason text, p_note text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  d public.disclosure := app.disclosure_at_hand(p_disclosure, 'prepare_disclosures');
  v_note text := app.disclosure_words(p_note, 'note', 1000);
BEGIN
  IF EXISTS (SELECT FROM public.disclosure_mark m WHERE m.id = p_id AND m.disclosure_id = p_disclosure AND m.made_by = app.me()
              AND m.entry_id = p_entry AND m.part = p_part AND m.verdict = p_verdict AND m.start_at IS NOT DISTINCT FROM p_start) THEN
    RETURN p_id;
  END IF;
  PERFORM app.judge_disclosure_mark(d, p_entry, p_version, p_part, p_segment, p_start, p_end, p_quote, p_verdict, p_reason);
  UPDATE public.disclosure_mark m SET lifted_by = app.me(), lifted_at = app.now()
   WHERE m.disclosure_id = d.id AND m.lifted_at IS NULL AND m.entry_id = p_entry AND m.version = p_version AND m.part = p_part
     AND m.segment_id IS NOT DISTINCT FROM p_segment
     AND (p_verdict = 'left' OR m.verdict = 'left'
          OR m.start_at IS NOT DISTINCT FROM p_start AND m.end_at IS NOT DISTINCT FROM p_end);
  INSERT INTO public.disclosure_mark (id, office_id, household_id, disclosure_id, entry_id, version, part, segment_id, start_at, end_at,
                                      verdict, reason, note, made_by, made_at)
  VALUES (p_id, d.office_id, d.household_id, d.id, p_entry, p_version, p_part, p_segment, p_start, p_end,
          p_verdict, coalesce(p_reason, ''), v_note, app.me(), app.now());
  RETURN p_id;
END $$;

-- Takes a decision back; the part waits for another one.
CREATE FUNCTION app.lift_disclosure_mark(p_mark uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE d public.disclosure;
BEGIN
  d := app.disclosure_at_hand((SELECT m.disclosure_id FROM public.disclosure_mark m WHERE m.id = p_mark), 'prepare_disclosures');
  UPDATE public.disclosure_mark m SET lifted_by = app.me(), lifted_at = app.now()
   WHERE m.id = p_mark AND m.lifted_at IS NULL AND d.state = 'preparing';
  IF NOT FOUND THEN
    PERFORM app.refuse('BS409', 'この開示請求は今の状態ではこの操作ができません。画面を更新してください。');
  END IF;
  RETURN p_mark;
END $$;

-- The second look is that of the district's supervisor, and of nobody who marked or handed over.
CREATE FUNCTION app.judge_disclosure_reviewer(d public.disclosure) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_hands record;
BEGIN
  IF NOT EXISTS (SELECT FROM public.household h WHERE h.id = d.household_id AND h.district_id = ANY (app.districts_as('{supervisor}'))) THEN
    PERFORM app.refuse('BS403', '確認できるのは、この世帯の地区の査察指導員だけです。');
  END IF;
  FOR v_hands IN
    SELECT d.prepared_by AS id, d.prepared_at AS at
    UNION SELECT m.made_by, m.made_at FROM public.disclosure_mark m WHERE m.disclosure_id = d.id
    UNION SELECT m.lifted_by, m.lifted_at FROM public.disclosure_mark m WHERE m.disclosure_id = d.id AND m.lifted_by IS NOT NULL
    UNION SELECT v.by_id, v.at FROM public.disclosure_move v WHERE v.disclosure_id = d.id AND v.move = 'hand_over'
  LOOP
    IF app.one_hand(v_hands.id, v_hands.at, app.me(), app.now()) THEN
      PERFORM app.refuse('BS403', '印を付けた人や確認に回した人は、同じ写しを確認できません。別の査察指導員が確認してください。');
    END IF;
    IF app.one_name(v_hands.id, app.me()) THEN
      PERFORM app.refuse('BS403', '作成した人と氏名・フリガナが同じため、同じ人かどうかを確かめられません。氏名の違う査察指導員が確認してください。');
    END IF;
  END LOOP;
END $$;

-- Whether the person may take the second look at a request he sees; for the screen.
CREATE FUNCTION app.may_review_disclosure(p_disclosure uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE d public.disclosure;
BEGIN
  SELECT * INTO d FROM public.disclosure x WHERE x.id = p_disclosure AND x.household_id = ANY (app.opened());
  IF d.id IS NULL OR NOT app.may('review_disclosures') THEN RETURN false; END IF;
  PERFORM app.judge_disclosure_reviewer(d);
  RETURN true;
EXCEPTION WHEN SQLSTATE 'BS403' THEN RETURN false;
END $$;

-- A print run of this very transaction, of the person's own, with the mark.
CREATE FUNCTION app.need_disclosure_run(p_batch uuid, p_mark text) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.print_batch b WHERE b.id = p_batch AND b.printed_by = app.me() AND b.mark = p_mark
                  AND b.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ印刷にだけ足せます。');
  END IF;
END $$;

-- Whether the move may be made from here; the move table of desktop/domain/disclosures.py, compared by a test.
CREATE FUNCTION app.disclosure_move_rule(p_move text, OUT from_states text[], OUT to_state text, OUT permission text, OUT needs_reason boolean)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT r.from_states::text[], r.to_state, r.permission, r.needs_reason FROM (VALUES
     ('hand_over', '{preparing}', 'handed_over', 'prepare_disclosures', false),
     ('return', '{handed_over}', 'preparing', 'review_disclosures', true),
     ('review', '{handed_over}', 'reviewed', 'review_disclosures', false),
     ('reopen', '{handed_over,reviewed}', 'preparing', 'prepare_disclosures', true),
     ('issue', '{reviewed}', 'issued', 'prepare_disclosures', false),
     ('withdraw', '{preparing,handed_over,reviewed}', 'withdrawn', 'prepare_disclosures', true)
   ) AS r(move, from_states, to_state, permission, needs_reason) WHERE r.move = p_move $$;

-- What stands behind a move beside its rule.
CREATE FUNCTION app.judge_disclosure_move(d public.disclosure, p_move text, p_hash text, p_batch uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_hash text := app.disclosure_hash(d.id); v_undecided integer;
BEGIN
  IF p_move IN ('review', 'return') THEN PERFORM app.judge_disclosure_reviewer(d); END IF;
  IF p_move = 'issue' AND d.content_hash <> v_hash THEN
    PERFORM app.refuse('BS409', '確認のあとに記録か印が変わりました。「準備に戻す」で準備に戻し、見直してから、もう一度確認を受けてください。');
  END IF;
  IF p_move IN ('hand_over', 'review', 'issue') AND p_hash IS DISTINCT FROM v_hash OR p_move = 'review' AND d.content_hash <> v_hash THEN
    PERFORM app.refuse('BS409', '記録か不開示の印が、表示または確認されたものと違います。最新の内容を見直してからやり直してください。');
  END IF;
  IF p_move = 'hand_over' THEN
    IF NOT EXISTS (SELECT FROM app.disclosure_scope(d.id)) THEN
      PERFORM app.refuse('BS422', '対象期間に決裁済みの記録がありません。期間を確認してください。');
    END IF;
    v_undecided := app.disclosure_undecided(d.id);
    IF v_undecided > 0 THEN
      PERFORM app.refuse('BS422', format('開示か不開示かを決めていない箇所が%s件あります。すべて決めてから確認に回してください。', v_undecided));
    END IF;
  END IF;
  IF p_move = 'issue' THEN PERFORM app.need_disclosure_run(p_batch, 'disclosed'); END IF;
END $$;

-- Writes a move of a request that is locked; what went to paper stands among the prints of the household too.
CREATE FUNCTION app.note_disclosure_move(d public.disclosure, p_move text, p_reason text, p_batch uuid) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ INSERT INTO public.disclosure_move (id, office_id, household_id, disclosure_id, number, move, by_id, at, content_hash, reason, batch_id)
   SELECT gen_random_uuid(), d.office_id, d.household_id, d.id, 1 + count(*), p_move, app.me(), app.now(), app.disclosure_hash(d.id),
          p_reason, p_batch
     FROM public.disclosure_move m WHERE m.disclosure_id = d.id;
   INSERT INTO public.printed_file (batch_id, household_id, office_id, form)
   SELECT p_batch, d.household_id, d.office_id, 'J-01' WHERE p_batch IS NOT NULL
   ON CONFLICT (batch_id, household_id) DO NOTHING $$; -- several requests of one household may go to paper together

-- Moves a request on: handed over, looked at or returned, reopened, issued, withdrawn. p_hash is what the person saw.
CREATE FUNCTION app.move_disclosure(p_disclosure uuid, p_move text, p_hash text, p_reason text, p_batch uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_rule record;
  d public.disclosure;
  v_reason text := app.disclosure_words(p_reason, 'reason', 1000);
BEGIN
  SELECT * INTO v_rule FROM app.disclosure_move_rule(p_move);
  IF v_rule.to_state IS NULL THEN PERFORM app.refuse('BS403', 'この操作はあなたの職務では認められていません。'); END IF;
  d := app.disclosure_at_hand(p_disclosure, v_rule.permission);
  IF d.state <> ALL (v_rule.from_states) THEN
    PERFORM app.refuse('BS409', 'この開示請求は今の状態ではこの操作ができません。画面を更新してください。');
  END IF;
  IF v_rule.needs_reason AND v_reason = '' THEN PERFORM app.refuse('BS422', '理由を入力してください。', 'reason'); END IF;
  PERFORM app.judge_disclosure_move(d, p_move, p_hash, p_batch);
  UPDATE public.disclosure x
     SET state = v_rule.to_state,
         content_hash = CASE p_move WHEN 'hand_over' THEN p_hash WHEN 'return' THEN '' WHEN 'reopen' THEN '' ELSE x.content_hash END,
         reviewed_by = CASE WHEN p_move = 'review' THEN app.me() WHEN v_rule.to_state = 'preparing' THEN NULL ELSE x.reviewed_by END,
         reviewed_at = CASE WHEN p_move = 'review' THEN app.now() WHEN v_rule.to_state = 'preparing' THEN NULL ELSE x.reviewed_at END,
         closed_by = CASE WHEN v_rule.to_state IN ('issued', 'withdrawn') THEN app.me() END,
         closed_at = CASE WHEN v_rule.to_state IN ('issued', 'withdrawn') THEN app.now() END
   WHERE x.id = d.id;
  PERFORM app.note_disclosure_move(d, p_move, v_reason, CASE WHEN p_move = 'issue' THEN p_batch END);
  RETURN v_rule.to_state;
END $$;

-- Notes that a proof of the copy (案) went to paper in the print run of this very transaction.
CREATE FUNCTION app.note_disclosure_draft(p_disclosure uuid, p_batch uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE d public.disclosure := app.disclosure_at_hand(p_disclosure, 'see_disclosures');
BEGIN
  PERFORM app.need_disclosure_run(p_batch, 'draft');
  PERFORM app.note_disclosure_move(d, 'draft_printed', '', p_batch);
END $$;
