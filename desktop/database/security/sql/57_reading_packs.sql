-- Reading packs (閲覧パック): what such a trip must be, and that its file is written once, approved, read by ticket and noted.
-- Whether they exist at all is the office's table 持出しの可否; its row `reading_pack` is not allowed as shipped.

CREATE FUNCTION app.is_pack(p_id uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.reading_pack p WHERE p.carry_out_id = p_id) $$;

-- Households under 支援措置 are in no pack unless the office's limit says so.
CREATE FUNCTION app.check_pack_shielded(p_office uuid, p_households uuid[]) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.carry_limit(p_office, 'pack_with_shielded', 0) = 0
     AND EXISTS (SELECT FROM public.household h WHERE h.id = ANY (p_households) AND h.is_shielded) THEN
    PERFORM app.refuse('BS422', '支援措置の世帯は、設定値で認められていないため、閲覧パックに入れられません。', 'items');
  END IF;
END $$;

-- What cannot be made as a pack, in the words of the field.
CREATE FUNCTION app.check_reading_pack(p_office uuid, p_leaving timestamptz, p_kinds text[], p_sheets integer, p_households uuid[],
                                       p_expires timestamptz) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_hours integer := app.carry_limit(p_office, 'pack_most_hours', 10);
  v_most integer := app.carry_limit(p_office, 'pack_most_households', 8);
BEGIN
  IF 'reading_pack' <> ALL (p_kinds) THEN
    IF p_expires IS NOT NULL THEN
      PERFORM app.refuse('BS422', '期限は、閲覧パックの持出しにだけ入力します。', 'expires_at');
    END IF;
    RETURN;
  END IF;
  IF cardinality(p_kinds) > 1 THEN
    PERFORM app.refuse('BS422', '閲覧パックは、ほかのものと別の持出しにしてください。', 'kinds');
  END IF;
  IF p_sheets <> 1 THEN PERFORM app.refuse('BS422', '閲覧パックの枚数は1（ファイル一つ）です。', 'sheets'); END IF;
  IF cardinality(p_households) = 0 THEN PERFORM app.refuse('BS422', '閲覧パックには、世帯を一つ以上選んでください。', 'items'); END IF;
  IF cardinality(p_households) > v_most THEN
    PERFORM app.refuse('BS422', format('閲覧パックに入れられるのは%s世帯までです。', v_most), 'items');
  END IF;
  IF p_expires IS NULL THEN PERFORM app.refuse('BS422', '閲覧パックの期限を入力してください。', 'expires_at'); END IF;
  IF p_expires <= greatest(p_leaving, app.now()) OR p_expires > p_leaving + make_interval(hours => v_hours) THEN
    PERFORM app.refuse('BS422', format('閲覧パックの期限は、出発から%s時間までにしてください。', v_hours), 'expires_at');
  END IF;
  PERFORM app.check_pack_shielded(p_office, p_households);
END $$;

-- The file of an approved pack is written now: noted once, by its carrier, after every household in it was opened by ticket.
CREATE FUNCTION app.leave_with_pack(p_id uuid, p_version integer, p_sha256 text) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  c public.carry_out := app.carry_out_at_hand(p_id, p_version);
  p public.reading_pack;
  v_households uuid[] := (SELECT coalesce(array_agg(i.household_id), '{}') FROM public.carry_out_item i WHERE i.carry_out_id = p_id);
  v_version integer;
BEGIN
  SELECT * INTO p FROM public.reading_pack x WHERE x.carry_out_id = p_id FOR UPDATE;
  IF p.carry_out_id IS NULL OR p.made_at IS NOT NULL THEN
    PERFORM app.refuse('BS409', 'この持出しは、いまの状態ではその操作ができません。最新の状態を確認してください。');
  END IF;
  IF NOT coalesce((app.master_value(c.office_id, 'carry_media', 'reading_pack') ->> 'is_allowed')::boolean, false) THEN
    PERFORM app.refuse('BS409', '閲覧パックは、設定値で認められていません。');
  END IF;
  IF coalesce(p_sha256 !~ '^[0-9a-f]{64}$', true) THEN PERFORM app.refuse('BS422', '閲覧パックのファイルの値が正しくありません。'); END IF;
  IF p.expires_at <= app.now() THEN
    PERFORM app.refuse('BS409', '閲覧パックの期限が過ぎています。取りやめて、作り直してください。');
  END IF;
  IF p.expires_at > app.now() + make_interval(hours => app.carry_limit(c.office_id, 'pack_most_hours', 10)) THEN
    PERFORM app.refuse('BS409', '期限までが長すぎるため、まだ書き出せません。出発の近くになってから書き出してください。');
  END IF;
  PERFORM app.check_pack_shielded(c.office_id, v_households);
  IF EXISTS (SELECT FROM unnest(v_households) h(id) WHERE NOT EXISTS (
      SELECT FROM public.ticket t JOIN public.ticket_household o ON o.ticket_id = t.id
       WHERE t.staff_id = app.me() AND t.purpose = 'pack' AND t.valid_until > app.now() AND o.household_id = h.id
         AND t.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()::text)) THEN
    PERFORM app.refuse('BS409', '閲覧パックに入れる世帯が開かれていません。もう一度書き出してください。');
  END IF;
  v_version := app.do_move_carry_out(c, 'leave', '', NULL, NULL, NULL);
  UPDATE public.reading_pack x SET made_by = app.me(), made_at = app.now(), sha256 = p_sha256 WHERE x.carry_out_id = p_id;
  RETURN v_version;
END $$;
