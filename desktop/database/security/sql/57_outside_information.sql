-- What was told of a household from outside (外部からの情報) is put away by an answer and in no other way: the guard of to-dos
-- refuses it to everybody. Whether there was a contact since then is looked up. The same in `database/informing.py`.
CREATE FUNCTION app.answer_information(p_todo uuid, p_reply text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE t public.todo; v_reply text := app.trimmed(p_reply); v_known boolean;
BEGIN
  SELECT * INTO t FROM public.todo x WHERE x.id = p_todo AND x.origin = 'outside_info' AND x.owner_id = app.me() FOR UPDATE;
  IF t.id IS NULL OR NOT app.may('open_case_files') THEN
    PERFORM app.refuse('BS403', '回答できるのは、自分に届いた外部からの情報だけです。');
  END IF;
  IF t.state <> 'open' THEN PERFORM app.refuse('BS409', 'このやることはすでに完了しています。'); END IF;
  IF coalesce(v_reply, '') = '' THEN PERFORM app.refuse('BS422', '回答を入力してください。', 'reply'); END IF;
  v_known := EXISTS (SELECT FROM public.contact c
    JOIN public.entry e ON e.contact_id = c.id AND e.household_id = c.household_id AND NOT e.is_annulled
   WHERE c.household_id = t.household_id AND c.method <> 'none'
     AND c.happened_on >= (t.created_at AT TIME ZONE 'Asia/Tokyo')::date);
  UPDATE public.todo x SET state = 'done', closed_at = app.now(), version = t.version + 1 WHERE x.id = t.id;
  UPDATE public.todo_text x SET reply = CASE WHEN v_known THEN '接触の記録あり：' ELSE '接触の記録なし：' END || v_reply
   WHERE x.todo_id = t.id;
END $$;
