-- Applications made online (電子申請): each becomes one received paper, whoever sends the same number again.

-- Takes an application in as a paper and returns the paper; a number that was taken in before changes nothing.
CREATE FUNCTION app.receive_application(p_paper uuid, p_household uuid, p_kind text, p_sheets integer, p_from text, p_note text,
                                        p_source text, p_number text, p_sent date) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid;
  v_paper uuid;
  v_source text := app.trimmed(p_source);
  v_number text := app.trimmed(p_number);
BEGIN
  IF app.me() IS NULL OR NOT app.may('receive_papers') THEN
    PERFORM app.refuse('BS403', '受領書類を扱う職務がありません。');
  END IF;
  IF v_source = '' OR v_number = '' OR char_length(v_source) > 100 OR char_length(v_number) > 100 THEN
    PERFORM app.refuse('BS422', '受付番号がありません。', 'number');
  END IF;
  SELECT h.office_id INTO v_office FROM public.household h WHERE h.id = p_household AND h.office_id = ANY (app.my_offices());
  IF v_office IS NULL THEN
    PERFORM app.refuse('BS403', 'この世帯は見つからないか、ほかの福祉事務所の世帯です。');
  END IF;
  -- Two people with the same export: the second waits, and finds what the first took in.
  PERFORM pg_advisory_xact_lock(hashtextextended(v_office || E'\x1f' || v_source || E'\x1f' || v_number, 55));
  SELECT a.paper_id INTO v_paper FROM public.online_application a
   WHERE a.office_id = v_office AND a.system = v_source AND a.number = v_number;
  IF v_paper IS NOT NULL THEN RETURN v_paper; END IF;
  IF EXISTS (SELECT FROM public.paper p WHERE p.id = p_paper) THEN
    PERFORM app.refuse('BS409', 'この書類は先に受け取られています。最新の状態を確認してください。');
  END IF;
  PERFORM app.receive_paper(p_paper, p_household, p_kind, NULL, p_sheets, NULL, p_from, p_note);
  INSERT INTO public.online_application (paper_id, office_id, household_id, system, number, sent_on)
  VALUES (p_paper, v_office, p_household, v_source, v_number, p_sent);
  RETURN p_paper;
END $$;

-- Which of these numbers were taken in, as which paper, and which files the paper has: no household, no content.
CREATE FUNCTION app.taken_applications(p_source text, p_numbers text[])
RETURNS TABLE (number text, paper_id uuid, fiscal_year integer, paper_number integer, attachment_ids uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT a.number, p.id, p.fiscal_year, p.number,
          ARRAY(SELECT x.id FROM public.attachment x WHERE x.paper_id = p.id)
     FROM public.online_application a JOIN public.paper p ON p.id = a.paper_id
    WHERE a.office_id = ANY (app.offices_with('receive_papers'))
      AND a.system = p_source AND a.number = ANY (p_numbers) $$;
