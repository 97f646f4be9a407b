"""The registered tables of office data (設定値) and what their rows hold. A new table is registered here, once."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from desktop.domain.carry_outs import CARRY_OUT_APPROVAL
from desktop.domain.declarations import DECLARATION_KIND
from desktop.domain.inquiries import AGENCY_KIND, HONORIFICS
from desktop.domain.labels import METHOD, PLACE, SEGMENT
from desktop.domain.master_tables_activities import ACTIVITY_TABLES
from desktop.domain.master_tables_assessments import ASSESSMENT_TABLES
from desktop.domain.master_tables_effort import EFFORT_TABLES
from desktop.domain.master_tables_employment import EMPLOYMENT_TABLES
from desktop.domain.master_tables_guidance import GUIDANCE_TABLES
from desktop.domain.master_tables_monthly import MONTHLY_TABLES
from desktop.domain.master_tables_plans import PLAN_TABLES
from desktop.domain.master_tables_visits import VISIT_TABLES
from desktop.domain.masters import FieldKind, MasterField, MasterTable
from desktop.domain.policy_events import EVENT_SOURCE, TERM_UNIT
from desktop.domain.records import SegmentKind
from desktop.domain.roles import APPROVING_POSITIONS, ROLE_LABELS
from desktop.domain.visit_floors import CHANGES, PART_YEAR


class Master(StrEnum):
    """The names of the tables."""

    ENTRY_KINDS = "entry_kinds"
    RESULT_CODES = "result_codes"
    ROUTES = "routes"
    THRESHOLDS = "thresholds"
    HOLIDAYS = "holidays"
    VISIT_GRADES = "visit_grades"
    VISIT_FLOORS = "visit_floors"
    VISIT_EXCEPTIONS = "visit_exceptions"
    VISIT_COUNTING = "visit_counting"
    GRADE_REASONS = "grade_reasons"
    VISIT_DEVIATION_REASONS = "visit_deviation_reasons"
    VISIT_PURPOSES = "visit_purposes"
    TEMPLATES = "templates"
    WORDING = "wording"
    READING_REASONS = "reading_reasons"
    RETENTION = "retention"
    PAPER_KINDS = "paper_kinds"
    REVIEW_EVENTS = "review_events"
    OTHER_PROGRAMMES = "other_programmes"
    READINGS = "readings"
    POLICY_WORDING = "policy_wording"
    DECLARATION_CYCLES = "declaration_cycles"
    LETTER_CONTACT = "letter_contact"
    WELFARE_OFFICES = "welfare_offices"
    TRANSFER_ENCLOSURES = "transfer_enclosures"
    INQUIRY_AGENCIES = "inquiry_agencies"
    INQUIRY_ITEMS = "inquiry_items"
    DISCLOSURE_REASONS = "disclosure_reasons"
    CARRY_MEDIA = "carry_media"
    CARRY_CHECKS = "carry_checks"
    PAPER_STYLE = "paper_style"
    FORM_NUMBERS = "form_numbers"
    FORM_WORDING = "form_wording"
    VISIT_HALF_DAYS = "visit_half_days"
    VISIT_OFFICE_DAYS = "visit_office_days"
    TRAVEL_SETTINGS = "travel_settings"
    DISTRICT_MINUTES = "district_minutes"
    NEED_POINTS = "need_points"
    PLANNING_WEIGHTS = "planning_weights"
    VEHICLES = "vehicles"
    ENTRY_CARDS = "entry_cards"
    VISIT_QUESTIONS = "visit_questions"
    SMS_GATEWAY = "sms_gateway"
    SMS_COLUMNS = "sms_columns"
    SUPPORT_GROUPS = "support_groups"
    GROUP_RULES = "group_rules"
    BARRIERS = "barriers"
    SELF_DRIVE_ITEMS = "self_drive_items"
    ASSESSMENT_ANCHORS = "assessment_anchors"
    ASSESSMENT_NUMBERS = "assessment_numbers"
    WORK_PARAMETERS = "work_parameters"
    WORK_DEDUCTIONS = "work_deductions"
    WORK_GRANT_RATES = "work_grant_rates"
    PROGRAMMES = "programmes"
    SUPPORT_OUTCOMES = "support_outcomes"
    PARTNERS = "partners"
    ACTIVITY_KINDS = "activity_kinds"
    DOCTOR_QUESTIONS = "doctor_questions"
    MONTHLY_PAPERS = "monthly_papers"
    MONTHLY_REASONS = "monthly_reasons"
    MONTHLY_NUMBERS = "monthly_numbers"
    MONTHLY_REPLACEMENTS = "monthly_replacements"
    CARD_LANGUAGES = "card_languages"
    GUIDANCE_NUMBERS = "guidance_numbers"
    STANDARD_MINUTES = "standard_minutes"
    KPI_TARGETS = "kpi_targets"
    KPI_GROUPS = "kpi_groups"


#: What an entry kind can ask for beside its text: code and label.
ASKS: tuple[tuple[str, str], ...] = (
    ("times", "開始・終了の時刻"),
    ("place", "場所"),
    ("met", "相手"),
    ("went", "対応した職員"),
    ("result", "結果"),
    ("promises", "約束・宿題"),
)

#: Segments that people write; the others come from take-over and from corrections.
WRITTEN_SEGMENTS = tuple(
    s for s in SegmentKind if s not in {SegmentKind.LEGACY, SegmentKind.REASON}
)

_LABEL = MasterField(name="label", label="名称")
_SEGMENT_CHOICES = tuple((s.value, SEGMENT[s]) for s in WRITTEN_SEGMENTS)


def _optional(name: str, label: str) -> MasterField:
    return MasterField(name=name, label=label, required=False)


def _yes_no(name: str, label: str) -> MasterField:
    return MasterField(name=name, label=label, kind=FieldKind.YES_NO, required=False)


def _number(name: str, label: str, unit: str = "") -> MasterField:
    return MasterField(name=name, label=label, kind=FieldKind.NUMBER, unit=unit)


def _choice(name: str, label: str, labels: Mapping[Any, str]) -> MasterField:
    """A choice among the codes of a list of labels."""
    choices = tuple((code.value, said) for code, said in labels.items())
    return MasterField(name=name, label=label, kind=FieldKind.CHOICE, choices=choices)


def _lines(segment: SegmentKind) -> int:
    return 1 if segment is SegmentKind.SUBJECT else 2


_ENTRY_KINDS = MasterTable(
    name=Master.ENTRY_KINDS,
    label="記録種別",
    key_label="種別コード",
    fields=(
        _LABEL,
        _choice("method", "方法", METHOD),
        _choice("place", "場所の初期値", PLACE),
        MasterField(
            name="segments", label="書く欄", kind=FieldKind.CODES, choices=_SEGMENT_CHOICES
        ),
        MasterField(
            name="asks", label="たずねる項目", kind=FieldKind.CODES, choices=ASKS, required=False
        ),
        MasterField(
            name="result_codes", label="使う結果コード", kind=FieldKind.CODES, required=False
        ),
        _optional("default_result", "結果コードの初期値"),
        _yes_no("in_bulk", "まとめて承認できる"),
        _optional("subject", "件名の初期値"),
    ),
    affects="記録の入力画面・種別の一覧・まとめ承認",
)

_RESULT_CODES = MasterTable(
    name=Master.RESULT_CODES,
    label="結果コード",
    key_label="コード",
    fields=(
        _LABEL,
        _yes_no("counts", "訪問として数える"),
        _yes_no("is_absence", "不在として数える"),
        _yes_no("needs_revisit", "再訪問の日を必ず決める"),
        _yes_no("is_urgent", "当日中に査察指導員と確かめる"),
        _optional("next_step", "次にすること"),
    ),
    affects="訪問実績・連続不在回数・最終面接日",
)

_ROUTES = MasterTable(
    name=Master.ROUTES,
    label="決裁ルート",
    key_label="対象（entry または entry.種別コード）",
    fields=(
        _LABEL,
        MasterField(
            name="positions",
            label="決裁する職位（下位から順に）",
            kind=FieldKind.CODES,
            choices=tuple((p.value, ROLE_LABELS[p]) for p in APPROVING_POSITIONS),
        ),
    ),
    affects="これから提出される記録の決裁",
)

_THRESHOLDS = MasterTable(
    name=Master.THRESHOLDS,
    label="しきい値",
    key_label="項目",
    fields=(_LABEL, _number("number", "値"), _optional("unit", "単位")),
    affects="見落とし点検・遡及記録の印・回答期限",
)

_HOLIDAYS = MasterTable(
    name=Master.HOLIDAYS,
    label="閉庁日",
    key_label="年月日（2024-12-29 の形）",
    fields=(_LABEL,),
    affects="翌営業日・期限の計算",
)

_VISIT_GRADES = MasterTable(
    name=Master.VISIT_GRADES,
    label="訪問格付",
    key_label="格付",
    fields=(
        _LABEL,
        _number("visits_per_year", "年間訪問回数", "回"),
        _number("interval_months", "訪問間隔の上限", "か月"),
        _optional("who", "対象の目安"),
        MasterField(
            name="first_months",
            label="開始から何か月は、この格付を目安とするか（0は目安としない）",
            kind=FieldKind.NUMBER,
            unit="か月",
            required=False,
        ),
        _yes_no("pauses", "入院中の月は訪問計画を止める"),
    ),
    affects="世帯の訪問格付の表示・訪問格付の提案・訪問計画",
)

_VISIT_FLOORS = MasterTable(
    name=Master.VISIT_FLOORS,
    label="訪問回数の法定の下限",
    key_label="場所（home・hospital・facility・group_home・application）",
    fields=(
        _LABEL,
        _number("visits_per_year", "年間訪問回数の下限", "回"),
        MasterField(
            name="within_days",
            label="申請から訪問までの日数（申請だけ）",
            kind=FieldKind.NUMBER,
            unit="日",
            required=False,
        ),
        MasterField(name="basis", label="根拠"),
    ),
    affects="訪問格付の提案と承認・訪問計画（法の下限より少なくはできません）",
)

_VISIT_EXCEPTIONS = MasterTable(
    name=Master.VISIT_EXCEPTIONS,
    label="訪問回数の下限の例外",
    key_label="例外コード",
    fields=(
        _LABEL,
        _number("fewest", "例外でも残る年間訪問回数", "回"),
        _optional("note", "使えるとき"),
    ),
    affects="下限を下回る訪問格付の提案で選べる例外",
)

_VISIT_COUNTING = MasterTable(
    name=Master.VISIT_COUNTING,
    label="訪問回数の数え方",
    key_label="コード（office）",
    fields=(
        _LABEL,
        _choice("part_year", "1年に満たない保護", PART_YEAR),
        _choice("changes", "途中で居宅・入院・入所が変わった年", CHANGES),
        _yes_no("pauses_in_hospital", "入院していた日を数えない"),
    ),
    affects="保護の開始から12か月ごとに求められる訪問回数・訪問計画",
)

#: A reason of a grade that no fact tells of.
BY_HAND = "hand"

_GRADE_REASONS = MasterTable(
    name=Master.GRADE_REASONS,
    label="訪問格付の理由と見直しのきっかけ",
    key_label="理由コード",
    fields=(
        _LABEL,
        MasterField(
            name="reads",
            label="読み取る事実",
            kind=FieldKind.CHOICE,
            choices=(
                (BY_HAND, "なし（提案の理由としてだけ使う）"),
                *((source.value, said) for source, said in EVENT_SOURCE.items()),
            ),
        ),
        MasterField(
            name="at",
            label="年齢・開始からの月数・続けての不在の回数・毎年の月",
            kind=FieldKind.NUMBER,
            required=False,
        ),
        MasterField(name="number", label="見直しの期限", kind=FieldKind.NUMBER, required=False),
        MasterField(
            name="term",
            label="期限の単位",
            kind=FieldKind.CHOICE,
            choices=tuple((code.value, said) for code, said in TERM_UNIT.items()),
            required=False,
        ),
    ),
    affects="訪問格付の提案の理由・格付の見直しの「やること」・見落とし点検 V17",
)

_VISIT_DEVIATION_REASONS = MasterTable(
    name=Master.VISIT_DEVIATION_REASONS,
    label="訪問計画の変更の理由",
    key_label="理由コード",
    fields=(_LABEL,),
    affects="承認された訪問計画を変更・取りやめ・追加するときの選択肢と、月間訪問計画・実績表（K-08）の未実施理由",
)

_VISIT_PURPOSES = MasterTable(
    name=Master.VISIT_PURPOSES,
    label="訪問の目的",
    key_label="目的コード",
    fields=(
        _LABEL,
        _optional(
            "sheet_label",
            "携行票での短い名称（病名・制度の名は書きません。空なら携行票に出しません）",
        ),
    ),
    affects="訪問計画（K-07・K-08）の訪問目的・持出しの作成で選ぶ目的と携行票（K-09）のチェック欄",
)

_TEMPLATES = MasterTable(
    name=Master.TEMPLATES,
    label="記録の文例",
    key_label="種別コード",
    fields=tuple(
        MasterField(name=s.value, label=SEGMENT[s], required=False, lines=_lines(s))
        for s in WRITTEN_SEGMENTS
    ),
    affects="新しく書く記録の初期の文章（{世帯主} {家族} {担当} {前回面接日} {今日} が使えます）",
)

_WORDING = MasterTable(
    name=Master.WORDING,
    label="言葉の注意",
    key_label="言葉",
    fields=(MasterField(name="hint", label="注意の文"),),
    affects="記録を書くときの注意の表示（保存は止めません）",
)

_POLICY_WORDING = MasterTable(
    name=Master.POLICY_WORDING,
    label="援助方針の言葉の注意",
    key_label="言葉",
    fields=(
        MasterField(name="hint", label="注意の文"),
        _yes_no("alone", "その言葉だけのときに出す"),
        _optional("unless", "同じ文にあれば出さない言葉（・で区切る）"),
        _optional("not_in", "その一部なら出さない言葉（・で区切る）"),
    ),
    affects="援助方針を書くときの注意の表示（保存は止めません）",
)

_READING_REASONS = MasterTable(
    name=Master.READING_REASONS,
    label="担当外の世帯を開く理由",
    key_label="コード",
    fields=(_LABEL,),
    affects="担当外のケースファイルを開くときの選択肢と閲覧の記録",
)

_VISIT_QUESTIONS = MasterTable(
    name=Master.VISIT_QUESTIONS,
    label="訪問で聞くこと",
    key_label="世帯類型のコード（common はどの世帯にも、institution は入院・入所中）",
    fields=(_LABEL, MasterField(name="questions", label="聞くこと（、で区切る）")),
    affects="訪問前のまとめの「聞くこと」",
)

_RETENTION = MasterTable(
    name=Master.RETENTION,
    label="保存年限",
    key_label="区分（closed_case・application_only）",
    fields=(
        _LABEL,
        _number("years", "保存年数", "年"),
        _yes_no("from_fiscal_year", "翌年度の4月1日から数える"),
    ),
    affects="廃棄簿に載せられる世帯（確認済みの値だけが使われます）",
)

_PAPER_KINDS = MasterTable(
    name=Master.PAPER_KINDS,
    label="受領書類の種類",
    key_label="種類コード",
    fields=(_LABEL,),
    affects="窓口で受け取る書類の選択肢と受領簿",
)

_REVIEW_EVENTS = MasterTable(
    name=Master.REVIEW_EVENTS,
    label="援助方針の見直しのきっかけ",
    key_label="コード",
    fields=(
        _LABEL,
        _choice("reads", "読み取る事実", EVENT_SOURCE),
        MasterField(
            name="age", label="年齢（年齢に達した日だけ）", kind=FieldKind.NUMBER, required=False
        ),
        _number("number", "見直しの期限"),
        _choice("term", "期限の単位", TERM_UNIT),
    ),
    affects="援助方針の見直し期限・やること・見落とし点検 P04",
)

_OTHER_PROGRAMMES = MasterTable(
    name=Master.OTHER_PROGRAMMES,
    label="他法他施策の点検項目",
    key_label="項目コード",
    fields=(
        _LABEL,
        _number("from_age", "何歳から（0は下限なし）", "歳"),
        _number("to_age", "何歳まで（0は上限なし）", "歳"),
        _optional("note", "確かめること"),
    ),
    affects="他法他施策点検表（K-24）に並ぶ項目と、年齢による候補の印",
)

_READINGS = MasterTable(
    name=Master.READINGS,
    label="ふりがな",
    key_label="言葉（漢字で始まるもの）",
    fields=(MasterField(name="reading", label="読み（ひらがな）"),),
    affects="援助方針説明書（K-06）をふりがな付きで印刷するときの読み",
)

_DECLARATION_CYCLES = MasterTable(
    name=Master.DECLARATION_CYCLES,
    label="申告の周期",
    key_label="周期コード",
    fields=(
        _LABEL,
        _choice("kind", "申告の種類", DECLARATION_KIND),
        _number("months", "何か月ごと（12か月以内）", "か月"),
        _number("due_days", "月末から提出期限まで", "日"),
        _optional("who", "対象の目安"),
    ),
    affects="申告の期限の表・お願いの手紙・見落とし点検",
)

_LETTER_CONTACT = MasterTable(
    name=Master.LETTER_CONTACT,
    label="手紙の連絡先",
    key_label="コード（letter）",
    fields=(
        _LABEL,
        _optional("phone", "電話番号"),
        _optional("hours", "受付時間"),
    ),
    affects="申告のお願いの手紙に印刷する問い合わせ先",
)

_WELFARE_OFFICES = MasterTable(
    name=Master.WELFARE_OFFICES,
    label="ほかの福祉事務所",
    key_label="コード（この福祉事務所は own）",
    fields=(
        _LABEL,
        _optional("postal_code", "郵便番号"),
        _optional("address", "所在地"),
        _optional("phone", "電話番号"),
        _optional("areas", "管内の住所の始まり（・で区切る）"),
    ),
    affects="移管連絡（K-26）の宛先・移管先の提案・見落とし点検 R14",
)

_TRANSFER_ENCLOSURES = MasterTable(
    name=Master.TRANSFER_ENCLOSURES,
    label="移管連絡の同封物",
    key_label="コード",
    fields=(_LABEL,),
    affects="移管連絡（K-26）の同封物のチェック欄",
)

_AGENCY_KIND = _choice("kind", "照会先の種類", AGENCY_KIND)

_INQUIRY_AGENCIES = MasterTable(
    name=Master.INQUIRY_AGENCIES,
    label="照会先",
    key_label="照会先コード",
    fields=(
        _LABEL,
        _AGENCY_KIND,
        _optional("postal_code", "郵便番号"),
        _optional("address", "所在地"),
        MasterField(
            name="honorific",
            label="敬称",
            kind=FieldKind.CHOICE,
            choices=tuple((word, word) for word in HONORIFICS),
        ),
    ),
    affects="照会・調査の宛先と調査依頼書（K-19）",
)

_INQUIRY_ITEMS = MasterTable(
    name=Master.INQUIRY_ITEMS,
    label="照会事項",
    key_label="照会事項コード",
    fields=(
        _LABEL,
        _AGENCY_KIND,
        MasterField(name="wording", label="依頼書に印刷する文", lines=2),
        MasterField(name="basis", label="根拠の条文"),
    ),
    affects="これから起案する照会の照会事項と調査依頼書（K-19）",
)

_DISCLOSURE_REASONS = MasterTable(
    name=Master.DISCLOSURE_REASONS,
    label="不開示の理由",
    key_label="理由コード",
    fields=(
        MasterField(name="label", label="理由", lines=2),
        MasterField(name="article", label="根拠の条文"),
    ),
    affects="開示用の写しで不開示にするときの選択肢と、不開示理由一覧",
)

_CARRY_MEDIA = MasterTable(
    name=Master.CARRY_MEDIA,
    label="持出しの可否",
    key_label="コード",
    fields=(
        MasterField(name="label", label="情報の種類"),
        MasterField(name="medium", label="媒体（紙・タブレットなど）"),
        _yes_no("is_allowed", "持出しを認める"),
        _choice("approval", "だれの承認が要るか", CARRY_OUT_APPROVAL),
        _optional("protection", "保護措置"),
    ),
    affects="持出しの作成（選べるもの・承認・保護措置）と個人情報持出管理簿（K-11）",
)

_CARRY_CHECKS = MasterTable(
    name=Master.CARRY_CHECKS,
    label="携行票の確認項目",
    key_label="世帯の種類（common・elderly・mother_child・disabled・ill・other・hospital）",
    fields=(
        _LABEL,
        MasterField(name="checks", label="確認項目（・で区切る）", lines=3),
    ),
    affects="携行票（K-09）の確認項目（病名・制度の名は書きません）",
)

_PAPER_STYLE = MasterTable(
    name=Master.PAPER_STYLE,
    label="帳票の体裁",
    key_label="コード（office）",
    fields=(
        MasterField(
            name="calendar",
            label="日付の書き方",
            kind=FieldKind.CHOICE,
            choices=(("era", "和暦"), ("western", "西暦")),
        ),
        MasterField(name="honorific", label="宛名の敬称"),
        _optional("signatory", "手紙の発信者（福祉事務所長など）"),
        MasterField(name="appeal", label="教示の文", required=False, lines=4),
    ),
    affects="すべての帳票の日付・宛名・発信者・教示",
)

_FORM_NUMBERS = MasterTable(
    name=Master.FORM_NUMBERS,
    label="帳票の様式番号",
    key_label="帳票コード（K-04 など）",
    fields=(MasterField(name="number", label="印刷する様式番号（様式第5号 など）"),),
    affects="帳票の左上に印刷される様式番号",
)

_FORM_WORDING = MasterTable(
    name=Master.FORM_WORDING,
    label="帳票の文言",
    key_label="帳票コード.名前（L-01.asking、K-02.世帯主 など）",
    fields=(MasterField(name="text", label="印刷する文", lines=4),),
    affects="帳票に印刷される文。欄の名前や表題は「帳票コード.印刷されている言葉」で足すと置き換わります",
)

#: All tables, in the order of the settings screen.
MASTER_TABLES: Mapping[str, MasterTable] = {
    table.name: table
    for table in (
        _ENTRY_KINDS,
        _RESULT_CODES,
        _TEMPLATES,
        _WORDING,
        _ROUTES,
        _THRESHOLDS,
        _VISIT_GRADES,
        _VISIT_FLOORS,
        _VISIT_EXCEPTIONS,
        _VISIT_COUNTING,
        _GRADE_REASONS,
        _VISIT_DEVIATION_REASONS,
        _VISIT_PURPOSES,
        _VISIT_QUESTIONS,
        _HOLIDAYS,
        _READING_REASONS,
        _RETENTION,
        _PAPER_KINDS,
        _REVIEW_EVENTS,
        _OTHER_PROGRAMMES,
        _READINGS,
        _POLICY_WORDING,
        _DECLARATION_CYCLES,
        _LETTER_CONTACT,
        _WELFARE_OFFICES,
        _TRANSFER_ENCLOSURES,
        _INQUIRY_AGENCIES,
        _INQUIRY_ITEMS,
        _DISCLOSURE_REASONS,
        _CARRY_MEDIA,
        _CARRY_CHECKS,
        _PAPER_STYLE,
        _FORM_NUMBERS,
        _FORM_WORDING,
        *VISIT_TABLES,
        *ASSESSMENT_TABLES,
        *EMPLOYMENT_TABLES,
        *PLAN_TABLES,
        *ACTIVITY_TABLES,
        *MONTHLY_TABLES,
        *GUIDANCE_TABLES,
        *EFFORT_TABLES,
    )
}
