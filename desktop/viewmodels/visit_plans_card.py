"""A plan of visits as the review pane shows it: what it is of, then its points."""

from __future__ import annotations

from desktop.domain.review import PlanCard
from desktop.domain.visit_plan_views import YearPlan
from desktop.viewmodels.visit_plans_month import month_words
from desktop.viewmodels.visit_plans_month_review import month_sections
from desktop.viewmodels.visit_plans_review import Section, review_sections
from desktop.viewmodels.visit_plans_words import plan_words, title_of

READ_FIRST = "承認する前に、計画の要点を最後まで読んでください（Space で先へ進みます）。Enterで計画の表を開きます。"


def plan_sections(card: PlanCard) -> tuple[Section, ...]:
    """Which plan it is, and everything that helps to decide about it."""
    head, plan = card.head, card.plan
    whose = f"{title_of(head.kind, head.first_on)}　{head.district_code} {head.district_name}　担当 {head.caseworker}"
    if isinstance(plan, YearPlan):
        return (("計画", f"{whose}\n{plan_words(plan)}"), *review_sections(plan, card.reasons))
    return (("計画", f"{whose}\n{month_words(plan)}"), *month_sections(plan, card.reasons))
