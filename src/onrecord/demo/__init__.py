"""The packaged fictional corpus with its truth."""
