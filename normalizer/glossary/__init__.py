"""The glossary: entries as curators write them, read strictly and with positions."""
