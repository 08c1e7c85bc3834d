"""Logs carry route names, never paths, queries, bodies or addresses."""

import logging
import traceback
from types import TracebackType
from typing import TypeAlias

_ErrorInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class RouteOnly(logging.Filter):
    """Replace what Django says of a request (its path) by the name of its route."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            status = getattr(record, "status_code", "")
            record.msg, record.args = "%s %s", (match.view_name if match else "no route", status)
        return True


class Reticent(logging.Formatter):
    """Say where an error came from and of what kind it is, not its message: a database puts values into those."""

    def formatException(self, ei: _ErrorInfo) -> str:  # noqa: N802 - logging's name
        said: list[str] = []
        error = ei[1]
        while error is not None:
            said.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nwhile handling\n".join(said)
