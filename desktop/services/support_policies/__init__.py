"""Support policies (援助方針): writing, submitting, reviewing."""

from desktop.services.support_policies.duty_service import PolicyDutyService
from desktop.services.support_policies.service import SupportPolicyService
from desktop.services.support_policies.subject import SupportPolicySubject

__all__ = ["PolicyDutyService", "SupportPolicyService", "SupportPolicySubject"]
