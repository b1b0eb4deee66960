"""Deciding what becomes of each match, rewriting, and the result with its account."""
