"""Every screen, registered once, its factory in `screen_making.py` or `care_screen_making.py`; sections of a case file stand in `file_sections.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.roles import Permission
from desktop.viewmodels.rule_changes import CHANGES_KEY
from desktop.views import care_screen_making, screen_making

if TYPE_CHECKING:
    from desktop.views.screen import ScreenView
    from desktop.views.workplace import Workplace


class ScreenGroup(StrEnum):
    """A heading of the list of screens, in the order of the list."""

    RECORDS = "記録と決裁"
    VISITS = "訪問"
    PAPERS = "書類"
    EMPLOYMENT = "就労と自立"
    CHANGES = "引継ぎと改正"
    CARE = "管理"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A screen of the left navigation: shown to whoever holds the permission (None: everybody), or in a training office alone."""

    key: str
    title: str
    shortcut: str
    permission: Permission | None
    make: Callable[[Workplace], ScreenView]
    is_for_training: bool = False
    group: ScreenGroup | None = None


def screens_for(workplace: Workplace, screens: tuple[Screen, ...]) -> tuple[Screen, ...]:
    """Those screens that this person may use."""
    staff = workplace.staff
    return tuple(
        screen
        for screen in screens
        if (screen.permission is None or staff.may(screen.permission))
        and (staff.is_training or not screen.is_for_training)
    )


