-- What somebody says to taking part in a programme (事業参加), and to a partner being told what (情報共有): rows that are only added, of each
-- matter the newest counts. It ends nothing. Taking back is possible at any time, also after taking part ended.

-- The newest answer in one matter; for taking part ('') the consent with which it began, where nothing was said since.
CREATE FUNCTION app.part_consent(p_participation uuid, p_partner text, OUT move text, OUT said_on date) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  SELECT c.move, c.said_on INTO move, said_on FROM public.participation_consent c
   WHERE c.participation_id = p_participation AND c.partner = p_partner ORDER BY c.said_on DESC, c.noted_at DESC, c.id DESC LIMIT 1;
  IF move IS NULL AND p_partner = '' THEN
    SELECT 'given', p.consent_on INTO move, said_on FROM public.participation p WHERE p.id = p_participation AND p.consent_on IS NOT NULL;
  END IF;
END $$;

CREATE FUNCTION app.guard_participation_consent() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE p public.participation; v_before record;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO p FROM public.participation x WHERE x.id = NEW.participation_id AND x.household_id = NEW.household_id;
  IF TG_OP <> 'INSERT' OR NOT app.may('write_records') OR NEW.noted_by IS DISTINCT FROM app.me() OR p.id IS NULL
     OR NEW.household_id <> ALL (app.opened()) THEN
    PERFORM app.refuse('BS403', '同意を記録できるのは、担当する世帯の事業参加に、自分の名前でだけです。');
  END IF;
  PERFORM FROM public.household h WHERE h.id = NEW.household_id FOR NO KEY UPDATE;
  NEW.office_id := p.office_id;
  NEW.noted_at := app.now();
  IF NEW.move <> 'taken_back' AND EXISTS (SELECT FROM public.participation x WHERE x.id = p.id AND x.ended_on IS NOT NULL) THEN
    PERFORM app.refuse('BS409', 'この参加は終了しています。終了のあとに記録できるのは、同意の撤回だけです。');
  END IF;
  IF NEW.said_on > app.today() THEN
    PERFORM app.refuse('BS422', '同意などの日は今日までの日付にしてください。', 'said_on');
  END IF;
  SELECT * INTO v_before FROM app.part_consent(p.id, NEW.partner);
  IF NEW.said_on < v_before.said_on THEN
    PERFORM app.refuse('BS422', '前の答えの日からあとの日付にしてください。', 'said_on');
  END IF;
  IF NEW.move = 'taken_back' AND v_before.move IS DISTINCT FROM 'given' THEN
    PERFORM app.refuse('BS422', '撤回できるのは、いま同意しているときだけです。', 'move');
  END IF;
  IF NEW.partner <> '' AND NEW.move <> 'taken_back' AND app.master_value(p.office_id, 'partners', NEW.partner) IS NULL THEN
    PERFORM app.refuse('BS422', 'この連携先はいまの設定値にありません。一覧から選んでください。', 'partner');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_participation_consent_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (SELECT FROM public.participation_consent c WHERE c.id = NEW.consent_id
       AND c.household_id = NEW.household_id AND c.noted_by = app.me() AND c.partner <> '' AND c.move = 'given'
       AND c.xmin = pg_current_xact_id()::xid) THEN
    PERFORM app.refuse('BS403', '同じ保存の、情報共有への同意にだけ足せます。');
  END IF;
  PERFORM app.need_word(NEW.shared, 'shared', '共有する情報を入力してください。');
  NEW.office_id := app.office_of(NEW.household_id);
  RETURN NEW;
END $$;

CREATE FUNCTION app.participation_consent_says_what() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.is_maintenance() AND NEW.partner <> '' AND NEW.move = 'given'
     AND NOT EXISTS (SELECT FROM public.participation_consent_text t WHERE t.consent_id = NEW.id) THEN
    PERFORM app.refuse('BS422', '共有する情報を入力してください。', 'shared');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_shared AFTER INSERT ON public.participation_consent DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.participation_consent_says_what();

-- Whether the person's newest answer to the partner of a request (支援要請) being told is no, said on or after the day of the request's own consent.
CREATE FUNCTION app.is_sharing_refused(p_referral uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce((SELECT c.move <> 'given' AND c.said_on >= r.consent_on
     FROM public.referral r JOIN public.participation p ON p.person_id = r.person_id AND p.household_id = r.household_id
     JOIN public.participation_consent c ON c.participation_id = p.id AND c.partner = r.partner
    WHERE r.id = p_referral ORDER BY c.said_on DESC, c.noted_at DESC, c.id DESC LIMIT 1), false) $$;
