"""The tables of office data about acts of support: who supports together with the office, and the kinds of acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.domain.activities import EFFORT_WORK, PARTNER_KIND
from desktop.domain.masters import FieldKind, MasterField, MasterTable

_LABEL = MasterField(name="label", label="名称")


def _choice(name: str, label: str, labels: Mapping[Any, str]) -> MasterField:
    choices = tuple((code.value, said) for code, said in labels.items())
    return MasterField(name=name, label=label, kind=FieldKind.CHOICE, choices=choices)


_PARTNERS = MasterTable(
    name="partners",
    label="連携先",
    key_label="連携先コード",
    fields=(
        _LABEL,
        _choice("kind", "種類", PARTNER_KIND),
        MasterField(name="contact", label="連絡先（担当部門・電話番号）", required=False),
        MasterField(name="note", label="説明", required=False, lines=2),
    ),
    affects="支援活動・支援要請で選ぶ連携先と支援要請書（S-10）の宛先",
)

_ACTIVITY_KINDS = MasterTable(
    name="activity_kinds",
    label="支援活動の種類",
    key_label="種類コード（入力欄で打つ2桁）",
    fields=(
        _LABEL,
        MasterField(
            name="is_direct",
            label="直接的支援（本人と一緒に行う）",
            kind=FieldKind.YES_NO,
            required=False,
        ),
        MasterField(name="minutes", label="標準の時間", kind=FieldKind.NUMBER, unit="分"),
        _choice("work", "業務時間の表での仕事の種類", EFFORT_WORK),
    ),
    affects="支援活動の入力（標準の時間）・支援記録票・業務時間の推計",
)

ACTIVITY_TABLES: tuple[MasterTable, ...] = (_PARTNERS, _ACTIVITY_KINDS)
