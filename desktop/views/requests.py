"""What screens ask of the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from desktop.domain.carry_outs import CarryItem

#: The review of policies (方針見直し): an item is a household.
POLICY_REVIEW_SCREEN = "policy_review"
#: The copies of case records for disclosure (開示): an item is a request.
DISCLOSURES_SCREEN = "disclosures"
#: Papers that leave the office (持出): an item is a household to begin a new sheet with.
CARRY_OUTS_SCREEN = "carry_outs"

#: Calls whose household nobody knows.
TELEPHONE_MEMOS_SCREEN = "telephone_memos"

#: Half-days promised to households (同行と約束): an item is one of them.
JOINT_VISITS_SCREEN = "joint_visits"

#: The plans of visits (訪問計画): an item is a plan, or a household whose month is looked at.
VISIT_PLANS_SCREEN = "visit_plans"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """Open a household's file, at a section and an entry if given.

    Sections: "overview", "members", "chronicle", "support_policies", "brief", "papers", "history", "accesses".
    `impact_of` is an entry that touches the support policy: its section asks for the issue concerned. `form` is the code of
    a form about the household that the section "forms" draws at once. `words` are looked for in the entry.
    """

    household_id: UUID
    section: str = "overview"
    entry_id: UUID | None = None
    impact_of: UUID | None = None
    form: str = ""
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenRequest:
    """Show a screen of the left navigation; a screen with `show_item(UUID)` is asked to go to the item if given.

    `carry`: households with what they are visited for, with which 持出 begins a new sheet (`begin_with`).
    """

    key: str
    item_id: UUID | None = None
    carry: tuple[CarryItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdAtHand:
    """The household that a screen has before it: what 相談する (F6) is about. `label` is number and head."""

    household_id: UUID
    label: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPlace:
    """Where one is, as the cards of the help name it (`section:guidance`, `screen:papers`), and how it is called.

    `first` are keys of cards that fit the household at hand: they come before all others.
    """

    key: str
    title: str
    first: tuple[str, ...] = ()
