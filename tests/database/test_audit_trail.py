"""The sealed audit trail: whatever is changed in it afterwards is named."""

# ruff: noqa: S608 - statements of our own constants
from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from desktop.cli.main import main
from desktop.database.audit_trail.digests import DIGEST
from desktop.database.audit_trail.seal_list import read_list, write_list
from desktop.database.audit_trail.verify import seals, verify
from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import SystemClock, japan_day
from desktop.domain.errors import UserError
from desktop.domain.seals import Fault
from desktop.services.audit_report import whole_day
from tests.reports.reading import page_texts
from tests.support.desk import small_office
from tests.support.trail import as_superuser, put_events, seal, seal_now, wait_for_others


@pytest.fixture
def server(fresh_databases) -> Iterator[Engine]:
    with fresh_databases.postgresql() as url:
        engine = make_engine(url)
        seal(engine)
        yield engine
        engine.dispose()


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def faults(engine: Engine, exported=()):
    return [(f.fault, f.seq) for f in verify(engine, exported).faults]


def seq_of(engine: Engine, key: str) -> int:
    with engine.connect() as connection:
        found = connection.scalar(
            text("SELECT seq FROM audit.event WHERE row_key = :k"), {"k": key}
        )
        return int(found or 0)


def test_an_untouched_trail_has_no_fault(server):
    put_events(server, 5)
    assert seal(server) == 5
    put_events(server, 2)
    found = verify(server)
    assert found.faults == ()
    assert found.last is not None
    assert (found.unsealed, found.last.rows) == (2, 5)


def test_the_database_writes_the_digest_that_the_program_recomputes(server):
    put_events(server, 1)
    with server.connect() as connection:
        same = connection.scalar(
            text(
                f"SELECT bool_and(e.digest = {DIGEST}) FROM audit.event e"
                " LEFT JOIN audit.disposed d ON d.seq = e.seq"
            )
        )
    assert same is True


def test_a_seal_takes_no_transaction_that_may_still_grow(server):
    with server.connect() as slow:
        slow.execute(text("SELECT audit.put('slow', 'entry', 'slow', NULL, NULL, NULL)"))
        put_events(server, 2)
        assert seal_now(server) == 0
        slow.commit()
    assert seal(server) == 3


def test_a_long_gap_is_sealed_in_pieces(server):
    put_events(server, 7)
    wait_for_others(server)
    counts = [seal_now(server, 2) for _ in range(4)]
    assert counts == [3, 3, 1, 0]
    assert verify(server).faults == ()


def test_a_changed_row_is_named(server):
    put_events(server, 3)
    seal(server)
    as_superuser(server, "UPDATE audit.event SET detail = '{\"number\": 9}' WHERE row_key = 'k1'")
    found = verify(server).faults
    assert [(f.fault, f.seq) for f in found] == [(Fault.CHANGED, seq_of(server, "k1"))]
    assert "行 k1" in found[0].sentence


def test_a_row_changed_together_with_its_digest_is_named(server):
    put_events(server, 3)
    seal(server)
    with server.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("UPDATE audit.event SET login = 'dareka' WHERE row_key = 'k1'"))
        connection.execute(
            text(
                f"UPDATE audit.event t SET digest = x.digest FROM (SELECT e.seq, {DIGEST} AS digest"
                " FROM audit.event e LEFT JOIN audit.disposed d ON d.seq = e.seq) x"
                " WHERE t.seq = x.seq AND t.row_key = 'k1'"
            )
        )
    assert faults(server) == [(Fault.CHANGED, seq_of(server, "k1"))]


def test_a_deleted_row_is_named(server):
    put_events(server, 3)
    seal(server)
    gone = seq_of(server, "k1")
    as_superuser(server, "DELETE FROM audit.event WHERE row_key = 'k1'")
    assert faults(server) == [(Fault.MISSING, gone)]


def test_a_row_added_to_a_sealed_range_is_named(server):
    put_events(server, 3)
    seal(server)
    as_superuser(
        server,
        "INSERT INTO audit.event SELECT 999999, at, xid, login, staff_id, client, program, action, tbl, row_key,"
        " household_id, office_id, detail, audit.digest_of(999999, at, xid, login, staff_id, client, program, action,"
        " tbl, row_key, household_id, office_id, detail) FROM audit.event WHERE row_key = 'k1'",
    )
    assert faults(server) == [(Fault.ADDED, 999999)]


