"""The tables of office data that support plans and participations read; `master_tables.py` registers them under these names."""

from __future__ import annotations

from desktop.domain.master_fields import LABEL, choice, yes_no
from desktop.domain.masters import MasterField, MasterTable
from desktop.domain.participations import COUNTS_FOR
from desktop.domain.support_plans import SELF_RELIANCE

_PROGRAMMES = MasterTable(
    name="programmes",
    label="支援事業",
    key_label="事業コード",
    fields=(
        LABEL,
        MasterField(name="basis", label="根拠", required=False, lines=2),
        choice("reliance", "自立の種類", SELF_RELIANCE),
        yes_no("counts", "事業参加率に数える"),
        MasterField(name="carrier", label="実施する者", required=False),
        yes_no("needs_consent", "同意が要る"),
        MasterField(name="note", label="内容・使えるとき", required=False, lines=3),
    ),
    affects="個別支援計画・事業参加・同意書（S-08）・対象者名簿（S-09）",
)

_SUPPORT_OUTCOMES = MasterTable(
    name="support_outcomes",
    label="支援の結果",
    key_label="結果コード（O01 など）",
    fields=(LABEL, choice("counts_for", "数え方", COUNTS_FOR)),
    affects="個別支援計画の終了・事業参加の終了（コードは変えられません）",
)

PLAN_TABLES: tuple[MasterTable, ...] = (_PROGRAMMES, _SUPPORT_OUTCOMES)
