"""Points of towns (位置参照情報) and where the office's households lie."""

from desktop.services.places.service import PlaceService

__all__ = ["PlaceService"]
