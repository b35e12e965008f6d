"""The rules of suggested wording by name: what each does, in one line, and a sentence of the documents it applies to.

`docs/phrasing.md` is made from this table, and a test applies every rule to its example.
"""

from __future__ import annotations

RULES: dict[str, str] = {
    "reported": "“The Meeting noted X” becomes “We note X”: the verb is kept, the person and the tense change.",
    "impersonal report": "“It was noted that X” becomes “We note that X”.",
    "passive report": "“X was noted” becomes “We note X”.",
    "concern was expressed": "“Concern was expressed about X” becomes “We express concern about X”.",
    "States were encouraged": "“States were encouraged to X” becomes “We encourage Member States to X”.",
    "participle and report": "“Recognizing X, the Meeting recommended Y” becomes “We recognize X, and recommend Y”.",
    "should without a report": "“X should Y” becomes “We recommend that X Y”; flagged, as nobody is said to say it.",
    "item": "An item “Do X” becomes “We endeavour to do X”, or “Calls upon Member States to do X”.",
    "item with a lead": "“Building on X, do Y” becomes “Building on X, we endeavour to do Y”.",
    "gerund item": "An item “Doing X” is read as “Do X”.",
    "operative item": "An item that is an operative verb keeps it: “Invite States” becomes “We invite Member States”.",
    "hidden addressee": "“Assist Member States” cannot be a promise of States: the Office is requested, in brackets.",
    "own words": "“We urge X” stays as it is; a resolution has “Urges X”.",
    "addressee": "“recommended that States do X” calls upon States, requests the Office, invites others.",
    "be encouraged": "“recommended that States be encouraged to X” becomes “encourage Member States to X”.",
    "noun of action": "“recommended the adoption of X” becomes “call upon Member States to adopt X”.",
    "recommend that": "Without anybody to act, “recommended that X be done” stays “recommend that X be done”.",
    "present tense": "Reported speech goes back into the present: “that X was” becomes “that X is”.",
    "one region": "“in the region” is left out or made general; flagged, since the scope is wider than cited.",
    "such": "An opening “Such strategies” says which, in brackets, by the words of the sentence before.",
    "full names": "Short names are written out: “UNODC”, “Organized Crime Convention”.",
    "joining words": "“In that regard”, “therefore”, “however” are left out.",
}
"""Name of each rule and what it does."""
