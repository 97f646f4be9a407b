"""A support policy to read; its evidence leads to the record."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, QUrl, Signal

from desktop.viewmodels.support_policies import PolicyText
from desktop.views.look import Look
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.support_policies.policy_document import LINK, write_policy


class PolicyBrowser(EntryBrowser):
    """`entry_wanted` carries the id of the entry that a quotation comes from. Tab goes from one to the next."""

    entry_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "援助方針の内容")
        self.setObjectName("policy_text")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.anchorClicked.connect(self._activated)

    def show_policy(self, text: PolicyText) -> None:
        """Show a policy."""
        self.show_drawn(lambda writer: write_policy(writer, text))

    def _activated(self, url: QUrl) -> None:
        self.entry_wanted.emit(UUID(url.toString().removeprefix(LINK)))
