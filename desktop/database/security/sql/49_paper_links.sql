-- What a received paper hangs together with (entries, the to-do of its decision draft), and what came out at the counter.
-- Written by these functions only: a link is added and struck, never taken away.

-- The number as the office writes it: 6-0123.
CREATE FUNCTION app.paper_label(p public.paper) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT (p.fiscal_year - 2018)::text || '-' || lpad(p.number::text, greatest(4, length(p.number::text)), '0') $$;

-- Names a paper in an entry of its household; naming it again changes nothing.
CREATE FUNCTION app.link_paper(p_link uuid, p_paper uuid, p_entry uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  p public.paper := app.paper_at_hand(p_paper);
  v_link uuid;
BEGIN
  IF NOT EXISTS (SELECT FROM public.entry e WHERE e.id = p_entry AND e.household_id = p.household_id AND NOT e.is_annulled
                  AND (e.state <> 'draft' OR e.author_id = app.me())) THEN
    PERFORM app.refuse('BS403', 'この記録は見つからないか、この書類の世帯のものではありません。');
  END IF;
  SELECT l.id INTO v_link FROM public.paper_link l WHERE l.paper_id = p.id AND l.entry_id = p_entry AND l.struck_at IS NULL;
  IF v_link IS NULL THEN
    INSERT INTO public.paper_link (id, office_id, household_id, paper_id, entry_id, made_by, made_at)
    VALUES (p_link, p.office_id, p.household_id, p.id, p_entry, app.me(), app.now()) RETURNING id INTO v_link;
  END IF;
  RETURN v_link;
END $$;

-- Says of a link why it does not hold.
CREATE FUNCTION app.strike_paper_link(p_link uuid, p_reason text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  l public.paper_link;
  v_reason text := app.trimmed(p_reason);
BEGIN
  SELECT * INTO l FROM public.paper_link x WHERE x.id = p_link AND x.office_id = ANY (app.my_offices());
  IF l.id IS NULL THEN
    PERFORM app.refuse('BS403', 'この結び付きは見つからないか、担当する世帯のものではありません。');
  END IF;
  PERFORM app.paper_at_hand(l.paper_id);  -- locks the paper, so that two cannot strike at once
  IF EXISTS (SELECT FROM public.paper_link x WHERE x.id = l.id AND x.struck_at IS NOT NULL) THEN
    PERFORM app.refuse('BS409', 'この結び付きはすでに取り消されています。');
  END IF;
  IF v_reason = '' THEN
    PERFORM app.refuse('BS422', '結び付きを取り消す理由を入力してください。', 'reason');
  END IF;
  IF char_length(v_reason) > 1000 THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', 'reason');
  END IF;
  UPDATE public.paper_link x SET struck_by = app.me(), struck_at = app.now() WHERE x.id = l.id;
  INSERT INTO public.paper_link_text (link_id, office_id, household_id, reason)
  VALUES (l.id, l.office_id, l.household_id, v_reason);
  RETURN l.id;
END $$;

-- Gives the owner of a paper the to-do to start the decision draft in the benefit system. The same one again changes nothing.
CREATE FUNCTION app.draft_for_paper(p_link uuid, p_todo uuid, p_paper uuid, p_due date) RETURNS uuid LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  p public.paper := app.paper_at_hand(p_paper);
  v_kind text;
BEGIN
  IF EXISTS (SELECT FROM public.paper_link l WHERE l.id = p_link AND l.paper_id = p.id AND l.todo_id = p_todo
              AND l.made_by = app.me()) THEN
    RETURN p_link;
  END IF;
  IF p.state NOT IN ('received', 'checked', 'judged') THEN
    PERFORM app.refuse('BS409', 'この書類は起案まで進んでいます。');
  END IF;
  IF p.owner_id IS NULL THEN
    PERFORM app.refuse('BS422', '先に担当を決めてください。起案は担当のやることになります。', 'owner_id');
  END IF;
  IF p_due IS NULL OR p_due < app.today() THEN
    PERFORM app.refuse('BS422', '今日以降の日付を入力してください。', 'due_on');
  END IF;
  IF EXISTS (SELECT FROM public.paper_link l JOIN public.todo t ON t.id = l.todo_id
              WHERE l.paper_id = p.id AND l.struck_at IS NULL AND t.state = 'open') THEN
    PERFORM app.refuse('BS409', 'この書類の起案は、すでにやることになっています。');
  END IF;
  v_kind := coalesce(app.master_value(p.office_id, 'paper_kinds', p.kind) ->> 'label', p.kind);
  INSERT INTO public.todo (id, office_id, owner_id, household_id, origin, origin_id, due_on, state, created_by, created_at, version)
  VALUES (p_todo, p.office_id, p.owner_id, p.household_id, 'decision_draft', p.id, p_due, 'open', app.me(), app.now(), 1);
  INSERT INTO public.todo_text (todo_id, office_id, household_id, text, reply)
  VALUES (p_todo, p.office_id, p.household_id, '保護変更の起案：' || v_kind || '（受領番号 ' || app.paper_label(p) || '）', '');
  INSERT INTO public.paper_link (id, office_id, household_id, paper_id, todo_id, made_by, made_at)
  VALUES (p_link, p.office_id, p.household_id, p.id, p_todo, app.me(), app.now());
  PERFORM app.tell_papers();
  RETURN p_link;
END $$;

-- A paper that is drafted, decided or settled needs no draft any more.
CREATE FUNCTION app.close_paper_drafts(p_paper uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ UPDATE public.todo t SET state = 'done', closed_at = app.now(), version = t.version + 1
    WHERE t.state = 'open' AND t.id IN (SELECT l.todo_id FROM public.paper_link l
      WHERE l.paper_id = p_paper AND l.todo_id IS NOT NULL AND l.struck_at IS NULL) $$;

-- What is to be drafted goes along with the paper.
CREATE FUNCTION app.hand_over_paper_drafts(p_paper uuid, p_to uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ UPDATE public.todo t SET owner_id = p_to, version = t.version + 1
    WHERE t.state = 'open' AND t.owner_id <> p_to AND t.id IN (SELECT l.todo_id FROM public.paper_link l
      WHERE l.paper_id = p_paper AND l.todo_id IS NOT NULL AND l.struck_at IS NULL) $$;

-- Notes that slips and receipts of these papers came out; by whoever took them in, owns them or sees their households.
CREATE FUNCTION app.note_printed_papers(p_batch uuid, p_papers uuid[], p_part text, p_mark text, p_pages integer, p_sha256 text)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_me uuid := app.me();
  v_found integer;
BEGIN
  IF v_me IS NULL OR NOT app.may('receive_papers') THEN
    PERFORM app.refuse('BS403', '受領書類を扱う職務がありません。');
  END IF;
  IF p_part NOT IN ('both', 'slip', 'receipt') OR p_mark NOT IN ('original', 'copy') OR p_part IS NULL OR p_mark IS NULL
     OR coalesce(p_pages, 0) < 1 OR coalesce(p_sha256, '') !~ '^[0-9a-f]{64}$' THEN
    PERFORM app.refuse('BS403', '印刷の記録に残せるのは、受付票と受領証だけです。');
  END IF;
  SELECT count(*) INTO v_found FROM public.paper p WHERE p.id = ANY (p_papers) AND p.office_id = ANY (app.my_offices())
     AND (v_me IN (p.received_by, p.owner_id) OR app.sees(p.household_id));
  IF v_found = 0 OR v_found <> cardinality(p_papers) THEN
    PERFORM app.refuse('BS403', 'この書類は見つからないか、担当する世帯のものではありません。');
  END IF;
  IF EXISTS (SELECT FROM public.print_batch b WHERE b.id = p_batch) THEN
    IF NOT EXISTS (SELECT FROM public.print_batch b WHERE b.id = p_batch AND b.printed_by = v_me)
       OR (SELECT count(*) FROM public.printed_paper x WHERE x.batch_id = p_batch) <> v_found
       OR EXISTS (SELECT FROM unnest(p_papers) g(id) WHERE NOT EXISTS (SELECT FROM public.printed_paper x
            WHERE x.batch_id = p_batch AND x.paper_id = g.id AND x.part = p_part)) THEN
      PERFORM app.refuse('BS403', '印刷の記録は、自分の名前で、刷った書類のとおりに残ります。');
    END IF;
    RETURN p_batch;
  END IF;
  INSERT INTO public.print_batch (id, office_id, printed_by, printed_at, mark, pages, sha256)
  SELECT p_batch, p.office_id, v_me, app.now(), p_mark, p_pages, p_sha256 FROM public.paper p WHERE p.id = p_papers[1];
  INSERT INTO public.printed_paper (batch_id, paper_id, part, office_id, household_id)
  SELECT p_batch, p.id, p_part, p.office_id, p.household_id FROM public.paper p WHERE p.id = ANY (p_papers);
  RETURN p_batch;
END $$;
