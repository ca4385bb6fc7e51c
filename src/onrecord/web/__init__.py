"""The local server: pages for reading and searching, on this machine only.

`app(archive, hosts)` is the ASGI application, `serve(archive, …)` runs it. Only the commands that serve import this.
"""

from onrecord.web.app import app
from onrecord.web.server import serve

__all__ = ["app", "serve"]
