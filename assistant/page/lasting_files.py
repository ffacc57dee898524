"""Files whose address names their content: browsers keep them, and they are compressed once."""

import gzip
import os
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

KEPT = {"Cache-Control": "private, max-age=31536000, immutable"}
_MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_MOST_COMPRESSED = 128  # files; a page needs some sixty


class LastingFiles(StaticFiles):
    """A folder whose files change their names with their content, or are asked for with `?v=`."""

    def __init__(self, directory: Path, *, names_change: bool) -> None:
        super().__init__(directory=directory)
        self._names_change = names_change

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return a file, compressed for whoever takes that."""
        headers, path = Headers(scope=scope), Path(full_path)
        is_taken = "gzip" in headers.get("accept-encoding", "") and "range" not in headers
        if is_taken and path.suffix in _MEDIA_TYPES:
            content = _compressed(path, stat_result.st_mtime_ns)
            response = Response(content, media_type=_MEDIA_TYPES[path.suffix])
            response.headers["Content-Encoding"] = "gzip"
        else:
            response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Vary"] = "Accept-Encoding"
        if self._names_change or scope["query_string"].startswith(b"v="):
            response.headers.update(KEPT)
        return response


@lru_cache(maxsize=_MOST_COMPRESSED)
def _compressed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)
