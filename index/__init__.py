"""Retrieval: encoder, vector store, lexical index and their fusion."""
