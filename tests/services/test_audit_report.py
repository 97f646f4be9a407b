"""The daily report and the verification by an auditor's own connection."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import Engine, text

from desktop.cli.main import main
from desktop.database.audit_trail import verify as verification
from desktop.database.audit_trail.seal_list import read_list
from desktop.database.engine import is_postgresql, without_password
from desktop.domain.clock import JAPAN, SystemClock
from desktop.domain.errors import NotPermittedError, UserError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Role
from desktop.domain.seals import Fault
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.masters import MasterValue
from desktop.models.office import Office
from desktop.services.audit_report import AuditReports, whole_day
from desktop.viewmodels.audit import SEARCH, day_lines
from tests.reports.reading import page_texts
from tests.support import factories
from tests.support.desk import SmallOffice, small_office
from tests.support.people import PASSWORD, work_of
from tests.support.trail import as_superuser, put_events, seal

CLOCK = SystemClock()


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


def joined(office: SmallOffice, role: Role) -> SignedInStaff:
    with office.work() as session:
        home = session.get_one(Office, office.caseworker.office_id)
        return factories.signed_in(session, factories.make_staff(session, role, office=home))


@pytest.fixture
def auditor(office: SmallOffice) -> SignedInStaff:
    return joined(office, Role.AUDITOR)


def reports(office: SmallOffice, staff: SignedInStaff) -> AuditReports:
    return AuditReports(work_of(office.work, staff, CLOCK), CLOCK, staff)


def read_at_night(office: SmallOffice) -> None:
    """The caseworker opens a file at midnight."""
    midnight = datetime.combine(CLOCK.today(), time(), tzinfo=JAPAN)
    with office.work() as session:
        ticket = Ticket(
            id=new_id(),
            office_id=office.caseworker.office_id,
            staff_id=office.caseworker.staff_id,
            purpose="file",
            opened_at=midnight,
            valid_until=midnight + timedelta(minutes=10),
        )
        session.add(ticket)
        session.flush()
        session.add(TicketHousehold(ticket_id=ticket.id, household_id=office.household_id))


def test_others_are_refused(office):
    with pytest.raises(NotPermittedError):
        reports(office, office.caseworker).day(CLOCK.today())
    with pytest.raises(NotPermittedError):
        reports(office, office.supervisor).verify()


def test_the_training_office_says_that_it_keeps_no_trail(office, auditor, engine):
    own = reports(office, auditor)
    assert own.is_kept is is_postgresql(engine)
    if not own.is_kept:
        with pytest.raises(UserError, match="研修用にはありません"):
            own.day(CLOCK.today())


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
class TestOnTheServer:
    def test_the_day_names_what_a_superior_should_know(self, office, auditor, engine):
        read_at_night(office)
        seal(engine)
        put_events(engine, 2)
        with office.work() as session:
            factories.add(
                session,
                MasterValue(
                    office_id=auditor.office_id,
                    table_name="form_numbers",
                    key="A-01",
                    valid_from=factories.TODAY,
                    value={"number": "様式第9号"},
                    entered_at=CLOCK.now(),
                    approved_at=CLOCK.now(),
                ),
            )
        day = reports(office, auditor).day(CLOCK.today())
        assert day.imprint.style.form_numbers == {"A-01": "様式第9号"}
        assert (day.imprint.office_name, day.imprint.printed_by) == (auditor.office_name, "")
        # The server's administrator reads the trail of the only office there is, on its paper.
        owners = whole_day(office.work, CLOCK.today(), CLOCK.now())
        assert owners.imprint.style == day.imprint.style
        assert day.last is not None
        assert day.unsealed >= 2
        assert ("職務の登録：課長", office.head.name) in {(c.label, c.whom) for c in day.changes}
        (note,) = day.unusual
        assert (note.name, "執務時間外（00:00ほか）に1世帯" in note.fact) == (
            office.caseworker.name,
            True,
        )

    def test_saved_searches_that_were_run_are_told_with_their_purpose(
        self, office, auditor, engine
    ):
        seal(engine)
        with office.work() as session:
            for aim in ("通院を確かめる。", "通院を確かめる。", None):
                now = CLOCK.now()
                ticket = Ticket(
                    office_id=office.caseworker.office_id,
                    staff_id=office.caseworker.staff_id,
                    purpose="search",
                    reason="通院|受診",
                    opened_at=now,
                    valid_until=now,
                    aim=aim,
                )
                factories.add(session, ticket)
        day = reports(office, auditor).day(CLOCK.today())
        (run,) = day.searches
        assert (run.name, run.aim, run.words, run.count) == (
            office.caseworker.name,
            "通院を確かめる。",
            "通院|受診",
            2,
        )
        (line,) = (one for one in day_lines(day) if one.kind == SEARCH)
        assert "目的：通院を確かめる。（2回）" in (line.what, line.about)
        assert line.about == "「通院／受診」"

    def test_head_and_director_see_the_same_day(self, office, auditor, engine):
        seal(engine)
        for role in (Role.SECTION_HEAD, Role.DIRECTOR):
            assert reports(office, joined(office, role)).day(CLOCK.today()).last is not None

    def test_an_untouched_trail_is_verified_in_parts(self, office, auditor, engine, monkeypatch):
        monkeypatch.setattr(verification, "_AT_ONCE", 2)
        own = reports(office, auditor)
        for _ in range(4):
            put_events(engine, 3)
            seal(engine)
        told: list[tuple[int, int, str]] = []
        found = own.verify(report=lambda *how_far: told.append(how_far))
        assert found.faults == ()
        assert len(told) >= 4
        assert [done for done, _, _ in told] == sorted({done for done, _, _ in told})

    def test_what_was_changed_is_named_whatever_part_it_lies_in(
        self, office, auditor, engine, monkeypatch
    ):
        monkeypatch.setattr(verification, "_AT_ONCE", 2)
        for _ in range(3):
            put_events(engine, 3)
            seal(engine)
        as_superuser(engine, "UPDATE audit.event SET login = 'x' WHERE row_key = 'k1'")
        (changed,) = reports(office, auditor).verify().faults
        assert changed.fault is Fault.CHANGED
        assert "ほかに2件" in changed.sentence

    def test_a_seal_taken_out_between_two_parts_is_noticed(
        self, office, auditor, engine, monkeypatch
    ):
        monkeypatch.setattr(verification, "_AT_ONCE", 1)
        for _ in range(3):
            put_events(engine, 1)
            seal(engine)
        as_superuser(engine, "DELETE FROM audit.seal WHERE n = (SELECT max(n) - 1 FROM audit.seal)")
        faults = [f.fault for f in reports(office, auditor).verify().faults]
        assert faults == [Fault.SEAL_MISSING]

    def test_a_rewritten_trail_differs_from_the_list_kept_elsewhere(self, office, auditor, engine):
        own = reports(office, auditor)
        put_events(engine, 1)
        seal(engine)
        kept = own.seals()
        other = [*kept[:-1], replace(kept[-1], chain=b"x" * 32)]
        assert own.verify(kept).faults == ()
        assert [f.fault for f in own.verify(other).faults] == [Fault.CHAIN_REWRITTEN]

    def test_a_function_that_judges_kindly_is_found_out(self, office, auditor, engine):
        seal(engine)
        with engine.begin() as connection:
            connection.execute(
                text(
                    "CREATE OR REPLACE FUNCTION audit.verify_rows(p_after_at timestamptz, p_to_at timestamptz)"
                    " RETURNS TABLE (seq bigint, at timestamptz, tbl text, action text, row_key text, total bigint)"
                    " LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS"
                    " 'SELECT NULL::bigint, NULL::timestamptz, NULL::text, NULL::text, NULL::text, NULL::bigint WHERE false'"
                )
            )
        (found,) = reports(office, auditor).verify().faults
        assert found.fault is Fault.JUDGE_ALTERED
        assert "audit.verify_rows" in found.sentence

    def test_it_stops_when_asked(self, office, auditor, engine):
        with pytest.raises(UserError, match="中止しました"):
            reports(office, auditor).verify(cancelled=lambda: True)

    def test_the_commands_take_the_auditors_own_log_in(
        self, office, auditor, engine, tmp_path, monkeypatch, capsys
    ):
        reports(office, auditor)
        put_events(engine, 1)
        seal(engine)
        monkeypatch.setenv("BANSO_PASSWORD", PASSWORD)
        url = without_password(engine.url.set(username=auditor.login))
        address = ["--database", url.render_as_string(hide_password=False)]
        kept, paper = tmp_path / "seals.jsonl", tmp_path / "day.pdf"
        assert main(["audit", "export-seals", *address, "--out", str(kept)]) == 0
        assert main(["audit", "verify", *address, "--seals", str(kept)]) == 0
        assert main(["audit", "report", *address, "--out", str(paper)]) == 0
        first = page_texts(paper.read_bytes())[0]
        assert read_list(kept)[-1].chain.hex().upper() in "".join(first.split())
        as_superuser(engine, "DELETE FROM audit.event WHERE row_key = 'k0'")
        assert main(["audit", "verify", *address]) == 1
        assert "消されています" in capsys.readouterr().err
