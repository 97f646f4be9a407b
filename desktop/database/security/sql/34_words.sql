-- An explanation and an answer (見直し不要) are nothing without their words: at the end of the transaction they are there.
CREATE FUNCTION app.came_with_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NULL; END IF;
  IF TG_TABLE_NAME = 'policy_explanation' THEN
    PERFORM FROM public.policy_explanation_text t WHERE t.explanation_id = NEW.id;
  ELSE
    PERFORM FROM public.policy_no_review_text t WHERE t.no_review_id = NEW.id;
  END IF;
  IF NOT FOUND THEN
    PERFORM app.refuse('BS422', '説明の相手、または出来事と理由を入力してください。');
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.policy_explanation DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.came_with_words();
CREATE CONSTRAINT TRIGGER d_words AFTER INSERT ON public.policy_no_review DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.came_with_words();

-- What the words of an explanation or an answer must say, by the field.
CREATE FUNCTION app.need_word(p_text text, p_field text, p_sentence text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.trimmed(p_text) = '' AND p_sentence <> '' THEN PERFORM app.refuse('BS422', p_sentence, p_field); END IF;
  IF char_length(p_text) > 10000 THEN
    PERFORM app.refuse('BS422', '文字が多すぎます。短くしてください。', p_field);
  END IF;
END $$;
