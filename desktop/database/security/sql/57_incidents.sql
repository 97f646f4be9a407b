-- Incidents with personal papers (漏えい等事案): reported by whoever carried them or a supervisor, gone on with until both
-- reports were made. The legal deadlines are the server's; a report that was written is never removed.

CREATE FUNCTION app.check_incident(p_found timestamptz, p_persons integer, p_texts text[]) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF coalesce(p_found > app.now(), true) THEN
    PERFORM app.refuse('BS422', '発覚した日時は、今までの日時にしてください。', 'found_at');
  END IF;
  IF coalesce(p_persons NOT BETWEEN 0 AND 1000000, true) THEN
    PERFORM app.refuse('BS422', '人数は0から1,000,000までで入力してください。', 'persons');
  END IF;
  IF cardinality(p_texts) IS DISTINCT FROM 8 OR EXISTS (SELECT FROM unnest(p_texts) t(words) WHERE char_length(t.words) > 2000) THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', 'summary');
  END IF;
  IF app.trimmed(p_texts[1]) = '' THEN PERFORM app.refuse('BS422', '何が起きたかを入力してください。', 'summary'); END IF;
END $$;

-- Whether a report is needed and when it was made is the supervisor's word.
CREATE FUNCTION app.judge_incident_report(i public.incident, p_found timestamptz, p_reportable boolean, p_quick date, p_full date,
                                          p_texts text[]) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (p_reportable, p_quick, p_full) IS DISTINCT FROM
     (coalesce(i.is_reportable, true), i.quick_reported_on, i.full_reported_on) AND NOT app.may('decide_approvals') THEN
    PERFORM app.refuse('BS403', '報告の要否と報告した日を決められるのは、査察指導員と上位の職です。');
  END IF;
  IF p_quick NOT BETWEEN (p_found AT TIME ZONE 'Asia/Tokyo')::date AND app.today() THEN
    PERFORM app.refuse('BS422', '報告した日は、発覚した日から今日までの日にしてください。', 'quick_reported_on');
  END IF;
  IF p_full NOT BETWEEN (p_found AT TIME ZONE 'Asia/Tokyo')::date AND app.today() THEN
    PERFORM app.refuse('BS422', '報告した日は、発覚した日から今日までの日にしてください。', 'full_reported_on');
  END IF;
  IF NOT p_reportable AND app.trimmed(p_texts[8]) = '' THEN
    PERFORM app.refuse('BS422', '報告が要らないとした訳を入力してください。', 'remark');
  END IF;
END $$;

-- Reports an incident (version 0) or goes on with it. `p_texts`: 概要, 項目, 原因, 二次被害, 本人対応, 公表, 再発防止, その他.
-- Returns the new version; a first report that arrives again changes nothing.
CREATE FUNCTION app.save_incident(p_id uuid, p_carry_out uuid, p_version integer, p_found timestamptz, p_persons integer,
                                  p_malicious boolean, p_reportable boolean, p_quick date, p_full date, p_texts text[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_office uuid := (app.my_offices())[1];
  v_reportable boolean := coalesce(p_reportable, true);
  v_malicious boolean := coalesce(p_malicious, false);
  v_texts text[] := (SELECT array_agg(app.trimmed(t.words) ORDER BY t.place) FROM unnest(p_texts) WITH ORDINALITY t(words, place));
  v_found date := (p_found AT TIME ZONE 'Asia/Tokyo')::date;
  v_quick_due date;
  v_full_due date;
  c public.carry_out;
  i public.incident;
BEGIN
  IF app.me() IS NULL OR NOT app.may('open_case_files') THEN
    PERFORM app.refuse('BS403', '漏えい等事案を報告できるのは、持ち出した本人と査察指導員・上位の職です。');
  END IF;
  SELECT * INTO i FROM public.incident x WHERE x.id = p_id FOR UPDATE;
  IF p_carry_out IS NOT NULL THEN
    SELECT * INTO c FROM public.carry_out x WHERE x.id = p_carry_out AND x.office_id = v_office;
  END IF;
  IF NOT app.may('see_supervision') AND (c.staff_id IS DISTINCT FROM app.me() OR coalesce(i.reported_by, app.me()) <> app.me()) THEN
    PERFORM app.refuse('BS403', '漏えい等事案を報告できるのは、持ち出した本人と査察指導員・上位の職です。');
  END IF;
  IF p_carry_out IS NOT NULL AND c.state IS DISTINCT FROM 'lost' THEN
    PERFORM app.refuse('BS409', '紛失した持出しにだけ、事案を結び付けられます。');
  END IF;
  IF i.id IS NOT NULL AND (i.office_id <> v_office OR i.carry_out_id IS DISTINCT FROM p_carry_out) THEN
    PERFORM app.refuse('BS403', 'この事案は見つからないか、あなたが扱うものではありません。');
  END IF;
  IF i.version = 1 AND p_version = 0 AND i.saved_by = app.me() THEN RETURN 1; END IF;
  IF coalesce(i.version, 0) IS DISTINCT FROM p_version THEN
    PERFORM app.refuse('BS409', 'この事案は別の職員が先に保存しました。最新の内容を確認してください。');
  END IF;
  PERFORM app.check_incident(p_found, p_persons, v_texts);
  PERFORM app.judge_incident_report(i, p_found, v_reportable, p_quick, p_full, v_texts);
  v_quick_due := v_found + app.carry_limit(v_office, 'incident_quick_days', 5);
  v_full_due := v_found + CASE WHEN v_malicious THEN app.carry_limit(v_office, 'incident_malicious_days', 60)
                               ELSE app.carry_limit(v_office, 'incident_full_days', 30) END;
  IF i.id IS NULL THEN
    IF EXISTS (SELECT FROM public.incident x WHERE x.carry_out_id = p_carry_out) THEN
      PERFORM app.refuse('BS409', 'この持出しの事案は、すでに報告されています。');
    END IF;
    INSERT INTO public.incident (id, office_id, version, carry_out_id, found_at, persons, is_malicious, is_reportable, quick_due_on,
        full_due_on, quick_reported_on, full_reported_on, summary, items, cause, harm, talk, publication, prevention, remark,
        reported_by, reported_at, saved_by, saved_at)
    VALUES (p_id, v_office, 1, p_carry_out, p_found, p_persons, v_malicious, v_reportable, v_quick_due, v_full_due, p_quick, p_full,
        v_texts[1], v_texts[2], v_texts[3], v_texts[4], v_texts[5], v_texts[6], v_texts[7], v_texts[8],
        app.me(), app.now(), app.me(), app.now());
    RETURN 1;
  END IF;
  UPDATE public.incident x SET version = x.version + 1, found_at = p_found, persons = p_persons, is_malicious = v_malicious,
         is_reportable = v_reportable, quick_due_on = v_quick_due, full_due_on = v_full_due, quick_reported_on = p_quick,
         full_reported_on = p_full, summary = v_texts[1], items = v_texts[2], cause = v_texts[3], harm = v_texts[4],
         talk = v_texts[5], publication = v_texts[6], prevention = v_texts[7], remark = v_texts[8],
         saved_by = app.me(), saved_at = app.now()
   WHERE x.id = p_id;
  RETURN i.version + 1;
END $$;
