"""Entries as the screens get them, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from desktop.domain.approvals import Move, MoveRow, StampRow
from desktop.domain.office import SignedInStaff
from desktop.domain.records import (
    ChangeKind,
    ContactMethod,
    Entry,
    EntryKind,
    EntryOrigin,
    EntryState,
    MetPerson,
    Place,
    ResultCode,
    Segment,
    SegmentKind,
)
from desktop.domain.roles import Role
from tests.support.factories import TODAY, at

SPACE = UUID("00000000-0000-4000-8000-000000000000")
HOUSEHOLD = uuid5(SPACE, "household")
ME = uuid5(SPACE, "me")
SOMEBODY = uuid5(SPACE, "somebody")
HEAD = uuid5(SPACE, "head")
CHILD = uuid5(SPACE, "child")

STAFF = SignedInStaff(
    staff_id=ME,
    office_id=uuid5(SPACE, "office"),
    office_name="架空市福祉事務所",
    name="試験 担当",
    login="test",
    roles=frozenset({Role.CASEWORKER}),
    is_training=True,
)


def an_id(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(SPACE, name)


def segment(kind: SegmentKind, text: str) -> Segment:
    """A segment; its id follows from its kind."""
    return Segment(segment_id=an_id(kind), kind=kind, text=text)


def entry(name: str = "one", **changes: Any) -> Entry:
    """An approved home visit of the day of the tests, written by `ME`."""
    values: dict[str, Any] = {
        "entry_id": an_id(name),
        "household_id": HOUSEHOLD,
        "number": 1,
        "kind": "home_visit",
        "kind_label": "家庭訪問",
        "origin": EntryOrigin.OFFICE,
        "state": EntryState.APPROVED,
        "version": 1,
        "approved_version": 1,
        "change": ChangeKind.WRITING,
        "event_on": TODAY,
        "started_at": 630,
        "ended_at": 675,
        "recorded_at": at(TODAY, 17),
        "method": ContactMethod.VISIT,
        "place": Place.HOME,
        "result_code": "11",
        "result_label": "面接（世帯主）",
        "author_id": ME,
        "author": "試験 担当",
        "went": ("試験 担当",),
        "went_ids": (ME,),
        "met": (MetPerson(label="試験 太郎", person_id=HEAD),),
        "segments": (
            segment(SegmentKind.SUBJECT, "定期訪問"),
            segment(SegmentKind.FACTS, "居室で世帯主と面接した。体調は良い。"),
        ),
        "content_hash": f"hash-{name}",
    }
    return Entry(**values | changes)


def draft(name: str = "draft", **changes: Any) -> Entry:
    """An own entry that was not submitted yet."""
    values: dict[str, Any] = {
        "number": None,
        "state": EntryState.DRAFT,
        "approved_version": None,
        **changes,
    }
    return entry(name, **values)


def returned(name: str = "returned", reason: str = "通院の日を書いてください。") -> Entry:
    """An own entry that the supervisor sent back."""
    note = MoveRow(move=Move.RETURN, by="試験 査察", at=at(TODAY, 18), root_version=1, text=reason)
    return replace(draft(name), state=EntryState.RETURNED, number=3, notes=(note,))


def stamp(day: date = TODAY) -> StampRow:
    """A supervisor's stamp."""
    return StampRow(position=Role.SUPERVISOR, name="試験 査察", at=at(day, 18))


VISIT = EntryKind(
    code="home_visit",
    label="家庭訪問",
    method=ContactMethod.VISIT,
    place=Place.HOME,
    segments=(
        SegmentKind.SUBJECT,
        SegmentKind.FACTS,
        SegmentKind.WORDS,
        SegmentKind.VIEW,
        SegmentKind.ADVICE,
        SegmentKind.AGREED,
        SegmentKind.NEXT,
        SegmentKind.NOT_CONFIRMED,
    ),
    asks=("times", "place", "met", "went", "result", "promises"),
    result_codes=("11", "12", "21", "22"),
    subject="定期訪問",
)
CALL = EntryKind(
    code="telephone_in",
    label="電話（受）",
    method=ContactMethod.TELEPHONE_IN,
    place=Place.NONE,
    segments=(SegmentKind.FACTS,),
    asks=("met", "result"),
    result_codes=("32", "33"),
    default_result="32",
    in_bulk=True,
)
TALK = EntryKind(
    code="office_interview",
    label="所内面接（来所）",
    method=ContactMethod.OFFICE,
    place=Place.OFFICE,
    segments=(SegmentKind.SUBJECT, SegmentKind.FACTS, SegmentKind.DECIDED),
    asks=("times", "met", "result", "promises"),
    result_codes=("31",),
    default_result="31",
)
KINDS = (VISIT, CALL, TALK)
RESULTS = (
    ResultCode(code="11", label="面接（世帯主）", counts=True),
    ResultCode(code="12", label="面接（世帯員のみ）", counts=True),
    ResultCode(
        code="21",
        label="不在（連絡票を投函）",
        counts=False,
        is_absence=True,
        needs_revisit=True,
        next_step="再訪問の日を決める",
    ),
    ResultCode(code="22", label="居留守の疑い", counts=False, is_absence=True, is_urgent=True),
    ResultCode(code="31", label="所内面接", counts=False),
    ResultCode(code="32", label="電話", counts=False),
    ResultCode(code="33", label="関係機関・親族との面接", counts=False),
)
