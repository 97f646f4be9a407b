"""Assessments (稼働能力・就労支援アセスメント): what is known of a person's ability to work and what stands in the way."""

from desktop.services.assessments.service import AssessmentService

__all__ = ["AssessmentService"]
