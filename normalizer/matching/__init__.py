"""Finding the glossary's surfaces in a text: what they are, and two engines that agree."""
