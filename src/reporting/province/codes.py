"""Every finding about the editions of offices: code, severity and message, as one table."""

from reporting.findings import FindingMaker, Rule, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

_TABLE: dict[str, tuple[Severity, str]] = {
    # There is nothing to count yet
    "PROV-FOLDER": (_E, "应有文件夹 {expected}，实际没有，未计入。"),
    "PROV-EDITIONS": (
        _E,
        "文件夹 {expected} 应含有 editions 文件夹，或者就是 editions 文件夹，实际不是，未计入。",
    ),
    "PROV-NONE": (_W, "没有{expected}的版本（{found}），未计入。"),
    "PROV-PUBLIC": (_W, "只有{expected}的公开版材料，没有内部材料的版本，未计入。"),
    # What there is cannot be counted
    "PROV-DAMAGED": (_E, "第{expected}版核验不通过，未计入：{found}"),
    "PROV-PERIOD": (_E, "应为{expected}的版本，实为{found}的，未计入。"),
    "PROV-OTHER": (
        _E,
        "版本应为“{expected}”的，实为“{found}”的，未计入；确为同一单位的，请在参数中写明 city。",
    ),
    "PROV-TWICE": (
        _E,
        "同一单位应只列一次，实际列了几次（{found}），都未计入；"
        "确为不同单位的，请各单位在文头写明全称后重新定版。",
    ),
    "PROV-NAME": (
        _E,
        "每个单位应有自己的名称，实际有几个单位都列为“{expected}”（{found}），都未计入；"
        "请在参数中用不同的 name，并写明 city。",
    ),
    "PROV-FIGURES": (
        _E,
        "第{expected}版各处的数不一致，未计入：{found}。",
    ),
    "PROV-READ": (_E, "{expected}不能读取，未计入：{found}"),
    # What is counted, and has to be known with it
    "PROV-ACCEPTED": (_N, "第{expected}版带有{found}处没有处理的错误定版，理由见该版的版本记录。"),
    "PROV-SAMPLE": (_N, "第{expected}版由示例数据生成，不反映真实工作。"),
}

RULES = {code: Rule(severity, "", message) for code, (severity, message) in _TABLE.items()}

finding = FindingMaker(RULES)
"""Makes a finding about an office's edition."""
