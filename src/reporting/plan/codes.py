"""Every finding of the plan step: code, severity and message, as one table."""

from reporting.findings import FindingMaker, Rule, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

RULES: dict[str, Rule] = {
    # The file
    "PLAN-ENCODING": Rule(_N, "编码", "文件应为 UTF-8 编码，实为{found}，已按其读取。"),
    "PLAN-HIDDEN": Rule(_N, "隐藏内容", "{found}被隐藏，内容已照常读入。"),
    "PLAN-HIDDEN-SHEET": Rule(
        _W, "隐藏的工作表", "工作表“{expected}”被隐藏，可见的工作表已有任务，其内容未读入：{found}"
    ),
    "PLAN-LOOKALIKE": Rule(
        _N, "形近字符", "从 PDF 等处复制来的形近字符已按通用汉字读取：{found}。"
    ),
    "PLAN-UNSEEN": Rule(
        _N, "看不见的字符", "应为看得见的文字，{expected}另有{found}，读取时已略去。"
    ),
    "PLAN-UNSHOWN": Rule(
        _N,
        "显示不出的字符",
        "应为看得见的文字，{expected}另有{found}，成果中以代码标出；是造字的，请改用标准汉字。",
    ),
    "PLAN-LETTER": Rule(
        _W,
        "没有字体的字",
        "项目的字体都没有{found}，成果中以代码标出；请核对用字，确为此字的，把有此字的字体文件"
        "（如{expected}）放进项目的 fonts 文件夹。",
    ),
    "PLAN-FONT": Rule(_W, "不能用的字体", "fonts 文件夹中应为可用的字体文件，{found}，未使用。"),
    "PLAN-CARDS": Rule(
        _N, "逐卡读取", "没有分列的表头，按“标签：内容”逐卡读取，每卡一项任务，共{found}。"
    ),
    "PLAN-TABLE-OTHER": Rule(_W, "其他表格", "该表格没有任务表的表头，未读入：{found}"),
    "PLAN-PAGE-NUMBER": Rule(_N, "页码", "“{found}”是页码，不属于任何单元格。"),
    "PLAN-LEFTOVER": Rule(_W, "未归入的文字", "以下文字{why}未归入任何字段，请核对：{found}"),
    "PLAN-HEADER-REPEATED": Rule(_N, "重复表头", "该行重复表头{why}，已略过：{found}"),
    # Text that is set otherwise than plain
    "PLAN-TEXT-MARK": Rule(
        _W, "上标", "“{expected}”后的上标“{found}”读作脚注标记，不作数字，请核对。"
    ),
    "PLAN-TEXT-RAISED": Rule(_N, "上标", "“{expected}”后的“{found}”是上标，已照常读入。"),
    "PLAN-TEXT-STRUCK": Rule(_W, "划去的文字", "“{found}”已划去，未作正文读入，请核对。"),
    "PLAN-TEXT-HIDDEN": Rule(_W, "隐藏的文字", "“{found}”被隐藏，未读入，请核对。"),
    "PLAN-TEXT-DELETED": Rule(_N, "修订删去", "修订中删去的“{found}”未读入。"),
    "PLAN-TEXT-INSERTED": Rule(_N, "修订插入", "修订中插入的“{found}”已读入，请确认修订已定稿。"),
    "PLAN-ROW-GONE": Rule(_W, "疑已取消的行", "该行整行{expected}，疑已取消，未读作任务：{found}"),
    # Columns
    "PLAN-COLUMN-NO-SCHEDULE": Rule(_N, "无进度列", "表中没有季度进度安排列，任务按全年读取。"),
    "PLAN-COLUMN-NO-LEADERS": Rule(_N, "无领导列", "表中没有责任领导列，各任务均不含责任领导。"),
    "PLAN-COLUMN-NO-SUPPORT": Rule(_N, "无协助列", "表中没有协助单位列，各任务均不含协助单位。"),
    "PLAN-COLUMN-JOINED": Rule(_N, "合并列", "“{found}”各列合并读作“{expected}”。"),
    "PLAN-COLUMN-UNIT": Rule(
        _N, "表头的单位", "“{found}”列中只写数字的，按表头的计量单位“{expected}”读取。"
    ),
    "PLAN-COLUMN-ASSUMED": Rule(_W, "列的含义", "“{found}”列读作“{expected}”，请核对。"),
    "PLAN-COLUMN-EXTRA": Rule(_N, "其他列", "“{expected}”列不属于任务字段，内容为：{found}"),
    # Rows
    "PLAN-ROW-CELLS": Rule(_E, "格数不符", "该行应有{expected}格，实有{found}"),
    "PLAN-CELL-MISPLACED": Rule(
        _W,
        "疑似错格",
        "“{expected}”栏不应是“{found}”，该行各格可能错位，请核对。",
    ),
    "PLAN-LEAD-MISPLACED": Rule(
        _E,
        "牵头单位错格",
        "“{expected}”栏应为单位，实为“{found}”，该行另有错格，请对照原表改正。",
    ),
    "PLAN-ROW-JOINED": Rule(_W, "合并的行", "该行的目标与上一行合并，内容并入上一任务：{found}"),
    "PLAN-ROW-CONTINUED": Rule(
        _W, "续行", "该行没有编号、总体要求和目标，读作上一行的续行，并入上一任务：{found}"
    ),
    "PLAN-NUMBER-NONE": Rule(
        _W, "无编号", "他行都有编号，该行没有；如是上一行的续行，请并入上一行。"
    ),
    "PLAN-SECTION": Rule(_N, "分节行", "该行{why}读作以下各行的总体要求：{found}"),
    "PLAN-SECTION-ABOVE": Rule(
        _N, "表名作标题", "表格上方的标题或工作表名“{found}”读作以下各行的总体要求。"
    ),
    "PLAN-HEADING-STRAY": Rule(_N, "游离编号", "总体要求栏只有编号“{found}”，沿用上一条。"),
    "PLAN-HEADING-NONE": Rule(_W, "无总体要求", "表首的总体要求为空，该任务没有总体要求。"),
    "PLAN-GOAL-EMPTY": Rule(_E, "目标为空", "年度目标及工作内容应有文字，实际为空。"),
    "PLAN-SCHEDULE-EMPTY": Rule(_W, "进度为空", "季度进度安排应有文字，实际为空。"),
    "PLAN-NUMBER-DUPLICATE": Rule(_W, "编号重复", "印出的编号{found}与第{expected}行重复。"),
    "PLAN-NUMBER-UNUSED": Rule(
        _N, "编号不唯一", "印出的编号{found}不止一次使用，通报和报送表按行序称任务号。"
    ),
    "PLAN-NUMBER-ORDER": Rule(_W, "编号倒序", "印出的编号应大于{expected}，实为{found}。"),
    # People and units
    "PLAN-LEADER-NONE": Rule(_N, "无责任领导", "责任领导栏为空。"),
    "PLAN-LEADER-SPLIT": Rule(_N, "姓名连写", "“{found}”按他行所见姓名分为{expected}。"),
    "PLAN-LEADER-UNCLEAR": Rule(_W, "姓名不明", "应为姓名，实为“{found}”，照录，请核对。"),
    "PLAN-LEADER-POST": Rule(_N, "职务", "“{found}”是职务或附注，不作姓名。"),
    "PLAN-LEADER-REPEATED": Rule(_N, "重复的姓名", "“{found}”在该格中重复，只计一次。"),
    "PLAN-LEADER-LINES": Rule(
        _W, "领导与单位逐行", "责任领导与牵头单位分行对应，其中有空行：{found}"
    ),
    "PLAN-LEAD-NONE": Rule(_E, "无牵头单位", "应有牵头单位，实际为“{found}”。"),
    "PLAN-LEAD-COLLECTIVE": Rule(_W, "牵头单位不具体", "牵头单位应为具体单位，实为“{found}”。"),
    "PLAN-LEAD-SCOPE": Rule(_N, "牵头分工", "“{expected}”牵头“{found}”，分工照录于此。"),
    "PLAN-UNIT-PERSON": Rule(_W, "单位列中的人名", "“{found}”读作单位负责人，未列为单位，请核对。"),
    "PLAN-UNIT-UNCLEAR": Rule(_W, "单位不明", "应为单位名称，实为“{found}”，照录，请核对。"),
    "PLAN-LEAD-REPEATED": Rule(_N, "重复的单位", "“{found}”在该格中重复，只计一次。"),
    "PLAN-UNIT-JOINED": Rule(_N, "换行的名称", "“{found}”因换行断开，读作“{expected}”。"),
    "PLAN-UNIT-SPLIT": Rule(_N, "连写的单位", "“{found}”分为{expected}。"),
    "PLAN-UNIT-QUALIFIER": Rule(
        _N, "单位的附注", "“{expected}”后括注“{found}”，不作名称的一部分。"
    ),
    "PLAN-UNIT-BOTH": Rule(_N, "兼列两栏", "“{found}”既牵头又协助同一任务。"),
    "PLAN-BRACKET": Rule(_W, "括号不成对", "括号应成对，实为：{found}"),
    "PLAN-ALIAS": Rule(_N, "别名", "“{found}”按参数中的别名读作“{expected}”。"),
    "PLAN-ALIAS-UNUSED": Rule(_W, "别名未用", "参数中的别名“{found}”在表中没有出现。"),
    "PLAN-ALIAS-SUSPECT": Rule(
        _W, "疑似别名", "“{found}”与“{expected}”疑为同一单位，如是请写入参数的 aliases。"
    ),
    # Schedules
    "PLAN-SCHEDULE-SHARED": Rule(
        _W, "共用的进度", "进度栏与上一任务合并为一格，两个任务各按全文读取，请核对其中的数字。"
    ),
    "PLAN-YEAR-OTHER": Rule(_N, "其他年份", "“{found}”是其他年份的时限，不作本年的节点。"),
    "PLAN-SCHEDULE-BLANK": Rule(_N, "进度无内容", "季度进度安排应有内容，实为“{found}”。"),
    "PLAN-LABEL-MISPRINT": Rule(_N, "标签误印", "“{found}”读作“{expected}”。"),
    "PLAN-LABEL-NONE": Rule(_W, "无季度标签", "“{found}”不在句首，不作标签，全文按全年读取。"),
    "PLAN-LABEL-DOUBTFUL": Rule(_N, "标签不明", "“{found}”是否含当季不明，读作“{expected}”。"),
    "PLAN-QUARTER-GAP": Rule(_N, "季度空缺", "{expected}没有安排{found}的工作。"),
    "PLAN-QUARTER-REPEATED": Rule(_N, "季度重复", "{expected}接连两次写{found}。"),
    "PLAN-QUARTER-OVERLAP": Rule(_N, "季度交叠", "{expected}前后两段都含{found}。"),
    "PLAN-QUARTER-ORDER": Rule(_N, "季度倒序", "{expected}的{found}写在更晚的季度之后。"),
    # Targets
    "PLAN-TARGET-PAIRING": Rule(
        _W, "分别不对应", "“分别”前有{expected}项，与数字个数不符，未逐项对应：{found}"
    ),
    "PLAN-TARGET-UNREAD": Rule(_W, "未读的数量", "“{found}”未读作指标（{expected}），请核对。"),
    "PLAN-TARGET-MANY": Rule(
        _W, "数字过多", "一项任务的指标应在{expected}个以内，实为{found}个，未与年度目标逐一对应。"
    ),
    "PLAN-TARGET-UNCERTAIN": Rule(
        _W, "读法待核对", "“{found}”的读法待核对：{expected}；确认之前不作评定。"
    ),
    "PLAN-TARGET-MONTHS": Rule(
        _W, "按月的数字", "“{found}”按月安排，各读作一项指标，未合计为季度数，请核对。"
    ),
    # Identity
    "PLAN-TASK-NEW": Rule(_N, "新增任务", "登记表中没有该任务，读作新增任务：{found}"),
    "PLAN-TASK-REWORDED": Rule(_N, "改写的任务", "该任务的文字与登记时不同，仍按同一任务：{found}"),
    "PLAN-TASK-GONE": Rule(
        _W,
        "任务已不在表",
        "登记过的任务应在任务表中，现已不在，不再列入；如是取消，请写明依据：{found}",
    ),
    "PLAN-TASK-DOUBTFUL": Rule(
        _E, "任务待确认", "该行应能确认是哪一项任务，现与 {expected} 相近，请确认：{found}"
    ),
    "PLAN-CARRIED": Rule(_N, "结转事项", "该任务与上年结转事项相近，请核对是否即为续办：{found}"),
    "PLAN-CARRIED-NONE": Rule(
        _W,
        "结转事项",
        "上年结转事项应有着落，任务表中没有相近的任务{why}，请核对是否续办、由谁承办：{found}",
    ),
    # Corrections
    "PLAN-CORRECTION": Rule(_N, "更正", "{expected}"),
    "PLAN-CHECK-VOID": Rule(
        _W, "核对作废", "核对后原文或读法有变，“已核对”作废，请重新核对：{found}"
    ),
}

finding = FindingMaker(RULES)
"""Makes a finding of the plan step."""
