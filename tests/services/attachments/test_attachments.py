"""Attaching files to papers and reading them again: on both databases, as the people of the office."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from desktop.domain import attachments as rules
from desktop.domain.attachments import FileKind, too_many_pages
from desktop.domain.errors import (
    ConflictError,
    NotPermittedError,
    ReasonNeededError,
    UserError,
    ValidationError,
)
from desktop.domain.ids import new_id
from desktop.domain.papers import PaperState
from desktop.models.attachments import AttachmentRecord
from desktop.models.office import District
from desktop.services.attachments.taking import read_plain_file
from tests.support import factories, files
from tests.support.desk import small_office
from tests.support.papers import a_paper

SLIP = files.a_pdf(2)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def outsider(office):
    return office.desk(office.outsider)


@pytest.fixture
def paper_id(office, caseworker):
    return caseworker.papers.receive(a_paper(office.household_id)).paper_id


def refusal(act) -> str:
    with pytest.raises(ValidationError) as caught:
        act()
    return caught.value.fields["file"]


def test_a_pay_slip_that_is_only_a_file_is_attached_and_read_again(
    office, caseworker, paper_id, tmp_path
):
    path = tmp_path / "9月分 給与明細.pdf"
    path.write_bytes(SLIP)
    attached = caseworker.attachments.attach(paper_id, path)
    assert (attached.kind, attached.pages, attached.size) == (FileKind.PDF, 2, len(SLIP))
    assert attached.sha256 == hashlib.sha256(SLIP).hexdigest()
    (line,) = caseworker.attachments.of_household(office.household_id)
    assert (line.name, line.paper, line.received_by) == (
        "9月分 給与明細.pdf",
        "6-0001",
        office.caseworker.name,
    )
    opened = caseworker.attachments.open(office.household_id, line.attachment_id)
    assert opened.data == SLIP
    assert caseworker.attachments.page(opened, 1, 30).width > 0
    assert path.read_bytes() == SLIP


def test_the_same_try_again_stores_once_and_another_file_under_its_id_is_refused(
    office, caseworker, paper_id
):
    key = new_id()
    first = caseworker.attachments.attach(paper_id, SLIP, "a.pdf", attachment_id=key)
    assert caseworker.attachments.attach(paper_id, SLIP, "a.pdf", attachment_id=key) == first
    with pytest.raises(ConflictError):
        caseworker.attachments.attach(paper_id, files.a_pdf(1), "a.pdf", attachment_id=key)
    assert len(caseworker.attachments.of_household(office.household_id)) == 1


def test_the_same_file_twice_is_told_and_kept_twice(office, caseworker, paper_id):
    other = caseworker.papers.receive(a_paper(office.household_id)).paper_id
    assert caseworker.attachments.attach(paper_id, SLIP, "a.pdf").same == ()
    (same,) = caseworker.attachments.attach(other, SLIP, "b.pdf").same
    assert same.paper == "6-0001"
    lines = caseworker.attachments.of_household(office.household_id)
    assert [line.name for line in lines] == ["b.pdf", "a.pdf"]
    assert [[s.paper for s in line.same] for line in lines] == [["6-0001"], ["6-0002"]]


def test_of_the_same_file_in_another_teams_household_nothing_is_told(
    office, caseworker, outsider, paper_id
):
    caseworker.attachments.attach(paper_id, SLIP, "a.pdf")
    with office.work() as session:
        (district,) = office.outsider.district_ids
        far = factories.make_household(session, district=session.get_one(District, district))
        far_id = far.id
    theirs = outsider.papers.receive(a_paper(far_id)).paper_id
    assert outsider.attachments.attach(theirs, SLIP, "a.pdf").same == ()
    wide = office.desk(office.records).attachments.attach(paper_id, SLIP, "c.pdf")
    assert [same.paper for same in wide.same] == ["6-0001", "6-0002"]


def test_whoever_took_the_paper_in_attaches_but_reads_only_with_a_reason(office, outsider):
    paper_id = outsider.papers.receive(a_paper(office.household_id)).paper_id
    attached = outsider.attachments.attach(paper_id, SLIP, "a.pdf")
    (line,) = outsider.attachments.of_paper(paper_id)
    assert (line.attachment_id, line.name) == (attached.attachment_id, "")
    with pytest.raises(ReasonNeededError):
        outsider.attachments.open(office.household_id, attached.attachment_id)


def test_another_team_neither_attaches_nor_sees(caseworker, outsider, paper_id):
    caseworker.attachments.attach(paper_id, SLIP, "a.pdf")
    with pytest.raises(NotPermittedError):
        outsider.attachments.attach(paper_id, SLIP, "a.pdf")
    assert outsider.attachments.of_paper(paper_id) == ()


def test_a_file_is_not_read_through_another_household(office, caseworker, paper_id):
    attached = caseworker.attachments.attach(paper_id, SLIP, "a.pdf")
    with pytest.raises(NotPermittedError):
        caseworker.attachments.open(office.household_id, new_id())
    assert caseworker.attachments.open(office.household_id, attached.attachment_id).name == "a.pdf"


def test_a_settled_paper_still_takes_a_file(caseworker, paper_id):
    caseworker.papers.settle(paper_id, PaperState.RECEIVED, "控えのみ")
    assert caseworker.attachments.attach(paper_id, SLIP, "a.pdf").pages == 2


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.pdf", rules.EMPTY),
        (b"%PDF-" + bytes(rules.MOST_BYTES), "a.pdf", rules.TOO_LARGE),
        (b"MZ\x90", "a.pdf", rules.PROGRAM),
        (SLIP, "", rules.NO_NAME),
        (SLIP, "///", rules.NO_NAME),
        (files.a_pdf(201), "a.pdf", too_many_pages(201, 200)),
    ],
    ids=["empty", "large", "program", "nameless", "folders", "pages"],
)
def test_what_is_not_taken_is_told_and_leaves_nothing(
    office, caseworker, paper_id, data, name, sentence
):
    assert refusal(lambda: caseworker.attachments.attach(paper_id, data, name)) == sentence
    assert caseworker.attachments.of_household(office.household_id) == ()


def test_a_name_loses_folders_and_signs_that_control(office, caseworker, paper_id):
    caseworker.attachments.attach(paper_id, SLIP, "C:\\x\\..\\\u202eslip\n.pdf")
    (line,) = caseworker.attachments.of_household(office.household_id)
    assert line.name == "slip.pdf"


def test_files_of_a_paper_come_to_an_end(office, caseworker, paper_id):
    with office.work() as session:
        for _ in range(rules.MOST_FILES):
            session.add(
                AttachmentRecord(
                    id=new_id(),
                    office_id=office.caseworker.office_id,
                    household_id=office.household_id,
                    paper_id=paper_id,
                    kind=FileKind.PDF,
                    pages=1,
                    size=1,
                    sha256="0",
                    received_by=office.caseworker.staff_id,
                    received_at=factories.CLOCK.now(),
                )
            )
    sentence = refusal(lambda: caseworker.attachments.attach(paper_id, SLIP, "a.pdf"))
    assert sentence == rules.TOO_MANY_FILES


def test_a_cancelled_attaching_leaves_nothing(office, caseworker, paper_id):
    sentence = refusal(
        lambda: caseworker.attachments.attach(paper_id, SLIP, "a.pdf", cancelled=lambda: True)
    )
    assert sentence == rules.STOPPED
    assert caseworker.attachments.of_household(office.household_id) == ()


def special(folder: Path, kind: str) -> Path:
    path = folder / "slip.pdf"
    match kind:
        case "link":
            (folder / "real.pdf").write_bytes(SLIP)
            path.symlink_to(folder / "real.pdf")
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "device":
            return Path("/dev/zero")
    return path


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "device"])
def test_only_plain_files_are_read(tmp_path, kind):
    with pytest.raises(UserError, match=rules.NOT_A_FILE):
        read_plain_file(special(tmp_path, kind))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UserError, match="開けません"):
        read_plain_file(tmp_path / "none.pdf")
    with pytest.raises(UserError, match="開けません"):
        read_plain_file(Path("a\0b"))


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path):
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(40 << 30)
    with pytest.raises(UserError, match="10MB"):
        read_plain_file(path)
