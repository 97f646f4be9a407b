"""Who may do what with which rows: the matrix that the database obeys and the tests walk (DESIGN section 4).

It stands here once. `desktop/database/security/` makes grants and row policies of it, `banso-admin rights`
prints it. Moves of approvals stand in `domain/approvals.py`; what a row must look like when somebody adds or
changes it is judged by the database's guards, one sentence each in `GUARDS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.domain.roles import Permission, Role, roles_with


class Visibility(StrEnum):
    """Who may read a table (DESIGN section 4); policies, grants and audit follow from it."""

    OFFICE = "office"
    DIRECTORY = "directory"
    FACTS = "facts"
    CONTENT = "content"
    LOG = "log"


class Action(StrEnum):
    """What is done with a row. Nobody ever removes one; functions write search words anew and dispose of files."""

    READ = "read"
    ADD = "add"
    CHANGE = "change"


class Reach(StrEnum):
    """Which rows a right covers.

    DUTY: own districts and team, persons in care, files a ticket opened; the whole office for office-wide roles.
    TICKET: files opened by a ticket that was committed in an earlier transaction.
    OWN: rows that name the person. IMPORT: the office's rows, during a ledger import of the same transaction.
    """

    OFFICE = "office"
    DUTY = "duty"
    TICKET = "ticket"
    OWN = "own"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """One right on one table. `permission` None means everybody; `columns` () means all of them."""

    action: Action
    reach: Reach
    permission: Permission | None = None
    columns: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that have the right."""
        return tuple(Role) if self.permission is None else roles_with(self.permission)


def _add(permission: Permission, reach: Reach = Reach.TICKET) -> Right:
    return Right(action=Action.ADD, reach=reach, permission=permission)


def _change(permission: Permission, *columns: str, reach: Reach = Reach.TICKET) -> Right:
    return Right(action=Action.CHANGE, reach=reach, permission=permission, columns=columns)


_READS: Mapping[Visibility, tuple[Right, ...]] = {
    Visibility.OFFICE: (Right(action=Action.READ, reach=Reach.OFFICE),),
    Visibility.DIRECTORY: (
        Right(action=Action.READ, reach=Reach.OFFICE, permission=Permission.FIND_HOUSEHOLDS),
    ),
    Visibility.FACTS: (
        Right(action=Action.READ, reach=Reach.DUTY, permission=Permission.OPEN_CASE_FILES),
    ),
    Visibility.CONTENT: (
        Right(action=Action.READ, reach=Reach.TICKET, permission=Permission.OPEN_CASE_FILES),
    ),
    Visibility.LOG: (),
}

_WRITE = Permission.WRITE_RECORDS
_OPEN = Permission.OPEN_CASE_FILES
_ASSESS, _DECIDE, _CALL = (
    Permission.ASSESS,
    Permission.DECIDE_APPROVALS,
    Permission.CALL_CONFERENCES,
)
_ORDER = Permission.ORDER_EXAMINATION
_IMPORT = Permission.IMPORT_LEDGER
_IMPORTED = (
    _add(_IMPORT, Reach.IMPORT),
    Right(action=Action.CHANGE, reach=Reach.IMPORT, permission=_IMPORT),
)
_IMPORTED_ONCE = (_add(_IMPORT, Reach.IMPORT),)
#: Lists of disposal and what remains move by functions only.
_DISPOSAL_READ = tuple(
    Right(action=Action.READ, reach=Reach.OFFICE, permission=permission)
    for permission in (Permission.SEE_DISPOSAL, Permission.SEE_AUDIT)
)
_OWN_PAPER = Right(action=Action.READ, reach=Reach.OWN, permission=Permission.RECEIVE_PAPERS)
_OWN_READ = Right(action=Action.READ, reach=Reach.OWN, permission=_OPEN)
_BOOK_READ = (Right(action=Action.READ, reach=Reach.OFFICE, permission=_OPEN),)

_FINDINGS = ("work_finding", "work_finding_element", "work_finding_decision")
_GUIDANCE = (
    *("guidance_case", "guidance_step", "guidance_step_text"),
    *("instruction_item", "item_check", "disposition_ground"),
)

