"""The addresses of originals that come along."""

from pathlib import Path

from hyqa.maintenance.sources.comparing import compare
from hyqa.maintenance.sources.listing import read_listing
from hyqa.parsing import read_corpus
from hyqa.types import Document, Form

CORPUS = Path(__file__).parents[2] / "docs_corpus"


def test_each_address_is_that_of_its_digests() -> None:
    documents = {one.id: one for one in read_corpus(CORPUS) if isinstance(one, Document)}
    listing = read_listing(CORPUS)
    assert len(listing) > 50
    for source in listing:
        assert source.original_of, source.name
        for name in source.original_of:
            meta = documents[name].meta
            assert (meta.form, meta.url) == (Form.DIGEST, source.url), name
    own = [name for source in listing for name in source.original_of]
    assert len(own) == len(set(own))


def test_reprints_are_listed_on_government_sites_only_and_third_parties_not_at_all() -> None:
    for source in read_listing(CORPUS):
        assert not source.reprint or source.host.endswith(".gov.cn"), source.name
        assert "第三方" not in source.publisher, source.name


def test_a_document_holds_all_that_it_says_itself() -> None:
    read = read_corpus(CORPUS, CORPUS / "incentives")
    for one in read:
        assert isinstance(one, Document)
        fields = [found for found in compare(one, one) if found.start >= 0]
        assert fields == [], one.id
