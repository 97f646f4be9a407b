"""The radar (見落とし点検): rules that ask about households and desks nobody has looked after."""

from desktop.services.supervision.service import SupervisionService

__all__ = ["SupervisionService"]
