"""What a unit may type, or paste without knowing, that is more than it seems to some program."""

HOSTILE: dict[str, str] = {
    "script": '<script>alert(1)</script><img src="x" onerror="alert(2)">',
    "markup": "&lt;b&gt; &amp; &#20013; <b>粗</b> <!-- x --> ]]> <![CDATA[ x",
    "markdown": "[链](http://x.example) ![图](http://x.example/p.png) **粗** `码` ~~s~~ | a |",
    "heading": "# 一级标题\n---\n1. 一\n- 二\n> 引",
    "typst": '#read("/etc/passwd") #import "x.typ": * #panic() $x^2$ ```raw``` @ref <label> // 注',
    "pandoc": "```{=html}\n<script>alert(3)</script>\n```\n::: {.x}\n{=typst}",
    "field": '{ HYPERLINK "http://x.example" } { INCLUDETEXT "C:\\\\x" } MERGEFIELD',
    "tex": "\\textbf{x} \\input{/etc/passwd} $$\\write18{ls}$$ %",
    "template": "{{ 7 * 7 }} {% raw %} ${HOME} $(id) `id` %s {0} {found}",
    "python": "'''\"\"\" + str(1) + \"\"\"''' \\n \\x41 \\",
    "equals": '=HYPERLINK("http://x.example","x")',
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "tab": "\t=1+1",
    "wide": "＝1＋1",
    "dde": "=cmd|' /C calc'!A0",
    "escape": "甲\x1b[31m红\x07乙\x08丙",
    "bidi": "进展\u202e顺利\u2066完\u2069成\u200f",
    "invisible": "零\u200b宽\u200d字\ufeff符\u00ad连\u2060接",
    "private": "私\ue000用\uf8ff区\U000f0000",
    "emoji": "表情😀👩\u200d👧🇨🇳✔\ufe0f",
    "long": "进" * 10_000,
    "unbroken": "A" * 2_000,
    "lines": "第一行\n第二行\n\n第四行\u2028第五行\u2029第六行\x85第七行",
    "code": "字面_x0041_与_x000D_",
    "rich": "[red]红[/red] [link=http://x.example]x[/link] :smile: \\[b]",
}
"""Texts by what they try to be. Every one is to be shown as it is, or refused in words."""

HOSTILE_UNITS: tuple[str, ...] = (
    "=cmd|calc!A0局",
    "<script>alert（1）</script>局",
    "../../etc/passwd局",
    "*粗*[链]`码`#x$y$局",
    "“引”'号'\"%#?局",
    "市\u202e局\u200b",
    "{{x}}{%y%}局",
    "_x0041_局",
    "[red]局[/red]",
    "\\textbf{局}\\",
    "CON",
    "长" * 100 + "局",
    "e\u0301A局",
)
"""Names that a table may give to units."""
