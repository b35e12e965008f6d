"""Short names of reports written out as a declaration has them, and marks of the source that no draft may carry.

A report explains "UNODC" and "Organized Crime Convention" once, near its beginning; a clause stands alone. Each full
name is one that the documents themselves use. Regions and references are not known here.
"""

from __future__ import annotations

import re

_OFFICE = "United Nations Office on Drugs and Crime"
_TRANSNATIONAL = "United Nations Convention against Transnational Organized Crime"
_CORRUPTION = "United Nations Convention against Corruption"

NAMES: tuple[tuple[str, str], ...] = (
    (r"(?<!against Transnational )(?<!Transnational )\bOrganized Crime Convention\b", _TRANSNATIONAL),
    (r"(?<!United Nations )\bConvention against Corruption\b", _CORRUPTION),
    (
        r"(?<!\()\bTrafficking in Persons Protocol\b",
        "Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children",
    ),
    (r"(?<!\()\bMigrants Protocol\b", "Protocol against the Smuggling of Migrants by Land, Sea and Air"),
    (
        r"(?<!\()\bILANUD\b",
        "the Latin American Institute for the Prevention of Crime and the Treatment of Offenders",
    ),
    (r"\b2030 Agenda\b(?! (?:for|on))", "2030 Agenda for Sustainable Development"),
)
"""What a short name looks like, and the name in full."""

_UNODC = re.compile(r"(?<!\()\b(?P<article>[Tt]he )?UNODC\b(?P<noun> (?!in\b|on\b|to\b|and\b|or\b|for\b)[A-Za-z]+)?")
_SUPERSCRIPTS = re.compile("[\u00b9\u00b2\u00b3\u2070-\u207f]+")
_BRACKETED_MARK = re.compile(r"(?<=\w)\[\d{1,3}\]|\s?\*+(?=[\s.,;:]|$)")


def without_marks(text: str) -> str:
    """Return a text without footnote marks, on one line, its spaces single."""
    bare = _BRACKETED_MARK.sub("", _SUPERSCRIPTS.sub("", text))
    return " ".join(bare.split())


def in_full(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text with short names written out, and those names.

    Args:
        text: Wording that is to stand alone.
    """
    written: list[str] = []
    for pattern, full in NAMES:
        text, count = re.subn(pattern, full, text)
        if count:
            written.append(full)
    text, count = _UNODC.subn(_office, text)
    if count:
        written.append(_OFFICE)
    return text, tuple(written)


def _office(found: re.Match[str]) -> str:
    following = (found["noun"] or "").strip()
    names_a_thing = following[:1].isupper() or following in {"tools", "support", "programmes"}
    article = found["article"] or ("" if names_a_thing else "the ")
    return f"{article}{_OFFICE}{found['noun'] or ''}"
