"""What the bot says in simplified Chinese."""

from bot.texts.catalogue import Texts
from bot.texts.readers import simplified as readers

TEXTS = Texts(
    **readers.TEXTS,
    name="简体中文",
    start=(
        "您好！我可以回答有关衡阳园区、优惠政策和人才计划的问题。\n"
        "\n"
        "我只逐字引用收录的文件，不作改写，并逐条注明出处，方便您核对。\n"
        "\n"
        "直接提问即可，例如：\n"
        "• 船山时间谷有多少家企业？\n"
        "• 博士有什么补贴？\n"
        "• Is Foxconn still in Hengyang?\n"
        "\n"
        "也可以点下面的按钮浏览。答复为文件摘录，不构成法律意见；办理前请以主管部门的答复为准。"
    ),
    help=(
        "怎样提问\n"
        "• 一次问一件事，写明园区、行业、对象或年份，例如“2025年博士有什么补贴？”\n"
        "• 可以接着追问，例如“那硕士呢？”；改了问题，答复也会跟着改。\n"
        "• 中文、英文都可以，每条不超过 {limit} 个字符。\n"
        "• 在群里请 @{username}、回复我的消息，或使用 /ask；在任何对话里输入 @{username} 加关键词，可以转发引文。\n"
        "\n"
        "怎样看答复\n"
        "• 引文一字不改，下方编号处是出处，点标题可打开原文链接。\n"
        "• 标明“整理自”的是整理稿，不是官方原文。\n"
        "• 文件里没有答案时，我会直说。\n"
        "\n"
        "浏览：/parks 园区 /incentives 优惠 /talent 人才 /sources 文件\n"
        "设置：/language 语言 /privacy 保存了什么 /forget 删除\n"
        "\n"
        "答复不构成法律意见。"
    ),
    description="我用衡阳市的公开文件回答园区、优惠政策、人才计划的问题：逐字引用，逐条注明出处；没有答案时直说。中文、英文都可以问。",
    short_description="衡阳投资问答：逐字引用文件，注明出处",
    about_start="开始使用",
    about_ask="提问，例如：/ask 博士有什么补贴？",
    about_parks="浏览园区",
    about_incentives="浏览优惠政策",
    about_talent="浏览人才政策",
    about_sources="收录了哪些文件",
    about_language="选择界面语言",
    about_person="找工作人员",
    about_desk="进行中的人工对话",
    about_assign="接手或移交：/assign [@同事]",
    about_reopen="重新打开对话",
    about_privacy="保存了什么、保存多久",
    about_forget="删除我的记录",
    about_help="怎样提问、怎样看答复",
    about_gaps="未答的问题",
    about_stats="使用情况",
    about_campaign="活动与海报",
    about_close="结束对话：/close 结果",
    about_audit="操作记录",
    about_switch="停用或启用主题",
    ask_what="请在 /ask 后面写上问题，例如：/ask 博士有什么补贴？",
    too_long="这个问题有点长（{length} 个字符）。请用不超过 {limit} 个字符，一次只问一件事，我会找得更准。",
    unknown_command="我不认识这个命令。直接把问题发给我就可以，/help 有使用说明。",
    busy="您问得有点快，刚才这几条我没有查。请等一分钟再问一次，谢谢！",
    failed="抱歉，刚才没能查成，问题出在我这边。请稍后再问一次。",
    delayed="抱歉让您久等了：刚才系统出了故障，一段时间内没能回答。下面是您这段时间所问的内容。",
    alarm_bad="⚠️ 机器人出现故障：{parts}",
    alarm_well="✅ 机器人已恢复正常，历时 {minutes} 分钟：{parts}",
    alarm_poll="从 Telegram 接收消息",
    alarm_send="向 Telegram 发送消息",
    alarm_database="写入数据库",
    alarm_index="读取文件索引",
    not_found="抱歉，在我掌握的文件里没有找到能回答这个问题的内容。",
    nearest="下面的文件内容相近，但并不能回答这个问题：",
    nearby="我收录的文件里与此相近的：",
    closest="最接近的原文，不一定回答您的问题：",
    also_ask="您也可以问：",
    not_mentioned="其中没有提到：",
    ask_better="换个问法也许有帮助：写明园区、行业、政策名称或年份，一次只问一件事。",
    partial="下面的内容只回答了问题的一部分，没有涉及：",
    differs="两份文件的数字不同，较新的在前。",
    clarify="您问的是哪一个？请选一个，或把问题写得更具体：",
    out_of_scope="这个问题不在我能回答的范围内：我只引用有关衡阳园区、优惠政策、产业和人才的文件。",
    digest="整理稿摘录，非官方原文：",
    verbatim="官方原文：",
    continued="…… 下接后一条消息",
    continuation="…… 上接前一条消息",
    voice="谢谢！我还听不了语音和视频。请把问题打成文字，例如“船山时间谷有多少家企业？”",
    picture="谢谢！我还看不了图片和文件。请把想问的那一句打成文字发给我，我来查出处。",
    sticker="您好！想了解衡阳的什么？直接打字提问，或点下面的按钮浏览。",
    nothing_asked="我在这段内容里没有看到问题。写一句话就好，例如“博士有什么补贴？”，或点下面的按钮浏览。",
    original="原文 {number}",
    before="◀ 上文",
    after="下文 ▶",
    context="上下文 {number}",
    more="更多结果",
    helpful="👍 有用",
    not_helpful="👎 没用",
    ask_person="🙋 找工作人员",
    thanks="谢谢您的反馈！",
    talk_thanks="不客气，欢迎继续提问！",
    talk_goodbye="再见！有问题随时再来问。",
    talk_acknowledgement="好的。还想了解什么？",
    talk_menu=(
        "请点下面的按钮选择主题，或直接打字提问。\n"
        "浏览：/parks 园区 /incentives 优惠 /talent 人才 /sources 文件\n"
        "其他：/help 说明 /person 找工作人员 /language 语言 /privacy 保存了什么"
    ),
    talk_robot="我是程序，不是真人：只逐字引用收录的文件，不代表官方表态。",
    talk_complaint="抱歉，没有答好。请换个问法：写明园区、行业、政策名称或年份，一次只问一件事。",
    talk_sources="我的答复出自收录的 {count} 份文件：官方文件，以及标明“整理自”或“摘要”的整理稿，各有各的日期，每条答复都注明出处。情况可能有变，办理前请向出处所列的部门核实。/sources 列出全部文件。",
    talk_brevity="答复是文件原文，不作缩写，以免漏掉数字和条件。第一条引文最直接；一次只问一件事，答复会更短。",
    gone="这个按钮已经失效，请重新提问。",
    no_before="前面没有内容了。",
    no_after="后面没有内容了。",
    no_more="没有更多结果了。",
    more_results="以下内容相近，不一定能回答这个问题：",
    see_also="同一文件里还有：",
    subject_parks="园区",
    subject_incentives="优惠政策",
    subject_talent="人才",
    subject_industry="产业",
    subject_business_environment="营商环境",
    subject_statistics="统计数据",
    subject_news="新闻",
    subject_other="其他文件",
    choose_place="文件写到衡阳的 {count} 个园区和功能区。请选择：",
    undated="日期不详",
    park_unstated="收录的文件没有写到：{names}。",
    park_states_nothing="收录的文件没有写到{park}的{name}。",
    all_parks="↩ 全部园区",
    all_incentives="市、省、全国的优惠政策",
    choose_kind="请选择优惠的种类：",
    choose_degree="请选择学历或身份：",
    choose_subject="收录了 {count} 份文件。请选择主题：",
    choose_document="请选择文件：",
    choose_section="请选择要看的部分：",
    nothing_here="这一类还没有收录文件。",
    back="↩ 返回",
    kind_awards="奖励与补贴",
    kind_tax="税收",
    kind_funds="基金与金融",
    kind_land="用地与厂房",
    kind_foreign="外商投资",
    degree_doctor="博士",
    degree_master="硕士",
    degree_bachelor="本科",
    degree_skilled="技能人才",
    degree_team="团队与领军人才",
    language_choose="请选择界面语言。答复中的引文保持文件的语言。",
    language_set="好的，我会用简体中文。",
    language_client="跟随 Telegram",
    privacy=(
        "保存了什么\n"
        "• 您的 Telegram 编号、界面语言、第一次和最近一次使用的时间、通过哪个活动的链接来过；\n"
        "• 您的问题、答复引用了哪些段落、您的评价，手机号和身份证号在保存前隐去；\n"
        "• 最近的对话，用于理解追问，静默 30 分钟后删除；\n"
        "• 您用 🔔 订阅的主题、园区和引文，保存一年；\n"
        "• 找工作人员时，对话转到工作人员的群组，机器人只记下谁在何时发过消息。\n"
        "\n"
        "保存 {days} 天，之后自动删除。只用于答复您、发现文件缺什么；统计只给出总数，不足五人不显示。\n"
        "/forget 立即删除机器人保存的全部内容，包括您在群组里提的问题；已转给工作人员的消息留在 Telegram 里，请向他们提出。"
    ),
    forget_ask="要删除我保存的关于您的全部内容吗？这不能撤销。",
    forget_yes="删除",
    forget_no="保留",
    forgotten="已全部删除。",
    kept="好的，内容都保留。",
    not_yours="这个按钮只供提出请求的人使用，什么也没有改动。",
    forget_alone="您在这里是以群组或频道的名义发言，我不知道您是谁。请在与我的私聊里用 /forget。",
    off="这个主题暂停自动答复，请联系工作人员。",
    tell_me="🔔 有答案时告诉我",
    will_tell="好的，收录了能回答的文件，我会告诉您。",
    now_answered="您之前问过“{question}”。现在收录的文件里有答案了：",
    desk_none="目前没有人工服务。请把问题写得更具体，我再查一次。",
    desk_private="有工作人员可以答复您，但只在私聊里：请点下面的按钮，在那里对话。",
    desk_private_open="🙋 私聊工作人员",
    desk_opened="已转给工作人员。他们的答复会出现在这里，您接着写的内容也会转给他们，送达后标上 👌；文件里有答案的，我仍会同时引用。",
    desk_hours="现在不在办公时间，工作人员会在 {time} 之后答复；文件里有的，我现在就能答。",
    desk_arrived="已送达工作人员。",
    desk_not_arrived="抱歉，这条没有送达工作人员。请稍后再发一次。",
    desk_unreached="抱歉，没能转给工作人员：他们的群组现在联系不上。请稍后再试。",
    desk_again="🙋 继续联系工作人员",
    desk_reopened="对话已重新打开，您写的内容会转给工作人员。",
    desk_reopened_investor="工作人员重新打开了对话，您写的内容会转给他们。",
    desk_is_closed="您与工作人员的对话已经结束，这条没有转给他们。要继续联系他们，请点下面的按钮。",
    desk_silent_investor="{days} 天没有新消息，与工作人员的对话自动结束。您可以继续向我提问，也可以重新联系工作人员。",
    desk_unanswered_investor="抱歉，工作人员 {days} 天没有答复，对话自动结束。您可以继续向我提问，也可以重新联系工作人员。",
    desk_edited_investor="✏️ 工作人员修改了这条消息。",
    desk_besides="您的消息已转给工作人员。以下是机器人从文件里找到的，不是工作人员的答复：",
    desk_already="您与工作人员的对话还开着，直接写就可以。",
    desk_closed="工作人员已结束这次对话，您写的内容不再转给他们。您可以继续向我提问。",
    desk_leave="结束人工对话",
    desk_left="已结束与工作人员的对话，您写的内容不再转给他们。",
    desk_from="工作人员：",
    inline_hint="输入关键词，例如“园区”",
    staff_only="这个命令只供工作人员使用。",
    maintainers_only="这个命令只供维护人员使用。",
    audit_none="还没有任何操作记录。",
    desk_topic="#{number} {question}",
    desk_card=(
        "🙋 #{number} 需要人工答复\n"
        "语言：{language}\n"
        "问题：{question}\n"
        "机器人的答复：{status}\n"
        "{found}\n"
        "\n"
        "最近的对话：\n"
        "{history}\n"
        "\n"
        "在这个话题里写的内容会以机器人的名义发给对方，送达后标 👌。以 // 开头的、或回复机器人说明的，是内部备注，不发出，标 ✍。\n"
        "/close 结果 结束对话；/assign 接手"
    ),
    desk_arrived_staff="已送达对方。",
    desk_not_arrived_staff="这条没有送达对方：对方可能已停用机器人，或 Telegram 不接受这种消息。",
    desk_page_reader="🌐 来自网页读者。您在这里写的内容会以文字显示在对方的专属页面上；图片和文件送不到。",
    desk_page_text_only="网页只显示文字，这条没有送达对方。请用文字写。",
    desk_noted="内部备注，没有发出。",
    desk_edited="✏️ 对方修改了这条消息。",
    desk_taken_back="已从对方那里撤回。",
    desk_not_taken_back="撤不回来了：对方仍能看到原来的内容。",
    desk_closed_already="对话已经结束，这条没有发出。/reopen 重新打开。",
    desk_open_already="对话还开着。",
    desk_elsewhere="对方已在另一个话题里与我们对话，请在那里继续。",
    desk_over="这个话题不属于任何对话，这里写的内容不会发给任何人：对话的数据已经删除，或者话题建了两次，请到编号相同的另一个话题里写。",
    desk_reopened_by_investor="对方重新打开了对话。",
    desk_reopened_by_staff="对话已重新打开。",
    desk_silent="{days} 天没有新消息，对话自动结束。",
    desk_unanswered="{days} 天没有答复，对话自动结束，已告诉对方。",
    desk_bot_answered="🤖 机器人已按文件答复：{title}",
    desk_no_topic="建不了 #{number} 的话题：机器人需要“管理话题”的权限。请在这里回复对方的消息来答复。",
    desk_healed="原来的话题已被删除，对话在这里继续：{since} 开始，说过 {count} 条，由 {who} 负责。",
    desk_assigned="现在由 {who} 负责。",
    desk_unassigned="无人",
    desk_anonymous="匿名管理员",
    desk_outside="这个命令请在对话的话题里用。",
    desk_nothing_open="没有进行中的对话。",
    desk_open="进行中的对话 {count} 个：",
    desk_morning="🌅 下班后来的、还没有答复的对话 {count} 个，请先处理：",
    desk_waits_staff="等我们答复，自 {since}（{who}）",
    desk_waits_investor="等对方，自 {since}（{who}）",
    desk_waits_nobody="刚打开，{since}（{who}）",
    desk_done="已结束，结果：{outcome}",
    desk_person_left="对方结束了对话。",
    desk_person_forgotten="对方删除了自己的全部数据，对话到此结束。请一并处理本话题里的内容。",
    desk_undelivered="对方已屏蔽机器人，消息送不到。",
    outcome_none="（未写）",
    gaps_none="没有可以列出的未答问题：不足五人提出的不列出。",
    gaps_title="未答的问题（近 {days} 天）：",
    gaps_few="不足 {limit} 人提出的问题不列出。",
    gaps_line="{count} 次，{people} 人：{question}",
    campaign_usage=(
        "/campaign new 名称 [| 主题] [| 开始日期 | 结束日期]\n"
        "/campaign list\n"
        "/campaign stats 编号\n"
        "/campaign end 编号 [接续活动的编号]"
    ),
    campaign_made=("活动“{name}”已建立，编号 {id}。\n链接：{link}"),
    campaign_line="{id} {name}：{state}，{people} 人，{visits} 次",
    campaign_none="还没有活动。",
    campaign_unknown="没有这个编号的活动。",
    campaign_ended="活动“{name}”已结束。",
    campaign_running="进行中",
    campaign_over="已结束",
    campaign_to_come="未开始",
    bad_dates="日期请写成 2025-11-20 的样子，开始不晚于结束。",
    poster_title="投资衡阳，问一问就知道",
    poster_steps_page="用手机扫码，在微信或任何浏览器里打开，直接提问。\n每条答复都逐字引用文件，注明出处。",
    poster_steps=("用手机扫码，在 Telegram 里打开，直接提问。\n每条答复都逐字引用文件，注明出处。"),
    welcome_campaign="欢迎参加“{name}”！",
    welcome_follower="“{ended}”已结束，接着举办的是“{name}”，欢迎参加！",
    campaign_was="“{name}”已结束。这里仍然可以查询衡阳的园区、优惠政策和人才政策，直接提问就可以。",
    campaign_will_be="“{name}”将于 {day} 开始。现在就可以直接提问。",
    campaign_followed="通过它的链接来的人会转到“{name}”。",
    stats_usage="/stats [天数|活动编号]",
    stats_title="近 {days} 天",
    stats_people="人数",
    stats_visits="访问次数",
    stats_questions="问题",
    stats_answered="已答",
    stats_not_found="未找到",
    stats_asked_back="反问",
    stats_asked_person="找工作人员",
    stats_small_talk="闲聊",
    stats_helpful="评价有用",
    stats_not_helpful="评价没用",
    stats_subjects="主题",
    stats_unanswered="未答问题",
    stats_few="少于 {limit}",
    switch_usage=("/switch off 主题 [说明]\n/switch on 主题\n主题：{subjects}"),
    switched_off="“{subject}”已停用。",
    switched_on="“{subject}”已启用。",
    gaps_replayed="新索引已启用：{count} 个未答的问题现在有答案，其中 {agreed} 人愿意收到通知。",
    gaps_tell="告诉他们",
    gaps_told="已通知 {count} 人。",
)
