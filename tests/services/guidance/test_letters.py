"""Letters of guidance are issued before they are handed over, who learns of them, and the check days on the desk; on both databases."""

from __future__ import annotations

import pytest

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.forms import FormMark
from desktop.domain.guidance import Outcome, Step
from desktop.domain.guidance_papers import GuidancePaper, GuidancePaperAsked
from desktop.domain.master_tables import Master
from desktop.domain.todos import TodoOrigin
from desktop.models.masters import MasterValue
from desktop.services.printing import GuidancePrinting
from desktop.services.todos import TodoService
from tests.support.assessments import assessment
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, TODAY, add
from tests.support.guidance import DAYS, WAY, Walk, day, supporter_of
from tests.support.issued_forms import issue_row, issued_forms

AFTER_ORAL = [step for step, _, _ in WAY][1:]


@pytest.fixture
def walk(engine):
    return Walk(office=small_office(engine))


def refused(walk, given, error=ValidationError):
    with pytest.raises(error) as found:
        walk.record(given)
    return set(found.value.fields) if error is ValidationError else str(found.value)


def test_a_check_day_that_came_lies_on_the_caseworker_s_desk(walk):
    walk.to(Step.ORAL)

    def waiting(days, who="caseworker"):
        desk = walk.desk(who, days)
        service = TodoService(desk.work, later(CLOCK, days=days), desk.staff, desk.guidance.reading)
        return [row for row in service.mine() if row.origin is TodoOrigin.GUIDANCE]

    assert waiting(19) == []
    (line,) = waiting(20)
    assert (line.due_on, line.household_id) == (day(20), walk.office.household_id)
    supporter = supporter_of(walk.office)
    theirs = walk.office.desk(supporter, later(CLOCK, days=20))
    service = TodoService(theirs.work, later(CLOCK, days=20), supporter, theirs.guidance.reading)
    assert [row for row in service.mine() if row.origin is TodoOrigin.GUIDANCE] == []
    walk.take(Step.REVIEW, 20)
    assert waiting(20) == []


def test_a_letter_is_issued_before_it_is_handed_over(walk):
    walk.to(Step.LETTER_DECISION)
    assert refused(walk, walk.ask(Step.LETTER_DELIVERY)) == {"happened_on"}
    request = walk.issue(Step.LETTER, 6)
    assert refused(walk, walk.ask(Step.LETTER_DELIVERY)) == {
        "happened_on"
    }  # a day before it went out
    records = issued_forms(walk.office, walk.office.records, later(CLOCK, days=6))
    records.void(request.issued_id, "宛先を誤りました。")
    assert refused(walk, walk.ask(Step.LETTER_DELIVERY, 7)) == {"happened_on"}
    walk.take(Step.LETTER_DELIVERY, 7)
    assert walk.case().newest(Step.LETTER).issue.label == "6-0002"


@pytest.mark.parametrize("upto", [Step.LETTER, Step.NOTICE])
def test_no_letter_goes_out_before_it_is_approved(walk, upto):
    walk.to(upto)
    days = DAYS[upto]
    with pytest.raises(ValidationError):
        walk.issue(upto, days)
    decision = {Step.LETTER: Step.LETTER_DECISION, Step.NOTICE: Step.NOTICE_DECISION}[upto]
    walk.take(decision, outcome=Outcome.RETURNED)
    with pytest.raises(ValidationError):
        walk.issue(upto, days + 1)
    walk.take(upto, days + 1)
    walk.take(decision, days + 2)
    walk.issue(upto, days + 2)


def test_during_a_hold_no_letter_goes_out(walk):
    walk.to(Step.LETTER_DECISION)
    walk.desk("caseworker", 4).assessments.save(assessment(walk.office, safety="連絡が取れない"))
    step = walk.case_id  # the case itself is out of sight: the letter is asked for by hand
    with pytest.raises(ValidationError):
        issue_row(walk.office, walk.desk("caseworker", 4), "K-15", step, later(CLOCK, days=4))


def test_who_helps_towards_work_does_not_learn_of_a_letter(walk):
    walk.to(Step.LETTER_DECISION)
    request = walk.issue(Step.LETTER, 4)
    office, clock = walk.office, later(CLOCK, days=4)
    supporter = supporter_of(office)
    theirs = issued_forms(office, supporter, clock)
    assert theirs.of_household(office.household_id) == ()
    with pytest.raises(NotPermittedError):
        theirs.bytes_of(request.issued_id)
    records = issued_forms(office, office.records, clock)
    assert [each.form_code for each in records.of_household(office.household_id)] == ["K-15"]
    with pytest.raises(NotPermittedError):
        records.bytes_of(request.issued_id)


def say_how_paper_is(walk, **more):
    """The office's 帳票の体裁, from long ago."""
    with walk.office.work() as session:
        add(
            session,
            MasterValue(
                office_id=walk.office.caseworker.office_id,
                table_name=Master.PAPER_STYLE,
                key="office",
                valid_from=TODAY,
                value={
                    "calendar": "era",
                    "honorific": "様",
                    "appeal": "架空の教示の文です。",
                    **more,
                },
                entered_at=CLOCK.now(),
                approved_at=CLOCK.now(),
            ),
        )


def notice_of(walk, days):
    desk = walk.desk("caseworker", days)
    clock = later(CLOCK, days=days)
    printing = GuidancePrinting(desk.work, clock, desk.staff, desk.guidance.reading)
    asked = GuidancePaperAsked(
        household_id=walk.office.household_id, case_id=walk.case_id, paper=GuidancePaper.SANCTION
    )
    return printing.paper(asked)


def issue_sanction(walk, days):
    step = walk.case().newest(Step.DISPOSITION).step_id
    desk = walk.desk("caseworker", days)
    issue_row(walk.office, desk, "S-32", step, later(CLOCK, days=days))


def test_a_sanction_is_told_only_as_two_people_decided_it(walk):
    walk.to(Step.DISPOSITION_FIRST)
    assert notice_of(walk, 71).imprint.mark is FormMark.DRAFT
    with pytest.raises(ValidationError):
        issue_sanction(walk, 71)
    walk.take(Step.DISPOSITION_FINAL)
    assert notice_of(walk, 72).imprint.mark is FormMark.DRAFT  # nobody says how to appeal
    with pytest.raises(ValidationError):
        issue_sanction(walk, 72)
    say_how_paper_is(walk)
    said = notice_of(walk, 73)
    assert said.imprint.mark is FormMark.PLAIN
    assert (said.decision, said.decided_on) == (Outcome.SUSPEND, day(72))
    assert said.items == ("2　2回目の相談日に、ハローワークの窓口で相談を受けること",)
    issue_sanction(walk, 73)
    assert walk.desk("caseworker", 73).guidance.of_household(walk.office.household_id)
    assert walk.case().newest(Step.DISPOSITION).issue is not None


def test_an_office_whose_benefit_system_tells_it_prints_none_here(walk):
    walk.to(Step.DISPOSITION_FINAL)
    say_how_paper_is(walk, sanction_elsewhere=True)
    with pytest.raises(ConflictError, match="給付のシステム"):
        notice_of(walk, 72)
    with pytest.raises(ValidationError):
        issue_sanction(walk, 72)
