"""The office's tables for assessments and support groups: what may be reworded and weighed, never the codes themselves."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from desktop.domain.assessments import (
    SCOPE,
    Barriers,
    Health,
    Motivation,
    Scope,
    SelfDrive,
    Work,
)
from desktop.domain.master_fields import LABEL, number, yes_no
from desktop.domain.masters import FieldKind, MasterField, MasterTable
from desktop.domain.support_groups import SupportGroup


def _codes(
    name: str, label: str, codes: type[StrEnum], said: Mapping[Scope, str] | None = None
) -> MasterField:
    choices = tuple((code.value, said[Scope(code)] if said else code.value) for code in codes)
    return MasterField(
        name=name, label=label, kind=FieldKind.CODES, choices=choices, required=False
    )


_SUPPORT_GROUPS = MasterTable(
    name="support_groups",
    label="支援区分",
    key_label="区分コード",
    fields=(
        LABEL,
        MasterField(name="said", label="本人への言い方", required=False),
        number("review_months", "見直しの間隔", "か月"),
    ),
    affects="支援区分の名称・見直しの期限",
)
_GROUP_RULES = MasterTable(
    name="group_rules",
    label="支援区分の判定表",
    key_label="規則コード",
    fields=(
        number("order", "順番"),
        _codes("scope", "対象", Scope, SCOPE),
        _codes("work", "今の就労", Work),
        _codes("health", "健康", Health),
        _codes("barriers", "阻害要因", Barriers),
        _codes("motivation", "意向", Motivation),
        _codes("drive", "自走", SelfDrive),
        yes_no("any_of", "どれか一つで当たる"),
        MasterField(
            name="group",
            label="提案する区分",
            kind=FieldKind.CHOICE,
            choices=tuple((group.value, group.value) for group in SupportGroup),
        ),
        MasterField(name="reason", label="理由の文", lines=2),
    ),
    affects="支援区分の提案（決めるのは会議・査察指導員です）",
)
_BARRIERS = MasterTable(
    name="barriers",
    label="就労阻害要因",
    key_label="要因コード",
    fields=(
        LABEL,
        MasterField(name="partner", label="よく頼る相手", required=False),
        yes_no("is_sensitive", "配慮が要る（閲覧の権限が別で、印刷しない）"),
    ),
    affects="アセスメント票",
)
_SELF_DRIVE_ITEMS = MasterTable(
    name="self_drive_items",
    label="自走の確認項目",
    key_label="項目コード",
    fields=(
        MasterField(name="label", label="たずねること", lines=2),
        yes_no("is_essential", "必須"),
        MasterField(name="help", label="「いいえ」のときの支援", required=False),
    ),
    affects="アセスメント票・支援区分の提案",
)
_ASSESSMENT_ANCHORS = MasterTable(
    name="assessment_anchors",
    label="アセスメントの回答の目安",
    key_label="回答コード",
    fields=(LABEL, MasterField(name="anchor", label="目安", required=False, lines=2)),
    affects="アセスメント票",
)
_ASSESSMENT_NUMBERS = MasterTable(
    name="assessment_numbers",
    label="アセスメントの数値",
    key_label="項目",
    fields=(
        LABEL,
        number("number", "数"),
        MasterField(name="unit", label="単位", required=False),
    ),
    affects="アセスメント票・支援区分の提案・仮の区分",
)

ASSESSMENT_TABLES = (
    _SUPPORT_GROUPS,
    _GROUP_RULES,
    _BARRIERS,
    _SELF_DRIVE_ITEMS,
    _ASSESSMENT_ANCHORS,
    _ASSESSMENT_NUMBERS,
)
