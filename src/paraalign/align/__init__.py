"""Link what corresponds: clauses, then sentences inside them, then words."""
