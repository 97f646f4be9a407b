"""Japanese labels that more than one screen or form uses."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.approvals import ApprovalState
from desktop.domain.households import (
    HouseholdState,
    HouseholdType,
    Relation,
    ResidenceKind,
    SafetyMarkKind,
    Sex,
)
from desktop.domain.records import ChangeKind, ContactMethod, EntryState, Place, SegmentKind
from desktop.domain.support_policies import PolicyState

#: Where a support policy stands, in the words of the office.
POLICY_STATE: Mapping[PolicyState, str] = {
    PolicyState.DRAFT: "下書き",
    PolicyState.SUBMITTED: "決裁待ち",
    PolicyState.RETURNED: "差戻し",
    PolicyState.APPROVED: "決裁済み",
}
HOUSEHOLD_STATE: Mapping[HouseholdState, str] = {
    HouseholdState.APPLYING: "申請中",
    HouseholdState.RECEIVING: "受給中",
    HouseholdState.SUSPENDED: "停止中",
    HouseholdState.CLOSED: "廃止",
}
HOUSEHOLD_TYPE: Mapping[HouseholdType, str] = {
    HouseholdType.ELDERLY: "高齢者",
    HouseholdType.MOTHER_CHILD: "母子",
    HouseholdType.DISABLED: "障害者",
    HouseholdType.ILL: "傷病者",
    HouseholdType.OTHER: "その他",
}
RESIDENCE: Mapping[ResidenceKind, str] = {
    ResidenceKind.HOME: "居宅",
    ResidenceKind.HOSPITAL: "入院",
    ResidenceKind.FACILITY: "入所",
}
RELATION: Mapping[Relation, str] = {
    Relation.HEAD: "世帯主",
    Relation.SPOUSE: "配偶者",
    Relation.CHILD: "子",
    Relation.PARENT: "父母",
    Relation.SIBLING: "兄弟姉妹",
    Relation.GRANDCHILD: "孫",
    Relation.OTHER: "その他",
}
SEX: Mapping[Sex, str] = {Sex.MALE: "男", Sex.FEMALE: "女", Sex.UNKNOWN: "不詳"}
SAFETY_MARK: Mapping[SafetyMarkKind, str] = {
    SafetyMarkKind.SHIELDED: "支援措置",
    SafetyMarkKind.VISIT_IN_PAIRS: "二人訪問",
    SafetyMarkKind.VIOLENCE: "暴言・暴力注意",
    SafetyMarkKind.DOG: "犬注意",
    SafetyMarkKind.INFECTION: "感染症注意",
    SafetyMarkKind.NO_PHONE: "電話不可",
}
SEGMENT: Mapping[SegmentKind, str] = {
    SegmentKind.SUBJECT: "件名・目的",
    SegmentKind.FACTS: "事実",
    SegmentKind.WORDS: "本人の発言",
    SegmentKind.VIEW: "所見",
    SegmentKind.ADVICE: "指導・助言",
    SegmentKind.AGREED: "本人の反応・約束",
    SegmentKind.DECIDED: "決定・処理",
    SegmentKind.NEXT: "次回予定",
    SegmentKind.NOT_CONFIRMED: "確認できなかったこと",
    SegmentKind.LEGACY: "旧システム記録",
    SegmentKind.REASON: "理由",
}
METHOD: Mapping[ContactMethod, str] = {
    ContactMethod.VISIT: "訪問",
    ContactMethod.OFFICE: "来所",
    ContactMethod.TELEPHONE_IN: "電話（受）",
    ContactMethod.TELEPHONE_OUT: "電話（発）",
    ContactMethod.LETTER_IN: "文書（受）",
    ContactMethod.LETTER_OUT: "文書（発）",
    ContactMethod.AGENCY: "関係機関",
    ContactMethod.NONE: "なし",
}
PLACE: Mapping[Place, str] = {
    Place.HOME: "居宅",
    Place.DOOR: "玄関先",
    Place.OFFICE: "所内",
    Place.HOSPITAL: "病院",
    Place.FACILITY: "施設",
    Place.AGENCY: "関係機関",
    Place.OTHER: "その他",
    Place.NONE: "―",
}
ENTRY_STATE: Mapping[EntryState, str] = {
    EntryState.DRAFT: "下書き",
    EntryState.SUBMITTED: "決裁待ち",
    EntryState.RETURNED: "差戻し",
    EntryState.APPROVED: "承認済",
}
CHANGE: Mapping[ChangeKind, str] = {
    ChangeKind.WRITING: "作成",
    ChangeKind.CORRECTION: "訂正",
    ChangeKind.ANNULMENT: "誤記載取消",
}
APPROVAL_STATE: Mapping[ApprovalState, str] = {
    ApprovalState.WAITING: "決裁待ち",
    ApprovalState.HELD: "保留",
    ApprovalState.RETURNED: "差戻し",
    ApprovalState.WITHDRAWN: "引戻し",
    ApprovalState.APPROVED: "承認済",
}
SHIELDED_NAME = "（支援措置）"
