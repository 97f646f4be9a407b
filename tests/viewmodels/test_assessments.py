"""The form of an assessment as pure state, the members' list, and who is offered what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from desktop.database.shipped import shipped_rows
from desktop.domain.assessment_forms import (
    NO_BARRIER,
    AssessedPerson,
    Assessment,
    AssessmentInput,
    AssessmentsOfFile,
    AssessmentTables,
    DecidedGroup,
    proposal_of,
)
from desktop.domain.assessments import (
    AssessmentKind,
    AssessmentNumbers,
    Barrier,
    BarrierKind,
    Barriers,
    Comment,
    DriveItem,
    Health,
    HealthSource,
    Motivation,
    Said,
    Scope,
    Work,
)
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master
from desktop.domain.support_groups import (
    DECIDED_BY,
    DecidedBy,
    DecisionTable,
    Flag,
    GroupKind,
    SupportGroup,
)
from desktop.services.masters.lookup_assessments import rule_of
from desktop.viewmodels.assessments import (
    ONLY_PROPOSED,
    Offers,
    group_text,
    marks,
    offers,
    people_columns,
)
from desktop.viewmodels.assessments_form import first_input, input_of, live_proposal, work_note
from desktop.viewmodels.assessments_text import assessment_text

TODAY = date(2024, 10, 1)
NOW = datetime(2024, 10, 1, tzinfo=UTC)
HOUSEHOLD, PERSON, AUTHOR, OTHER = new_id(), new_id(), new_id(), new_id()
TABLES = AssessmentTables(
    on=TODAY,
    barriers={
        NO_BARRIER: BarrierKind(code=NO_BARRIER, label="なし"),
        "BF10": BarrierKind(code="BF10", label="依存症", is_sensitive=True),
        "BF17": BarrierKind(code="BF17", label="交通手段がない", partner="担当員"),
    },
    items=(
        DriveItem(code="E01", label="求職登録", is_essential=True, help="登録に同行する"),
        DriveItem(code="E05", label="面接", is_essential=False),
    ),
    anchors={"A1": ("通常の就労が可能", "制限がない"), "C1": ("両立できる", "")},
    numbers=AssessmentNumbers(
        age_from=18,
        age_to=64,
        horizon=12,
        drive_others=1,
        evidence_age=6,
        evidence_age_unlikely=12,
        provisional_days=60,
    ),
    rules=DecisionTable(
        rules=tuple(rule_of(row.key, row.value) for row in shipped_rows(Master.GROUP_RULES)),
        valid_from=date(2024, 4, 1),
    ),
    groups={
        group: GroupKind(group=group, label=f"区分{group}", said="", review_months=6)
        for group in SupportGroup
    },
)


def given(**changes) -> AssessmentInput:
    values: dict[str, Any] = {
        "assessment_id": new_id(),
        "household_id": HOUSEHOLD,
        "person_id": PERSON,
        "kind": AssessmentKind.START,
        "made_on": TODAY,
        "health": Health.ABLE,
        "health_source": HealthSource.TREATING,
        "health_on": TODAY,
        "barriers": (Barrier(code=NO_BARRIER, state=Barriers.NONE, as_of=TODAY),),
        "motivation": Motivation.WISHES,
        "motivation_on": TODAY,
        "motivation_words": "働きたい",
        "drive_said": {"E01": Said.NO},
    }
    return AssessmentInput(**(values | changes))


def stored(said: AssessmentInput, **changes) -> Assessment:
    proposal = proposal_of(said, TABLES)
    values: dict[str, Any] = {
        "given": said,
        "form_on": TODAY,
        "tables": TABLES,
        "answers": said.answers(TABLES),
        "proposal": proposal,
        "reason": "理由",
        "author": "試験　担当",
        "author_id": AUTHOR,
        "saved_at": NOW,
    }
    return Assessment(**(values | changes))


def person(newest: Assessment | None = None, **changes) -> AssessedPerson:
    values: dict[str, Any] = {
        "person_id": PERSON,
        "name": "架空　花子",
        "birth_date": date(1980, 1, 1),
        "usual_scope": Scope.IN,
        "is_working": False,
        "newest": newest,
    }
    return AssessedPerson(**(values | changes))


def tone_of(column: Any, one: AssessedPerson) -> object:
    return column.tone(one)


def text_of(one: AssessedPerson) -> Any:
    assert one.newest is not None
    return assessment_text(one, one.newest, TABLES, TODAY)


def decided(group=SupportGroup.WITH_HELP, how=DecidedBy.CONFERENCE, **changes) -> DecidedGroup:
    values: dict[str, Any] = {
        "decision_id": new_id(),
        "group": group,
        "proposed": group,
        "how": DECIDED_BY[how],
        "effective_from": TODAY,
        "next_review_on": TODAY + timedelta(days=90),
        "expires_on": None,
        "reason": "理由",
        "persons_view": "",
        "decided_by": "試験　査察",
        "decided_at": NOW,
        "is_present": True,
    }
    return DecidedGroup(**(values | changes))


def file_of(one: AssessedPerson, *, decides: bool = True) -> AssessmentsOfFile:
    return AssessmentsOfFile(people=(one,), tables=TABLES, may_assess=True, may_decide=decides)


def test_a_first_form_begins_with_facts_alone():
    begun = first_input(person(is_working=True), HOUSEHOLD, TABLES, TODAY)
    assert (begun.kind, begun.made_on) == (AssessmentKind.START, TODAY)
    assert begun.work is Work.MORE_POSSIBLE
    assert (begun.health, begun.motivation) == (Health.UNKNOWN, Motivation.NOT_ASKED)
    assert begun.barriers == ()


def test_the_next_form_begins_as_the_newest_but_for_what_must_be_said_anew():
    before = given(
        made_on=date(2024, 1, 1),
        wishes="昼の仕事",
        comment=Comment.AGREED,
        comment_words="よい",
        safety="心配",
        drive_said={"E01": Said.YES, "E99": Said.YES},
    )
    lifted = stored(before, hold_lifted_at=NOW)
    begun = first_input(person(lifted, usual_scope=Scope.OUT), HOUSEHOLD, TABLES, TODAY)
    assert begun.assessment_id != before.assessment_id
    assert (begun.kind, begun.made_on) == (AssessmentKind.PERIODIC, TODAY)
    assert begun.scope is Scope.OUT
    assert (begun.wishes, begun.motivation_words) == ("昼の仕事", "働きたい")
    assert (begun.comment, begun.comment_words, begun.safety) == (Comment.NOT_SHOWN, "", "")
    assert begun.drive_said == {"E01": Said.YES}


def test_a_question_of_safety_that_holds_is_carried_over():
    begun = first_input(person(stored(given(safety="心配"))), HOUSEHOLD, TABLES, TODAY)
    assert begun.safety == "心配"


def test_what_is_typed_becomes_an_input_and_back():
    begun = given()
    values = {name: getattr(begun, name) for name in AssessmentInput.__slots__}
    assert input_of(begun, values) == begun
    emptied = input_of(
        begun, {**values, "health_source": None, "barriers": None, "wishes": None, "made_on": None}
    )
    assert emptied.health_source is None
    assert emptied.barriers == ()
    assert emptied.wishes == ""
    assert emptied.made_on == TODAY


def test_asking_anyway_means_something_only_out_of_scope():
    begun = given()
    assert not input_of(begun, {"scope": "in", "asks_anyway": True}).asks_anyway
    assert input_of(begun, {"scope": "out", "asks_anyway": True}).asks_anyway


def test_a_proposal_names_rule_version_reason_and_what_is_unknown():
    live = live_proposal(given(drive_said={}), TABLES, person(), TODAY)
    assert live.group == "G2　区分G2"
    assert live.rule == "規則 R11（判定表 R6.4.1から）"
    assert "登録に同行する" in live.reason
    parts = {part.label: part.text for part in live.parts}
    assert "自分で活動できるか" in parts["まだ分からないこと"]
    assert "決めるのは会議・査察指導員です" in parts["この提案について"]
    assert live.opened == {"resources", "wishes", "market"}


def test_what_else_would_fit_and_the_flags_are_said():
    said = given(
        health=Health.LIMITED,
        barriers=(Barrier(code="BF17", state=Barriers.PASSING, as_of=TODAY, expected_on=TODAY),),
        motivation=Motivation.WAVERS,
    )
    live = live_proposal(said, TABLES, person(birth_date=date(2001, 1, 1)), TODAY)
    parts = {part.label: part.text for part in live.parts}
    assert live.group.startswith("G1b")
    assert "R09　G1c" in parts["ほかに当てはまる規則"]
    assert parts["印"].splitlines() == ["▲ 仕事に制限あり", "▲ 若年・職歴なし"]
    worked = live_proposal(said, TABLES, person(has_worked=True), TODAY)
    assert "若年" not in {part.label: part.text for part in worked.parts}["印"]


def test_what_has_words_in_it_is_never_folded_away():
    live = live_proposal(given(scope=Scope.OUT, life="夜型"), TABLES, person(), TODAY)
    assert live.opened == {"life"}


def test_the_ledger_is_said_where_it_contradicts():
    assert "就労中とあります" in work_note(given(), person(is_working=True))
    assert work_note(given(), person()) == ""


def test_only_a_decision_is_a_group():
    proposed = person(stored(given()))
    assert group_text(proposed, TABLES) == ONLY_PROPOSED
    provisional = replace(proposed, groups=(decided(how=DecidedBy.PROVISIONAL),))
    assert group_text(provisional, TABLES) == "（仮）G2　区分G2"
    run_out = replace(proposed, groups=(decided(is_present=False),))
    assert group_text(run_out, TABLES) == ONLY_PROPOSED


def test_an_overdue_review_and_a_newer_assessment_are_marked():
    late = decided(next_review_on=TODAY - timedelta(days=1), decided_at=NOW - timedelta(days=9))
    one = person(stored(given()), groups=(late,), flags=(Flag.NEAR_65,))
    columns = {c.header: c for c in people_columns(lambda: TABLES, lambda: TODAY)}
    assert tone_of(columns["次の見直し"], one) == "error"
    assert columns["年齢"].text(one) == "44歳"
    assert marks(one) == "65歳前・新しい提案"


@pytest.mark.parametrize(
    ("one", "staff", "offered"),
    [
        (person(), OTHER, Offers(writes=True)),
        (person(stored(given())), OTHER, Offers(writes=True, provisional=True)),
        (person(stored(given())), AUTHOR, Offers(writes=True)),
        (person(stored(given(safety="心配"))), OTHER, Offers(writes=True, lifts=True)),
        (
            person(stored(given()), groups=(decided(),)),
            OTHER,
            Offers(writes=True, unchanged=True),
        ),
        (
            person(stored(given()), groups=(decided(SupportGroup.ALONE),)),
            OTHER,
            Offers(writes=True),
        ),
        (person(stored(given(), can_see_all=False)), OTHER, Offers(provisional=True)),
    ],
)
def test_who_may_do_what(one, staff, offered):
    found = offers(file_of(one), one, staff)
    assert replace(found, why_not="") == offered
    assert offers(file_of(one, decides=False), one, staff) == Offers(writes=offered.writes)


def test_the_doctors_words_are_the_doctors_and_the_persons_the_persons():
    for source, label in (
        (HealthSource.TREATING, "医師の言葉（主治医）"),
        (HealthSource.PERSON, "本人の申述"),
    ):
        one = person(stored(given(health_words="軽い仕事なら", health_source=source)))
        text = text_of(one)
        assert {p.label: p.text for p in text.parts}[label] == "「軽い仕事なら」"


def test_an_evidence_that_is_old_is_said_in_the_text():
    one = person(stored(given(health_on=date(2024, 3, 1))))
    text = text_of(one)
    warned = [part for part in text.parts if part.tone == "warning"]
    assert [part.label for part in warned] == ["確認"]


def test_a_sensitive_barrier_carries_its_sign():
    barriers = (Barrier(code="BF10", state=Barriers.MINOR, as_of=TODAY, action="同行"),)
    one = person(stored(given(barriers=barriers)))
    text = text_of(one)
    said = {part.label: part.text for part in text.parts}["就労阻害要因"]
    assert "依存症（◆ 配慮が要る要因）　両立できる　すること：同行" in said


def test_an_earlier_assessment_keeps_the_words_of_its_own_version():
    renamed = replace(
        TABLES, anchors={**TABLES.anchors, "B2": ("名を改めた答え", "")}, items=(), on=TODAY
    )
    one = person(stored(given(), tables=renamed))
    parts = {part.label: part.text for part in text_of(one).parts}
    assert parts["本人の意向"] == "名を改めた答え"
    assert parts["自分で活動できるか"].splitlines() == [parts["自分で活動できるか"]]
    assert "名を改めた答え" not in str(text_of(person(stored(given()))))


def test_what_was_decided_on_this_assessment_is_not_decided_again():
    newest = stored(given())
    one = person(newest, groups=(decided(assessment_id=newest.given.assessment_id),))
    assert not offers(file_of(one), one, OTHER).unchanged
    disputed = stored(given(comment=Comment.DISAGREED, comment_on=TODAY))
    one = person(disputed, groups=(decided(),))
    found = offers(file_of(one), one, OTHER)
    assert not found.unchanged
    assert "本人の異議" in found.why_not
    assert marks(one).endswith("異議")
