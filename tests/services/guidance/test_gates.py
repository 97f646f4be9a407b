"""Every gate of a guidance case, tried without what stands before it, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.assessments import Barriers
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.guidance import GuidanceSubject, Outcome, Step
from desktop.domain.guidance_forms import EXCEPTION_CODE, ItemResult
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master
from desktop.models.masters import MasterValue
from tests.support.assessments import assessment, barrier
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY, add
from tests.support.guidance import DAYS, WAY, Walk, an_item

AFTER_ORAL = [step for step, _, _ in WAY][1:]


@pytest.fixture
def walk(engine):
    return Walk(office=small_office(engine))


def refused(walk, given, error=ValidationError):
    with pytest.raises(error) as found:
        walk.record(given)
    return set(found.value.fields) if error is ValidationError else str(found.value)


def test_no_step_is_recorded_before_oral_guidance(walk):
    walk.judge()
    walk.open()
    for step in AFTER_ORAL:
        assert "記録が要ります" in refused(walk, walk.ask(step), ConflictError)


def test_each_step_needs_the_one_before_it(walk):
    """At every place of the way all later steps are refused."""
    walk.judge()
    walk.open()
    way = [step for step, _, _ in WAY]
    for place, step in enumerate(way):
        walk.take(step)
        later = [s for s in way[place + 2 :] if s is not Step.LIFE_CHECK]
        for skipped in later:
            if skipped is Step.IMPACT_CONFIRMED or place < way.index(Step.HEARING):
                refused(walk, walk.ask(skipped), ConflictError)


def test_who_wrote_it_does_not_decide_it(walk):
    office = walk.office
    walk.to(Step.PLAN_WRITTEN)
    letter = walk.ask(Step.LETTER)
    walk.desk("head", 3).guidance.record(letter)
    refused(walk, walk.ask(Step.LETTER_DECISION), NotPermittedError)
    with pytest.raises(NotPermittedError):
        walk.desk("caseworker", 4).guidance.record(walk.ask(Step.LETTER_DECISION))
    with pytest.raises(NotPermittedError):
        walk.desk("supervisor", 4).guidance.record(walk.ask(Step.LETTER_DECISION))
    with pytest.raises(NotPermittedError):
        office.desk(office.records).guidance.of_household(office.household_id)


def test_two_different_people_decide_a_disposition(walk):
    walk.to(Step.DISPOSITION)
    first = walk.ask(Step.DISPOSITION_FIRST)
    walk.desk("head", 71).guidance.record(first)
    refused(walk, walk.ask(Step.DISPOSITION_FINAL), NotPermittedError)


def test_the_impact_is_confirmed_by_somebody_else(walk):
    walk.to(Step.IMPACT)
    with pytest.raises(NotPermittedError):
        walk.desk("caseworker", 67).guidance.record(walk.ask(Step.IMPACT_CONFIRMED))


def test_the_reviewer_is_not_who_told_the_person(walk):
    walk.judge()
    walk.open()
    walk.desk("supervisor").guidance.record(walk.ask(Step.ORAL))
    refused(walk, walk.ask(Step.REVIEW), NotPermittedError)


def test_work_is_asked_for_after_judging_and_with_fresh_evidence(walk):
    walk.open()
    assert refused(walk, walk.ask(Step.ORAL)) == {"happened_on"}
    other = Walk(office=walk.office, subject=GuidanceSubject.REPORTING)
    other.open()
    other.take(Step.ORAL)


def test_written_guidance_needs_a_fresh_assessment(walk):
    walk.to(Step.ORAL)
    walk.take(Step.REVIEW, 120)
    matter = walk.meet(Step.PLAN_WRITTEN, 121)
    given = walk.ask(Step.PLAN_WRITTEN, 121, matter_id=matter)
    assert refused(walk, given) == {"happened_on"}
    old = walk.ask(Step.PLAN_WRITTEN, 240, matter_id=matter)
    assert refused(walk, old) == {"happened_on"}


def test_a_review_that_says_stop_ends_the_way(walk):
    walk.to(Step.ORAL)
    walk.take(Step.REVIEW, outcome=Outcome.STOP)
    refused(walk, walk.ask(Step.PLAN_WRITTEN), ConflictError)


@pytest.mark.parametrize("kind", [Step.PLAN_WRITTEN, Step.PLAN_HEARING, Step.PLAN_DISPOSITION])
def test_a_conference_has_minutes_on_this_matter_and_is_named_once(walk, kind):
    before = [step for step, _, _ in WAY]
    walk.to(before[before.index(kind) - 1])
    assert refused(walk, walk.ask(kind)) == {"matter_id"}
    assert refused(walk, walk.ask(kind, matter_id=new_id())) == {"matter_id"}
    other = Step.PLAN_HEARING if kind is Step.PLAN_WRITTEN else Step.PLAN_WRITTEN
    wrong = walk.meet(other, DAYS[kind])
    assert refused(walk, walk.ask(kind, matter_id=wrong)) == {"matter_id"}


@pytest.mark.parametrize(
    ("action", "measure"),
    [
        ("求職活動等をすること", "報告書"),
        ("ハローワークで相談などをすること", "相談票の写し"),
        ("前回お話ししたとおりに活動すること", "相談票の写し"),
        ("支援区分Ｇ２として相談を受けること", "相談票の写し"),
        ("相談を受けること", "　"),
        ("", "相談票の写し"),
    ],
)
def test_an_item_is_complete_on_paper(walk, action, measure):
    walk.to(Step.PLAN_WRITTEN)
    item = replace(an_item(1, 3), action=action, measure=measure)
    assert refused(walk, walk.ask(Step.LETTER, items=(item,))) == {"items"}


def test_a_letter_leaves_time_and_has_items(walk):
    walk.to(Step.PLAN_WRITTEN)
    assert refused(walk, walk.ask(Step.LETTER, items=())) == {"items"}
    assert refused(walk, walk.ask(Step.LETTER, items=(an_item(1, -3),))) == {"items"}
    words = walk.ask(Step.LETTER).words
    group = walk.ask(Step.LETTER, words={**words, "reason": "支援区分がG2だから。"})
    assert refused(walk, group) == {"reason"}
    walk.take(Step.LETTER, items=(replace(an_item(1, 3), action="平等に扱われる窓口に行くこと"),))


def test_only_attempts_apart_count_before_the_review(walk):
    numbers = {"oral_attempts": 2, "oral_spacing_days": 14}
    with walk.office.work() as session:
        for key, number in numbers.items():
            add(
                session,
                MasterValue(
                    office_id=walk.office.caseworker.office_id,
                    table_name=Master.GUIDANCE_NUMBERS,
                    key=key,
                    valid_from=TODAY,
                    value={"label": key, "number": number, "unit": ""},
                    entered_at=CLOCK.now(),
                    approved_at=CLOCK.now(),
                ),
            )
    walk.judge()
    walk.open()
    walk.take(Step.ORAL)
    walk.take(Step.ORAL, 13)
    assert refused(walk, walk.ask(Step.REVIEW, 13)) == {"happened_on"}
    walk.take(Step.ORAL, 14)
    assert walk.case().told_apart(14) == 2
    walk.take(Step.REVIEW, 14)


def test_abolition_without_a_suspension_names_a_reason_of_the_office_and_its_facts(walk):
    walk.to(Step.LIFE_CHECK)
    draft = walk.ask(Step.DISPOSITION, outcome=Outcome.ABOLISH)
    for words, field in (
        ({EXCEPTION_CODE: "", "exception": "事実"}, "outcome"),
        ({EXCEPTION_CODE: "no_such", "exception": "事実"}, EXCEPTION_CODE),
        ({EXCEPTION_CODE: "suspension_useless", "exception": "　"}, "exception"),
    ):
        wrong = replace(draft, words={**draft.words, **words})
        assert refused(walk, wrong) == {field}
    walk.record(replace(draft, words={**draft.words, EXCEPTION_CODE: "suspension_useless"}))


def test_the_impact_is_signed_by_a_caseworker_and_a_supervisor(walk):
    walk.to(Step.IMPACT)
    colleague = walk.ask(Step.IMPACT_CONFIRMED)
    with pytest.raises(NotPermittedError):
        walk.desk("caseworker", 67).guidance.record(colleague)
    walk.take(Step.IMPACT_CONFIRMED)


def test_nothing_is_broken_before_its_day(walk):
    walk.to(Step.LETTER_DELIVERY)
    assert refused(walk, walk.ask(Step.CHECK, 15)) == {"results"}
    done = (
        ItemResult(number=1, result=Outcome.FULFILLED),
        ItemResult(number=2, result=Outcome.JUSTIFIED),
    )
    walk.take(Step.CHECK, 16, results=done, outcome=Outcome.JUSTIFIED)
    refused(walk, walk.ask(Step.PLAN_HEARING, 41), ConflictError)


def test_a_check_is_of_every_item_and_as_bad_as_the_worst(walk):
    walk.to(Step.LETTER_DELIVERY)
    one = (ItemResult(number=1, result=Outcome.FULFILLED),)
    assert refused(walk, walk.ask(Step.CHECK, results=one)) == {"results"}
    better = walk.ask(Step.CHECK, outcome=Outcome.FULFILLED)
    assert refused(walk, better) == {"outcome"}


def test_what_hinders_somebody_is_resolved_by_a_person_first(walk):
    walk.to(Step.LETTER_DELIVERY)
    illness = walk.take(Step.HINDRANCE, 30, outcome=Outcome.ILLNESS, item=2)
    assert refused(walk, walk.ask(Step.CHECK)) == {"results"}
    solved = walk.ask(Step.RESOLUTION, 31, of_step=illness.step_id)
    with pytest.raises(NotPermittedError):
        walk.desk("caseworker", 31).guidance.record(solved)
    walk.record(solved)
    walk.take(Step.CHECK)
    walk.take(Step.HINDRANCE, 40, outcome=Outcome.COMMUNICATION)
    meeting = walk.meet(Step.PLAN_HEARING, 41)
    assert refused(walk, walk.ask(Step.PLAN_HEARING, matter_id=meeting)) == {"outcome"}


def test_a_barrier_of_the_newest_assessment_is_looked_at_first(walk):
    walk.to(Step.LETTER_DELIVERY)
    given = assessment(walk.office, barriers=(barrier("BF09", Barriers.LASTING),))
    walk.desk("caseworker", 6).assessments.save(given)
    assert refused(walk, walk.ask(Step.CHECK)) == {"results"}
    found = walk.take(Step.HINDRANCE, 30, outcome=Outcome.BARRIER)
    walk.take(Step.RESOLUTION, 31, of_step=found.step_id)
    walk.take(Step.CHECK)


def test_notice_comes_two_weeks_before_the_hearing(walk):
    walk.to(Step.PLAN_HEARING)
    notice = walk.ask(Step.NOTICE)
    soon = replace(notice, further_on=an_item(1, 40).due_on)
    assert refused(walk, soon) == {"further_on"}
    walk.record(notice)
    walk.take(Step.NOTICE_DECISION)
    assert refused(walk, walk.ask(Step.NOTICE_DELIVERY, 50)) == {"happened_on"}


def test_two_hear_and_nobody_is_absent_before_the_day(walk):
    walk.to(Step.NOTICE_DELIVERY)
    alone = walk.ask(Step.HEARING, second_id=None)
    assert refused(walk, alone) == {"second_id"}
    own = walk.ask(Step.HEARING, second_id=walk.office.caseworker.staff_id)
    assert refused(walk, own) == {"second_id"}
    assert refused(walk, walk.ask(Step.HEARING, 50)) == {"happened_on"}
    walk.take(Step.HEARING, 50, outcome=Outcome.HEARD)


def test_a_disposition_rests_on_items_that_were_broken(walk):
    walk.to(Step.LIFE_CHECK)
    for grounds in ((), (1,), (2, 3)):
        assert refused(walk, walk.ask(Step.DISPOSITION, grounds=grounds)) == {"grounds"}


def test_severity_goes_from_light_to_heavy(walk):
    walk.to(Step.LIFE_CHECK)
    words = walk.ask(Step.DISPOSITION).words
    plain = {**words, "exception": "", "not_lighter": ""}
    assert refused(walk, walk.ask(Step.DISPOSITION, words=plain)) == {"not_lighter"}
    nothing = {**words, "exception": "", EXCEPTION_CODE: ""}
    abolish = {"outcome": Outcome.ABOLISH, "words": nothing}
    assert refused(walk, walk.ask(Step.DISPOSITION, **abolish)) == {"outcome"}
    walk.take(Step.DISPOSITION, outcome=Outcome.CHANGE, words=plain)


def test_nobody_is_stopped_without_being_seen_alive(walk):
    walk.to(Step.PLAN_DISPOSITION)
    assert refused(walk, walk.ask(Step.DISPOSITION)) == {"happened_on"}
    walk.take(Step.LIFE_CHECK, outcome=Outcome.DANGER)
    assert refused(walk, walk.ask(Step.DISPOSITION)) == {"happened_on"}
    walk.take(Step.LIFE_CHECK)
    walk.take(Step.DISPOSITION)
    walk.take(Step.DISPOSITION_FIRST)
    walk.take(Step.LIFE_CHECK, 72, outcome=Outcome.DANGER)
    assert refused(walk, walk.ask(Step.DISPOSITION_FINAL)) == {"outcome"}


def test_after_a_suspension_it_is_written_again_before_the_end(walk):
    walk.to(Step.DISPOSITION_FINAL)
    refused(walk, walk.ask(Step.CHECK, 80), ConflictError)
    walk.take(Step.FOLLOW_UP, 90, outcome=Outcome.NOT_FOLLOWED, further_on=an_item(1, 100).due_on)
    refused(walk, walk.ask(Step.PLAN_WRITTEN, 90), ConflictError)
    walk.desk("caseworker", 90).assessments.save(
        assessment(walk.office, made_on=an_item(1, 70).due_on)
    )
    for step, days, outcome in WAY[1:16]:
        changes = {"outcome": Outcome.ABOLISH} if step is Step.DISPOSITION else {"outcome": outcome}
        walk.take(step, 90 + days, **changes)
    words = {**walk.ask(Step.DISPOSITION).words, "exception": ""}
    walk.take(Step.DISPOSITION, 160, outcome=Outcome.ABOLISH, words=words)
    walk.take(Step.DISPOSITION_FIRST, 161)
    walk.take(Step.DISPOSITION_FINAL, 162)
    assert walk.case().newest(Step.DISPOSITION).outcome is Outcome.ABOLISH


def test_who_complies_is_done_and_a_later_lapse_begins_anew(walk):
    walk.to(Step.LETTER_DELIVERY)
    walk.take(Step.CLOSE, 20, outcome=Outcome.COMPLIED)
    assert "終わっています" in refused(walk, walk.ask(Step.CHECK), ConflictError)
    again = Walk(office=walk.office)
    again.open()
    assert "口頭" in refused(again, again.ask(Step.REVIEW), ConflictError)


def test_one_case_about_the_same_is_open_at_a_time(walk):
    walk.judge()
    walk.open()
    with pytest.raises(ConflictError):
        Walk(office=walk.office).open()


def test_a_question_of_safety_hides_and_refuses_it_all(walk):
    walk.to(Step.REVIEW)
    caseworker = walk.desk("caseworker", 2)
    caseworker.assessments.save(assessment(walk.office, safety="連絡が取れない"))
    found = caseworker.guidance.of_household(walk.office.household_id)
    assert found.is_on_hold
    assert found.cases == ()
    for step in (Step.ORAL, Step.PLAN_WRITTEN, Step.HINDRANCE, Step.CLOSE):
        given = walk.ask(step, 2, outcome=None)
        assert "安全" in refused(walk, given, ConflictError)
    with pytest.raises(ConflictError, match="安全"):
        Walk(office=walk.office, subject=GuidanceSubject.CONTACT).open()


def test_a_retry_stores_once(walk):
    walk.judge()
    given = walk.open()
    walk.desk("caseworker").guidance.open_case(given)
    oral = walk.take(Step.ORAL)
    walk.record(oral)
    assert [step.kind for step in walk.case().steps] == [Step.PROBLEM, Step.ORAL]
