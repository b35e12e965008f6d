"""Suggested wording for a cited sentence: the rules in their order.

Every word of a suggestion comes from the sentence, from a rule's fixed frame, or, in square brackets, from what stands
before the sentence in the same passage. What no rule recognizes is declined with its reason. This module is the only
one that sees the whole; it knows nothing of screens and drafts.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.model import Kind, Passage, Standing
from corpus.sentences import sentences
from drafting.characters import printable
from drafting.openers import preambular_opener
from drafting.phrasing.acts import Act, Wording
from drafting.phrasing.addressees import member_states, recommendation
from drafting.phrasing.items import item_of
from drafting.phrasing.names import in_full, without_marks
from drafting.phrasing.reach import anchored, unresolved, without_references, without_region
from drafting.phrasing.reports import SHOULD, Report, Said, left_out, not_everyone, report_of
from drafting.phrasing.suggestion import Flag, FlagKind, Suggestion, declined
from drafting.phrasing.tense import to_present
from drafting.phrasing.verbs import (
    BY_PAST,
    BY_THIRD_PERSON,
    KEPT_ADVERBS,
    SAME,
    SUBSTITUTED,
    THIRD_PERSON,
    WITH_ADDRESSEE,
)

_OWN = re.compile(r"We (?P<adverb>(?:also |further |strongly )*)(?P<verb>[a-z]+)(?P<rest>,? .+)$", re.DOTALL)
_OWN_FURTHER = re.compile(
    rf",? and (?P<adverb>(?:also |further )?)(?P<verb>{'|'.join(sorted(SAME, key=len, reverse=True))})"
    r" (?=Member States|that |the need )"
)
_PARAGRAPH = re.compile(
    rf"(?P<adverb>(?:Also |Further |Strongly )*)(?P<verb>{THIRD_PERSON})"
    r" (?!(?:for|from|by|and|or|in|were|was|is|are|should) )(?P<rest>.+)$",
    re.DOTALL | re.IGNORECASE,
)
_NOTHING = "It reports nothing that the Meeting did, and is no item in the imperative."
_CLOSING = " \t.;:,"
_JOINED = re.compile(r"(?:; and|, and|; or|;)\s*$")
_LISTED = re.compile(r";(?: and| or)?\s*$")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))
_LONGEST = 8_000  # characters; a paragraph of a report has at most 2,500
_LEADS = {"Commenting on": "with regard to", "When discussing": "with regard to", "When considering": "with regard to"}


def suggest(text: str, context: str = "") -> Suggestion:
    """Return suggested wording for one sentence.

    Args:
        text: The cited sentence, verbatim; of several, the first that does something is worded.
        context: What stands before it in its passage; empty when it is not known.
    """
    bare = without_marks(printable(text).line)
    if not bare:
        return declined(text, "There are no words.")
    if len(bare) > _LONGEST:
        return declined(text, "It is too long for one clause.")
    tried: list[Suggestion] = []
    said = sentences(bare)
    for at, sentence in enumerate(said):
        made = _of_sentence(sentence, text, " ".join([context, *said[:at]]).strip())
        if not made.declined:
            return _with_left_out(made, len(said))
        tried.append(made)
    return tried[0]


def suggestions(passage: Passage) -> tuple[Suggestion, ...]:
    """Return suggested wording for each sentence of a passage, in order; the declined ones too.

    A passage that asks or stands in a preamble is not reworded at all: its one suggestion is declined.

    Args:
        passage: The passage.
    """
    if passage.kind is Kind.PREAMBULAR:
        return (declined(passage.text, "It is worded as a preambular paragraph already."),)
    if passage.standing is Standing.GUIDE:
        return (declined(passage.text, "The discussion guide recommends nothing: it prepares the discussion."),)
    if passage.kind is Kind.PROCEDURAL:
        return (declined(passage.text, "It reports procedure, not substance."),)
    if passage.kind is Kind.QUESTION:
        return (declined(passage.text, "It asks, and recommends nothing."),)
    said = sentences(passage.text)
    return tuple(suggest(sentence, " ".join(said[:at])) for at, sentence in enumerate(said))


def _of_sentence(sentence: str, source: str, context: str) -> Suggestion:
    stem = _stem(sentence)
    obstacle = _obstacle(stem, sentence)
    if obstacle:
        return declined(source, obstacle)
    own, report = _OWN.match(stem), report_of(stem)
    if own:
        return _own_words(own, source)
    if report:
        return _of_report(report, stem, source, context)
    paragraph = _PARAGRAPH.match(stem)
    if paragraph and stem[:1].isupper():
        act = Act(BY_THIRD_PERSON[paragraph["verb"].lower()], paragraph["rest"], paragraph["adverb"].lower().strip())
        return _checked(Wording((act,)), ("operative paragraph",), (), source)
    item = item_of(stem, listed=_LISTED.search(sentence) is not None)
    if item:
        return _finish(item.wording, (item.rule,), item.flags, source, context, reported=False)
    return declined(source, _NOTHING)


def _obstacle(stem: str, sentence: str) -> str:
    """Return why a sentence cannot be worded, before any rule looks at it; empty when nothing stands in the way."""
    if sentence.rstrip().endswith("?"):
        return "It asks, and recommends nothing."
    if any(stem.count(opening) != stem.count(closing) for opening, closing in _PAIRS):
        return "A bracket or quotation mark is open: the sentence is not whole."
    some, situation = not_everyone(stem), unresolved(stem)
    if some:
        return f"“{some}”: not everyone said it, so “we” would overstate it."
    if situation:
        return f"“{situation}” points to what was said before, which only a drafter can put into words."
    if (
        preambular_opener(stem)
        and not report_of(stem)
        and not item_of(stem, listed=_LISTED.search(sentence) is not None)
    ):
        return "It is worded as a preambular paragraph already."
    return ""


def _of_report(report: Report, stem: str, source: str, context: str) -> Suggestion:
    rules, flags = [report.rule], list(_voice(report))
    acts: list[Act] = []
    if re.match(r"(?:In (?:that|this) |Moreover|Furthermore|However|Therefore|In addition|Accordingly)", stem):
        rules.append("joining words")
    if left_out(stem):
        flags.append(Flag(FlagKind.LEFT_OUT, "What the sentence adds of another kind at its end is left out."))
    for said in report.said:
        more_acts, more_rules, more_flags = _acts(report, said)
        acts += more_acts
        rules += more_rules
        flags += more_flags
    if not acts[-1].rest.strip(" ,"):
        return declined(source, "Nothing stands behind its verb.")
    lead = report.lead
    for old, new in _LEADS.items():
        if lead.startswith(old):
            lead = new + lead.removeprefix(old)
            rules.append("opening words")
    wording = Wording(tuple(acts), lead[:1].lower() + lead[1:])
    return _finish(wording, tuple(rules), tuple(flags), source, context, reported=True)


def _acts(report: Report, said: Said) -> tuple[tuple[Act, ...], list[str], list[Flag]]:
    if said.verb == "recommend" and said.rest:
        passive = report.rule == "passive report"
        if report.rule == SHOULD:
            rest = re.sub(r"\bshould (?P<adverb>(?:also |not |[a-z]+ly )?)", r"\g<adverb>", said.rest)
            return (Act("recommend", rest),), ["recommend that"], []
        addressed = recommendation(said.rest, said.adverbs, passive=passive)
        return (addressed.act, *addressed.then), list(addressed.rules), list(addressed.flags)
    adverb = " ".join(word for word in said.adverbs if word in KEPT_ADVERBS)
    after = "in particular " if "in particular" in said.adverbs else ""
    flags = []
    if said.past in SUBSTITUTED:
        flags.append(
            Flag(FlagKind.VERB, f"The report says “{said.past}”: “{said.verb}” is the nearest verb of a draft.")
        )
    verb, rest = said.verb, said.rest
    if said.past == "considered" and rest.startswith("that "):
        verb = "consider"
    if verb == "take note of" and rest.startswith("of "):
        rest = rest.removeprefix("of ")
    if verb in WITH_ADDRESSEE:
        rest = member_states(rest)
    return (Act(verb, after + rest, adverb),), [], flags


def _voice(report: Report) -> list[Flag]:
    if report.rule == SHOULD:
        return [Flag(FlagKind.VOICE, "The report does not say who recommends it, nor that anybody did.")]
    if report.who == "participants":
        return [Flag(FlagKind.VOICE, "“Participants” said it, not the Meeting: “we” assumes that all agree.")]
    if not report.who:
        return [Flag(FlagKind.VOICE, "The report names nobody: “we” assumes that all agree.")]
    return []


def _own_words(own: re.Match[str], source: str) -> Suggestion:
    verb = own["verb"]
    if verb not in {base.split(" ")[0] for base in BY_PAST.values()}:
        return declined(source, "“We” is not followed by a verb of a declaration.")
    adverb, rest, acts = own["adverb"].strip(), own["rest"].strip(), []
    made = _checked(Wording((Act(verb, rest, adverb),)), ("own words",), (), source)
    while further := _OWN_FURTHER.search(rest):
        acts.append(Act(verb, rest[: further.start()], adverb))
        verb, adverb, rest = further["verb"], further["adverb"].strip(), rest[further.end() :].strip()
    several = _checked(Wording((*acts, Act(verb, rest, adverb))), ("own words",), (), source)
    # Only a resolution has another form for each verb.
    return made if made.declined or several.declined else replace(made, resolution=several.resolution)


def _finish(
    wording: Wording, rules: tuple[str, ...], flags: tuple[Flag, ...], source: str, context: str, *, reported: bool
) -> Suggestion:
    """Apply what is done to every sentence: tense, region, references, names."""
    all_rules, all_flags = list(rules), list(flags)
    acts: list[Act] = []
    for act in wording.acts:
        rest = act.rest
        if reported:
            present, doubtful = to_present(rest)
            if present != rest:
                all_rules.append("present tense")
            if doubtful:
                all_flags.append(Flag(FlagKind.TENSE, f"Check the tense of “{'”, “'.join(doubtful)}”."))
            rest = present
        before = " ".join(earlier.rest for earlier in acts)
        acts.append(replace(act, rest=_reach(rest, context, all_rules, all_flags, before)))
    aside = wording.aside
    if aside:
        aside = to_present(aside)[0] if reported else aside
        aside = _reach(aside, context, all_rules, all_flags)
    return _checked(replace(wording, acts=tuple(acts), aside=aside), tuple(all_rules), tuple(all_flags), source)


def _reach(text: str, context: str, rules: list[str], flags: list[Flag], before: str = "") -> str:
    bare, reference_flags = without_references(text)
    if reference_flags:
        rules.append("references")
    flags += reference_flags
    general, region_flags = without_region(bare)
    if region_flags:
        rules.append("one region")
    flags += region_flags
    pointed, such_flags = anchored(general, context, before)
    if pointed != general:
        rules.append("such")
    flags += such_flags
    full, names = in_full(pointed)
    if names:
        rules.append("full names")
        flags += [Flag(FlagKind.NAME, f"Written out: {name}.") for name in names]
    return full


def _checked(wording: Wording, rules: tuple[str, ...], flags: tuple[Flag, ...], source: str) -> Suggestion:
    declaration, resolution = wording.declaration(), wording.resolution()
    for opening, closing in _PAIRS:
        if any(made.count(opening) != made.count(closing) for made in (declaration, resolution)):
            return declined(source, "A bracket or quotation mark would stay open.")
    congress = re.search(r"\b[A-Z][a-z]+th (?:United Nations |Crime )?Congress\b", declaration)
    if congress:
        flags = (*flags, Flag(FlagKind.REFERS_BACK, f"“{congress.group()}” is the one that the report prepared."))
    elsewhere = re.search(r"\b(?:below|above(?! all\b)|the present (?:declaration|report))\b", declaration)
    if elsewhere:
        text = f"“{elsewhere.group()}” points to something else in the report: say what."
        flags = (*flags, Flag(FlagKind.REFERS_BACK, text))
    if re.search(r"\b(?:the|this) Meeting\b", declaration):
        flags = (*flags, Flag(FlagKind.REFERS_BACK, "“the Meeting” is the one that the report is of: say which."))
    return Suggestion(declaration, resolution, tuple(dict.fromkeys(flags)), tuple(dict.fromkeys(rules)), source)


def _with_left_out(made: Suggestion, count: int) -> Suggestion:
    if count == 1:
        return made
    text = f"Only one of {count} sentences is worded; the others are left out."
    return replace(made, flags=(*made.flags, Flag(FlagKind.LEFT_OUT, text)))


def _stem(sentence: str) -> str:
    """Return a sentence without the mark that closes it."""
    ended = _JOINED.sub("", sentence.strip())
    if ended.endswith(("etc.", "et al.")):
        return ended
    return ended.rstrip(_CLOSING)
