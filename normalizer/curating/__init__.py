"""Keeping the glossary: checks that need the compiled surfaces, and the examples."""
