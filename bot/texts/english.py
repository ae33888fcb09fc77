"""What the bot says in English."""

from bot.texts.catalogue import Texts
from bot.texts.readers import english as readers

TEXTS = Texts(
    **readers.TEXTS,
    name="English",
    start=(
        "Hello! I answer questions about Hengyang's parks, incentives and talent programs.\n"
        "\n"
        "I only quote the documents I hold, word for word, each quote with its source, so that you can check it.\n"
        "\n"
        "Just ask, for example:\n"
        "• Is Foxconn still in Hengyang?\n"
        "• 船山时间谷有多少家企业？\n"
        "• 博士有什么补贴？\n"
        "\n"
        "Or look around with the buttons below. Answers are quotations, not legal advice; please confirm with the responsible authority before you act on them."
    ),
    help=(
        "How to ask\n"
        "• One thing at a time, naming the park, industry, applicant or year, such as “What subsidies are there for PhDs in 2025?”\n"
        "• Follow-up questions are welcome, such as “And for master's graduates?” Edit a question, and its answer changes too.\n"
        "• English or Chinese, up to {limit} characters.\n"
        "• In a group, mention @{username}, reply to me, or use /ask; in any chat, type @{username} and a few words to share a quote.\n"
        "\n"
        "How to read an answer\n"
        "• Quotes are unchanged, in the language of the document; the numbered line below is the source, and its title opens the original.\n"
        "• “Digest of …” marks somebody's summary, not the official text.\n"
        "• Where the documents hold no answer, I say so.\n"
        "\n"
        "Look around: /parks /incentives /talent /sources\n"
        "Settings: /language /privacy /forget\n"
        "\n"
        "Answers are not legal advice."
    ),
    description="I answer questions about Hengyang's parks, incentives and talent programs from public documents: word for word, each quote with its source. Where there is no answer, I say so. Ask in English or Chinese.",
    short_description="Investing in Hengyang: exact quotes from documents, each with its source",
    about_start="Start here",
    about_ask="Ask a question: /ask Is Foxconn still in Hengyang?",
    about_parks="Industrial parks",
    about_incentives="Incentives by kind",
    about_talent="Talent programs by degree",
    about_sources="The documents that I quote",
    about_language="Choose a language",
    about_person="Ask a person",
    about_desk="The conversations that are open",
    about_assign="Take over or hand over: /assign [@colleague]",
    about_reopen="Open the conversation again",
    about_privacy="What is kept, and for how long",
    about_forget="Delete what is kept of me",
    about_help="How to ask, and how to read an answer",
    about_gaps="Questions without an answer",
    about_stats="How the bot is used",
    about_campaign="Campaigns and posters",
    about_close="End a talk: /close outcome",
    about_audit="What staff did",
    about_switch="Switch a subject off or on",
    ask_what="Please put your question after /ask, such as: /ask Is Foxconn still in Hengyang?",
    too_long="That question is rather long ({length} characters). With at most {limit} characters and one thing at a time, I can search more precisely.",
    unknown_command="I don't know that command. Just send me your question; /help explains more.",
    busy="You are asking faster than I may answer, so I have not looked up what you asked last. Please ask it again in a minute; thank you!",
    failed="Sorry, I couldn't look that up just now; the fault is mine. Please try again shortly.",
    delayed="Sorry for the wait: I had a fault and could not answer for a while. Here is what you asked in the meantime.",
    alarm_bad="⚠️ The bot is in trouble: {parts}",
    alarm_well="✅ The bot is well again after {minutes} min: {parts}",
    alarm_poll="receiving messages from Telegram",
    alarm_send="sending messages to Telegram",
    alarm_database="writing to the database",
    alarm_index="reading the index of documents",
    not_found="Sorry, I found nothing in my documents that answers this question.",
    nearest="These documents do not answer it, but they are close:",
    nearby="What my documents hold nearby:",
    closest="The words that come closest; they may not answer your question:",
    also_ask="You can also ask:",
    not_mentioned="They do not mention: ",
    ask_better="It may help to ask differently: name the park, industry, policy or year, and one thing at a time.",
    partial="What follows answers only a part of the question, not: ",
    differs="The documents give different figures; the newer one comes first.",
    clarify="Which one do you mean? Please choose, or ask more precisely:",
    out_of_scope="That is beyond what I can answer: I only quote documents about Hengyang's parks, incentives, industries and talent programs.",
    digest="From a digest, not the official text:",
    verbatim="Official text:",
    continued="… continues in the next message",
    continuation="… continued from the previous message",
    voice="Thank you! I cannot listen to voice or video yet. Please type your question, such as “Is Foxconn still in Hengyang?”",
    picture="Thank you! I cannot read pictures or files yet. Please type the sentence you wonder about, and I look for its source.",
    sticker="Hello! What would you like to know about Hengyang? Just type it, or look around with the buttons below.",
    nothing_asked="I see no question in that. One sentence is enough, such as “What subsidies are there for PhDs?”, or look around with the buttons below.",
    original="Original {number}",
    before="◀ Before",
    after="After ▶",
    context="Context {number}",
    more="More results",
    helpful="👍 Helpful",
    not_helpful="👎 Not helpful",
    ask_person="🙋 Ask a person",
    thanks="Thank you for telling me!",
    talk_thanks="You are welcome! Do ask me more.",
    talk_goodbye="Goodbye! Just write whenever another question comes up.",
    talk_acknowledgement="All right. What else would you like to know?",
    talk_menu=(
        "Choose a subject with the buttons below, or just type your question.\n"
        "Look around: /parks /incentives /talent /sources\n"
        "More: /help /person /language /privacy"
    ),
    talk_robot="I am a program, not a person: I quote documents word for word, and make no official statement.",
    talk_complaint="Sorry that this did not help. Please ask differently: name the park, industry, policy or year, and one thing at a time.",
    talk_sources="My answers stand in {count} documents: official texts, and digests, which are marked as such, each with its own date. Every answer names its source. Things may have changed since; please confirm with the authority that the source names. /sources shows all documents.",
    talk_brevity="My answers are the documents' own words, which I do not shorten: figures and conditions would get lost. The first quote answers most directly; ask for one thing at a time to get less.",
    gone="This button no longer works; please ask again.",
    no_before="Nothing comes before this.",
    no_after="Nothing comes after this.",
    no_more="There are no more results.",
    more_results="These passages are close; they may not answer the question:",
    see_also="The same document also tells of:",
    subject_parks="Parks",
    subject_incentives="Incentives",
    subject_talent="Talent",
    subject_industry="Industries",
    subject_business_environment="Business environment",
    subject_statistics="Statistics",
    subject_news="News",
    subject_other="Other documents",
    choose_place="The documents name {count} parks and zones of Hengyang. Please choose:",
    undated="undated",
    park_unstated="Not found in the documents: {names}.",
    park_states_nothing="Not found in the documents: {name} of {park}.",
    all_parks="↩ All parks",
    all_incentives="Incentives of city, province and nation",
    choose_kind="Choose a kind of incentive:",
    choose_degree="Choose a degree or a qualification:",
    choose_subject="I hold {count} documents. Choose a subject:",
    choose_document="Choose a document:",
    choose_section="Choose the part to read:",
    nothing_here="There is no document of this kind yet.",
    back="↩ Back",
    kind_awards="Awards and subsidies",
    kind_tax="Taxes",
    kind_funds="Funds and finance",
    kind_land="Land and buildings",
    kind_foreign="Foreign investors",
    degree_doctor="Doctorate",
    degree_master="Master's degree",
    degree_bachelor="Bachelor's degree",
    degree_skilled="Skilled workers",
    degree_team="Teams and leading talent",
    language_choose="Choose the language that I speak. Quotes stay in the language of their document.",
    language_set="All right, I will speak English.",
    language_client="As in Telegram",
    privacy=(
        "What is kept\n"
        "• your Telegram number, the language of the interface, when you first and last wrote, by which campaign's links you came;\n"
        "• your questions, which passages answered them, your ratings; numbers of phones and ID cards are hidden before anything is kept;\n"
        "• the latest conversation, to understand follow-up questions; deleted after 30 silent minutes;\n"
        "• what you follow with 🔔, for a year: subjects, parks, words that I quoted to you;\n"
        "• if you ask for a person, that conversation goes to a group of the staff; the bot keeps only who wrote when.\n"
        "\n"
        "It is kept for {days} days, then deleted, and serves to answer you and to find what the documents lack. Statistics are totals; below five people nothing is shown.\n"
        "/forget deletes at once all that the bot holds, what you asked in groups as well; messages that went to the staff stay in Telegram: please ask them."
    ),
    forget_ask="Delete all that I hold of you? This cannot be undone.",
    forget_yes="Delete",
    forget_no="Keep",
    forgotten="All of it is deleted.",
    kept="All right, nothing was deleted.",
    not_yours="This button is for whoever asked for it; nothing was changed.",
    forget_alone="Here you write in the name of a group or a channel, so I do not know who you are. Please use /forget in a private chat with me.",
    off="Automatic answers on this subject are paused; please ask a person.",
    tell_me="🔔 Tell me when there is an answer",
    will_tell="I will tell you when a document answers it.",
    now_answered="You once asked “{question}”. The documents now answer it:",
    desk_none="There is no staff behind this bot at the moment. Please ask more precisely, and I look again.",
    desk_private="There is staff who can reply, but in private only: press the button below and talk to them there.",
    desk_private_open="🙋 Talk in private",
    desk_opened="I passed this on to the staff. Their reply will appear here, and what you write now goes to them, marked 👌 once it has arrived; where my documents hold an answer, I go on quoting it.",
    desk_hours="The office is closed now; the staff will reply after {time}. What the documents answer, I can answer now.",
    desk_arrived="Delivered to the staff.",
    desk_not_arrived="Sorry, this did not reach the staff. Please send it again later.",
    desk_unreached="Sorry, I could not pass this on: the staff's group cannot be reached at the moment. Please try again later.",
    desk_again="🙋 Write to the staff again",
    desk_reopened="The conversation is open again; what you write goes to the staff.",
    desk_reopened_investor="The staff opened the conversation again; what you write goes to them.",
    desk_is_closed="Your conversation with the staff has ended, so this did not go to them. To go on with them, press the button below.",
    desk_silent_investor="Nothing was said for {days} days, so the conversation with the staff has ended by itself. You may go on asking me, or write to the staff again.",
    desk_unanswered_investor="Sorry, the staff did not reply for {days} days, so the conversation has ended by itself. You may go on asking me, or write to the staff again.",
    desk_edited_investor="✏️ The staff changed this message.",
    desk_besides="Your message goes to the staff. What follows the bot found in its documents; it is not the staff's reply:",
    desk_already="Your conversation with the staff is still open; just write.",
    desk_closed="The staff closed this conversation; what you write does not go to them any more. You may go on asking me.",
    desk_leave="End it",
    desk_left="Your conversation with the staff has ended; what you write does not go to them any more.",
    desk_from="Staff:",
    inline_hint="Type a few words, such as “park”",
    staff_only="This command is for the staff only.",
    maintainers_only="This command is for the maintainers only.",
    audit_none="Nothing has been done yet.",
    desk_topic="#{number} {question}",
    desk_card=(
        "🙋 #{number} asks for a person\n"
        "Language: {language}\n"
        "Question: {question}\n"
        "The bot: {status}\n"
        "{found}\n"
        "\n"
        "The conversation so far:\n"
        "{history}\n"
        "\n"
        "What you write in this topic goes out under the bot's name, and is marked 👌 once it has arrived. What begins with //, or replies to the bot's own words, is an internal note: it stays here, marked ✍.\n"
        "/close OUTCOME ends it; /assign takes it over"
    ),
    desk_arrived_staff="Delivered to them.",
    desk_not_arrived_staff="This did not reach them: they may have stopped the bot, or Telegram does not take this kind of message.",
    desk_page_reader="🌐 From a reader of the web page. What you write here appears on a private page of theirs, as text; pictures and files do not reach them.",
    desk_page_text_only="The web page shows text alone, so this did not reach them. Please write it as text.",
    desk_noted="An internal note; it was not sent.",
    desk_edited="✏️ They changed this message.",
    desk_taken_back="Taken back from them.",
    desk_not_taken_back="This can no longer be taken back: they still see the words of before.",
    desk_closed_already="The conversation is closed; this was not sent. /reopen opens it again.",
    desk_open_already="The conversation is still open.",
    desk_elsewhere="They talk with us in another topic by now; please go on there.",
    desk_over="This topic belongs to no conversation: what is written here goes to nobody. Its data are deleted, or the topic was made twice, and another one has the same number.",
    desk_reopened_by_investor="They opened the conversation again.",
    desk_reopened_by_staff="The conversation is open again.",
    desk_silent="Nothing was said for {days} days; the conversation has ended by itself.",
    desk_unanswered="There was no reply for {days} days; the conversation has ended by itself, and they were told.",
    desk_bot_answered="🤖 The bot answered from: {title}",
    desk_no_topic="No topic can be made for #{number}: the bot needs the right to manage topics. Answer here by replying to their messages.",
    desk_healed="The topic of before was deleted; the conversation goes on here. It began {since}, {count} messages were said, and {who} has it.",
    desk_assigned="It is with {who} now.",
    desk_unassigned="nobody",
    desk_anonymous="an anonymous administrator",
    desk_outside="Please use this command in the topic of a conversation.",
    desk_nothing_open="No conversation is open.",
    desk_open="{count} conversations are open:",
    desk_morning="🌅 {count} conversations came in while the desk was closed and wait for a reply; please begin with them:",
    desk_waits_staff="waits for us since {since} ({who})",
    desk_waits_investor="waits for them since {since} ({who})",
    desk_waits_nobody="just opened, {since} ({who})",
    desk_done="Closed. Outcome: {outcome}",
    desk_person_left="They ended the conversation.",
    desk_person_forgotten="They deleted all their data; the conversation has ended. Please deal with what stands in this topic, too.",
    desk_undelivered="They have blocked the bot; messages no longer get through.",
    outcome_none="(none given)",
    gaps_none="There are no unanswered questions to list; those of fewer than five people are not shown.",
    gaps_title="Unanswered questions of the last {days} days:",
    gaps_few="Questions of fewer than {limit} people are not listed.",
    gaps_line="{count} times, {people} people: {question}",
    campaign_usage=(
        "/campaign new NAME [| TOPIC] [| FIRST DAY | LAST DAY]\n"
        "/campaign list\n"
        "/campaign stats ID\n"
        "/campaign end ID [ID OF WHAT FOLLOWS]"
    ),
    campaign_made=("Campaign “{name}” is made, its id is {id}.\nLink: {link}"),
    campaign_line="{id} {name}: {state}, {people} people, {visits} visits",
    campaign_none="There are no campaigns yet.",
    campaign_unknown="There is no campaign of that id.",
    campaign_ended="Campaign “{name}” has ended.",
    campaign_running="running",
    campaign_over="over",
    campaign_to_come="yet to begin",
    bad_dates="Write days like 2025-11-20, the first not after the last.",
    poster_title="Questions about investing in Hengyang? Ask.",
    poster_steps_page="Scan the code, open it in any browser, WeChat's too, and ask.\nEvery answer quotes a document word for word, with its source.",
    poster_steps=(
        "Scan the code, open it in Telegram, and ask.\n"
        "Every answer quotes a document word for word, with its source."
    ),
    welcome_campaign="Welcome to “{name}”!",
    welcome_follower="“{ended}” has ended; it is followed by “{name}”. Welcome!",
    campaign_was="“{name}” has ended. You can still ask here about Hengyang's parks, incentives and talent programs: just type your question.",
    campaign_will_be="“{name}” begins on {day}. You can ask your questions here already.",
    campaign_followed="Whoever comes by its link is led to “{name}”.",
    stats_usage="/stats [DAYS | CAMPAIGN ID]",
    stats_title="The last {days} days",
    stats_people="People",
    stats_visits="Visits",
    stats_questions="Questions",
    stats_answered="Answered",
    stats_not_found="Not found",
    stats_asked_back="Asked back",
    stats_asked_person="Asked a person",
    stats_small_talk="Small talk",
    stats_helpful="Helpful",
    stats_not_helpful="Not helpful",
    stats_subjects="Subjects",
    stats_unanswered="Unanswered",
    stats_few="below {limit}",
    switch_usage=("/switch off SUBJECT [TEXT]\n/switch on SUBJECT\nSubjects: {subjects}"),
    switched_off="“{subject}” is switched off.",
    switched_on="“{subject}” is switched on.",
    gaps_replayed="A new index is in use: {count} unanswered questions now have an answer; {agreed} people agreed to be told.",
    gaps_tell="Tell them",
    gaps_told="{count} people were told.",
)
