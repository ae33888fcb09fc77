"""Parks and chains of the invented city, as a corpus lists them."""

HOSTILE_ID = "hostile</title><script>alert(0)</script>"
HOSTILE_WORDS = "云岭市渔业码头泊位</mark></blockquote><script>alert(5)</script>共有27个"
PARKS = f"""\
[attributes]
summary = {{ zh = "概况", en = "Profile" }}
level = {{ zh = "级别", en = "Level" }}
place = {{ zh = "所在地", en = "Place" }}
area = {{ zh = "面积", en = "Area" }}
companies = {{ zh = "企业", en = "Companies" }}
news = {{ zh = "最新情况", en = "Latest news" }}

[parks.snail-isle]
zh = "青螺洲工业园"
en = "Snail Isle Industrial Park"
aliases = ["青螺洲", "Snail Isle"]
county = {{ zh = "鹭鸣站", en = "the railway" }}

[[parks.snail-isle.cells]]
attribute = "place"
zh = {{ document = "railway.md", quote = "鹭鸣站货场年吞吐量600万吨，设集装箱线4条，距青螺洲工业园3公里。", value = "鹭鸣站", undated = true }}
en = {{ document = "parks/snail-isle-en.md", quote = "Warehousing beside the railway is let by the month." }}

[[parks.snail-isle.cells]]
attribute = "level"
zh = {{ document = "parks/snail-isle.md", quote = "青螺洲工业园规划面积12.5平方公里", value = "工业园" }}

[[parks.snail-isle.cells]]
attribute = "area"
zh = {{ document = "parks/snail-isle.md", quote = "青螺洲工业园规划面积12.5平方公里，分三期建设。", value = "12.5平方公里" }}
en = {{ document = "parks/snail-isle-en.md", quote = "The park covers 12.5 square kilometres and is built in three phases.", value = "12.5 square kilometres" }}

[[parks.snail-isle.cells]]
attribute = "companies"
zh = {{ document = "parks/snail-isle.md", quote = "园区现有规模以上企业86家，主导产业为纺织和船用电缆。", value = "86家" }}

[[parks.snail-isle.cells]]
attribute = "area"
zh = {{ document = "parks/snail-isle.md", quote = "首期已经建成标准厂房30万平方米。" }}

[parks.clock-valley]
zh = "时针谷产业园"
en = "Clock Valley"

[[parks.clock-valley.cells]]
attribute = "companies"
zh = {{ document = "parks/clock-valley.html", quote = "时针谷产业园聚集钟表企业21家", value = "21家", undated = true }}

[parks.hostile]
zh = '<b>"码头"</b>'
en = '<script>alert(7)</script>'
aliases = ['"><img src=x onerror=alert(8)>']

[[parks.hostile.cells]]
attribute = "news"
zh = {{ document = '{HOSTILE_ID}', quote = '{HOSTILE_WORDS}', value = '</blockquote><script>' }}

[parks.land]
zh = "东一路地块"
en = "East Road plot"

[[parks.land.cells]]
attribute = "area"
zh = {{ document = "statistics/plots.xlsx", quote = "东一路地块 | 45亩", value = "45亩", undated = true }}

[parks.empty]
zh = "云外园"
en = "Beyond"
"""
CHAINS = """\
[attributes]
summary = { zh = "概况", en = "Overview" }
output = { zh = "产值", en = "Output value" }
companies = { zh = "企业", en = "Companies" }

[chains.clocks]
zh = "钟表"
en = "Clocks"
parks = ["clock-valley", "snail-isle"]

[[chains.clocks.cells]]
attribute = "summary"
zh = { document = "parks/clock-valley.html", quote = "时针谷产业园聚集钟表企业21家，年产机芯400万只。", undated = true }

[[chains.clocks.cells]]
attribute = "summary"
zh = { document = "statistics/land.md", quote = "青螺洲工业园" }

[[chains.clocks.cells]]
attribute = "output"
zh = { document = "gdp", quote = "2024年云岭市地区生产总值1203.4亿元", value = "1203.4亿元", date = "2024" }

[chains.hostile]
zh = '<i>渔业</i>&amp;'
en = '<i>fish</i>'

[[chains.hostile.cells]]
attribute = "companies"
zh = { document = "gdp", quote = "比上年增长5.6%", value = "5.6%" }
"""
