-- Issued forms (発行済帳票): a number is reserved, the caller draws, the bytes are stored, all in one transaction. Their
-- tables have no grant to write, so that number, instant, hash and who issued are the server's, and nothing is replaced.

-- Whether the household is the person's own duty: no ticket with a reason makes it so.
CREATE FUNCTION app.is_own_duty(p_household uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  who record := app.myself();
  v_district uuid;
BEGIN
  SELECT h.district_id INTO v_district FROM public.household h WHERE h.id = p_household AND h.office_id = who.office_id;
  RETURN v_district IS NOT NULL AND app.allows(who.roles, 'open_case_files')
     AND (who.office_id = ANY (app.wide_offices()) OR v_district = ANY (app.duty_districts())
          OR p_household = ANY (app.in_care_of(who.id, who.office_id, who.today)));
END $$;

-- Whether all of these are what such a form may be of: rows of this household, each in its approved version where it takes one,
-- and in a state in which it may be issued.
-- The table's name comes from our own list of forms.
CREATE FUNCTION app.fit_issue(p_rule app.issue_rule, p_household uuid, p_subjects uuid[], p_versions integer[])
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_found bigint;
BEGIN
  IF p_rule.subject = 'person' THEN
    SELECT count(DISTINCT m.person_id) INTO v_found FROM public.member m
     WHERE m.household_id = p_household AND m.person_id = ANY (p_subjects);
  ELSE
    EXECUTE format('SELECT count(DISTINCT x.id) FROM public.%I x JOIN unnest($2, $3) AS g(id, version) ON g.id = x.id WHERE x.household_id = $1',
      p_rule.subject) || CASE WHEN p_rule.is_approved THEN ' AND x.approved_version = g.version' ELSE '' END
      || CASE WHEN cardinality(p_rule.states) > 0 THEN ' AND x.state = ANY ($4)' ELSE '' END
      INTO v_found USING p_household, p_subjects, p_versions, p_rule.states;
  END IF;
  RETURN v_found = cardinality(p_subjects);
END $$;

-- What cannot be issued, in words.
CREATE FUNCTION app.judge_issue(p_household uuid, p_form text, p_edition text, p_subjects uuid[], p_versions integer[])
RETURNS app.issue_rule LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who record := app.myself();
  r app.issue_rule;
  v_count integer := coalesce(cardinality(p_subjects), 0);
BEGIN
  SELECT * INTO r FROM app.issue_rule x WHERE x.form_code = p_form;
  IF r.form_code IS NULL THEN
    PERFORM app.refuse('BS422', 'この帳票は発行の対象ではありません。「案」か「写」で印刷してください。', 'form_code');
  END IF;
  IF who.id IS NULL OR NOT app.allows(who.roles, r.permission) THEN
    PERFORM app.refuse('BS403', CASE WHEN r.permission = 'print_records' THEN 'この帳票を発行できるのは記録・庶務職員だけです。'
                                     ELSE 'この操作はあなたの職務では認められていません。' END);
  END IF;
  IF NOT app.is_own_duty(p_household) THEN
    PERFORM app.refuse('BS403', 'この世帯は見つからないか、担当する世帯ではありません。');
  END IF;
  IF char_length(app.trimmed(p_edition)) NOT BETWEEN 1 AND 40 THEN
    PERFORM app.refuse('BS422', '帳票の版がありません。システム担当者に連絡してください。', 'edition');
  END IF;
  IF (CASE WHEN r.subject = '' THEN v_count > 0
          ELSE v_count NOT BETWEEN 1 AND 1000 OR cardinality(p_versions) IS DISTINCT FROM v_count
            OR (SELECT count(DISTINCT g.id) <> v_count OR bool_or((g.version IS NOT NULL) <> r.is_approved)
                  FROM unnest(p_subjects, p_versions) AS g(id, version)) END) THEN
    PERFORM app.refuse('BS422', '発行するものを選び直してください。この世帯のものでないか、件数が合いません。', 'subjects');
  END IF;
  IF v_count > 0 AND NOT app.fit_issue(r, p_household, p_subjects, p_versions) THEN
    PERFORM app.refuse(CASE WHEN r.is_approved THEN 'BS403' ELSE 'BS422' END,
      CASE WHEN r.is_approved THEN '決裁された版だけを発行できます。最新の状態を確認してください。'
           ELSE '発行するものを選び直してください。この世帯のものでないか、件数が合いません。' END, 'subjects');
  END IF;
  IF r.condition IS NOT NULL AND EXISTS (SELECT FROM unnest(p_subjects) AS g(id) WHERE NOT app.issue_holds(r.condition, g.id)) THEN
    PERFORM app.refuse('BS422', 'この文書はまだ発行できません。決裁・教示・安全の確認を確かめてください。', 'subjects');
  END IF;
  RETURN r;
END $$;

-- The issue in force of the same form and the same subjects, which the next one takes the place of.
CREATE FUNCTION app.issue_before(p_household uuid, p_form text, p_subjects uuid[]) RETURNS uuid LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT f.id FROM public.issued_form f
    WHERE f.household_id = p_household AND f.form_code = p_form AND f.voided_at IS NULL
      AND coalesce((SELECT array_agg(s.subject_id ORDER BY s.subject_id) FROM public.issued_subject s WHERE s.issued_id = f.id), '{}')
        = (SELECT coalesce(array_agg(g.id ORDER BY g.id), '{}') FROM unnest(p_subjects) AS g(id))
    ORDER BY f.fiscal_year DESC, f.number DESC LIMIT 1 $$;

-- Takes a number for a form that is about to be drawn: `stored` tells that an earlier try of it had arrived after all.
-- The number is given up again unless the bytes are stored in the same transaction.
CREATE FUNCTION app.reserve_issue(p_id uuid, p_household uuid, p_form text, p_edition text, p_subjects uuid[], p_versions integer[],
    OUT fiscal_year integer, OUT number integer, OUT issued_at timestamptz, OUT stored boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  r app.issue_rule;
  f public.issued_form;
  who record := app.myself();
BEGIN
  PERFORM FROM public.household h WHERE h.id = p_household AND h.office_id = who.office_id FOR NO KEY UPDATE;  -- a retry waits for the first try
  SELECT * INTO f FROM public.issued_form x WHERE x.id = p_id;
  IF f.id IS NOT NULL THEN
    IF (f.issued_by, f.household_id, f.form_code) IS DISTINCT FROM (who.id, p_household, p_form) OR f.sha256 = '' THEN
      PERFORM app.refuse('BS409', '同じ発行が先に別の内容で記録されています。画面を更新してください。');
    END IF;
    fiscal_year := f.fiscal_year; number := f.number; issued_at := f.issued_at; stored := true;
    RETURN;
  END IF;
  r := app.judge_issue(p_household, p_form, p_edition, p_subjects, p_versions);
  fiscal_year := extract(year FROM who.today)::integer - (extract(month FROM who.today) < 4)::integer;
  INSERT INTO public.issue_book AS b (office_id, fiscal_year, last_number) VALUES (who.office_id, reserve_issue.fiscal_year, 1)
  ON CONFLICT ON CONSTRAINT pk_issue_book DO UPDATE SET last_number = b.last_number + 1
  RETURNING b.last_number INTO number;  -- the row is locked until the end, so that numbers have no gap
  issued_at := app.now();  -- under the lock: later numbers are later
  stored := false;
  INSERT INTO public.issued_form (id, office_id, household_id, form_code, edition, fiscal_year, number, mark, pages, size, sha256,
                                  issued_by, issued_at, replaces)
  VALUES (p_id, who.office_id, p_household, p_form, app.trimmed(p_edition), fiscal_year, number, r.mark, 0, 0, '', who.id, issued_at,
          CASE WHEN r.replaces THEN app.issue_before(p_household, p_form, coalesce(p_subjects, '{}')) END);
  IF r.subject <> '' THEN
    INSERT INTO public.issued_subject (issued_id, subject_id, version, office_id, household_id)
    SELECT p_id, g.id, g.version, who.office_id, p_household FROM unnest(p_subjects, p_versions) AS g(id, version);
  END IF;
END $$;

-- Stores the bytes of a number that was reserved in this transaction; nobody else can see such a row.
CREATE FUNCTION app.store_issue(p_id uuid, p_recipient text, p_pages integer, p_data bytea) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE f public.issued_form;
BEGIN
  SELECT * INTO f FROM public.issued_form x WHERE x.id = p_id AND x.sha256 = '' AND x.issued_by = app.me();
  IF f.id IS NULL THEN
    PERFORM app.refuse('BS409', '同じ発行が先に別の内容で記録されています。画面を更新してください。');
  END IF;
  IF char_length(app.trimmed(p_recipient)) > 200 THEN
    PERFORM app.refuse('BS422', '宛先は200字までにしてください。', 'recipient');
  END IF;
  IF p_data IS NULL OR substring(p_data FROM 1 FOR 5) <> '\x255044462d'::bytea THEN
    PERFORM app.refuse('BS422', '発行する中身がPDFではありません。システム担当者に連絡してください。', 'file');
  END IF;
  IF octet_length(p_data) > 20971520 THEN
    PERFORM app.refuse('BS422', '20MBを超える帳票は発行できません。記録を分けて発行してください。', 'file');
  END IF;
  IF p_pages IS NULL OR p_pages NOT BETWEEN 1 AND 9999 THEN
    PERFORM app.refuse('BS422', '発行する頁がありません。システム担当者に連絡してください。', 'file');
  END IF;
  INSERT INTO public.issued_file (issued_id, office_id, household_id, recipient, data)
  VALUES (p_id, f.office_id, f.household_id, app.trimmed(p_recipient), p_data);
  UPDATE public.issued_form x SET pages = p_pages, size = octet_length(p_data), sha256 = encode(sha256(p_data), 'hex') WHERE x.id = p_id;
  RETURN p_id;
END $$;

-- No number is committed without its file.
CREATE FUNCTION app.need_issued_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.issued_form f WHERE f.id = NEW.id
              AND (f.sha256 = '' OR NOT EXISTS (SELECT FROM public.issued_file x WHERE x.issued_id = f.id))) THEN
    PERFORM app.refuse('BS409', '帳票の中身が保存されていないため、発行番号は付きません。もう一度発行してください。');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER y_stored AFTER INSERT ON public.issued_form DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION app.need_issued_file();

-- Makes an issue void (失効): nothing is removed, its bytes stay to be looked at. The same again changes nothing.
CREATE FUNCTION app.void_issue(p_id uuid, p_reason text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  f public.issued_form;
  v_reason text := app.trimmed(p_reason);
BEGIN
  IF app.me() IS NULL OR NOT app.may('print_records') THEN
    PERFORM app.refuse('BS403', 'この操作はあなたの職務では認められていません。');
  END IF;
  SELECT * INTO f FROM public.issued_form x WHERE x.id = p_id AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF f.id IS NULL OR NOT app.is_own_duty(f.household_id) THEN
    PERFORM app.refuse('BS403', 'この発行済帳票は見つからないか、担当する世帯のものではありません。');
  END IF;
  IF v_reason = '' THEN PERFORM app.refuse('BS422', '失効とする理由を入力してください。', 'reason'); END IF;
  IF char_length(v_reason) > 1000 THEN PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', 'reason'); END IF;
  IF f.voided_at IS NOT NULL THEN
    IF f.voided_by = app.me() AND EXISTS (SELECT FROM public.issued_void_text t WHERE t.issued_id = p_id AND t.reason = v_reason) THEN
      RETURN p_id;
    END IF;
    PERFORM app.refuse('BS409', 'この帳票はすでに失効しています。');
  END IF;
  UPDATE public.issued_form x SET voided_by = app.me(), voided_at = app.now() WHERE x.id = p_id;
  INSERT INTO public.issued_void_text (issued_id, office_id, household_id, reason) VALUES (p_id, f.office_id, f.household_id, v_reason);
  RETURN p_id;
END $$;

-- Whether each of these may go to paper with this mark: 'copy' is a reprint, anything else the first print of an issue.
CREATE FUNCTION app.may_print_issues(p_issued uuid[], p_mark text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT count(*) = cardinality(p_issued) AND count(*) > 0
     FROM public.issued_form f JOIN app.issue_rule r ON r.form_code = f.form_code
    WHERE f.id = ANY (p_issued) AND f.sha256 <> '' AND app.may(r.permission) AND app.is_own_duty(f.household_id)
      AND (p_mark = 'copy' OR p_mark = f.mark) $$;

-- Notes that issued forms went to paper in a run, by whoever may issue them. One form alone goes as the bytes it was issued with.
CREATE FUNCTION app.note_printed_issues(p_batch uuid, p_issued uuid[], p_mark text, p_pages integer, p_sha256 text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_me uuid := app.me();
BEGIN
  IF v_me IS NULL OR NOT app.may('print_drafts') THEN
    PERFORM app.refuse('BS403', 'この操作はあなたの職務では認められていません。');
  END IF;
  IF NOT app.may_print_issues(p_issued, p_mark) THEN
    PERFORM app.refuse('BS403', 'この発行済帳票は見つからないか、担当する世帯のものではありません。');
  END IF;
  IF coalesce(p_pages, 0) < 1 OR coalesce(p_sha256, '') !~ '^[0-9a-f]{64}$' OR cardinality(p_issued) > 1000 THEN
    PERFORM app.refuse('BS403', '印刷の記録は、自分の名前で、印刷した帳票のとおりに残ります。');
  END IF;
  IF EXISTS (SELECT FROM public.print_batch b WHERE b.id = p_batch) THEN
    IF NOT EXISTS (SELECT FROM public.print_batch b WHERE b.id = p_batch AND b.printed_by = v_me AND b.sha256 = p_sha256)
       OR (SELECT array_agg(x.issued_id ORDER BY x.issued_id) FROM public.printed_issue x WHERE x.batch_id = p_batch)
          IS DISTINCT FROM (SELECT array_agg(g.id ORDER BY g.id) FROM unnest(p_issued) AS g(id)) THEN
      PERFORM app.refuse('BS403', '印刷の記録は、自分の名前で、印刷した帳票のとおりに残ります。');
    END IF;
    RETURN p_batch;
  END IF;
  IF EXISTS (SELECT FROM public.issued_form f WHERE f.id = ANY (p_issued) AND f.voided_at IS NOT NULL) THEN
    PERFORM app.refuse('BS409', '失効した帳票は再発行できません。内容を見ることはできます。');
  END IF;
  IF cardinality(p_issued) = 1 AND NOT EXISTS (SELECT FROM public.issued_form f
      WHERE f.id = p_issued[1] AND f.sha256 = p_sha256 AND f.pages = p_pages) THEN
    PERFORM app.refuse('BS409', '印刷したものが、保存されている帳票と違います。登録簿から印刷し直してください。');
  END IF;
  INSERT INTO public.print_batch (id, office_id, printed_by, printed_at, mark, pages, sha256)
  VALUES (p_batch, (app.my_offices())[1], v_me, app.now(), p_mark, p_pages, p_sha256);
  INSERT INTO public.printed_issue (batch_id, issued_id, office_id, household_id)
  SELECT p_batch, f.id, f.office_id, f.household_id FROM public.issued_form f WHERE f.id = ANY (p_issued);
  RETURN p_batch;
END $$;
