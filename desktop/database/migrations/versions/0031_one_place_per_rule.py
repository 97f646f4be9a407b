"""One place per rule: legal floors instead of limits beside them, one table of purposes; a trip's return time is corrected in the open.

- The limits of V05 and V06 end; the rules read the legal floors. An office that had asked for more visits than its floor finds that
  number as a proposal for the floor, which a second person decides.
- The purposes of the carry sheet become a short name of the purposes of visits; trips name the one table's codes.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.database.shipped import shipped_rows
from desktop.domain.clock import japan_day
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_LIMITS = {
    "v05_visits": ("V05 家庭訪問の最低の回数", 2, "回"),
    "v05_months": ("V05 家庭訪問の回数を数える期間", 12, "か月"),
    "v06_months": ("V06 入院・入所中の面接がない月数", 12, "か月"),
}
_ENDED = "設定値「訪問回数の下限」に統合（0031）"
#: Code of the carry sheet's own table → purpose of a visit.
_PURPOSES = {
    "01": "living",
    "02": "residence",
    "03": "health",
    "04": "care",
    "05": "work",
    "06": "income",
    "07": "assets",
    "08": "budget",
    "09": "children",
    "10": "kin",
    "11": "housing",
    "12": "debt",
    "13": "one_time_aid",
    "14": "instruction",
    "15": "policy_review",
    "16": "income_declaration",
    "17": "handover",
    "18": "safety",
    "19": "hospital",
    "20": "suspicion",
    "99": "other",
}
_CARRY, _VISIT = "carry_purposes", Master.VISIT_PURPOSES.value
_MASTER = sa.table(
    "master",
    *(sa.column(name, sa.Uuid()) for name in ("id", "office_id", "entered_by")),
    *(sa.column(name, sa.Text()) for name in ("table_name", "key", "source")),
    sa.column("valid_from", sa.Date()),
    sa.column("value", sa.JSON().with_variant(JSONB(), "postgresql")),
    *(sa.column(name, sa.Boolean()) for name in ("confirmed", "is_retired", "is_seed")),
    *(
        sa.column(name, sa.DateTime(timezone=True))
        for name in ("entered_at", "approved_at", "rejected_at")
    ),
)
_PURPOSE = sa.table("carry_out_purpose", sa.column("code", sa.Text()))


def upgrade() -> None:
    """Go up."""
    op.add_column(
        "carry_out_step", sa.Column("was_back_at", sa.DateTime(timezone=True), nullable=True)
    )
    _end_limits()
    _one_table_of_purposes()
    _retention_of_trips()


def downgrade() -> None:
    """Go down."""
    _two_tables_of_purposes()
    _bring_limits_back()
    trips = (_MASTER.c.table_name == Master.RETENTION.value) & (_MASTER.c.key == "carry_out")
    op.execute(_MASTER.delete().where(trips))
    op.drop_column("carry_out_step", "was_back_at")


def _end_limits() -> None:
    """The rows stay readable; the last of each says that it ended."""
    rows = _rows(Master.THRESHOLDS.value)
    for key in _LIMITS:
        for office_id, row in _newest(r for r in rows if r["key"] == key).items():
            ended = row | {"id": new_id(), "valid_from": _today(), "source": _ENDED}
            _insert(ended | {"is_retired": True, "is_seed": True, "entered_by": None})
            if key == "v05_visits":
                _propose_floor(office_id, row)


def _propose_floor(office_id: object, limit: dict[str, Any]) -> None:
    """More visits than the office's floor at home: somebody decides whether the floor is to be raised."""
    floors = [r for r in _rows(Master.VISIT_FLOORS.value) if r["key"] == "home"]
    floor = _newest(floors).get(office_id)
    visits = int(limit["value"].get("number") or 0)
    if floor is None or visits <= int(floor["value"]["visits_per_year"]):
        return
    proposed = floor | {"id": new_id(), "valid_from": _today(), "is_seed": False}
    proposed |= {"value": floor["value"] | {"visits_per_year": visits}, "approved_at": None}
    _insert(proposed | {"source": limit["source"], "entered_by": limit["entered_by"]})


