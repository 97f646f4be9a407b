"""Personal papers that leave the office (持出し): trips, what is not back, and incidents."""

from desktop.services.carry_outs.service import CarryOutService

__all__ = ["CarryOutService"]
