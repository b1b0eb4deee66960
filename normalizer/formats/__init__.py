"""Formats: bytes of a file in, its text fields out, edits back in.

A format is a module with ``ENDINGS``, ``read`` and ``render``; ``registry`` lists
them. ``pieces`` has the types that they share, ``documents`` normalizes, undoes
and verifies what they read, ``files`` and ``log_file`` write.
"""
