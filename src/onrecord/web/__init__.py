"""The local server: pages for reading and searching."""
