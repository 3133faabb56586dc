"""The verbs of /sop and what else people call them."""

import re
import unicodedata

_ALIASES = {
    "start": "start begin new 开始 開始 启动 啟動 发起 發起 新建",
    "list": "list playbooks 列表 清单 清單 目录 目錄",
    "status": "status 进度 進度 状态 狀態",
    "my": "my mine todo 我的 我的工作 待办 待辦",
    "done": "done complete 完成",
    "lists": "lists 表格 名单 名單 台账 臺帳",
    "kpi": "kpi kpis 指标 指標 数据 數據",
    "report": "report 报告 報告 总结 總結",
    "ideas": "ideas idea 选题 選題 灵感 靈感",
    "lessons": "lessons lesson 经验 經驗 经验教训 經驗教訓 知识库 知識庫",
    "brand": "brand 品牌",
    "away": "away leave 请假 請假 休假",
    "settings": "settings setting 设置 設定 設置",
    "help": "help ? 帮助 幫助 说明 說明 協助",
}
_VERBS = {alias: verb for verb, aliases in _ALIASES.items() for alias in aliases.split()}
_CHINESE = sorted((a for a in _VERBS if not a.isascii()), key=len, reverse=True)
_SPACES = re.compile(r"[\s::,,]+")


def verb_of(text: str) -> tuple[str | None, str]:
    """Split a command's text into the verb, None when unknown or missing, and the rest."""
    text = unicodedata.normalize("NFKC", text).strip()
    word, *rest = _SPACES.split(text, maxsplit=1)
    verb = _VERBS.get(word.casefold())
    if verb:
        return verb, "".join(rest).strip()
    # Chinese is written without spaces: 开始活动 is "start event".
    alias = next((alias for alias in _CHINESE if text.startswith(alias)), None)
    if alias:
        return _VERBS[alias], text[len(alias) :].strip()
    return None, text
