"""The office's data in the planner's own words: prices, half-days, ways. The planner knows no database and no names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.places import Place, PlaceLevel
from desktop.domain.planning_settings import OFFICE_PLACE, PlanningWeights, TravelSettings
from desktop.domain.transfers import OWN_OFFICE
from desktop.domain.visit_preferences import HitRate, Liking, VisitPreference
from desktop.domain.working_time import (
    BOOKED,
    CLOSED,
    AwayKind,
    OfficeDayKind,
    RemovedSlot,
    WorkingTime,
)
from desktop.domain.working_time import HalfDay as DomainHalfDay
from desktop.planning import problem as planner
from desktop.planning import travel
from desktop.planning.halves import Half, HalfDay, WeekHalf
from desktop.planning.reasons import Reason
from desktop.planning.weights import MINUTE, PERCENT, Weights
from desktop.services.masters import lookup, lookup_visits
from desktop.services.places.loading import town_index

_KM_TO_METRES, _HOUR = 1000, 60
#: The planner's words for what takes a half-day away.
_REASONS: Mapping[str, Reason] = {
    CLOSED: Reason.OFFICE_CLOSED,
    AwayKind.DUTY: Reason.DUTY,
    AwayKind.LEAVE: Reason.LEAVE,
    AwayKind.TRAINING: Reason.TRAINING,
    OfficeDayKind.PAYMENT: Reason.PAYMENT,
    OfficeDayKind.CLOSING: Reason.CLOSING,
    BOOKED: Reason.BOOKED,
}


def weights_of(given: PlanningWeights) -> Weights:
    """The office's prices in the planner's: every row of the office's table has one, in hundredths of a minute."""
    return Weights(
        travel=given.travel,
        spacing=given.spacing * MINUTE,
        bad_spacing=given.spacing_broken * MINUTE,
        bad_below_percent=given.spacing_shortest_percent,
        bad_above_percent=given.spacing_longest_percent,
        due=0,
        due_day=given.due_day * MINUTE,
        disliked=given.disliked_half_day * MINUTE,
        liked=given.liked_half_day * MINUTE,
        level=given.levelling * MINUTE,
        drop=given.unplanned * MINUTE,
        drop_per_point=given.unplanned_point * MINUTE,
        drop_statutory=given.unplanned_statutory * MINUTE,
        moved_near=given.moved_near * MINUTE,
        moved_far=given.moved_later * MINUTE,
        near_days=given.moved_near_days,
        same_week_percent=given.moved_same_week_percent,
    )


def half_day(at: DomainHalfDay) -> HalfDay:
    """The same half-day."""
    return HalfDay(day=at.day, half=Half(at.half.value))


def slots_of(
    time: WorkingTime, load_percent: int, taken: Mapping[HalfDay, int]
) -> tuple[planner.Slot, ...]:
    """The half-days with the share of them that is planned, less the minutes that other plans of the caseworker take."""
    found = (
        planner.Slot(
            at=half_day(slot.at),
            minutes=slot.minutes * load_percent // PERCENT - taken.get(half_day(slot.at), 0),
        )
        for slot in time.slots
    )
    return tuple(sorted((slot for slot in found if slot.minutes > 0), key=lambda slot: slot.at))


def blocked_of(removed: Sequence[RemovedSlot]) -> tuple[planner.Blocked, ...]:
    """What took half-days away."""
    found = (
        planner.Blocked(
            at=HalfDay(day=gone.day, half=Half(gone.half.value)),
            reason=_REASONS.get(gone.causes[0].code, Reason.OTHER_WORK),
        )
        for gone in removed
    )
    return tuple(sorted(found, key=lambda gone: gone.at))


def travel_settings(given: TravelSettings) -> travel.TravelSettings:
    """How ways are counted."""
    return travel.TravelSettings(
        detour_percent=given.detour_percent,
        metres_per_minute=given.kmh * _KM_TO_METRES // _HOUR,
        stop_minutes=given.stop_minutes,
        unknown_minutes=given.unknown_minutes,
        districts=tuple(
            travel.DistrictMinutes(first=one, second=other, minutes=minutes)
            for (one, other), minutes in sorted(given.district_minutes.items())
        ),
    )


def travel_place(place: Place, district: str) -> travel.Place:
    """Where something is, on the planner's ladder."""
    if place.latitude is None or place.longitude is None:
        return travel.Place(district=district if place.level is PlaceLevel.DISTRICT else "")
    point = travel.Point(latitude=place.latitude, longitude=place.longitude)
    if place.level is PlaceLevel.CHOME:
        return travel.Place(chome=point, district=district)
    return travel.Place(oaza=point, district=district)


def office_place(session: Session, office_id: UUID, on: date) -> travel.Place:
    """Where the office is: the address of its own row in the table of welfare offices, else its place in the district table."""
    own = lookup.welfare_offices(session, office_id, on).get(OWN_OFFICE)
    found = town_index(session, office_id).find(own.address if own else "")
    if found.latitude is None:
        return travel.Place(district=OFFICE_PLACE)
    return travel_place(found, OFFICE_PLACE)


def planner_household(
    number: str,
    *,
    place: int,
    town: int,
    facility: int,
    preference: VisitPreference | None,
    rates: Sequence[HitRate],
) -> planner.Household:
    """A household as the planner knows it."""
    times = preference.times if preference else {}

    def of(liking: Liking) -> frozenset[WeekHalf]:
        return frozenset(
            WeekHalf(weekday=weekday, half=Half(half.value))
            for (weekday, half), found in times.items()
            if found is liking
        )

    return planner.Household(
        number=number,
        place=place,
        town=town,
        facility=facility,
        closed=of(Liking.IMPOSSIBLE),
        disliked=of(Liking.BAD),
        liked=of(Liking.GOOD),
        hit_rates=tuple(
            planner.HitRate(half=Half(rate.half.value), percent=rate.percent)
            for rate in rates
            if rate.weekday is None
        ),
    )


def planner_weights(session: Session, office_id: UUID, on: date) -> tuple[Weights, int]:
    """The prices in force, and the percent of a half-day that is planned."""
    found = lookup_visits.planning_weights(session, office_id, on)
    return weights_of(found), found.load_percent
