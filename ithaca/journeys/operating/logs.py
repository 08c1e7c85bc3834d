"""Logs carry route names, never paths, queries, bodies or addresses."""

import logging


class RouteOnly(logging.Filter):
    """Replace what Django says of a request (its path) by the name of its route."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            status = getattr(record, "status_code", "")
            record.msg, record.args = "%s %s", (match.view_name if match else "no route", status)
        return True
