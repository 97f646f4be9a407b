"""The decision table as shipped: every combination of answers, the ten scenarios of the brief, and what a table must not be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from desktop.database.shipped import shipped_rows
from desktop.domain.assessments import (
    Answers,
    Barriers,
    Health,
    Motivation,
    Scope,
    SelfDrive,
    Work,
)
from desktop.domain.master_tables import Master
from desktop.domain.support_groups import (
    DecisionTable,
    Flag,
    SupportGroup,
    flags_of,
    propose,
    table_errors,
)
from desktop.services.masters.lookup_assessments import rule_of

RULES = tuple(rule_of(row.key, row.value) for row in shipped_rows(Master.GROUP_RULES))
TABLE = DecisionTable(rules=RULES, valid_from=date(2000, 4, 1))
TODAY = date(2026, 6, 1)
WELL = Answers(
    work=Work.NONE,
    health=Health.ABLE,
    barriers=Barriers.NONE,
    motivation=Motivation.WISHES,
    drive=SelfDrive.WITH_HELP,
)


def by_the_brief(a: Answers) -> tuple[str, str]:
    """Rule and group as section 1.9 of the brief words them, written down a second time without the table."""
    cases = (
        (a.scope is Scope.OUT and not a.asks_anyway, "R01", "G0"),
        (a.work == "W2", "R02", "GW"),
        (a.health == "A4", "R03", "G4"),
        (a.barriers == "C3", "R04", "G4"),
        (a.health == "A9" or a.barriers == "C9", "R05", "GX"),
        (a.health == "A3", "R06", "G1a"),
        (a.barriers == "C2", "R07", "G1b"),
        (a.motivation == "B9", "R08", "GX"),
        (a.motivation in {"B3", "B4"}, "R09", "G1c"),
        (a.drive == "E1" and a.motivation == "B1", "R10", "G3"),
        (True, "R11", "G2"),
    )
    return next((rule, group) for holds, rule, group in cases if holds)


def every_answer():
    for scope, work, health, motivation, barriers, drive in product(
        Scope, Work, Health, Motivation, Barriers, SelfDrive
    ):
        yield Answers(
            scope=scope,
            work=work,
            health=health,
            motivation=motivation,
            barriers=barriers,
            drive=drive,
        )


def test_all_combinations_are_decided_as_the_brief_says():
    found = [(answers, propose(TABLE, answers)) for answers in every_answer()]
    assert len(found) == 2250
    for answers, proposal in found:
        assert (proposal.rule.code, proposal.group) == by_the_brief(answers), answers
    reached = Counter(proposal.rule.code for _, proposal in found)
    assert set(reached) == {rule.code for rule in RULES}


def test_unknown_never_means_no_support():
    for answers in every_answer():
        group = propose(TABLE, answers).group
        if group in {SupportGroup.ALONE, SupportGroup.DAILY_LIFE}:
            known = replace(answers, drive=SelfDrive.ALONE)
            assert group is SupportGroup.DAILY_LIFE or propose(TABLE, known).unknown == ()


def test_whoever_asks_is_assessed():
    asked = replace(WELL, scope=Scope.OUT, asks_anyway=True)
    assert propose(TABLE, asked).group is SupportGroup.WITH_HELP
    assert propose(TABLE, replace(asked, asks_anyway=False)).group is SupportGroup.OUT_OF_SCOPE


SCENARIOS = (
    (
        "child care until October",
        {"barriers": Barriers.PASSING, "motivation": Motivation.ACTS, "drive": SelfDrive.ALONE},
        "G1b",
    ),
    (
        "child care found, alone",
        {"barriers": Barriers.MINOR, "motivation": Motivation.ACTS, "drive": SelfDrive.ALONE},
        "G3",
    ),
    (
        "child care found, with help",
        {"barriers": Barriers.MINOR, "motivation": Motivation.ACTS, "drive": SelfDrive.WITH_HELP},
        "G2",
    ),
    ("back pain, light work", {"health": Health.LIMITED, "barriers": Barriers.MINOR}, "G2"),
    (
        "doctor says in six months",
        {"health": Health.RECOVERING, "motivation": Motivation.NOT_ASKED},
        "G1a",
    ),
    ("applies alone", {"motivation": Motivation.ACTS, "drive": SelfDrive.ALONE}, "G3"),
    ("dialysis", {"health": Health.UNLIKELY}, "G4"),
    ("never asked", {"motivation": Motivation.NOT_ASKED}, "GX"),
    ("not now, debts", {"motivation": Motivation.NOT_NOW, "barriers": Barriers.MINOR}, "G1c"),
    (
        "not now, debts that pass",
        {"motivation": Motivation.NOT_NOW, "barriers": Barriers.PASSING},
        "G1b",
    ),
    ("in school", {"scope": Scope.OUT}, "G0"),
    ("works as able", {"work": Work.FULL}, "GW"),
    ("cares for the mother, no end seen", {"barriers": Barriers.LASTING}, "G4"),
)


@pytest.mark.parametrize(
    ("changes", "group"), [s[1:] for s in SCENARIOS], ids=[s[0] for s in SCENARIOS]
)
def test_scenarios_of_the_brief(changes, group):
    assert propose(TABLE, replace(WELL, **changes)).group == group


def test_what_would_also_fit_and_what_is_unknown_is_shown():
    answers = replace(WELL, barriers=Barriers.PASSING, motivation=Motivation.NOT_NOW)
    assert [rule.group for rule in propose(TABLE, answers).also] == [SupportGroup.ENCOURAGING]
    unlikely = replace(WELL, health=Health.UNLIKELY, motivation=Motivation.NOT_ASKED)
    assert propose(TABLE, unlikely).unknown == ("本人の意向",)
    out = Answers(scope=Scope.OUT)
    assert (propose(TABLE, out).also, propose(TABLE, out).unknown) == ((), ())


def test_the_reason_is_made_of_facts():
    proposal = propose(TABLE, replace(WELL, health=Health.RECOVERING))
    assert proposal.reason({"時期": "令和8年12月"}) == "令和8年12月頃に回復・再判断が見込まれます。"
    assert proposal.reason({}).startswith("＿＿＿頃")
    unknown = propose(TABLE, replace(WELL, health=Health.UNKNOWN))
    assert "健康と仕事についての医学的な意見" in unknown.reason({})


def test_tables_that_cannot_decide_are_named():
    assert table_errors(RULES) == ()
    assert table_errors(RULES[:-1])
    assert table_errors([*RULES, replace(RULES[0], order=10_000)])
    assert table_errors([*RULES, replace(RULES[0], code="R99")])


def test_flags_come_from_facts():
    answers = replace(WELL, health=Health.LIMITED, work=Work.MORE_POSSIBLE)
    old = flags_of(answers, date(1961, 12, 1), TODAY, has_worked=True, on_hold=False)
    assert old == (Flag.RESTRICTED_JOB, Flag.MORE_INCOME, Flag.NEAR_65)
    young = flags_of(WELL, date(2006, 1, 1), TODAY, has_worked=False, on_hold=True)
    assert young == (Flag.SUPPORT_HOLD, Flag.YOUNG_FIRST)
    assert flags_of(WELL, None, TODAY, has_worked=False, on_hold=False) == ()
