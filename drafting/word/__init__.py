"""The draft as a Word file: what leaves the program, with its provenance as native footnotes.

Importing this package is cheap; python-docx is imported when a file is made.
"""

from drafting.word.export import ExportReport, PageSize, docx_bytes, export_docx

__all__ = ["ExportReport", "PageSize", "docx_bytes", "export_docx"]
