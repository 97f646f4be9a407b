"""What is wrong or remarkable in a file: all counted, some kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.domain.ledger import MOST_SHOWN, LedgerProblem


@dataclass(slots=True)
class Findings:
    """Problems that stop the import, and notices that do not."""

    problems: list[LedgerProblem] = field(default_factory=list)
    notices: list[LedgerProblem] = field(default_factory=list)
    problem_total: int = 0
    notice_total: int = 0

    def problem(self, line: int, column: str, sentence: str) -> None:
        """Something that cannot be taken in."""
        self.problem_total += 1
        if len(self.problems) < MOST_SHOWN:
            self.problems.append(LedgerProblem(line=line, column=column, sentence=sentence))

    def notice(self, line: int, column: str, sentence: str) -> None:
        """Something worth knowing."""
        self.notice_total += 1
        if len(self.notices) < MOST_SHOWN:
            self.notices.append(LedgerProblem(line=line, column=column, sentence=sentence))
