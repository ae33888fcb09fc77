"""Campaigns: who came by which link."""

import secrets

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.schema import Campaign, Person


def make(
    session: Session, name: str, topic: str, owner_id: int, now: float,
    starts_at: float | None, ends_at: float | None,
) -> Campaign:  # fmt: skip
    """Make a campaign; its id says nothing of it, and fits into a deep link."""
    campaign = Campaign(
        id=secrets.token_hex(6), name=name, topic=topic, owner_id=owner_id,
        created_at=now, starts_at=starts_at, ends_at=ends_at,
    )  # fmt: skip
    session.add(campaign)
    return campaign


def state_of(campaign: Campaign, now: float) -> str:
    """``to_come``, ``running`` or ``over``."""
    if campaign.ends_at is not None and campaign.ends_at <= now:
        return "over"
    return "to_come" if campaign.starts_at is not None and campaign.starts_at > now else "running"


def people_of(session: Session, campaign_id: str) -> int:
    """How many people came by its link."""
    counted = select(func.count()).select_from(Person).where(Person.campaign_id == campaign_id)
    return session.scalar(counted) or 0
