"""The tables of office data that visit planning reads; `master_tables.py` registers them under these names."""

from __future__ import annotations

from desktop.domain.master_fields import LABEL, NOTE, number, yes_no
from desktop.domain.masters import FieldKind, MasterField, MasterTable
from desktop.domain.short_messages import COLUMN_HOLDS, MESSAGE_ENCODING
from desktop.domain.working_time import OFFICE_DAY_LABEL, SHIFT_LABEL, WEEKDAYS


def _numbers(name: str, label: str, affects: str) -> MasterTable:
    """A table of named numbers with their units and what they mean."""
    unit = MasterField(name="unit", label="単位", required=False)
    fields = (LABEL, number("number", "値"), unit, NOTE)
    return MasterTable(name=name, label=label, key_label="項目", fields=fields, affects=affects)


_HALF_DAYS = MasterTable(
    name="visit_half_days",
    label="訪問に使う半日の標準",
    key_label="半日（am：午前、pm：午後）",
    fields=(
        LABEL,
        number("minutes", "1回の長さ（移動を含む）", "分"),
        MasterField(
            name="weekdays",
            label="曜日",
            kind=FieldKind.CODES,
            choices=tuple((str(number), day) for number, day in enumerate(WEEKDAYS)),
            required=False,
        ),
    ),
    affects="勤務と当番を登録していない職員の訪問計画・新しく登録するときの初期値",
)

_OFFICE_DAYS = MasterTable(
    name="visit_office_days",
    label="訪問しない日（支給日・締切日）",
    key_label="コード",
    fields=(
        LABEL,
        MasterField(
            name="kind",
            label="種類",
            kind=FieldKind.CHOICE,
            choices=tuple((kind.value, said) for kind, said in OFFICE_DAY_LABEL.items()),
        ),
        number("day_of_month", "毎月の日（31は月末）", "日"),
        MasterField(
            name="shift",
            label="閉庁日に当たるとき",
            kind=FieldKind.CHOICE,
            choices=tuple((shift.value, said) for shift, said in SHIFT_LABEL.items()),
        ),
        number("open_days", "その日までの開庁日数", "日"),
    ),
    affects="全職員の訪問計画（この日には訪問を入れません）",
)

_DISTRICT_MINUTES = MasterTable(
    name="district_minutes",
    label="地区のあいだの移動時間",
    key_label="地区コード・地区コード（福祉事務所は office）",
    fields=(number("minutes", "移動時間", "分"), NOTE),
    affects="住所から位置が分からない世帯の移動時間（訪問計画）",
)

_NEED_POINTS = MasterTable(
    name="need_points",
    label="訪問の必要度の点数",
    key_label="規則コード",
    fields=(
        LABEL,
        number("points", "1段階の点", "点"),
        number("step", "1段階の大きさ（割合は％、ほかは件数・回数）"),
        number("most", "上限", "点"),
        MasterField(name="reason", label="点にする理由", lines=2),
    ),
    affects="訪問計画の順番（訪問そのものを減らすことはありません。世帯には保存されません）",
)

_VEHICLES = MasterTable(
    name="vehicles",
    label="庁用車",
    key_label="コード",
    fields=(LABEL,),
    affects="同行の予約で選べる庁用車",
)

_ENTRY_CARDS = MasterTable(
    name="entry_cards",
    label="立入調査票の交付",
    key_label="職員のログイン名",
    fields=(
        MasterField(name="number", label="票の番号"),
        MasterField(name="issued_on", label="交付した日", kind=FieldKind.DAY),
        MasterField(name="returned_on", label="返納した日", kind=FieldKind.DAY, required=False),
        NOTE,
    ),
    affects="見落とし V23（立入調査票のない立入調査）",
)

_SMS_GATEWAY = MasterTable(
    name="sms_gateway",
    label="ショートメッセージのファイル",
    key_label="コード（gateway）",
    fields=(
        yes_no("is_on", "ファイルを作れる"),
        MasterField(
            name="encoding",
            label="文字コード",
            kind=FieldKind.CHOICE,
            choices=tuple((each.value, said) for each, said in MESSAGE_ENCODING.items()),
        ),
        yes_no("has_header", "見出しの行を付ける"),
        MasterField(
            name="text", label="本文（{月日}{曜}{半日}{問い合わせ先}を差し込めます）", lines=3
        ),
    ),
    affects="月間訪問計画から書き出すショートメッセージのファイル（このソフトは送信しません。電話は本人以外も見ます）",
)

_SMS_COLUMNS = MasterTable(
    name="sms_columns",
    label="ショートメッセージのファイルの列",
    key_label="列の順（01、02 など）",
    fields=(
        MasterField(name="header", label="見出し"),
        MasterField(
            name="holds",
            label="入れるもの",
            kind=FieldKind.CHOICE,
            choices=tuple((each.value, said) for each, said in COLUMN_HOLDS.items()),
        ),
        MasterField(name="fixed", label="決まった文字", required=False),
    ),
    affects="ショートメッセージのファイルの列と順（ここにない項目は書き出しません）",
)

VISIT_TABLES: tuple[MasterTable, ...] = (
    _HALF_DAYS,
    _OFFICE_DAYS,
    _numbers("travel_settings", "移動時間の計算", "訪問計画の移動時間"),
    _DISTRICT_MINUTES,
    _NEED_POINTS,
    _numbers("planning_weights", "訪問計画の重み", "訪問計画が何を優先するか"),
    _VEHICLES,
    _ENTRY_CARDS,
    _SMS_GATEWAY,
    _SMS_COLUMNS,
)
