-- PostgreSQL's own roles of people. Owned by banso_accounts (CREATEROLE, no login, no right on any table) and
-- called by functions of banso_function alone, which judge who asks. Staff have no CREATEROLE: on PostgreSQL 15
-- it would give them every group of the server. So each function here judges the login again: its form, and that
-- it is nobody yet or a person of the staff without any power of its own.
-- PostgreSQL 16 and later: CREATEROLE reaches only roles on which banso_accounts has ADMIN, and a membership is
-- taken back only by whoever gave it. People made here are in reach; `reach.py` brings our groups, and people who came
-- from an older server or were made by hand. Until then they are refused in a sentence: REVOKE would only warn.

CREATE FUNCTION app.role_exists(p_login text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE r pg_catalog.pg_roles;
BEGIN
  IF p_login IS NULL OR p_login !~ '^[a-z][a-z0-9._-]{1,31}$' OR p_login ~ '^(banso|pg_|postgres$|public$|none$|root$)' THEN
    PERFORM app.refuse('BS422', '利用者名は英小文字で始め、英小文字・数字・「.」「_」「-」で2〜32字にしてください（banso と pg_ で始まる名前は使えません）。', 'login');
  END IF;
  SELECT * INTO r FROM pg_catalog.pg_roles x WHERE x.rolname = p_login;
  IF r.rolname IS NULL THEN RETURN false; END IF;
  IF r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls
     OR NOT pg_has_role(r.oid, 'banso_staff', 'MEMBER')
     OR EXISTS (SELECT FROM pg_catalog.pg_roles g
                 WHERE g.oid <> r.oid AND pg_has_role(r.oid, g.oid, 'MEMBER')
                   AND (g.rolname ~ '^pg_' OR g.rolsuper OR g.rolcreaterole OR g.rolbypassrls
                        OR g.rolname IN ('banso_owner', 'banso_function', 'banso_audit', 'banso_accounts'))) THEN
    PERFORM app.refuse('BS403', 'この利用者名は職員のものではないため、操作できません。', 'login');
  END IF;
  RETURN true;
END $$;

-- A new person's login, without a password: nobody gets in before one is given. Five connections are enough for two
-- windows and a command; a person who opens hundreds does not keep the others out.
CREATE FUNCTION app.role_make(p_login text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF app.role_exists(p_login) THEN
    PERFORM app.refuse('BS409', 'この利用者名はサーバーにすでにあります。別の名前にしてください。', 'login');
  END IF;
  -- PostgreSQL 16: by this setting whoever asks would make banso_accounts a full member of the new role.
  IF current_setting('createrole_self_grant', true) <> '' THEN
    PERFORM set_config('createrole_self_grant', '', true);
  END IF;
  EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 5 IN ROLE banso_staff', p_login);
END $$;

-- Refuses a login that PostgreSQL 16 would let banso_accounts change by halves or not at all.
CREATE FUNCTION app.role_reach(p_login text) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF current_setting('server_version_num')::integer >= 160000 AND NOT EXISTS (
       SELECT FROM pg_catalog.pg_auth_members a
        WHERE a.roleid = to_regrole(quote_ident(p_login)) AND a.member = 'banso_accounts'::regrole AND a.admin_option) THEN
    PERFORM app.refuse('BS409', 'この利用者名はサーバーで直接作られたため、ここからは変えられません。サーバーの管理者に server upgrade の実行を頼んでください。', 'login');
  END IF;
END $$;

-- Out of one group. A membership that somebody else gave would stay behind with a mere warning.
CREATE FUNCTION app.role_leave(p_login text, p_group text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('REVOKE %I FROM %I', p_group, p_login);
  IF EXISTS (SELECT FROM pg_catalog.pg_auth_members a
              WHERE a.roleid = to_regrole(quote_ident(p_group)) AND a.member = to_regrole(quote_ident(p_login))) THEN
    PERFORM app.refuse('BS409', 'この職員の職務の組はサーバーで直接加えられたため、ここからは外せません。サーバーの管理者に server upgrade の実行を頼んでください。', 'login');
  END IF;
END $$;

-- Exactly these groups, besides banso_staff.
CREATE FUNCTION app.role_groups(p_login text, p_groups text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE v_group text;
BEGIN
  IF NOT app.role_exists(p_login) THEN RETURN; END IF;
  PERFORM app.role_reach(p_login);
  FOREACH v_group IN ARRAY p_groups LOOP
    IF v_group !~ '^banso_[a-z_]+$' OR NOT EXISTS (
         SELECT FROM pg_catalog.pg_roles g WHERE g.rolname = v_group AND NOT g.rolcanlogin AND NOT g.rolcreaterole
            AND v_group <> 'banso_staff' AND pg_has_role(g.oid, 'banso_staff', 'MEMBER')) THEN
      PERFORM app.refuse('BS403', '職務の組ではないため、加えられません。');
    END IF;
    IF NOT pg_has_role(p_login, v_group, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO %I', v_group, p_login);
    END IF;
  END LOOP;
  FOR v_group IN
    SELECT g.rolname FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
      JOIN pg_catalog.pg_roles r ON r.oid = m.member
     WHERE r.rolname = p_login AND g.rolname ~ '^banso_' AND g.rolname <> 'banso_staff' AND g.rolname <> ALL (p_groups)
  LOOP
    PERFORM app.role_leave(p_login, v_group);
  END LOOP;
END $$;

-- Only a SCRAM verifier that the client computed: no clear password ever reaches the server or its logs.
CREATE FUNCTION app.role_password(p_login text, p_verifier text, p_until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_verifier IS NULL
     OR p_verifier !~ '^SCRAM-SHA-256\$(409[6-9]|4[1-9][0-9]{2}|[5-9][0-9]{3}|[1-9][0-9]{4,5}):[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$' THEN
    PERFORM app.refuse('BS422', 'パスワードの形式が正しくありません。プログラムから操作してください。', 'password');
  END IF;
  IF NOT app.role_exists(p_login) THEN
    PERFORM app.refuse('BS409', 'この職員はまだデータベースに接続できません。登録が承認されているか確認してください。');
  END IF;
  PERFORM app.role_reach(p_login);
  EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L VALID UNTIL %L', p_login, p_verifier,
                 coalesce(p_until::text, 'infinity'));
END $$;

-- No login, no password, no group, no open connection. The person's backends end at once; what a connection
-- could still ask before that sees nothing, as the row in `staff` has ended.
CREATE FUNCTION app.role_close(p_login text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT app.role_exists(p_login) THEN RETURN; END IF;
  PERFORM app.role_groups(p_login, '{}');
  EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', p_login);
  PERFORM app.role_leave(p_login, 'banso_staff');
  PERFORM pg_terminate_backend(a.pid) FROM pg_catalog.pg_stat_activity a
    WHERE a.usename = p_login AND a.pid <> pg_backend_pid();
END $$;
