-- Tells the other desks that plans of visits, to-dos or judgement on support are not what they were: a channel without content, nothing to be learnt.
-- A statement that touched no row tells as well: whoever hears only looks.
CREATE FUNCTION app.tell_desks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_notify(TG_ARGV[0], '');
  RETURN NULL;
END $$;

CREATE TRIGGER y_tell AFTER INSERT OR UPDATE ON public.visit_plan FOR EACH STATEMENT EXECUTE FUNCTION app.tell_desks('banso_plans');
CREATE TRIGGER y_tell AFTER INSERT ON public.visit_deviation FOR EACH STATEMENT EXECUTE FUNCTION app.tell_desks('banso_plans');
CREATE TRIGGER y_tell AFTER INSERT ON public.planned_visit_point FOR EACH STATEMENT EXECUTE FUNCTION app.tell_desks('banso_plans');
CREATE TRIGGER y_tell AFTER INSERT OR UPDATE ON public.todo FOR EACH STATEMENT EXECUTE FUNCTION app.tell_desks('banso_todos');
CREATE TRIGGER y_tell AFTER INSERT OR UPDATE ON public.telephone_memo FOR EACH STATEMENT EXECUTE FUNCTION app.tell_desks('banso_todos');
CREATE TRIGGER y_tell AFTER INSERT ON public.assessment FOR EACH STATEMENT EXECUTE FUNCTION app.tell_desks('banso_groups');
CREATE TRIGGER y_tell AFTER INSERT ON public.support_hold_lift FOR EACH STATEMENT EXECUTE FUNCTION app.tell_desks('banso_groups');
CREATE TRIGGER y_tell AFTER INSERT ON public.support_group_decision FOR EACH STATEMENT EXECUTE FUNCTION app.tell_desks('banso_groups');
CREATE TRIGGER y_tell AFTER INSERT ON public.conference_matter FOR EACH STATEMENT EXECUTE FUNCTION app.tell_desks('banso_groups');
CREATE TRIGGER y_tell AFTER INSERT OR UPDATE ON public.case_conference FOR EACH STATEMENT EXECUTE FUNCTION app.tell_desks('banso_groups');
