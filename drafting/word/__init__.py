"""The draft as a Word file: what leaves the program, with its provenance as native footnotes.

Importing this package is cheap; python-docx is imported when a file is made.
"""

from drafting.word.export import ExportReport, docx_bytes, export_docx
from drafting.word.options import Copy, PageSize, Since

__all__ = ["Copy", "ExportReport", "PageSize", "Since", "docx_bytes", "export_docx"]