#: Tables that need a permission of their own to be read, beside the reach of their class.
_READ_WITH: Mapping[str, Permission] = {
    **dict.fromkeys(
        (
            "sensitive_barrier",
            *("medical_enquiry_text", "medical_opinion_text"),
            *("examination_order_text", "examination_step_text"),
            *("hospital_plan_text", "hospital_plan_row"),
            *("hospital_appointment_text", "hospital_visit_text"),
        ),
        Permission.READ_SENSITIVE,
    ),
    # Minutes may be about guidance and sanction: not for those who only help towards work.
    "conference_minutes": Permission.CALL_CONFERENCES,
    **dict.fromkeys(_FINDINGS, Permission.JUDGE_ABILITY),
    **dict.fromkeys(_GUIDANCE, Permission.GUIDE),
}
#: What each table allows beyond the reading of its class. Approvals, tickets, papers and accounts move by functions only.
_MORE: Mapping[str, tuple[Right, ...]] = {
    "entry": (
        _add(_WRITE),
        _change(
            _WRITE,
            *("contact_id", "kind", "event_on", "state", "change", "changed_by", "version"),
            *("content_hash", "body_length", "body_digest", "body_sketch", "body_is_set_phrase"),
            *("saved_at", "moved_to"),
        ),
        *_IMPORTED_ONCE,
    ),
    "entry_version": (_add(_WRITE), *_IMPORTED_ONCE),
    "segment": (_add(_WRITE), *_IMPORTED_ONCE),
    "contact": (_add(_WRITE),),
    "contact_staff": (_add(_WRITE),),
    "contact_met": (_add(_WRITE),),
    "promise": (_add(_WRITE), _change(_WRITE, "due_on", "kept_on", "to_version")),
    "promise_text": (_add(_WRITE), _change(_WRITE, "who", "what")),
    "legacy_author": _IMPORTED_ONCE,
    "support_policy": (
        _add(_WRITE),
        _change(_WRITE, "kind", "made_on", "version", "content_hash", "body_sketch", "saved_at"),
    ),
    "support_policy_version": (_add(_WRITE),),
    "policy_text": (_add(_WRITE),),
    "policy_issue": (_add(_WRITE),),
    "policy_evidence": (_add(_WRITE),),
    "policy_goal": (_add(_WRITE),),
    "policy_action": (_add(_WRITE),),
    "policy_explanation": (_add(_WRITE),),
    "policy_explanation_text": (_add(_WRITE),),
    "policy_no_review": (_add(_WRITE),),
    "policy_no_review_text": (_add(_WRITE),),
    "policy_impact": (_add(_WRITE),),
    "visit_grade": (_add(_WRITE),),
    "visit_grade_text": (_add(_WRITE),),
    "visit_grade_kept": (_add(_WRITE),),
    "visit_grade_kept_text": (_add(_WRITE),),
    "printed_policy": (
        Right(action=Action.READ, reach=Reach.DUTY, permission=_OPEN),
        _add(Permission.PRINT_DRAFTS, Reach.OFFICE),
    ),
    "printed_file": (
        Right(action=Action.READ, reach=Reach.DUTY, permission=_OPEN),
        _add(Permission.PRINT_DRAFTS, Reach.OFFICE),
    ),
    "printed_issue": (Right(action=Action.READ, reach=Reach.DUTY, permission=_OPEN),),
    "paper": (_OWN_PAPER,),
    "paper_link": (_OWN_PAPER,),
    "attachment": (_OWN_PAPER,),
    "printed_paper": (Right(action=Action.READ, reach=Reach.DUTY, permission=_OPEN), _OWN_PAPER),
    "todo": (
        _OWN_READ,
        _add(_OPEN, Reach.OFFICE),
        _change(_OPEN, "state", "closed_at", "version", reach=Reach.OWN),
    ),
    "todo_text": (
        _OWN_READ,
        _add(_OPEN, Reach.OFFICE),
        _change(_OPEN, "reply", reach=Reach.OWN),
    ),
    "print_batch": (
        Right(action=Action.READ, reach=Reach.OFFICE, permission=_OPEN),
        _add(Permission.PRINT_DRAFTS, Reach.OWN),
        # The list of rights is printed by whoever decides about accounts.
        Right(action=Action.READ, reach=Reach.OWN, permission=Permission.APPROVE_ACCOUNTS),
        _add(Permission.APPROVE_ACCOUNTS, Reach.OWN),
        # The monthly report on figures (S-35) and the review of programmes are printed by whoever supervises.
        _add(Permission.SEE_SUPERVISION, Reach.OWN),
    ),
    "printed_entry": (
        Right(action=Action.READ, reach=Reach.DUTY, permission=_OPEN),
        _add(Permission.PRINT_DRAFTS, Reach.OFFICE),
    ),
    "ledger_import": (
        Right(action=Action.READ, reach=Reach.OFFICE, permission=_IMPORT),
        _add(_IMPORT, Reach.IMPORT),
    ),
    "master": (
        _add(Permission.EDIT_MASTERS, Reach.OFFICE),
        _change(Permission.EDIT_MASTERS, "rejected_by", "rejected_at", reach=Reach.OFFICE),
        _change(
            Permission.APPROVE_MASTERS,
            *("approved_by", "approved_at", "rejected_by", "rejected_at"),
            reach=Reach.OFFICE,
        ),
    ),
    # Why a plan was returned: for those whose duty its district is.
    "visit_plan_step_text": (_OWN_READ,),
    "working_week": (_add(_WRITE, Reach.OFFICE),),
    "working_half_day": (_add(_WRITE, Reach.OFFICE),),
    "working_absence": (
        _add(_WRITE, Reach.OFFICE),
        _change(_WRITE, "struck_by", "struck_at", reach=Reach.OFFICE),
    ),
    "joint_booking": (
        _add(_WRITE, Reach.OFFICE),
        _change(_WRITE, "cancelled_by", "cancelled_at", reach=Reach.OFFICE),
    ),
    "joint_booking_household": (_add(_WRITE),),
    "joint_rule": (_add(_WRITE), _change(_WRITE, "ended_by", "ended_at")),
    "visit_appointment": (_add(_WRITE), _change(_WRITE, "cancelled_by", "cancelled_at")),
    "planned_visit_point": (_add(_WRITE),),
    "planned_visit_point_text": (_add(_WRITE),),
    "visit_preference": (_add(_WRITE),),
    "visit_preference_time": (_add(_WRITE),),
    "visit_preference_telephone": (_add(_WRITE),),
    **dict.fromkeys(
        (*("assessment", "assessment_answers", "assessment_barrier", "sensitive_barrier"),),
        (_add(_ASSESS),),
    ),
    **dict.fromkeys(("support_hold_lift", "support_hold_lift_text"), (_add(_DECIDE),)),
    "case_conference": (
        _add(_CALL, Reach.OFFICE),
        _change(_DECIDE, "held_on", "held_by", "closed_at", reach=Reach.OFFICE),
    ),
    "conference_member": (_add(_DECIDE, Reach.OFFICE),),
    **dict.fromkeys(("conference_matter", "conference_minutes"), (_add(_CALL),)),
    **dict.fromkeys(("support_group_decision", "support_group_reason"), (_add(_DECIDE),)),
    **dict.fromkeys(
        (
            *("support_plan", "support_plan_programme", "support_plan_text"),
            *("support_plan_goal", "support_plan_step", "support_plan_step_result"),
            *("support_plan_consent", "support_plan_review", "support_plan_review_text"),
            *("support_plan_goal_result", "support_plan_end", "support_plan_end_text"),
        ),
        (_add(_WRITE),),
    ),
    "participation": (
        _add(_WRITE),
        _change(_WRITE, "ended_on", "outcome", "ended_by", "ended_at"),
    ),
    **dict.fromkeys(
        (
            *("medical_enquiry", "medical_enquiry_text", "medical_enquiry_step"),
            *("medical_opinion", "medical_opinion_text"),
            *("hospital_plan", "hospital_plan_text", "hospital_plan_row"),
            *("hospital_appointment", "hospital_appointment_text"),
            *("hospital_visit", "hospital_visit_text"),
        ),
        (_add(_ASSESS),),
    ),
    **dict.fromkeys(("examination_order", "examination_order_text"), (_add(_ORDER),)),
    # Written by who orders, approved by who decides: the guard says which step is whose.
    **dict.fromkeys(
        ("examination_step", "examination_step_text"),
        (_add(_ORDER), _add(_DECIDE)),
    ),
    "travel_trip": (_add(_WRITE),),
    "work_finding": (_add(Permission.JUDGE_ABILITY),),
    "work_finding_element": (_add(Permission.JUDGE_ABILITY),),
    "work_finding_decision": (_add(_DECIDE),),
    **dict.fromkeys(_GUIDANCE, (_add(Permission.GUIDE),)),
    "benefit_case": (_add(_WRITE),),
    "benefit_case_text": (_add(_WRITE),),
    "benefit_decision": (_add(_WRITE),),
    "benefit_decision_text": (_add(_WRITE),),
    **dict.fromkeys(
        (
            *("activity", "activity_text"),
            *("referral", "referral_text", "referral_step", "referral_step_text"),
            *("employment_spell", "employment_spell_text", "employment_check"),
            *("employment_end", "employment_end_text"),
        ),
        (_add(_WRITE),),
    ),
    # Reviews of programmes name nobody: they are written and approved by those who supervise.
    **dict.fromkeys(
        ("programme_review", "promotion_plan"),
        (_add(Permission.SEE_SUPERVISION, Reach.OFFICE),),
    ),
    "programme_review_approval": (_add(_DECIDE, Reach.OFFICE),),
    "town_import": (_add(Permission.EDIT_MASTERS, Reach.OFFICE),),
    "town_point": (_add(Permission.EDIT_MASTERS, Reach.OFFICE),),
    # The register of what leaves the office lies open for everybody who opens files there; it names no household.
    **dict.fromkeys(
        ("carry_out", "carry_out_kind", "carry_out_step", "carry_out_pass", "reading_pack"),
        _BOOK_READ,
    ),
    "incident": (
        _OWN_READ,
        Right(action=Action.READ, reach=Reach.OFFICE, permission=Permission.SEE_SUPERVISION),
    ),
    "disposal_list": _DISPOSAL_READ,
    "disposal_item": _DISPOSAL_READ,
    "disposal_decision": _DISPOSAL_READ,
    "tombstone": _DISPOSAL_READ,
    "district": _IMPORTED_ONCE,
    "household": _IMPORTED,
    "household_key": _IMPORTED_ONCE,
    "person_key": _IMPORTED_ONCE,
    "person": _IMPORTED,
    "member": _IMPORTED,
    "safety_mark": _IMPORTED,
    "household_state_period": _IMPORTED,
    "household_type_period": _IMPORTED,
    "district_period": _IMPORTED,
    "address_period": _IMPORTED,
    "visit_grade_period": _IMPORTED,
    "residence_period": _IMPORTED,
    "work_period": _IMPORTED,
    "take_over": _IMPORTED,
}

