-- The moving door: states of submissions and of their subjects change here and nowhere else.
-- app.move_rule is seeded from the move table of desktop/domain/approvals.py; the parties below are its words.

-- The value of an office's master in force today; NULL where it is missing or retired.
CREATE FUNCTION app.master_value(p_office uuid, p_table text, p_key text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN m.is_retired THEN NULL ELSE m.value END FROM public.master m
    WHERE m.office_id = p_office AND m.table_name = p_table AND m.key = p_key
      AND m.approved_at IS NOT NULL AND m.valid_from <= app.today()
    ORDER BY m.valid_from DESC, m.approved_at DESC, m.id DESC LIMIT 1 $$;

-- Approving positions the person holds for a household: supervisors for their own districts, heads for the office.
CREATE FUNCTION app.positions_in(p_household uuid) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(p.role ORDER BY p.rank), '{}')
     FROM app.position p JOIN public.household h ON h.id = p_household
    WHERE h.office_id = ANY (app.my_offices()) AND p.role = ANY ((SELECT app.my_roles())::text[])
      AND (p.role <> 'supervisor' OR h.district_id = ANY ((SELECT app.districts_as('{supervisor}'))::uuid[])) $$;

CREATE FUNCTION app.positions_held(p_office uuid) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(p.role ORDER BY p.rank), '{}') FROM app.position p
    WHERE EXISTS (SELECT FROM public.staff_role r
      WHERE r.office_id = p_office AND r.role = p.role AND r.valid_from <= app.today()
        AND (r.valid_to IS NULL OR r.valid_to >= app.today())) $$;

-- The positions that decide: those of the office's route above the author's own, else the next one up.
CREATE FUNCTION app.route_for(p_office uuid, p_kind text, p_key text, p_household uuid) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_value jsonb := coalesce(app.master_value(p_office, 'routes', p_kind || '.' || p_key),
                            app.master_value(p_office, 'routes', p_kind));
  v_mine text[] := app.positions_in(p_household);
  v_held text[];
  v_route text[];
  v_own integer;
  v_left text[];
BEGIN
  SELECT array_agg(x.position ORDER BY x.n) INTO v_route
    FROM jsonb_array_elements_text(v_value -> 'positions') WITH ORDINALITY AS x(position, n);
  v_route := coalesce(v_route, '{supervisor}');
  SELECT max(p.rank) INTO v_own FROM app.position p WHERE p.role = ANY (v_mine);
  IF v_own IS NULL THEN RETURN v_route; END IF;
  SELECT array_agg(x.position ORDER BY x.n) INTO v_left
    FROM unnest(v_route) WITH ORDINALITY AS x(position, n) JOIN app.position p ON p.role = x.position
   WHERE p.rank > v_own;
  IF v_left IS NOT NULL THEN RETURN v_left; END IF;
  v_held := app.positions_held(p_office);
  SELECT array_agg(x.role) INTO v_left FROM (
    SELECT p.role FROM app.position p
     WHERE p.rank > v_own AND p.role = ANY (v_held) ORDER BY p.rank LIMIT 1) x;
  RETURN coalesce(v_left, '{director}');
END $$;

CREATE FUNCTION app.write_move(p_approval public.approval, p_move text, p_step integer, p_text text, p_reply_due date)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_id uuid := gen_random_uuid();
BEGIN
  UPDATE public.approval SET version = version + 1 WHERE id = p_approval.id AND p_move <> 'submit';
  INSERT INTO public.approval_move (id, office_id, approval_id, household_id, move, by_id, at, root_version, content_hash, step, reply_due)
  VALUES (v_id, p_approval.office_id, p_approval.id, p_approval.household_id, p_move, app.me(), app.now(),
          p_approval.root_version, p_approval.content_hash, p_step, p_reply_due);
  IF btrim(coalesce(p_text, '')) <> '' THEN
    INSERT INTO public.approval_note (move_id, office_id, household_id, text)
    VALUES (v_id, p_approval.office_id, p_approval.household_id, btrim(p_text));
  END IF;
  RETURN v_id;
END $$;

