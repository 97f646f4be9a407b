-- Households ticked off for a change of the rules (改正の確認). Rows are only added, by who writes records and sees the household.

CREATE FUNCTION app.guard_rule_change_tick() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE o public.rule_change_tick;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('write_records') OR NEW.ticked_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '改正の確認を記録できるのは、記録を書く職務の人が自分の名前でだけです。足したものは変わりません。');
  END IF;
  IF NOT app.sees(NEW.household_id) THEN
    PERFORM app.refuse('BS403', 'この世帯は見つからないか、担当する世帯ではありません。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.ticked_at := app.now();
  IF NEW.change_key !~ '^[a-z0-9][a-z0-9-]*[a-z0-9]$' THEN
    PERFORM app.refuse('BS422', '改正の名前が正しくありません。', 'change_key');
  END IF;
  IF NEW.replaces_id IS NULL THEN RETURN NEW; END IF;
  SELECT * INTO o FROM public.rule_change_tick x WHERE x.id = NEW.replaces_id;
  IF (o.household_id, o.change_key) IS DISTINCT FROM (NEW.household_id, NEW.change_key) THEN
    PERFORM app.refuse('BS403', 'この確認は見つからないか、この世帯のものではありません。');
  END IF;
  IF NEW.change_version < o.change_version THEN
    PERFORM app.refuse('BS409', 'この世帯は、改正の新しい版で確認されています。');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_rule_change_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.rule_change_tick t WHERE t.id = NEW.tick_id
       AND t.household_id = NEW.household_id AND t.ticked_by = app.me() AND t.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の確認にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.note, 'note', 'メモを入力してください。');
  IF length(NEW.note) > 500 THEN
    PERFORM app.refuse('BS422', 'メモは500文字までにしてください。', 'note');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.rule_change_tick_says_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_maintenance()
     AND NEW.has_note IS DISTINCT FROM EXISTS (SELECT FROM public.rule_change_note n WHERE n.tick_id = NEW.id) THEN
    PERFORM app.refuse('BS422', 'メモの有無が、確認の記録と合いません。', 'note');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_note AFTER INSERT ON public.rule_change_tick DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.rule_change_tick_says_note();
