"""What the office's tables of assessments and support groups say on a day: the day an assessment was begun stays its version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import TypeVar, cast
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.database.shipped import shipped_rows
from desktop.domain.assessment_forms import AssessmentTables
from desktop.domain.assessments import (
    AssessmentNumbers,
    BarrierKind,
    Barriers,
    DriveItem,
    Health,
    Motivation,
    Scope,
    SelfDrive,
    Work,
)
from desktop.domain.master_tables import Master
from desktop.domain.support_groups import (
    DecisionTable,
    GroupKind,
    GroupRule,
    SupportGroup,
    table_errors,
)
from desktop.models.masters import MasterValue
from desktop.services.masters import lookup

_Code = TypeVar("_Code", bound=StrEnum)


def assessment_tables(session: Session, office_id: UUID, on: date) -> AssessmentTables:
    """The tables in force on a day."""
    return AssessmentTables(
        on=on,
        barriers=barrier_kinds(session, office_id, on),
        items=_items(session, office_id, on),
        anchors=_anchors(session, office_id, on),
        numbers=assessment_numbers(session, office_id, on),
        rules=decision_table(session, office_id, on),
        groups=support_groups(session, office_id, on),
    )


def decision_table(session: Session, office_id: UUID, on: date) -> DecisionTable:
    """The office's rules in force; as shipped where what it entered cannot decide every case."""
    rows = lookup.in_force(session, office_id, Master.GROUP_RULES, on)
    rules = tuple(rule_of(key, value) for key, value in rows.items())
    if table_errors(rules):
        shipped = shipped_rows(Master.GROUP_RULES)
        rules = tuple(rule_of(row.key, row.value) for row in shipped)
        return DecisionTable(rules=rules, valid_from=shipped[0].valid_from)
    newest = session.scalar(
        select(func.max(MasterValue.valid_from)).where(
            MasterValue.office_id == office_id,
            MasterValue.table_name == Master.GROUP_RULES,
            MasterValue.approved_at.is_not(None),
            MasterValue.valid_from <= on,
        )
    )
    return DecisionTable(rules=rules, valid_from=newest or on)


def rule_of(key: str, value: Mapping[str, object]) -> GroupRule:
    """A row of the decision table as a rule."""
    return GroupRule(
        code=key,
        order=_count(value, "order"),
        group=SupportGroup(str(value["group"])),
        reason=str(value.get("reason") or ""),
        any_of=value.get("any_of") is True,
        scope=_codes(value, "scope", Scope),
        work=_codes(value, "work", Work),
        health=_codes(value, "health", Health),
        barriers=_codes(value, "barriers", Barriers),
        motivation=_codes(value, "motivation", Motivation),
        drive=_codes(value, "drive", SelfDrive),
    )


def support_groups(session: Session, office_id: UUID, on: date) -> dict[SupportGroup, GroupKind]:
    """Group → its label, its words towards the person, and after how many months it is looked at again."""
    rows = lookup.in_force(session, office_id, Master.SUPPORT_GROUPS, on)
    shipped = {row.key: row.value for row in shipped_rows(Master.SUPPORT_GROUPS)}
    return {
        group: GroupKind(
            group=group,
            label=str(value.get("label") or group),
            said=str(value.get("said") or ""),
            review_months=_count(value, "review_months"),
        )
        for group in SupportGroup
        for value in (rows.get(group) or shipped[group],)
    }


def barrier_kinds(session: Session, office_id: UUID, on: date) -> dict[str, BarrierKind]:
    """Code → kind of barrier, in the order of the list."""
    rows = lookup.in_force(session, office_id, Master.BARRIERS, on)
    return {
        code: BarrierKind(
            code=code,
            label=str(value.get("label") or ""),
            partner=str(value.get("partner") or ""),
            is_sensitive=value.get("is_sensitive") is True,
        )
        for code, value in sorted(rows.items())
    }


def assessment_numbers(session: Session, office_id: UUID, on: date) -> AssessmentNumbers:
    """The thresholds. A number the office has no row for is the shipped one."""
    shipped = {row.key: row.value for row in shipped_rows(Master.ASSESSMENT_NUMBERS)}
    rows = shipped | lookup.in_force(session, office_id, Master.ASSESSMENT_NUMBERS, on)
    return AssessmentNumbers(
        **{f.name: _count(rows[f.name], "number") for f in fields(AssessmentNumbers)}
    )


def _items(session: Session, office_id: UUID, on: date) -> tuple[DriveItem, ...]:
    rows = lookup.in_force(session, office_id, Master.SELF_DRIVE_ITEMS, on)
    return tuple(
        DriveItem(
            code=code,
            label=str(value.get("label") or ""),
            is_essential=value.get("is_essential") is True,
            help=str(value.get("help") or ""),
        )
        for code, value in sorted(rows.items())
    )


def _anchors(session: Session, office_id: UUID, on: date) -> dict[str, tuple[str, str]]:
    shipped = {row.key: row.value for row in shipped_rows(Master.ASSESSMENT_ANCHORS)}
    rows = shipped | lookup.in_force(session, office_id, Master.ASSESSMENT_ANCHORS, on)
    return {
        code: (str(value.get("label") or code), str(value.get("anchor") or ""))
        for code, value in rows.items()
    }


def _codes(value: Mapping[str, object], name: str, codes: type[_Code]) -> frozenset[_Code]:
    return frozenset(codes(code) for code in cast("list[str]", value.get(name) or []))


def _count(value: Mapping[str, object], name: str) -> int:
    return int(cast("int", value.get(name) or 0))