-- What Python's str.split() takes for white space: bodies are measured without it.
CREATE FUNCTION app.white_space() RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT E'\t\n\u000B\u000C\r\u001C\u001D\u001E\u001F \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006'
       || E'\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000' $$;

-- Entries as a subject: what submitting freezes, and what a decision means for them.
CREATE FUNCTION app.begin_entry(p_subject uuid, p_version integer, OUT office_id uuid, OUT household_id uuid,
                                OUT author_id uuid, OUT content_hash text, OUT route_key text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  e public.entry;
  v public.entry_version;
  c public.contact;
  v_body text;
BEGIN
  SELECT * INTO e FROM public.entry x WHERE x.id = p_subject FOR UPDATE;
  IF e.id IS NULL OR coalesce(e.changed_by, e.author_id) IS DISTINCT FROM app.me() OR NOT app.may('write_records') THEN
    PERFORM app.refuse('BS403', '提出できるのは記録を書いた本人です。');
  END IF;
  IF e.state NOT IN ('draft', 'returned') THEN
    PERFORM app.refuse('BS409', 'この記録はすでに提出されています。');
  END IF;
  IF e.version <> p_version THEN
    PERFORM app.refuse('BS409', '表示していた版のあとに更新があります。最新の内容を確認して提出してください。');
  END IF;
  SELECT * INTO v FROM public.entry_version x WHERE x.entry_id = e.id AND x.version = e.version;
  IF v.entry_id IS NULL OR v.change <> e.change OR (v.change = 'writing') <> (e.approved_version IS NULL) THEN
    PERFORM app.refuse('BS409', '保存の途中の記録です。もう一度保存してから提出してください。');
  END IF;
  IF NOT EXISTS (SELECT FROM public.segment s WHERE s.entry_id = e.id AND s.version = e.version
                  AND s.kind NOT IN ('subject', 'reason') AND btrim(s.text) <> '') AND e.change <> 'annulment' THEN
    PERFORM app.refuse('BS422', '記事が空です。あったことを書いてから提出してください。', 'facts');
  END IF;
  IF e.change <> 'writing' AND NOT EXISTS (SELECT FROM public.segment s
      WHERE s.entry_id = e.id AND s.version = e.version AND s.kind = 'reason' AND btrim(s.text) <> '') THEN
    PERFORM app.refuse('BS422', '訂正の理由を入力してください。', 'reason');
  END IF;
  SELECT * INTO c FROM public.contact k WHERE k.id = v.contact_id;
  IF c.is_home_visit AND e.change <> 'annulment' AND NOT (
       coalesce((app.master_value(e.office_id, 'result_codes', c.result_code) ->> 'counts')::boolean, false)
       AND EXISTS (SELECT FROM public.contact_met m WHERE m.contact_id = c.id AND m.person_id IS NOT NULL)) THEN
    PERFORM app.refuse('BS422', '面接した世帯員を選んでください。だれにも会えなかったときは「不在」です。', 'met');
  END IF;
  IF e.change <> 'annulment'
     AND coalesce((app.master_value(e.office_id, 'result_codes', c.result_code) ->> 'needs_revisit')::boolean, false)
     AND NOT EXISTS (SELECT FROM public.promise p WHERE p.entry_id = e.id AND p.due_on IS NOT NULL
                      AND p.from_version <= e.version AND (p.to_version IS NULL OR p.to_version > e.version)) THEN
    PERFORM app.refuse('BS422', '再訪問の日を、次回予定に日付で入れてください。', 'promises');
  END IF;
  PERFORM app.needs_impact(e.id, e.version, e.change);
  PERFORM FROM public.household h WHERE h.id = e.household_id FOR UPDATE;
  -- What the entry says of itself is what its version says, whatever the client wrote beside it.
  v_body := app.entry_body(e.id, e.version);
  content_hash := app.entry_hash(e.id, e.version);
  UPDATE public.entry_version x SET content_hash = begin_entry.content_hash
   WHERE x.entry_id = e.id AND x.version = e.version AND x.content_hash <> begin_entry.content_hash;
  UPDATE public.entry x SET state = 'submitted', content_hash = begin_entry.content_hash,
         body_length = char_length(v_body),
         body_digest = encode(sha256(convert_to(v_body, 'UTF8')), 'hex'),
         kind = CASE WHEN e.approved_version IS NULL THEN v.kind ELSE e.kind END,
         contact_id = CASE WHEN e.approved_version IS NULL THEN v.contact_id ELSE e.contact_id END,
         event_on = CASE WHEN e.approved_version IS NULL THEN coalesce(c.happened_on, e.event_on) ELSE e.event_on END,
         number = coalesce(x.number, 1 + coalesce((SELECT max(n.number) FROM public.entry n WHERE n.household_id = e.household_id), 0))
   WHERE x.id = e.id;
  office_id := e.office_id; household_id := e.household_id;
  author_id := coalesce(e.author_id, app.me()); route_key := v.kind;
END $$;

CREATE FUNCTION app.settle_entry(p_subject uuid, p_state text, p_version integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v public.entry_version; c public.contact;
BEGIN
  UPDATE public.entry SET state = CASE p_state WHEN 'waiting' THEN 'submitted' WHEN 'held' THEN 'submitted'
      WHEN 'returned' THEN 'returned' WHEN 'withdrawn' THEN 'draft' ELSE 'approved' END
   WHERE id = p_subject;
  IF p_state <> 'approved' THEN RETURN; END IF;
  SELECT * INTO v FROM public.entry_version x WHERE x.entry_id = p_subject AND x.version = p_version;
  SELECT * INTO c FROM public.contact x WHERE x.id = v.contact_id;
  UPDATE public.entry SET approved_version = v.version, approved_at = app.now(), changed_by = NULL, kind = v.kind,
         contact_id = v.contact_id, event_on = coalesce(c.happened_on, event_on),
         is_annulled = (v.change = 'annulment')
   WHERE id = p_subject AND approved_version IS DISTINCT FROM v.version;
  PERFORM app.carry_kept(p_subject);
END $$;

CREATE FUNCTION app.entry_in_bulk(p_subject uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce((app.master_value(e.office_id, 'entry_kinds', v.kind) ->> 'in_bulk')::boolean, false)
          AND v.change = 'writing'
     FROM public.entry e JOIN public.entry_version v ON v.entry_id = e.id AND v.version = e.version
    WHERE e.id = p_subject $$;

CREATE FUNCTION app.submit(p_kind text, p_subject uuid, p_version integer) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  s record;
  a public.approval;
  v_latest public.approval;
  v_route text[];
BEGIN
  IF NOT EXISTS (SELECT FROM app.subject_kind k WHERE k.kind = p_kind) THEN
    PERFORM app.refuse('BS403', 'この種類の案件は決裁にかけられません。');
  END IF;
  EXECUTE format('SELECT * FROM app.%I($1, $2)', 'begin_' || p_kind) INTO s USING p_subject, p_version;
  SELECT * INTO v_latest FROM public.approval x WHERE x.subject_kind = p_kind AND x.subject_id = p_subject
   ORDER BY x.round DESC LIMIT 1;
  IF v_latest.state IN ('waiting', 'held') THEN
    PERFORM app.refuse('BS409', 'この案件はすでに提出されています。');
  END IF;
  v_route := app.route_for(s.office_id, p_kind, s.route_key, s.household_id);
  INSERT INTO public.approval (id, office_id, subject_kind, subject_id, household_id, round, root_version, content_hash,
                               state, "position", author_id, submitted_by, submitted_at, waits_inspection, version)
  VALUES (gen_random_uuid(), s.office_id, p_kind, p_subject, s.household_id, coalesce(v_latest.round, 0) + 1, p_version,
          s.content_hash, 'waiting', v_route[1], s.author_id, app.me(), app.now(), false, 1)
  RETURNING * INTO a;
  INSERT INTO public.approval_step (approval_id, number, office_id, household_id, "position", kind, state)
  SELECT a.id, x.n, a.office_id, a.household_id, x.position, 'approve', 'open'
    FROM unnest(v_route) WITH ORDINALITY AS x(position, n);
  PERFORM app.write_move(a, 'submit', NULL, NULL, NULL);
  RETURN a.id;
END $$;

CREATE FUNCTION app.withdraw(p_approval uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a public.approval; v_move uuid;
BEGIN
  SELECT * INTO a FROM public.approval x WHERE x.id = p_approval AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF a.id IS NULL OR NOT app.may('write_records') THEN PERFORM app.refuse('BS403', 'この案件は見つからないか、見る権限がありません。'); END IF;
  IF a.state <> ALL ((SELECT r.from_states FROM app.move_rule r WHERE r.move = 'withdraw')::text[]) THEN
    PERFORM app.refuse('BS409', 'この案件は今の状態では「引戻し」できません。画面を更新してください。');
  END IF;
  IF app.me() NOT IN (a.author_id, a.submitted_by) THEN
    PERFORM app.refuse('BS403', '引戻しができるのは提出した本人だけです。');
  END IF;
  IF EXISTS (SELECT FROM public.approval_step s WHERE s.approval_id = a.id AND s.kind = 'approve' AND s.state <> 'open') THEN
    PERFORM app.refuse('BS403', 'すでに押印があるため引き戻せません。差戻しを依頼してください。');
  END IF;
  v_move := app.write_move(a, 'withdraw', NULL, NULL, NULL);
  UPDATE public.approval SET state = 'withdrawn', "position" = NULL, decided_at = app.now() WHERE id = a.id;
  EXECUTE format('SELECT app.%I($1, $2, $3)', 'settle_' || a.subject_kind) USING a.subject_id, 'withdrawn', a.root_version;
  RETURN v_move;
END $$;

-- Why the person may not make this move, NULL when he may. The same judgement as `refusal` in the domain.
CREATE FUNCTION app.refusal(a public.approval, p_rule app.move_rule) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_me uuid := app.me();
  v_positions text[] := app.positions_in(a.household_id);
  v_own boolean := v_me IN (a.author_id, a.submitted_by);
  v_current text;
BEGIN
  IF a.state IN ('waiting', 'held') THEN
    SELECT s.position INTO v_current FROM public.approval_step s
     WHERE s.approval_id = a.id AND s.kind = 'approve' AND s.state = 'open' ORDER BY s.number LIMIT 1;
  END IF;
  CASE p_rule.party
  WHEN 'approver' THEN
    IF v_own THEN RETURN '自分が書いた記録は自分で決裁できません。ほかの決裁者に回ります。'; END IF;
    IF p_rule.move = 'circulate' AND a.state = 'approved' THEN
      RETURN CASE WHEN NOT EXISTS (SELECT FROM public.approval_step s WHERE s.approval_id = a.id AND s.decided_by = v_me)
                  THEN '供覧に回せるのは決裁した人だけです。' END;
    END IF;
    IF v_current IS NULL OR v_current <> ALL (v_positions) THEN RETURN '今の決裁段階の担当者ではありません。'; END IF;
  WHEN 'deputy' THEN
    IF v_own THEN RETURN '自分が書いた記録は代決できません。'; END IF;
    IF v_current IS NULL THEN RETURN '決裁を待っている段階がありません。'; END IF;
    IF v_current = ANY (v_positions) THEN RETURN '本来の決裁者ですので、代決ではなく承認してください。'; END IF;
    IF cardinality(v_positions) = 0 THEN RETURN '代決できる職位ではありません。'; END IF;
  WHEN 'absent_approver' THEN
    IF NOT EXISTS (SELECT FROM public.approval_step s WHERE s.approval_id = a.id AND s.state = 'approved_for'
                    AND s.position = ANY (v_positions) AND s.decided_by IS DISTINCT FROM v_me) THEN
      RETURN '後閲を待っている段階がありません。';
    END IF;
  WHEN 'reader' THEN
    IF NOT EXISTS (SELECT FROM public.approval_step s WHERE s.approval_id = a.id AND s.kind = 'circulate'
                    AND s.state = 'open' AND s.position = ANY (v_positions)) THEN
      RETURN '供覧を待っている段階がありません。';
    END IF;
  ELSE
    RETURN 'この操作は決裁ではありません。';
  END CASE;
  RETURN NULL;
END $$;

-- The approver stamps the current step; the last stamp approves.
CREATE FUNCTION app.stamp(p_approval uuid, p_state text, p_shown text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_number integer; v_next text;
BEGIN
  UPDATE public.approval_step s SET state = p_state, decided_by = app.me(), decided_at = app.now(), shown = p_shown
   WHERE s.approval_id = p_approval AND s.number = (
     SELECT min(x.number) FROM public.approval_step x WHERE x.approval_id = p_approval AND x.kind = 'approve' AND x.state = 'open')
  RETURNING s.number INTO v_number;
  SELECT s.position INTO v_next FROM public.approval_step s
   WHERE s.approval_id = p_approval AND s.kind = 'approve' AND s.state = 'open' ORDER BY s.number LIMIT 1;
  IF v_next IS NULL THEN
    UPDATE public.approval SET state = 'approved', "position" = NULL, decided_at = app.now() WHERE id = p_approval;
  ELSE
    UPDATE public.approval SET state = 'waiting', "position" = v_next WHERE id = p_approval;
  END IF;
  RETURN v_number;
END $$;

CREATE FUNCTION app.add_step(a public.approval, p_position text, p_kind text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ INSERT INTO public.approval_step (approval_id, number, office_id, household_id, "position", kind, state)
   SELECT a.id, 1 + coalesce(max(s.number), 0), a.office_id, a.household_id, p_position, p_kind, 'open'
     FROM public.approval_step s WHERE s.approval_id = a.id $$;

CREATE FUNCTION app.send_higher(a public.approval, p_position text, p_shown text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_highest integer := (SELECT max(p.rank) FROM public.approval_step s JOIN app.position p ON p.role = s.position
                         WHERE s.approval_id = a.id AND s.kind = 'approve');
  v_position text := coalesce(p_position, (SELECT p.role FROM app.position p
      WHERE p.rank > v_highest AND p.role = ANY (app.positions_held(a.office_id)) ORDER BY p.rank LIMIT 1));
BEGIN
  IF NOT EXISTS (SELECT FROM app.position p WHERE p.role = v_position AND p.rank > v_highest) THEN
    PERFORM app.refuse('BS422', 'これより上の決裁者を選んでください。', 'position');
  END IF;
  PERFORM app.add_step(a, v_position, 'approve');
  RETURN app.stamp(a.id, 'approved', p_shown);
END $$;

CREATE FUNCTION app.current_step(p_approval uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT min(s.number) FROM public.approval_step s
    WHERE s.approval_id = p_approval AND s.kind = 'approve' AND s.state = 'open' $$;

CREATE FUNCTION app.carry_out(a public.approval, p_move text, p_shown text, p_position text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_step integer := app.current_step(a.id);
  v_positions text[] := app.positions_in(a.household_id);
BEGIN
  CASE p_move
  WHEN 'approve', 'approve_with_instruction' THEN RETURN app.stamp(a.id, 'approved', p_shown);
  WHEN 'approve_for' THEN
    UPDATE public.approval SET waits_inspection = true WHERE id = a.id;
    RETURN app.stamp(a.id, 'approved_for', p_shown);
  WHEN 'return' THEN
    UPDATE public.approval SET state = 'returned', "position" = NULL, decided_at = app.now() WHERE id = a.id;
  WHEN 'hold' THEN
    UPDATE public.approval SET state = 'held' WHERE id = a.id;
  WHEN 'send_higher' THEN RETURN app.send_higher(a, p_position, p_shown);
  WHEN 'circulate' THEN
    IF NOT EXISTS (SELECT FROM app.position p WHERE p.role = p_position) THEN
      PERFORM app.refuse('BS422', '供覧先を選んでください。', 'position');
    END IF;
    PERFORM app.add_step(a, p_position, 'circulate');
  WHEN 'inspect_later' THEN
    SELECT min(s.number) INTO v_step FROM public.approval_step s
     WHERE s.approval_id = a.id AND s.state = 'approved_for' AND s.position = ANY (v_positions);
    UPDATE public.approval_step s SET state = 'inspected', inspected_by = app.me(), inspected_at = app.now()
     WHERE s.approval_id = a.id AND s.state = 'approved_for' AND s.position = ANY (v_positions)
       AND s.decided_by IS DISTINCT FROM app.me();
    UPDATE public.approval SET waits_inspection = EXISTS (
      SELECT FROM public.approval_step s WHERE s.approval_id = a.id AND s.state = 'approved_for') WHERE id = a.id;
  WHEN 'mark_read' THEN
    SELECT min(s.number) INTO v_step FROM public.approval_step s
     WHERE s.approval_id = a.id AND s.kind = 'circulate' AND s.state = 'open' AND s.position = ANY (v_positions);
    UPDATE public.approval_step s SET state = 'read', decided_by = app.me(), decided_at = app.now()
     WHERE s.approval_id = a.id AND s.number = v_step;
  END CASE;
  RETURN v_step;
END $$;

CREATE FUNCTION app.decide(p_approval uuid, p_move text, p_version integer, p_hash text, p_shown text, p_text text,
                           p_reply_due date, p_position text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  a public.approval;
  r app.move_rule;
  v_in_bulk boolean;
  v_why text;
  v_step integer;
  v_move uuid;
  v_before text;
BEGIN
  IF p_shown IS NULL OR p_shown NOT IN ('read', 'list') THEN
    PERFORM app.refuse('BS403', '提出された内容を開いて読んでから決裁してください。');
  END IF;
  SELECT * INTO r FROM app.move_rule x WHERE x.move = p_move;
  IF r.needs_text AND btrim(coalesce(p_text, '')) = '' THEN
    PERFORM app.refuse('BS422', r.text_label || 'を入力してください。', 'text');
  END IF;
  SELECT * INTO a FROM public.approval x WHERE x.id = p_approval AND x.office_id = ANY (app.my_offices()) FOR UPDATE;
  IF a.id IS NULL OR r.move IS NULL OR NOT app.may('decide_approvals') THEN
    PERFORM app.refuse('BS403', 'この案件は見つからないか、見る権限がありません。');
  END IF;
  IF (a.root_version, a.content_hash) IS DISTINCT FROM (p_version, p_hash) THEN
    PERFORM app.refuse('BS409', '表示していた内容が変わりました。最新の内容を読んでから決裁してください。');
  END IF;
  IF a.state <> ALL (r.from_states) THEN
    PERFORM app.refuse('BS409', 'この案件は今の状態では「' || r.label || '」できません。画面を更新してください。');
  END IF;
  v_why := app.refusal(a, r);
  IF v_why IS NOT NULL THEN
    RAISE LOG 'banso: refused % by %', p_move, session_user;
    PERFORM app.refuse('BS403', v_why);
  END IF;
  IF p_shown = 'list' THEN
    EXECUTE format('SELECT app.%I($1)', a.subject_kind || '_in_bulk') INTO v_in_bulk USING a.subject_id;
    IF p_move <> 'approve' OR NOT v_in_bulk THEN
      PERFORM app.refuse('BS403', 'この記録種別は1件ずつ読んで承認します。');
    END IF;
  ELSIF r.stamps AND NOT EXISTS (SELECT FROM public.ticket t JOIN public.ticket_household h ON h.ticket_id = t.id
      WHERE t.staff_id = app.me() AND h.household_id = a.household_id AND t.opened_at >= a.submitted_at
        AND t.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()::text) THEN
    PERFORM app.refuse('BS403', '提出された内容を開いて読んでから決裁してください。');
  END IF;
  v_before := a.state;
  v_step := app.carry_out(a, p_move, p_shown, p_position);
  SELECT * INTO a FROM public.approval x WHERE x.id = p_approval;
  v_move := app.write_move(a, p_move, v_step, p_text, p_reply_due);
  -- A move that leaves the submission where it was (供覧, 後閲) leaves the subject alone: it may be in other hands by now.
  IF a.state <> v_before THEN
    EXECUTE format('SELECT app.%I($1, $2, $3)', 'settle_' || a.subject_kind) USING a.subject_id, a.state, a.root_version;
  END IF;
  RETURN v_move;
END $$;
