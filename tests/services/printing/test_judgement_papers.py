"""Papers of the judgement: what stands on them, what does not, and the note that they went out. On both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from desktop.domain.assessment_sheets import AssessmentAsked
from desktop.domain.assessments import Barriers, Comment
from desktop.domain.conference_sheets import PackAsked, RegisterAsked
from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.imprint import FormMark
from desktop.domain.support_groups import SupportGroup
from desktop.models.records import PrintBatch
from desktop.models.support_policies import PrintedFile
from desktop.services.printing import AssessmentPrinting, ConferencePrinting
from tests.support.assessments import assessment, barrier, by_conference, called, held
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import CLOCK, TODAY

G3 = SupportGroup.ALONE
WHY = "本人の希望が強く、会議で話し合って提案と違う区分にしました。"
SENSITIVE = (
    barrier("BF10", Barriers.LASTING, action="自助グループ"),
    barrier("BF09", Barriers.MINOR),
)


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office: SmallOffice) -> Desk:
    return office.desk(office.supervisor)


def sheets_of(desk: Desk) -> AssessmentPrinting:
    return AssessmentPrinting(desk.work, CLOCK, desk.staff, desk.groups.reading)


def papers_of(desk: Desk) -> ConferencePrinting:
    return ConferencePrinting(desk.work, CLOCK, desk.staff, desk.groups.reading, desk.groups)


def saved(office, caseworker, **changes):
    given = assessment(office, **changes)
    caseworker.assessments.save(given)
    return given


def asked_for(given, *, is_whole=False):
    return AssessmentAsked(
        household_id=given.household_id, assessment_id=given.assessment_id, is_whole=is_whole
    )


def test_what_is_sensitive_is_printed_on_purpose_alone(office, caseworker):
    given = saved(office, caseworker, barriers=SENSITIVE, safety="連絡が取れない")
    sheet = sheets_of(caseworker).sheet(asked_for(given))
    assert [line.label for line in sheet.barriers] == ["家族の介護"]
    assert (sheet.is_whole, "連絡" in sheet.safety) == (False, False)
    assert sheet.safety.startswith("あり")
    whole = sheets_of(caseworker).sheet(asked_for(given, is_whole=True))
    assert len(whole.barriers) == 2
    assert whole.safety == "連絡が取れない"


def test_a_sheet_says_the_persons_comment_with_its_day(office, caseworker):
    words = {"comment": Comment.PARTLY, "comment_on": TODAY, "comment_words": "一部違う"}
    sheet = sheets_of(caseworker).sheet(asked_for(saved(office, caseworker, **words)))
    assert (sheet.comment, sheet.comment_on, sheet.comment_words) == ("一部同意", TODAY, "一部違う")
    assert sheet.person.name == "架空 花子"


def test_an_assessment_of_nobody_here_is_not_found(office, caseworker):
    given = saved(office, caseworker)
    with pytest.raises(NotPermittedError):
        sheets_of(caseworker).sheet(
            AssessmentAsked(household_id=given.household_id, assessment_id=new_id())
        )


def test_a_sheet_is_noted_once(office, caseworker):
    given, run = saved(office, caseworker), new_id()
    for _ in range(2):
        sheets_of(caseworker).record(run, given.household_id, pages=2, sha256="0" * 64)
    with office.work() as session:
        (noted,) = session.scalars(select(PrintedFile)).all()
    assert (noted.form, noted.household_id) == ("S-01", given.household_id)


def test_the_pack_names_no_sensitive_barrier_even_as_the_reason(office, caseworker, supervisor):
    given = saved(office, caseworker, barriers=SENSITIVE)
    matter = called(caseworker, given)
    asked = PackAsked(conference_id=matter.conference_id)
    (sheet,) = papers_of(supervisor).pack(asked)
    assert sheet.proposed is not None
    assert sheet.proposed.group.startswith("G4")
    assert "配慮が要る要因" in sheet.proposed.reason
    assert "依存症" not in repr((sheet.proposed.reason, [b.label for b in sheet.barriers]))
    assert [line.source for line in sheet.medical] == ["主治医"]
    with pytest.raises(ValidationError):
        papers_of(supervisor).minutes(asked)


def test_minutes_are_a_draft_until_the_meeting_is_closed(office, caseworker, supervisor):
    given = saved(office, caseworker)
    matter = held(caseworker, supervisor, given)
    supervisor.groups.decide(by_conference(office, given, G3, matter.matter_id, reason=WHY))
    asked = PackAsked(conference_id=matter.conference_id)
    sheet = papers_of(supervisor).minutes(asked)
    assert sheet.imprint.mark is FormMark.DRAFT
    (minuted,) = sheet.matters
    assert minuted.is_different
    assert minuted.decided.startswith("G3")
    assert (minuted.reason, minuted.decided_by) == (WHY, supervisor.staff.name)
    assert minuted.discussion.startswith("主治医の意見")
    assert sheet.members[1] == "模擬　嘱託医（嘱託医）"
    supervisor.conferences.close(matter.conference_id)
    assert papers_of(supervisor).minutes(asked).imprint.mark is FormMark.PLAIN


def test_every_household_of_the_minutes_is_noted(office, caseworker, supervisor):
    matter = held(caseworker, supervisor, saved(office, caseworker))
    asked, run = PackAsked(conference_id=matter.conference_id), new_id()
    for _ in range(2):
        papers_of(supervisor).record(run, asked, "K-14", pages=1, sha256="0" * 64)
    with office.work() as session:
        noted = session.scalars(select(PrintedFile)).all()
    assert [(each.form, each.household_id) for each in noted] == [("K-14", office.household_id)]


def test_the_register_is_as_it_was_narrowed_and_noted_as_the_offices(
    office, caseworker, supervisor
):
    given = saved(office, caseworker)
    matter = held(caseworker, supervisor, given)
    supervisor.groups.decide(by_conference(office, given, G3, matter.matter_id, reason=WHY))
    papers = papers_of(supervisor)
    sheet = papers.register(RegisterAsked(person_ids=(office.person_id,), scope="すべての区分"))
    assert [line.group[:2] for line in sheet.lines] == ["G3"]
    assert papers.register(RegisterAsked(person_ids=(), scope="")).lines == ()
    papers.record_register(new_id(), pages=1, sha256="0" * 64)
    with office.work() as session:
        assert session.scalars(select(PrintBatch.form)).all() == ["S-34"]


def test_whose_duty_it_is_not_prints_nothing(office, caseworker, supervisor):
    matter = held(caseworker, supervisor, saved(office, caseworker))
    outsider = papers_of(office.desk(office.outsider))
    with pytest.raises(ValidationError):
        outsider.pack(PackAsked(conference_id=matter.conference_id))
    assert outsider.minutes(PackAsked(conference_id=matter.conference_id)).matters == ()
    with pytest.raises(NotPermittedError):
        papers_of(office.desk(office.records)).register(RegisterAsked(person_ids=(), scope=""))
