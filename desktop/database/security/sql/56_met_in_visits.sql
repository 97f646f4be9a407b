-- Who was met, as far as the radar may know without a ticket: ids of persons and households, never a label or a text.
-- For those who supervise, of the households whose facts are theirs. The same in `database/met_in_visits.py`.

CREATE FUNCTION app.children_seen(p_office uuid, p_since date, p_born_after date) RETURNS SETOF uuid LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_wide boolean; v_districts uuid[];
BEGIN
  IF p_office <> ALL (app.offices_with('see_supervision')) THEN RETURN; END IF;
  v_wide := p_office = ANY (app.wide_offices());
  v_districts := app.duty_districts();
  RETURN QUERY SELECT DISTINCT m.person_id
     FROM public.contact c
     JOIN public.entry e ON e.contact_id = c.id AND e.household_id = c.household_id AND e.state <> 'draft' AND NOT e.is_annulled
     JOIN public.contact_met m ON m.contact_id = c.id
     JOIN public.person p ON p.id = m.person_id AND p.birth_date > p_born_after
     JOIN public.household h ON h.id = c.household_id
    WHERE c.office_id = p_office AND c.happened_on > p_since AND c.method IN ('visit', 'office')
      AND (v_wide OR h.district_id = ANY (v_districts));
END $$;

CREATE FUNCTION app.spoken_to_in_institutions(p_office uuid, p_since date) RETURNS SETOF uuid LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_wide boolean; v_districts uuid[];
BEGIN
  IF p_office <> ALL (app.offices_with('see_supervision')) THEN RETURN; END IF;
  v_wide := p_office = ANY (app.wide_offices());
  v_districts := app.duty_districts();
  RETURN QUERY SELECT DISTINCT c.household_id
     FROM public.contact c
     JOIN public.entry e ON e.contact_id = c.id AND e.household_id = c.household_id AND e.state <> 'draft' AND NOT e.is_annulled
     JOIN public.contact_met m ON m.contact_id = c.id AND m.person_id IS NULL
     JOIN public.household h ON h.id = c.household_id
    WHERE c.office_id = p_office AND c.happened_on > p_since AND c.place IN ('hospital', 'facility')
      AND (v_wide OR h.district_id = ANY (v_districts));
END $$;