def test_a_row_moved_out_of_its_sealed_range_is_missing(server):
    put_events(server, 3)
    seal(server)
    moved = seq_of(server, "k1")
    as_superuser(server, "UPDATE audit.event SET xid = '99999999' WHERE row_key = 'k1'")
    assert (Fault.MISSING, moved) in faults(server)


@pytest.mark.parametrize("column", ["root", "leaves", "chain", "prev"])
def test_an_altered_seal_is_named(server, column):
    for _ in range(3):
        put_events(server, 1)
        seal(server)
    with server.connect() as connection:
        middle = connection.scalar(text("SELECT max(n) - 1 FROM audit.seal"))
    as_superuser(server, f"UPDATE audit.seal SET {column} = 'x' WHERE n = :n", n=middle)
    assert middle in {f.seal for f in verify(server).faults}


def test_a_deleted_seal_is_noticed(server):
    for _ in range(3):
        put_events(server, 1)
        seal(server)
    as_superuser(server, "DELETE FROM audit.seal WHERE n = (SELECT max(n) - 1 FROM audit.seal)")
    assert [f.fault for f in verify(server).faults] == [Fault.SEAL_MISSING]


def test_an_unsealed_hour_is_noticed(server):
    put_events(server, 2)
    as_superuser(
        server,
        "UPDATE audit.event SET at = at - interval '61 minutes' WHERE row_key = 'k0'",
    )
    assert (Fault.UNSEALED, seq_of(server, "k0")) in faults(server)


def test_a_detail_emptied_without_a_list_of_disposal_is_named(server):
    """Its hash beside it does not help: what a list emptied is named by that list's own event."""
    put_events(server, 3)
    seal(server)
    as_superuser(
        server,
        "INSERT INTO audit.disposed SELECT seq, at, sha256(convert_to(detail::text, 'UTF8'))"
        " FROM audit.event WHERE row_key = 'k1'",
    )
    as_superuser(server, "UPDATE audit.event SET detail = NULL WHERE row_key = 'k1'")
    assert faults(server) == [(Fault.CHANGED, seq_of(server, "k1"))]


def test_a_rewritten_chain_differs_from_the_exported_list(server, tmp_path):
    put_events(server, 3)
    seal(server)
    kept = tmp_path / "seals.jsonl"
    assert write_list(kept, seals(server)) == len(read_list(kept))
    as_superuser(server, "DELETE FROM audit.event WHERE row_key = 'k1'")
    as_superuser(server, "DELETE FROM audit.seal WHERE n = (SELECT max(n) FROM audit.seal)")
    seal(server)
    assert verify(server).faults == ()
    assert [f.fault for f in verify(server, read_list(kept)).faults] == [Fault.CHAIN_REWRITTEN]


def test_an_old_backup_has_fewer_seals_than_the_list(server, tmp_path):
    put_events(server, 1)
    seal(server)
    kept = tmp_path / "seals.jsonl"
    write_list(kept, seals(server))
    as_superuser(server, "DELETE FROM audit.event WHERE row_key = 'k0'")
    as_superuser(server, "DELETE FROM audit.seal WHERE n = (SELECT max(n) FROM audit.seal)")
    assert [f.fault for f in verify(server, read_list(kept)).faults] == [Fault.OLDER_THAN_LIST]