SCREENS: tuple[Screen, ...] = (
    Screen(
        key="desk", title="わたしの机", shortcut="Ctrl+1", permission=None, make=screen_making.desk
    ),
    Screen(
        key="households",
        title="世帯一覧",
        shortcut="Ctrl+2",
        permission=Permission.FIND_HOUSEHOLDS,
        make=screen_making.households,
    ),
    Screen(
        key="search",
        title="検索",
        shortcut="Ctrl+Shift+F",
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.search,
    ),
    Screen(
        key="approvals",
        title="決裁待ち",
        group=ScreenGroup.RECORDS,
        shortcut="Ctrl+3",
        permission=Permission.DECIDE_APPROVALS,
        make=screen_making.review,
    ),
    Screen(
        key="policy_review",
        title="方針見直し",
        group=ScreenGroup.RECORDS,
        shortcut="Ctrl+Shift+H",
        permission=Permission.WRITE_RECORDS,
        make=screen_making.policy_review,
    ),
    Screen(
        key="phrases",
        title="定型句",
        group=ScreenGroup.RECORDS,
        shortcut="Ctrl+G",
        permission=Permission.WRITE_RECORDS,
        make=screen_making.phrases,
    ),
    Screen(
        key="telephone_memos",
        title="電話メモ（未特定）",
        group=ScreenGroup.RECORDS,
        shortcut="Ctrl+Shift+C",
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.telephone_memos,
    ),
    Screen(
        key="visit_plans",
        title="訪問計画",
        group=ScreenGroup.VISITS,
        shortcut="Ctrl+Shift+V",
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.visit_plans,
    ),
    Screen(
        key="working_time",
        title="勤務と当番",
        group=ScreenGroup.VISITS,
        shortcut="Ctrl+Shift+W",
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.working_time,
    ),
    Screen(
        key="joint_visits",
        title="同行と約束",
        group=ScreenGroup.VISITS,
        shortcut="Ctrl+Shift+Y",
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.joint_visits,
    ),
    Screen(
        key="carry_outs",
        title="持出",
        group=ScreenGroup.VISITS,
        shortcut="Ctrl+Shift+M",
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.carry_outs,
    ),
    Screen(
        key="papers",
        title="受領書類",
        group=ScreenGroup.PAPERS,
        shortcut="Ctrl+Shift+R",
        permission=Permission.RECEIVE_PAPERS,
        make=screen_making.papers,
    ),
    Screen(
        key="declarations",
        title="申告",
        group=ScreenGroup.PAPERS,
        shortcut="Ctrl+Shift+D",
        permission=Permission.RECEIVE_PAPERS,
        make=screen_making.declarations,
    ),
    Screen(
        key="monthly_papers",
        title="毎月の書類",
        group=ScreenGroup.PAPERS,
        shortcut="Ctrl+Shift+B",
        permission=Permission.RECEIVE_PAPERS,
        make=screen_making.monthly_papers,
    ),
    Screen(
        key="tax_surveys",
        title="課税調査",
        group=ScreenGroup.PAPERS,
        shortcut="Ctrl+Shift+N",
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.tax_surveys,
    ),
    Screen(
        key="inquiries",
        title="照会・調査",
        group=ScreenGroup.PAPERS,
        shortcut="Ctrl+Shift+Q",
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.inquiries,
    ),
    Screen(
        key="transfers",
        title="移管",
        group=ScreenGroup.PAPERS,
        shortcut="Ctrl+Shift+T",
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.transfers,
    ),
    Screen(
        key="disclosures",
        title="開示",
        group=ScreenGroup.PAPERS,
        shortcut="Ctrl+Shift+O",
        permission=Permission.SEE_DISCLOSURES,
        make=screen_making.disclosures,
    ),
    Screen(
        key="printing",
        title="帳票",
        group=ScreenGroup.PAPERS,
        shortcut="Ctrl+4",
        permission=Permission.PRINT_RECORDS,
        make=screen_making.printing,
    ),
    Screen(
        key="support_month",
        title="就労支援",
        group=ScreenGroup.EMPLOYMENT,
        shortcut="Ctrl+Shift+U",
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.support_month,
    ),
    Screen(
        key="conferences",
        title="会議・支援区分",
        group=ScreenGroup.EMPLOYMENT,
        shortcut="Ctrl+Shift+E",
        permission=Permission.CALL_CONFERENCES,
        make=screen_making.conferences,
    ),
    Screen(
        key="participations",
        title="事業参加",
        group=ScreenGroup.EMPLOYMENT,
        shortcut="Ctrl+Shift+J",
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.participations,
    ),
    Screen(
        key="effort",
        title="業務と成果",
        group=ScreenGroup.EMPLOYMENT,
        shortcut="Ctrl+Shift+X",
        permission=Permission.SEE_SUPERVISION,
        make=screen_making.effort,
    ),
    Screen(
        key="handovers",
        title="担当替え",
        group=ScreenGroup.CHANGES,
        shortcut="F11",
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.handovers,
    ),
    Screen(
        key="rule_changes",
        title="改正の窓",
        group=ScreenGroup.CHANGES,
        shortcut=CHANGES_KEY,
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.rule_changes,
    ),
    Screen(
        key="practice",
        title="練習",
        group=ScreenGroup.CHANGES,
        shortcut="Ctrl+Shift+Z",
        permission=Permission.OPEN_CASE_FILES,
        make=screen_making.practice,
        is_for_training=True,
    ),
    Screen(
        key="masters",
        title="設定値",
        group=ScreenGroup.CARE,
        shortcut="Ctrl+6",
        permission=Permission.SEE_MASTERS,
        make=care_screen_making.masters,
    ),
    Screen(
        key="help_care",
        title="手引の整備",
        group=ScreenGroup.CARE,
        shortcut="Ctrl+F1",
        permission=Permission.SEE_SUPERVISION,
        make=care_screen_making.help_care,
    ),
    Screen(
        key="ledger",
        title="台帳取込",
        group=ScreenGroup.CARE,
        shortcut="Ctrl+5",
        permission=Permission.IMPORT_LEDGER,
        make=care_screen_making.ledger,
    ),
    Screen(
        key="places",
        title="位置参照情報",
        group=ScreenGroup.CARE,
        shortcut="Ctrl+Shift+G",
        permission=Permission.EDIT_MASTERS,
        make=care_screen_making.places,
    ),
    Screen(
        key="accounts",
        title="職員と権限",
        group=ScreenGroup.CARE,
        shortcut="Ctrl+7",
        permission=Permission.APPROVE_ACCOUNTS,
        make=care_screen_making.accounts,
    ),
    Screen(
        key="disposal",
        title="文書廃棄",
        group=ScreenGroup.CARE,
        shortcut="Ctrl+8",
        permission=Permission.SEE_DISPOSAL,
        make=care_screen_making.disposal,
    ),
    Screen(
        key="audit",
        title="監査",
        group=ScreenGroup.CARE,
        shortcut="Ctrl+9",
        permission=Permission.SEE_AUDIT_REPORT,
        make=care_screen_making.audit,
    ),
)
