"""The parser of pages (``pages.py``) reads tables, blocks and links correctly."""

from __future__ import annotations

from tests.docs import pages

PAGE = """\
# One

| key | means |
| --- | --- |
| `a` | what `b\\|c` is |

<!-- try: shell -->
```sh
# no heading
ls
```

## Two of `them`!

```text
x
```
"""


def test_a_page_is_taken_apart() -> None:
    assert pages.headings(PAGE) == ["One", "Two of `them`!"]
    assert pages.anchor("Two of `them`!") == "two-of-them"
    assert pages.tables(PAGE) == [[{"key": "`a`", "means": "what `b\\|c` is"}]]
    assert pages.code("what `b\\|c` is") == ["b|c"]
    first, second = pages.blocks(PAGE)
    assert (first.mark, first.language, first.text) == ("try: shell", "sh", "# no heading\nls\n")
    assert (second.mark, second.line) == ("", 15)
    assert "ls" in pages.section(PAGE, "One")
    assert "ls" not in pages.section(PAGE, "Two of `them`!")
