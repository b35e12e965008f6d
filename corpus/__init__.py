"""The documents: what they say, where they say it, and with what authority."""

from corpus.load import Description, load_corpus, read_descriptions, read_source
from corpus.provenance import corpus_digest, identical_passages, passage_json

__all__ = [
    "Description",
    "corpus_digest",
    "identical_passages",
    "load_corpus",
    "passage_json",
    "read_descriptions",
    "read_source",
]
