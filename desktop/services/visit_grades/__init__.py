"""Visit grades (訪問格付): proposals, their approval, and what asks for a review of a grade."""

from desktop.services.visit_grades.reviews import open_grade_events
from desktop.services.visit_grades.service import VisitGradeService
from desktop.services.visit_grades.subject import VisitGradeSubject
from desktop.services.visit_grades.taking import take_policy_grade

__all__ = ["VisitGradeService", "VisitGradeSubject", "open_grade_events", "take_policy_grade"]
