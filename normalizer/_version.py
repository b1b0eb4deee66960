"""The version, once: packaging, ``normalizer --version`` and the log all read it here."""

__version__ = "0.1.0"
