-- What a row must look like when a member of staff adds or changes it, whatever the client says.
-- Definer functions of ours write as banso_function and pass by (the triggers' WHEN).

CREATE FUNCTION app.is_importing() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM audit.bulk b WHERE b.xid = pg_current_xact_id_if_assigned() AND b.login = session_user::text) $$;

CREATE FUNCTION app.importing_offices() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_agg(b.office_id), '{}') FROM audit.bulk b
    WHERE b.xid = pg_current_xact_id_if_assigned() AND b.login = session_user::text AND app.may('import_ledger') $$;

-- An old record of the former system, brought by the import of this very transaction.
CREATE FUNCTION app.brings_old(p_entry uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT app.is_importing() AND EXISTS (SELECT FROM public.entry e
    WHERE e.id = p_entry AND e.origin = 'legacy' AND e.xmin = pg_current_xact_id()::xid) $$;

CREATE FUNCTION app.office_of(p_household uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT h.office_id FROM public.household h WHERE h.id = p_household $$;

-- Whether the person writes this entry now: its author, or who changes it, while it is with him and its version was
-- never handed in. The row is locked, so that nothing is added behind a submission that happens at the same time.
CREATE FUNCTION app.writes_now(p_entry uuid, p_household uuid, p_version integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.entry e
    WHERE e.id = p_entry AND e.household_id = p_household AND e.state IN ('draft', 'returned')
      AND coalesce(e.changed_by, e.author_id) = app.me() AND (p_version IS NULL OR e.version = p_version) FOR SHARE;
  RETURN FOUND AND NOT EXISTS (SELECT FROM public.approval a JOIN public.entry e ON e.id = a.subject_id AND e.version = a.root_version
    WHERE a.subject_kind = 'entry' AND a.subject_id = p_entry);
END $$;

-- Who may begin to change an approved entry: its author, and who looks after the district now.
CREATE FUNCTION app.corrects(p_author uuid, p_household uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(p_author = app.me(), false) OR EXISTS (SELECT FROM public.household h
    WHERE h.id = p_household AND h.district_id = ANY (app.districts_as('{main,deputy,supervisor}'))) $$;

CREATE FUNCTION app.guard_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_me uuid := app.me();
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' AND NEW.origin = 'legacy' AND app.is_importing() THEN
    IF NEW.state <> 'approved' OR NEW.change <> 'writing' OR (NEW.version, NEW.approved_version) IS DISTINCT FROM (1, 1)
       OR NEW.author_id IS NOT NULL OR NEW.changed_by IS NOT NULL OR NEW.number IS NOT NULL
       OR NEW.contact_id IS NOT NULL OR NEW.relates_to IS NOT NULL OR NEW.moved_to IS NOT NULL
       OR NEW.is_annulled OR NEW.event_on > app.today() THEN
      PERFORM app.refuse('BS403', '取り込めるのは、旧システムの記録だけです。');
    END IF;
    NEW.recorded_at := app.now();
    NEW.saved_at := app.now();
    RETURN NEW;
  END IF;
  IF NOT app.may('write_records') THEN PERFORM app.refuse('BS403', '記録を書く職務がありません。'); END IF;
  IF NEW.event_on > app.today() THEN
    PERFORM app.refuse('BS422', 'まだ来ていない日の記録は書けません。日付を確認してください。', 'event_on');
  END IF;
  NEW.saved_at := app.now();
  IF TG_OP = 'INSERT' THEN
    IF NEW.author_id IS DISTINCT FROM v_me OR NEW.state <> 'draft' OR NEW.change <> 'writing'
       OR NEW.origin <> 'office' OR NEW.version NOT IN (0, 1) OR NEW.number IS NOT NULL
       OR NEW.approved_version IS NOT NULL OR NEW.approved_at IS NOT NULL OR NEW.is_annulled
       OR NEW.changed_by IS NOT NULL OR NEW.moved_to IS NOT NULL THEN
      PERFORM app.refuse('BS403', '新しい記録は、自分の下書きとしてだけ作れます。');
    END IF;
    NEW.office_id := app.office_of(NEW.household_id);
    NEW.recorded_at := app.now();
    RETURN NEW;
  END IF;
  IF OLD.state IN ('draft', 'returned') AND coalesce(OLD.changed_by, OLD.author_id) = v_me THEN
    IF NEW.state <> OLD.state OR NEW.changed_by IS DISTINCT FROM OLD.changed_by
       OR NEW.version NOT IN (OLD.version, OLD.version + 1)
       OR (OLD.approved_version IS NULL) <> (NEW.change = 'writing') THEN
      PERFORM app.refuse('BS403', '記録の状態と版は、提出と決裁だけが動かします。');
    END IF;
  ELSIF OLD.state = 'approved' AND NOT OLD.is_annulled THEN
    IF NEW.state <> 'draft' OR NEW.changed_by IS DISTINCT FROM v_me OR NEW.version <> OLD.version + 1
       OR NEW.change NOT IN ('correction', 'annulment') THEN
      PERFORM app.refuse('BS403', '承認された記録は書き換えられません。訂正か追記をしてください。');
    END IF;
    IF NOT app.corrects(OLD.author_id, OLD.household_id) THEN
      PERFORM app.refuse('BS403', '訂正と誤記載取消を始められるのは、書いた本人と地区の担当者・査察指導員です。追記をしてください。');
    END IF;
  ELSE
    PERFORM app.refuse('BS403', 'この記録は書き換えられません。');
  END IF;
  -- What is told of the body comes with a new version and not by itself: another window was faster, or it is forged.
  IF NEW.version = OLD.version
     AND (NEW.content_hash, NEW.body_length, NEW.body_digest, NEW.body_sketch, NEW.body_is_set_phrase)
         IS DISTINCT FROM (OLD.content_hash, OLD.body_length, OLD.body_digest, OLD.body_sketch, OLD.body_is_set_phrase) THEN
    PERFORM app.refuse('BS409', 'この記録は別の画面で先に更新されました。入力した文章は残っています。最新の内容と見比べてください。');
  END IF;
  IF OLD.approved_version IS NOT NULL AND (NEW.kind, NEW.event_on) IS DISTINCT FROM (OLD.kind, OLD.event_on)
     OR OLD.approved_version IS NOT NULL AND NEW.contact_id IS DISTINCT FROM OLD.contact_id THEN
    PERFORM app.refuse('BS403', '承認された内容は、訂正が承認されるまで変わりません。');
  END IF;
  RETURN NEW;
END $$;

-- Versions and their segments.
CREATE FUNCTION app.guard_entry_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() OR app.brings_old(NEW.entry_id) THEN RETURN NEW; END IF;
  IF NOT app.writes_now(NEW.entry_id, NEW.household_id, NEW.version) THEN
    PERFORM app.refuse('BS403', '自分が書いている記録の今の版にだけ足せます。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  IF TG_TABLE_NAME = 'entry_version' THEN
    NEW.saved_by := app.me();
    NEW.saved_at := app.now();
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_contact() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT app.may('write_records') THEN PERFORM app.refuse('BS403', '記録を書く職務がありません。'); END IF;
  IF NEW.happened_on > app.today() THEN
    PERFORM app.refuse('BS422', 'まだ来ていない日の記録は書けません。日付を確認してください。', 'event_on');
  END IF;
  -- Whether nobody was met is what the office's table says of the result, not what the client says of itself.
  NEW.is_absence := coalesce((app.master_value(app.office_of(NEW.household_id), 'result_codes', NEW.result_code) ->> 'is_absence')::boolean, false);
  IF NEW.has_danger_signs AND NEW.result_code NOT IN ('21', '22') THEN
    PERFORM app.refuse('BS422', '危険の兆候は、結果が不在か居留守の疑いのときにだけ付けられます。', 'has_danger_signs');
  END IF;
  IF NEW.is_home_visit AND (NEW.method <> 'visit' OR NEW.place NOT IN ('home', 'door', 'hospital', 'facility')) THEN
    PERFORM app.refuse('BS422', '訪問と数えられるのは、訪問先で会った接触だけです。', 'place');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- Parts of a contact are added in the transaction that made it, and never later.
CREATE FUNCTION app.guard_contact_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT FROM public.contact c WHERE c.id = NEW.contact_id
                  AND c.household_id = NEW.household_id AND c.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の接触にだけ足せます。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- Who wrote an old record, as the former system named him: only beside the record of the same import.
CREATE FUNCTION app.guard_legacy_author() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_maintenance() AND NOT app.brings_old(NEW.entry_id) THEN
    PERFORM app.refuse('BS403', '取り込めるのは、旧システムの記録だけです。');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_ledger_import() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NEW.imported_by IS DISTINCT FROM app.me() OR NOT EXISTS (SELECT FROM audit.bulk b
      WHERE b.xid = pg_current_xact_id_if_assigned() AND b.sha256 = NEW.sha256) THEN
    PERFORM app.refuse('BS403', '取込の記録は、取り込んだファイルと自分の名前で残ります。');
  END IF;
  NEW.imported_at := app.now();
  RETURN NEW;
END $$;

-- Promises belong to versions: `from_version` said it first, `to_version` no longer says it. Once an entry was handed in,
-- what its promises say stays: another wording is another promise.
CREATE FUNCTION app.guard_promise() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE e public.entry;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NEW.kept_on > app.today() THEN
    PERFORM app.refuse('BS422', '果たした日は今日までの日付にしてください。', 'kept_on');
  END IF;
  IF TG_OP = 'INSERT' OR (NEW.due_on, NEW.to_version) IS DISTINCT FROM (OLD.due_on, OLD.to_version) THEN
    IF NOT app.writes_now(NEW.entry_id, NEW.household_id, NULL) THEN
      PERFORM app.refuse('BS403', '約束を変えられるのは、その記録を書いている本人だけです。');
    END IF;
    SELECT * INTO e FROM public.entry x WHERE x.id = NEW.entry_id;
    IF TG_OP = 'INSERT' THEN
      NEW.from_version := e.version;
      NEW.to_version := NULL;
    ELSIF NEW.to_version <> e.version
          OR e.number IS NOT NULL AND (NEW.due_on IS DISTINCT FROM OLD.due_on OR OLD.to_version IS NOT NULL) THEN
      PERFORM app.refuse('BS403', '提出した記録の約束は書き換えられません。新しい約束として書いてください。');
    END IF;
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_promise_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.promise;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO p FROM public.promise x WHERE x.id = NEW.promise_id AND x.household_id = NEW.household_id;
  IF p.id IS NULL OR NOT app.writes_now(p.entry_id, NEW.household_id, NULL) THEN
    PERFORM app.refuse('BS403', '約束を変えられるのは、その記録を書いている本人だけです。');
  END IF;
  IF EXISTS (SELECT FROM public.entry e WHERE e.id = p.entry_id AND e.number IS NOT NULL
              AND (TG_OP = 'UPDATE' OR p.from_version <> e.version)) THEN
    PERFORM app.refuse('BS403', '提出した記録の約束は書き換えられません。新しい約束として書いてください。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- What each origin says must be so: an instruction goes with a decision of the same transaction to who wrote the record, or is a supervisor's own; a
-- consultation goes to a supervisor of the household's district; what was told from outside goes to who looks after the household. All others have no row.
CREATE FUNCTION app.gives_todo(t public.todo) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE t.origin
     WHEN 'outside_info' THEN t.due_on BETWEEN app.today() AND app.today() + 31 AND EXISTS (
       SELECT FROM public.assignment a JOIN public.household h ON h.district_id = a.district_id
        WHERE h.id = t.household_id AND a.staff_id = t.owner_id AND a.kind IN ('main', 'deputy', 'supervisor')
          AND a.valid_from <= app.today() AND (a.valid_to IS NULL OR a.valid_to >= app.today()))
     WHEN 'assigned' THEN t.household_id IS NULL OR app.sees(t.household_id)
     WHEN 'consultation' THEN app.sees(t.household_id) AND t.owner_id <> app.me() AND EXISTS (
       SELECT FROM public.assignment a JOIN public.household h ON h.district_id = a.district_id
        WHERE h.id = t.household_id AND a.staff_id = t.owner_id AND a.kind = 'supervisor'
          AND a.valid_from <= app.today() AND (a.valid_to IS NULL OR a.valid_to >= app.today()))
     WHEN 'instruction' THEN EXISTS (
       SELECT FROM public.approval_move m JOIN public.approval a ON a.id = m.approval_id
        WHERE a.subject_id = t.origin_id AND a.household_id = t.household_id AND a.author_id = t.owner_id
          AND m.move = 'approve_with_instruction' AND m.by_id = app.me() AND m.xmin = pg_current_xact_id()::xid)
       OR app.instructs(t)
     ELSE false END $$;

-- An instruction without an approval: of the district's supervisor, to who looks after the household, with a day, about an own
-- note of the same transaction, or again about what was answered.
CREATE FUNCTION app.instructs(t public.todo) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(t.owner_id <> app.me() AND t.due_on >= app.today() AND app.may('decide_approvals')
     AND EXISTS (SELECT FROM public.household h JOIN public.assignment a ON a.district_id = h.district_id
        WHERE h.id = t.household_id AND h.district_id = ANY (app.districts_as('{supervisor}')) AND a.staff_id = t.owner_id
          AND a.valid_from <= app.today() AND (a.valid_to IS NULL OR a.valid_to >= app.today()))
     AND (EXISTS (SELECT FROM public.entry e WHERE e.id = t.origin_id AND e.household_id = t.household_id
             AND e.author_id = app.me() AND e.kind = 'supervisor_note' AND e.xmin = pg_current_xact_id()::xid)
       OR EXISTS (SELECT FROM public.todo o WHERE o.origin = 'instruction' AND o.origin_id = t.origin_id
             AND o.household_id = t.household_id AND o.created_by = app.me() AND o.state = 'done')), false) $$;

-- Whether the facts of a household are before the person: its duty, its care, or an opened file.
CREATE FUNCTION app.sees(p_household uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(p_household = ANY (app.near_households()) OR EXISTS (
     SELECT FROM public.household h WHERE h.id = p_household
        AND (h.office_id = ANY (app.wide_offices()) OR h.district_id = ANY (app.duty_districts()))), false) $$;

CREATE FUNCTION app.guard_todo() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_me uuid := app.me();
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.origin = 'outside_info' THEN
      PERFORM app.refuse('BS403', '外部からの情報は、回答を書いて終わらせます。');
    END IF;
    IF OLD.owner_id IS DISTINCT FROM v_me OR OLD.state <> 'open' OR NEW.state <> 'done'
       OR NEW.version <> OLD.version + 1 THEN
      PERFORM app.refuse('BS403', '完了できるのは自分のやることだけです。');
    END IF;
    NEW.closed_at := app.now();
    RETURN NEW;
  END IF;
  IF NEW.created_by IS DISTINCT FROM v_me OR NEW.state <> 'open' OR NEW.closed_at IS NOT NULL THEN
    PERFORM app.refuse('BS403', 'やることは、自分の名前で新しく作れます。');
  END IF;
  IF NEW.office_id <> ALL (app.my_offices()) OR NEW.household_id IS NOT NULL AND app.office_of(NEW.household_id) IS DISTINCT FROM NEW.office_id
     OR NOT EXISTS (SELECT FROM public.staff s WHERE s.id = NEW.owner_id AND s.office_id = NEW.office_id) THEN
    PERFORM app.refuse('BS403', 'この福祉事務所の職員と世帯だけに作れます。');
  END IF;
  IF NOT app.gives_todo(NEW) THEN
    PERFORM app.refuse('BS403', 'この種類のやることは、ここでは作れません。');
  END IF;
  IF NEW.origin = 'assigned' AND NEW.owner_id <> v_me AND NOT app.may('assign_todos')
     AND NOT EXISTS (SELECT FROM public.todo t WHERE t.id = NEW.origin_id AND t.owner_id = v_me AND t.created_by = NEW.owner_id) THEN
    PERFORM app.refuse('BS403', 'ほかの職員に仕事を割り当てる権限がありません。');
  END IF;
  NEW.created_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_todo_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT FROM public.todo t
      WHERE t.id = NEW.todo_id AND t.office_id = NEW.office_id AND t.household_id IS NOT DISTINCT FROM NEW.household_id
        AND CASE TG_OP WHEN 'INSERT' THEN t.created_by = app.me() AND t.xmin = pg_current_xact_id()::xid
                       ELSE t.owner_id = app.me() AND t.xmin = pg_current_xact_id()::xid END) THEN
    PERFORM app.refuse('BS403', '回答できるのは、自分のやることを完了するときだけです。');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_print_batch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NEW.printed_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '印刷の記録は自分の名前で残ります。');
  END IF;
  IF NEW.mark NOT IN ('draft', 'plain') AND NOT app.may('print_records') THEN
    PERFORM app.refuse('BS403', '原本と写しを印刷できるのは記録・庶務職員です。');
  END IF;
  NEW.office_id := (app.my_offices())[1];
  NEW.printed_at := app.now();
  RETURN NEW;
END $$;

-- What can be on paper: as original or copy a version that was approved, as draft one that exists and is not another's
-- unfinished one.
CREATE FUNCTION app.printable(p public.printed_entry) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.entry e JOIN public.print_batch b ON b.id = p.batch_id
    WHERE e.id = p.entry_id AND CASE WHEN b.mark <> 'draft' THEN
            p.version = e.approved_version OR EXISTS (SELECT FROM public.approval a
              WHERE a.subject_kind = 'entry' AND a.subject_id = e.id AND a.state = 'approved' AND a.root_version = p.version)
          ELSE (e.state <> 'draft' OR e.approved_version IS NOT NULL OR e.author_id = app.me())
            AND (p.version = e.version OR EXISTS (SELECT FROM public.entry_version v
              WHERE v.entry_id = e.id AND v.version = p.version)) END) $$;

CREATE FUNCTION app.guard_printed_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT FROM public.print_batch b WHERE b.id = NEW.batch_id AND b.printed_by = app.me()
                  AND b.mark <> 'plain' AND b.xmin = pg_current_xact_id()::xid)
     OR NOT EXISTS (SELECT FROM public.entry e WHERE e.id = NEW.entry_id AND e.household_id = NEW.household_id
                     AND e.office_id = ANY (app.my_offices())) THEN
    PERFORM app.refuse('BS403', '同じ印刷にだけ足せます。');
  END IF;
  IF NOT app.printable(NEW) THEN
    PERFORM app.refuse('BS403', '印刷の記録に残せるのは、印刷できる版だけです。');
  END IF;
  NEW.office_id := (app.my_offices())[1];
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_master() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_me uuid := app.me();
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.entered_by IS DISTINCT FROM v_me OR NEW.approved_by IS NOT NULL OR NEW.approved_at IS NOT NULL
       OR NEW.rejected_by IS NOT NULL OR NEW.rejected_at IS NOT NULL OR NEW.is_seed THEN
      PERFORM app.refuse('BS403', '設定値は、自分の名前の提案としてだけ入力できます。');
    END IF;
    IF NEW.table_name = 'visit_floors' THEN PERFORM app.need_legal_floor(NEW); END IF;
    NEW.entered_at := app.now();
    RETURN NEW;
  END IF;
  IF OLD.approved_at IS NOT NULL OR OLD.rejected_at IS NOT NULL THEN
    PERFORM app.refuse('BS409', 'この設定値はすでに決められています。画面を更新してください。');
  END IF;
  IF NEW.approved_by IS NOT NULL THEN
    IF NEW.approved_by <> v_me OR NEW.rejected_by IS NOT NULL OR NOT app.may('approve_masters') THEN
      PERFORM app.refuse('BS403', '設定値を承認する職務がありません。');
    END IF;
    IF OLD.entered_by = v_me THEN
      PERFORM app.refuse('BS403', '入力した本人は承認できません。別の職員が承認してください。');
    END IF;
    NEW.approved_at := app.now();
  ELSIF NEW.rejected_by IS DISTINCT FROM v_me
        OR OLD.entered_by IS DISTINCT FROM v_me AND NOT app.may('approve_masters') THEN
    PERFORM app.refuse('BS403', '取り下げできるのは、入力した本人か承認する職員です。');
  ELSE
    NEW.rejected_at := app.now();
  END IF;
  RETURN NEW;
END $$;

-- What a row points at belongs to the row's office, and to its household where it has one. The trigger names
-- column, table, and whether the household must be the same; one set-based question a column and statement.
CREATE FUNCTION app.same_office() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_wrong boolean;
BEGIN
  IF app.is_maintenance() THEN RETURN NULL; END IF;
  FOR i IN 0 .. TG_NARGS / 3 - 1 LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM new_rows n JOIN public.%I t ON t.id = n.%I WHERE t.office_id <> n.office_id%s)',
                   TG_ARGV[3 * i + 1], TG_ARGV[3 * i],
                   CASE TG_ARGV[3 * i + 2] WHEN 'household' THEN ' OR t.household_id <> n.household_id' ELSE '' END)
      INTO v_wrong;
    IF v_wrong THEN
      PERFORM app.refuse('BS403', 'ほかの福祉事務所や、ほかの世帯のものを指す内容は保存できません。');
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
