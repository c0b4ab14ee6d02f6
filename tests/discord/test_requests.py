"""Every request of the bot in a test is held against Discord's description and against our own
rules: what these find is tried here, since no request of the bot is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from tests.discord import requests

MESSAGES = "/channels/1/messages"

described = pytest.mark.skipif(
    requests.description() is None, reason="Discord's description of its interface is not here"
)


@described
@pytest.mark.parametrize(
    ("query", "right"),
    [
        ({"limit": "100", "before": "123"}, True),
        ({"limit": "101"}, False),
        ({"limet": "10"}, False),
    ],
)
def test_what_an_address_asks_for_is_in_the_description(query: dict[str, str], right: bool) -> None:
    assert (requests.against_description("GET", MESSAGES, None, query) == []) is right


@pytest.mark.parametrize("left_out", ["", "allowed_mentions", "flags"])
def test_the_first_message_of_a_post_is_held_to_the_rules(left_out: str) -> None:
    """It takes no nonce: a post is found by the token in a custom_id of that message."""
    row = {"type": 1, "components": [{"type": 2, "label": "Kaart", "custom_id": "c0|x"}]}
    message: dict[str, Any] = {"flags": 1 << 15, "allowed_mentions": {"parse": []}}
    message["components"] = [{"type": 10, "content": "Een gesprek."}, row]
    message.pop(left_out, None)
    made = {"name": "Een gesprek", "message": message}
    found = requests.against_our_rules("POST", "/channels/1/threads", made)
    assert bool(found) is bool(left_out)
    thread = {"name": "Een gesprek", "type": 11}
    assert requests.against_our_rules("POST", "/channels/1/threads", thread) == []
