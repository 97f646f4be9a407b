"""The tables of office data that effort and key figures read; `master_tables.py` registers them under these names."""

from __future__ import annotations

from desktop.domain.list_exports import EXPORT_COLUMN
from desktop.domain.master_fields import LABEL, number, yes_no
from desktop.domain.masters import FieldKind, MasterField, MasterTable

_STANDARD_MINUTES = MasterTable(
    name="standard_minutes",
    label="業務時間の標準の分",
    key_label="項目",
    fields=(
        LABEL,
        number("minutes", "標準の時間", "分"),
        yes_no("is_direct", "直接的支援（本人と一緒に行う）"),
    ),
    affects="業務と成果の業務時間（推計）。支援活動の標準の時間は「支援活動の種類」にあります",
)

_KPI_TARGETS = MasterTable(
    name="kpi_targets",
    label="KPIの目標",
    key_label="指標・年度（例：participation.2025）",
    fields=(
        LABEL,
        number("percent", "目標", "％"),
    ),
    affects="業務と成果のKPI・月報（S-35）",
)

_KPI_GROUPS = MasterTable(
    name="kpi_groups",
    label="事業参加率の対象の区分",
    key_label="区分コード",
    fields=(
        LABEL,
        yes_no("counts", "対象に数える"),
    ),
    affects="業務と成果のKPI（事業参加率・就労増収率の分母）",
)

_LIST_EXPORTS = MasterTable(
    name="list_exports",
    label="CSVの一覧の列",
    key_label="コード",
    fields=(
        LABEL,
        MasterField(
            name="columns",
            label="列（この順に並びます）",
            kind=FieldKind.CODES,
            choices=tuple((column.value, label) for column, label in EXPORT_COLUMN.items()),
        ),
    ),
    affects="業務と成果の指標の一覧（CSV）。氏名は、保存する人が入れると決めたときだけ入ります",
)

EFFORT_TABLES: tuple[MasterTable, ...] = (
    *(_STANDARD_MINUTES, _KPI_TARGETS, _KPI_GROUPS, _LIST_EXPORTS),
)
