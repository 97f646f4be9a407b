"""What must be right before an entry goes to the supervisor, and the way it takes from there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.database import moving
from desktop.domain.clock import JAPAN
from desktop.domain.errors import ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.records import (
    BODY_SEGMENTS,
    DANGER_SIGN_RESULTS,
    ChangeKind,
    ContactMethod,
    Entry,
    EntryInput,
    EntryKind,
    Place,
    ResultCode,
    SegmentKind,
)
from desktop.models.records import Contact, EntryRecord
from desktop.services.routes import route_of

NO_REVISIT = "再訪問の日を、次回予定に日付で入れてください。"
NOT_ABSENT = "危険の兆候は、結果が不在か居留守の疑いのときにだけ付けられます。"
_PLACES_OF_A_VISIT = frozenset({Place.HOME, Place.DOOR, Place.HOSPITAL, Place.FACILITY})


def check_for_saving(given: EntryInput, kinds: Mapping[str, EntryKind], today: date) -> None:
    """A draft may be incomplete, but never impossible. Raises ValidationError per field."""
    if given.kind not in kinds:
        raise ValidationError(kind="記録種別を選んでください。")
    if given.event_on > today:
        raise ValidationError(
            event_on="まだ来ていない日の記録は書けません。日付を確認してください。"
        )
    if (
        given.started_at is not None
        and given.ended_at is not None
        and given.ended_at < given.started_at
    ):
        raise ValidationError(ended_at="終了時刻が開始時刻より前です。")
    if given.has_danger_signs and given.result_code not in DANGER_SIGN_RESULTS:
        raise ValidationError(has_danger_signs=NOT_ABSENT)


def check_for_submitting(entry: Entry, kind: EntryKind, results: Mapping[str, ResultCode]) -> None:
    """Raises ValidationError per field for what a supervisor would have to return at once (R and V rules)."""
    if entry.change is ChangeKind.ANNULMENT:
        return
    if not any(s.kind in BODY_SEGMENTS and s.text.strip() for s in entry.segments):
        raise ValidationError(facts="記事が空です。あったことを書いてから提出してください。")
    if kind.result_codes and not entry.result_code:
        raise ValidationError(result_code="結果を選んでください。")
    result = results.get(entry.result_code)
    if result is not None and result.needs_revisit and not any(p.due_on for p in entry.promises):
        raise ValidationError(promises=NO_REVISIT)
    if result is None or not result.counts or entry.method is not ContactMethod.VISIT:
        return
    if entry.place not in _PLACES_OF_A_VISIT:
        raise ValidationError(
            place="面接した場所が訪問先ではありません。場所か結果を確認してください。"
        )
    if not any(met.person_id for met in entry.met):
        raise ValidationError(
            met="面接した世帯員を選んでください。だれにも会えなかったときは「不在」です。"
        )


def check_times(session: Session, entry: Entry, now: datetime) -> None:
    """Errors of typing alone: a time still to come, and two visits of the author's at once. Raises ValidationError."""
    if entry.change is not ChangeKind.WRITING or entry.started_at is None:
        return
    local = now.astimezone(JAPAN)
    last = entry.started_at if entry.ended_at is None else entry.ended_at
    if entry.event_on == local.date() and last > local.hour * 60 + local.minute:
        raise ValidationError(ended_at="まだ来ていない時刻です。時刻を確認してください。")
    if entry.method is ContactMethod.VISIT and (other := _overlapping(session, entry, last)):
        raise ValidationError(
            started_at=f"同じ日の自分の別の訪問（{_clock(other[0])}〜{_clock(other[1])}）と時刻が重なっています。"
            "どちらかの時刻を確認してください。"
        )


def _overlapping(session: Session, entry: Entry, last: int) -> tuple[int, int] | None:
    """Times of another visit of the author's that day in another household, at the same time."""
    end = func.coalesce(Contact.ended_at, Contact.started_at)
    found = session.execute(
        select(Contact.started_at, end)
        .join(EntryRecord, EntryRecord.contact_id == Contact.id)
        .where(
            EntryRecord.author_id == entry.author_id,
            EntryRecord.event_on == entry.event_on,
            EntryRecord.id != entry.entry_id,
            EntryRecord.household_id != entry.household_id,
            EntryRecord.is_annulled.is_(False),
            Contact.method == ContactMethod.VISIT,
            Contact.started_at < last,
            end > entry.started_at,
        )
        .limit(1)
    ).first()
    return None if found is None or found[0] is None else (found[0], found[1])


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def check_correction(entry: Entry) -> None:
    """A correction says why."""
    if entry.change is not ChangeKind.WRITING and not entry.text(SegmentKind.REASON):
        raise ValidationError(reason="訂正の理由を入力してください。")


def described(
    session: Session, record: EntryRecord, entry: Entry, staff: SignedInStaff, today: date
) -> moving.NewSubmission:
    """The submission of an entry's newest version, for the moving door."""
    return moving.NewSubmission(
        office_id=record.office_id,
        household_id=record.household_id,
        subject_kind="entry",
        subject_id=record.id,
        root_version=record.version,
        content_hash=entry.content_hash,
        author_id=record.author_id or staff.staff_id,
        route=lambda: route_of(session, staff, record.household_id, "entry", entry.kind, today),
    )
