"""Native charts, with the workbook that they are edited in."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_PATTERN_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from reporting.documents.slides.fit import BODY_PT, Box
from reporting.documents.slides.template import BLUE, FACE, INK
from reporting.documents.slides.values import BarChart, Series
from reporting.grades import USUAL, Kind
from reporting.system.archives import normalise_zip

_FIXED = datetime(2000, 1, 1)
_TROUBLE = USUAL[Kind.FAR_BEHIND].style.colour.removeprefix("#").upper()
_LABEL_PT = 16


def add_chart(slide: Any, chart: BarChart, box: Box) -> None:
    """Put a chart on a slide; its data can be edited as any chart's."""
    kind = XL_CHART_TYPE.BAR_STACKED if chart.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(
        kind, Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height), _data(chart)
    )
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("name", "图表")
    properties.set("descr", chart.alt)
    drawn = frame.chart
    drawn.part.chart_workbook.update_from_xlsx_blob(_workbook(chart))
    _set_letters(drawn)
    _set_axes(drawn)
    _set_legend(drawn, chart)
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 45, 100 if chart.stacked else 0
    for shape, series in zip(plot.series, chart.series, strict=True):
        _set_series(shape, series, chart)


def _data(chart: BarChart) -> Any:
    data = CategoryChartData(number_format=chart.number_format)
    data.categories = chart.categories
    for series in chart.series:
        data.add_series(series.name, series.values)
    return data


def _workbook(chart: BarChart) -> bytes:
    """Write the chart's workbook: what was typed stays text, and there are no times."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": _FIXED})
        figures = book.add_format({"num_format": chart.number_format})
        sheet = book.add_worksheet("Sheet1")
        sheet.write_column(1, 0, chart.categories)
        for column, series in enumerate(chart.series, 1):
            sheet.write_string(0, column, series.name)
            sheet.write_column(1, column, series.values, figures)
    return normalise_zip(target.getvalue())


def _set_letters(drawn: Any) -> None:
    drawn.font.size = Pt(_LABEL_PT)
    drawn.font.name = FACE
    drawn.font.color.rgb = RGBColor.from_string(INK)
    for letters in drawn._chartSpace.iter(qn("a:latin")):
        asian = letters.makeelement(qn("a:ea"), {"typeface": FACE})
        letters.addnext(asian)


def _set_axes(drawn: Any) -> None:
    names, values = drawn.category_axis, drawn.value_axis
    names.reverse_order = True
    names.format.line.color.rgb = RGBColor.from_string("7F7F7F")
    names.has_major_gridlines = False
    # Every bar says its value: a scale would say it again.
    values.visible = False
    values.has_major_gridlines = False
    values.minimum_scale = 0


def _set_legend(drawn: Any, chart: BarChart) -> None:
    drawn.has_title = False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
        drawn.legend.font.size = Pt(BODY_PT)


def _set_series(shape: Any, series: Series, chart: BarChart) -> None:
    _fill(shape.format, series.tone)
    labels = shape.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = chart.number_format, False
    labels.font.size = Pt(_LABEL_PT)
    inside = chart.stacked
    labels.position = XL_LABEL_POSITION.CENTER if inside else XL_LABEL_POSITION.OUTSIDE_END
    dark = inside and series.tone != "compared"
    labels.font.color.rgb = RGBColor.from_string("FFFFFF" if dark else INK)


def _fill(look: Any, tone: str) -> None:
    """Fill bars so that they can be told apart without colour as well."""
    line = {"main": BLUE, "compared": "595959", "trouble": _TROUBLE}[tone]
    look.line.color.rgb = RGBColor.from_string(line)
    if tone == "compared":
        look.fill.patterned()
        look.fill.pattern = MSO_PATTERN_TYPE.LIGHT_UPWARD_DIAGONAL
        look.fill.fore_color.rgb = RGBColor.from_string("7F7F7F")
        look.fill.back_color.rgb = RGBColor.from_string("FFFFFF")
    else:
        look.fill.solid()
        look.fill.fore_color.rgb = RGBColor.from_string(line)
