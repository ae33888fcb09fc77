"""What the terminal replies to small talk: never a quote, and nothing that only a channel with people holds."""

from hyqa.types import Language

_GUIDE = {
    Language.CHINESE: """\
可以问衡阳的园区、优惠政策、人才计划、产业和办事手续，答复逐字引用收录的文件，例如：
- 船山时间谷有多少家企业？
- 博士有什么补贴？
- 外资到资奖励多少？
hyqa chat 里的命令：/help 看说明，/reset 忘掉前面的对话，/quit 退出。
命令行：hyqa search 找段落，hyqa show 看一份文件，hyqa info --documents 列出文件，hyqa --help 看全部。""",
    Language.ENGLISH: """\
Ask about Hengyang's parks, incentives, talent programs, industries and procedures; answers are verbatim quotes of documents. For example:
- How many companies are there in Time Valley?
- What subsidies are there for PhDs?
- Is Foxconn still in Hengyang?
Commands in hyqa chat: /help, /reset to forget the conversation, /quit.
On the command line: hyqa search finds passages, hyqa show prints a document, hyqa info --documents lists them, hyqa --help tells the rest.""",
}
"""What can be asked, with questions that the shipped documents answer, and the commands."""

_REPLIES = {
    Language.CHINESE: {
        "greeting": "您好！请直接提问，可以问衡阳的园区、优惠政策、人才计划，例如：博士有什么补贴？",
        "thanks": "不客气，欢迎继续提问。",
        "goodbye": "再见，祝您顺利！",
        "acknowledgement": "好的，请继续提问。",
        "capabilities": _GUIDE[Language.CHINESE],
        "menu": _GUIDE[Language.CHINESE],
        "person": "终端里没有工作人员。可以在 Telegram 机器人里用 /person 找工作人员，或向您意向园区的管委会咨询。",
        "robot": "这是一个程序，不是真人：只逐字引用收录的文件，不代表官方表态。",
        "complaint": "抱歉，没有答好。请换个问法：写明园区、行业、政策名称或年份，一次只问一件事。"
        "仍然没有答案的，可以在 Telegram 机器人里用 /person 问工作人员。",
        "sources": "答复出自收录的文件：官方文件，以及标明“整理自”或“摘要”的整理稿，各有各的日期；每条答复下面都写明出处。\n"
        "文件收录之后情况可能有变，办理前请向出处所列的部门核实。hyqa info --documents 列出全部文件。",
        "brevity": "答复是文件原文，不作缩写，以免漏掉数字和条件。第一条引文最直接；一次只问一件事，答复会更短。",
        "doubt": "还没有可以核对的答复，请先提问。每条答复都逐字引用文件，并注明出处和日期，可以打开原文核对。",
        "english": "用英文提问，就用英文答复。 Ask in English to be answered in English.",
        "chinese": "好的，请用中文提问。",
    },
    Language.ENGLISH: {
        "greeting": "Hello! Just ask about Hengyang's parks, incentives or talent programs, such as: What subsidies are there for PhDs?",
        "thanks": "You are welcome; do ask more.",
        "goodbye": "Goodbye, and good luck!",
        "acknowledgement": "All right; please go on asking.",
        "capabilities": _GUIDE[Language.ENGLISH],
        "menu": _GUIDE[Language.ENGLISH],
        "person": "There is nobody behind this terminal. In the Telegram bot, /person reaches the staff;"
        " or ask the administrative committee of the park that you have in mind.",
        "robot": "This is a program, not a person: it quotes documents word for word, and makes no official statement.",
        "complaint": "Sorry that this did not help. Please ask differently: name the park, industry, policy or year,"
        " and ask one thing at a time. Where there still is no answer, /person in the Telegram bot reaches the staff.",
        "sources": "Answers stand in the documents that are held: official texts, and digests, which are marked as such,"
        " each with its own date; every answer names its source.\n"
        "Things may have changed since; please confirm with the authority that the source names. hyqa info --documents lists all documents.",
        "brevity": "Answers are the documents' own words, which are not shortened: figures and conditions would get lost."
        " The first quote answers most directly; ask for one thing at a time to get less.",
        "doubt": "There is no answer yet to check: please ask first. Each answer is quoted word for word, with its source and date, so that the original can be opened.",
        "english": "Sure: just ask in English.",
        "chinese": "Ask in Chinese to be answered in Chinese. 用中文提问，就用中文答复。",
    },
}


def reply(intent: str, language: Language) -> str:
    """What to say to small talk, as lines none of which is empty.

    Args:
        intent: what it wants; one that is not known is told what can be asked.
        language: of the reply.
    """
    return _REPLIES[language].get(intent, _GUIDE[language])
