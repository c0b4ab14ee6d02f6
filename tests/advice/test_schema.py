"""The published schemas are those of the models, and results are valid by theirs."""

from __future__ import annotations

import json

import jsonschema
import pytest
from handmade import PAGES
from handmade_odd import ALL

from advice import schema
from advice.model import encode
from tests.advice.publish_schema import DOCS, published


@pytest.mark.parametrize("name", published())
def test_the_published_schema_is_that_of_the_model(name: str) -> None:
    found = published()[name]
    assert (DOCS / name).read_text(encoding="utf-8") == schema.written(found)
    jsonschema.Draft202012Validator.check_schema(found)


@pytest.mark.parametrize("name", ALL)
def test_results_keep_the_schema_and_are_read_back(name: str) -> None:
    made = ALL[name]()
    data = encode(made)
    jsonschema.Draft202012Validator(schema.schema(PAGES)).validate(json.loads(data))
    assert PAGES.decode(data) == made
    assert encode(PAGES.decode(data)) == data


def test_an_unknown_key_or_a_missing_one_breaks_it() -> None:
    validator = jsonschema.Draft202012Validator(schema.schema(PAGES))
    found = json.loads(encode(ALL["street"]()))
    assert validator.is_valid(found)
    assert not validator.is_valid(found | {"extra": 1})
    del found["hidden"]
    assert not validator.is_valid(found)
