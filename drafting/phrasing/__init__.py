"""Suggested wording: a cited sentence turned, by documented rules, into a clause of a declaration or resolution."""
