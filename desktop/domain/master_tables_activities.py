"""The tables of office data about acts of support: who supports together with the office, and the kinds of acts."""

from __future__ import annotations

from desktop.domain.activities import EFFORT_WORK, PARTNER_KIND
from desktop.domain.master_fields import LABEL, NOTE, choice, number, yes_no
from desktop.domain.masters import MasterField, MasterTable

_PARTNERS = MasterTable(
    name="partners",
    label="連携先",
    key_label="連携先コード",
    fields=(
        LABEL,
        choice("kind", "種類", PARTNER_KIND),
        MasterField(name="contact", label="連絡先（担当部門・電話番号）", required=False),
        NOTE,
    ),
    affects="支援活動・支援要請で選ぶ連携先と支援要請書（S-10）の宛先",
)

_ACTIVITY_KINDS = MasterTable(
    name="activity_kinds",
    label="支援活動の種類",
    key_label="種類コード（入力欄で打つ2桁）",
    fields=(
        LABEL,
        yes_no("is_direct", "直接的支援（本人と一緒に行う）"),
        number("minutes", "標準の時間", "分"),
        choice("work", "業務時間の表での仕事の種類", EFFORT_WORK),
    ),
    affects="支援活動の入力（標準の時間）・支援記録票・業務時間の推計",
)

ACTIVITY_TABLES: tuple[MasterTable, ...] = (_PARTNERS, _ACTIVITY_KINDS)
