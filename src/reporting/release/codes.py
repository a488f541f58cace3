"""Every finding of the release step: code, severity and message, as one table."""

from reporting.findings import FindingMaker, Rule, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

_TABLE: dict[str, tuple[Severity, str]] = {
    # What keeps a pack from being frozen
    "REL-NO-PACK": (_E, "本季度的材料还没有生成，请先运行 make report。"),
    "REL-MANIFEST": (_E, "材料的清单应为 make report 写出的 manifest.json，实已损坏，请重新运行。"),
    "REL-INCOMPLETE": (_E, "{found}未能生成，材料不完整，请排除原因后重新运行 make report。"),
    "REL-PARTIAL": (_E, "材料缺少{found}，请不带 UNIT、LEADER 重新运行 make report。"),
    "REL-ARTIFACT": (_E, "该成果文件与清单不符（{found}），请重新运行 make report。"),
    "REL-INPUT": (_E, "该输入文件在生成材料之后{found}，请重新运行 make report。"),
    "REL-STALE": (_E, "材料生成之后{found}有变，请重新运行 make report。"),
    "REL-ERRORS": (_E, "数据中还有错误{found}处没有处理；确需带错定版的，请用 ACCEPT 写明理由。"),
    "REL-UNCHANGED": (
        _E,
        "与第{expected}版相比没有更正，只有{found}有变；确需另定一版的，请用 ACCEPT 写明理由。",
    ),
    "REL-SAME": (_E, "与第{found}版完全相同，没有需要定版的更正。"),
    "REL-UNSTABLE": (
        _E,
        "用同样的输入重新生成，结果不同；请去掉笔记本中随时间、随机数或者文件夹而变的内容后再运行。",
    ),
    "REL-UNFINISHED": (_W, "有一次定版没有完成，留下了“{found}”，它不是有效的版本，可以删除。"),
    # What releasing leaves to be done
    "REL-RESTING": (
        _W,
        "{found}引用的是本季度第{expected}版，没有随本版更正；需要更正的，请重新生成该季度的材料再定版。",
    ),
    # What is wrong with an edition
    "REL-NO-EDITION": (_E, "没有第{expected}版，现有：{found}。"),
    "REL-MISSING": (_E, "缺少该文件。"),
    "REL-EXTRA": (_E, "多出该文件，版本记录中没有。"),
    "REL-TAMPERED": (_E, "该文件被改动：校验码应为 {expected}，实为 {found}。"),
    "REL-RECORD": (_E, "版本记录与校验码文件中的不一致，其中一个被改动。"),
    "REL-UNSIGNED": (_E, "该版没有签名，无法证明由谁发布。"),
    "REL-SIGNATURE": (_E, "签名与版本记录不符：版本记录或者签名被改动。"),
    "REL-SIGNER": (_E, "签名人不在名单之中（{found}）。"),
    "REL-UNREADABLE": (_E, "{found}"),
    "REL-PACK-MANIFEST": (_E, "材料的清单与版本记录中的清单不一致。"),
    "REL-LISTED": (_E, "版本记录中的该文件与材料清单所记的不一致。"),
    "REL-CHAIN-LATER": (_E, "{found}所记的本版与本版不一致，其中一版被改动或者调换。"),
    "REL-CHAIN": (_E, "第{found}版的版本记录不是本版所更正的那一份，其中一版被改动或者调换。"),
    "REL-CHAIN-GAP": (_E, "缺少本版所更正的第{found}版，无法核对前后两版的衔接。"),
    "REL-SEAL": (_E, "封签与本版的数据不一致：应为 {expected}，实为 {found}。"),
    "REL-SEAL-CHAIN": (
        _E,
        "所记的前一版（{expected}）封签与该版不一致，其中一版被改动或者调换。",
    ),
    "REL-SEAL-GAP": (_E, "缺少前一版（{found}），无法核对封签的衔接。"),
    "REL-ZIP": (_E, "压缩包被改动，与该版的文件夹不一致。"),
    "REL-SUMS": (_E, "校验码文件与该版的版本记录不一致，或者格式被改动。"),
    # What remaking shows
    "REL-ENVIRONMENT": (_W, "{found}与定版时不同：定版时为 {expected}。"),
    "REL-SURROUNDINGS": (_W, "用该版自带的程序重新生成，运行环境与定版时不同：{found}。"),
    "REL-REPACKED": (_W, "压缩方式与定版时不同，文件里的内容逐个相同：{found}。"),
    "REL-REMAKE": (_E, "{found}"),
    "REL-REMAKE-FAILED": (_E, "用该版保存的输入未能重新生成{found}。"),
}

RULES = {code: Rule(severity, "", message) for code, (severity, message) in _TABLE.items()}

finding = FindingMaker(RULES)
"""Makes a finding of the release step."""
