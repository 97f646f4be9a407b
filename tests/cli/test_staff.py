"""`banso-admin staff` and `rights`, as real people of an office on PostgreSQL."""

from __future__ import annotations

import json

import psycopg
import pytest

from desktop.cli.main import main
from desktop.domain.roles import Role
from desktop.models import Base
from tests.reports.reading import page_texts
from tests.services.accounts.conftest import Office, database_url, new_login, office
from tests.support.people import PASSWORD

__all__ = ["database_url", "office"]


@pytest.fixture
def run(office: Office, monkeypatch, capsys):
    monkeypatch.setenv("BANSO_PASSWORD", PASSWORD)

    def run(who, *words: str) -> tuple[int, str, str]:
        url = office.work.engine.url.set(drivername="postgresql", username=who.login)
        status = main(
            ["staff", *words, "--database", url._replace(password=None).render_as_string()]
        )
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def number(said: str) -> str:
    return said.split(maxsplit=1)[0]


def test_a_person_is_added_approved_given_a_password_and_retired(office, run):
    login = new_login()
    words = ("add", login, "--name", "新任 見本", "--kana", "シンニン", "--role", "caseworker")
    status, said, error = run(office.administrator, *words, "--district", office.vacant)
    assert (status, error) == (0, "")
    asked = number(said)
    status, _, error = run(office.administrator, "approve", asked)
    assert (status, "申請した本人" in error) == (1, True)
    assert run(office.head, "approve", asked)[0] == 0
    given = run(office.administrator, "password", login)[1].split("\t")[1]
    office.connect(login, given).close()
    held = json.loads(run(office.head, "list", "--json")[1])
    (row,) = [person for person in held["staff"] if person["login"] == login]
    assert row["roles"][0]["role"] == "caseworker"
    assert row["districts"][0]["district"] == office.vacant
    assert run(office.administrator, "retire", login)[0] == 0
    with pytest.raises(psycopg.OperationalError):
        office.connect(login, given)


def test_roles_districts_and_stand_ins_are_asked_for_and_refused(office, run):
    who, login = office.administrator, office.caseworker.login
    numbers = [
        number(run(who, *words)[1])
        for words in (
            ("role", login, "auditor"),
            ("role", login, "caseworker", "--end", "2099-03-31"),
            ("assign", login, "--district", office.vacant, "--kind", "deputy"),
            ("assign", login, "--district", office.district, "--end", "2099-03-31"),
            ("assign", login, "--substitute", office.head.login, "--to", "2099-03-31"),
        )
    ]
    assert run(office.head, "reject", numbers[0], "--reason", "要りません")[0] == 0
    assert run(who, "withdraw", numbers[4])[0] == 0
    for each in numbers[1:4]:
        assert run(office.second, "approve", each)[0] == 0
    said = run(office.head, "list")[1]
    assert f"{office.vacant} 副担当" in said
    assert "〜2099-03-31" in said
    assert run(office.second, "approve", numbers[0])[0] == 1


def test_an_own_password_comes_from_the_environment(office, run, monkeypatch):
    monkeypatch.setenv("BANSO_NEW_PASSWORD", "midori-no-oka-1")
    assert run(office.caseworker, "password")[0] == 0
    office.connect(office.caseworker.login, "midori-no-oka-1").close()


def test_a_file_is_taken_and_its_errors_have_a_place(office, run, tmp_path):
    file = tmp_path / "staff.csv"
    file.write_text(
        f"利用者名,氏名,氏名カナ,職務,担当地区\n{new_login()},新任,シンニン,部長,\n",
        encoding="utf-8",
    )
    status, _, error = run(office.administrator, "import", str(file))
    assert (status, "2行目「職務」" in error) == (1, True)
    file.write_text(file.read_text(encoding="utf-8").replace("部長", "課長"), encoding="utf-8")
    assert run(office.administrator, "import", str(file))[0] == 0
    assert "1人" not in run(office.head, "list")[1]


def test_a_password_on_the_command_line_is_refused(office, capsys):
    secret = new_login()
    url = office.work.engine.url.set(drivername="postgresql", username="x", password=secret)
    assert main(["staff", "list", "--database", url.render_as_string(hide_password=False)]) == 1
    said = capsys.readouterr().err
    assert "コマンド行に書かない" in said
    assert secret not in said


def test_a_caseworker_gets_a_sentence(office, run):
    status, _, error = run(office.caseworker, "list")
    assert (status, "認められていません" in error) == (1, True)


def test_the_first_two_people_are_made_once(fresh_databases, capsys, monkeypatch, tmp_path):
    first, head = new_login(), new_login()
    with fresh_databases.postgresql() as url:
        main(
            [
                "database",
                "create",
                "--database",
                url,
                "--office-name",
                "架空市福祉事務所",
                "--login",
                new_login(),
            ]
        )
        capsys.readouterr()
        plain, _, rest = url.partition("@")
        user, _, password = plain.rpartition(":")
        monkeypatch.setenv("BANSO_PASSWORD", password)
        words = [
            "staff",
            "first",
            "--administrator",
            first,
            "管理 見本",
            "カンリ",
            "--head",
            head,
            "課長 見本",
            "カチョウ",
            "--database",
            f"{user}@{rest}",
        ]
        assert main(words) == 0
        given = dict(
            line.split("\t")[:2] for line in capsys.readouterr().out.splitlines() if "\t" in line
        )
        assert main(words) == 1
        assert "すでにシステム管理者" in capsys.readouterr().err
        monkeypatch.setenv("BANSO_PASSWORD", given[head])
        own = f"postgresql://{head}@{rest}"
        assert main(["staff", "rights", "--database", own, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        listed = tmp_path / "権限.pdf"
        assert main(["staff", "rights", "--database", own, "--out", str(listed)]) == 0
        assert "権限一覧表（1頁）" in capsys.readouterr().out
        assert first in page_texts(listed.read_bytes())[0]
    roles = {p["login"]: [r["role"] for r in p["roles"]] for p in found["staff"]}
    assert (roles[first], roles[head]) == (["administrator"], ["section_head"])
    assert found["rights"]
    assert found["moves"]


def test_the_first_two_people_are_made_by_a_superuser_alone(office, run):
    """Not even by an administrator of the office: he asks, and a second person approves."""
    words = (
        "first",
        "--administrator",
        new_login(),
        "甲",
        "コウ",
        "--head",
        new_login(),
        "乙",
        "オツ",
    )
    for who in (office.administrator, office.caseworker):
        status, _, error = run(who, *words)
        assert (status, "スーパーユーザー" in error) == (1, True)


def test_the_matrix_is_printed_without_a_database(capsys):
    assert main(["rights"]) == 0
    said = capsys.readouterr().out
    assert main(["rights", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {line["table"] for line in found["rights"]} <= set(Base.metadata.tables)
    assert len(found["permissions"]) == len(Role)
    for line in found["rights"]:
        assert line["table"] in said
    assert [m["move"] for m in found["moves"]][:3] == ["提出", "引戻し", "承認"]


def test_the_training_office_refuses(tmp_path, capsys):
    url = f"sqlite:///{tmp_path / 'office.sqlite'}"
    main(["database", "create", "--database", url])
    capsys.readouterr()
    assert main(["staff", "list", "--database", url]) == 1
    assert "研修用" in capsys.readouterr().err
