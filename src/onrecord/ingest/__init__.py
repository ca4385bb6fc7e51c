"""Bytes to Capture to Document, a file a format; the only way in."""
