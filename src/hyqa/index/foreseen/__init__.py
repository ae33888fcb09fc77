"""Questions foreseen for the passages of an index, and what is asked that none answers."""

from hyqa.index.foreseen.comparing import ParkQuestions, ParksAsked, write_park_questions
from hyqa.index.foreseen.keys import NEARBY, NONE, ForeseenIndex, Likeness, Votes
from hyqa.index.foreseen.linking import Link, link_questions, nearest_held
from hyqa.index.foreseen.small_talk import small_talk
from hyqa.index.foreseen.writing import write_foreseen

__all__ = [
    "NEARBY",
    "NONE",
    "ForeseenIndex",
    "Likeness",
    "Link",
    "ParkQuestions",
    "ParksAsked",
    "Votes",
    "link_questions",
    "nearest_held",
    "small_talk",
    "write_foreseen",
    "write_park_questions",
]
