"""What a progress text says of the grade beside it, decided by the whole text in one place."""

import pytest

from reporting.grades import USUAL_SCALE, Grade, Kind
from reporting.project.rating import RatingRule
from reporting.returns.claims import contradiction, denial, quoted


@pytest.mark.parametrize(
    ("claimed", "progress", "sentence"),
    [
        # The opening says the contrary.
        (Kind.ON_SCHEDULE, "严重滞后，尚未开工，资金未到位。", "严重滞后，尚未开工，资金未到位。"),
        (Kind.ON_SCHEDULE, "工作推进缓慢。已开会2次。", "工作推进缓慢。"),
        (Kind.DONE, "未能按期完成竣工验收；已补报资料。", "未能按期完成竣工验收；已补报资料。"),
        (Kind.BEHIND, "已完成。", "已完成。"),
        # Done, and a later sentence says that it is not.
        (Kind.DONE, "已完成水保批复。全线开工建设尚未启动，受用地影响预计明年开工。",
         "全线开工建设尚未启动，受用地影响预计明年开工。"),
        (Kind.DONE, "主体工程已验收。配套管网仍未完工。", "配套管网仍未完工。"),
        (Kind.DONE, "方案已印发；试点尚未启动。", "方案已印发；试点尚未启动。"),
        (Kind.DONE, "已签约12家。剩余3家正在洽谈。", "剩余3家正在洽谈。"),
        # On schedule, and the whole matter is not.
        (Kind.ON_SCHEDULE, "召开推进会3次。目前项目尚未开工。", "目前项目尚未开工。"),
        (Kind.ON_SCHEDULE, "已完成可研批复。总体进度滞后。", "总体进度滞后。"),
        (Kind.ON_SCHEDULE, "完成选址。因资金未到位，项目仍未启动。",
         "因资金未到位，项目仍未启动。"),
        # Not begun, and works are under way.
        (Kind.NOT_STARTED, "未启动。9月已全线开工，完成投资2亿元。",
         "9月已全线开工，完成投资2亿元。"),
        (Kind.NOT_STARTED, "尚未启动招标。施工单位已进场，正在施工。",
         "施工单位已进场，正在施工。"),
        (Kind.NOT_STARTED, "因故推迟。主体结构已封顶。", "主体结构已封顶。"),
        (Kind.NOT_STARTED, "未启动。累计铺设管道3公里。", "累计铺设管道3公里。"),
        (Kind.NOT_STARTED, "尚未启动。已于8月正式上线运行。", "已于8月正式上线运行。"),
        (Kind.NOT_STARTED, "未开工。完成桩基20根；工人40名。", "完成桩基20根；工人40名。"),
        # Paused, and complete.
        (Kind.PAUSED, "暂缓。已100%完成布展。", "已100%完成布展。"),
        (Kind.PAUSED, "经市政府同意暂缓实施。年度任务已全部完成。", "年度任务已全部完成。"),
        (Kind.PAUSED, "暂缓；改造内容全面完成，已投入使用。",
         "暂缓；改造内容全面完成，已投入使用。"),
    ],
)  # fmt: skip
def test_sentence_that_denies_the_claim_is_found_and_quoted_whole(
    claimed: Kind, progress: str, sentence: str
) -> None:
    """Wherever it stands, it is quoted to its full stop, whatever follows a semicolon."""
    assert denial(progress, claimed) == sentence


