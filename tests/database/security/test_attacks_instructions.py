"""Instructions at psql: without a note, of another's district, to somebody without duty, without a day."""

from __future__ import annotations

from desktop.domain.ids import new_id
from desktop.domain.instructions import InstructionInput
from tests.database.security.place import DENIED, refused

_TODO = (
    "INSERT INTO todo (id, office_id, owner_id, household_id, origin, origin_id, due_on, state, created_by, created_at, version)"
    " VALUES (gen_random_uuid(), %s, %s, %s, 'instruction', %s, app.today() + %s::int, 'open', %s, now(), 1)"
)


def test_an_instruction_goes_with_an_own_note_or_after_an_answer(place):
    office = place.office
    boss, me = office.supervisor, office.caseworker
    connection = place.connect(boss)
    values = (me.office_id, me.staff_id, office.household_id)
    assert refused(connection, _TODO, (*values, new_id(), 3, boss.staff_id)) in DENIED
    place.desk(boss).instructions.give(
        InstructionInput(entry_id=new_id(), household_id=office.household_id, text="病状を確かめる")
    )
    ((entry_id, todo_id),) = place.truth(
        "SELECT origin_id, id FROM todo WHERE origin = 'instruction'"
    )
    # The note was written earlier, and nobody has answered yet.
    assert refused(connection, _TODO, (*values, entry_id, 3, boss.staff_id)) in DENIED
    place.desk(me).todos.finish(todo_id, "確かめた")
    assert refused(connection, _TODO, (*values, entry_id, 3, boss.staff_id)) == ""
    for owner, household, days in (
        (office.outsider.staff_id, office.household_id, 3),
        (boss.staff_id, office.household_id, 3),
        (me.staff_id, place.far_id, 3),
        (me.staff_id, office.household_id, -1),
        (me.staff_id, office.household_id, None),
    ):
        forged = (me.office_id, owner, household, entry_id, days, boss.staff_id)
        assert refused(connection, _TODO, forged) in DENIED
    mine = place.connect(me)
    assert refused(mine, _TODO, (*values, entry_id, 3, me.staff_id)) in DENIED
    head = place.connect(office.head)
    assert refused(head, _TODO, (*values, entry_id, 3, office.head.staff_id)) in DENIED
