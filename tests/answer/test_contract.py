"""The JSON contract, as pure functions."""

import json
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyqa import (
    Answer,
    Citation,
    ConfigError,
    Document,
    Form,
    Highlight,
    HighlightKind,
    Language,
    Metadata,
    Quote,
    Status,
)
from hyqa.answer.contract import (
    Request,
    RequestError,
    answer_record,
    document_record,
    dump,
    error_record,
    load_object,
    read_day,
    read_request,
)

META = Metadata(
    title="要点",
    form=Form.DIGEST,
    source_title="办法",
    publisher="市政府",
    number="衡政发〔2020〕1号",
    issued="2020-05",
    expires="2024",
    url="https://example.org",
)


def _answer(status: Status, quotes: tuple[Quote, ...], nearest: tuple[Citation, ...]) -> Answer:
    return Answer("那呢？", "办法\n那呢？", status, Language.CHINESE, 0.123456, quotes, nearest)


def test_an_answer_key_by_key() -> None:
    highlight = Highlight(HighlightKind.AMOUNT, 7, 8)
    quote = Quote("补贴", Citation("a.pdf", META, ("一", "二"), (3, 4)), 7, 9, (highlight,))
    record = answer_record(
        Request("q1", "那呢？"),
        _answer(Status.ANSWERED, (quote,), ()),
        seconds=0.01234567,
        as_of=date(2026, 1, 1),
    )
    assert record == {
        "id": "q1",
        "question": "那呢？",
        "status": "answered",
        "language": "zh",
        "confidence": 0.1235,
        "query": "办法\n那呢？",
        "quotes": [
            {
                "text": "补贴",
                "doc_id": "a.pdf",
                "title": "要点",
                "source_title": "办法",
                "publisher": "市政府",
                "number": "衡政发〔2020〕1号",
                "issued": "2020-05",
                "form": "digest",
                "url": "https://example.org",
                "heading_path": ["一", "二"],
                "pages": [3, 4],
                "recognised": None,
                "start": 7,
                "end": 9,
                "highlights": [{"kind": "amount", "start": 7, "end": 8}],
                "labels": [],
                "citation": "整理自 市政府《办法》（衡政发〔2020〕1号），2020年5月；一 › 二，第 3–4 页；已于2024年到期",
            }
        ],
        "nearest": [],
        "closest": [],
        "missing": [],
        "choices": [],
        "differs": False,
        "summary": [],
        "pointer": "",
        "related": [],
        "intent": "",
        "seconds": 0.0123,
    }


def test_a_question_asked_back_has_its_choices() -> None:
    answer = replace(_answer(Status.CLARIFY, (), ()), choices=("甲的呢？", "乙的呢？"))
    record = answer_record(Request(None, "x"), answer, seconds=1, as_of=date(2026, 1, 1))
    assert (record["status"], record["choices"]) == ("clarify", ["甲的呢？", "乙的呢？"])


def test_a_refusal_has_its_pointer_and_questions_to_offer() -> None:
    answer = replace(_answer(Status.NOT_FOUND, (), ()), pointer="由甲公布。", related=("乙？",))
    record = answer_record(Request(None, "x"), answer, seconds=1, as_of=date(2026, 1, 1))
    assert (record["pointer"], record["related"]) == ("由甲公布。", ["乙？"])


def test_the_words_that_come_closest_are_told_like_quotes() -> None:
    answer = _answer(Status.ANSWERED, (Quote("补贴", Citation("a.pdf", META), 7, 9),), ())
    refused = replace(answer, status=Status.NOT_FOUND, quotes=(), closest=answer.quotes)
    told = [
        answer_record(Request(None, "x"), one, seconds=1, as_of=date(2026, 1, 1))
        for one in (answer, refused)
    ]
    assert told[0]["quotes"] and told[0]["closest"] == []
    assert (told[1]["quotes"], told[1]["closest"]) == ([], told[0]["quotes"])


def test_small_talk_has_its_intent() -> None:
    answer = replace(_answer(Status.SMALL_TALK, (), ()), intent="thanks")
    record = answer_record(Request(None, "x"), answer, seconds=1, as_of=date(2026, 1, 1))
    assert (record["status"], record["intent"], record["quotes"]) == ("small_talk", "thanks", [])


def test_no_answer_names_the_nearest() -> None:
    answer = _answer(Status.NOT_FOUND, (), (Citation("a.pdf", META),))
    record = answer_record(Request(None, "x"), answer, seconds=1, as_of=date(2026, 1, 1))
    assert (record["status"], record["quotes"], record["id"]) == ("not_found", [], None)
    assert record["nearest"] == [{"doc_id": "a.pdf", "title": "要点", "url": "https://example.org"}]


def test_a_document_has_its_text_and_metadata() -> None:
    record = document_record(Document("a.pdf", META, "全文", (), (), "abc"))
    assert record == {
        "id": "a.pdf", **asdict(META), "sha256": "abc", "text": "全文", "evidence": [], "remarks": [],
        "outline": [],
    }  # fmt: skip
    assert json.loads(dump(record))["form"] == "digest"


def test_an_error_key_by_key() -> None:
    assert error_record(3, "No.") == {"id": 3, "status": "error", "error": "No."}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-03", date(2024, 2, 3)),
        ("2024-02", date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 31)),
        ("2024", date(2024, 12, 31)),
        ("9999", date(9999, 12, 31)),
        ("0001", date(1, 12, 31)),
    ],
)
def test_days(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "20240203",
        "2024-2-3",
        "2024-13",
        "2024-00",
        "2023-02-29",
        "0000",
        "2024-1",
        " 2024",
        "2024-02-03T00:00",
        "２０２４",
        "2024\n",
    ],
)
def test_no_days(text: str) -> None:
    with pytest.raises(ConfigError, match="is no date"):
        read_day(text)


def test_all_fields_of_a_request() -> None:
    history = [{"role": "user", "text": "a\ud800", "more": 1}, {"role": "assistant", "text": ""}]
    line = {"id": 7, "question": " 问\ud800 ", "history": history, "as_of": "2025", "more": None}
    request = read_request(load_object(json.dumps(line).encode()))
    assert (request.id, request.question, request.words) == (7, " 问\ud800 ", " 问? ")
    assert request.history == ({"role": "user", "text": "a?"}, {"role": "assistant", "text": ""})
    assert request.as_of == date(2025, 12, 31)


def test_optional_fields_may_be_null() -> None:
    line = {"id": None, "question": "x", "history": None, "as_of": None}
    assert read_request(line) == Request(None, "x")


def test_an_error_carries_the_id() -> None:
    with pytest.raises(RequestError) as caught:
        read_request({"id": "a", "question": None})
    assert caught.value.id == "a"


@given(st.text(st.characters(exclude_categories=())))
def test_every_text_survives_as_one_line(text: str) -> None:
    line = dump({"text": text})
    assert json.loads(line.encode("utf-8")) == {"text": text}
    assert len(line.splitlines()) == 1


@given(st.binary())
def test_any_bytes_are_an_object_or_an_error(line: bytes) -> None:
    try:
        assert isinstance(load_object(line), dict)
    except RequestError as error:
        assert str(error).endswith(".")
