"""The tables of office data that letters, inquiries, disclosures and printed forms read; `master_tables.py` registers them under these names."""

from __future__ import annotations

from desktop.domain.carry_outs import CARRY_OUT_APPROVAL
from desktop.domain.inquiries import AGENCY_KIND, HONORIFICS
from desktop.domain.master_fields import LABEL, choice, optional, yes_no
from desktop.domain.masters import FieldKind, MasterField, MasterTable

_AGENCY_KIND = choice("kind", "照会先の種類", AGENCY_KIND)

_LETTER_CONTACT = MasterTable(
    name="letter_contact",
    label="手紙の連絡先",
    key_label="コード（letter）",
    fields=(
        LABEL,
        optional("phone", "電話番号"),
        optional("hours", "受付時間"),
    ),
    affects="申告のお願いの手紙に印刷する問い合わせ先",
)

_WELFARE_OFFICES = MasterTable(
    name="welfare_offices",
    label="ほかの福祉事務所",
    key_label="コード（この福祉事務所は own）",
    fields=(
        LABEL,
        optional("postal_code", "郵便番号"),
        optional("address", "所在地"),
        optional("phone", "電話番号"),
        optional("areas", "管内の住所の始まり（・で区切る）"),
    ),
    affects="移管連絡（K-26）の宛先・移管先の提案・見落とし点検 R14",
)

_TRANSFER_ENCLOSURES = MasterTable(
    name="transfer_enclosures",
    label="移管連絡の同封物",
    key_label="コード",
    fields=(LABEL,),
    affects="移管連絡（K-26）の同封物のチェック欄",
)

_INQUIRY_AGENCIES = MasterTable(
    name="inquiry_agencies",
    label="照会先",
    key_label="照会先コード",
    fields=(
        LABEL,
        _AGENCY_KIND,
        optional("postal_code", "郵便番号"),
        optional("address", "所在地"),
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
    name="inquiry_items",
    label="照会事項",
    key_label="照会事項コード",
    fields=(
        LABEL,
        _AGENCY_KIND,
        MasterField(name="wording", label="依頼書に印刷する文", lines=2),
        MasterField(name="basis", label="根拠の条文"),
    ),
    affects="これから起案する照会の照会事項と調査依頼書（K-19）",
)

_DISCLOSURE_REASONS = MasterTable(
    name="disclosure_reasons",
    label="不開示の理由",
    key_label="理由コード",
    fields=(
        MasterField(name="label", label="理由", lines=2),
        MasterField(name="article", label="根拠の条文"),
    ),
    affects="開示用の写しで不開示にするときの選択肢と、不開示理由一覧",
)

_CARRY_MEDIA = MasterTable(
    name="carry_media",
    label="持出しの可否",
    key_label="コード",
    fields=(
        MasterField(name="label", label="情報の種類"),
        MasterField(name="medium", label="媒体（紙・タブレットなど）"),
        yes_no("is_allowed", "持出しを認める"),
        choice("approval", "だれの承認が要るか", CARRY_OUT_APPROVAL),
        optional("protection", "保護措置"),
    ),
    affects="持出しの作成（選べるもの・承認・保護措置）と個人情報持出管理簿（K-11）",
)

_CARRY_CHECKS = MasterTable(
    name="carry_checks",
    label="携行票の確認項目",
    key_label="世帯の種類（common・elderly・mother_child・disabled・ill・other・hospital）",
    fields=(
        LABEL,
        MasterField(name="checks", label="確認項目（・で区切る）", lines=3),
    ),
    affects="携行票（K-09）の確認項目（病名・制度の名は書きません）",
)

_PAPER_STYLE = MasterTable(
    name="paper_style",
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
        optional("signatory", "手紙の発信者（福祉事務所長など）"),
        MasterField(name="appeal", label="教示の文", required=False, lines=4),
        yes_no("sanction_elsewhere", "処分の決定通知書（S-32）は給付のシステムで作る"),
    ),
    affects="すべての帳票の日付・宛名・発信者・教示",
)

_FORM_NUMBERS = MasterTable(
    name="form_numbers",
    label="帳票の様式番号",
    key_label="帳票コード（K-04 など）",
    fields=(MasterField(name="number", label="印刷する様式番号（様式第5号 など）"),),
    affects="帳票の左上に印刷される様式番号",
)

_FORM_WORDING = MasterTable(
    name="form_wording",
    label="帳票の文言",
    key_label="帳票コード.名前（L-01.asking、K-02.世帯主 など）",
    fields=(MasterField(name="text", label="印刷する文", lines=4),),
    affects="帳票に印刷される文。欄の名前や表題は「帳票コード.印刷されている言葉」で足すと置き換わります",
)

#: All of them, in the order of the settings screen.
LETTER_TABLES = (
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
)
