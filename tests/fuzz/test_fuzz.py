"""Ten thousand odd requests give no 500, and what the API answers is what its description says.

schemathesis makes them from the OpenAPI description: values that fit it, and values that do not. `REQUESTS` are shared
out among the addresses; `make test-fuzz` says how many were sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

EACH = 260
"""Requests to each operation, at most: half of values that fit its description, half of others."""
REQUESTS = 10_000
odd = settings(max_examples=EACH // 2, deadline=None, suppress_health_check=list(HealthCheck), database=None)


def asked(schema: Any, mode: GenerationMode, sent: Counter[str], check: Callable[[Any, Any], None]) -> None:
    """Every operation of a description is asked with values of a kind; `check` looks at each answer."""
    for found in schema.get_all_operations():
        operation = found.ok()

        @odd
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            sent[case.operation.label] += 1
            check(case, case.call(timeout=30, allow_redirects=False))

        with suppress(Unsatisfiable):  # an operation without parameters has no values that do not fit
            ask()


def as_described(case: Any, answer: Any) -> None:
    case.validate_response(answer, checks=[not_a_server_error, response_schema_conformance, content_type_conformance])


def unbroken(case: Any, answer: Any) -> None:
    case.validate_response(answer, checks=[not_a_server_error])
    assert "default-src 'none'" in answer.headers["content-security-policy"][0]


def test_ten_thousand_odd_requests_are_answered(interface: Any, pages: Any) -> None:
    sent: Counter[str] = Counter()
    for mode in GenerationMode:
        asked(interface, mode, sent, as_described)
        asked(pages, mode, sent, unbroken)
    print(f"\n{sent.total():,} requests to {len(sent)} operations")
    assert sent.total() >= REQUESTS
