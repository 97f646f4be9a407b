"""The settings screen's use cases: look at office data, propose a dated row, have a second person decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.master_tables import MASTER_TABLES, Master
from desktop.domain.masters import MasterInput, MasterRow, MasterTable
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.models.masters import MasterValue
from desktop.models.office import Staff
from desktop.services.masters.lookup import in_force
from desktop.services.masters.validation import (
    cleaned,
    floor_errors,
    key_error,
    reference_errors,
    value_errors,
)
from desktop.services.masters.validation_assessments import (
    assessment_value_errors,
    retired_rule_error,
)
from desktop.services.masters.validation_employment import work_value_errors
from desktop.services.masters.validation_help import help_value_errors
from desktop.services.masters.validation_monthly import monthly_value_errors
from desktop.services.masters.validation_ticks import tick_value_errors
from desktop.services.masters.validation_visits import visit_value_errors
from desktop.services.permission import needs

#: Whoever changes the past says so with this word in the source.
BACKDATED = "遡及"


@dataclass(frozen=True, slots=True)
class MastersService:
    """Office data for one signed-in person."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.SEE_MASTERS)
    def tables(self) -> tuple[MasterTable, ...]:
        """All registered tables."""
        return tuple(MASTER_TABLES.values())

    @needs(Permission.SEE_MASTERS)
    def rows(self, table: str) -> tuple[MasterRow, ...]:
        """Every row of a table: by key, each key's newest first, with proposals and refused ones."""
        _registered(table)
        entered, approved = aliased(Staff), aliased(Staff)
        found = (
            select(MasterValue, entered.name, approved.name)
            .outerjoin(entered, entered.id == MasterValue.entered_by)
            .outerjoin(approved, approved.id == MasterValue.approved_by)
            .where(MasterValue.office_id == self.staff.office_id, MasterValue.table_name == table)
            .order_by(
                MasterValue.key,
                MasterValue.valid_from.desc(),
                MasterValue.entered_at.desc(),
                MasterValue.id.desc(),
            )
        )
        with self.work() as session:
            return tuple(self._row(*row) for row in session.execute(found))

    @needs(Permission.SEE_MASTERS)
    def in_force(self, table: str, on: date) -> Mapping[str, Mapping[str, object]]:
        """Key → value of what is in force on a day."""
        _registered(table)
        with self.work() as session:
            return in_force(session, self.staff.office_id, table, on)

    @needs(Permission.EDIT_MASTERS)
    def propose(self, given: MasterInput) -> UUID:
        """Enter a row that waits for a second person and return its id. ValidationError names the fields.

        A row that would change the past (it starts before today, or before a newer approved row of the key)
        must say so: its source contains 遡及 and the reason.
        """
        table = _registered(given.table)
        value = cleaned(table, given.value)
        with self.work() as session:
            errors = self._errors(session, table, given, value)
            if errors:
                raise ValidationError(**errors)
            row = MasterValue(
                id=new_id(),
                office_id=self.staff.office_id,
                table_name=given.table,
                key=given.key.strip(),
                valid_from=given.valid_from,
                value=value,
                source=given.source.strip(),
                confirmed=given.confirmed,
                is_retired=given.is_retired,
                entered_by=self.staff.staff_id,
                entered_at=self.clock.now(),
            )
            session.add(row)
            return row.id

    @needs(Permission.APPROVE_MASTERS)
    def approve(self, row_id: UUID) -> None:
        """Put a proposal in force from its day on. Never by the person who entered it."""
        with self.work() as session:
            row = self._waiting(session, row_id)
            if row.entered_by == self.staff.staff_id:
                raise NotPermittedError(
                    "入力した本人は承認できません。別の職員が承認してください。"
                )
            row.approved_by = self.staff.staff_id
            row.approved_at = self.clock.now()

    @needs(Permission.SEE_MASTERS)
    def reject(self, row_id: UUID) -> None:
        """Refuse a proposal, or take one's own back; the row stays visible."""
        with self.work() as session:
            row = self._waiting(session, row_id)
            own = row.entered_by == self.staff.staff_id
            if not own and not self.staff.may(Permission.APPROVE_MASTERS):
                raise NotPermittedError("取り下げできるのは、入力した本人か承認する職員です。")
            row.rejected_by = self.staff.staff_id
            row.rejected_at = self.clock.now()

    def _errors(
        self,
        session: Session,
        table: MasterTable,
        given: MasterInput,
        value: Mapping[str, object],
    ) -> dict[str, str]:
        office_id, on = self.staff.office_id, max(given.valid_from, self.clock.today())
        errors: dict[str, str] = {}
        rules = in_force(session, office_id, Master.GROUP_RULES, on)
        if not given.is_retired:
            results = in_force(session, office_id, Master.RESULT_CODES, on)
            errors = value_errors(table, value)
            errors |= errors or reference_errors(table.name, value, results=results)
            errors |= errors or floor_errors(given, value)
            errors |= errors or visit_value_errors(table.name, given.key.strip(), value)
            errors |= errors or assessment_value_errors(given, value, rules)
            errors |= errors or work_value_errors(table.name, given.key.strip(), value)
            errors |= errors or help_value_errors(given, value)
            paper_kinds = in_force(session, office_id, Master.PAPER_KINDS, on)
            papers = in_force(session, office_id, Master.MONTHLY_PAPERS, on)
            errors |= errors or monthly_value_errors(given, value, paper_kinds, papers)
            sources = in_force(session, office_id, Master.TICK_SOURCES, on)
            errors |= errors or tick_value_errors(given, value, sources)
        kinds = in_force(session, office_id, Master.ENTRY_KINDS, on)
        errors["key"] = (
            key_error(given, kinds=kinds) or retired_rule_error(given, rules)
            if given.key.strip()
            else "キーを入力してください。"
        )
        errors["source"] = "" if given.source.strip() else "根拠を入力してください。"
        errors |= self._date_errors(session, given)
        return {name: sentence for name, sentence in errors.items() if sentence}

    def _date_errors(self, session: Session, given: MasterInput) -> dict[str, str]:
        others = session.scalars(
            select(MasterValue).where(
                MasterValue.office_id == self.staff.office_id,
                MasterValue.table_name == given.table,
                MasterValue.key == given.key.strip(),
                MasterValue.rejected_at.is_(None),
            )
        ).all()
        if any(row.approved_at is None for row in others):
            return {
                "key": "この項目には承認を待っている変更があります。先にそちらを決めてください。"
            }
        if BACKDATED in given.source:
            return {}
        how = f"さかのぼる場合は、根拠に「{BACKDATED}」と理由を書いてください。"
        newest = max((row.valid_from for row in others), default=date.min)
        if others and given.valid_from < self.clock.today():
            return {"valid_from": f"今日より前から変わります。{how}"}
        if given.valid_from < newest:
            return {"valid_from": f"{newest:%Y-%m-%d} からの新しい値があります。{how}"}
        return {}

    def _waiting(self, session: Session, row_id: UUID) -> MasterValue:
        row = session.scalars(
            select(MasterValue)
            .where(MasterValue.id == row_id, MasterValue.office_id == self.staff.office_id)
            .with_for_update()
        ).one_or_none()
        if row is None:
            raise NotPermittedError("この設定値は見つかりません。")
        if row.approved_at is not None or row.rejected_at is not None:
            raise ConflictError("この設定値はすでに決められています。画面を更新してください。")
        return row

    def _row(self, row: MasterValue, entered: str | None, approved: str | None) -> MasterRow:
        return MasterRow(
            row_id=row.id,
            table=row.table_name,
            key=row.key,
            valid_from=row.valid_from,
            value=row.value,
            source=row.source,
            confirmed=row.confirmed,
            is_retired=row.is_retired,
            entered_by=entered or "初期値",
            entered_at=row.entered_at,
            approved_by=approved or "",
            approved_at=row.approved_at,
            entered_by_me=row.entered_by == self.staff.staff_id,
            rejected_at=row.rejected_at,
        )


def _registered(table: str) -> MasterTable:
    try:
        return MASTER_TABLES[table]
    except KeyError:
        raise ValidationError(table="この設定表はありません。") from None
