"""What names its subject and what leaves it to the conversation, over the shipped corpus."""

import pytest

from hyqa import Conversation, Engine, Turn
from hyqa.question.follow_ups import resolve

pytestmark = pytest.mark.model
BEFORE = "五制一平台是哪五制？"
OWN_SUBJECT = """
时间谷总投资多少？ 衡器园有多大 松木港有几个泊位 土地超市是干嘛的 综保区啥时候批的 眼镜小镇在哪 博士有什么补贴？ 高新区企业开办要多久
输变电集群产值 开发区条例几号施行 富士康还在吗 南岳机场有几条航线 耒阳人口多少 衡山县招商政策 外资到资奖励多少 功能性总部奖多少
免申即享是什么 长沙人才购房补贴多少？ 衡阳GDP多少 本科生补贴 比亚迪投产了吗 七大攻坚是什么 湖南有哪些德国企业 跨境电商综试区批了吗
""".split()
OWN_SUBJECT_ENGLISH = (
    "Is Foxconn still in Hengyang?",
    "What can a PhD get?",
    "Where is Leiyang?",
    "How many companies are in Time Valley?",
)
NO_SUBJECT = """
那首期呢 有上限没 面积加起来 能去哪 一共引了多少 是全市都这样吗 进出口呢 规划面积多大 在哪里 谁负责 要什么条件 还有吗
产值多少 几家企业 怎么申请 多少钱 那硕士呢 他是哪级的 2025年的呢 有效期到什么时候 电话呢 为什么 总投资多少 投资额呢
""".split()
NO_SUBJECT_ENGLISH = (
    "And the first phase?",
    "does it cover industry leaders",
    "how much?",
    "who is responsible?",
    "what about masters?",
)


def _resolved(question: str, engine: Engine) -> str:
    return resolve(question, Conversation((Turn(BEFORE, BEFORE),)), engine.index.sparse)


@pytest.mark.parametrize("question", [*OWN_SUBJECT, *OWN_SUBJECT_ENGLISH])
def test_a_change_of_topic_is_recognised(question: str, shipped: Engine) -> None:
    assert _resolved(question, shipped) == question


@pytest.mark.parametrize("question", [*NO_SUBJECT, *NO_SUBJECT_ENGLISH])
def test_a_follow_up_is_recognised(question: str, shipped: Engine) -> None:
    before, follow_up = _resolved(question, shipped).split("\n")
    # Of the question before, one for another property of the same thing takes that thing alone.
    assert before in (BEFORE, "五制一平台")
    assert follow_up == question
