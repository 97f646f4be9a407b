-- Sign-ins as the program tells them: the account of the operating system and the workstation stand beside the login
-- in the trail. They are the workstation's word, no proof; who acts is session_user, always.

-- The last sign-in of each login under each account name, to know the accounts that several people use.
CREATE TABLE IF NOT EXISTS audit.signed_in (
  account text NOT NULL,
  login text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (account, login)
);

-- Notes a sign-in; true where another login signed in under an account of that name within 90 days, or none is told.
CREATE OR REPLACE FUNCTION audit.note_sign_in(p_account text, p_workstation text, p_office uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account text := lower(left(btrim(coalesce(p_account, '')), 120));
  v_now timestamptz := clock_timestamp();
BEGIN
  PERFORM audit.put('sign in', 'session', pg_backend_pid()::text, NULL, p_office, jsonb_build_object(
    'account', left(coalesce(p_account, ''), 120), 'workstation', left(coalesce(p_workstation, ''), 120)));
  IF v_account = '' THEN RETURN true; END IF;
  INSERT INTO audit.signed_in VALUES (v_account, session_user::text, v_now)
  ON CONFLICT (account, login) DO UPDATE SET at = v_now;
  RETURN EXISTS (SELECT FROM audit.signed_in s
                  WHERE s.account = v_account AND s.login <> session_user::text AND s.at > v_now - interval '90 days');
END $$;

CREATE FUNCTION app.note_sign_in(p_account text, p_workstation text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.me() IS NULL THEN PERFORM app.refuse('BS403', '職員として登録されていません。管理者に確認してください。'); END IF;
  RETURN audit.note_sign_in(p_account, p_workstation, (app.my_offices())[1]);
END $$;
