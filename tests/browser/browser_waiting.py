"""Playwright's `expect`, which looks again until a thing is so.

What is read at once after a click may be the page before, or half of the next: a loaded machine shows it.
"""

from __future__ import annotations

try:
    from playwright.sync_api import expect
except ImportError:  # the fixture `browser` says so, or skips
    pass
else:
    expect.set_options(timeout=20_000)

__all__ = ["expect"]
