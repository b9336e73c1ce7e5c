"""The web app's own files. Unknown addresses get its page, which routes by itself."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

IMMUTABLE = "public, max-age=31536000, immutable"


class HashedFiles(StaticFiles):
    """Files whose names hold their content's hash: kept by the browser for good."""

    def file_response(self, *arguments: object, **options: object) -> Response:
        """As the parent's, cached for a year."""
        response = super().file_response(*arguments, **options)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = IMMUTABLE
        return response


def add_pages(app: FastAPI, folder: Path) -> None:
    """Serve the built web app from ``folder``."""
    app.mount("/assets", HashedFiles(directory=folder / "assets"), name="assets")

    @app.get("/{path:path}", include_in_schema=False)
    def page(path: str) -> FileResponse:
        """The page of the web app, or one of the few files beside it."""
        if path.startswith(("api/", "media/")):
            raise HTTPException(404)
        file = folder / path
        if path and file.is_file() and file.parent == folder:
            return FileResponse(file)
        return FileResponse(folder / "index.html", headers={"Cache-Control": "no-cache"})
