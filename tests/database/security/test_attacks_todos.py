"""To-dos that one may not give: in another's name, without what they say happened, to people of another office."""

from __future__ import annotations

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, changed, refused


def test_todos_in_anothers_name_and_for_another_office(place, writer):
    me, boss, household = (
        place.office.caseworker,
        place.office.supervisor,
        place.office.household_id,
    )
    insert = (
        "INSERT INTO todo (id, office_id, owner_id, household_id, origin, state, created_by, created_at, version)"
        " VALUES (gen_random_uuid(), %s, %s, %s, %s, 'open', %s, now(), 1)"
    )
    ok = (me.office_id, me.staff_id, None, "assigned", me.staff_id)
    consults = (me.office_id, boss.staff_id, household, "consultation", me.staff_id)
    for given in (ok, consults):
        assert refused(writer, insert, given) == ""
    instructs = (me.office_id, me.staff_id, household, "instruction", boss.staff_id)
    assert refused(place.connect(boss), insert, instructs) in DENIED  # without a decision
    for forged in (
        (me.office_id, me.staff_id, None, "instruction", me.staff_id),
        (me.office_id, me.staff_id, None, "assigned", boss.staff_id),
        (me.office_id, boss.staff_id, None, "assigned", me.staff_id),
        (me.office_id, place.stranger.staff_id, None, "consultation", me.staff_id),
        (place.stranger.office_id, place.stranger.staff_id, None, "consultation", me.staff_id),
        (me.office_id, me.staff_id, place.foreign_id, "assigned", me.staff_id),
        (me.office_id, me.staff_id, new_id(), "assigned", me.staff_id),
        (me.office_id, me.staff_id, place.far_id, "assigned", me.staff_id),
        (me.office_id, boss.staff_id, household, "telephone_memo", me.staff_id),
        (me.office_id, boss.staff_id, None, "consultation", me.staff_id),
        (me.office_id, place.office.head.staff_id, household, "consultation", me.staff_id),
        (me.office_id, me.staff_id, household, "returned_entry", me.staff_id),
        (me.office_id, me.staff_id, household, "draft_entry", me.staff_id),
        (me.office_id, boss.staff_id, household, "promise", me.staff_id),
    ):
        assert refused(writer, insert, forged) in DENIED
    assert (
        changed(
            writer,
            "UPDATE todo SET state = 'done', version = version + 1 WHERE owner_id = %s",
            (boss.staff_id,),
        )
        == 0
    )


def test_what_was_told_from_outside_goes_to_who_is_on_duty_and_ends_by_an_answer_alone(
    place, writer
):
    me, boss, household = (
        place.office.caseworker,
        place.office.supervisor,
        place.office.household_id,
    )
    insert = (
        "INSERT INTO todo (id, office_id, owner_id, household_id, origin, due_on, state, created_by, created_at, version)"
        " VALUES (%s, %s, %s, %s, 'outside_info', app.today() + %s, 'open', %s, now(), 1)"
    )
    todo_id = new_id()
    assert (
        refused(writer, insert, (todo_id, me.office_id, me.staff_id, household, 1, me.staff_id))
        == ""
    )
    for owner, whose, days in (
        (place.office.head.staff_id, household, 1),
        (me.staff_id, place.far_id, 1),
        (me.staff_id, None, 1),
        (me.staff_id, household, 90),
        (me.staff_id, household, -1),
    ):
        forged = (new_id(), me.office_id, owner, whose, days, me.staff_id)
        assert refused(writer, insert, forged) in DENIED
    close = "UPDATE todo SET state = 'done', version = version + 1 WHERE id = %s"
    assert refused(writer, close, (todo_id,)) in DENIED
    answer = "SELECT app.answer_information(%s, %s)"
    assert refused(writer, answer, (todo_id, " 　")) == "BS422"
    assert refused(place.connect(boss), answer, (todo_id, "見た")) in DENIED
    assert place.truth("SELECT state FROM todo WHERE id = %s", (todo_id,)) == [("open",)]
    assert refused(writer, answer, (todo_id, "電話した")) == ""
    assert place.truth("SELECT state FROM todo WHERE id = %s", (todo_id,)) == [("done",)]
