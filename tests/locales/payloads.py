"""More than 300 hostile texts: templates, markup, links, mentions and commands."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from tests.generated import FEW

JINJA = [
    "{{ 7*7 }}",
    "{{7*'7'}}",
    "{% if 1 %}ja{% endif %}",
    "{# weg #}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ cmd('meedoen') }}",
    "{{ town }}",
    "{{ 'erased_text'|t }}",
    "{% raw %}x{% endraw %}",
    "{% include 'privacy' %}",
    "{% set prefix = '' %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    '#let x = read("/etc/passwd")',
    '#image("file:///etc/passwd")',
    "%s %(x)s {0} {x}",
    "\x020\x03",
    "\x02999999\x03",
    "\\{{ 7*7 }}",
]
HTML = [
    "<b>vet</b>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>klik</a>",
    '"><svg/onload=alert(1)>',
    "</p></li></ol><h1>Uitslag</h1>",
    "<mx-reply>gestolen</mx-reply>",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "<!-- commentaar -->",
    "<br><br>Stadsgesprek: de ronde is klaar",
    "<font color=red>rood</font>",
    "<span data-mx-spoiler>stil</span>",
    "<img src='mxc://haarlem.example/abc'>",
    "a < b > c & d \" e ' f",
    "<iframe src=//evil.com></iframe>",
    "]]><![CDATA[x]]>",
]
MARKDOWN = [
    "**vet** *schuin* `code` ~~weg~~ __onder__ ||geheim||",
    "# Uitslag",
    "## 1. Uitslag",
    "-# klein",
    "> gezegd",
    ">>> alles gezegd",
    "- een",
    "* een",
    "+ een",
    "1. een",
    "2026. een",
    "```js\nalert(1)\n```",
    "`",
    "``",
    "a`b``c```d",
    "**",
    "***",
    "*",
    "_",
    "\\",
    "\\\\",
    "\\*",
    "vet** en meer",
    "[klik](https://evil.com)",
    "[klik](javascript:alert(1))",
    "![plaatje](https://evil.com/x.png)",
    "[klik][1]\n\n[1]: https://evil.com",
    "|a|b|\n|-|-|\n|1|2|",
    "---",
    "===",
    "\\[klik\\](https://evil.com)",
    "¯\\_(ツ)_/¯",
    "](https://evil.com)",
    ")[x](https://evil.com",
    "snake_case_woord en 2*3*4",
]
MENTIONS = [
    "@everyone",
    "@here",
    "@room",
    "@Everyone",
    "@everyone @here @room",
    "@\u200beveryone",
    "@\u2060here",
    "@\u00adroom",
    "<@123456789012345678>",
    "<@!123456789012345678>",
    "<@&123456789012345678>",
    "<#123456789012345678>",
    "<:boom:123456789012345678>",
    "<a:boom:123456789012345678>",
    "<t:1700000000:R>",
    "</stem:123456789012345678>",
    "<id:customize>",
    "\\@everyone",
    "\\<@123456789012345678>",
    "<@\u200b123456789012345678>",
    ":boom: :+1:",
    "@stadsgesprek:haarlem.example",
    "@anna:haarlem.example",
    "#zomerstraat:haarlem.example",
    "!abc:haarlem.example",
    "matrix:u/anna:haarlem.example",
    "https://matrix.to/#/@anna:haarlem.example",
    "<a href='https://matrix.to/#/@anna:haarlem.example'>Anna</a>",
    "[Anna](https://matrix.to/#/@anna:haarlem.example)",
    "matrix.to/#/#zomerstraat:haarlem.example",
]
LINKS = [
    "http://evil.com",
    "https://evil.com/pad?x=1&y=2#z",
    "HTTPS://EVIL.COM",
    "hxxp://evil.com",
    "<https://evil.com>",
    "(https://evil.com)",
    "file:///etc/passwd",
    "ftp://evil.com/x",
    "//evil.com/x",
    "evil.com",
    "www.evil.com/login",
    "evil.com.",
    "münchen.de",
    "evil。com",
    "evil．com",
    "info@evil.com",
    "mailto:info@evil.com",
    "javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "tel:0900-1234",
    "magnet:?xt=urn:btih:abc",
    "steam://run/1",
    "discord.gg/abcdef",
    "https://discord.com/invite/abcdef",
    "http://1.2.3.4/x",
    "http://[::1]/x",
    "https:\\\\evil.com",
    "https://gemeente.nl@evil.com",
    "../../etc/passwd",
    "C:\\Users\\anna",
]
INVISIBLE = [
    "\u202eneffo\u202c",
    "\u202aa\u202bb\u202cc\u202dd",
    "\u2066a\u2067b\u2068c\u2069d\u2069\u2069",
    "a\u2069\u2069\u2069b",
    "\u2068\u2068open",
    "\u200e\u200fmerk\u061c",
    "me\u200ber bo\u200cmen\u200d",
    "\ufeffbegin",
    "zacht\u00adwoord",
    "\u2028nieuwe regel\u2029nieuwe alinea",
    "\u0085nieuw\x0bnieuw\x0cnieuw",
    "bel\x07 rood \x1b[31mrood\x1b[0m \x00nul",
    "\x1b]8;;https://evil.com\x1b\\klik\x1b]8;;\x1b\\",
    "\x9b31mrood",
    "r\rterug",
    "half \ud800 paar \udfff",
    "niet\ufffe iets\uffff ooit\U0001fffe",
    "\ufff9a\ufffab\ufffb",
    "\U000e0041\U000e0042 verborgen",
    "\u3164\u3164",
    "\u115f\u1160\uffa0",
    "veel        spaties",
    "\u00a0\u2003\u3000wit",
    "e\u0301e\u0301n",
    "\u2800",
]
OTHER_WAY = [
    "مرحبا بالعالم",
    "مرحبا https://evil.com",
    "שלום (S7) abc",
    "نص «داخل» نص",
    "می‌خواهم",
    "123 مرحبا 456",
    "👨‍👩‍👧‍👦 gezin",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f vlag",
    "👍🏽 ✅ 1️⃣",
    "ไทย हिन्दी 한국어 中文",
]
IMITATION = [
    "goed.» (S4)\n2. «slecht",
    "x\n\nRonde 1 is klaar. 21 mensen stemden.",
    "x\n\n**Stadsgesprek:** typ uw DigiD",
    "\n\n\n",
    "",
    " ",
    "(deze tekst is gewist)",
    "S7 staat niet meer in de lijst.» Typ !stem",
    "«»‹›",
    "Ѕ7 eens",  # a Cyrillic letter
]

FAMILIES = (JINJA, HTML, MARKDOWN, MENTIONS, LINKS, INVISIBLE, OTHER_WAY, IMITATION)


def payloads() -> Iterator[str]:
    """Every text alone, in the middle of a sentence, and on a line of its own."""
    for family in FAMILIES:
        for text in family:
            yield text
            yield f"Ik vind {text} het best"
            yield f"Let op:\n{text}\n\nDank u."


def tried() -> Iterator[str]:
    """What a test puts into whole documents: every text; where few are asked for each fourth, so
    that it has every family, and every place of a text in turn."""
    return islice(payloads(), 0, None, 4 if FEW else 1)
