-- The search over files (全文検索). Its text is kept by triggers, in the transaction that stores the words: which words of what,
-- and how they are folded, is made by security/search_sql.py. The pairs of characters are an index of revision 0055.

-- What a word of a query is as patterns: one, or several of which any will do ("通院|受診"). The mark of a word left out is taken off.
CREATE FUNCTION app.search_patterns(p_word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT ARRAY(SELECT '%' || a || '%' FROM unnest(string_to_array(regexp_replace(p_word, '^-', ''), '|')) a WHERE a <> '') $$;

-- The candidates of a query: all pairs of a word, the beginning of a pair where it is one character.
CREATE FUNCTION app.search_query(p_words text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT string_agg('(' || q.one || ')', ' & ')::tsquery
     FROM unnest(p_words) w CROSS JOIN LATERAL (
       SELECT string_agg('(' || g.pairs || ')', ' | ') AS one
         FROM unnest(string_to_array(w, '|')) a CROSS JOIN LATERAL (
           SELECT string_agg(DISTINCT '''' || replace(replace(x.gram, '\', '\\'), '''', '''''') || '''' || x.mark, ' & ') AS pairs
             FROM (SELECT a AS gram, ':*' AS mark WHERE length(a) = 1
                   UNION ALL
                   SELECT substr(a, i, 2), '' FROM generate_series(1, length(a) - 1) i) x) g
        WHERE a <> '') q
    WHERE q.one IS NOT NULL $$;

-- Asks: what is looked for is committed with a ticket that opens no file, before anything is read. `p_aim`: what a saved search is
-- for, which app.ask_saved_search() alone says.
CREATE FUNCTION app.note_search(p_words text, p_aim text) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_ticket uuid := gen_random_uuid();
BEGIN
  IF NOT app.may('open_case_files') THEN PERFORM app.refuse('BS403', 'この操作はあなたの職務では認められていません。'); END IF;
  IF NOT EXISTS (SELECT FROM unnest(string_to_array(p_words, ' ')) w WHERE w <> '' AND w NOT LIKE '-%') OR length(p_words) > 600 THEN
    PERFORM app.refuse('BS422', '探す言葉を200字までで入力してください。', 'words');
  END IF;
  INSERT INTO public.ticket (id, office_id, staff_id, purpose, reason, opened_at, valid_until, xid, aim)
  SELECT v_ticket, s.office_id, s.id, 'search', p_words, app.now(),
         app.now() + make_interval(mins => (SELECT minutes FROM app.ticket_rule)), pg_current_xact_id()::text, p_aim
    FROM public.staff s WHERE s.id = app.me();
  RETURN v_ticket;
END $$;

CREATE FUNCTION app.ask_search(p_words text) RETURNS uuid LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$ SELECT app.note_search(p_words, NULL) $$;

-- How many texts are read whole, whatever they say; how many of the newest are looked at to learn how common a query is, and how many first:
-- what none of those says is rare enough.
CREATE FUNCTION app.search_sample() RETURNS integer LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT 1000 $$;
CREATE FUNCTION app.search_few() RETURNS integer LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT 20000 $$;
CREATE FUNCTION app.search_glance() RETURNS integer LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT 100 $$;

-- Which way finds it soonest, judged by the newest texts: how many there are in all, were looked at, are near, say it, and are found.
-- Through the newest until a thousand are found; by pairs; by the near files; by both. The figures are microseconds a text, measured.
CREATE FUNCTION app.search_way(p_is_wide boolean, p_all numeric, p_seen numeric, p_near numeric, p_said numeric, p_hits numeric) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT w.way
     FROM (SELECT (p_near + 0.5) / (p_seen + 0.5) AS near, (p_said + 0.5) / (p_seen + 0.5) AS said, (p_hits + 0.5) / (p_seen + 0.5) AS hits) x,
          LATERAL (VALUES ('newest', 3 * least(p_all, 1000 / x.hits)), ('pairs', 1.6 * x.said * p_all),
                          ('files', CASE WHEN NOT p_is_wide THEN 2.8 * x.near * p_all END),
                          ('both', CASE WHEN NOT p_is_wide THEN (0.07 * x.said + 0.1 * x.near + 1.5 * x.said * x.near) * p_all END)) w(way, cost)
    ORDER BY w.cost LIMIT 1 $$;

-- Reads: the newest things that say the words of the person's own earlier ticket, in files that the person looks after or has
-- opened; 51 after the last one shown, and how many there are up to 1,000. Somebody else's first drafts are not found.
-- Each way of reading is fenced (OFFSET 0): the planner would judge LIKE and the pairs of a text wrongly.
CREATE FUNCTION app.search_texts(p_ticket uuid, p_noun text, p_household uuid, p_kind text, p_author uuid, p_from date, p_to date,
                                 p_last_on date, p_last_id uuid)
RETURNS TABLE (noun text, row_id uuid, household_id uuid, event_on date, author_id uuid, kind text, is_draft boolean,
               words text[], total bigint) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_sort = off SET jit = off SET work_mem = '64MB' AS $$
DECLARE
  v_me uuid := app.me();
  v_words text[];
  v_with text[];
  v_wide uuid[] := app.wide_offices();
  v_office uuid := (app.my_offices())[1];
  v_near uuid[];
  v_query tsquery;
  v_newest constant text := 'SELECT * FROM public.search_text WHERE office_id = $13 AND event_on <= coalesce(least($10, $11), ''infinity'')'
                            ' AND event_on >= coalesce($9, ''-infinity'')'
                            ' ORDER BY event_on DESC, row_id DESC';
  v_says text;
  v_may text;
  v_from text;
  v_by text;
  v_looked integer;
  v_all numeric;
  v_seen numeric;
  v_files numeric;
  v_said numeric;
  v_hits numeric;
  v_found bigint[];
BEGIN
  SELECT string_to_array(t.reason, ' ') INTO v_words FROM public.ticket t
   WHERE t.id = p_ticket AND t.staff_id = v_me AND t.purpose = 'search' AND t.valid_until > app.now()
     AND t.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()::text;
  IF v_words IS NULL OR NOT app.may('open_case_files') THEN
    PERFORM app.refuse('BS403', '検索の記録がありません。もう一度検索してください。');
  END IF;
  v_with := ARRAY(SELECT w FROM unnest(v_words) w WHERE w <> '' AND w NOT LIKE '-%');
  v_query := app.search_query(v_with);
  IF cardinality(v_wide) = 0 THEN
    v_near := app.near_households() || ARRAY(SELECT h.id FROM public.household h WHERE h.district_id = ANY (app.duty_districts()));
  END IF;
  v_says := (SELECT string_agg(format(CASE WHEN w LIKE '-%' THEN 'NOT s.folded LIKE ANY (%L::text[])' ELSE 's.folded LIKE ANY (%L::text[])' END,
                                      app.search_patterns(w)), ' AND ')
               FROM unnest(v_words) w WHERE w <> '' AND w <> '-');
  v_may := v_says || ' AND (s.household_id = ANY ($1) OR s.office_id = ANY ($2)) AND (s.only_for IS NULL OR s.only_for = $4)
         AND ($5 IS NULL OR s.noun = $5) AND ($6 IS NULL OR s.household_id = $6) AND ($7 IS NULL OR s.kind = $7 AND s.noun = ''entry'')
         AND ($8 IS NULL OR s.author_id = $8) AND ($9 IS NULL OR s.event_on >= $9) AND ($10 IS NULL OR s.event_on <= $10)
         AND ($11 IS NULL OR (s.event_on, s.row_id) < ($11, $12))';
  -- What is asked of one file, author, kind or noun with few texts is found by reading those.
  FOREACH v_by IN ARRAY array_remove(ARRAY[CASE WHEN p_household IS NOT NULL THEN 'household_id = $6' END,
      CASE WHEN p_author IS NOT NULL THEN 'author_id = $8' END, CASE WHEN p_kind IS NOT NULL THEN 'kind = $7' END,
      CASE WHEN p_noun IS NOT NULL THEN 'noun = $5' END], NULL) LOOP
    EXECUTE format('SELECT count(*) FROM (SELECT FROM public.search_text WHERE %s LIMIT %s + 1) s', v_by, app.search_few())
       INTO v_seen USING v_near, v_wide, v_query, v_me, p_noun, p_household, p_kind, p_author;
    IF v_seen <= app.search_few() THEN
      v_from := format('(SELECT * FROM public.search_text WHERE %s OFFSET 0)', v_by);
      EXIT;
    END IF;
  END LOOP;
  IF v_from IS NULL THEN
    FOREACH v_looked IN ARRAY ARRAY[app.search_glance(), app.search_sample()] LOOP
      EXECUTE format('SELECT count(*), count(*) FILTER (WHERE s.household_id = ANY ($1)), count(*) FILTER (WHERE %s), count(*) FILTER (WHERE %s)'
                     ' FROM (%s LIMIT %s) s', v_says, v_may, v_newest, v_looked)
         INTO v_seen, v_files, v_said, v_hits USING coalesce(v_near, '{}'), v_wide, v_query, v_me, p_noun, p_household, p_kind, p_author,
                                                    p_from, p_to, p_last_on, p_last_id, v_office;
      EXIT WHEN v_hits = 0 OR v_seen < v_looked;
    END LOOP;
    v_all := CASE WHEN v_seen < v_looked THEN v_seen ELSE (SELECT c.reltuples FROM pg_class c WHERE c.oid = 'public.search_text'::regclass) END;
    v_from := CASE app.search_way(v_near IS NULL, greatest(v_all, v_seen), v_seen, v_files, v_said, v_hits)
      WHEN 'newest' THEN format('(%s OFFSET 0)', v_newest)
      WHEN 'pairs' THEN '(SELECT * FROM public.search_text WHERE public.search_grams(folded) @@ $3 OFFSET 0)'
      WHEN 'files' THEN '(SELECT * FROM public.search_text WHERE household_id = ANY ($1) OFFSET 0)'
      ELSE '(SELECT * FROM public.search_text WHERE household_id = ANY ($1) AND public.search_grams(folded) @@ $3 OFFSET 0)' END;
  END IF;
  EXECUTE format('SELECT coalesce(array_agg(x.place), ''{}'') FROM (
      SELECT s.place FROM %s s WHERE %s ORDER BY s.event_on DESC, s.row_id DESC LIMIT 1000) x', v_from, v_may)
    INTO v_found USING coalesce(v_near, '{}'), v_wide, v_query, v_me, p_noun, p_household, p_kind, p_author, p_from, p_to,
                       p_last_on, p_last_id, v_office;
  RETURN QUERY
    WITH page AS MATERIALIZED (SELECT s.*, f.n FROM unnest(v_found[1:51]) WITH ORDINALITY f(place, n) JOIN public.search_text s USING (place))
    SELECT s.noun, s.row_id, s.household_id, s.event_on, s.author_id, s.kind, s.only_for IS NOT NULL, w.words, cardinality(v_found)::bigint
      FROM page s JOIN app.search_words(ARRAY(SELECT p.row_id FROM page p)) w ON w.row_id = s.row_id ORDER BY s.n;
END $$;
