-- The office's own pages in its help (地域のきまり) and imported packages (手引の更新): rows are only added, by those who supervise.
-- A package's signature is verified by every client whenever it reads the bytes; here its order and its size are held.

CREATE FUNCTION app.guard_help_page() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_newest integer;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NEW.written_by IS DISTINCT FROM app.me() OR NEW.office_id <> ALL (app.offices_with('see_supervision')) THEN
    PERFORM app.refuse('BS403', '地域のきまりを書けるのは、査察指導の職務の人が自分の名前でだけです。');
  END IF;
  IF NEW.key !~ '^(page-[0-9a-f]{32}|telephone|who-to-ask)$' THEN
    PERFORM app.refuse('BS422', 'この手引は事務所では書き替えられません。', 'key');
  END IF;
  IF NEW.places !~ '^((section|screen):[a-z_]+(\n(section|screen):[a-z_]+)*)?$' THEN
    PERFORM app.refuse('BS422', '出すところは一覧から選んでください。', 'places');
  END IF;
  -- One writer of a page after the other: who saw an older version is told so.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.office_id::text || NEW.key, 59));
  SELECT coalesce(max(p.number), 0) INTO v_newest FROM public.help_page p WHERE p.office_id = NEW.office_id AND p.key = NEW.key;
  IF NEW.number <> v_newest + 1 THEN
    PERFORM app.refuse('BS409', 'ほかの人が先に直しました。読み直してから保存してください。');
  END IF;
  NEW.written_at := app.now();
  PERFORM app.need_word(NEW.title, 'title', '題名を入力してください。');
  PERFORM app.need_word(NEW.body, 'body', '本文を入力してください。');
  PERFORM app.need_word(NEW.why, 'why', '直した理由を入力してください。');
  PERFORM app.need_word(NEW.words, 'words', '');
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_help_package() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_newest public.help_package;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NEW.imported_by IS DISTINCT FROM app.me() OR NEW.office_id <> ALL (app.offices_with('see_supervision')) THEN
    PERFORM app.refuse('BS403', '手引の更新を取り込めるのは、査察指導の職務の人が自分の名前でだけです。');
  END IF;
  IF app.master_value(NEW.office_id, 'help_keys', NEW.fingerprint) IS NULL THEN
    PERFORM app.refuse('BS422', 'この発行者の鍵は、設定値「手引の更新の鍵」にありません。', 'fingerprint');
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.office_id::text, 59));
  SELECT * INTO v_newest FROM public.help_package p WHERE p.office_id = NEW.office_id ORDER BY p.number DESC, p.imported_at DESC, p.id DESC LIMIT 1;
  IF NEW.number < v_newest.number OR (NEW.number = v_newest.number
      AND NOT EXISTS (SELECT FROM public.help_package_return r WHERE r.package_id = v_newest.id)) THEN
    PERFORM app.refuse('BS409', '同じか、より新しい手引の更新が取り込まれています。');
  END IF;
  NEW.imported_at := app.now();
  PERFORM app.need_word(NEW.title, 'title', '題名を入力してください。');
  PERFORM app.need_word(NEW.issuer, 'issuer', '');
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_help_package_return() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT p.office_id INTO NEW.office_id FROM public.help_package p
   WHERE p.id = NEW.package_id AND p.office_id = ANY (app.offices_with('see_supervision'));
  IF TG_OP <> 'INSERT' OR NEW.office_id IS NULL OR NEW.returned_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '手引の更新を取り消せるのは、査察指導の職務の人が自分の名前でだけです。');
  END IF;
  NEW.returned_at := app.now();
  PERFORM app.need_word(NEW.why, 'why', '取り消す理由を入力してください。');
  RETURN NEW;
END $$;
