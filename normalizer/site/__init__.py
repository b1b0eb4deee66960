"""The published site: from entries and schemes to pages, by one hook of mkdocs."""
