"""Turn words into vectors whose likeness is likeness of meaning, in any language."""
