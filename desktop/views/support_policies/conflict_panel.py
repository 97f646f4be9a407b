"""Somebody stored a newer version of the policy: the stored one and mine beside each other, and two ways on."""

from __future__ import annotations

from enum import Enum

from desktop.domain.support_policies import PolicyInput, SupportPolicy
from desktop.viewmodels.records_text import instant_text
from desktop.viewmodels.support_policies import Names
from desktop.views.look import Look
from desktop.views.records.conflict_frame import ConflictFrame
from desktop.views.support_policies.comparison import PolicyComparison

_SENTENCE = (
    "この援助方針は別の画面で先に更新されました。入力した文章は残っています。"
    "「自分の文章で続ける」を選んでも、保存済みの版は履歴に残ります。"
)


class PolicyResolution(Enum):
    """How a person settles a conflict; mine keeps the lines that only the stored version has."""

    MINE = "自分の文章で続ける"
    STORED = "保存されている文章で続ける"


class PolicyConflict(ConflictFrame):
    """`resolved` carries the PolicyResolution. The default loses nothing."""

    def __init__(self, look: Look) -> None:
        comparison = PolicyComparison(look)
        super().__init__(comparison, PolicyResolution.MINE, _SENTENCE)
        self.comparison = comparison

    def show_conflict(self, mine: PolicyInput, stored: SupportPolicy, names: Names) -> None:
        """Show the stored version at the left, mine at the right."""
        when = instant_text(stored.saved_at)
        titles = (
            f"保存されている文章（第{stored.version}版　{when}）",
            "自分の文章（保存していません）",
        )
        self.comparison.show_policies(stored, mine, names, titles)
        self.begin()
