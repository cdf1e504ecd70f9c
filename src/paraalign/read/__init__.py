"""Turn bytes into a text, its clean view and its blocks."""
