"""Questions that do not say what they are about, asked of a small corpus of alike things."""

from datetime import date

import pytest

from hyqa import Conversation, Engine, HashEncoder, Status, Turn, build_index, open_index
from hyqa.index.build import Index
from hyqa.question.ambiguity import OpenPart, ambiguous_subject
from hyqa.types import Language

TODAY = date(2026, 1, 2)
FILES = {
    "heron.md": "---\ntitle: 白鹭高新区概况\nlanguage: zh\n---\n\n"
    "白鹭高新区规划面积18平方公里，园区主导产业为船用电缆。白鹭高新区标准厂房租金每月每平方米9元。\n",
    "bamboo.md": "---\ntitle: 竹溪高新区概况\nlanguage: zh\n---\n\n"
    "竹溪高新区规划面积7平方公里，园区主导产业为茶具。竹溪高新区标准厂房租金每月每平方米6元。\n",
    "doctors.md": "---\ntitle: 云岭市博士行动\nlanguage: zh\n---\n\n"
    "博士每月生活补贴3000元，补贴上限为36个月。\n",
    "skills.md": "---\ntitle: 云岭市技工行动\nlanguage: zh\n---\n\n"
    "技工每月生活补贴800元，补贴上限为12个月。\n",
    "heron-en.md": "---\ntitle: Heron Park\nlanguage: en\n---\n\n"
    "Heron Park covers 18 square kilometres. Heron Park lets halls for 9 yuan a square metre.\n",
    "bamboo-en.md": "---\ntitle: Bamboo Park\nlanguage: en\n---\n\n"
    "Bamboo Park covers 7 square kilometres. Bamboo Park lets halls for 6 yuan a square metre.\n",
    "glossary.toml": 'parks = [\n  [["白鹭高新区"], ["Heron Park"]],\n'
    '  [["竹溪高新区"], ["Bamboo Park"]],\n]\n[kinds]\nshortened = "区"\n',
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus, root = tmp_path_factory.mktemp("alike"), tmp_path_factory.mktemp("index")
    for name, text in FILES.items():
        (corpus / name).write_text(text, encoding="utf-8")
    build_index(corpus, root, HashEncoder())
    return Engine(open_index(root), HashEncoder())


@pytest.mark.parametrize(
    ("question", "choices"),
    [
        ("高新区规划面积多大", {"白鹭高新区规划面积多大", "竹溪高新区规划面积多大"}),
        ("高新", {"白鹭高新区怎么样？", "竹溪高新区怎么样？"}),
        ("有上限没", {"关于「云岭市博士行动」，有上限没", "关于「云岭市技工行动」，有上限没"}),
        (
            "How many square kilometres does the park cover?",
            {
                "How many square kilometres does Heron Park cover?",
                "How many square kilometres does Bamboo Park cover?",
            },
        ),
    ],
)
def test_what_fits_several_things_is_asked_back(
    question: str, choices: set[str], engine: Engine
) -> None:
    answer = engine.ask(question, as_of=TODAY)
    assert answer.status is Status.CLARIFY
    assert set(answer.choices) == choices
    assert (answer.quotes, answer.nearest, answer.missing) == ((), (), ())


def test_a_bare_word_is_asked_back_with_the_documents_that_tell_of_it(index: Index) -> None:
    answer = Engine(index, HashEncoder()).ask("补贴", as_of=TODAY)
    assert answer.status is Status.CLARIFY
    assert set(answer.choices) == {
        "关于「云岭市支持博士创业就业若干措施」，补贴怎么样？",
        "关于「云岭市引进博士暂行办法」，补贴怎么样？",
    }


@pytest.mark.parametrize("question", ["高新区规划面积多大", "有上限没", "园区主导产业是什么"])
def test_every_choice_is_answered_by_a_document_of_its_own(question: str, engine: Engine) -> None:
    choices = engine.ask(question, as_of=TODAY).choices
    answers = [engine.ask(choice, as_of=TODAY) for choice in choices]
    leading = [answer.quotes[0].citation.document_id for answer in answers]
    assert len(set(leading)) == len(choices) >= 2


@pytest.mark.parametrize(
    "question",
    [
        "白鹭高新区规划面积多大",
        "技工补贴上限几个月",
        "How large is Heron Park?",
        "博士每月生活补贴多少",
    ],
)
def test_a_question_that_names_its_subject_is_answered(question: str, engine: Engine) -> None:
    answer = engine.ask(question, as_of=TODAY)
    assert answer.status is Status.ANSWERED
    assert answer.choices == ()


@pytest.mark.parametrize("question", ["那要多久呢", "它在哪儿呢？", "How long does it take?"])
def test_what_names_nothing_and_fits_nothing_is_refused(question: str, engine: Engine) -> None:
    answer = engine.ask(question, as_of=TODAY)
    assert answer.status in (Status.NOT_FOUND, Status.OUT_OF_SCOPE)
    assert (answer.choices, answer.quotes) == ((), ())


def test_a_conversation_that_tells_the_subject_is_not_asked_again(engine: Engine) -> None:
    first = engine.ask("竹溪高新区规划面积多大", as_of=TODAY)
    conversation = Conversation().add(first.question, first)
    answer = engine.ask("园区主导产业是什么", conversation=conversation, as_of=TODAY)
    assert answer.status is Status.ANSWERED
    assert "茶具" in answer.quotes[0].text


def test_two_titles_that_begin_with_one_name_are_nothing_to_choose_from(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    corpus, root = tmp_path_factory.mktemp("titles"), tmp_path_factory.mktemp("index")
    for name, title, text in (
        ("a", "竹溪经开区概况", "竹溪经开区规划面积7平方公里。"),
        ("b", "竹溪经开区简介", "竹溪经开区规划面积7平方公里，在河东。"),
    ):
        (corpus / f"{name}.md").write_text(f"---\ntitle: {title}\n---\n\n{text}\n", "utf-8")
    build_index(corpus, root, HashEncoder())
    answer = Engine(open_index(root), HashEncoder()).ask("经开区规划面积", as_of=TODAY)
    assert answer.status is not Status.CLARIFY


@pytest.mark.parametrize("reply", ["2", "第二个", "竹溪", "the second one"])
def test_a_reply_picks_a_choice(reply: str, engine: Engine) -> None:
    choices = ("白鹭高新区规划面积多大", "竹溪高新区规划面积多大")
    conversation = Conversation((Turn("高新区规划面积多大", "高新区规划面积多大", "", choices),))
    answer = engine.ask(reply, conversation=conversation, as_of=TODAY)
    assert answer.query == choices[1]
    assert "7平方公里" in answer.quotes[0].text


@pytest.mark.parametrize("reply", ["3", "高新区", "。", "博士每月生活补贴多少"])
def test_a_reply_that_picks_none_is_a_question(reply: str, engine: Engine) -> None:
    choices = ("白鹭高新区规划面积多大", "竹溪高新区规划面积多大")
    conversation = Conversation((Turn("高新区", "高新区", "", choices),))
    assert engine.ask(reply, conversation=conversation, as_of=TODAY).query not in choices


@pytest.mark.parametrize(
    ("question", "openness"),
    [
        ("高新区有多大", OpenPart.KIND),
        ("这个项目总投资多少", OpenPart.KIND),
        ("How large is the park?", OpenPart.KIND),
        ("Does this clinic open on Sundays?", OpenPart.KIND),
        ("补贴", OpenPart.WORD),
        ("parks", OpenPart.WORD),
        ("那首期呢", OpenPart.NOTHING),
        ("How long does it take?", OpenPart.NOTHING),
    ],
)
def test_what_a_question_leaves_open(question: str, openness: OpenPart, engine: Engine) -> None:
    vague = ambiguous_subject(question, engine.index.lexicon, engine.index.sparse)
    assert vague is not None
    assert vague.openness is openness


@pytest.mark.parametrize(
    "question",
    [
        "关于白鹭高新区，有上限没",
        "About Heron Park: how long does it take?",
        "白鹭高新区",
        "开发区条例几号施行",
        "白鹭高新区有几个园区建成",
        "企业复工复产应做好什么准备？",
        "What is the area of the park that Heron runs?",
        "Who leads the Second Park?",
        "I have seen Heron Park. How large is this park?",
        "这所",
    ],
)
def test_what_a_question_tells(question: str, engine: Engine) -> None:
    vague = ambiguous_subject(question, engine.index.lexicon, engine.index.sparse)
    assert vague is None or vague.openness not in (OpenPart.KIND, OpenPart.NAME)


def test_a_choice_that_is_picked_by_its_number_is_answered_in_its_language(engine: Engine) -> None:
    asked = engine.ask("高新区规划面积多大", as_of=TODAY)
    conversation = Conversation().add(asked.question, asked)
    answer = engine.ask("2", conversation=conversation, as_of=TODAY)
    assert answer.query == asked.choices[1]
    assert answer.language is Language.CHINESE


def test_a_short_name_is_asked_back_where_the_talk_was_of_something_else(engine: Engine) -> None:
    conversation, first = Conversation(), "博士每月生活补贴多少"
    conversation = conversation.add(first, engine.ask(first, as_of=TODAY))
    answer = engine.ask("高新区规划面积多大", conversation=conversation, as_of=TODAY)
    assert answer.status is Status.CLARIFY
    assert set(answer.choices) == {"白鹭高新区规划面积多大", "竹溪高新区规划面积多大"}
