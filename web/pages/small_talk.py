"""Replies to small talk: words of the page's own, and the ways on from them."""

from dataclasses import dataclass

from web.visit import Visit

_DOUBT, _HELP, _PERSON = "doubt", "capabilities", "person"
_SAID = {
    "greeting", "thanks", "goodbye", "acknowledgement", "menu", "robot", "complaint",
    "sources", "brevity", _DOUBT, "english", "chinese", _HELP, _PERSON,
}  # fmt: skip
_LOOK_AROUND = {"greeting", "menu", _HELP, "sources"}
_NEED_A_PERSON = {_PERSON, "complaint", "robot"}


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, links to go on by, and questions to ask instead."""

    line: str
    links: tuple[tuple[str, str], ...] = ()
    questions: tuple[str, ...] = ()


def reply(visit: Visit, intent: str) -> Reply:
    """The reply to an intent; to one that is not known, what can be asked."""
    texts = visit.texts
    intent = intent if intent in _SAID else _HELP
    line: str = getattr(texts, f"talk_{intent}").format(count=len(visit.shelf.documents))
    links = _links(visit) if intent in _LOOK_AROUND else ()
    if intent in _NEED_A_PERSON and visit.site.settings.has_desk:
        words = texts.person_answers if intent == _PERSON else line
        return Reply(words, ((texts.nav_person, visit.url("/person")),), (texts.ask_whom,))
    if intent in _NEED_A_PERSON:
        return Reply(line, links, (texts.ask_whom,))
    if intent in ("greeting", _HELP, "menu"):
        return Reply(line, links, (texts.example_1, texts.example_2, texts.example_3))
    return Reply(line, links)


def _links(visit: Visit) -> tuple[tuple[str, str], ...]:
    texts = visit.texts
    return (
        (texts.nav_parks, visit.url("/parks")),
        (texts.nav_chains, visit.url("/chains")),
        (texts.nav_documents, visit.url("/documents")),
        (texts.nav_incentives, visit.url("/incentives")),
        (texts.nav_talent, visit.url("/talent")),
        (texts.nav_new, visit.url("/new")),
        (texts.nav_help, visit.url("/help")),
    )
