"""The table of office data that guidance (指導指示・弁明・処分) reads; `master_tables.py` registers it under its name."""

from __future__ import annotations

from desktop.domain.master_fields import LABEL, number
from desktop.domain.masters import MasterField, MasterTable

GUIDANCE_TABLES: tuple[MasterTable, ...] = (
    MasterTable(
        name="guidance_numbers",
        label="指導・指示の数値",
        key_label="項目",
        fields=(
            LABEL,
            number("number", "数"),
            MasterField(name="unit", label="単位", required=False),
        ),
        affects="指導・指示の段階に要る日数と回数",
    ),
    MasterTable(
        name="abolition_exceptions",
        label="停止を経ない廃止の事由",
        key_label="事由コード",
        fields=(
            LABEL,
            MasterField(name="note", label="説明・出典の箇所", required=False, lines=2),
        ),
        affects="処分の起案で、停止を経ない廃止に選べる事由（選んでも、事実の記載と全部の段階が要ります）",
    ),
)
