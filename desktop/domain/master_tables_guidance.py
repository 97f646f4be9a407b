"""The table of office data that guidance (指導指示・弁明・処分) reads; `master_tables.py` registers it under its name."""

from __future__ import annotations

from desktop.domain.masters import FieldKind, MasterField, MasterTable

GUIDANCE_TABLES: tuple[MasterTable, ...] = (
    MasterTable(
        name="guidance_numbers",
        label="指導・指示の数値",
        key_label="項目",
        fields=(
            MasterField(name="label", label="名称"),
            MasterField(name="number", label="数", kind=FieldKind.NUMBER),
            MasterField(name="unit", label="単位", required=False),
        ),
        affects="指導・指示の段階に要る日数と回数",
    ),
)
