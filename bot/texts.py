"""All sentences that the bot says, in each language, as plain text."""

from dataclasses import dataclass

from hyqa import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """What the bot says in one language."""

    start: str
    help: str
    about_start: str
    about_ask: str
    about_help: str
    ask_what: str
    too_long: str
    text_only: str
    unknown_command: str
    busy: str
    failed: str
    not_found: str
    nearest: str
    ask_better: str
    digest: str
    continued: str
    continuation: str


_CHINESE = Texts(
    start=(
        "您好！我可以回答有关衡阳园区、优惠政策和人才计划的问题。\n\n"
        "我只逐字引用收录的文件，不作改写，并逐条注明出处，方便您核对。\n\n"
        "直接提问即可，例如：\n"
        "• 船山时间谷有多少家企业？\n"
        "• 博士有什么补贴？\n"
        "• Is Foxconn still in Hengyang?\n\n"
        "答复为文件摘录，不构成法律意见；办理前请以主管部门的答复为准。"
    ),
    help=(
        "怎样提问\n"
        "• 一次问一件事，写明园区、行业、对象或年份，例如“2025年博士有什么补贴？”\n"
        "• 可以接着追问，例如“那硕士呢？”\n"
        "• 中文、英文都可以，每条不超过 {limit} 个字符。\n"
        "• 在群里请 @{username}、回复我的消息，或使用 /ask。\n\n"
        "怎样看答复\n"
        "• 引文一字不改，下方编号处是出处，点标题可打开原文链接。\n"
        "• 标明“整理自”的是整理稿，不是官方原文。\n"
        "• 文件里没有答案时，我会直说。\n\n"
        "答复不构成法律意见。对话只在内存中短暂保留，用于理解追问。"
    ),
    about_start="开始使用",
    about_ask="提问，例如：/ask 博士有什么补贴？",
    about_help="怎样提问、怎样看答复",
    ask_what="请在 /ask 后面写上问题，例如：/ask 博士有什么补贴？",
    too_long="这个问题有点长（{length} 个字符）。请用不超过 {limit} 个字符，一次只问一件事，我会找得更准。",
    text_only="谢谢！我目前只能读文字，请把问题打成文字发给我。",
    unknown_command="我不认识这个命令。直接把问题发给我就可以，/help 有使用说明。",
    busy="您前面的问题我还在查，请稍等片刻，再发送新的问题。",
    failed="抱歉，刚才没能查成，问题出在我这边。请稍后再问一次。",
    not_found="抱歉，在我掌握的文件里没有找到能回答这个问题的内容。",
    nearest="下面的文件内容相近，但并不能回答这个问题：",
    ask_better="换个问法也许有帮助：写明园区、行业、政策名称或年份，一次只问一件事。",
    digest="整理稿摘录，非官方原文：",
    continued="…… 下接后一条消息",
    continuation="…… 上接前一条消息",
)

_ENGLISH = Texts(
    start=(
        "Hello! I answer questions about Hengyang's parks, incentives and talent programs.\n\n"
        "I only quote the documents I hold, word for word, each quote with its source, "
        "so that you can check it.\n\n"
        "Just ask, for example:\n"
        "• Is Foxconn still in Hengyang?\n"
        "• 船山时间谷有多少家企业？\n"
        "• 博士有什么补贴？\n\n"
        "Answers are quotations, not legal advice; please confirm with the responsible "
        "authority before you act on them."
    ),
    help=(
        "How to ask\n"
        "• One thing at a time, naming the park, industry, applicant or year, "
        "such as “What subsidies are there for PhDs in 2025?”\n"
        "• Follow-up questions are welcome, such as “And for master's graduates?”\n"
        "• English or Chinese, up to {limit} characters.\n"
        "• In a group, mention @{username}, reply to me, or use /ask.\n\n"
        "How to read an answer\n"
        "• Quotes are unchanged, in the language of the document; the numbered line below "
        "is the source, and its title opens the original.\n"
        "• “Digest of …” marks somebody's summary, not the official text.\n"
        "• Where the documents hold no answer, I say so.\n\n"
        "Answers are not legal advice. Our conversation stays in memory for a short while, "
        "only to understand follow-up questions."
    ),
    about_start="Start here",
    about_ask="Ask a question: /ask Is Foxconn still in Hengyang?",
    about_help="How to ask, and how to read an answer",
    ask_what="Please put your question after /ask, such as: /ask Is Foxconn still in Hengyang?",
    too_long=(
        "That question is rather long ({length} characters). With at most {limit} characters "
        "and one thing at a time, I can search more precisely."
    ),
    text_only="Thank you! For now I can only read text. Please type your question.",
    unknown_command="I don't know that command. Just send me your question; /help explains more.",
    busy="I am still looking into your earlier questions. One moment, please, then ask again.",
    failed="Sorry, I couldn't look that up just now; the fault is mine. Please try again shortly.",
    not_found="Sorry, I found nothing in my documents that answers this question.",
    nearest="These documents do not answer it, but they are close:",
    ask_better=(
        "It may help to ask differently: name the park, industry, policy or year, "
        "and one thing at a time."
    ),
    digest="From a digest, not the official text:",
    continued="… continues in the next message",
    continuation="… continued from the previous message",
)

TEXTS = {Language.CHINESE: _CHINESE, Language.ENGLISH: _ENGLISH}
