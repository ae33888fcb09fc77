"""The shipped documents say what they are, in the forms that maintainers receive."""

import re
from collections import Counter
from pathlib import Path

import pytest

from hyqa import Document, Form, Language

FOLDERS = {
    "parks",
    "incentives",
    "talent",
    "industry",
    "business-environment",
    "statistics",
    "news",
}
KINDS = {"policy", "plan", "law", "news", "profile", "statistics"}


@pytest.fixture(scope="module")
def documents(shipped_documents: tuple[Document, ...]) -> list[Document]:
    return list(shipped_documents)


def test_there_are_enough_in_each_language_and_form(documents: list[Document]) -> None:
    suffixes = Counter(Path(document.id).suffix for document in documents)
    languages = Counter(document.meta.language for document in documents)
    assert len(documents) >= 50
    assert languages[Language.ENGLISH] >= 12
    assert suffixes[".pdf"] >= 5 and suffixes[".docx"] >= 2 and suffixes[".html"] >= 2


def test_folders_are_by_subject(documents: list[Document]) -> None:
    assert {document.id.split("/")[0] for document in documents} == FOLDERS


def test_each_says_what_it_is_and_that_it_is_a_digest(documents: list[Document]) -> None:
    for document in documents:
        meta = document.meta
        assert meta.title and meta.publisher, document.id
        assert meta.kind in KINDS, document.id
        assert meta.form is Form.DIGEST, document.id
        # A law is found by its title; an overview names its sources sentence by sentence.
        assert meta.url.startswith("http") or meta.validity


def test_none_speaks_of_what_was_not_found(documents: list[Document]) -> None:
    unsaid = re.compile("未查到|未读到|未见到|没有读到|仅见开头|〔\\?〕|HY-\\d\\d")
    assert [document.id for document in documents if unsaid.search(document.text)] == []


def test_each_has_prose_of_whole_sentences(documents: list[Document]) -> None:
    for document in documents:
        lines = [
            line
            for section in document.sections
            for line in _lines(document, section.start, section.end)
        ]
        ended = [line for line in lines if re.search(r"[。！？.!?;；:：”）)\"]$", line)]
        assert len(ended) >= 0.7 * len(lines), document.id


def _lines(document: Document, start: int, end: int) -> list[str]:
    return document.text[start:end].splitlines()
