/** Every word of the page's own, in three languages: [English, 简体中文, 繁體中文]. */

export const LANGUAGES = { en: "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文" };

const WORDS = {
  "app.title": ["SOP Bot · local workspace", "SOP Bot · 本地工作区", "SOP Bot · 本機工作區"],
  "app.local": ["Local workspace", "本地工作区", "本機工作區"],
  "app.skip": ["Skip to messages", "跳到消息", "跳到訊息"],
  "app.menu": ["Open the channel list", "打开频道列表", "開啟頻道清單"],
  "app.channels": ["Channels", "频道", "頻道"],
  "app.apps": ["Apps", "应用", "應用程式"],
  "app.home": ["App Home", "应用首页", "應用程式首頁"],
  "app.mailbox": ["Mailbox", "邮箱", "郵件匣"],
  "mail.note": [
    "Mails to people outside arrive here; none leaves this machine.",
    "发给外部人员的邮件会出现在这里，不会真正发出。",
    "寄給外部人員的郵件會出現在這裡，不會真正寄出。",
  ],
  "mail.empty": ["No mails yet.", "还没有邮件。", "還沒有郵件。"],
  "mail.to": ["To {name}", "收件人：{name}", "收件者：{name}"],
  "app.act_as": ["You act as", "当前身份", "目前身分"],
  "app.language": ["Language of this page", "页面语言", "頁面語言"],
  "app.language_auto": ["Follow the person", "随当前身份", "隨目前身分"],
  "app.theme": ["Switch to {name}", "切换为{name}", "切換為{name}"],
  "app.light": ["light", "浅色", "淺色"],
  "app.dark": ["dark", "深色", "深色"],
  "app.lost": ["Connection lost. Trying again…", "连接已断开，正在重试…", "連線已中斷，正在重試…"],
  "app.bot_offline": ["SOP Bot is not connected", "SOP Bot 未连接", "SOP Bot 未連線"],
  "app.bot_online": ["SOP Bot is connected", "SOP Bot 已连接", "SOP Bot 已連線"],
  "app.unread": ["{n} unread", "{n} 条未读", "{n} 則未讀"],
  "app.private": ["private channel", "私人频道", "私人頻道"],
  "app.failed": ["That did not work. Please try again.", "操作未成功，请重试。", "操作未成功，請再試一次。"],
  "app.dismiss": ["Dismiss", "关闭", "關閉"],
  "app.close": ["Close", "关闭", "關閉"],
  "app.cancel": ["Cancel", "取消", "取消"],
  "app.back": ["Back", "返回", "返回"],
  "bot.here": ["SOP Bot is here", "SOP Bot 已加入", "SOP Bot 已加入"],
  "bot.invite": ["Add SOP Bot", "邀请 SOP Bot", "邀請 SOP Bot"],
  "bot.remove": ["Remove SOP Bot from this channel", "将 SOP Bot 移出此频道", "將 SOP Bot 移出此頻道"],
  "bot.absent": ["SOP Bot is not in this channel yet.", "SOP Bot 尚未加入此频道。", "SOP Bot 尚未加入此頻道。"],
  "title.U0WANG": ["Project manager, event controller", "项目经理、活动总控", "項目經理、活動總控"],
  "title.U0LI": ["Designer", "设计师", "設計師"],
  "title.U0CHEN": ["Department head", "部门负责人", "部門負責人"],
  "title.U0ANNA": ["Marketing colleague in Berlin", "柏林的市场部同事", "柏林的市場部同事"],
  "clock.label": ["Workspace clock", "工作区时钟", "工作區時鐘"],
  "clock.reminder": ["Next reminder", "下一次提醒", "下一次提醒"],
  "clock.hour": ["+1 hour", "+1 小时", "+1 小時"],
  "clock.day": ["+1 day", "+1 天", "+1 天"],
  "clock.event": ["To the event day", "跳到活动日", "跳到活動日"],
  "clock.event_short": ["Event day", "活动日", "活動日"],
  "clock.hint": ["Time passes here only when you say so.", "这里的时间由你推进。", "這裡的時間由你推進。"],
  "clock.nothing": [
    "Nothing is due: there is no moment to jump to yet.",
    "目前没有安排，还没有可以跳转的时间点。",
    "目前沒有安排，還沒有可以跳轉的時間點。",
  ],
  "clock.moved": ["It is now {time}", "现在是 {time}", "現在是 {time}"],
  "tips.title": ["Three things to try", "先试试这三件事", "先試試這三件事"],
  "tips.try": ["Try it", "试一试", "試試看"],
  "tips.done": ["done", "已完成", "已完成"],
  "tips.all": [
    "You have seen the essentials. Move the clock and watch what happens.",
    "主要功能都试过了。推进时钟，看看会发生什么。",
    "主要功能都試過了。推進時鐘，看看會發生什麼。",
  ],
  "chat.empty": ["This is the very beginning of {name}", "{name} 从这里开始", "{name} 從這裡開始"],
  "chat.empty_direct": ["Your direct messages with SOP Bot", "你与 SOP Bot 的私信", "你與 SOP Bot 的私訊"],
  "chat.empty_hint": [
    "Write something, or type / to see what SOP Bot can do.",
    "写点什么，或输入 / 查看 SOP Bot 的功能。",
    "寫點什麼，或輸入 / 查看 SOP Bot 的功能。",
  ],
  "chat.messages": ["Messages in {name}", "{name} 的消息", "{name} 的訊息"],
  "chat.newest": ["Newest messages", "最新消息", "最新訊息"],
  "chat.today": ["Today", "今天", "今天"],
  "chat.yesterday": ["Yesterday", "昨天", "昨天"],
  "chat.tomorrow": ["Tomorrow", "明天", "明天"],
  "chat.edited": ["(edited)", "（已编辑）", "（已編輯）"],
  "chat.only_you": ["Only visible to you", "仅你可见", "僅你可見"],
  "chat.app": ["APP", "应用", "應用"],
  "chat.reply": ["{n} reply", "{n} 条回复", "{n} 則回覆"],
  "chat.replies": ["{n} replies", "{n} 条回复", "{n} 則回覆"],
  "chat.last_reply": ["last reply {ago}", "最后回复 {ago}", "最後回覆 {ago}"],
  "chat.from_thread": ["replied to a thread", "回复了消息列", "回覆了討論串"],
  "chat.also_sent": ["also sent to the channel", "同时发送到频道", "同時傳送到頻道"],
  "chat.typing": ["SOP Bot is working…", "SOP Bot 正在处理…", "SOP Bot 正在處理…"],
  "chat.react": ["Add a reaction", "添加表情回应", "加入表情回應"],
  "chat.reaction": ["{name}, {n}", "{name}，{n}", "{name}，{n}"],
  "chat.reply_in_thread": ["Reply in thread", "在消息列中回复", "在討論串中回覆"],
  "chat.more": ["More actions", "更多操作", "更多操作"],
  "chat.files": ["Files", "文件", "檔案"],
  "thread.title": ["Thread", "消息列", "討論串"],
  "thread.close": ["Close the thread", "关闭消息列", "關閉討論串"],
  "thread.gone": ["This thread is no longer here.", "此消息列已不存在。", "此討論串已不存在。"],
  "write.to": ["Message {name} as {person}", "发消息到 {name} · {person}", "傳訊息到 {name} · {person}"],
  "write.reply": ["Reply as {person}", "以 {person} 的身份回复", "以 {person} 的身分回覆"],
  "write.send": ["Send", "发送", "傳送"],
  "write.attach": ["Attach files", "添加文件", "附加檔案"],
  "write.remove": ["Remove {name}", "移除 {name}", "移除 {name}"],
  "write.shortcuts": ["Shortcuts", "快捷方式", "捷徑"],
  "write.commands": ["Commands", "命令", "指令"],
  "write.people": ["People", "人员", "人員"],
  "write.keys": [
    "Enter sends · Shift+Enter new line",
    "Enter 发送 · Shift+Enter 换行",
    "Enter 傳送 · Shift+Enter 換行",
  ],
  "write.no_thread_command": [
    "Commands do not work in threads. Type it in the channel instead.",
    "消息列中不能使用命令，请在频道中输入。",
    "討論串中不能使用指令，請在頻道中輸入。",
  ],
  "command.menu": ["what you can do now", "看看现在可以做什么", "看看現在可以做什麼"],
  "command.start": ["start an SOP", "启动 SOP", "啟動 SOP"],
  "command.my": ["what is mine to do", "我的待办", "我的待辦"],
  "command.status": ["how this channel's run is doing", "本频道项目进度", "本頻道項目進度"],
  "command.list": ["the SOPs you can start", "可以启动的 SOP", "可以啟動的 SOP"],
  "command.help": ["all commands", "全部命令", "全部指令"],
  "form.optional": ["(optional)", "（选填）", "（選填）"],
  "form.required": ["Please fill this in.", "请填写此项。", "請填寫此項。"],
  "form.choose": ["Choose…", "请选择…", "請選擇…"],
  "form.choose_person": ["Choose a person", "选择人员", "選擇人員"],
  "form.choose_channel": ["Choose a channel", "选择频道", "選擇頻道"],
  "form.choose_date": ["Choose a date", "选择日期", "選擇日期"],
  "form.choose_time": ["Choose a time", "选择时间", "選擇時間"],
  "form.search": ["Search", "搜索", "搜尋"],
  "form.nothing": ["Nothing found", "没有结果", "沒有結果"],
  "form.clear": ["Clear", "清除", "清除"],
  "form.most": ["At most {n}", "最多 {n} 项", "最多 {n} 項"],
  "form.too_short": ["At least {n} characters, please.", "请至少输入 {n} 个字符。", "請至少輸入 {n} 個字元。"],
  "form.number": ["Please enter a number.", "请输入数字。", "請輸入數字。"],
  "form.whole": ["Please enter a whole number.", "请输入整数。", "請輸入整數。"],
  "form.at_least": ["{n} or more, please.", "不得小于 {n}。", "不得小於 {n}。"],
  "form.at_most": ["{n} or less, please.", "不得大于 {n}。", "不得大於 {n}。"],
  "form.url": [
    "Please enter a link that starts with http:// or https://.",
    "请输入以 http:// 或 https:// 开头的链接。",
    "請輸入以 http:// 或 https:// 開頭的連結。",
  ],
  "form.email": ["Please enter an e-mail address.", "请输入电子邮箱地址。", "請輸入電子郵件地址。"],
  "form.date": ["Please write the date as YYYY-MM-DD.", "请按 YYYY-MM-DD 输入日期。", "請以 YYYY-MM-DD 輸入日期。"],
  "form.time": ["Please write the time as HH:MM.", "请按 HH:MM 输入时间。", "請以 HH:MM 輸入時間。"],
  "form.add_file": ["Add a file", "添加文件", "加入檔案"],
  "form.next_month": ["Next month", "下个月", "下個月"],
  "form.previous_month": ["Previous month", "上个月", "上個月"],
  "home.empty": ["SOP Bot has nothing here yet.", "这里还没有内容。", "這裡還沒有內容。"],
  "home.messages": ["Messages", "消息", "訊息"],
  "home.home": ["Home", "首页", "首頁"],
};

