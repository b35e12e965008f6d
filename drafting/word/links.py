"""Addresses that a part of the Word file links to, each with one relationship however often it is linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE

from drafting.word.ooxml import hyperlink, run

if TYPE_CHECKING:
    from docx.opc.part import Part
    from docx.oxml.xmlchemy import BaseOxmlElement


class Links:
    """The links of one part."""

    def __init__(self, part: Part, prefix: str) -> None:
        """Prepare links.

        Args:
            part: The part that they stand in.
            prefix: How the ids of its relationships begin; no other relationship of the part has such ids. They are
                numbered here, for python-docx scans them all to find a free one.
        """
        self._part = part
        self._prefix = prefix
        self._relationships: dict[str, str] = {}

    def link(self, text: str, url: str) -> BaseOxmlElement:
        """Return a link, or a plain run when there is no address."""
        if not url:
            return run(text)
        if url not in self._relationships:
            identifier = f"{self._prefix}{len(self._relationships) + 1}"
            self._part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, url, identifier, is_external=True)
            self._relationships[url] = identifier
        return hyperlink(self._relationships[url], text)
