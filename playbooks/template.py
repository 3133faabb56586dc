"""The playbook that `playbook new` writes, for a team to change."""

_TEMPLATE = """\
# A playbook tells what the steps of a piece of work are, who owns them and when they are due.
# Check this file with: sopbot playbook check {id}.yaml
id: {id}
title: {{en: My playbook, zh-Hans: 我的流程, zh-Hant: 我的流程}}
why:
  en: Say in a sentence what this playbook is for.
  zh-Hans: 用一句话说明这个流程的目的。
  zh-Hant: 用一句話說明這個流程的目的。

# The day that `anchor - 5 workdays` counts from. Without such a day, count from start.
anchor:
  id: launch-on
  title: {{en: Launch day, zh-Hans: 上线日, zh-Hant: 上線日}}

# Exactly one role leads. A backup stands in for somebody who is away.
roles:
  manager:
    title: {{en: Project manager, zh-Hans: 项目经理, zh-Hant: 項目經理}}
    lead: true
  writer:
    title: {{en: Writer, zh-Hans: 文案, zh-Hant: 文案}}
    backup: manager

phases:
  - id: prepare
    title: {{en: Prepare, zh-Hans: 准备, zh-Hant: 準備}}
    steps:
      - id: brief
        title: {{en: Agree the brief, zh-Hans: 确认需求, zh-Hant: 確認需求}}
        owner: manager
        # start, anchor, after(step) or param.<id>, then + or - workdays, days, weeks, hours
        due: start + 2 workdays
        checklist:
          - id: goal
            text: {{en: The goal is written down, zh-Hans: 目标已写明, zh-Hant: 目標已寫明}}
          - id: audience
            text: {{en: The audience is named, zh-Hans: 受众已明确, zh-Hant: 受眾已明確}}
        deliverable:
          title: {{en: Brief, zh-Hans: 需求说明, zh-Hant: 需求說明}}
          kind: link  # or file, text, list
          required: true

      - id: draft
        title: {{en: Write the draft, zh-Hans: 撰写初稿, zh-Hant: 撰寫初稿}}
        owner: writer
        due: anchor - 5 workdays at 17:00
        needs: [brief]  # opens when these steps are done
        questions:
          # A gate is answered yes or no; the answer under blocks-on keeps the step open.
          - id: claim
            type: gate
            ask:
              en: Does it carry the brand claim? Quote it.
              zh-Hans: 是否体现了品牌主张？请引用原文。
              zh-Hant: 是否體現了品牌主張？請引用原文。
            blocks-on: no
            evidence: required
        # Levels in order; `by: owner` is the owner's own signed check.
        approvals:
          - {{level: self, by: owner}}
          - {{level: manager, by: manager, no-answer: {{remind: 1 workday}}}}
        ideas: true  # topic ideas can be asked for here

  - id: finish
    title: {{en: Finish, zh-Hans: 收尾, zh-Hant: 收尾}}
    steps:
      - id: review
        title: {{en: Look back, zh-Hans: 复盘, zh-Hant: 復盤}}
        owner: manager
        due: anchor + 2 workdays
        needs: [draft]
        questions:
          - id: lesson
            ask: {{en: What do we keep?, zh-Hans: 有哪些值得保留？, zh-Hant: 有哪些值得保留？}}
            required: true
"""


def template(id_: str) -> str:
    """A small complete playbook with this id, as YAML with comments."""
    return _TEMPLATE.format(id=id_)
