-- The reading door: a ticket is committed before anything is read.

-- Of these households, those in which a plan in force (個別支援計画) names the person as the supporter of somebody who lives
-- there now: their files open without a reason, and nothing else follows from it.
CREATE FUNCTION app.supported_of(p_households uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_me uuid := app.me();
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT p.household_id), '{}') FROM public.support_plan p
    WHERE p.household_id = ANY (p_households) AND p.state = 'approved' AND p.supporter_id = v_me
      AND (app.plan_in_force(p.person_id, p.household_id)).id = p.id
      AND app.is_member(p.household_id, p.person_id, app.today()));
END $$;

CREATE FUNCTION app.open_files(p_purpose text, p_households uuid[], p_reason text)
RETURNS uuid[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_me uuid := app.me();
  v_ticket uuid := gen_random_uuid();
  v_outside uuid[];
  v_needs text := CASE p_purpose WHEN 'queue' THEN 'decide_approvals' WHEN 'batch' THEN 'print_drafts'
                                 WHEN 'file' THEN 'open_case_files' WHEN 'brief' THEN 'open_case_files'
                                 WHEN 'search' THEN 'open_case_files' WHEN 'handover' THEN 'open_case_files'
                                 WHEN 'pack' THEN 'write_records' END;
BEGIN
  IF v_me IS NULL OR v_needs IS NULL OR NOT app.may(v_needs) OR NOT app.may('open_case_files') THEN
    RAISE LOG 'banso: refused to open files for %', session_user;  -- never what was asked: it is anybody's text
    PERFORM app.refuse('BS403', 'この操作はあなたの職務では認められていません。');
  END IF;
  IF EXISTS (SELECT FROM unnest(p_households) g(id) WHERE NOT EXISTS (
      SELECT FROM public.household h WHERE h.id = g.id AND h.office_id = ANY (app.my_offices()))) THEN
    PERFORM app.refuse('BS403', 'この世帯は見つからないか、ほかの福祉事務所の世帯です。');
  END IF;
  SELECT coalesce(array_agg(h.id), '{}') INTO v_outside FROM public.household h
   WHERE h.id = ANY (p_households)
     AND NOT (h.office_id = ANY (app.wide_offices()) OR h.district_id = ANY (app.duty_districts())
              OR h.id = ANY (app.care_households()));
  v_outside := ARRAY(SELECT unnest(v_outside) EXCEPT SELECT unnest(app.supported_of(v_outside)));
  IF cardinality(v_outside) > 0 AND btrim(coalesce(p_reason, ''), E' \t\n\r\u3000') = '' THEN
    PERFORM app.refuse('BS428', '担当外の世帯です。開く理由を選んでください。');
  END IF;
  INSERT INTO public.ticket (id, office_id, staff_id, purpose, reason, opened_at, valid_until, xid)
  SELECT v_ticket, s.office_id, v_me, p_purpose, left(btrim(coalesce(p_reason, ''), E' \t\n\r\u3000'), 200), app.now(),
         app.now() + make_interval(mins => (SELECT minutes FROM app.ticket_rule)), pg_current_xact_id()::text
    FROM public.staff s WHERE s.id = v_me;
  INSERT INTO public.ticket_household (ticket_id, household_id, outside_duty)
  SELECT v_ticket, g.id, g.id = ANY (v_outside) FROM (SELECT DISTINCT unnest(p_households) AS id) g;
  RETURN v_outside;
END $$;
