-- Letters that are issued as a row stands that has no state of its own (desktop/database/issuing_conditions.py), and who reads them.

-- The newest draft of its kind in an open case, approved since, and no question of safety open.
CREATE FUNCTION app.is_decided_step(p_step uuid, p_drafted text, p_decided text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  s public.guidance_step;
  d public.guidance_step;
BEGIN
  SELECT * INTO s FROM public.guidance_step x WHERE x.id = p_step AND x.kind = p_drafted;
  IF s.id IS NULL OR app.is_guidance_held(s.household_id) OR (app.guidance_latest(s.case_id, 'close')).id IS NOT NULL THEN
    RETURN false;
  END IF;
  d := app.guidance_latest(s.case_id, p_decided);
  RETURN (app.guidance_latest(s.case_id, p_drafted)).id = s.id AND coalesce(d.number > s.number AND d.outcome = 'approved', false);
END $$;

-- The office's notice of appeal rights (教示) is entered.
CREATE FUNCTION app.has_appeal(p_office uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT app.trimmed(coalesce(app.master_value(p_office, 'paper_style', 'office') ->> 'appeal', '')) <> '' $$;

-- The newest decision of its case (of its month), granted or refused.
CREATE FUNCTION app.is_told_decision(p_decision uuid, p_kind text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE d public.benefit_decision;
BEGIN
  SELECT * INTO d FROM public.benefit_decision x WHERE x.id = p_decision;
  RETURN d.id IS NOT NULL AND d.outcome <> 'withdrawn' AND app.has_appeal(d.office_id)
    AND EXISTS (SELECT FROM public.benefit_case c WHERE c.id = d.case_id AND c.kind = p_kind)
    AND d.id = (SELECT x.id FROM public.benefit_decision x WHERE x.case_id = d.case_id AND x.month IS NOT DISTINCT FROM d.month
                 ORDER BY x.noted_at DESC, x.id DESC LIMIT 1);
END $$;

CREATE FUNCTION app.issue_holds(p_condition text, p_id uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN CASE p_condition
    WHEN 'letter_approved' THEN app.is_decided_step(p_id, 'letter', 'letter_decision')
    WHEN 'notice_approved' THEN app.is_decided_step(p_id, 'notice', 'notice_decision')
    WHEN 'sanction_decided' THEN app.is_decided_step(p_id, 'disposition', 'disposition_final')
      AND EXISTS (SELECT FROM public.guidance_step s WHERE s.id = p_id AND app.has_appeal(s.office_id)
        AND coalesce(app.master_value(s.office_id, 'paper_style', 'office') ->> 'sanction_elsewhere', '') <> 'true')
    WHEN 'order_approved' THEN app.order_has(p_id, 'approved') AND NOT app.order_has(p_id, 'returned', 'withdrawn')
      AND NOT EXISTS (SELECT FROM public.examination_order o WHERE o.id = p_id AND app.is_on_hold(o.person_id))
    WHEN 'referral_open' THEN NOT EXISTS (SELECT FROM public.referral_step s WHERE s.referral_id = p_id AND s.move IN ('declined', 'withdrawn'))
      AND NOT app.is_sharing_refused(p_id)
    WHEN 'job_search_told' THEN app.is_told_decision(p_id, 'job_search')
    WHEN 'independence_told' THEN app.is_told_decision(p_id, 'independence')
    WHEN 'study_or_work_told' THEN app.is_told_decision(p_id, 'study_or_work')
    ELSE false END;
END $$;

-- The day on which a row went out as that form; none where it was not issued or every issue is void.
CREATE FUNCTION app.issued_on(p_form text, p_subject uuid) RETURNS date LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT min((f.issued_at AT TIME ZONE 'Asia/Tokyo')::date) FROM public.issued_subject s JOIN public.issued_form f ON f.id = s.issued_id
    WHERE s.subject_id = p_subject AND f.form_code = p_form AND f.voided_at IS NULL AND f.sha256 <> '' $$;

-- What is handed over went out before: its number and bytes stand in the register.
CREATE FUNCTION app.need_issued(p_form text, p_subject uuid, p_on date, p_field text) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_issued date := app.issued_on(p_form, p_subject);
BEGIN
  IF v_issued IS NULL THEN
    PERFORM app.refuse('BS422', '先に文書を発行してください（発行番号が付きます）。渡すのは、発行した文書です。', p_field);
  END IF;
  IF p_on < v_issued THEN
    PERFORM app.refuse('BS422', '文書を発行した日よりあとの日付にしてください。', p_field);
  END IF;
END $$;

-- Forms whose stored bytes the person does not read, and of which he does not learn that there is one.
CREATE FUNCTION app.closed_forms() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(c.form_code), '{}') FROM app.closed_form c WHERE NOT app.may(c.permission) $$;

CREATE FUNCTION app.unlisted_forms() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN app.may('print_records') THEN '{}' ELSE app.closed_forms() END $$;

-- Of the files that are open: issues whose bytes the person does not read all the same.
CREATE FUNCTION app.closed_issues() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(f.id), '{}') FROM public.issued_form f
    WHERE f.household_id = ANY (app.opened()) AND f.form_code = ANY (app.closed_forms()) $$;

-- Matters of the legal side on an agenda: not for those who only help towards work (as the minutes are not).
CREATE FUNCTION app.closed_matters() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN app.may('call_conferences') THEN '{}'
                ELSE '{work_finding,written_instruction,hearing,disposition}'::text[] END $$;
