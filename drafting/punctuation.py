"""The mark that closes a paragraph, set by where the paragraph stands.

Clauses are moved, so a draft does not store the comma of a preambular paragraph or the full stop of the last operative
one: they are put on when the draft is laid out. Only what closes a text is touched, never what stands inside it. This
module does not know which mark belongs where.
"""

from __future__ import annotations

COMMA, SEMICOLON, FULL_STOP, COLON = ",", ";", ".", ":"

_SPACE_AND_SOFT = " \t\u00a0,;،؛，；"
_SPACE_AND_STOPS = _SPACE_AND_SOFT + "."
_JOINING_WORDS = (" and/or", " and", " or")
_ENDING_IN_STOPS = ("etc.", "et al.", "...", "…")
_FINAL_ALREADY = ("?", "!", "؟", "？", "！", "。", "۔")
_INTRODUCING = (":", "：", "—", "–")
_CLOSING_QUOTES = ("”", "’", '"', "'", "»")


def close(text: str, mark: str) -> str:
    """Return the text closed by a mark, in place of the comma, semicolon, full stop or "; and" it ends with.

    A question keeps its question mark, and a colon or dash stays, for it introduces what follows. The mark goes outside
    closing brackets and quotation marks; a full stop is not doubled where a quoted sentence ends with its own.

    Args:
        text: One paragraph.
        mark: `COMMA`, `SEMICOLON`, `FULL_STOP` or `COLON`.
    """
    stem = _stem(text)
    if not stem:
        return text
    if stem.endswith(_FINAL_ALREADY + _INTRODUCING):
        return stem
    if mark == FULL_STOP and (stem.endswith(_ENDING_IN_STOPS) or _ends_a_sentence_inside(stem)):
        return stem
    if stem.endswith("]") and not stem[:-1].endswith(_ENDING_IN_STOPS):
        stem = stem[:-1].rstrip(_SPACE_AND_STOPS) + "]"
    return stem + mark


def joins_the_next(text: str) -> bool:
    """Tell whether a text ends in "; and" or the like, as the last but one of a list may."""
    return _without_joining_word(text.rstrip(_SPACE_AND_STOPS)) is not None


def _stem(text: str) -> str:
    """Return the text without what closes it."""
    while True:
        soft = text.rstrip(_SPACE_AND_SOFT)
        soft = _without_joining_word(soft) or soft
        if soft.endswith(_FINAL_ALREADY + _INTRODUCING + _ENDING_IN_STOPS):
            return soft
        shorter = soft.rstrip(_SPACE_AND_STOPS)
        if shorter == text:
            return text
        text = shorter


def _without_joining_word(text: str) -> str | None:
    """Return the text up to "; and", or None when it does not end so."""
    for word in _JOINING_WORDS:
        head = text.removesuffix(word)
        if head != text and head.rstrip().endswith((",", ";")):
            return head
    return None


def _ends_a_sentence_inside(text: str) -> bool:
    """Tell whether a text ends with a whole sentence in quotation marks or brackets."""
    if not text[:-1].endswith((FULL_STOP, *_FINAL_ALREADY)):
        return False
    return text.endswith((*_CLOSING_QUOTES, "]")) or (text.startswith("(") and text.endswith(")"))
