"""Fetching from a host that behaves: what is asked, what is kept, when it is asked again."""

import json
from pathlib import Path

import pytest

from hyqa.maintenance.sources.fetching import Outcome
from hyqa.maintenance.sources.listing import ORIGINALS, read_listing
from hyqa.maintenance.sources.locking import alone
from hyqa.maintenance.sources.versions import State
from hyqa.types.errors import ConfigError
from sources.conftest import Site
from sources.hosting import Behave, Talk
from sources.misbehaving import ETAG, NEW, OLD, PDF, SENTENCE, cut_then, page, rest_of

MODIFIED = "Sun, 01 Mar 2026 00:00:00 GMT"


def versioned(body: bytes, etag: str) -> Behave:
    def behave(talk: Talk) -> None:
        if talk.headers.get("if-none-match") == etag:
            talk.reply(b"", "304 Not Modified", ETag=etag)
        else:
            talk.reply(body, ETag=etag, Last_Modified=MODIFIED)

    return behave


def test_a_version_is_kept_with_time_hash_and_headers(site: Site) -> None:
    site.answer = versioned(OLD, '"1"')
    looked = site.fetcher().fetch(site.source())
    assert (looked.outcome, looked.reason) == (Outcome.NEW, "")
    version = site.store.current("a/b")
    assert version and site.in_force() == OLD
    assert version.fetched == "2026-03-01T08:00:00+00:00"
    assert version.headers["etag"] == '"1"' and version.url.endswith("/b.html")
    assert len(version.sha256) == 64 and version.size == len(OLD)
    assert "user-agent" in site.asked[0] and "cookie" not in site.asked[0]


def test_a_later_look_asks_for_what_has_changed_only(site: Site) -> None:
    site.answer = versioned(OLD, '"1"')
    fetcher, source = site.fetcher(), site.source()
    fetcher.fetch(source)
    assert fetcher.fetch(source).outcome is Outcome.NOT_DUE
    assert len(site.asked) == 1
    site.later(days=31)
    assert fetcher.fetch(source).outcome is Outcome.UNCHANGED
    assert site.asked[1]["if-none-match"] == '"1"'
    assert site.asked[1]["if-modified-since"] == MODIFIED
    assert fetcher.fetch(source, forced=True).outcome is Outcome.UNCHANGED


def test_another_version_is_put_in_force_and_the_one_before_is_kept(site: Site) -> None:
    fetcher, source = site.fetcher(), site.source()
    for body, etag in ((OLD, '"1"'), (NEW, '"2"'), (OLD, '"3"')):
        site.answer = versioned(body, etag)
        site.later(days=31)
        fetcher.fetch(source)
        assert site.in_force() == body
    versions = site.store.versions("a/b")
    assert [site.store.path("a/b", one).read_bytes() for one in versions] == [OLD, NEW]


def test_the_same_bytes_under_another_name_are_no_other_version(site: Site) -> None:
    fetcher, source = site.fetcher(), site.source()
    for etag in ('"1"', '"2"'):
        site.answer = versioned(OLD, etag)
        looked = fetcher.fetch(source, forced=True)
    assert looked.outcome is Outcome.UNCHANGED
    assert len(site.store.versions("a/b")) == 1


def test_a_host_is_asked_again_with_growing_pauses_as_it_wishes(site: Site) -> None:
    def busy(talk: Talk) -> None:
        if talk.number < 3:
            talk.reply(b"", "503 Busy", Retry_After="7" if talk.number == 2 else "0")
        else:
            talk.reply(NEW)

    site.answer = busy
    assert site.fetcher().fetch(site.source()).outcome is Outcome.NEW
    assert [wait for wait in site.slept if wait] == [1.0, 7.0]


def test_a_host_that_wants_long_to_be_left_alone_is(site: Site) -> None:
    site.answer = lambda talk: talk.reply(b"", "429 Too Many", Retry_After="7200")
    fetcher, source = site.fetcher(), site.source()
    assert fetcher.fetch(source).outcome is Outcome.FAILED
    assert len(site.asked) == 1 and not any(site.slept)
    site.later(hours=1)
    held = fetcher.fetch(source)
    assert held.outcome is Outcome.HELD_OFF and "2026-03-01T10:00" in held.reason
    assert len(site.asked) == 1
    site.answer = versioned(OLD, '"1"')
    site.later(hours=2)
    assert fetcher.fetch(source).outcome is Outcome.NEW
    assert site.store.state("a/b").failure == ""


def test_an_absurd_wish_is_kept_for_a_week_at_most(site: Site) -> None:
    site.answer = lambda talk: talk.reply(b"", "429 Too Many", Retry_After=str(10**18))
    site.fetcher().fetch(site.source())
    assert site.store.state("a/b").not_before == "2026-03-08T08:00:00+00:00"


