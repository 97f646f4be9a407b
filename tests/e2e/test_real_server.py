"""The first days of a new office: its first people, those they bring in, and the main job with their own logins."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.accounts import NewPerson, RoleSpan
from desktop.domain.approvals import Decision, Move
from desktop.domain.clock import SystemClock
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.policy_events import Impact
from desktop.domain.records import MetPerson, SegmentKind
from desktop.domain.review import EntryCard
from desktop.domain.roles import Role
from tests.support.real_office import enter

TEXT = "居室で世帯主と面接した。朝食をとり、薬をのんだことを本人から聞いた。居室は片付いていた。"


def test_the_first_people_sign_in_and_hold_their_roles(real):
    assert [made["role"] for made in real.first] == ["システム管理者", "課長"]
    for made in real.first:
        door, services = enter(real, made["login"], made["password"])
        assert services.staff.role_label == made["role"]
        door.close()


def test_a_new_office_is_brought_up_on_its_first_day(real):
    """The two of init change their passwords, one asks and the other approves; nobody waits for 24 hours."""
    for made in real.first:
        door, services = enter(real, made["login"], made["password"])
        made["password"] = f"hajime-no-hi-{made['login']}"
        services.own_password.change(made["password"], made["password"])
        door.close()
    administrator, head = ((made["login"], made["password"]) for made in real.first)
    people = {
        Role.CASEWORKER: "shinnin01",
        Role.SUPERVISOR: "shinnin02",
        Role.ADMINISTRATOR: "shinnin03",
    }
    door, services = enter(real, *administrator)
    since = SystemClock().today()
    for role, login in people.items():
        services.accounts.add(
            NewPerson(
                login=login,
                name="新任 見本",
                kana="シンニン ミホン",
                active_from=since,
                roles=(RoleSpan(role=role, valid_from=since),),
            )
        )
    door.close()
    door, services = enter(real, *head)
    for change in services.accounts.waiting():
        services.accounts.decide(change.change_id, approve=True)
    door.close()
    door, services = enter(real, *administrator)
    given = {login: services.accounts.reset_password(login).password for login in people.values()}
    door.close()
    for role, login in people.items():
        door, services = enter(real, login, given[login])
        assert services.staff.roles == {role}
        door.close()


def test_the_main_job_runs_with_everybody_s_own_login(real):
    door, caseworker = enter(real, real.people.caseworker.login)
    given = caseworker.records.blank(real.people.household_id, "home_visit")
    segments = tuple(
        replace(s, text=TEXT if s.kind is SegmentKind.FACTS else s.text) for s in given.segments
    )
    met = (MetPerson(label="架空 花子", person_id=real.people.person_id),)
    visit = replace(given, segments=segments, result_code="11", started_at=0, ended_at=1, met=met)
    saved = caseworker.records.save(visit)
    caseworker.records.submit(saved.entry_id, saved.version, Impact.NONE)
    door.close()

    door, supervisor = enter(real, real.people.supervisor.login)
    (row,) = supervisor.approvals.queue()
    subject = supervisor.approvals.card(row.approval_id).subject
    assert isinstance(subject, EntryCard)
    assert subject.entry.text(SegmentKind.FACTS) == TEXT
    supervisor.approvals.decide(
        Decision(
            approval_id=row.approval_id,
            move=Move.APPROVE,
            root_version=row.root_version,
            content_hash=row.content_hash,
        )
    )
    door.close()

    door, records = enter(real, real.people.records.login)
    ids = [waiting.subject_id for waiting in records.printing.waiting()]
    (piece,) = records.printing.prepare(ids, FormMark.ORIGINAL)
    assert [s.text for s in piece.data.entries[0].segments if s.label == "事実"] == [TEXT]
    records.printing.record(new_id(), ids, FormMark.ORIGINAL, pages=1, sha256="0" * 64)
    assert records.printing.waiting() == ()
    door.close()
