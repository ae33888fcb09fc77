"""Campaigns: a deep link with a QR code for an event, and who came by it."""

import re
from datetime import date, datetime, timedelta

from sqlalchemy import select

from bot.dialogues import browsing, keyboards, statistics, withheld
from bot.dialogues.few import shown
from bot.rendering.markup import escape, shorten
from bot.rendering.posters import pdf, png
from bot.scene import HENGYANG_TIME, Scene
from bot.texts import TEXTS
from hyqa import CONTACT, Language, Park, cited_title
from storage.campaigns import follower, make, state_of, visit, visits_of
from storage.desk import audit
from storage.masking import storable
from storage.schema import Campaign

NAME_LENGTH = 60
LISTED = 20
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What Telegram takes behind ``?start=``."""


def command(scene: Scene, argument: str) -> None:
    """Carry out /campaign new, list, stats or end."""
    verb, _, rest = argument.partition(" ")
    act = {"new": _new, "list": _list, "stats": _stats, "end": _end}.get(verb)
    if act is None or (verb != "list" and not rest.strip()):
        scene.say_plain(scene.texts.campaign_usage)
        return
    act(scene, rest.strip())


def arrive(scene: Scene, payload: str) -> str | None:
    """Note that somebody came by a campaign's link; gives the topic to open on.

    Each time counts. A link whose campaign has ended leads to the one that follows it; where none
    does, or it is still to begin, that is said, and nothing counted. A payload that no campaign
    has is harmless: it may be forged, or of an old poster.

    Returns:
        The topic, '' to greet as ever, or None where all is said.
    """
    campaign = scene.session.get(Campaign, payload) if PAYLOAD.fullmatch(payload) else None
    if campaign is None or scene.person is None:
        return ""
    state = state_of(campaign, scene.now)
    running = campaign if state == "running" else follower(scene.session, campaign, scene.now)
    if running is None:
        scene.say_plain(_absent(scene, campaign, state), keyboards.subjects(scene))
        return campaign.topic or None
    visit(scene.session, running, scene.person, scene.now)
    words = scene.texts.welcome_campaign if running is campaign else scene.texts.welcome_follower
    scene.say_plain(words.format(name=running.name, ended=campaign.name))
    return running.topic


def _absent(scene: Scene, campaign: Campaign, state: str) -> str:
    """Say that a campaign has ended, or when it begins."""
    if state == "over":
        return scene.texts.campaign_was.format(name=campaign.name)
    begins = datetime.fromtimestamp(campaign.starts_at or scene.now, HENGYANG_TIME)
    return scene.texts.campaign_will_be.format(name=campaign.name, day=f"{begins:%Y-%m-%d}")


def subject_of_topic(topic: str) -> str:
    """The subject that a topic names in any language; '' where it names none."""
    for subject in browsing.SUBJECTS:
        names = {getattr(texts, browsing.text_name(subject)).lower() for texts in TEXTS.values()}
        if topic.strip().lower() in names | {subject}:
            return subject
    return ""


def _new(scene: Scene, argument: str) -> None:
    parts = [part.strip() for part in storable(argument).split("|")]
    name, topic, first, last = (*parts, "", "", "", "")[:4]
    try:
        starts, ends = _day(first), _day(last, 1)
        valid = starts is None or ends is None or starts < ends
    except ValueError:
        valid = False
    if not valid or not name:
        scene.say_plain(scene.texts.bad_dates)
        return
    name = shorten(name, NAME_LENGTH)
    made = make(scene.session, name, topic[:100], scene.user.id, scene.now, starts, ends)
    audit(scene.session, scene.user.id, "campaign new", made.id, scene.now)
    page = scene.settings.web_url
    link = f"{page}/c/{made.id}" if page else f"https://t.me/{scene.me.username}?start={made.id}"
    scene.say_plain(scene.texts.campaign_made.format(name=name, id=made.id, link=link))
    scene.send_file("sendDocument", png(link), f"{made.id}.png")
    poster = pdf(
        link, name, scene.settings.font, on_page=bool(page), contact=_contact(scene, made.topic)
    )
    scene.send_file("sendDocument", poster, f"{made.id}.pdf")


def _contact(scene: Scene, topic: str) -> list[str]:
    """What documents state of whom to turn to in the park that a topic names, in two languages."""
    parks = [scene.shelf.engine.parks(one) for one in (Language.CHINESE, Language.ENGLISH)]
    keys = {one.key for some in parks for one in some if one.key == topic or _names(one, topic)}
    named = [one for some in parks for one in some if {one.key} == keys]
    return [words for park in named if (words := _contact_of(scene, park))]


def _contact_of(scene: Scene, park: Park) -> str:
    for cell in park.of(CONTACT):
        citation = cell.quote.citation
        if not withheld.of_documents(scene, [citation.document_id]):
            source = f"— {cited_title(citation)} {cell.date}".rstrip()
            return "\n".join((f"{park.name} · {cell.attribute.name}", cell.quote.text, source))
    return ""


def _names(park: Park, topic: str) -> bool:
    return any(one in topic for one in (park.name, *park.aliases) if one)


def _list(scene: Scene, argument: str) -> None:
    found = scene.session.scalars(
        select(Campaign).order_by(Campaign.created_at.desc()).limit(LISTED)
    )
    lines = [_line(scene, campaign) for campaign in found]
    scene.say(escape("\n".join(lines) or scene.texts.campaign_none))


def _line(scene: Scene, campaign: Campaign) -> str:
    state: str = getattr(scene.texts, f"campaign_{state_of(campaign, scene.now)}")
    visits = visits_of(scene.session, campaign.id)
    people = len(set(visits))
    return scene.texts.campaign_line.format(
        id=campaign.id,
        name=campaign.name,
        state=state,
        people=shown(scene.texts, people, people),
        visits=shown(scene.texts, len(visits), people),
    )


def _stats(scene: Scene, argument: str) -> None:
    campaign = _campaign(scene, argument)
    if campaign:
        statistics.show(scene, statistics.Span(campaign.name, 0.0, campaign.id))


def _end(scene: Scene, argument: str) -> None:
    """End a campaign, unless it has ended, and name the one that follows it."""
    id_, _, next_id = argument.partition(" ")
    campaign = _campaign(scene, id_)
    following = _campaign(scene, next_id.strip()) if campaign and next_id else None
    if campaign is None or (next_id and following is None):
        return
    if state_of(campaign, scene.now) != "over":
        campaign.ends_at = scene.now
    words = scene.texts.campaign_ended.format(name=campaign.name)
    if following and following is not campaign:
        campaign.next_id = following.id
        words += "\n" + scene.texts.campaign_followed.format(name=following.name)
    audit(scene.session, scene.user.id, "campaign end", campaign.id, scene.now)
    scene.say_plain(words)


def _campaign(scene: Scene, argument: str) -> Campaign | None:
    campaign = scene.session.get(Campaign, storable(argument))
    if campaign is None:
        scene.say_plain(scene.texts.campaign_unknown)
    return campaign


def _day(value: str, days: int = 0) -> float | None:
    """When a day begins in Hengyang, or one so many days after it.

    Raises:
        ValueError: it is no date.
    """
    if not value:
        return None
    day = date.fromisoformat(value) + timedelta(days=days)
    return datetime.combine(day, datetime.min.time(), HENGYANG_TIME).timestamp()
