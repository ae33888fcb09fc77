"""Official documents of a city that does not exist, and what is read from them."""

from hyqa.parsing.metadata.stated import read_text

NOTICE = """云岭市人民政府办公室文件
云政办发〔2025〕8号　　签发人：略
云岭市人民政府办公室
关于印发《云岭市支持人才创新创业
若干措施》的通知
各县（市、区）人民政府，市直各单位：
根据《云岭省人才条例》和云发〔2019〕5号文件精神，现将有关措施印发给你们，请遵照执行。
云岭市人民政府办公室
2025年7月11日
云岭市支持人才创新创业若干措施
一、适用范围
2024年3月1日以后引进的人才适用本措施，人才证书有效期三年。
二、附则
本措施自2025年8月1日起施行，有效期五年。《云岭市引进人才暂行办法》（云政办发〔2020〕21号）同时废止。
附件：1．申请表
云岭市人民政府办公室 2025年7月12日印发"""

LAW = """云岭市燃气管理条例
（2023年6月2日云岭市第三届人民代表大会常务委员会第九次会议通过　2023年7月27日云岭省第十四届人民代表大会常务委员会第四次会议批准）
第一章　总则
第一条　为了加强燃气管理，制定本条例。
第二条　本条例自2023年10月1日起施行。2009年5月1日起施行的《云岭市燃气管理办法》同时废止。"""


def fields(text: str, issued: str = "") -> dict[str, str]:
    """Each field of the metadata with its value; several repeals are joined by a bar."""
    reading = read_text(text, issued)
    values: dict[str, str] = {}
    for one in reading.evidence:
        if one.field in ("addressees", "printed_by"):
            continue
        values[one.field] = "|".join(filter(None, [values.get(one.field), one.value]))
    return values


def words(text: str, field: str) -> str:
    (one,) = [e for e in read_text(text).evidence if e.field == field]
    return text[one.start : one.end]
