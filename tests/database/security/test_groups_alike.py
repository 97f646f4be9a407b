"""PostgreSQL's decision table, worst barrier and self-drive say what the screens say, for every combination of answers."""

from __future__ import annotations

from itertools import product
from json import dumps

from sqlalchemy.orm import Session

from desktop.domain.assessments import (
    Answers,
    Barriers,
    Health,
    Motivation,
    Said,
    Scope,
    SelfDrive,
    Work,
    drive_of,
    worst_of,
)
from desktop.domain.support_groups import propose
from desktop.services.masters.lookup_assessments import assessment_tables
from tests.database.security.place import Place
from tests.support.factories import TODAY

_ALL = (
    "SELECT s.v, w.v, h.v, b.v, m.v, e.v, p.rule, p.support_group"
    " FROM unnest(%s::text[]) s(v), unnest(%s::text[]) w(v), unnest(%s::text[]) h(v), unnest(%s::text[]) b(v),"
    " unnest(%s::text[]) m(v), unnest(%s::text[]) e(v),"
    " LATERAL app.propose_group(%s, s.v = 'in', w.v, h.v, b.v, m.v, e.v) p"
)


def tables_of(place: Place):
    with Session(place.engine) as session:
        return assessment_tables(session, place.office.caseworker.office_id, TODAY)


def test_every_combination_of_answers(place: Place):
    tables = tables_of(place)
    kinds = (Scope, Work, Health, Barriers, Motivation, SelfDrive)
    values = [[code.value for code in kind] for kind in kinds]
    rows = place.truth(_ALL, (*values, place.office.caseworker.office_id))
    assert len(rows) == 2250
    for scope, work, health, barriers, motivation, drive, rule, group in rows:
        answers = Answers(
            scope=Scope(scope),
            work=Work(work),
            health=Health(health),
            barriers=Barriers(barriers),
            motivation=Motivation(motivation),
            drive=SelfDrive(drive),
        )
        found = propose(tables.rules, answers)
        assert (rule, group) == (found.rule.code, found.group), answers


def test_the_check_list(place: Place):
    tables = tables_of(place)
    office_id = place.office.caseworker.office_id
    for essential, others, count in product(Said, Said, range(5)):
        said = {item.code: essential for item in tables.items if item.is_essential}
        optional = [item.code for item in tables.items if not item.is_essential]
        said |= {code: Said.YES if at < count else others for at, code in enumerate(optional)}
        ((found,),) = place.truth(
            "SELECT app.self_drive(%s, %s::jsonb)",
            (office_id, dumps({code: answer.value for code, answer in said.items()})),
        )
        assert found == drive_of(tables.items, said, tables.numbers.drive_others), said


def test_the_worst_barrier_has_one_order(place: Place):
    ((order,),) = place.truth(
        "SELECT array_agg(s ORDER BY array_position('{C3,C9,C2,C1,C0}', s)) FROM unnest(%s::text[]) s",
        ([state.value for state in Barriers],),
    )
    for at, state in enumerate(order):
        assert worst_of(Barriers(later) for later in order[at:]) == state