let column = 0;

/** Choose the language of the words. */
export function setLanguage(language) {
  column = Math.max(0, Object.keys(LANGUAGES).indexOf(language));
}

/** Return a word in the chosen language with `{name}` filled in. */
export function t(key, values = {}) {
  const text = WORDS[key]?.[column] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Return a person's job title in the chosen language. */
export function titleOf(person) {
  return WORDS[`title.${person.id}`]?.[column] ?? person.title;
}

/** Return the page language for a locale such as `zh-TW`. */
export function languageOf(locale = "en") {
  if (/^zh(-|_)?(hant|tw|hk|mo)/i.test(locale)) return "zh-Hant";
  return /^zh/i.test(locale) ? "zh-Hans" : "en";
}

const HANT =
  /[這個們來時會實與為審過還沒無說請開關點應當動進後從對發長門問間電東車馬員業產標題內給結經總負責項專參會議準備單庫協選樣讓區檔確認歡]/gu;
const HANS =
  /[这个们来时会实与为审过还没无说请开关点应当动进后从对发长门问间电东车马员业产标题内给结经总负责项专参会议准备单库协选样让区档确认欢]/gu;

/** Guess the language tag of a text, so that Han characters get the right shapes. */
export function scriptOf(text) {
  const hant = (text.match(HANT) ?? []).length;
  const hans = (text.match(HANS) ?? []).length;
  if (hant === hans) return /\p{Script=Han}/u.test(text) ? null : "en";
  return hant > hans ? "zh-Hant" : "zh-Hans";
}
