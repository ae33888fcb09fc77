"""LlamaIndex: a vector index and a BM25 retriever, fused by reciprocal ranks."""

from collections.abc import Sequence

from llama_index.core import VectorStoreIndex
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import Document, MetadataMode, TextNode
from llama_index.retrievers.bm25 import BM25Retriever
from pydantic import PrivateAttr

from benchmarks.peers.contest import CHINESE_PAIRS, TOP_K, Corpus, Passage
from hyqa.models import Encoder

_ORDINARY_PATTERN = r"(?u)\b\w\w+\b"


class _Embedding(BaseEmbedding):  # type: ignore[misc]
    """Our encoder as LlamaIndex takes one."""

    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(model_name=encoder.name, embed_batch_size=1000)
        self._encoder = encoder

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._encoder.encode_queries([query])[0].tolist()  # type: ignore[no-any-return]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._encoder.encode_passages(texts).tolist()  # type: ignore[no-any-return]


class LlamaIndex:
    """Both retrievers over the same nodes."""

    def __init__(self, nodes: list[TextNode], encoder: Encoder, pattern: str) -> None:
        index = VectorStoreIndex(nodes, embed_model=_Embedding(encoder))
        keyword = BM25Retriever.from_defaults(
            nodes=nodes,
            similarity_top_k=TOP_K,
            token_pattern=pattern,
            skip_stemming=pattern != _ORDINARY_PATTERN,
        )
        self._retriever = QueryFusionRetriever(
            [index.as_retriever(similarity_top_k=TOP_K), keyword],
            llm=MockLLM(),
            mode="reciprocal_rerank",
            num_queries=1,
            similarity_top_k=TOP_K,
            use_async=False,
        )

    def search(self, question: str) -> Sequence[Passage]:
        """Nodes, best first."""
        return [
            Passage(found.node.metadata["id"], found.node.get_content(MetadataMode.NONE))
            for found in self._retriever.retrieve(question)
        ]


def ordinary(corpus: Corpus, encoder: Encoder) -> LlamaIndex:
    """Its own sentence splitter and token pattern, as they come."""
    documents = [_document(one) for one in corpus.documents]
    nodes = SentenceSplitter().get_nodes_from_documents(documents)
    return LlamaIndex(nodes, encoder, _ORDINARY_PATTERN)


def chinese(corpus: Corpus, encoder: Encoder) -> LlamaIndex:
    """Our passages, and pairs of characters for the keyword half."""
    nodes = [
        TextNode(text=one.text, metadata={"id": one.document_id}, **_HIDDEN)
        for one in corpus.passages
    ]
    return LlamaIndex(nodes, encoder, CHINESE_PAIRS)


_HIDDEN = {"excluded_embed_metadata_keys": ["id"], "excluded_llm_metadata_keys": ["id"]}


def _document(one: Passage) -> Document:
    return Document(text=one.text, metadata={"id": one.document_id}, **_HIDDEN)
