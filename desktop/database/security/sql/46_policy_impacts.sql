-- What an entry means for the support policy (援助方針への影響): whoever hands in a record answers for its version.

-- The writer answers, for the version that lies with him now. After taking a submission back he may answer anew.
CREATE FUNCTION app.guard_policy_impact() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  PERFORM FROM public.entry e
    WHERE e.id = NEW.entry_id AND e.household_id = NEW.household_id AND e.version = NEW.version
      AND e.state IN ('draft', 'returned') AND coalesce(e.changed_by, e.author_id) = app.me() FOR SHARE;
  IF NOT FOUND OR NOT app.may('write_records') OR NEW.answered_by IS DISTINCT FROM app.me() THEN
    PERFORM app.refuse('BS403', '援助方針への影響は、記録を書いている本人が、提出する版について答えます。');
  END IF;
  NEW.office_id := app.office_of(NEW.household_id);
  NEW.answered_at := app.now();
  RETURN NEW;
END $$;

-- Nothing is handed in without the answer; an annulment says nothing about the household and needs none.
CREATE FUNCTION app.needs_impact(p_entry uuid, p_version integer, p_change text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_change <> 'annulment' AND NOT EXISTS (SELECT FROM public.policy_impact i
      WHERE i.entry_id = p_entry AND i.version = p_version AND i.answered_by = app.me()) THEN
    PERFORM app.refuse('BS422', '援助方針への影響（なし・あり）に答えてから提出してください。', 'impact');
  END IF;
END $$;
