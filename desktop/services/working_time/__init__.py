"""When staff visit (勤務と当番), and who goes along (同行の予約)."""

from desktop.services.working_time.bookings import BookingService
from desktop.services.working_time.joint_visits import JointVisitService
from desktop.services.working_time.service import WorkingTimeService

__all__ = ["BookingService", "JointVisitService", "WorkingTimeService"]
