-- Earned income by month (就労収入). Rows are only added; who may see the household may note a month, a correction says why in the open file.

CREATE FUNCTION app.guard_income_month() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE o public.income_month;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT app.may('write_records') OR NEW.noted_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '就労収入を記録できるのは、記録を書く職務の人が自分の名前でだけです。足したものは変わりません。');
  END IF;
  IF NOT app.sees(NEW.household_id) THEN
    PERFORM app.refuse('BS403', 'この世帯は見つからないか、担当する世帯ではありません。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.noted_at := app.now();
  PERFORM app.need_person_of(NEW.household_id, NEW.person_id);
  IF extract(day FROM NEW.month) <> 1 OR NEW.month > app.today() THEN
    PERFORM app.refuse('BS422', '今月までの月を選んでください。', 'month');
  END IF;
  IF NEW.replaces_id IS NULL THEN RETURN NEW; END IF;
  SELECT * INTO o FROM public.income_month x WHERE x.id = NEW.replaces_id;
  IF (o.household_id, o.person_id, o.month) IS DISTINCT FROM (NEW.household_id, NEW.person_id, NEW.month) THEN
    PERFORM app.refuse('BS403', 'この収入は見つからないか、この世帯のものではありません。');
  END IF;
  IF o.gross IS NULL AND NEW.gross IS NULL THEN
    PERFORM app.refuse('BS409', 'この月の収入は、もう取り消されています。');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_income_month_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.income_month i WHERE i.id = NEW.income_id AND i.replaces_id IS NOT NULL
       AND i.household_id = NEW.household_id AND i.noted_by = app.me() AND i.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の訂正にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.reason, 'reason', '訂正・取消の理由を入力してください。');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.income_month_has_reason() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_maintenance() AND NEW.replaces_id IS NOT NULL
     AND NOT EXISTS (SELECT FROM public.income_month_text t WHERE t.income_id = NEW.id) THEN
    PERFORM app.refuse('BS422', '訂正・取消の理由を入力してください。', 'reason');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_reason AFTER INSERT ON public.income_month DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.income_month_has_reason();
