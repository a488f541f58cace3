"""The templates that a project may replace, by what is made with them."""

OF_HTML = (
    "html/blocks.html.j2", "report/index.html.j2", "report/report.css", "report/sources.css",
)  # fmt: skip
OF_PDF = ("report.typ",)
KNOWN = (*OF_HTML, *OF_PDF)
