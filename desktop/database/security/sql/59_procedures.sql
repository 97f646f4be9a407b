-- Procedures that the law asks the office for (手続). Rows are only added; nothing is decided by any of them.
-- The words and the fields of each kind are those of desktop/domain/procedures.py (PROCEDURE_SHAPE).

-- Whether a kind has a field; begun_on and the note belong to every kind.
CREATE FUNCTION app.procedure_has(p_kind text, p_field text) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM (VALUES
    ('tax_survey', '{year,yen,confirmed_on,ended_on}'::text[]),
    ('pension', '{choice,who}'),
    ('application', '{choice,confirmed_on,ended_on}'),
    ('kin', '{choice,confirmed_on,ended_on,who}'),
    ('duty', '{confirmed_on,who}'),
    ('kept', '{choice,ended_on,who}'),
    ('withdrawal', '{choice,confirmed_on,who}'),
    ('return', '{choice,confirmed_on,ended_on,yen}')) AS k (kind, fields)
    WHERE k.kind = p_kind AND p_field = ANY (k.fields))
$$;

CREATE FUNCTION app.guard_procedure_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  o public.procedure_record;
  v_each record;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_writer(TG_OP, NEW.made_by, NEW.household_id, '手続');
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.made_at := app.now();
  IF NEW.person_id IS NOT NULL THEN
    PERFORM app.need_person_of(NEW.household_id, NEW.person_id);
  ELSIF NEW.kind = 'pension' THEN
    PERFORM app.refuse('BS422', 'だれのことかを選んでください。', 'person_id');
  END IF;
  FOR v_each IN SELECT t.field, t.is_given FROM (VALUES ('confirmed_on', NEW.confirmed_on IS NOT NULL),
      ('ended_on', NEW.ended_on IS NOT NULL), ('year', NEW.year IS NOT NULL), ('yen', NEW.yen IS NOT NULL),
      ('choice', NEW.choice <> '')) AS t (field, is_given)
  LOOP
    IF v_each.is_given AND NOT app.procedure_has(NEW.kind, v_each.field) THEN
      PERFORM app.refuse('BS422', 'この手続にこの項目はありません。空けてください。', v_each.field);
    END IF;
  END LOOP;
  IF greatest(NEW.begun_on, NEW.confirmed_on, NEW.ended_on) > app.today() THEN
    PERFORM app.refuse('BS422', '今日までの日付にしてください。', 'begun_on');
  END IF;
  IF NEW.year NOT BETWEEN 1989 AND extract(year FROM app.today()) THEN
    PERFORM app.refuse('BS422', '調査の年は、今年までの年にしてください。', 'year');
  END IF;
  IF NEW.choice = '' AND NEW.kind IN ('pension', 'kept') THEN
    PERFORM app.refuse('BS422', '一覧から選んでください。', 'choice');
  END IF;
  IF NEW.choice <> ''
     AND app.master_value(NEW.office_id, 'procedure_choices', NEW.choice) ->> 'procedure' IS DISTINCT FROM NEW.kind
     -- What goes on keeps a choice that the office no longer offers.
     AND NOT EXISTS (SELECT FROM public.procedure_record x WHERE x.id = NEW.replaces_id AND x.choice = NEW.choice) THEN
    PERFORM app.refuse('BS422', '一覧から選んでください。', 'choice');
  END IF;
  IF NEW.replaces_id IS NULL THEN RETURN NEW; END IF;
  SELECT * INTO o FROM public.procedure_record x
   WHERE x.id = NEW.replaces_id AND x.household_id = NEW.household_id AND NOT x.is_void;
  IF o.id IS NULL THEN
    PERFORM app.refuse('BS403', '訂正する手続は見つからないか、取り消されています。');
  END IF;
  IF NEW.kind <> o.kind OR NEW.person_id IS DISTINCT FROM o.person_id THEN
    PERFORM app.refuse('BS403', '書き足し・訂正をしても、手続の種類と対象の人は変わりません。');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_procedure_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_kind text;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT p.kind INTO v_kind FROM public.procedure_record p WHERE p.id = NEW.procedure_id
     AND p.household_id = NEW.household_id AND p.made_by = app.me() AND p.xmin = pg_current_xact_id()::xid;
  IF TG_OP <> 'INSERT' OR v_kind IS NULL THEN
    PERFORM app.refuse('BS403', '同じ保存の手続にだけ足せます。');
  END IF;
  IF app.trimmed(NEW.who) <> '' AND NOT app.procedure_has(v_kind, 'who') THEN
    PERFORM app.refuse('BS422', 'この手続にこの項目はありません。空けてください。', 'who');
  END IF;
  PERFORM app.need_word(NEW.who, 'who', '');
  PERFORM app.need_word(NEW.note, 'note', '');
  PERFORM app.need_word(NEW.reason, 'reason', '');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

-- Kin are named, and nothing that was known becomes another thing without a reason.
CREATE FUNCTION app.procedure_came_with_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  t public.procedure_text;
  o public.procedure_record;
  w public.procedure_text;
BEGIN
  IF app.is_maintenance() THEN RETURN NULL; END IF;
  SELECT * INTO t FROM public.procedure_text x WHERE x.procedure_id = NEW.id;
  IF NEW.kind = 'kin' AND app.trimmed(coalesce(t.who, '')) = '' THEN
    PERFORM app.refuse('BS422', 'どの親族かを入力してください。', 'who');
  END IF;
  IF NEW.replaces_id IS NULL OR app.trimmed(coalesce(t.reason, '')) <> '' THEN RETURN NULL; END IF;
  SELECT * INTO o FROM public.procedure_record x WHERE x.id = NEW.replaces_id;
  SELECT * INTO w FROM public.procedure_text x WHERE x.procedure_id = NEW.replaces_id;
  IF NEW.is_void OR o.begun_on <> NEW.begun_on
     OR (o.confirmed_on IS NOT NULL AND o.confirmed_on IS DISTINCT FROM NEW.confirmed_on)
     OR (o.ended_on IS NOT NULL AND o.ended_on IS DISTINCT FROM NEW.ended_on)
     OR (o.year IS NOT NULL AND o.year IS DISTINCT FROM NEW.year)
     OR (o.yen IS NOT NULL AND o.yen IS DISTINCT FROM NEW.yen)
     OR (o.choice <> '' AND o.choice <> NEW.choice)
     OR (coalesce(w.who, '') <> '' AND w.who IS DISTINCT FROM t.who)
     OR (coalesce(w.note, '') <> '' AND w.note IS DISTINCT FROM t.note) THEN
    PERFORM app.refuse('BS422', '記録してあったことを変えるときは、訂正・取消の理由を入力してください。', 'reason');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.procedure_record DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.procedure_came_with_words();
