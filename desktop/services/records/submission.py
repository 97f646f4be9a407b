"""What must be right before an entry goes to the supervisor, and the way it takes from there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from desktop.database import moving
from desktop.domain.errors import ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.records import (
    BODY_SEGMENTS,
    ChangeKind,
    ContactMethod,
    Entry,
    EntryInput,
    EntryKind,
    Place,
    ResultCode,
    SegmentKind,
)
from desktop.models.records import EntryRecord
from desktop.services.routes import route_of

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


def check_for_submitting(entry: Entry, kind: EntryKind, results: Mapping[str, ResultCode]) -> None:
    """Raises ValidationError per field for what a supervisor would have to return at once (R and V rules)."""
    if entry.change is ChangeKind.ANNULMENT:
        return
    if not any(s.kind in BODY_SEGMENTS and s.text.strip() for s in entry.segments):
        raise ValidationError(facts="記事が空です。あったことを書いてから提出してください。")
    if kind.result_codes and not entry.result_code:
        raise ValidationError(result_code="結果を選んでください。")
    result = results.get(entry.result_code)
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
