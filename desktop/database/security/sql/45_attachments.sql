-- Files attached to received papers (添付ファイル): added by one function, never changed, removed with their file only.

-- What a file of the office looks like from outside. What is in it was looked into before it came here.
CREATE FUNCTION app.fits_kind(p_kind text, p_data bytea) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE p_kind
     WHEN 'pdf' THEN substring(p_data FROM 1 FOR 5) = '\x255044462d'::bytea
     WHEN 'jpeg' THEN substring(p_data FROM 1 FOR 3) = '\xffd8ff'::bytea
     WHEN 'png' THEN substring(p_data FROM 1 FOR 8) = '\x89504e470d0a1a0a'::bytea
     WHEN 'tiff' THEN substring(p_data FROM 1 FOR 4) IN ('\x49492a00'::bytea, '\x4d4d002a'::bytea)
     WHEN 'mail' THEN get_byte(p_data, 0) BETWEEN 33 AND 126 AND position('\x00'::bytea IN substring(p_data FROM 1 FOR 4096)) = 0
     ELSE false END $$;

-- What cannot be attached, in words.
CREATE FUNCTION app.check_attachment(p_office uuid, p_kind text, p_pages integer, p_name text, p_data bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_most integer := coalesce((app.master_value(p_office, 'thresholds', 'attachment_pages') ->> 'number')::integer, 200);
BEGIN
  IF coalesce(octet_length(p_data), 0) = 0 THEN
    PERFORM app.refuse('BS422', '中身のないファイルです。もとのファイルを確かめてください。', 'file');
  END IF;
  IF octet_length(p_data) > 10485760 THEN
    PERFORM app.refuse('BS422', '10MBを超えるファイルは添付できません。分けるか、画質を下げて保存し直してください。', 'file');
  END IF;
  IF app.fits_kind(p_kind, p_data) IS NOT TRUE THEN
    PERFORM app.refuse('BS422', 'この種類のファイルは添付できません。PDF、JPEG、PNG、TIFF、メール（.eml）を選んでください。', 'file');
  END IF;
  IF p_pages IS NULL OR p_pages NOT BETWEEN 1 AND v_most THEN
    PERFORM app.refuse('BS422', format('%s頁のファイルです。%s頁までにしてください。必要な頁だけを保存し直してください。', p_pages, v_most), 'file');
  END IF;
  IF app.trimmed(p_name) = '' OR char_length(p_name) > 200 OR p_name ~ '[[:cntrl:]/\\\u202a-\u202e\u2066-\u2069]' THEN
    PERFORM app.refuse('BS422', 'ファイルの名前がありません。', 'file');
  END IF;
END $$;

-- The paper, locked, for whoever took it in, owns it or sees its household. A disposal under way is waited for.
CREATE FUNCTION app.paper_to_attach(p_paper uuid) RETURNS public.paper LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.paper;
BEGIN
  IF app.me() IS NULL OR NOT app.may('receive_papers') THEN
    PERFORM app.refuse('BS403', '受領書類を扱う職務がありません。');
  END IF;
  PERFORM FROM public.household h WHERE h.id = (SELECT x.household_id FROM public.paper x WHERE x.id = p_paper) FOR KEY SHARE;
  SELECT * INTO p FROM public.paper x WHERE x.id = p_paper AND x.office_id = ANY (app.my_offices()) FOR NO KEY UPDATE;
  IF p.id IS NULL OR NOT (app.sees(p.household_id) OR coalesce(app.me() IN (p.owner_id, p.received_by), false)) THEN
    PERFORM app.refuse('BS403', 'この書類は見つからないか、添付できる書類ではありません。');
  END IF;
  RETURN p;
END $$;

-- Attaches a file. Size, hash, receiver and time are the server's. The same file under the same id changes nothing.
CREATE FUNCTION app.attach_file(p_id uuid, p_paper uuid, p_kind text, p_pages integer, p_name text, p_data bytea) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  p public.paper := app.paper_to_attach(p_paper);
  a public.attachment;
  v_hash text := encode(sha256(p_data), 'hex');
BEGIN
  SELECT * INTO a FROM public.attachment x WHERE x.id = p_id;
  IF a.id IS NOT NULL THEN
    IF (a.paper_id, a.received_by, a.sha256) IS DISTINCT FROM (p.id, app.me(), v_hash) THEN
      PERFORM app.refuse('BS409', '同じ番号で別のファイルが先に添付されています。画面を更新してください。');
    END IF;
    RETURN p_id;
  END IF;
  PERFORM app.check_attachment(p.office_id, p_kind, p_pages, p_name, p_data);
  IF (SELECT count(*) FROM public.attachment x WHERE x.paper_id = p.id) >= 50 THEN
    PERFORM app.refuse('BS422', '一つの書類に添付できるのは50件までです。', 'file');
  END IF;
  INSERT INTO public.attachment (id, office_id, household_id, paper_id, kind, pages, size, sha256, received_by, received_at)
  VALUES (p_id, p.office_id, p.household_id, p.id, p_kind, p_pages, octet_length(p_data), v_hash, app.me(), app.now());
  INSERT INTO public.attachment_content (attachment_id, office_id, household_id, name, data)
  VALUES (p_id, p.office_id, p.household_id, app.trimmed(p_name), p_data);
  RETURN p_id;
END $$;

-- What audit.told says of other tables, with the hash of the bytes instead of the bytes. Owned by banso_audit.
CREATE OR REPLACE FUNCTION audit.told_of_bytes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE r record;
BEGIN
  IF TG_OP <> 'INSERT' AND audit.is_disposing() THEN
    PERFORM audit.put_disposed('dispose rows', TG_TABLE_NAME,
      (SELECT jsonb_build_object('household_id', o.household_id, 'office_id', o.office_id) FROM old_rows o LIMIT 1),
      (SELECT count(*) FROM old_rows));
    RETURN NULL;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    FOR r IN SELECT to_jsonb(n) - 'data' || jsonb_build_object('sha256', encode(sha256(n.data), 'hex')) AS j FROM new_rows n LOOP
      PERFORM audit.put_row(lower(TG_OP), TG_TABLE_NAME, audit.key_of(r.j, TG_ARGV), r.j, jsonb_build_object('new', r.j));
    END LOOP;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    FOR r IN SELECT to_jsonb(o) - 'data' || jsonb_build_object('sha256', encode(sha256(o.data), 'hex')) AS j FROM old_rows o LOOP
      PERFORM audit.put_row(lower(TG_OP), TG_TABLE_NAME, audit.key_of(r.j, TG_ARGV), r.j, jsonb_build_object('old', r.j));
    END LOOP;
  END IF;
  RETURN NULL;
END $$;
