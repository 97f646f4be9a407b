"""What the audit trail tells people: the history of a record, the readings of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.reading import Purpose

#: A reading that went to paper; `Access.reason` is its mark then (正, 写, 案).
PRINT = "print"
#: The asking for the history itself.
HISTORY = "history"
#: Rows of the file that one save or one move wrote; `Access.parts` says which kinds.
WRITE = "write"
#: Why a file was opened or what else was done with it, as screens say it.
PURPOSE: Mapping[str, str] = {
    Purpose.FILE.value: "世帯を開く",
    Purpose.QUEUE.value: "決裁",
    Purpose.BATCH.value: "一括印刷",
    Purpose.SEARCH.value: "検索",
    Purpose.BRIEF.value: "訪問準備",
    Purpose.HANDOVER.value: "引継ぎ",
    HISTORY: "履歴の閲覧",
    PRINT: "印刷",
    WRITE: "書き込み",
}
TABLE: Mapping[str, str] = {
    "entry": "記録",
    "entry_version": "記録の版",
    "segment": "本文",
    "promise": "約束",
    "promise_text": "約束の内容",
    "approval": "決裁",
    "approval_step": "決裁の順",
    "approval_move": "決裁の動き",
    "approval_note": "決裁のことば",
    "contact": "接触",
    "contact_staff": "行った人",
    "contact_met": "会った人",
    "printed_entry": "印刷",
    "support_policy": "援助方針",
    "support_policy_version": "援助方針の版",
    "policy_text": "援助方針の本文",
    "policy_issue": "援助方針の課題",
    "policy_evidence": "援助方針の根拠",
    "policy_goal": "援助方針の目標",
    "policy_action": "援助方針の取組",
    "policy_explanation": "援助方針の説明",
    "policy_explanation_text": "説明の内容",
    "policy_no_review": "見直し不要の答え",
    "policy_no_review_text": "見直し不要の理由",
    "policy_impact": "援助方針への影響",
    "policy_duty": "有効な方針の取組",
    "policy_result": "取組の結果",
    "policy_result_text": "取組の結果の文",
    "printed_policy": "援助方針の印刷",
    "printed_file": "世帯の帳票の印刷",
    "issued_form": "発行済帳票",
    "issued_subject": "発行済帳票の対象",
    "issued_file": "発行済帳票の中身",
    "issued_void_text": "発行済帳票の失効の理由",
    "printed_issue": "発行済帳票の印刷",
    "paper": "受領書類",
    "paper_text": "受領書類の内容",
    "paper_step": "受領書類の処理",
    "paper_step_text": "受領書類の処理の理由",
    "declaration_duty": "申告の周期",
    "declaration_duty_text": "申告の周期の理由",
    "declaration_receipt": "申告の受領",
    "declaration_strike_text": "申告の受領の取消理由",
    "declaration_missing": "申告が出ない理由",
    "declaration_missing_text": "申告が出ない理由の説明",
    "declaration_reminder": "申告のお願いの手紙",
    "monthly_paper_receipt": "毎月の書類の受領",
    "monthly_paper_missing": "毎月の書類が出ない理由",
    "monthly_paper_missing_text": "毎月の書類が出ない理由の説明",
    "monthly_paper_reminder": "毎月の書類のはがき",
    "disclosure": "開示請求",
    "disclosure_text": "開示請求の内容",
    "disclosure_mark": "不開示の印",
    "disclosure_move": "開示請求の動き",
    "paper_link": "受領書類の結び付き",
    "paper_link_text": "受領書類の結び付きの取消の理由",
    "printed_paper": "受付票・受領証の印刷",
    "inquiry": "照会",
    "inquiry_step": "照会の動き",
    "inquiry_step_text": "照会の動きのことば",
    "inquiry_text": "照会の目的",
    "inquiry_item": "照会事項",
    "transfer": "移管",
    "transfer_text": "移管の引継事項",
    "benefit_case": "給付の申請",
    "benefit_case_text": "給付の申請の試算",
    "benefit_decision": "給付の決定の記録",
    "benefit_decision_text": "給付の決定の額と理由",
    "activity": "支援活動",
    "activity_text": "支援活動の内容",
    "referral": "支援要請",
    "referral_text": "支援要請の内容",
    "referral_step": "支援要請の動き",
    "referral_step_text": "支援要請の動きのことば",
    "employment_spell": "就労開始・増収",
    "employment_spell_text": "就労先と仕事",
    "employment_check": "定着確認",
    "employment_end": "就労の終わり",
    "employment_end_text": "就労の終わりの説明",
    "own_phrase": "自分の定型句",
    "saved_search": "保存した検索",
    "income_month": "就労収入",
    "income_month_text": "就労収入の訂正の理由",
    "rule_change_tick": "改正の確認",
    "rule_change_note": "改正の確認のメモ",
    "practice_answer": "練習の答え",
    "procedure_record": "手続",
    "procedure_text": "手続のことば",
    "liaison": "関係先",
    "visit_preference": "訪問の都合",
    "visit_preference_time": "訪問の都合の半日",
    "visit_preference_telephone": "訪問の連絡先",
    "joint_booking_household": "同行の予約の世帯",
    "joint_rule": "同行の決まり",
    "visit_appointment": "約束した訪問",
    "planned_visit_point": "必要度の加減",
    "planned_visit_point_text": "必要度の加減の理由",
    "transfer_enclosure": "移管の同封物",
    "transfer_step": "移管の動き",
    "transfer_step_text": "移管の動きのことば",
    "printed_transfer": "移管連絡の印刷",
    "carry_out_item": "携行票の世帯",
    "carry_out_purpose": "携行票の目的",
    "online_application": "電子申請の受付番号",
    "attachment": "添付ファイル",
    "attachment_content": "添付ファイルの中身",
    "legacy_author": "旧記録の記載者",
    "household": "世帯台帳",
    "household_key": "検索のことば（世帯）",
    "household_state_period": "世帯の状態",
    "household_type_period": "世帯類型",
    "address_period": "住所",
    "district_period": "担当地区",
    "member": "世帯員",
    "person_key": "検索のことば（世帯員）",
    "safety_mark": "安全上の注意",
    "take_over": "引継ぎ",
    "ticket_household": "閲覧",
    "telephone_memo": "電話メモ",
    "telephone_memo_text": "電話メモの内容",
    "todo": "やること",
    "todo_text": "やることの内容",
    "assessment": "アセスメント",
    "assessment_answers": "アセスメントの回答",
    "assessment_barrier": "就労阻害要因",
    "sensitive_barrier": "就労阻害要因（配慮が要るもの）",
    "support_hold_lift": "支援の保留の解除",
    "support_hold_lift_text": "支援の保留を解いた理由",
    "conference_matter": "会議の議題",
    "conference_minutes": "会議録",
    "support_group_decision": "支援区分の決定",
    "support_group_reason": "支援区分の理由",
    "support_plan": "個別支援計画",
    "support_plan_programme": "個別支援計画の事業",
    "support_plan_text": "個別支援計画の希望と目標",
    "support_plan_goal": "個別支援計画の短期目標",
    "support_plan_step": "個別支援計画の取組",
    "support_plan_step_result": "取組の状況",
    "support_plan_consent": "個別支援計画への同意",
    "support_plan_review": "個別支援計画の見直し",
    "support_plan_review_text": "個別支援計画の見直しの内容",
    "support_plan_goal_result": "短期目標の結果",
    "support_plan_end": "個別支援計画の終了",
    "support_plan_end_text": "個別支援計画の終了のまとめ",
    "participation": "事業参加",
    "participation_consent": "事業参加・情報共有の同意",
    "participation_consent_text": "共有する情報",
    "participation_mark": "参加できる人の印",
    "participation_mark_text": "参加できる人の印の理由",
    "search_text": "記録の検索用の文",
    "handover_household": "担当替えの世帯",
    "handover_followed": "担当替えで移ったもの",
    "handover_fault": "総点検の項目",
    "medical_enquiry": "病状照会",
    "medical_enquiry_text": "病状照会の質問",
    "medical_enquiry_step": "病状照会の督促・取りやめ",
    "medical_opinion": "医師の意見",
    "medical_opinion_text": "医師の意見の内容",
    "examination_order": "検診命令",
    "examination_order_text": "検診命令の理由",
    "examination_step": "検診命令の段階",
    "examination_step_text": "検診命令の段階のことば",
    "hospital_plan": "通院計画",
    "hospital_plan_text": "通院計画の目的",
    "hospital_plan_row": "通院計画の医療機関",
    "hospital_appointment": "通院の予約",
    "hospital_appointment_text": "通院の予約先",
    "hospital_visit": "通院の結果",
    "hospital_visit_text": "通院の結果の備考",
    "travel_trip": "移送費の移動",
    "work_finding": "稼働能力の活用の判断案",
    "work_finding_element": "稼働能力の活用の要素",
    "work_finding_decision": "稼働能力の活用の判断",
    "blind_draw": "二重確認の抽出",
    "blind_check": "二重確認の事例",
    "blind_check_assignment": "二重確認の依頼",
    "blind_answers": "二重確認の回答",
    "guidance_case": "指導",
    "guidance_step": "指導の段階",
    "guidance_step_text": "指導の段階の内容",
    "instruction_item": "指導指示書の項目",
    "item_check": "指導指示書の項目の履行",
    "disposition_ground": "処分の理由の項目",
    "visit_grade": "訪問格付の提案と決定",
    "visit_grade_text": "訪問格付の理由",
    "visit_grade_kept": "訪問格付はそのままの答え",
    "visit_grade_kept_text": "訪問格付はそのままの理由",
    "visit_grade_period": "訪問格付",
    "planned_visit": "訪問計画の訪問",
    "planned_visit_cost": "訪問計画の根拠",
    "planned_visit_text": "訪問計画の備考",
    "plan_exception": "訪問回数の例外",
    "plan_exception_text": "訪問回数の例外の理由",
    "visit_deviation": "訪問計画の変更",
    "visit_deviation_text": "訪問計画の変更の理由",
    "hold": "廃棄の保留",
    "hold_text": "廃棄の保留の理由",
    "disposal_item": "廃棄簿",
    "tombstone": "廃棄した世帯",
}
#: What happened to rows, in the order in which it is told.
ACTION: Mapping[str, str] = {
    "insert": "追加",
    "update": "変更",
    "delete": "削除",
    "dispose rows": "廃棄",
    "dispose": "廃棄の記録",
}
FIELD: Mapping[str, str] = {
    "kind": "種別",
    "state": "状態",
    "event_on": "年月日",
    "version": "版",
    "approved_version": "承認された版",
    "approved_at": "承認日時",
    "change": "変更の種類",
    "is_annulled": "誤記載取消",
    "text": "本文",
    "position": "職務",
    "source": "情報源",
    "who": "だれが",
    "what": "内容",
    "due_on": "期日",
    "kept_on": "果たした日",
    "from_version": "約束した版",
    "to_version": "取りやめた版",
    "decided_at": "決裁日時",
    "submitted_at": "提出日時",
    "recorded_at": "記録日時",
    "saved_at": "保存日時",
    "move": "決裁の動き",
    "number": "記録番号",
    "author_id": "記載者",
    "changed_by": "訂正・取消を書く人",
    "origin": "どこで書いたか",
    "relates_to": "追記のもとの記録",
    "moved_to": "正しい世帯の記録",
    "waits_inspection": "後閲待ち",
    "decided_by": "決裁した人",
    "inspected_by": "後閲した人",
    "shown": "内容の見方",
    "reply_due": "回答の期限",
    "name": "氏名",
    "happened_on": "接触の年月日",
    "method": "方法",
    "place": "場所",
    "started_at": "開始時刻",
    "has_danger_signs": "危険の兆候",
    "ended_at": "終了時刻",
    "result_code": "結果",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field that one event set: `before` is None where the row was new.

    `table`, `row` (its key) and `column` are the stored names. `client` is the workstation's address, "" for the server itself.
    """

    seq: int
    at: datetime
    who: str = field(repr=False)
    client: str = ""
    table: str
    row: str = ""
    column: str
    before: str | None = field(repr=False)
    after: str | None = field(repr=False)

    @property
    def label(self) -> str:
        """Where it stands, as a person says it."""
        return f"{TABLE.get(self.table, self.table)}・{FIELD.get(self.column, self.column)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHistory:
    """A record's history, oldest first. The training office keeps none: `is_kept` is false there."""

    is_kept: bool
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One reading of a household's file (閲覧の記録), or one writing where these are asked for.

    `client` is the workstation's address, "" where none is known. `parts` of a writing: `<action>:<table>`, stored names.
    """

    at: datetime
    who: str = field(repr=False)
    purpose: str
    reason: str = field(repr=False)
    outside_duty: bool
    client: str = ""
    parts: tuple[str, ...] = ()

    @property
    def purpose_label(self) -> str:
        """The purpose as screens say it; of a print with its mark."""
        label = PURPOSE.get(self.purpose, self.purpose)
        return f"{label}（{self.reason}）" if self.purpose == PRINT else label

    @property
    def why(self) -> str:
        """The reason given, "" where none was needed."""
        return "" if self.purpose == PRINT else self.reason

    @property
    def what(self) -> str:
        """What was done: opened, printed, asked about, or which kinds of rows were written; never a value."""
        if self.purpose == WRITE:
            return "　".join(_written(self.parts))
        return self.purpose_label if self.purpose in {PRINT, HISTORY} else "閲覧"


def _written(parts: Iterable[str]) -> Iterator[str]:
    kinds = [part.partition(":")[::2] for part in parts]
    actions = [*ACTION, *sorted({action for action, _ in kinds} - ACTION.keys())]
    for action in actions:
        tables = [table for done, table in kinds if done == action]
        if tables:
            labels = [label for name, label in TABLE.items() if name in tables]
            labels += sorted(set(tables) - TABLE.keys())
            yield f"{ACTION.get(action, action)}：{'、'.join(labels)}"
