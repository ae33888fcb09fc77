"""Source lines lead to the page that marks the quote, where there is one."""

from dataclasses import replace

import pytest
from corpus import QUESTION

from bot.languages import Tongue
from bot.rendering.answers import render, render_passages
from bot.rendering.markup import units
from bot.rendering.quoting import LIMIT
from bot.rendering.sources import place
from hyqa import Engine

SITE = "https://invest.example.org"


def test_a_source_line_links_to_its_quotes_on_the_page(engine: Engine) -> None:
    answer = engine.ask(QUESTION)
    [message, *_] = render(answer, Tongue.SIMPLIFIED, site=SITE)
    first = answer.quotes[0]
    spans = f"{first.start}-{first.end}"
    assert f'href="{SITE}/d/{first.citation.document_id}?q={spans}' in message
    assert message.count("#q") >= 1
    for text in render(answer, Tongue.SIMPLIFIED):
        assert SITE not in text


def test_where_telegram_takes_no_link_to_the_page_the_original_is_linked(engine: Engine) -> None:
    answer = engine.ask(QUESTION)
    assert render(answer, Tongue.SIMPLIFIED, site="http://localhost:8080") == render(
        answer, Tongue.SIMPLIFIED
    )


@pytest.mark.parametrize("count", [1, 40])
def test_many_quotes_make_no_endless_link_and_any_name_is_escaped(
    engine: Engine, count: int
) -> None:
    quote = engine.ask(QUESTION).quotes[0]
    citation = replace(quote.citation, document_id='a b/"<>&?#.md')
    quotes = [replace(quote, citation=citation)] * count
    address = place(SITE, citation.document_id, quotes)
    assert address.count("-") <= 8 and len(address) < 200
    assert "/d/a%20b/%22%3C%3E%26%3F%23.md?q=" in address
    for text in render_passages(quotes, Tongue.ENGLISH, site=SITE):
        assert units(text) <= LIMIT
