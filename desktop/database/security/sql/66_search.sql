-- The search over entries (全文検索). Its index is kept by triggers, in the transaction that adds a segment or makes a version
-- valid. How a text is folded is made by security/search_sql.py.

-- Pairs of characters of each line, and its last character alone.
CREATE FUNCTION app.search_grams(p_folded text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(array_to_tsvector(array_agg(DISTINCT g.sign || coalesce(g.next, ''))), '')
     FROM (SELECT c.sign, lead(c.sign) OVER (PARTITION BY l.n ORDER BY c.n) AS next
             FROM unnest(string_to_array(p_folded, E'\n')) WITH ORDINALITY l(line, n),
                  unnest(string_to_array(l.line, NULL)) WITH ORDINALITY c(sign, n)) g $$;

-- The candidates of a query: all pairs of its words, the beginning of a pair where a word is one character.
CREATE FUNCTION app.search_query(p_words text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT string_agg(DISTINCT '''' || replace(replace(g.gram, '\', '\\'), '''', '''''') || '''' || g.mark, ' & ')::tsquery
     FROM unnest(p_words) w CROSS JOIN LATERAL (
       SELECT w AS gram, ':*' AS mark WHERE length(w) = 1
       UNION ALL
       SELECT substr(w, i, 2), '' FROM generate_series(1, length(w) - 1) i) g $$;

CREATE FUNCTION app.index_entries(p_entries uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ INSERT INTO public.search_text (entry_id, office_id, household_id, event_on, folded, grams)
   SELECT e.id, e.office_id, e.household_id, e.event_on, x.folded, app.search_grams(x.folded)
     FROM public.entry e CROSS JOIN LATERAL (
       SELECT coalesce(string_agg(app.search_fold(p.words), E'\n' ORDER BY s.position, p.n), '') AS folded
         FROM public.segment s CROSS JOIN LATERAL (VALUES (0, s.text), (1, s.source)) p(n, words)
        WHERE s.entry_id = e.id AND s.version = coalesce(e.approved_version, e.version) AND p.words <> '') x
    WHERE e.id = ANY (p_entries)
   ON CONFLICT (entry_id) DO UPDATE SET event_on = excluded.event_on, folded = excluded.folded, grams = excluded.grams $$;

CREATE FUNCTION app.index_missing_entries() RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT app.index_entries(ARRAY(SELECT e.id FROM public.entry e
     WHERE NOT EXISTS (SELECT FROM public.search_text t WHERE t.entry_id = e.id))) $$;

CREATE FUNCTION app.index_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.index_entries(ARRAY(SELECT DISTINCT n.entry_id FROM new_rows n));
  RETURN NULL;
END $$;

-- Another version is valid, or the day of what happened is another.
CREATE FUNCTION app.index_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.index_entries(ARRAY(SELECT n.id FROM new_rows n JOIN old_rows o ON o.id = n.id
    WHERE (coalesce(n.approved_version, n.version), n.event_on) IS DISTINCT FROM (coalesce(o.approved_version, o.version), o.event_on)));
  RETURN NULL;
END $$;

CREATE TRIGGER y_search AFTER INSERT ON public.segment REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.index_added();
CREATE TRIGGER y_search AFTER UPDATE ON public.entry REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.index_changed();

-- Asks: what is looked for is committed with a ticket that opens no file, before anything is read.
CREATE FUNCTION app.ask_search(p_words text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_ticket uuid := gen_random_uuid();
BEGIN
  IF NOT app.may('open_case_files') THEN PERFORM app.refuse('BS403', 'この操作はあなたの職務では認められていません。'); END IF;
  IF NOT EXISTS (SELECT FROM unnest(string_to_array(p_words, ' ')) w WHERE w <> '' AND w NOT LIKE '-%') OR length(p_words) > 200 THEN
    PERFORM app.refuse('BS422', '探す言葉を200字までで入力してください。', 'words');
  END IF;
  INSERT INTO public.ticket (id, office_id, staff_id, purpose, reason, opened_at, valid_until, xid)
  SELECT v_ticket, s.office_id, s.id, 'search', p_words, app.now(),
         app.now() + make_interval(mins => (SELECT minutes FROM app.ticket_rule)), pg_current_xact_id()::text
    FROM public.staff s WHERE s.id = app.me();
  RETURN v_ticket;
END $$;

-- From so many candidates on a word counts as one that stands everywhere.
CREATE FUNCTION app.search_many() RETURNS integer LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT 20000 $$;

-- Reads: the newest entries that say the words of the person's own earlier ticket, of the files that the person looks after or has
-- opened; 51 after the last one shown, and how many there are up to 1,000. Somebody else's first drafts are not found.
CREATE FUNCTION app.search_entries(p_ticket uuid, p_household uuid, p_kind text, p_author uuid, p_from date, p_to date,
                                   p_last_on date, p_last_id uuid)
RETURNS TABLE (entry_id uuid, words text[], total bigint) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_me uuid := app.me();
  v_words text[];
  v_with text[];
  v_without text[];
  v_wide uuid[] := app.wide_offices();
  v_near uuid[];
  v_query tsquery;
  v_from text;
  v_found uuid[];
BEGIN
  SELECT string_to_array(t.reason, ' ') INTO v_words FROM public.ticket t
   WHERE t.id = p_ticket AND t.staff_id = v_me AND t.purpose = 'search' AND t.valid_until > app.now()
     AND t.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()::text;
  IF v_words IS NULL OR NOT app.may('open_case_files') THEN
    PERFORM app.refuse('BS403', '検索の記録がありません。もう一度検索してください。');
  END IF;
  v_with := ARRAY(SELECT w FROM unnest(v_words) w WHERE w <> '' AND w NOT LIKE '-%');
  v_without := ARRAY(SELECT '%' || substr(w, 2) || '%' FROM unnest(v_words) w WHERE w LIKE '-_%');
  v_query := app.search_query(v_with);
  v_with := ARRAY(SELECT '%' || w || '%' FROM unnest(v_with) w);
  IF cardinality(v_wide) = 0 THEN
    v_near := app.near_households() || ARRAY(SELECT h.id FROM public.household h WHERE h.district_id = ANY (app.duty_districts()));
    v_from := '(SELECT * FROM public.search_text WHERE household_id = ANY ($1) OFFSET 0)';
  -- A word that stands everywhere is found sooner by going through the newest entries.
  ELSIF (SELECT count(*) FROM (SELECT FROM public.search_text t WHERE t.grams @@ v_query LIMIT app.search_many()) x) = app.search_many() THEN
    v_from := '(SELECT * FROM public.search_text WHERE office_id = $2[1])';
  ELSE
    v_from := '(SELECT * FROM public.search_text WHERE grams @@ $3 OFFSET 0)';
  END IF;
  EXECUTE format('SELECT coalesce(array_agg(x.entry_id ORDER BY x.event_on DESC, x.entry_id DESC), ''{}'') FROM (
      SELECT s.entry_id, s.event_on FROM %s s JOIN public.entry e ON e.id = s.entry_id
       WHERE (s.household_id = ANY ($1) OR s.office_id = ANY ($2)) AND s.folded LIKE ALL ($4) AND NOT s.folded LIKE ANY ($5)
         AND (e.state <> ''draft'' OR e.approved_version IS NOT NULL OR e.author_id = $6)
         AND ($7 IS NULL OR s.household_id = $7) AND ($8 IS NULL OR e.kind = $8) AND ($9 IS NULL OR e.author_id = $9)
         AND ($10 IS NULL OR s.event_on >= $10) AND ($11 IS NULL OR s.event_on <= $11)
         AND ($12 IS NULL OR (s.event_on, s.entry_id) < ($12, $13))
       ORDER BY s.event_on DESC, s.entry_id DESC LIMIT 1000) x', v_from)
    INTO v_found USING coalesce(v_near, '{}'), v_wide, v_query, v_with, v_without, v_me,
                       p_household, p_kind, p_author, p_from, p_to, p_last_on, p_last_id;
  RETURN QUERY
    SELECT f.id, ARRAY(SELECT p.words FROM public.segment s CROSS JOIN LATERAL (VALUES (0, s.text), (1, s.source)) p(n, words)
                        WHERE s.entry_id = f.id AND s.version = coalesce(e.approved_version, e.version) AND p.words <> ''
                        ORDER BY s.position, p.n), cardinality(v_found)::bigint
      FROM unnest(v_found[1:51]) WITH ORDINALITY f(id, n) JOIN public.entry e ON e.id = f.id ORDER BY f.n;
END $$;
