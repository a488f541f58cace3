"""Every rule a return is held to: code, severity and message, as one table."""

from reporting.findings import FindingMaker, Rule, Severity
from reporting.language.clip import clip
from reporting.language.visible import visible

_E, _C, _W, _N = Severity.ERROR, Severity.CONFIRM, Severity.WARNING, Severity.NOTE
_BOOK = "应为填好的 .xlsx 报送表"

_TABLE: tuple[tuple[str, Severity, str, str], ...] = (
    # The file
    ("RET-FILE-EMPTY", _E, "空文件", f"{_BOOK}，实为空文件（{{found}}），请重新报送。"),
    ("RET-FILE-NOT-BOOK", _E, "不是工作簿", f"{_BOOK}，实为{{found}}，未能读取。"),
    ("RET-FILE-DAMAGED", _E, "文件损坏", f"{_BOOK}，实际{{found}}，未能读取，请重新保存后报送。"),
    ("RET-FILE-PROTECTED", _E, "文件加密", "应为未加密的报送表，实际{found}，请取消密码后重报。"),
    ("RET-FILE-XLS", _E, "旧版格式", "应为 .xlsx 格式，实为{found}，请另存后重报。"),
    ("RET-FILE-HUGE", _E, "文件过大", "报送表一般不足 1 MB，该文件{found}，未读取。"),
    ("RET-FILE-FOLDER", _E, "文件夹", f"{_BOOK}，实为同名文件夹。"),
    ("RET-FILE-ELSEWHERE", _E, "指向别处", f"{_BOOK}，实为指向别处的链接，未读取。"),
    ("RET-FILE-NAME", _E, "文件名乱码", "文件名应为 UTF-8 编码的文字，实为乱码，未读取，请改名。"),
    ("RET-FILE-UNREADABLE", _E, "无法打开", f"{_BOOK}，实际无法打开（{{found}}）。"),
    ("RET-FILE-OTHER", _N, "其他文件", "应为填好的报送表，实为{found}，未读取。"),
    ("RET-FILE-KIND", _C, "已收到但不能读取", "已收到{found}，不能读取，请报送 .xlsx 报送表。"),
    (
        "RET-FILE-FORMAT", _N, "其他格式",
        "应为 .xlsx 报送表，实为 {found} 文件，单元格已照常读取，其中的图形等未读取。",
    ),
    ("RET-FILE-LINKS", _N, "外部链接", "含有指向其他文件的链接，只读取已保存的数值。"),
    ("RET-FILE-MACROS", _N, "含有宏", "工作簿含有宏，宏未运行，只读取单元格内容。"),
    # What lies on the sheets besides their cells
    ("RET-TEXTBOX", _N, "文本框", "文本框中的文字未读入，要作为填报内容的请填入单元格：{found}"),
    ("RET-SHAPE", _N, "图形", "此处有图形“{found}”，其中的内容未读取。"),
    ("RET-PICTURE", _N, "图片", "此处有图片“{found}”，图片中的内容未读取。"),
    ("RET-CELL-PICTURE", _N, "单元格图片", "该格嵌入了图片，图片中的内容未读取，该格按未填读取。"),
    ("RET-ATTACHMENT", _N, "附件", "工作表中嵌有附件“{found}”，其中的内容未读取。"),
    ("RET-COMMENT", _N, "批注", "批注中的内容未读入：{found}"),
    ("RET-COMMENT-REPLY", _N, "批注中的答复", "单位在核对意见的批注中写有：{found}"),
    ("RET-PART-UNREAD", _N, "部件损坏", "工作簿的部件“{found}”未能读取，其余内容已照常读取。"),
    ("RET-PARTS-MORE", _N, "其余内容", "另有文本框、图片、批注等{found}处，未逐一列出。"),
    ("RET-FILE-ODD", _N, "异常内容", "工作簿含有{found}，不是表格软件所写，其余内容已照常读取。"),
    # Whose it is, and of when
    ("RET-IDENTITY-MISSING", _N, "标识缺失", "隐藏的“标识”表已不在，按{found}认定报送单位和季度。"),
    ("RET-UNIT-UNKNOWN", _E, "单位不明", "应为牵头单位的报送表，{found}，未能认定报送单位。"),
    ("RET-UNIT-WRONG", _E, "单位不符", "文件名为“{expected}”，表内为“{found}”，未读入。"),
    ("RET-TITLE", _E, "表头不符", "下发时为{expected}的报送表，表头实为“{found}”，未读入。"),
    ("RET-QUARTER-WRONG", _E, "季度不符", "应为{expected}的报送表，实为{found}的报送表，未读入。"),
    ("RET-EDITION", _N, "版本不同", "该表按另一版任务分解表发出，已逐行核对原文。"),
    ("RET-TASK-DROPPED", _N, "任务表调整", "下发后任务{expected}有调整，该行所填未采用：{found}"),
    ("RET-TASK-CHANGED", _N, "任务表调整，待补报", "下发后任务{found}有调整，待补报：{expected}"),
    ("RET-TARGET-CHANGED", _N, "指标调整，待补报", "下发后任务{found}有新指标，待补报：{expected}"),
    ("RET-DUPLICATE", _N, "重复报送", "每个单位应报送一份，现有{found}；{expected}。"),
    ("RET-VERSION", _N, "再次报送", "{expected}：{found}。"),
    ("RET-JOINED", _N, "合并报送", "由{found}合并，互不重复或者相同的各行均已读入。"),
    ("RET-VERSIONS-DIFFER", _C, "两份不一致", "各份所填不同：{found}，均未采用，请确认其一。"),
    ("RET-DUPLICATE-SAME", _N, "重复文件", "与“{found}”内容完全相同，只读取一份。"),
    ("RET-MISSING", _E, "未报送", "应于{expected}前报送，尚未收到报送表。"),
    ("RET-LATE", _W, "逾期报送", "应于{expected}前报送，填报日期为{found}。"),
    ("RET-LATE-RECEIVED", _W, "逾期收到", "应于{expected}前报送，收到日期为{found}。"),
    ("RET-DAY-AFTER", _N, "填报日期晚于收到", "应不晚于收到日期{expected}，填报日期实为{found}。"),
    ("RET-DAY-EARLY", _W, "填报日期过早", "填报日期应不早于本季度首日{expected}，实为{found}。"),
    ("RET-BLANK", _E, "整份未填", "报送表应填写单位自评和进展，实际没有填写任何内容。"),
    # Sheets, columns and rows
    ("RET-SHEET-MISSING", _E, "缺工作表", "应有“{expected}”表及其表头，实际{found}。"),
    ("RET-SHEET-RENAMED", _N, "改了表名", "“{expected}”表改名为“{found}”，已按表头认出并读取。"),
    ("RET-SHEET-EXTRA", _N, "其他工作表", "“{found}”表不是报送表的内容，未读入。"),
    ("RET-COLUMN-MISSING", _E, "缺列", "应有“{expected}”列，实际未找到。"),
    ("RET-COLUMN-TWICE", _E, "重复的列", "“{expected}”应只有一列，实有多列，均未读入。"),
    ("RET-ROW-MISSING", _E, "缺行", "应有任务{expected}一行，实际未找到。"),
    ("RET-ROW-ADDED", _W, "多出的行", "该行不在下发的报送表中，未读入：{found}"),
    (
        "RET-ROW-OTHER", _E, "行与任务不符",
        "应为任务{expected}，该行的任务和计划都是另一项的，未读入：{found}",
    ),
    ("RET-ROW-REPEATED", _E, "重复的行", "任务{expected}应只有一行，此行未读入：{found}"),
    ("RET-ROW-BYTEXT", _N, "按文字对应", "行标识{found}，按任务号和原文对应到任务{expected}。"),
    ("RET-ROW-HIDDEN", _N, "隐藏行", "该行被隐藏，内容已照常读入。"),
    ("RET-COLUMN-HIDDEN", _N, "隐藏列", "“{expected}”列被隐藏，内容已照常读入。"),
    ("RET-MERGED", _N, "合并单元格", "下发的表没有合并单元格，此处已按行标识读取。"),
    ("RET-MERGED-ANSWER", _E, "合并了填报格", "每行应单独填写，此处多格合并，内容只归第一格。"),
    ("RET-CELL-STRAY", _W, "表外内容", "填报格以外的内容未读入：{found}"),
    ("RET-PLAN-ALTERED", _W, "原文被改动", "应为“{expected}”，实为“{found}”，以任务分解表为准。"),
    ("RET-LAST-ALTERED", _N, "上季度栏不符", "应为“{expected}”，实为“{found}”，以上季度报送为准。"),
    # What was typed into a cell
    ("RET-EMPTY", _E, "必填未填", "“{expected}”为必填，实际为空。"),
    ("RET-SIGNATURE", _W, "签审未填", "“{expected}”至少应填写一行，实际为空。"),
    ("RET-RATING-WORD", _E, "自评用词", "单位自评应为{expected}之一，实为“{found}”。"),
    ("RET-LEFT-OUT", _N, "填“无”代替留空", "没有内容的可以留空，“{found}”按未填读取。"),
    ("RET-ACTUAL-EMPTY", _E, "指标未填", "到期指标应填实际值（计划{expected}），实际为{found}。"),
    ("RET-ACTUAL-TEXT", _E, "数字格填文字", "应只填数字（单位：{expected}），实为“{found}”。"),
    ("RET-ACTUAL-UNIT", _E, "计量单位不符", "应以“{expected}”为单位，“{found}”疑似计量单位有误。"),
    ("RET-ACTUAL-RANGE", _E, "数值超出范围", "应为{expected}，实为{found}。"),
    ("RET-ACTUAL-FAR", _C, "远超计划", "计划{expected}，实为{found}，请核对是否填错行或者单位。"),
    ("RET-ACTUAL-LEAP", _C, "较上季度猛增", "上季度为{expected}，实为{found}，请核对是否填错。"),
    (
        "RET-ACTUAL-EARLY", _C, "过早达到全年目标",
        "全年目标{expected}，实为{found}，远早于计划安排，请核对是否填成全年数。",
    ),
    ("RET-ACTUAL-LOWER", _C, "累计值下降", "累计值应不低于上季度的{expected}，实为{found}。"),
    ("RET-ACTUAL-DIFFERS", _W, "同一指标两个数", "应与{expected}一致（同一指标），实为{found}。"),
    (
        "RET-LEAD-DIFFERS", _W, "牵头单位填数不同",
        "同一指标{expected}，本单位所报{found}，请核对一致。",
    ),
    (
        "RET-LEAD-GRADES", _C, "牵头单位填数不同且影响核定",
        "同一指标{expected}，本单位所报{found}，核定结果因此不能确定，请核对一致。",
    ),
    ("RET-ACTUAL-ALONE", _W, "指标缺行", "“{expected}”表应有所属的一行，实际缺失，{found}未采用。"),
    ("RET-ACTUAL-CONVERTED", _N, "单位已换算", "应以“{expected}”为单位填写，实为{found}。"),
    ("RET-ACTUAL-PERCENT", _C, "是否百分数", "应按百分数填写（如 95），实为{found}。"),
    ("RET-ACTUAL-ROUGH", _C, "约数", "应填确数（单位：{expected}），“{found}”是约数。"),
    ("RET-EXTRA-KIND", _E, "另加的列填写不符", "“{expected}”，实为“{found}”，未采用。"),
    ("RET-EXTRA-CHOICE", _E, "不在可选项中", "应为{expected}之一，实为“{found}”，未采用。"),
    ("RET-EXTRA-MISSING", _E, "另加的列未填", "“{expected}”为必填，实际{found}。"),
    ("RET-EXTRA-COLUMN", _W, "没有另加的列", "“{expected}”列为必填，该表{found}，请补报。"),
    ("RET-ANSWER", _W, "答复不明", "应答复“已核实无误：理由”或者新的数值，实为“{found}”，未采用。"),
    ("RET-CONFIRMED", _N, "单位已核实", "原列“{expected}”，单位答复已核实无误：{found}"),
    ("RET-REPLY", _N, "单位答复", "单位答复：{found}"),
    ("RET-DATE-TEXT", _W, "日期无法识别", "应为日期（如 {expected}），实为“{found}”。"),
    ("RET-DATE-YEAR", _N, "日期不完整", "日期应写全年月日，“{found}”读作{expected}。"),
    ("RET-FORMULA", _N, "含有公式", "应直接填写，此处为公式，按已保存的结果“{found}”读取。"),
    ("RET-FORMULA-EMPTY", _E, "公式无结果", "应直接填写，此处为公式且没有保存结果：{found}"),
    ("RET-STRUCK", _E, "删除线", "应只留有效内容，实际带有删除线，未读入：{found}"),
    ("RET-HIDDEN", _N, "隐藏字符", "应为看得见的文字，另有{found}，报告中以代码标出。"),
    (
        "RET-LETTER", _W, "没有字体的字",
        "项目的字体都没有{found}，报告中以代码标出；请核对用字，确为此字的，由汇总单位把有此字的"
        "字体文件（如{expected}）放进项目的 fonts 文件夹。",
    ),
    ("RET-CELL-ERROR", _E, "单元格出错", "应填写内容，实为错误值“{found}”。"),
    # One thing held against another
    ("RET-TEXT-STALE", _E, "照抄上季度", "应写本季度的新进展，实际与{expected}所报完全相同。"),
    ("RET-TEXT-NOTHING", _E, "未写进展", "应写明本季度的进展，实为“{found}”。"),
    ("RET-TEXT-PLAN", _W, "照抄计划", "应写本季度的实际进展，实为照抄{expected}（{found}）。"),
    (
        "RET-TEXT-LAST", _W, "沿用上季度文字",
        "应写本季度的新进展，除日期外与{expected}所报基本相同（{found}）。",
    ),
    (
        "RET-TEXT-FIGURES", _W, "仅改数字",
        "除日期、数字外与{expected}所报基本相同（{found}），请补充本季度的新情况。",
    ),
    (
        "RET-TEXT-SAME", _W, "多行文字相同",
        "各事项应分别填写，该行与{expected}完全相同（“{found}”）。",
    ),
    (
        "RET-TEXT-HOPES", _W, "只写打算",
        "自评“{expected}”的应写已经做了什么，实际只写今后打算（“{found}”）。",
    ),
    (
        "RET-PROSE-FIGURE", _W, "文字与指标不一致",
        "进展情况{expected}，指标所填为{found}，两处不一致，请核对。",
    ),
    (
        "RET-PROSE-GRADE", _C, "文字与指标不一致且影响核定",
        "进展情况{expected}，指标所填为{found}，两处不一致，按哪一个核定结果不同，请核对。",
    ),
    ("RET-PROSE-LAST", _W, "引用上季度数不符", "上季度所报为{expected}，进展情况称“{found}”。"),
    ("RET-PROSE-PLAN", _W, "引用计划数不符", "计划为{expected}，进展情况称“{found}”。"),
    (
        "RET-PROSE-SHARE", _W, "完成比例不符",
        "按所填实际值与计划值计算，{expected}，进展情况称“{found}”。",
    ),
    ("RET-RATING-FIGURES", _W, "自评与指标不符", "自评“{expected}”，但{found}。"),
    ("RET-PAUSED-COMPLETE", _W, "暂缓却已完成", "自评“暂缓或调整”的不应再报完成，实际{found}。"),
    (
        "RET-RATING-TEXT", _C, "自评与文字矛盾",
        "自评“{expected}”，但进展情况称“{found}”，两者矛盾，请更正其中一处。",
    ),
    ("RET-PROBLEM", _W, "缺存在问题", "自评“{expected}”的应写明存在问题，实际为空。"),
    ("RET-NEXT-STEP", _W, "缺下一步措施", "{expected}的应写明下一步措施，实际为空。"),
    ("RET-DEADLINE", _W, "缺完成时限", "自评“{expected}”的应写明完成时限，实际为空。"),
    ("RET-BASIS", _W, "缺批准依据", "自评“{expected}”的应写明批准文号、会议或者单位，实际没有。"),
    ("RET-CAUSE", _W, "缺原因", "自评“{expected}”的应写明原因，实际为空。"),
    ("RET-OWED-NOTHING", _W, "只填“无”", "应写明{expected}，实为“{found}”。"),
    ("RET-DEADLINE-PAST", _W, "时限已过", "未完成事项的完成时限应在{expected}之后，实为{found}。"),
    ("RET-STEP-PAST", _W, "措施时限已过", "下一步措施的时限应在{expected}之后，实为“{found}”。"),
    # What became of promised steps
    ("RET-PROMISE-OUTCOME", _W, "承诺未答复", "应选填办理结果{expected}之一，实为{found}。"),
    ("RET-PROMISE-DAY", _W, "承诺缺日期", "办理结果为“{expected}”的应填日期，实际为空。"),
    ("RET-PROMISE-WHY", _W, "承诺缺说明", "办理结果为“{expected}”的应写明情况，实际为空。"),
    ("RET-PROMISE-PUT-OFF", _N, "申请延期", "原承诺{expected}，申请延期至{found}，待批准。"),
    # What the office decided
    ("RET-DECIDED", _N, "办公室决定", "经核实，{expected}。理由：{found}"),
    ("RET-DECISION-VOID", _W, "决定失效", "{expected}，原决定“{found}”不再适用，请重新核实。"),
)  # fmt: skip

RULES: dict[str, Rule] = {
    code: Rule(severity, title, message) for code, severity, title, message in _TABLE
}

_LONGEST = 120


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Put a text on one line, cut with ``……`` when it is very long."""
    return clip(" ".join(text.split()), longest)


def _quoted(text: str) -> str:
    """Make a text that a unit typed fit for terminals and comments: nothing in it may act there."""
    return visible(shorten(text))


finding = FindingMaker(RULES, _quoted)
"""Makes a finding about a return."""
