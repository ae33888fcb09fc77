"""Haystack: the in-memory store's two retrievers, joined by reciprocal ranks."""

from collections.abc import Sequence
from dataclasses import replace

from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore

from benchmarks.peers.contest import CHINESE_PAIRS, TOP_K, Corpus, Passage
from hyqa.models import Encoder


class Haystack:
    """Both retrievers over the same documents."""

    def __init__(
        self, documents: list[Document], encoder: Encoder, store: InMemoryDocumentStore
    ) -> None:
        vectors = encoder.encode_passages([one.content for one in documents])
        store.write_documents(
            [
                replace(one, embedding=vector.tolist())
                for one, vector in zip(documents, vectors, strict=True)
            ]
        )
        self._encoder = encoder
        self._keyword = InMemoryBM25Retriever(store, top_k=TOP_K)
        self._dense = InMemoryEmbeddingRetriever(store, top_k=TOP_K)
        self._joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=TOP_K)

    def search(self, question: str) -> Sequence[Passage]:
        """Documents of the store, best first."""
        vector = self._encoder.encode_queries([question])[0].tolist()
        found = [
            self._keyword.run(query=question)["documents"],
            self._dense.run(query_embedding=vector)["documents"],
        ]
        joined = self._joiner.run(documents=found)["documents"]
        return [Passage(one.meta["of"], one.content) for one in joined]


def ordinary(corpus: Corpus, encoder: Encoder) -> Haystack:
    """Its own splitter and tokens, as they come."""
    splitter = DocumentSplitter()
    whole = [Document(content=one.text, meta={"of": one.document_id}) for one in corpus.documents]
    documents = splitter.run(documents=whole)["documents"]
    return Haystack(documents, encoder, InMemoryDocumentStore(shared=False))


def chinese(corpus: Corpus, encoder: Encoder) -> Haystack:
    """Our passages, and pairs of characters for the keyword half."""
    documents = [
        Document(id=str(row), content=one.text, meta={"of": one.document_id})
        for row, one in enumerate(corpus.passages)
    ]
    store = InMemoryDocumentStore(bm25_tokenization_regex=CHINESE_PAIRS, shared=False)
    return Haystack(documents, encoder, store)
