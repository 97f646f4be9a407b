"""Medical matters of a file: enquiries and opinions, orders to be examined, hospital plans and ways."""

from desktop.services.medical.opinions import MedicalOpinionService
from desktop.services.medical.orders import ExaminationOrderService
from desktop.services.medical.plans import HospitalPlanService

__all__ = ["ExaminationOrderService", "HospitalPlanService", "MedicalOpinionService"]
