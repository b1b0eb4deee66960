"""Characters and tokens: what every other part agrees on. Imports nothing of the package."""
