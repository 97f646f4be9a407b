-- Who of G1a and G1b can take part (参加できる人の印): a row with its day and its reason, never changed; taking it back is a new row.

CREATE FUNCTION app.guard_participation_mark() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NEW.noted_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '参加できる人の印は、自分の名前でだけ足せます。足したものは変わりません。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.noted_at := app.now();
  IF EXISTS (SELECT FROM public.household h WHERE h.id = NEW.household_id AND h.state = 'closed') THEN
    PERFORM app.refuse('BS403', '廃止した世帯には記録できません。');
  END IF;
  IF NOT app.is_member(NEW.household_id, NEW.person_id, app.today()) THEN
    PERFORM app.refuse('BS422', 'いまこの世帯にいる人を選んでください。', 'person_id');
  END IF;
  IF NEW.since > app.today() THEN
    PERFORM app.refuse('BS422', '日付は今日までにしてください。', 'since');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_participation_mark_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.participation_mark m WHERE m.id = NEW.mark_id
       AND m.household_id = NEW.household_id AND m.noted_by = app.me() AND m.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.reason, 'reason', '理由を入力してください。');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.participation_mark_has_reason() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_maintenance() AND NOT EXISTS (SELECT FROM public.participation_mark_text t WHERE t.mark_id = NEW.id) THEN
    PERFORM app.refuse('BS422', '理由を入力してください。', 'reason');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_reason AFTER INSERT ON public.participation_mark DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.participation_mark_has_reason();
