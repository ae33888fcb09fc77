"""Campaigns: who came by which link."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.schema import Campaign, CampaignVisit, Person


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


def visit(session: Session, campaign: Campaign, person: Person, now: float) -> None:
    """Note that somebody came by its link; what they ask from now on counts for it."""
    session.add(CampaignVisit(campaign_id=campaign.id, person_id=person.id, at=now))
    person.campaign_id = campaign.id


def visits_of(session: Session, campaign_id: str) -> list[int]:
    """Who came by its link, once for each time."""
    visits = select(CampaignVisit.person_id).where(CampaignVisit.campaign_id == campaign_id)
    return list(session.scalars(visits))


def follower(session: Session, campaign: Campaign, now: float) -> Campaign | None:
    """The running campaign that follows one, over others that have ended; None without any."""
    seen = {campaign.id}
    following: Campaign | None = campaign
    while following and following.next_id and following.next_id not in seen:
        seen.add(following.next_id)
        following = session.get(Campaign, following.next_id)
        if following and state_of(following, now) == "running":
            return following
    return None