@pytest.mark.parametrize(
    ("claimed", "progress"),
    [
        # Of others, of none, of what was made good, of what is to come.
        (Kind.DONE, "已全部办结。对未按时完成整改的企业立案12宗。"),
        (Kind.DONE, "已完成年度任务。未完成项目为0。"),
        (Kind.DONE, "已完成。一度滞后，目前已全部赶上。"),
        (Kind.DONE, "已完成。前期未能开工的2个标段现已完工。"),
        (Kind.DONE, "全部完成验收。下一步督促未启动的镇街加快推进。"),
        (Kind.DONE, "已完成。不存在未完成事项。"),
        (Kind.DONE, "已完成。明年启动二期建设。"),
        # A part that lags is no lag of the whole.
        (Kind.ON_SCHEDULE, "总体按计划推进。其中3号标段受雨季影响进度滞后，已增派人手。"),
        (Kind.ON_SCHEDULE, "完成投资5亿元。个别企业尚未开工，已上门服务。"),
        (Kind.ON_SCHEDULE, "达到序时进度。未发现项目停工情况。"),
        # What prepares is no beginning, and winds up no completion.
        (Kind.NOT_STARTED, "未启动。已完成资料收集和初步调研。"),
        (Kind.NOT_STARTED, "尚未启动。计划11月全线开工。"),
        (Kind.NOT_STARTED, "未开工。待用地批复后正式开工。"),
        (Kind.NOT_STARTED, "未启动。已完成进场准备。"),
        (Kind.NOT_STARTED, "尚未启动。力争年底前完成桩基。"),
        (Kind.PAUSED, "暂缓。前期手续已全部完成。"),
        (Kind.PAUSED, "暂停实施。已全部完成退款善后。"),
        (Kind.PAUSED, "暂缓。经市政府同意调整至明年。"),
        (Kind.BEHIND, "推进缓慢。已完成可研。"),
    ],
)  # fmt: skip
def test_what_denies_nothing_is_let_be(claimed: Kind, progress: str) -> None:
    """Other people's delays, preparations and single parts do not speak against the claim."""
    assert denial(progress, claimed) == ""


def test_quotation_goes_on_over_a_semicolon() -> None:
    """What stands after a semicolon belongs to what is quoted."""
    assert (
        quoted("推进缓慢；场地未落实，资金已到位。另行上报。")
        == "推进缓慢；场地未落实，资金已到位。"
    )


LIGHTS = RatingRule.model_validate(
    {
        "bands": [
            {"name": "绿灯", "up_to": 10, "counts_as": "达到序时进度"},
            {"name": "黄灯", "up_to": 20, "counts_as": "未达序时进度"},
            {"name": "橙灯", "up_to": 30, "counts_as": "未达序时进度"},
            {"name": "红灯", "counts_as": "严重滞后"},
        ],
        "grades": {"已完成": {"name": "办妥"}},
    }
).scale


@pytest.mark.parametrize(
    ("claimed", "progress", "sentence"),
    [
        ("绿灯", "黄灯。已签约12家。", "黄灯。"),
        ("绿灯", "目前为黄灯，用地未落实。已签约12家。", "目前为黄灯，用地未落实。"),
        ("绿灯", "本季度自评“红灯”；已开会2次。", "本季度自评“红灯”；已开会2次。"),
        ("黄灯", "橙灯：已签约12家。", "橙灯：已签约12家。"),
        ("黄灯", "进度绿灯。", "进度绿灯。"),
        ("办妥", "绿灯。", "绿灯。"),
        ("黄灯", "办妥。", "办妥。"),
        # The same word, another sentence, another thing, what came before, a part that is done.
        ("绿灯", "办妥。", ""),
        ("黄灯", "黄灯。用地未落实。", ""),
        ("绿灯", "安装黄灯12处，路口改造完成。", ""),
        ("绿灯", "由黄灯转为绿灯，已签约12家。", ""),
        ("绿灯", "上季度为黄灯，本季度已赶上。", ""),
        ("绿灯", "已签约12家。黄灯、红灯项目已逐一督办。", ""),
        ("绿灯", "", ""),
        # The usual words count as ever.
        ("绿灯", "未达序时进度。", "未达序时进度。"),
        ("绿灯", "顺利推进。", ""),
    ],
)
def test_an_own_word_that_opens_a_text_states_a_grade(
    claimed: str, progress: str, sentence: str
) -> None:
    """Another than is claimed, even of the same kind, is asked about."""
    grade = LIGHTS.named(claimed)
    assert grade is not None
    assert contradiction(progress, grade, LIGHTS) == sentence


def test_usual_offices_are_read_as_ever() -> None:
    """An office without words of its own knows no such word."""
    assert contradiction("黄灯。", Grade.ON_SCHEDULE, USUAL_SCALE) == ""
    assert contradiction("已完成。", Grade.ON_SCHEDULE, USUAL_SCALE) == ""
