"""What a test needs from the machine: skipped if it is missing, or failed if `VNKG_TEST_REQUIRE` names it."""

import os
from typing import NoReturn

import pytest

TEST_VARIABLES = ("VNKG_TEST_NEO4J_URI", "VNKG_TEST_REQUIRE")
TEST_ENVIRONMENT = {
    key: value for key, value in os.environ.items() if key in TEST_VARIABLES or key.startswith("NEO4J_")
}


def require(name: str, reason: str) -> NoReturn:
    """Skip the test because `name` is missing, or fail it if `VNKG_TEST_REQUIRE` names it."""
    required = {word.strip() for word in TEST_ENVIRONMENT.get("VNKG_TEST_REQUIRE", "").split(",")}
    if name in required:
        pytest.fail(f"VNKG_TEST_REQUIRE names {name}, but: {reason}", pytrace=False)
    pytest.skip(reason)
