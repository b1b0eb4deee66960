"""Unlisted spellings: names in a text that are probably a known entry, spelled as nobody listed."""