#: Told of row by row, before and after, even when they come in bulk: what protects people, and who looks after what.
TOLD_ONE_BY_ONE = frozenset(
    {"safety_mark", "assignment", "person_assignment", "staff", "staff_role", "staff_absence"}
)

#: What the guards see to when a row is added or changed, whatever the client says.
GUARDS: Mapping[str, str] = {
    "entry": "作成者・日時・版・状態はサーバーが決める。書けるのは書いている本人だけ、承認後は本人と地区の担当者の訂正・取消だけ。",
    "entry_version": "書いている本人が、今の版だけを足せる。足した版は変わらない。",
    "segment": "書いている本人が、今の版だけを足せる。足した文は変わらない。",
    "contact": "未来の日の接触はない。訪問と数えるのは訪問先でのものだけ。危険の兆候は不在・居留守の疑いにだけ付く。足した接触は変わらない。",
    "contact_staff": "同じ保存の接触にだけ足せる。",
    "contact_met": "同じ保存の接触にだけ足せる。",
    "legacy_author": "同じ取込の旧記録にだけ足せる。",
    "ledger_import": "取り込んだ人・日時・ファイルはサーバーが確かめる。",
    "promise": "期日と取消は書いている本人だけで、提出した版の約束は変わらない。果たした日は未来にならない。",
    "promise_text": "書いている本人だけ。一度提出した記録の約束の言葉は変わらない。",
    "support_policy": "作成者・日時・版・状態・見直期日はサーバーが決める。書けるのは下書きの間の本人だけで、決裁後は変わらない。一つの世帯で同時に書けるのは一つ。",
    "support_policy_version": "書いている本人が、今の版だけを足せる。足した版は変わらない。",
    "policy_text": "書いている本人が、今の版だけを足せる。足した文は変わらない。",
    "policy_issue": "書いている本人が、今の版だけを足せる。足した課題は変わらない。",
    "policy_evidence": "書いている本人が、同じ世帯の記録の文をそのまま引くときだけ足せる。",
    "policy_goal": "書いている本人が、今の版だけを足せる。足した目標は変わらない。",
    "policy_action": "書いている本人が、今の版だけを足せる。足した取組は変わらない。",
    "policy_explanation": "説明した人・記録した日時はサーバーが決める。決裁された援助方針にだけ足せ、足した説明は変わらない。",
    "policy_explanation_text": "同じ保存の説明にだけ足せる。",
    "policy_no_review": "答えた人・日時はサーバーが決める。足した答えは変わらない。",
    "policy_no_review_text": "同じ保存の答えにだけ足せる。",
    "policy_impact": "書いている本人が、提出する版について答える。足した答えは変わらない。",
    "visit_grade": "提案した人・日時・回数・下限はサーバーが決める。足せるのは自分の提案だけで、決めるのは決裁。下限を下回るのは例外を選んだときだけ。足した行は変わらない。",
    "visit_grade_text": "同じ保存の提案にだけ足せる。",
    "visit_grade_kept": "答えた人・日時はサーバーが決める。足した答えは変わらない。",
    "visit_grade_kept_text": "同じ保存の答えにだけ足せる。",
    "printed_policy": "同じ印刷にだけ、印刷できる版として足せる。",
    "printed_file": "同じ印刷にだけ足せる。",
    "todo": "作った人・日時はサーバーが決める。指示は決裁と一緒に、相談は地区の査察指導員に。完了できるのは担う本人だけ。",
    "todo_text": "回答できるのは担う本人だけ。",
    "print_batch": "印刷した人・日時はサーバーが決める。",
    "printed_entry": "同じ印刷にだけ、印刷できる版として足せる。",
    "working_week": "登録した人・日時はサーバーが決める。本人と、その査察指導員・上位の職だけが足せる。足したものは変わらない。",
    "working_half_day": "同じ保存の週にだけ足せる。",
    "working_absence": "登録した人・日時はサーバーが決める。本人と、その査察指導員・上位の職だけが足し、取り消せる。足した内容は変わらない。",
    "joint_booking": "予約した人・日時はサーバーが決める。同じ職員・庁用車は同じ半日に一度だけ。取り消せるのは予約した人・同行する本人・査察指導員以上、計画の予約は地区の担当者も。",
    "joint_booking_household": "同じ保存の予約にだけ足せる。",
    "joint_rule": "登録した人・日時はサーバーが決める。地区の担当者と査察指導員だけが足し、終わりにできる。足した内容は変わらない。",
    "visit_appointment": "登録した人・日時はサーバーが決める。地区の担当者と査察指導員だけが足し、取り消せる。一世帯に一日一回。足した内容は変わらない。",
    "planned_visit_point": "加減した人・日時はサーバーが決める。担当する地区の計画にある訪問にだけ、上限の中で足せる。足したものは変わらない。",
    "planned_visit_point_text": "同じ保存の加減にだけ足せる。",
    "assessment": "書いた人・日時・表の日付はサーバーが決める。提案は判定表のとおりで、回答と要因がそろったときだけ。足したものは変わらない。",
    "assessment_answers": "同じ保存のアセスメントにだけ足せる。",
    "assessment_barrier": "同じ保存のアセスメントにだけ足せる。",
    "sensitive_barrier": "同じ保存のアセスメントにだけ足せる。読むには配慮が要る要因の閲覧権限が要る。",
    "support_hold_lift": "解いた人・日時はサーバーが決める。地区の査察指導員か上位の職が、理由とともに一度だけ。",
    "support_hold_lift_text": "同じ保存の解除にだけ足せる。",
    "case_conference": "招集した人・日時はサーバーが決める。開くのは決裁する職で、その日に、出席者2人以上のときだけ。閉じた会議は変わらない。",
    "conference_member": "会議を閉じるまで足せる。足した出席者は変わらない。",
    "conference_matter": "議題にした人・日時はサーバーが決める。閉じた会議には足せない。",
    "conference_minutes": "書いた人・日時はサーバーが決める。開いている会議の議題にだけ書け、書いたものは変わらない。",
    "support_group_decision": "決めた人・日時・始まりの日はサーバーが決める。最新のアセスメントについて、書いた本人でない査察指導員・上位の職だけ。初めて・変更・提案と違うときは会議の会議録があるときだけ。",
    "support_group_reason": "同じ保存の決定にだけ足せる。提案と違うときは20文字以上。",
    "support_plan": "書いた人・日時・版・状態・評価と支援区分はサーバーが確かめる。自分の下書きとしてだけ足せ、決めるのは決裁。一人に有効な計画は一つ。足した版は変わらない。",
    "support_plan_programme": "同じ保存の計画にだけ足せる。",
    "support_plan_text": "同じ保存の計画にだけ足せる。",
    "support_plan_goal": "同じ保存の計画にだけ、三つまで足せる。",
    "support_plan_step": "同じ保存の計画にだけ、その目標に足せる。",
    "support_plan_step_result": "記録した人・日時はサーバーが決める。有効な計画の取組にだけ足せる。足したものは変わらない。",
    "support_plan_consent": "記録した人・日時はサーバーが決める。撤回は同意のあとだけ。足したものは変わらない。",
    "support_plan_review": "記録した人・日時はサーバーが決める。有効な計画にだけ足せる。足したものは変わらない。",
    "support_plan_review_text": "同じ保存の見直しにだけ足せる。",
    "support_plan_goal_result": "同じ保存の見直しに、有効な計画の目標についてだけ足せる。",
    "support_plan_end": "記録した人・日時はサーバーが決める。有効な計画を一度だけ終了できる。",
    "support_plan_end_text": "同じ保存の終了にだけ足せる。",
    "participation": "記録した人・日時はサーバーが決める。同意が要る事業には同意の日が要る。終了は一度だけ。",
    "medical_enquiry": "照会した人・日時はサーバーが決める。その世帯の人について、同意とともにだけ足せる。足したものは変わらない。",
    "medical_enquiry_text": "同じ保存の照会にだけ足せる。読むには配慮が要る情報の閲覧権限が要る。",
    "medical_enquiry_step": "記録した人・日時はサーバーが決める。回答を待っている照会にだけ足せる。",
    "medical_opinion": "記録した人・日時はサーバーが決める。検診の結果は交付した検診命令にだけ、一度だけ足せる。足した意見は変わらない。",
    "medical_opinion_text": "同じ保存の意見にだけ、医師の言葉とともに足せる。読むには配慮が要る情報の閲覧権限が要る。",
    "examination_order": "書いた人・日時はサーバーが決める。支援の保留の間と廃止した世帯には書けない。足したものは変わらない。",
    "examination_order_text": "同じ保存の検診命令にだけ、理由とともに足せる。読むには配慮が要る情報の閲覧権限が要る。",
    "examination_step": "記録した人・日時はサーバーが決める。承認は書いた本人でない地区の査察指導員・上位の職だけ。段階は順に一度だけで、支援の保留の間は取りやめだけ。",
    "examination_step_text": "同じ保存の段階にだけ足せる。読むには配慮が要る情報の閲覧権限が要る。",
    "hospital_plan": "作成した人・日時はサーバーが決める。その世帯の人についてだけ足せる。足した計画は変わらない。",
    "hospital_plan_text": "同じ保存の通院計画にだけ足せる。読むには配慮が要る情報の閲覧権限が要る。",
    "hospital_plan_row": "同じ保存の通院計画にだけ足せる。読むには配慮が要る情報の閲覧権限が要る。",
    "hospital_appointment": "記録した人・日時はサーバーが決める。その人の通院計画にだけ足せる。",
    "hospital_appointment_text": "同じ保存の予約にだけ足せる。読むには配慮が要る情報の閲覧権限が要る。",
    "hospital_visit": "記録した人・日時はサーバーが決める。予約の日が来てからだけ足せる。訂正は新しい行で行う。",
    "hospital_visit_text": "同じ保存の結果にだけ足せる。読むには配慮が要る情報の閲覧権限が要る。",
    "travel_trip": "記録した人・日時はサーバーが決める。その世帯の人についてだけ足せる。訂正は新しい行で行う。",
    "visit_preference": "設定した人・日時・版はサーバーが確かめる。地区の担当者と査察指導員だけが足せ、足したものは変わらない。",
    "visit_preference_time": "同じ保存の訪問の都合にだけ足せる。",
    "visit_preference_telephone": "同じ保存の訪問の都合にだけ、電話番号として足せる。同意の日は未来にならない。足したものは変わらない。",
    "work_finding": "書いた人・日時はサーバーが決める。3つの要素がそろったときだけ。足したものは変わらない。",
    "work_finding_element": "同じ保存の判断案にだけ足せる。支援区分は根拠にならない。",
    "work_finding_decision": "決めた人・日時はサーバーが決める。書いた本人ではない、会議録のある会議か所長・課長だけ。",
    "guidance_case": "始めた人・日時はサーバーが決める。課題と事実の記録と一緒に、安全の確認が先でないときだけ足せる。",
    "guidance_step": "記録した人・日時・番号はサーバーが決める。前の段階の日付のある記録がそろったときだけ、一度に一つ足せる。足したものは変わらない。",
    "guidance_step_text": "同じ保存の段階にだけ足せる。",
    "instruction_item": "同じ保存の指導指示書にだけ足せる。することと確認の方法を書き切る。",
    "item_check": "同じ保存の履行の確認にだけ足せる。解消していない事情がある間、不履行とはできない。",
    "disposition_ground": "同じ保存の処分にだけ、指導指示書の項目で不履行・一部履行と確認したものを足せる。",
    "benefit_case": "記録した人・日時はサーバーが決める。その世帯の人についてだけ足せ、足した申請は変わらない。",
    "benefit_case_text": "同じ保存の申請にだけ足せる。足した試算は変わらない。",
    "benefit_decision": "記録した人・日時はサーバーが決める。設定値が求めれば、申請を記録した人は決定を記録できない。足した決定は変わらない。",
    "benefit_decision_text": "同じ保存の決定にだけ足せる。",
    "activity": "記録した人・日時はサーバーが決める。その世帯の人についてだけ、自分の活動を足せる。ほかの人の活動は訂正・取消だけで、行った人は変わらない。足したものは変わらない。",
    "activity_text": "同じ保存の活動にだけ足せる。次にすることは期限とともに、訂正・取消は理由とともに。",
    "referral": "記録した人・日時はサーバーが決める。その世帯の人についてだけ、情報を伝える同意の日とともに足せる。足した要請は変わらない。",
    "referral_text": "同じ保存の要請にだけ足せる。",
    "referral_step": "記録した人・日時はサーバーが決める。受理・延長・終了の順に、前の動きの日からあとにだけ足せる。足したものは変わらない。",
    "referral_step_text": "同じ保存の動きにだけ足せる。",
    "employment_spell": "記録した人・日時はサーバーが決める。その世帯の人についてだけ足せ、足した就労は変わらない。",
    "employment_spell_text": "同じ保存の就労にだけ足せる。",
    "employment_check": "記録した人・日時はサーバーが決める。その月数がたってから、誤りとされていない就労にだけ足せる。",
    "employment_end": "記録した人・日時はサーバーが決める。就労開始日から今日までの日で足せる。誤りとされた就労には足せない。",
    "employment_end_text": "同じ保存の終わりにだけ足せる。誤りのときは理由とともに。",
    "programme_review": "書いた人・日時はサーバーが決める。理由とともに足せ、足した見直しは変わらない。",
    "programme_review_approval": "承認した人・日時はサーバーが決める。見直しを書いた本人でない、決裁する職が一度だけ。",
    "promotion_plan": "書いた人・日時はサーバーが決める。足した目標と結果は変わらない。",
    "town_import": "取り込んだ人・日時はサーバーが決める。足したものは変わらない。",
    "town_point": "同じ保存の取込にだけ足せる。",
    "master": "入力した人・日時はサーバーが決める。入力した本人は承認できない。決まったものは変わらない。",
}


def rights_of(table: str, visibility: Visibility) -> tuple[Right, ...]:
    """All rights on a table of this class."""
    reads = _READS[visibility]
    if table in _READ_WITH:
        reads = tuple(replace(right, permission=_READ_WITH[table]) for right in reads)
    return (*reads, *_MORE.get(table, ()))


def named_tables() -> Iterator[str]:
    """The tables that the matrix names; a test holds that each exists."""
    yield from _MORE


def imported_tables() -> Iterator[str]:
    """The tables that a ledger import writes."""
    for table, rights in _MORE.items():
        if any(right.reach is Reach.IMPORT for right in rights):
            yield table
