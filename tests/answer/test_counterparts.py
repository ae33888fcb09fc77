"""A source told in two languages: what was quoted in one is quoted in the other when it is asked for."""

from pathlib import Path

import pytest

from hyqa import Conversation, Engine, HashEncoder, Language, build_index, open_index
from hyqa.answer.counterparts import in_language
from hyqa.answer.quotes import make_quote
from hyqa.types import Quote

HEAD = "---\ntitle: {title}\nlanguage: {language}\n{source}---\n\n{text}\n"
ADDRESS = "url: https://example.org/heron\n"
FILES = {
    "heron.md": HEAD.format(
        title="白鹭高新区概况",
        language="zh",
        source=ADDRESS,
        text="白鹭高新区规划面积18平方公里。2023年入驻企业52家。\n\n"
        "湖上逢端午举行龙舟赛，游人很多，街边摆满小吃摊和花灯，热闹到深夜才散去。\n\n"
        "园区由云岭集团建设。",
    ),
    "heron-en.md": HEAD.format(
        title="Heron Park",
        language="en",
        source=ADDRESS,
        text="Heron Park lies by a lake. In 2023, it had 52 companies."
        " Its area is 18 square kilometres.",
    ),
    "other-en.md": HEAD.format(
        title="Another park",
        language="en",
        source="",
        text="Another park has 52 companies in 2023.",
    ),
    "glossary.toml": 'groups = [\n  [["云岭集团"], ["Yunling Group"]],\n]\n',
}


DOCUMENTS = [name for name in FILES if name.endswith(".md")]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus, root = tmp_path_factory.mktemp("two"), tmp_path_factory.mktemp("index")
    for name, text in FILES.items():
        (corpus / name).write_text(text, "utf-8")
    build_index(corpus, root, HashEncoder())
    return Engine(open_index(root), HashEncoder())


def test_what_stays_in_chinese_has_the_glossarys_labels(engine: Engine) -> None:
    first = engine.ask("白鹭高新区规划面积，由云岭集团建设吗")
    talk = Conversation().add(first.question, first)
    answer = engine.ask("in English please", conversation=talk)
    [told] = [quote for quote in answer.quotes if "云岭集团" in quote.text]
    assert answer.quotes[0].citation.meta.language is Language.ENGLISH
    assert [label.english for label in told.labels] == ["Yunling Group"]


def _quote(engine: Engine, document_id: str, text: str) -> Quote:
    document = engine.document(document_id)
    start = document.text.index(text)
    return make_quote(document, (), (start, start + len(text)))


def _told(engine: Engine, text: str, language: Language = Language.ENGLISH) -> list[str]:
    quotes = in_language(engine.index, [_quote(engine, "heron.md", text)], language, DOCUMENTS)
    return [quote.text for quote in quotes]


def test_a_sentence_is_told_by_the_one_that_shares_its_figures(engine: Engine) -> None:
    assert _told(engine, "白鹭高新区规划面积18平方公里。") == ["Its area is 18 square kilometres."]
    assert _told(engine, "2023年入驻企业52家。") == ["In 2023, it had 52 companies."]


def test_what_shares_nothing_stays_as_it_is(engine: Engine) -> None:
    assert _told(engine, "园区由云岭集团建设。") == ["园区由云岭集团建设。"]


def test_a_quote_in_the_askers_language_stays_as_it_is(engine: Engine) -> None:
    text = "2023年入驻企业52家。"
    assert _told(engine, text, Language.CHINESE) == [text]


def test_only_documents_that_were_found_are_looked_into(engine: Engine) -> None:
    quote = _quote(engine, "heron.md", "2023年入驻企业52家。")
    assert in_language(engine.index, [quote], Language.ENGLISH, ["other-en.md"]) == (quote,)


def test_what_is_told_stands_verbatim_in_its_document(engine: Engine) -> None:
    quote = _quote(engine, "heron.md", "白鹭高新区规划面积18平方公里。2023年入驻企业52家。")
    for told in in_language(engine.index, [quote], Language.ENGLISH, DOCUMENTS):
        text = engine.document(told.citation.document_id).text
        assert text[told.start : told.end] == told.text


@pytest.mark.model
@pytest.mark.parametrize(
    ("asked", "again", "language", "figure"),
    [
        ("松木经开区规划面积", "and in English?", Language.ENGLISH, "54.66"),
        ("衡阳综合保税区哪年获批的", "that in English please", Language.ENGLISH, "2012"),
        ("How tall are the twin towers in Lujia?", "用中文说", Language.CHINESE, "150"),
    ],
)
def test_an_answer_is_told_again_in_the_other_language(
    asked: str, again: str, language: Language, figure: str, shipped: Engine
) -> None:
    conversation = shipped.conversation([{"role": "user", "text": asked}])
    answer = shipped.ask(again, conversation=conversation)
    assert answer.language is language
    assert {quote.citation.meta.language for quote in answer.quotes} == {language}
    assert any(figure in quote.text for quote in answer.quotes)


@pytest.mark.model
def test_pinyin_is_answered_in_chinese(shipped: Engine) -> None:
    answer = shipped.ask("hengdong 2024 nian yanfa touru duoshao")
    assert [quote.citation.meta.language for quote in answer.quotes] == [Language.CHINESE]


def test_the_shipped_pairs_name_one_source() -> None:
    """A digest in English is found by its address: each has that of its Chinese document."""
    corpus = Path(__file__).parents[2] / "docs_corpus"
    for english in corpus.glob("*/*-en.md"):
        chinese = english.with_name(english.name.replace("-en.md", ".md"))
        if chinese.exists():
            addresses = [
                next(
                    (
                        line
                        for line in path.read_text("utf-8").splitlines()
                        if line.startswith("url:")
                    ),
                    "",
                )
                for path in (chinese, english)
            ]
            assert len({address.replace("'", "").replace('"', "") for address in addresses}) == 1
