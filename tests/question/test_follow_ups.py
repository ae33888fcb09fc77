import pytest

from hyqa.index.sparse import SparseIndex
from hyqa.question.follow_ups import MAX_TURNS, Conversation, Turn, resolve, with_year_told
from hyqa.text.tokens import tokenize
from hyqa.types import Answer, Language, Status

OPENING = "青螺洲工业园规划面积多大？"
RARE = ["青螺洲工业园", "综合保税区", "时针谷", "鹭鸣站货场", "博士", "Foxconn", "warehousing"]


@pytest.fixture(scope="module")
def sparse() -> SparseIndex:
    """Two hundred rows that all speak of areas and limits, and one for each rare subject."""
    common = "面积 上限 首期 二期 补贴 标准 企业 时间 phase area limit subsidy"
    rows = [tokenize(common)] * 200
    return SparseIndex.build([*rows, *(tokenize(f"{subject} {common}") for subject in RARE)])


def after(*questions: str) -> Conversation:
    return Conversation(tuple(Turn(question, question) for question in questions))


@pytest.mark.parametrize(
    "question",
    [
        "那首期呢？",
        "有上限没",
        "二期呢",
        "这个有什么标准",
        "And the first phase?",
        "What about the limit?",
        "When was it built?",
        "Do they have a limit?",
        "还有呢",
        "多少？",
    ],
)
def test_a_follow_up_is_searched_with_the_question_it_follows(
    question: str, sparse: SparseIndex
) -> None:
    assert resolve(question, after(OPENING), sparse) == f"{OPENING}\n{question}"


@pytest.mark.parametrize(
    "question",
    [
        "综合保税区面积多大？",
        "博士有什么补贴？",
        "鹭鸣站货场在哪里",
        "What does Foxconn make?",
        "How large is the warehousing area beside the railway in the north of the province?",
        "请问在本市注册的外商投资企业办理工商变更登记需要准备哪些具体材料？",
    ],
)
def test_a_question_with_a_subject_of_its_own_stands_alone(
    question: str, sparse: SparseIndex
) -> None:
    assert resolve(question, after(OPENING), sparse) == question


def test_the_first_question_follows_none(sparse: SparseIndex) -> None:
    assert resolve("那首期呢？", Conversation(), sparse) == "那首期呢？"


def test_a_chain_of_follow_ups_keeps_its_opening_and_its_last(sparse: SparseIndex) -> None:
    conversation = Conversation()
    for question in (OPENING, "那首期呢？", "二期呢？", "有上限没"):
        query = resolve(question, conversation, sparse)
        conversation = conversation.with_turn(Turn(question, query))
    assert query == f"{OPENING}\n那二期呢？\n有上限没"


def test_a_question_of_several_lines_is_one_question(sparse: SparseIndex) -> None:
    asked = resolve("综合保税区\n面积多大？", after(OPENING), sparse)
    assert asked == "综合保税区 面积多大？"
    assert resolve("那首期呢？", after(asked), sparse).split("\n") == [asked, "那首期呢？"]


def test_a_conversation_is_a_value_that_remembers_so_many_turns() -> None:
    empty = Conversation()
    grown = empty
    for number in range(MAX_TURNS + 3):
        grown = grown.with_turn(Turn(f"问{number}", f"问{number}"))
    assert empty.turns == ()
    assert len(grown.turns) == MAX_TURNS
    assert grown.turns[-1].question == f"问{MAX_TURNS + 2}"


def test_an_answer_adds_its_question_and_how_it_was_searched_for() -> None:
    answer = Answer("二期呢", "甲\n二期呢", Status.NOT_FOUND, Language.CHINESE, 0.1)
    assert Conversation().add("二期呢", answer).turns == (Turn("二期呢", "甲\n二期呢"),)


def test_a_history_gives_the_conversation_that_was_had(sparse: SparseIndex) -> None:
    history = [
        {"role": "user", "text": OPENING},
        {"role": "assistant", "text": "12.5平方公里。"},
        {"role": "user", "text": " 那首期呢？ "},
    ]
    assert Conversation.from_history(history, sparse).turns == (
        Turn(OPENING, OPENING, "12.5平方公里。"),
        Turn("那首期呢？", f"{OPENING}\n那首期呢？"),
    )


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"role": "user"},
        {"role": "user", "text": ""},
        {"role": "user", "text": " \n"},
        {"role": "user", "text": None},
        {"role": "user", "text": 3},
        {"role": "system", "text": "甲"},
        {"role": None, "text": "甲"},
        {"text": "甲"},
        "user",
        None,
    ],
)
def test_messages_of_another_shape_are_passed_over(message: object, sparse: SparseIndex) -> None:
    history = [message, {"role": "user", "text": OPENING}, message]
    conversation = Conversation.from_history(history, sparse)  # type: ignore[arg-type]
    assert conversation.turns == (Turn(OPENING, OPENING),)


