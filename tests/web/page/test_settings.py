import pytest

from hyqa import ConfigError
from web.settings import Settings, host_of


def test_without_any_the_page_is_for_this_machine_alone() -> None:
    settings = Settings.from_environment({})
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.hosts == {"localhost", "127.0.0.1", "[::1]"}
    assert settings.database_url == "sqlite:///state/bot.sqlite"
    assert not settings.is_secure and not settings.proxies


def test_all_are_read() -> None:
    settings = Settings.from_environment({
        "HYQA_WEB_LISTEN": "[::]:80",
        "HYQA_WEB_URL": "https://Invest.example.org/",
        "HYQA_WEB_HOSTS": "a.example, B.example",
        "HYQA_WEB_PROXIES": "10.0.0.0/8,::1",
        "HYQA_STATE": "/data",
        "HYQA_RETENTION_DAYS": "7",
    })  # fmt: skip
    assert (settings.host, settings.port) == ("::", 80)
    assert settings.url == "https://Invest.example.org" and settings.is_secure
    assert settings.hosts >= {"invest.example.org", "a.example", "b.example", "localhost"}
    assert settings.proxies == ("10.0.0.0/8", "::1")
    assert settings.database_url == "sqlite:////data/bot.sqlite"
    assert settings.retention_days == 7


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HYQA_WEB_LISTEN", "8080"),
        ("HYQA_WEB_LISTEN", "127.0.0.1:99999"),
        ("HYQA_WEB_URL", "invest.example.org"),
        ("HYQA_WEB_URL", "ftp://invest.example.org"),
        ("HYQA_WEB_URL", "https://invest.example.org/page"),
        ("HYQA_WEB_URL", "https://me:secret@invest.example.org"),
        ("HYQA_WEB_URL", "https://invest.example.org:x"),
        ("HYQA_WEB_HOSTS", "a.example:80"),
        ("HYQA_WEB_PROXIES", "*"),
        ("HYQA_RETENTION_DAYS", "0"),
    ],
)
def test_what_is_malformed_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        Settings.from_environment({name: value})


def test_no_secret_is_shown() -> None:
    assert "word" not in repr(Settings(database_url="postgresql://user:word@host/name"))


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Localhost:8080", "localhost"),
        ("[::1]:80", "[::1]"),
        ("a.example.", "a.example"),
        ("a.example:80:80", ""),
        ("a.example/x", ""),
        ("", ""),
        ("a b", ""),
    ],
)
def test_the_name_in_a_host_header(header: str, name: str) -> None:
    assert host_of(header) == name
