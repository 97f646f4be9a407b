-- Passwords: given anew by an administrator for a short time, changed by the person; never seen by the server.
-- The length of a password cannot be judged here (only its verifier arrives): the program does.

CREATE FUNCTION app.reset_password(p_id uuid, p_login text, p_verifier text) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE s public.staff; v_hours numeric; v_until timestamptz;
BEGIN
  IF NOT app.may('manage_accounts') THEN
    PERFORM app.refuse('BS403', 'パスワードを再発行できるのはシステム管理者です。');
  END IF;
  s := app.staff_named((app.my_offices())[1], p_login);
  IF s.id = app.me() THEN PERFORM app.refuse('BS403', '自分のパスワードは「パスワードの変更」で変えてください。'); END IF;
  v_hours := (app.master_value(s.office_id, 'thresholds', 'password_hours') ->> 'number')::numeric;
  -- The server compares VALID UNTIL with its own clock.
  v_until := clock_timestamp() + make_interval(hours => least(greatest(coalesce(v_hours, 24), 1), 72)::integer);
  INSERT INTO public.password_reset (id, office_id, staff_id, by_id, at, valid_until)
  VALUES (p_id, s.office_id, s.id, app.me(), app.now(), v_until);
  PERFORM audit.put('password reset', 'staff', s.id::text, NULL, s.office_id,
                    jsonb_build_object('login', s.login, 'valid_until', v_until));
  PERFORM app.role_password(s.login, p_verifier, v_until);
  RETURN v_until;
END $$;

CREATE FUNCTION app.change_own_password(p_verifier text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_me uuid := app.me();
BEGIN
  IF v_me IS NULL THEN PERFORM app.refuse('BS403', '職員として登録されていません。管理者に確認してください。'); END IF;
  PERFORM audit.put('password change', 'staff', v_me::text, NULL, (app.my_offices())[1],
                    jsonb_build_object('login', session_user::text));
  PERFORM app.role_password(session_user::text, p_verifier, NULL);
END $$;

-- Resets of the last 14 days: one's own, and for the heads all of the office. Nobody can make one vanish.
CREATE FUNCTION app.password_news() RETURNS TABLE (staff_id uuid, person text, by_name text, at timestamptz,
                                                   valid_until timestamptz, is_own boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT r.staff_id, s.name, b.name, r.at, r.valid_until, r.staff_id = app.me()
     FROM public.password_reset r JOIN public.staff s ON s.id = r.staff_id JOIN public.staff b ON b.id = r.by_id
    WHERE r.at > app.now() - interval '14 days' AND r.office_id = ANY (app.my_offices())
      AND (r.staff_id = app.me() OR app.my_roles() && '{section_head,director}')
    ORDER BY r.at DESC $$;

-- For the daily report: resets of one day.
CREATE FUNCTION app.password_resets_on(p_day date) RETURNS TABLE (person text, login text, by_name text, by_login text,
                                                                at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT s.name, s.login, b.name, b.login, r.at
     FROM public.password_reset r JOIN public.staff s ON s.id = r.staff_id JOIN public.staff b ON b.id = r.by_id
    WHERE (r.at AT TIME ZONE 'Asia/Tokyo')::date = p_day
      AND (app.is_maintenance() OR r.office_id = ANY (app.offices_with('approve_accounts'))
           OR r.office_id = ANY (app.offices_with('see_audit')))
    ORDER BY r.at $$;

-- How long an own password must be; the office's rule, else the shipped one.
CREATE FUNCTION app.password_length() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce((app.master_value((app.my_offices())[1], 'thresholds', 'password_characters') ->> 'number')::numeric, 12)::integer $$;
