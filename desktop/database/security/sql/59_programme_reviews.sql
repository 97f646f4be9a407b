-- Reviews of programmes (事業の見直し) and the promotion plan (就労支援促進計画): rows are only added. They name nobody.
-- And what key figures may know of decided groups without a ticket.

CREATE FUNCTION app.guard_programme_review() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NEW.made_by IS DISTINCT FROM app.me() OR NEW.office_id <> ALL (app.offices_with('see_supervision')) THEN
    PERFORM app.refuse('BS403', '事業の見直しを書けるのは、査察指導の職務の人が自分の名前でだけです。');
  END IF;
  NEW.made_at := app.now();
  IF app.master_value(NEW.office_id, 'programmes', NEW.programme) IS NULL THEN
    PERFORM app.refuse('BS422', '支援事業を一覧から選んでください。', 'programme');
  END IF;
  PERFORM app.need_word(NEW.reason, 'reason', '続ける・見直す・やめる理由を入力してください。');
  PERFORM app.need_word(NEW.remarks, 'remarks', '');
  PERFORM app.need_word(NEW.outcomes, 'outcomes', '');
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_programme_review_approval() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE r public.programme_review;
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  SELECT * INTO r FROM public.programme_review x WHERE x.id = NEW.review_id AND x.office_id = ANY (app.offices_with('decide_approvals'));
  IF TG_OP <> 'INSERT' OR r.id IS NULL OR NEW.approved_by IS DISTINCT FROM app.me() OR r.made_by = app.me() THEN
    PERFORM app.refuse('BS403', '事業の見直しを承認できるのは、書いた本人ではない、決裁する職の人が自分の名前でだけです。');
  END IF;
  IF EXISTS (SELECT FROM public.programme_review n WHERE n.office_id = r.office_id AND n.programme = r.programme
              AND n.fiscal_year = r.fiscal_year AND (n.made_at, n.id) > (r.made_at, r.id)) THEN
    PERFORM app.refuse('BS409', '新しい見直しがあります。読み直してから承認してください。');
  END IF;
  NEW.office_id := r.office_id;
  NEW.approved_at := app.now();
  RETURN NEW;
END $$;

CREATE FUNCTION app.guard_promotion_plan() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.is_maintenance() THEN RETURN NEW; END IF;
  IF TG_OP <> 'INSERT' OR NEW.made_by IS DISTINCT FROM app.me() OR NEW.office_id <> ALL (app.offices_with('see_supervision')) THEN
    PERFORM app.refuse('BS403', '就労支援促進計画を書けるのは、査察指導の職務の人が自分の名前でだけです。');
  END IF;
  NEW.made_at := app.now();
  PERFORM app.need_word(NEW.remarks, 'remarks', '');
  RETURN NEW;
END $$;

-- Of each decided group: whether its answers are the same as another's (a key that means nothing and is another one each time), and
-- whether a medical opinion stood behind it and was new enough (months; `p_unlikely_months` where work is not to be expected).
-- For those who supervise, of the households whose facts are theirs. The same in `database/judged_facts.py`.
CREATE FUNCTION app.judged_facts(p_office uuid, p_months integer, p_unlikely_months integer)
RETURNS TABLE (decision_id uuid, facts_key text, evidence text) LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_wide boolean;
  v_districts uuid[];
  v_salt text := gen_random_uuid()::text;
BEGIN
  IF p_office <> ALL (app.offices_with('see_supervision')) THEN RETURN; END IF;
  v_wide := p_office = ANY (app.wide_offices());
  v_districts := app.duty_districts();
  RETURN QUERY SELECT d.id,
       md5(concat_ws('|', v_salt, a.scope, a.asks_anyway, a.work, a.health, a.barriers, a.motivation, a.drive)),
       CASE WHEN a.health_on IS NULL OR coalesce(a.health_source, 'person') = 'person' THEN 'none'
            WHEN a.health_on >= (d.effective_from - make_interval(months => CASE WHEN a.health = 'A4' THEN p_unlikely_months ELSE p_months END))::date
            THEN 'fresh' ELSE 'old' END
     FROM public.support_group_decision d
     JOIN public.assessment_answers a ON a.assessment_id = d.assessment_id
     JOIN public.household h ON h.id = d.household_id
    WHERE d.office_id = p_office AND (v_wide OR h.district_id = ANY (v_districts));
END $$;
