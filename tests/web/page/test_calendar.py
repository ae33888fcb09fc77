"""The days that a document states, as a calendar file; of others there is none."""

from icalendar import Calendar

from page.serving import Visitor


def test_the_last_day_of_a_document_goes_into_a_calendar(visitor: Visitor) -> None:
    page = visitor.get("/d/incentives/foreign.md")
    (link,) = [one.get("href") for one in page.all("//ul[@class='acts']//a") if "日历" in one.text]
    answer = visitor.client.get(link)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.text).walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == "2099-05-31"
    assert "云岭市鼓励外商投资办法" in event["SUMMARY"]
    assert event["URL"].endswith("/d/incentives/foreign.md")


def test_days_that_are_over_or_not_stated_are_in_none(visitor: Visitor) -> None:
    for path in ("incentives/rice.md", "statistics/land.md", "../routes.py", "nowhere.md"):
        assert visitor.client.get(f"/calendar/{path}").status_code == 404
        assert "日历" not in visitor.get(f"/d/{path}").source
