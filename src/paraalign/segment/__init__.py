"""Cut a text into clauses, sentences and words."""
