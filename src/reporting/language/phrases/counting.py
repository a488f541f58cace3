"""What is said of what a figure counts and when: running totals, states, the year, limits."""

import re

from reporting.language.quantity_units import NUMBER, UNIT

STATE = re.compile(
    "(?:率|覆盖面|(?:总|通车|运营)里程|(?:电力|总)装机|装机(?:总?容量|规模)|总市值|总量|总数|保有量|蓄积量|存量|拥有量|在校生|在册|(?:注册|活跃)用户|用户数|粉丝|余额|占比|比例|比重|密度|浓度|人口|市场主体)"
    "(?:总?数量?|规模|人数)?(?:达到?|约|为|至)*$"
    "|(?:稳定|保持|维持|巩固)在(?:约|近)?$"
)
# 新增市场主体500户 is what is added, however the stock itself is counted.
ADDED = re.compile("净增|完成|新(?:增|建|改建|开通|通车|设|登记|注册|发展|培育)")
NEW = re.compile("净?新增|净增")
PER_HEAD = re.compile(
    "人均|亩均|户均|[万亿]元(?:GDP|地区|国内|工业|产值|增加值)|每[十百千万]*(?:[人户亩]|名[^，。；\\d新增]{1,10}(?:拥有|配备|医师|护士|床位|数$))|每[次场期批轮]|每(?:立方米|平方公里|升)|[百千万]人口|单位(?:GDP|地区|国内|面积|产值|工业|增加值|产品)|存栏|日均|(?<!新增)日(?:处理|供[水气热电]|产|接待)[^，。]{0,6}[量力]|补助标准|保障标准"
)
EACH_TIME = re.compile(
    "每(?:个?月|周|个?季度|日|天)|各个?季度(?!分别|累计)|[、和][0-9]{1,2}月份?各(?![项类级种])"
)
# 5月、11月各举办1期: the months are the label, and 各 says each of them.
EACH_OF_LABEL = re.compile("各(?=举办|完成|开展|组织|召开|实施|新增|培训|[0-9])")
STOCK = re.compile("(?:规模|总?数量?|对象|总计|存量)$")
SCALE_OF = re.compile("(?:规模|总数|总量)$")
EVENT = re.compile(
    "(?<![高创])新(?![技能兴区材质型城])|完成|开展|举办|服务|动员|申报|认定|培训|签约|发放|建|引进|促成|组织|实现|整治|改造|累计"
)
YEARS_SUM = re.compile(
    "(?:总额|总值|产值|规模|货值|贸易额|营业额|销售额|投资额|成交额|收入)[^，。；]{0,3}$"
)
# 完成全年目标20亿元 names the year's sum; 全年任务的80% and 全年任务分解 do not.
YEARS_TASK = re.compile("全年[^，。；\\d]{0,6}(?:目标|任务|计划)(?:约|共|达到?)?$")
IN_THE_YEAR = re.compile("全年(?!任务|目标|计划)|年内|今年|年底|本年")
FOR_THE_YEAR = re.compile("全年(?!任务|目标|计划)")
# 占全年20% and 完成全年的20% are what a quarter does of the year's.
RATE_OF_THE_YEAR = re.compile("(?<!占)全年(?!的|[0-9０-９])")
PLANNED_OF_THE_YEAR = (
    "(?:全年|年度)[^，。；、\\d]{0,8}{}的?(?:约|近|过|达到?|超过?|不低于|不少于)?$"
)
LIST_REACHES = re.compile(f"分别(达[到至]?)(?:{NUMBER}(?:{UNIT})[、和])+$")
CONTINUED = re.compile("的|以来|后")
EACH_QUARTER = re.compile("[每各]个?季度")
UNTIL = re.compile("(?:^|[\n：:。；;，,、.．）)])(?:截[至止]|[到至])")
# 6月底前, 二季度末, 3月31日前: the label names a point in time.
POINT = re.compile("(?:[末底]|前|[0-9０-９][日号])[）)】]?[^\\w]*$")
# 年底前全部完工 completes what was to be done by points; 四季度全部验收 adds nothing.
ALL = re.compile(
    "(?:全部|全面)[^，。；验收]{0,4}(?:完成|完工|竣工|建成|开工|到位|交付)(?![^，。；]{0,4}(?:验收|评估|结算))"
    "|完成(?:全年|年度)"
)
REST = re.compile("剩余|其余|余下")
LISTED = re.compile("[一二三四1-4季度Q](?:[、,，和及与至到—－~～-]|季度)+第?[一二三四1-4Q]")
LATER_MONTHS = re.compile("(?<![0-9])(?:[2-9]|1[0-2])月?份?(?:[-－—–~～]+|[至到])[0-9]{1,2}月")
MONTHS_FIGURE = re.compile(
    "(?<![0-9至到—–~～-])(1[0-2]|[1-9])月份?(?![底末初中上下前至到—–~～-])"
    f"[^，。；、：\\d（()）底末前]{{0,8}}{NUMBER}(?:{UNIT})"
)
CLOSES = re.compile("(?:完成)?[）)]")
FINISHED = re.compile(
    "(?:[之以]?前)?(?:全部|全面|基本)?(?:完成|建成|竣工|完工|投用|投入使用|交付|交付使用|办结|落实)"
    "(?:任务|目标|使用)?[。；;]?"
)
# What only says how a list or a wish is put.
MANNER = re.compile("分别|力争|争取|确保|推动|实现")
