"""Document to Annotations: an ordered table of pure stages."""
