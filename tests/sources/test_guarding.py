"""Which addresses may be asked."""

import pytest

from hyqa.maintenance.sources.net.guarding import check_address, is_public, is_same_site, resolve
from hyqa.maintenance.sources.net.waiting import LONGEST_WAIT, seconds_asked
from hyqa.types.errors import FetchError


@pytest.mark.parametrize(
    "numeric",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
        "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::",
        "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2001:db8::1", "none",
    ],
)  # fmt: skip
def test_a_private_address_is_not_public(numeric: str) -> None:
    assert not is_public(numeric)


@pytest.mark.parametrize(
    "numeric", ["8.8.8.8", "221.231.1.1", "2400:da00::6666", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_address_is_public(numeric: str) -> None:
    assert is_public(numeric)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)", "http:///x",
        "http://u@example.org/", "http://u:p@example.org/", "http://example.org:22/", "http://example.org:0/",
        "http://example.org/\n", "http://exa mple.org/", "http://例子.中国/", "http://example.org:99999/",
        "http://[::1", "https://example.org/" + "a" * 2000, "//example.org/", "", "http://%0d%0aexample.org/",
    ],
)  # fmt: skip
def test_an_address_that_may_not_be_asked_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        check_address(url)


@pytest.mark.parametrize(
    "url", ["http://www.example.gov.cn/a?b=c&d", "https://example.org:443/x", "http://1.2.3.4/"]
)
def test_an_address_of_the_web_is_let_through(url: str) -> None:
    check_address(url)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "::1"]
)
def test_this_machine_is_refused_whatever_its_name(host: str) -> None:
    with pytest.raises(FetchError, match=r"not public|not found"):
        resolve(host, 80, 5.0)


def test_what_is_allowed_is_one_address_with_one_port() -> None:
    allowed = frozenset({("127.0.0.1", 8080)})
    assert resolve("127.0.0.1", 8080, 5.0, allowed) == ["127.0.0.1"]
    for host, port in (("127.0.0.1", 8081), ("127.0.0.2", 8080)):
        with pytest.raises(FetchError):
            resolve(host, port, 5.0, allowed)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://www.a.gov.cn/x", "https://a.gov.cn/y", True),
        ("http://a.gov.cn/", "http://b.a.gov.cn/", True),
        ("http://a.gov.cn/", "http://xa.gov.cn/", False),
        ("http://a.gov.cn/", "http://b.gov.cn/", False),
        ("http://a.gov.cn/", "file:///a", False),
        ("http://a.gov.cn/", "http://a.gov.cn.evil.org/", False),
    ],
)
def test_sites(one: str, other: str, same: bool) -> None:
    assert is_same_site(one, other) is same


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", None), ("soon", None), ("-5", None), ("1.5", None), ("0", 0.0), ("120", 120.0),
        ("9" * 500, LONGEST_WAIT), ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("Thu, 99 Jan 1970", None), ("１２０", None),
    ],
)  # fmt: skip
def test_how_long_a_host_wants_to_be_left_alone(header: str, seconds: float | None) -> None:
    assert seconds_asked(header) == seconds
