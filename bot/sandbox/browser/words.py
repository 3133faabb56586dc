"""Keep what the workspace itself says to people, in their three languages."""

Text = dict[str, str]

FAILURES: dict[str, Text] = {
    "operation_timeout": {
        "en": "SOP Bot did not answer in time. Try once more.",
        "zh-Hans": "SOP Bot 没有及时回应，请再试一次。",
        "zh-Hant": "SOP Bot 沒有及時回應，請再試一次。",
    },
    "dispatch_failed": {
        "en": "SOP Bot is not connected right now.",
        "zh-Hans": "SOP Bot 目前未连接。",
        "zh-Hant": "SOP Bot 目前未連線。",
    },
    "invalid_command": {
        "en": "There is no such command here. Try /sop help.",
        "zh-Hans": "没有这个命令。可以试试 /sop 帮助。",
        "zh-Hant": "沒有這個指令。可以試試 /sop 說明。",
    },
    "message_not_found": {
        "en": "This message is no longer there.",
        "zh-Hans": "这条消息已经不在了。",
        "zh-Hant": "這則訊息已經不在了。",
    },
    "not_found": {
        "en": "This window is already closed.",
        "zh-Hans": "这个窗口已经关闭。",
        "zh-Hant": "這個視窗已經關閉。",
    },
    "is_archived": {
        "en": "This channel is archived.",
        "zh-Hans": "此频道已归档。",
        "zh-Hant": "此頻道已封存。",
    },
    "clock_backwards": {
        "en": "The clock only moves forward.",
        "zh-Hans": "时钟只能向前走。",
        "zh-Hant": "時鐘只能往前走。",
    },
}

TIPS: dict[str, Text] = {
    "start": {
        "en": "Start a run: type `/sop start event` in #marketing.",
        "zh-Hans": "启动一个项目：在 #marketing 输入 `/sop start event`。",
        "zh-Hant": "啟動一個項目：在 #marketing 輸入 `/sop start event`。",
    },
    "done": {
        "en": "Act as the owner of a step and press Done.",
        "zh-Hans": "切换到某个步骤的负责人，然后点“完成”。",
        "zh-Hant": "切換到某個步驟的負責人，然後按「完成」。",
    },
    "clock": {
        "en": "Let time pass: press “Next reminder” and see what SOP Bot says.",
        "zh-Hans": "让时间前进：点“下一次提醒”，看看 SOP Bot 会说什么。",
        "zh-Hant": "讓時間前進：按「下一次提醒」，看看 SOP Bot 會說什麼。",
    },
}


def say(words: dict[str, Text], key: str, language: str) -> str:
    """Return words in a language, in English where it is not known, or nothing."""
    known = words.get(key, {})
    return known.get(language) or known.get("en", "")
