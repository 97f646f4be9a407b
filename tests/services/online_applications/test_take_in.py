"""Online applications become received papers: on both databases, as the people of the office."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from desktop.domain import online_applications as rules
from desktop.domain.errors import NotPermittedError, UnavailableError, UserError
from desktop.domain.online_applications import Standing
from desktop.domain.roles import Role
from desktop.models.attachments import AttachmentRecord
from desktop.models.households import Household, Person
from desktop.models.office import District, Office
from desktop.models.online_applications import OnlineApplicationRecord
from desktop.models.papers import PaperRecord
from desktop.services.attachments import AttachmentService
from tests.support import factories, files
from tests.support.applications import a_csv, a_json, a_mapping, a_row, service_of
from tests.support.desk import small_office

SLIP = files.a_pdf(2)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def is_training(engine):
    return engine.dialect.name == "sqlite"


@pytest.fixture
def case_number(office):
    with office.work() as session:
        return session.get_one(Household, office.household_id).case_number


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def service(caseworker):
    return service_of(caseworker)


@pytest.fixture
def look(service, tmp_path, is_training):
    folder = tmp_path / "export"
    folder.mkdir()

    def preview(*rows):
        path = a_csv(folder, *rows, is_training=is_training)
        return service.preview(path, a_mapping(tmp_path))

    return preview


@pytest.fixture
def folder(look, tmp_path):
    return tmp_path / "export"


def stored(office):
    with office.work() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(table))
            for table in (PaperRecord, AttachmentRecord, OnlineApplicationRecord)
        )


def standings(report):
    return [line.standing for line in report.lines]


def test_an_application_becomes_a_paper_with_its_files(
    office, caseworker, service, look, folder, case_number
):
    (folder / "slip.pdf").write_bytes(SLIP)
    (folder / "mail.eml").write_bytes(files.a_mail())
    report = look(a_row("E-1", case_number, 添付="slip.pdf; mail.eml", 枚数="３枚", 備考="9月分"))
    (line,) = report.lines
    assert (line.standing, line.kind_label, line.head_name) == (
        Standing.NEW,
        "給与明細",
        "架空 花子",
    )
    assert stored(office) == (0, 0, 0)
    done = service.run(report)
    assert [(x.standing, x.label) for x in done.lines] == [(Standing.DONE, "6-0001")]
    (paper,) = caseworker.papers.of_household(office.household_id)
    assert (paper.line.kind, paper.line.sheets, paper.from_whom) == ("pay_slip", 3, "架空 花子")
    assert paper.note == "電子申請（架空の窓口）受付番号 E-1、2024-09-30送信\n9月分"
    names = {f.name for f in caseworker.attachments.of_household(office.household_id)}
    assert names == {"slip.pdf", "mail.eml"}


def test_the_same_export_again_changes_nothing_whoever_brings_it(
    office, service, look, folder, case_number, tmp_path
):
    (folder / "slip.pdf").write_bytes(SLIP)
    row = a_row("E-1", case_number, 添付="slip.pdf")
    service.run(look(row))
    before = stored(office)
    again = look(row)
    assert standings(again) == [Standing.TAKEN]
    service.run(again)
    other = service_of(office.desk(office.records)).preview(
        folder / "list.csv", a_mapping(tmp_path)
    )
    assert standings(other) == [Standing.TAKEN]
    assert other.lines[0].sentence == "受領番号 6-0001"
    assert stored(office) == before == (1, 1, 1)


def test_two_looks_at_the_same_time_take_in_once(office, look, service, case_number):
    report = look(a_row("E-1", case_number))
    service_of(office.desk(office.records)).run(report)
    assert standings(service.run(report)) == [Standing.DONE]
    assert stored(office) == (1, 0, 1)


class KilledError(Exception):
    """The program is killed."""


def test_killed_in_the_middle_the_next_run_brings_the_rest(
    office, service, look, folder, case_number, monkeypatch
):
    for name in ("a.pdf", "b.pdf"):
        (folder / name).write_bytes(SLIP)
    rows = [a_row("E-1", case_number, 添付="a.pdf;b.pdf"), a_row("E-2", case_number)]
    report = look(*rows)
    attach = AttachmentService.attach

    def dying(self, paper_id, source, name="", **more):
        if name == "b.pdf":
            raise KilledError
        return attach(self, paper_id, source, name, **more)

    with monkeypatch.context() as patch:
        patch.setattr(AttachmentService, "attach", dying)
        with pytest.raises(KilledError):
            service.run(report)
    assert stored(office) == (1, 1, 1)
    again = look(*rows)
    assert standings(again) == [Standing.REST, Standing.NEW]
    assert again.lines[0].sentence == "受領番号 6-0001、残り1件"
    assert standings(service.run(again)) == [Standing.DONE, Standing.DONE]
    assert stored(office) == (2, 2, 2)
    assert standings(look(*rows)) == [Standing.TAKEN, Standing.TAKEN]


def test_stopped_the_rest_stays_in_the_list(office, service, look, case_number):
    report = look(a_row("E-1", case_number), a_row("E-2", case_number))
    asked = iter([False, True, True])
    done = service.run(report, cancelled=lambda: next(asked))
    assert standings(done) == [Standing.DONE, Standing.STOPPED]
    assert [line.application.number for line in done.left] == ["E-2"]
    assert stored(office) == (1, 0, 1)


def test_a_lost_server_leaves_the_rest(service, look, case_number, monkeypatch):
    report = look(a_row("E-1", case_number), a_row("E-2", case_number))

    def gone(*_, **__):
        raise UnavailableError("サーバーに届きません。")

    monkeypatch.setattr("desktop.services.online_applications.service.applying.receive", gone)
    done = service.run(report)
    assert standings(done) == [Standing.STOPPED] * 2
    assert {line.sentence for line in done.lines} == {"サーバーに届きません。"}


def test_a_household_is_found_by_numbers_and_never_by_name(office, look, case_number):
    with office.work() as session:
        person_number = session.get_one(Person, office.person_id).person_number
        other = factories.make_household(
            session,
            district=_district(session, office),
        ).case_number
    report = look(
        a_row("E-1", "", 宛名番号=person_number),
        a_row("E-2", "99999999"),
        a_row("E-3"),
        a_row("E-4", other, 宛名番号=person_number),
    )
    assert standings(report) == [Standing.NEW] + [Standing.NO_HOUSEHOLD] * 3
    assert [line.sentence for line in report.lines[1:]] == [
        rules.NOT_FOUND,
        rules.NO_CASE,
        rules.NOT_ONE,
    ]
    assert report.lines[0].case_number == case_number


def _district(session, office):
    household = session.get_one(Household, office.household_id)
    return session.get_one(District, household.district_id)


def test_a_person_chooses_the_household_of_what_was_not_found(
    office, caseworker, service, look, folder, case_number
):
    (folder / "slip.pdf").write_bytes(SLIP)
    report = look(a_row("E-1", case_number), a_row("E-2", "99999999", 添付="slip.pdf"))
    place = report.lines[1].place
    chosen = service.choose(report, place, office.household_id)
    assert standings(chosen) == [Standing.NEW] * 2
    assert (chosen.lines[1].case_number, chosen.lines[1].is_chosen) == (case_number, True)
    with pytest.raises(NotPermittedError):
        service.choose(report, place, office.person_id)
    assert service.choose(report, report.lines[0].place, office.household_id) == report
    service.run(chosen)
    assert stored(office) == (2, 1, 2)


def test_what_cannot_be_taken_in_is_told_one_by_one_and_written_down(
    office, service, look, folder, case_number, tmp_path
):
    (folder / "program.pdf").write_bytes(b"MZ\x90")
    (folder / "real.pdf").write_bytes(SLIP)
    (folder / "link.pdf").symlink_to(folder / "real.pdf")
    (tmp_path / "outside.pdf").write_bytes(SLIP)
    report = look(
        a_row("E-1", case_number),
        a_row("E-2", case_number, 手続名="=cmd|' /C calc'!A0"),
        a_row("E-3", case_number, 手続名="知らない種類"),
        a_row("E-4", case_number, 添付="none.pdf"),
        a_row("E-5", case_number, 添付="program.pdf"),
        a_row("E-6", case_number, 添付="link.pdf"),
        a_row("E-7", case_number, 添付="../outside.pdf"),
        a_row("E-8", case_number, 添付=str(tmp_path / "outside.pdf")),
        a_row("E-1", case_number),
        a_row("", case_number),
        a_row("E-9", case_number, 送信日時="昨日"),
        a_row("E-10", case_number, 枚数="0"),
        a_row("E-11", case_number, 備考="長" * 1000),
    )
    assert standings(report) == [
        Standing.NEW,
        *[Standing.UNKNOWN_FORM] * 2,
        Standing.NO_FILE,
        *[Standing.REFUSED_FILE] * 2,
        *[Standing.FAULTY] * 7,
    ]
    assert all(line.sentence for line in report.lines[1:])
    done = service.run(report)
    assert stored(office) == (1, 0, 1)
    out = tmp_path / "left.csv"
    assert service.save_left(done, out) == 12
    written = out.read_text(encoding="utf-8-sig")
    assert written.count("\n") == 13
    assert "\"'=cmd" in written or ",'=cmd" in written


def test_what_was_looked_at_is_what_is_taken_in(office, service, look, folder, case_number):
    (folder / "slip.pdf").write_bytes(SLIP)
    report = look(a_row("E-1", case_number, 添付="slip.pdf"), a_row("E-2", case_number))
    (folder / "slip.pdf").write_bytes(files.a_pdf(1))
    done = service.run(report)
    assert standings(done) == [Standing.FAILED, Standing.DONE]
    assert rules.FILE_CHANGED in done.lines[0].sentence
    look(a_row("E-3", case_number))
    with pytest.raises(UserError, match="変わっています"):
        service.run(report)
    assert stored(office) == (1, 0, 1)


def test_json_with_items_within_items(office, service, folder, tmp_path, case_number, is_training):
    (folder / "slip.pdf").write_bytes(SLIP)
    item = {
        "no": 17,
        "case": case_number,
        "form": "収入申告（電子）",
        "by": {"name": "架空 花子"},
        "sent": "令和6年9月30日",
        "files": [{"name": "slip.pdf"}],
    }
    path = a_json(folder, [item], is_training=is_training)
    report = service.preview(path, a_mapping(tmp_path, "json"))
    assert standings(service.run(report)) == [Standing.DONE]
    (paper,) = office.desk(office.caseworker).papers.of_household(office.household_id)
    assert "受付番号 17、2024-09-30送信" in paper.note
    assert stored(office) == (1, 1, 1)


def test_who_handles_no_papers_looks_at_nothing(engine, office, tmp_path, folder, is_training):
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        person = factories.make_staff(
            session, Role.ADMINISTRATOR, office=session.get_one(Office, household.office_id)
        )
        administrator = factories.signed_in(session, person)
    path = a_csv(folder, a_row("E-1"), is_training=is_training)
    with pytest.raises(NotPermittedError):
        service_of(office.desk(administrator)).preview(path, a_mapping(tmp_path))


def test_invented_and_real_offices_never_meet(service, folder, tmp_path, is_training, case_number):
    path = a_csv(folder, a_row("E-1", case_number), is_training=not is_training)
    with pytest.raises(UserError, match="研修用"):
        service.preview(path, a_mapping(tmp_path))