def test_one_host_is_not_asked_in_a_hurry(site: Site) -> None:
    site.robots = b"User-agent: *\nCrawl-delay: 9\n"
    site.answer = versioned(OLD, '"1"')
    fetcher = site.fetcher(pause=3.0)
    for name in ("a", "b"):
        fetcher.fetch(site.source(name, f"/{name}.html"))
    (pause,) = [wait for wait in site.slept if wait]
    assert 8.0 < pause <= 9.0


def test_a_download_goes_on_in_the_next_run(site: Site) -> None:
    site.answer = cut_then(rest_of())
    source = site.source(path="/b.pdf")
    first = site.fetcher(attempts=1).fetch(source)
    assert first.outcome is Outcome.FAILED and site.store.current("a/b") is None
    assert site.fetcher(attempts=1).fetch(source).outcome is Outcome.NEW
    assert site.in_force() == PDF
    assert int(site.asked[1]["range"].removeprefix("bytes=").rstrip("-")) >= 65_536
    assert site.asked[1]["if-range"] == ETAG


def test_what_holds_much_less_is_taken_when_somebody_says_so(site: Site) -> None:
    fetcher, source = site.fetcher(), site.source()
    site.answer = versioned(OLD, '"1"')
    fetcher.fetch(source)
    short = page(SENTENCE, 4)
    site.answer = versioned(short, '"2"')
    assert fetcher.fetch(source, forced=True).outcome is Outcome.FAILED
    assert site.in_force() == OLD
    assert fetcher.fetch(source, forced=True, accept=True).outcome is Outcome.CHANGED
    assert site.in_force() == short


def test_a_version_whose_file_is_gone_is_fetched_anew(site: Site) -> None:
    fetcher, source = site.fetcher(), site.source()
    site.answer = versioned(OLD, '"1"')
    fetcher.fetch(source)
    version = site.store.current("a/b")
    assert version
    site.store.path("a/b", version).unlink()
    assert fetcher.fetch(source).outcome is Outcome.NEW
    assert site.in_force() == OLD and "if-none-match" not in site.asked[-1]


def test_another_address_is_asked_for_all_of_it(site: Site) -> None:
    fetcher = site.fetcher()
    site.answer = versioned(OLD, '"1"')
    fetcher.fetch(site.source())
    assert fetcher.fetch(site.source(path="/moved.html")).outcome is Outcome.UNCHANGED
    assert "if-none-match" not in site.asked[-1]


def test_state_that_is_no_state_is_none(site: Site) -> None:
    folder = site.store.folder("a/b")
    folder.mkdir(parents=True)
    (folder / "state.json").write_text("{broken")
    assert site.store.state("a/b") == State()


def test_two_programs_do_not_fetch_at_once(tmp_path: Path) -> None:
    with (
        alone(tmp_path, "fetching"),
        pytest.raises(ConfigError, match="Another program is fetching"),
        alone(tmp_path, "fetching"),
    ):
        pass
    with alone(tmp_path, "fetching"):
        pass


def listing(folder: Path, text: str) -> Path:
    (folder / ORIGINALS).write_text(text, encoding="utf-8")
    return folder


def test_a_listing_is_read(tmp_path: Path) -> None:
    assert read_listing(tmp_path) == ()
    text = '["a/b"]\nurl = "https://www.example.gov.cn/x.html"\nevery = 7\noriginal_of = ["b.md"]\n'
    (one,) = read_listing(listing(tmp_path, text))
    assert (one.name, one.host, one.every, one.reprint) == ("a/b", "www.example.gov.cn", 7, False)


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        '["a"]\npublisher = "x"',
        '["a"]\nurl = "file:///etc/passwd"',
        '["a"]\nurl = "https://u:p@example.org/"',
        '["../a"]\nurl = "https://example.org/"',
        '[".a"]\nurl = "https://example.org/"',
        '["a"]\nurl = "https://example.org/"\nevery = 0',
        '["a"]\nurl = "https://example.org/"\nodd = 1',
        "not toml",
    ],
)
def test_a_listing_that_is_wrong_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=ORIGINALS):
        read_listing(listing(tmp_path, text))


def test_what_is_stored_is_plain(site: Site) -> None:
    site.answer = versioned(OLD, '"1"')
    site.fetcher().fetch(site.source(publisher="云岭市人民政府", reprint=True))
    records = list(site.store.folder("a/b").glob("*.record.json"))
    assert json.loads(records[0].read_text("utf-8"))["asked"] == site.url + "/b.html"
    assert 'original_of = ["b.md"]' in (site.store.root / "a/b.toml").read_text("utf-8")
