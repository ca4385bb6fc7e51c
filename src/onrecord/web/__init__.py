"""The server: pages for reading, checking and correcting; on this machine only, or for those who have a password.

`app(archive, site)` is the ASGI application, `serve(archive, place)` runs it. Only the commands that serve import this.
"""

from onrecord.web.app import app
from onrecord.web.server import serve
from onrecord.web.site import Place, Site

__all__ = ["Place", "Site", "app", "serve"]
