"""Support policies (援助方針): writing, submitting, reviewing."""

from desktop.services.support_policies.service import SupportPolicyService
from desktop.services.support_policies.subject import SupportPolicySubject

__all__ = ["SupportPolicyService", "SupportPolicySubject"]