def test_the_command_ends_with_one_and_says_what_is_wrong(server, tmp_path, capsys):
    put_events(server, 3)
    seal(server)
    kept = tmp_path / "seals.jsonl"
    address = ["--admin-url", url_of(server)]
    assert main(["audit", "export-seals", *address, "--out", str(kept)]) == 0
    assert main(["audit", "verify", *address, "--seals", str(kept)]) == 0
    assert "変わった記録はありません" in capsys.readouterr().out
    as_superuser(server, "DELETE FROM audit.event WHERE row_key = 'k2'")
    assert main(["audit", "verify", *address, "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["faults"][0]["fault"] == "missing"
    assert "消されています" in said.err


def test_the_days_report_names_what_a_superior_should_know(server):
    office = small_office(server)
    seal(server)
    with server.begin() as connection:
        connection.execute(
            text("SELECT audit.put('password reset', 'staff', :id, NULL, NULL, NULL)"),
            {"id": str(office.caseworker.staff_id)},
        )
        connection.execute(
            text("INSERT INTO audit.refused_login VALUES (clock_timestamp(), :id, NULL)"),
            {"id": office.head.staff_id},
        )
    now = SystemClock().now()
    day = whole_day(UnitOfWork(server), japan_day(now), now)
    assert day.last is not None
    assert (day.last.chain, day.seals) == (seals(server)[-1].chain, len(seals(server)))
    assert ("パスワードの再設定", office.caseworker.name) in {
        (c.label, c.whom) for c in day.changes
    }
    assert ("職務の登録：課長", office.head.name) in {(c.label, c.whom) for c in day.changes}
    assert [(r.name, r.count) for r in day.refused] == [(office.head.name, 1)]
    assert (day.ticks, day.unsealed) == (0, 1)


def test_the_days_report_is_written_as_a_pdf(server, tmp_path, capsys):
    put_events(server, 1)
    seal(server)
    out = tmp_path / "day.pdf"
    assert main(["audit", "report", "--admin-url", url_of(server), "--out", str(out)]) == 0
    (page,) = page_texts(out.read_bytes())
    assert seals(server)[-1].chain.hex().upper() in "".join(page.split())


def test_a_training_file_has_no_trail(tmp_path, capsys):
    assert main(["audit", "verify", "--admin-url", f"sqlite:///{tmp_path / 'x.sqlite'}"]) == 1
    assert "研修用にはありません" in capsys.readouterr().err


def test_a_list_that_is_none_is_refused(tmp_path):
    path = tmp_path / "seals.jsonl"
    path.write_text("{}\n", encoding="ascii")
    with pytest.raises(UserError, match="控えを読めません"):
        read_list(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit.event SET login = 'x'",
        "DELETE FROM audit.event",
        "TRUNCATE audit.event",
        "DELETE FROM audit.event_rest",
        "DELETE FROM audit.seal",
        "UPDATE audit.seal SET chain = 'x'",
        "DELETE FROM audit.disposed",
    ],
)
def test_not_even_the_owner_changes_what_is_written(server, statement):
    with server.begin() as connection:
        connection.execute(text("SET ROLE banso_audit"))
        with pytest.raises(ProgrammingError, match="permission denied"), connection.begin_nested():
            connection.execute(text(statement))


def test_no_policy_lets_the_owner_change_rows_even_with_the_right_given_back(server):
    put_events(server, 1)
    with server.begin() as connection:
        connection.execute(text("SET ROLE banso_audit"))
        connection.execute(text("GRANT UPDATE, DELETE ON audit.event, audit.seal TO banso_audit"))
        changed = [
            connection.execute(text(statement)).rowcount
            for statement in (
                "UPDATE audit.event SET login = 'x'",
                "DELETE FROM audit.event",
                "DELETE FROM audit.seal",
            )
        ]
        connection.rollback()
    assert changed == [0, 0, 0]


def test_months_are_made_ahead_and_again_changes_nothing(server):
    with server.begin() as connection:
        before = connection.scalar(text("SELECT count(*) FROM audit.part"))
        assert connection.scalar(text("SELECT audit.make_partitions(5)")) == 6 - before
        assert connection.scalar(text("SELECT audit.make_partitions(5)")) == 0


def test_rows_without_a_month_of_their_own_do_not_block_it(server):
    put_events(server, 1)
    with server.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO audit.event SELECT 888888, at - interval '200 days', xid, login, staff_id, client, program,"
                " action, tbl, 'old', household_id, office_id, detail, digest FROM audit.event LIMIT 1"
            )
        )
    put_events(server, 1)
    with server.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit.event_rest")) == 1
        assert connection.scalar(text("SELECT audit.make_partitions()")) == 1
        assert connection.scalar(text("SELECT count(*) FROM audit.event_rest")) == 0
        where = connection.scalar(
            text("SELECT tableoid::regclass::text FROM audit.event WHERE row_key = 'old'")
        )
    assert where.startswith("audit.event_20")


def test_rows_that_cannot_be_settled_stay_and_nothing_fails(server):
    """Rows before and after existing months: the rest keeps them, and events go on being written."""
    put_events(server, 1)
    with server.begin() as connection:
        for sign in "+-":
            connection.execute(
                text(
                    f"INSERT INTO audit.event SELECT 777777, at {sign} interval '400 days', xid, login, staff_id, client,"
                    " program, action, tbl, row_key, household_id, office_id, detail, digest FROM audit.event LIMIT 1"
                )
            )
        assert connection.scalar(text("SELECT audit.make_partitions()")) == 0
        assert connection.scalar(text("SELECT audit.make_partitions(16)")) > 0
        assert connection.scalar(text("SELECT count(*) FROM audit.event_rest")) == 2
    put_events(server, 1)