def test_a_long_history_keeps_its_end(sparse: SparseIndex) -> None:
    history = [{"role": "user", "text": f"博士{number}"} for number in range(99)]
    turns = Conversation.from_history(history, sparse).turns
    assert len(turns) == MAX_TURNS
    assert turns[-1].question == "博士98"


@pytest.mark.parametrize(
    ("question", "earlier", "resolved"),
    [
        ("那硕士呢", "博士有什么补贴？", "硕士有什么补贴？"),
        ("2024年呢？", "2023年产值多少？", "2024年产值多少？"),
        ("那郴州呢", "长沙人才购房补贴多少？", "郴州人才购房补贴多少？"),
        ("不是，我问的是衡东", "衡山有多少家企业", "衡东有多少家企业"),
        ("what about masters?", "What does a phd get?", "What does a masters get?"),
        ("and in English?", OPENING, OPENING),
        ("用中文呢", "What does Foxconn make?", "What does Foxconn make?"),
    ],
)
def test_another_value_takes_the_place_of_the_earlier_one(
    question: str, earlier: str, resolved: str, sparse: SparseIndex
) -> None:
    assert resolve(question, after(earlier), sparse) == resolved


def test_a_value_of_a_kind_that_was_not_asked_about_replaces_nothing(sparse: SparseIndex) -> None:
    assert resolve("那硕士呢", after(OPENING), sparse) == f"{OPENING}\n那硕士呢"


def test_one_of_two_values_is_not_guessed(sparse: SparseIndex) -> None:
    both = "长沙和郴州哪个补贴高？"
    assert resolve("那衡阳呢", after(both), sparse) == f"{both}\n那衡阳呢"


@pytest.mark.parametrize(
    ("question", "query", "reply", "told"),
    [
        ("前一年呢", "2023年产值多少", "", "2022年呢"),
        ("and the year before", "What was the output in 2023?", "", "and 2022"),
        ("再前一年呢", "产值多少", "2023年产值为 4190 亿元，2021 年为 3840 亿元。", "2022年呢"),
        ("前一年呢", "产值多少", "园区有 86 家企业。", "前一年呢"),
        ("那去年呢", "2023年产值多少", "", "那去年呢"),
        (
            "same for the previous year",
            "output in 2021\nand of firms",
            "By 2016 …",
            "same for 2020",
        ),
    ],
)
def test_a_year_is_counted_from_the_one_that_was_talked_of(
    question: str, query: str, reply: str, told: str
) -> None:
    talked = Conversation((Turn(query, query, reply),))
    assert with_year_told(question, talked) == told
    assert with_year_told(question, Conversation()) == question


@pytest.mark.parametrize("question", ["2023年比前一年多多少", "last year against the year before"])
def test_a_question_that_names_a_year_itself_counts_from_that(question: str) -> None:
    talked = Conversation((Turn("2010年", "2010年"),))
    assert with_year_told(question, talked) == question


def test_a_thing_called_by_its_kind_is_the_one_that_was_talked_of(sparse: SparseIndex) -> None:
    assert resolve("园区有几家企业", after(OPENING), sparse) == "青螺洲工业园\n园区有几家企业"


@pytest.mark.parametrize(
    ("earlier", "question", "resolved"),
    [
        ([OPENING], "有哪些企业", "青螺洲工业园\n有哪些企业"),
        ([OPENING], "它的面积呢？", "青螺洲工业园\n它的面积呢？"),
        ([OPENING, f"{OPENING}\n有哪些企业"], "那电话呢", "青螺洲工业园\n那电话呢"),
        (["时针谷2024年的产值是多少"], "税收呢", "时针谷2024年\n税收呢"),
        (
            ["What subsidy does Foxconn get?"],
            "and its address?",
            "What does Foxconn get\nand its address?",
        ),
        # What a limit is of, the question before says.
        (["博士补贴多少？"], "有上限没", "博士补贴多少？\n有上限没"),
        # A name that begins with a word for a property is not cut.
        (["时针谷产业园有多大"], "电话呢", "时针谷产业园\n电话呢"),
    ],
)
def test_of_one_property_to_another_only_the_subject_is_carried_over(
    earlier: list[str], question: str, resolved: str, sparse: SparseIndex
) -> None:
    assert resolve(question, after(*earlier), sparse) == resolved
