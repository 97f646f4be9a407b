"""Liaisons (関係先) of the training office: a few households say whom to ring, and some whom nobody rings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop.domain.clock import JAPAN
from desktop.domain.households import HouseholdState
from desktop.domain.liaisons import BarReason, LiaisonKind
from desktop.models.households import Household
from desktop.models.liaisons import LiaisonRecord
from desktop.services.office import main_caseworkers

#: So many households of an office have any; they are those with the lowest case numbers, which have been there longest.
_HOMES = 200
_AGO, _MORNING = 60, time(10)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One liaison of the story; `number` are the last figures of a made-up telephone number, "" for none."""

    kind: LiaisonKind
    name: str
    number: str = ""
    whom: str = ""
    hours: str = ""
    note: str = ""
    bar: BarReason | None = None
    is_over: bool = False


_K = LiaisonKind
#: Sets that go round: every fourth household has the same.
_STORY = (
    (
        _Told(kind=_K.LANDLORD, name="研修不動産", number="0101", whom="管理係", hours="平日"),
        _Told(kind=_K.DOCTOR, name="見本クリニック", number="0102", hours="診療後の17時ころ"),
        _Told(kind=_K.VOLUNTEER, name="研修 春子", number="0103", hours="夕方"),
        _Told(
            kind=_K.KIN, name="研修 次郎（弟）", bar=BarReason.KIN_EXCLUDED,
            note="二十年以上行き来がないと本人が話した。",
        ),
    ),
    (
        _Told(kind=_K.EMERGENCY, name="研修 夏子（長女）", number="0201", hours="夜は20時まで"),
        _Told(kind=_K.CARE, name="見本居宅介護支援事業所", number="0202", whom="担当 研修 秋子"),
    ),
    (
        _Told(
            kind=_K.KIN, name="研修 三郎（義兄）", bar=BarReason.VIOLENCE,
            note="住まいと連絡先を知らせない。電話があっても保護を受けているかを答えない。",
        ),
        _Told(kind=_K.NURSING, name="見本訪問看護ステーション", number="0301", hours="平日の朝"),
    ),
    (
        _Told(kind=_K.WORKPLACE, name="見本食品", number="0401", bar=BarReason.UNAWARE,
              note="保護を知らせないでほしいと本人が話した。確認は給与明細で行う。"),
        _Told(kind=_K.LANDLORD, name="前の家主　研修 四郎", number="0402", is_over=True),
    ),
)  # fmt: skip


def tell_liaisons(
    session: Session, office_id: UUID, today: date, new_id: Callable[[], UUID]
) -> Counter[str]:
    """Write them and return the rows by table. `new_id` gives ids that are the same on every run."""
    writers = {
        district: staff_id
        for district, (_, staff_id) in main_caseworkers(session, today).items()
        if staff_id is not None
    }
    homes = session.execute(
        select(Household.id, Household.district_id)
        .where(
            Household.office_id == office_id,
            Household.state == HouseholdState.RECEIVING,
            Household.district_id.in_(writers),
        )
        .order_by(Household.case_number)
        .limit(_HOMES)
    ).all()
    rows = [
        _row(told, new_id(), office_id, home, writers[district_id], today)
        for number, (home, district_id) in enumerate(homes)
        for told in _STORY[number % len(_STORY)]
    ]
    if rows:
        session.execute(insert(LiaisonRecord), rows)
    return Counter(liaison=len(rows))


def _row(
    told: _Told, key: UUID, office_id: UUID, home: UUID, writer: UUID, today: date
) -> Mapping[str, object]:
    begun = today - timedelta(days=_AGO)
    return {
        "id": key,
        "office_id": office_id,
        "household_id": home,
        "liaison_id": key,
        "version": 1,
        "person_id": None,
        "kind": told.kind,
        "name": told.name,
        "whom": told.whom,
        "telephone": f"0721-00-{told.number}" if told.number else "",
        "hours": told.hours,
        "note": told.note,
        "bar": told.bar,
        "reason": "",
        "valid_from": begun,
        "valid_to": today - timedelta(days=1) if told.is_over else None,
        "made_by": writer,
        "made_at": datetime.combine(begun, _MORNING, tzinfo=JAPAN),
    }
