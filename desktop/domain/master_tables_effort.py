"""The tables of office data that effort and key figures read; `master_tables.py` registers them under these names."""

from __future__ import annotations

from desktop.domain.list_exports import EXPORT_COLUMN
from desktop.domain.masters import FieldKind, MasterField, MasterTable

_LABEL = MasterField(name="label", label="名称")

_STANDARD_MINUTES = MasterTable(
    name="standard_minutes",
    label="業務時間の標準の分",
    key_label="項目",
    fields=(
        _LABEL,
        MasterField(name="minutes", label="標準の時間", kind=FieldKind.NUMBER, unit="分"),
        MasterField(
            name="is_direct",
            label="直接的支援（本人と一緒に行う）",
            kind=FieldKind.YES_NO,
            required=False,
        ),
    ),
    affects="業務と成果の業務時間（推計）。支援活動の標準の時間は「支援活動の種類」にあります",
)

_KPI_TARGETS = MasterTable(
    name="kpi_targets",
    label="KPIの目標",
    key_label="指標・年度（例：participation.2025）",
    fields=(
        _LABEL,
        MasterField(name="percent", label="目標", kind=FieldKind.NUMBER, unit="％"),
    ),
    affects="業務と成果のKPI・月報（S-35）",
)

_KPI_GROUPS = MasterTable(
    name="kpi_groups",
    label="事業参加率の対象の区分",
    key_label="区分コード",
    fields=(
        _LABEL,
        MasterField(name="counts", label="対象に数える", kind=FieldKind.YES_NO, required=False),
    ),
    affects="業務と成果のKPI（事業参加率・就労増収率の分母）",
)

_LIST_EXPORTS = MasterTable(
    name="list_exports",
    label="CSVの一覧の列",
    key_label="コード",
    fields=(
        _LABEL,
        MasterField(
            name="columns",
            label="列（この順に並びます）",
            kind=FieldKind.CODES,
            choices=tuple((column.value, label) for column, label in EXPORT_COLUMN.items()),
        ),
    ),
    affects="業務と成果のKPIの一覧（CSV）。氏名は、保存する人が入れると決めたときだけ入ります",
)

EFFORT_TABLES: tuple[MasterTable, ...] = (
    *(_STANDARD_MINUTES, _KPI_TARGETS, _KPI_GROUPS, _LIST_EXPORTS),
)
