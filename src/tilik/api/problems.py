"""Errors on the wire: one table from the error tree to problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from email.utils import format_datetime
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError, OperationalError
from starlette.exceptions import HTTPException

from tilik.access.attempts import TooManyAttempts
from tilik.access.guard import NotSignedIn
from tilik.api.headers import HEADERS
from tilik.api.messages import message
from tilik.kernel import Conflict, Invalid, Missing, Refused, TilikError, Unavailable, from_text
from tilik.study.accepting import AnswersRefused

STATUS: tuple[tuple[type[TilikError], int], ...] = (
    (NotSignedIn, 401),
    (TooManyAttempts, 429),
    (Invalid, 422),
    (Refused, 403),
    (Missing, 404),
    (Conflict, 409),
    (Unavailable, 503),
)
"""The first class that fits decides."""

logger = logging.getLogger("tilik.api")


def problem(status: int, code: str, fallback: str, **more: Any) -> JSONResponse:
    """A problem+json answer."""
    body = {"status": status, "code": code, "message": message(code, fallback), **more}
    headers = {**HEADERS, "Cache-Control": "no-store"}  # a surprise is answered outside all middleware
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def add_problems(app: FastAPI) -> None:
    """Answer every error of this application as problem+json."""
    app.add_exception_handler(TilikError, _of_tilik)
    app.add_exception_handler(RequestValidationError, _of_request)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(DataError, _of_value)
    app.add_exception_handler(UnicodeEncodeError, _of_value)
    app.add_exception_handler(OperationalError, _of_database)
    app.add_exception_handler(Exception, _of_surprise)


def _of_tilik(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, TilikError)
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    more: dict[str, Any] = {"where": error.where, "mend": None}
    if isinstance(error, AnswersRefused):
        more["problems"] = [
            {"code": p.code, "question": p.question, "message": p.text.model_dump()} for p in error.problems
        ]
    if isinstance(error, TooManyAttempts):
        answer = problem(status, error.code, error.message, **more, retry_at=error.until)
        answer.headers["Retry-After"] = format_datetime(from_text(error.until), usegmt=True)
        return answer
    return problem(status, error.code, error.message, **more)


def _of_request(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return problem(422, "invalid-request", first["msg"], where=where, mend=None)


def _of_http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = "not-found" if error.status_code == 404 else "invalid-request"
    return problem(error.status_code, code, str(error.detail), where="", mend=None)


def _of_value(_request: Request, _error: Exception) -> JSONResponse:
    # JSON can say NUL and half a character; PostgreSQL keeps no NUL, and nothing keeps half a character.
    return problem(422, "invalid-request", "the database cannot hold a value", where="", mend=None)


def _of_database(request: Request, error: Exception) -> JSONResponse:
    logger.error("%s %s: the database does not answer", request.method, request.url.path, exc_info=error)
    return problem(503, "database-unreachable", "the database does not answer", where="", mend=None)


def _of_surprise(request: Request, error: Exception) -> JSONResponse:
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(500, "unexpected", "unexpected", where="", mend=None)
