"""What the bot says in traditional Chinese."""

from bot.texts.catalogue import Texts
from bot.texts.readers import traditional as readers

TEXTS = Texts(
    **readers.TEXTS,
    name="繁體中文",
    start=(
        "您好！我可以回答有關衡陽園區、優惠政策和人才計劃的問題。\n"
        "\n"
        "我只逐字引用收錄的文件，不作改寫，並逐條註明出處，方便您核對。\n"
        "\n"
        "直接提問即可，例如：\n"
        "• 船山時間谷有多少家企業？\n"
        "• 博士有什麼補貼？\n"
        "• Is Foxconn still in Hengyang?\n"
        "\n"
        "也可以點下面的按鈕瀏覽。答覆為文件摘錄，不構成法律意見；辦理前請以主管部門的答覆為準。"
    ),
    help=(
        "怎樣提問\n"
        "• 一次問一件事，寫明園區、行業、對象或年份，例如「2025年博士有什麼補貼？」\n"
        "• 可以接著追問，例如「那碩士呢？」；改了問題，答覆也會跟著改。\n"
        "• 中文、英文都可以，每條不超過 {limit} 個字符。\n"
        "• 在群裡請 @{username}、回覆我的消息，或使用 /ask；在任何對話裡輸入 @{username} 加關鍵詞，可以轉發引文。\n"
        "\n"
        "怎樣看答覆\n"
        "• 引文一字不改，下方編號處是出處，點標題可打開原文鏈接。\n"
        "• 標明「整理自」的是整理稿，不是官方原文。\n"
        "• 文件裡沒有答案時，我會直說。\n"
        "\n"
        "瀏覽：/parks 園區 /incentives 優惠 /talent 人才 /sources 文件\n"
        "設置：/language 語言 /privacy 保存了什麼 /forget 刪除\n"
        "\n"
        "答覆不構成法律意見。"
    ),
    description="我用衡陽市的公開文件回答園區、優惠政策、人才計劃的問題：逐字引用，逐條註明出處；沒有答案時直說。中文、英文都可以問。",
    short_description="衡陽投資問答：逐字引用文件，註明出處",
    about_start="開始使用",
    about_ask="提問，例如：/ask 博士有什麼補貼？",
    about_parks="瀏覽園區",
    about_incentives="瀏覽優惠政策",
    about_talent="瀏覽人才政策",
    about_sources="收錄了哪些文件",
    about_language="選擇界面語言",
    about_person="找工作人員",
    about_desk="進行中的人工對話",
    about_assign="接手或移交：/assign [@同事]",
    about_reopen="重新打開對話",
    about_privacy="保存了什麼、保存多久",
    about_forget="刪除我的記錄",
    about_help="怎樣提問、怎樣看答覆",
    about_gaps="未答的問題",
    about_stats="使用情況",
    about_campaign="活動與海報",
    about_close="結束對話：/close 結果",
    about_audit="操作記錄",
    about_switch="停用或啟用主題",
    ask_what="請在 /ask 後面寫上問題，例如：/ask 博士有什麼補貼？",
    too_long="這個問題有點長（{length} 個字符）。請用不超過 {limit} 個字符，一次只問一件事，我會找得更準。",
    unknown_command="我不認識這個命令。直接把問題發給我就可以，/help 有使用說明。",
    busy="您問得有點快，剛才這幾條我沒有查。請等一分鐘再問一次，謝謝！",
    failed="抱歉，剛才沒能查成，問題出在我這邊。請稍後再問一次。",
    delayed="抱歉讓您久等了：剛才系統出了故障，一段時間內沒能回答。下面是您這段時間所問的內容。",
    alarm_bad="⚠️ 機器人出現故障：{parts}",
    alarm_well="✅ 機器人已恢復正常，歷時 {minutes} 分鐘：{parts}",
    alarm_poll="從 Telegram 接收訊息",
    alarm_send="向 Telegram 傳送訊息",
    alarm_database="寫入資料庫",
    alarm_index="讀取檔案索引",
    not_found="抱歉，在我掌握的文件裡沒有找到能回答這個問題的內容。",
    nearest="下面的文件內容相近，但並不能回答這個問題：",
    nearby="我收錄的文件裡與此相近的：",
    closest="最接近的原文，不一定回答您的問題：",
    also_ask="您也可以問：",
    not_mentioned="其中沒有提到：",
    ask_better="換個問法也許有幫助：寫明園區、行業、政策名稱或年份，一次只問一件事。",
    partial="下面的內容只回答了問題的一部分，沒有涉及：",
    differs="兩份文件的數字不同，較新的在前。",
    clarify="您問的是哪一個？請選一個，或把問題寫得更具體：",
    out_of_scope="這個問題不在我能回答的範圍內：我只引用有關衡陽園區、優惠政策、產業和人才的文件。",
    digest="整理稿摘錄，非官方原文：",
    verbatim="官方原文：",
    continued="…… 下接後一條消息",
    continuation="…… 上接前一條消息",
    voice="謝謝！我還聽不了語音和視頻。請把問題打成文字，例如「船山時間谷有多少家企業？」",
    picture="謝謝！我還看不了圖片和文件。請把想問的那一句打成文字發給我，我來查出處。",
    sticker="您好！想了解衡陽的什麼？直接打字提問，或點下面的按鈕瀏覽。",
    nothing_asked="我在這段內容裡沒有看到問題。寫一句話就好，例如「博士有什麼補貼？」，或點下面的按鈕瀏覽。",
    original="原文 {number}",
    before="◀ 上文",
    after="下文 ▶",
    context="上下文 {number}",
    more="更多結果",
    helpful="👍 有用",
    not_helpful="👎 沒用",
    ask_person="🙋 找工作人員",
    thanks="謝謝您的反饋！",
    talk_thanks="不客氣，歡迎繼續提問！",
    talk_goodbye="再見！有問題隨時再來問。",
    talk_acknowledgement="好的。還想了解什麼？",
    talk_menu=(
        "請點下面的按鈕選擇主題，或直接打字提問。\n"
        "瀏覽：/parks 園區 /incentives 優惠 /talent 人才 /sources 文件\n"
        "其他：/help 說明 /person 找工作人員 /language 語言 /privacy 保存了什麼"
    ),
    talk_robot="我是程序，不是真人：只逐字引用收錄的文件，不代表官方表態。",
    talk_complaint="抱歉，沒有答好。請換個問法：寫明園區、行業、政策名稱或年份，一次只問一件事。",
    talk_sources="我的答覆出自收錄的 {count} 份文件：官方文件，以及標明「整理自」或「摘要」的整理稿，各有各的日期，每條答覆都註明出處。情況可能有變，辦理前請向出處所列的部門核實。/sources 列出全部文件。",
    talk_brevity="答覆是文件原文，不作縮寫，以免漏掉數字和條件。第一條引文最直接；一次只問一件事，答覆會更短。",
    gone="這個按鈕已經失效，請重新提問。",
    no_before="前面沒有內容了。",
    no_after="後面沒有內容了。",
    no_more="沒有更多結果了。",
    more_results="以下內容相近，不一定能回答這個問題：",
    see_also="同一文件裡還有：",
    subject_parks="園區",
    subject_incentives="優惠政策",
    subject_talent="人才",
    subject_industry="產業",
    subject_business_environment="營商環境",
    subject_statistics="統計數據",
    subject_news="新聞",
    subject_other="其他文件",
    choose_place="文件寫到衡陽的 {count} 個園區和功能區。請選擇：",
    undated="日期不詳",
    park_unstated="收錄的文件沒有寫到：{names}。",
    park_states_nothing="收錄的文件沒有寫到{park}的{name}。",
    all_parks="↩ 全部園區",
    all_incentives="市、省、全國的優惠政策",
    choose_kind="請選擇優惠的種類：",
    choose_degree="請選擇學歷或身份：",
    choose_subject="收錄了 {count} 份文件。請選擇主題：",
    choose_document="請選擇文件：",
    choose_section="請選擇要看的部分：",
    nothing_here="這一類還沒有收錄文件。",
    back="↩ 返回",
    kind_awards="獎勵與補貼",
    kind_tax="稅收",
    kind_funds="基金與金融",
    kind_land="用地與廠房",
    kind_foreign="外商投資",
    degree_doctor="博士",
    degree_master="碩士",
    degree_bachelor="本科",
    degree_skilled="技能人才",
    degree_team="團隊與領軍人才",
    language_choose="請選擇界面語言。答覆中的引文保持文件的語言。",
    language_set="好的，我會用繁體中文。",
    language_client="跟隨 Telegram",
    privacy=(
        "保存了什麼\n"
        "• 您的 Telegram 編號、界面語言、第一次和最近一次使用的時間、通過哪個活動的鏈接來過；\n"
        "• 您的問題、答覆引用了哪些段落、您的評價，手機號和身份證號在保存前隱去；\n"
        "• 最近的對話，用於理解追問，靜默 30 分鐘後刪除；\n"
        "• 您用 🔔 訂閱的主題、園區和引文，保存一年；\n"
        "• 找工作人員時，對話轉到工作人員的群組，機器人只記下誰在何時發過消息。\n"
        "\n"
        "保存 {days} 天，之後自動刪除。只用於答覆您、發現文件缺什麼；統計只給出總數，不足五人不顯示。\n"
        "/forget 立即刪除機器人保存的全部內容，包括您在群組裡提的問題；已轉給工作人員的消息留在 Telegram 裡，請向他們提出。"
    ),
    forget_ask="要刪除我保存的關於您的全部內容嗎？這不能撤銷。",
    forget_yes="刪除",
    forget_no="保留",
    forgotten="已全部刪除。",
    kept="好的，內容都保留。",
    not_yours="這個按鈕只供提出請求的人使用，什麼也沒有改動。",
    forget_alone="您在這裡是以群組或頻道的名義發言，我不知道您是誰。請在與我的私聊裡用 /forget。",
    off="這個主題暫停自動答覆，請聯繫工作人員。",
    tell_me="🔔 有答案時告訴我",
    will_tell="好的，收錄了能回答的文件，我會告訴您。",
    now_answered="您之前問過「{question}」。現在收錄的文件裡有答案了：",
    desk_none="目前沒有人工服務。請把問題寫得更具體，我再查一次。",
    desk_private="有工作人員可以答覆您，但只在私聊裡：請點下面的按鈕，在那裡對話。",
    desk_private_open="🙋 私聊工作人員",
    desk_opened="已轉給工作人員。他們的答覆會出現在這裡，您接著寫的內容也會轉給他們，送達後標上 👌；文件裡有答案的，我仍會同時引用。",
    desk_hours="現在不在辦公時間，工作人員會在 {time} 之後答覆；文件裡有的，我現在就能答。",
    desk_arrived="已送達工作人員。",
    desk_not_arrived="抱歉，這條沒有送達工作人員。請稍後再發一次。",
    desk_unreached="抱歉，沒能轉給工作人員：他們的群組現在聯繫不上。請稍後再試。",
    desk_again="🙋 繼續聯繫工作人員",
    desk_reopened="對話已重新打開，您寫的內容會轉給工作人員。",
    desk_reopened_investor="工作人員重新打開了對話，您寫的內容會轉給他們。",
    desk_is_closed="您與工作人員的對話已經結束，這條沒有轉給他們。要繼續聯繫他們，請點下面的按鈕。",
    desk_silent_investor="{days} 天沒有新消息，與工作人員的對話自動結束。您可以繼續向我提問，也可以重新聯繫工作人員。",
    desk_unanswered_investor="抱歉，工作人員 {days} 天沒有答覆，對話自動結束。您可以繼續向我提問，也可以重新聯繫工作人員。",
    desk_edited_investor="✏️ 工作人員修改了這條消息。",
    desk_besides="您的消息已轉給工作人員。以下是機器人從文件裡找到的，不是工作人員的答覆：",
    desk_already="您與工作人員的對話還開著，直接寫就可以。",
    desk_closed="工作人員已結束這次對話，您寫的內容不再轉給他們。您可以繼續向我提問。",
    desk_leave="結束人工對話",
    desk_left="已結束與工作人員的對話，您寫的內容不再轉給他們。",
    desk_from="工作人員：",
    inline_hint="輸入關鍵詞，例如「園區」",
    staff_only="這個命令只供工作人員使用。",
    maintainers_only="這個命令只供維護人員使用。",
    audit_none="還沒有任何操作記錄。",
    desk_topic="#{number} {question}",
    desk_card=(
        "🙋 #{number} 需要人工答覆\n"
        "語言：{language}\n"
        "問題：{question}\n"
        "機器人的答覆：{status}\n"
        "{found}\n"
        "\n"
        "最近的對話：\n"
        "{history}\n"
        "\n"
        "在這個話題裡寫的內容會以機器人的名義發給對方，送達後標 👌。以 // 開頭的、或回覆機器人說明的，是內部備註，不發出，標 ✍。\n"
        "/close 結果 結束對話；/assign 接手"
    ),
    desk_arrived_staff="已送達對方。",
    desk_not_arrived_staff="這條沒有送達對方：對方可能已停用機器人，或 Telegram 不接受這種消息。",
    desk_page_reader="🌐 來自網頁讀者。您在這裡寫的內容會以文字顯示在對方的專屬頁面上；圖片和檔案送不到。",
    desk_page_text_only="網頁只顯示文字，這條沒有送達對方。請用文字寫。",
    desk_noted="內部備註，沒有發出。",
    desk_edited="✏️ 對方修改了這條消息。",
    desk_taken_back="已從對方那裡撤回。",
    desk_not_taken_back="撤不回來了：對方仍能看到原來的內容。",
    desk_closed_already="對話已經結束，這條沒有發出。/reopen 重新打開。",
    desk_open_already="對話還開著。",
    desk_elsewhere="對方已在另一個話題裡與我們對話，請在那裡繼續。",
    desk_over="這個話題不屬於任何對話，這裡寫的內容不會發給任何人：對話的資料已經刪除，或者話題建了兩次，請到編號相同的另一個話題裡寫。",
    desk_reopened_by_investor="對方重新打開了對話。",
    desk_reopened_by_staff="對話已重新打開。",
    desk_silent="{days} 天沒有新消息，對話自動結束。",
    desk_unanswered="{days} 天沒有答覆，對話自動結束，已告訴對方。",
    desk_bot_answered="🤖 機器人已按文件答覆：{title}",
    desk_no_topic="建不了 #{number} 的話題：機器人需要「管理話題」的權限。請在這裡回覆對方的消息來答覆。",
    desk_healed="原來的話題已被刪除，對話在這裡繼續：{since} 開始，說過 {count} 條，由 {who} 負責。",
    desk_assigned="現在由 {who} 負責。",
    desk_unassigned="無人",
    desk_anonymous="匿名管理員",
    desk_outside="這個命令請在對話的話題裡用。",
    desk_nothing_open="沒有進行中的對話。",
    desk_open="進行中的對話 {count} 個：",
    desk_morning="🌅 下班後來的、還沒有答覆的對話 {count} 個，請先處理：",
    desk_waits_staff="等我們答覆，自 {since}（{who}）",
    desk_waits_investor="等對方，自 {since}（{who}）",
    desk_waits_nobody="剛打開，{since}（{who}）",
    desk_done="已結束，結果：{outcome}",
    desk_person_left="對方結束了對話。",
    desk_person_forgotten="對方刪除了自己的全部資料，對話到此結束。請一併處理本話題裡的內容。",
    desk_undelivered="對方已屏蔽機器人，消息送不到。",
    outcome_none="（未寫）",
    gaps_none="沒有可以列出的未答問題：不足五人提出的不列出。",
    gaps_title="未答的問題（近 {days} 天）：",
    gaps_few="不足 {limit} 人提出的問題不列出。",
    gaps_line="{count} 次，{people} 人：{question}",
    campaign_usage=(
        "/campaign new 名稱 [| 主題] [| 開始日期 | 結束日期]\n"
        "/campaign list\n"
        "/campaign stats 編號\n"
        "/campaign end 編號 [接續活動的編號]"
    ),
    campaign_made=("活動「{name}」已建立，編號 {id}。\n鏈接：{link}"),
    campaign_line="{id} {name}：{state}，{people} 人，{visits} 次",
    campaign_none="還沒有活動。",
    campaign_unknown="沒有這個編號的活動。",
    campaign_ended="活動「{name}」已結束。",
    campaign_running="進行中",
    campaign_over="已結束",
    campaign_to_come="未開始",
    bad_dates="日期請寫成 2025-11-20 的樣子，開始不晚於結束。",
    poster_title="投資衡陽，問一問就知道",
    poster_steps_page="用手機掃碼，在微信或任何瀏覽器裡開啟，直接提問。\n每條答覆都逐字引用文件，註明出處。",
    poster_steps=("用手機掃碼，在 Telegram 裡打開，直接提問。\n每條答覆都逐字引用文件，註明出處。"),
    welcome_campaign="歡迎參加「{name}」！",
    welcome_follower="「{ended}」已結束，接著舉辦的是「{name}」，歡迎參加！",
    campaign_was="「{name}」已結束。這裡仍然可以查詢衡陽的園區、優惠政策和人才政策，直接提問就可以。",
    campaign_will_be="「{name}」將於 {day} 開始。現在就可以直接提問。",
    campaign_followed="通過它的鏈接來的人會轉到「{name}」。",
    stats_usage="/stats [天數|活動編號]",
    stats_title="近 {days} 天",
    stats_people="人數",
    stats_visits="訪問次數",
    stats_questions="問題",
    stats_answered="已答",
    stats_not_found="未找到",
    stats_asked_back="反問",
    stats_asked_person="找工作人員",
    stats_small_talk="閒聊",
    stats_helpful="評價有用",
    stats_not_helpful="評價沒用",
    stats_subjects="主題",
    stats_unanswered="未答問題",
    stats_few="少於 {limit}",
    switch_usage=("/switch off 主題 [說明]\n/switch on 主題\n主題：{subjects}"),
    switched_off="「{subject}」已停用。",
    switched_on="「{subject}」已啟用。",
    gaps_replayed="新索引已啟用：{count} 個未答的問題現在有答案，其中 {agreed} 人願意收到通知。",
    gaps_tell="告訴他們",
    gaps_told="已通知 {count} 人。",
)
