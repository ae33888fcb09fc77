"""When the desk is staffed."""

from datetime import UTC, datetime, timedelta

from bot.scene import HENGYANG_TIME
from bot.settings import OfficeHours


def next_opening(hours: OfficeHours, now: float) -> datetime | None:
    """When the desk opens next, in Hengyang's time; None while it is open.

    Args:
        hours: of the desk.
        now: seconds since the epoch.
    """
    local = datetime.fromtimestamp(now, UTC).astimezone(HENGYANG_TIME)
    if _is_workday(hours, local) and hours.opens <= local.time() < hours.closes:
        return None
    day = local.date()
    if not (_is_workday(hours, local) and local.time() < hours.opens):
        day += timedelta(days=1)
    while not hours.first_day <= day.isoweekday() <= hours.last_day:
        day += timedelta(days=1)
    return datetime.combine(day, hours.opens, HENGYANG_TIME)


def last_opening(hours: OfficeHours, now: float) -> float | None:
    """When the desk was opened today, in seconds since the epoch; None while it is closed."""
    if next_opening(hours, now) is not None:
        return None
    day = datetime.fromtimestamp(now, UTC).astimezone(HENGYANG_TIME).date()
    return datetime.combine(day, hours.opens, HENGYANG_TIME).timestamp()


def _is_workday(hours: OfficeHours, local: datetime) -> bool:
    return hours.first_day <= local.isoweekday() <= hours.last_day