def _bring_limits_back() -> None:
    ended = (_MASTER.c.table_name == Master.THRESHOLDS.value) & _MASTER.c.key.in_(_LIMITS)
    op.execute(_MASTER.delete().where(ended & (_MASTER.c.source == _ENDED)))
    there = {(r["office_id"], r["key"]) for r in _rows(Master.THRESHOLDS.value)}
    offices = {office_id for office_id, _ in there}
    for office_id in offices:
        for key, (label, number, unit) in _LIMITS.items():
            if (office_id, key) not in there:
                value = {"label": label, "number": number, "unit": unit}
                _insert(_new(office_id, Master.THRESHOLDS.value, key, value, "局長通知 第12-1"))


def _one_table_of_purposes() -> None:
    """Give every purpose its short name, as the office had it; purposes that only the sheet knew come along."""
    shipped = {
        row.key: row.value.get("sheet_label", "") for row in shipped_rows(Master.VISIT_PURPOSES)
    }
    carried = _rows(_CARRY)
    for row in _rows(_VISIT):
        value = {"sheet_label": shipped.get(row["key"], "")} | row["value"]
        _store(row, value)
    for old in {row["key"] for row in carried}:
        code = _PURPOSES.get(old, old)
        for office_id, row in _newest(r for r in carried if r["key"] == old).items():
            label = "" if row["is_retired"] else str(row["value"].get("label") or "")
            there = [r for r in _rows(_VISIT) if r["key"] == code and r["office_id"] == office_id]
            for purpose in there:
                _store(purpose, purpose["value"] | {"sheet_label": label})
            if not there:
                value = {"label": row["value"].get("label") or code, "sheet_label": label}
                _insert(row | {"id": new_id(), "table_name": _VISIT, "key": code, "value": value})
        if code != old:
            op.execute(_PURPOSE.update().where(_PURPOSE.c.code == old).values(code=code))
    op.execute(_MASTER.delete().where(_MASTER.c.table_name == _CARRY))


def _two_tables_of_purposes() -> None:
    """What stands on the sheet is a table of its own again, with the codes that it had."""
    codes = {new: old for old, new in _PURPOSES.items()}
    for row in _rows(_VISIT):
        label = str(row["value"].get("sheet_label") or "")
        code = codes.get(row["key"], row["key"])
        if label:
            _insert(
                row | {"id": new_id(), "table_name": _CARRY, "key": code, "value": {"label": label}}
            )
        _store(row, {name: part for name, part in row["value"].items() if name != "sheet_label"})
    for new, old in codes.items():
        op.execute(_PURPOSE.update().where(_PURPOSE.c.code == new).values(code=old))


def _retention_of_trips() -> None:
    """Offices find the years of the carry-out register among the others, to be confirmed."""
    (shipped,) = (row for row in shipped_rows(Master.RETENTION) if row.key == "carry_out")
    for office_id in {row["office_id"] for row in _rows(Master.RETENTION.value)}:
        row = _new(
            office_id, Master.RETENTION.value, shipped.key, dict(shipped.value), shipped.source
        )
        _insert(row | {"valid_from": shipped.valid_from})


def _rows(table: str) -> list[dict[str, Any]]:
    """Rows of a table of office data that were not refused, the older first."""
    found = op.get_bind().execute(
        sa.select(_MASTER)
        .where(_MASTER.c.table_name == table, _MASTER.c.rejected_at.is_(None))
        .order_by(_MASTER.c.valid_from, _MASTER.c.approved_at, _MASTER.c.id)
    )
    return [dict(row) for row in found.mappings()]


def _newest(rows: Iterable[dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    """Office → its newest approved row of these."""
    return {row["office_id"]: row for row in rows if row["approved_at"] is not None}


def _store(row: dict[str, Any], value: dict[str, Any]) -> None:
    op.execute(_MASTER.update().where(_MASTER.c.id == row["id"]).values(value=value))


def _insert(row: dict[str, Any]) -> None:
    op.bulk_insert(_MASTER, [row | {"entered_at": _now()}])


def _new(
    office_id: object, table: str, key: str, value: dict[str, Any], source: str
) -> dict[str, Any]:
    """A row as a new office begins with it."""
    shipped_from = shipped_rows(Master.THRESHOLDS)[0].valid_from
    given = {"office_id": office_id, "table_name": table, "key": key, "value": value}
    dated = {"valid_from": shipped_from, "source": source, "approved_at": _now()}
    flags = {"confirmed": False, "is_retired": False, "is_seed": True}
    return {"id": new_id(), "entered_by": None, "rejected_at": None, **given, **dated, **flags}


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return japan_day(_now())
