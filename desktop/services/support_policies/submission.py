"""What must be right before a support policy is stored and before it goes to the supervisor."""

from __future__ import annotations

from datetime import date

from desktop.domain.errors import ValidationError
from desktop.domain.support_policies import Standing, SupportPolicy


def check_for_saving(made_on: date, today: date) -> None:
    """A draft may be incomplete, but never of a day to come."""
    if made_on > today:
        raise ValidationError(
            made_on="まだ来ていない日の援助方針は書けません。策定日を確認してください。"
        )


def check_for_submitting(policy: SupportPolicy) -> None:
    """Raises ValidationError per field for what a supervisor would have to return at once.

    Gaps that a person may have a reason for are questions of the self-check, not refusals.
    """
    if not policy.issues:
        raise ValidationError(issues="課題が一つもありません。課題を書いてから提出してください。")
    if any(not issue.text for issue in policy.issues):
        raise ValidationError(issues="課題の文が空の行があります。書くか、行を取り除いてください。")
    if any(issue.standing is Standing.ENDED and not issue.result for issue in policy.issues):
        raise ValidationError(issues="終了する課題には、どうなったか（評価）を書いてください。")
