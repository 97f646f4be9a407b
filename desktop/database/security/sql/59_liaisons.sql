-- Whom to ring about a household (関係先). Versions are only added; the newest counts, and one with a bar is rung by nobody.
-- The rules are those of desktop/domain/liaisons.py (liaison_errors).

CREATE FUNCTION app.guard_liaison() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE o public.liaison;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM app.need_writer(TG_OP, NEW.made_by, NEW.household_id, '関係先');
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.made_at := app.now();
  IF NEW.person_id IS NOT NULL THEN
    PERFORM app.need_person_of(NEW.household_id, NEW.person_id);
  END IF;
  PERFORM app.need_word(NEW.name, 'name', '氏名か名称を入力してください。');
  PERFORM app.need_word(NEW.note, 'note', '');
  PERFORM app.need_word(NEW.reason, 'reason', '');
  IF char_length(NEW.name) > 40 THEN
    PERFORM app.refuse('BS422', '40文字までにしてください。続きは備考に書きます。', 'name');
  END IF;
  IF char_length(NEW.whom) > 60 OR char_length(NEW.hours) > 60 THEN
    PERFORM app.refuse('BS422', '60文字までにしてください。続きは備考に書きます。',
      CASE WHEN char_length(NEW.whom) > 60 THEN 'whom' ELSE 'hours' END);
  END IF;
  IF NEW.telephone !~ '^(0(-?[0-9]){9,10})?$' THEN
    PERFORM app.refuse('BS422', '0から始まる10桁か11桁の電話番号を入力してください。', 'telephone');
  END IF;
  IF NEW.bar = 'other' AND app.trimmed(NEW.note) = '' THEN
    PERFORM app.refuse('BS422', '連絡しない理由を備考に書いてください。', 'note');
  END IF;
  IF NEW.version = 1 THEN RETURN NEW; END IF;
  SELECT * INTO o FROM public.liaison x
   WHERE x.liaison_id = NEW.liaison_id AND x.household_id = NEW.household_id ORDER BY x.version DESC LIMIT 1;
  IF o.id IS NULL THEN
    PERFORM app.refuse('BS403', 'この関係先は見つからないか、この世帯のものではありません。');
  END IF;
  IF NEW.version <> o.version + 1 THEN
    PERFORM app.refuse('BS409', 'この関係先は、ほかの人がすでに書き直しています。一覧を読み直してください。');
  END IF;
  IF o.bar IS NOT NULL AND app.trimmed(NEW.reason) = ''
     AND (NEW.bar IS NULL OR NEW.valid_from > o.valid_from
          OR coalesce(NEW.valid_to, 'infinity') < coalesce(o.valid_to, 'infinity')) THEN
    PERFORM app.refuse('BS422', '「連絡しない」を解く・終える理由を入力してください。', 'reason');
  END IF;
  RETURN NEW;
END $$;
