"""Say what the words of one language translate to in another."""
