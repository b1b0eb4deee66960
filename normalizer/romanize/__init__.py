"""Romanization: names in their own script to Latin letters, by schemes that are data."""
