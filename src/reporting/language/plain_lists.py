"""Words for programs that know no patterns: the formulas of a sheet that checks itself.

What they find is what the patterns beside them find, or more; the tests hold them to that.
"""

SIGNS = "，。；：、？！“”‘’（）【】《》〈〉〔〕「」『』…—–·～￥％,.;:?!()[]{}<>\"'/\\-~%+=*&#@|^`"
"""Signs that say nothing; written text is compared without them."""

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ０１２３４５６７８９"

NOTHING = (
    *("暂无存在问题", "暂无存在困难", "暂无存在", "暂无问题", "暂无困难", "暂无"),
    *("无存在问题", "无存在困难", "无存在", "无问题", "无困难", "无"),
    *("没有问题", "没有困难", "没有", "不涉及"),
)
"""What stands for an empty cell; so do strokes alone."""
STROKES = "/\\—–-。."

ELSEWHERE_HEADS = (
    "见附件",
    "见附表",
    "见附后",
    "见材料",
    "详见附件",
    "详见附表",
    "详见附后",
    "详见材料",
)
ELSEWHERE_LONGEST = 10

BLANKS = (
    *("暂无", "没有", "存在", "问题", "困难", "不涉及", "无"),
    *("同上", "见上", "同前", "略", "另附", "一行", "述", "文", "行", "条"),
)
"""Words of which no answer is made, not even that nothing was done."""

FILLERS = (
    *("本季度", "目前", "实质性", "未有", "新的", "最新", "相关", "明显", "可填", "填报"),
    *("进展", "变化", "更新", "情况", "内容", "工作", "所报", "相同", "一致", "一样"),
    *("季度", "报送", "补充", "续报", "另行", "稍后", "测试", "某某", "空白"),
    *("暂", "尚", "新", "同", "见", "与", "上", "第", "前", "个", "一", "二", "三", "四"),
    *("季", "期", "次", "报", "月", "待", "后", "补", "空", "省"),
)
"""Words that say nothing of the work; what is left without them is what was said."""
LEAST_SAID = 4

BASIS = (
    *(
        "纪要",
        "批准",
        "批复",
        "批示",
        "同意",
        "审定",
        "审议",
        "常务会",
        "专题会",
        "领导小组",
        "党组会",
        "常委会",
    ),
    *(f"{digit}号" for digit in range(10)),
)
"""Who allowed a pause: a meeting, a word of consent, a number of a document."""

VERIFIED = ("已核实无误", "核实无误", "经核实无误", "已核对无误", "核对无误", "经核对无误")
"""How an answer begins that confirms a figure; a reason follows."""
LEAST_REASON = 2
