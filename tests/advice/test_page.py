"""The page for a councillor: its order, its 300 words, and what it never says."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from handmade import PAGES, poll, proposal, question, result, round_, said
from handmade_odd import ALL
from handmade_rounds import no_closing, polls, questions
from handmade_street import interim, no_proposal, street, suppressed, too_few
from hypothesis import given
from hypothesis import strategies as st

from advice.documents import written
from advice.model import Consent, Minority, Participants, Reason, Recommendation, Result
from advice.page import LIMIT, STEPS, Space, length, page
from advice.writing.lettering import shortened, words_in
from rounds.questions.pages import Answer, Promise
from tests.generated import examples
from tests.sentences import printed

LANGUAGES = ("nl", "en")


def markdown(made: Result) -> str:
    files = written(made, PAGES)
    return next(data for name, data in files.items() if name.endswith(".md")).decode()


def front(made: Result) -> str:
    """The page without the appendix."""
    return re.split(r"^## (?:Bijlage|Appendix)$", markdown(made), flags=re.MULTILINE)[0]


def test_the_order_is_that_of_the_councillor() -> None:
    headings = re.findall(r"^## (.*)$", front(street()), re.MULTILINE)
    assert headings == [
        printed(f"page.{section}") for section in ("asks", "who", "divided", "answer", "rest")
    ]


def test_what_is_asked_stands_with_both_numbers_and_the_minority() -> None:
    text = front(street())
    agreed = printed("ask.agree", agree=20, of=21, item="S1")
    chosen = printed("ask.chosen", chosen=11, of=20, item="P1")
    late = "«De bus loopt dan vertraging op.»"
    assert "**A1** «Bij de school moet een zebrapad komen.»" in text
    assert f"{agreed} {printed('ask.consent', yes=18, no=1)}" in text
    assert printed("ask.against_reason", opposed=7, reason=late) in text
    assert f"{chosen} {printed('ask.consent', yes=11, no=6)}" in text
    assert printed("ask.against_no_reason", opposed=6) in text


def test_who_took_part_and_who_is_missing() -> None:
    text = front(street())
    assert "23 mensen van ongeveer 310 adressen, uitgenodigd per brief." in text
    assert printed("people.missing") in text
    assert printed("people.not_all_advies") in text


@pytest.mark.parametrize(
    ("how", "said_so"),
    [
        ("per brief", ", uitgenodigd per brief."),
        ("via de school", ", uitgenodigd via de school."),
        ("huis-aan-huis", ", uitgenodigd huis-aan-huis."),
        ("flyers en posters", ", uitgenodigd: flyers en posters."),
    ],
)
def test_the_invitation_reads_as_a_sentence(how: str, said_so: str) -> None:
    assert said_so in front(street(charter={"uitnodiging": how}))


def test_what_stays_divided_has_a_reason_of_each_side_most_divided_first() -> None:
    text = front(street())
    assert text.index("**S6**") < text.index("**S4**")
    assert printed("item.divided", agree=11, disagree=9) in text
    assert printed("reason.agree", reason="«Er staan nu vooral auto's van buiten de wijk.»") in text
    assert printed("reason.disagree", reason="«Mijn moeder loopt slecht") in text
    assert printed("reason.none") in text


def test_the_answer_has_its_date_written_out_and_its_place_on_the_agenda() -> None:
    text = front(street())
    assert printed("page.answer_by", day="dinsdag 15 december 2026") in text
    assert printed("page.agenda", agenda="commissie Beheer, 10 december, punt 7") in text


def test_a_recommendation_with_more_no_than_yes_is_called_divided() -> None:
    made = result(
        [
            round_("statements", "S", [said("S1", "Meer bomen.", (9, 1, 0), 10)], 10),
            round_("closing", "A", [proposal("A1", "Meer bomen.", 4, 6)], 10, 2),
        ],
        participants=Participants(1, 12, 12),
        recommendations=[
            Recommendation("A1", "Meer bomen.", "S1", Consent(4, 6), True, Minority(6, None))
        ],
    )
    assert printed("ask.divided") in front(made)


def test_a_consent_vote_of_fewer_than_five_has_no_figures() -> None:
    closing = proposal("A1", "Meer bomen.", 2, 1)
    closing = type(closing)("A1", "Meer bomen.", "shown", None, None, True, None)
    made = result(
        [
            round_("statements", "S", [said("S1", "Meer bomen.", (9, 0, 0), 10)], 10),
            round_("closing", "A", [closing], None, 2),
        ],
        recommendations=[Recommendation("A1", "Meer bomen.", "S1")],
    )
    assert printed("ask.consent_few") in front(made)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (too_few(), printed("page.why_few", people="7 mensen", minimum=10)),
        (suppressed(), printed("page.why_few", people="minder dan 5 mensen", minimum=10)),
        (no_proposal(), printed("page.why_none")),
        (no_closing(), printed("page.why_no_vote")),
        (questions(), printed("page.why_questions")),
        (interim(), printed("page.interim")),
    ],
)
def test_a_report_says_why_it_is_no_advice(made: Result, why: str) -> None:
    assert why in front(made)


def test_a_report_shows_what_was_agreed_on_most_for_or_against() -> None:
    text = front(no_closing())
    assert text.index("«Er moeten meer bomen komen.»") < text.index("«De straat kan zo blijven.»")
    assert printed("item.agree", agree=14, of=15) in text
    assert printed("item.disagree", disagree=12, of=14) in text


def test_a_report_of_polls_has_their_outcomes_and_their_ties() -> None:
    text = front(polls())
    assert printed("item.most_chosen", option="«Bomen»", n=9, of=15) in text
    assert printed("item.most_points", option="«Groen»", n=28) in text
    assert printed("item.tie", options="«Links» en «Rechts»", n=6) in text


def test_a_question_hour_has_its_answers() -> None:
    text = front(questions())
    assert (
        printed("page.questions_text", questions="3 vragen", answered=1, promised=1, open=1) in text
    )
    assert text.index("**V3**") < text.index("**V1**") < text.index("**V2**")
    assert printed("item.answered", answer="«In maart 2027.»") in text
    assert "Antwoord beloofd vóór vrijdag 4 december 2026, 20.00 uur: «Ik zoek het uit.»" in text


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_never_speaks_for_the_neighbourhood_nor_in_percentages(name: str, language: str) -> None:
    for data in written(ALL[name](language=language), PAGES).values():
        text = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", data.decode(), flags=re.DOTALL)
        assert "de buurt vindt" not in text.lower()
        assert not re.search(r"\d ?%", text)


@pytest.mark.parametrize("name", ALL)
def test_a_simulated_dialogue_says_so_before_anything_else(name: str) -> None:
    simulated, real = ALL[name](simulated=True), ALL[name](simulated=False)
    text = front(simulated)
    assert text.index(printed("page.simulated")) < text.index("\n## ")
    assert printed("page.simulated") not in front(real)


def test_a_later_version_says_how_many_texts_were_erased() -> None:
    text = front(street(version=2, erased=3))
    assert printed("page.erased", version=2, texts=3) in text


def test_reasons_are_not_quoted_where_that_was_agreed() -> None:
    text = markdown(street(charter={"citaten": "nee"}))
    assert "vertraging" not in text
    assert printed("ask.against", opposed=7) in text
    assert printed("appendix.quotes_rule") in text


def test_nothing_is_shortened_where_everything_fits() -> None:
    assert page(street(), PAGES).step == 0
    assert "…" not in front(street())


WORDS = st.lists(
    st.sampled_from(["bomen", "de", "parkeerplaatsen", "a/b/c", "30", "x" * 70, "«ja»", "*vet*"]),
    min_size=1,
    max_size=90,
).map(" ".join)


@st.composite
def long_results(draw: st.DrawFn) -> Result:
    """Five recommendations, divided statements and a charter, all as long as people can write."""
    items, recommendations, closing = [], [], []
    for n in range(1, draw(st.integers(1, 5)) + 1):
        text, reason = draw(WORDS), draw(WORDS)
        against = [Reason("disagree", reason)]
        items.append(said(f"S{n}", text, (60 - n, 30, 5), 100, reasons=against))
        closing.append(proposal(f"A{n}", text, 40, 30))
        minority = Minority(30, reason)
        recommendations.append(
            Recommendation(f"A{n}", text, f"S{n}", Consent(40, 30), False, minority)
        )
    for n in range(10, 10 + draw(st.integers(0, 5))):
        reasons = [
            Reason("agree", draw(WORDS)),
            Reason("disagree", draw(WORDS)),
        ]
        items.append(said(f"S{n}", draw(WORDS), (50, 48, 0), 100, reasons=reasons))
    keys = ("decider", "agenda", "voor", "uitnodiging", "adressen")
    more: dict[str, Any] = {
        "charter": {key: draw(WORDS) for key in keys},
        "title": draw(WORDS),
        "simulated": draw(st.booleans()),
        "erased": draw(st.integers(0, 3)),
        "language": draw(st.sampled_from(LANGUAGES)),
        "participants": Participants(70, 100, 120),
    }
    rounds = [round_("statements", "S", items, 100), round_("closing", "A", closing, 70, 2)]
    if draw(st.booleans()):
        return result(rounds, recommendations=recommendations, **more)
    return result(rounds[:1], kind="verslag", interim=draw(st.booleans()), **more)


@examples(60)
@given(long_results())
def test_the_page_never_has_more_than_300_words(made: Result) -> None:
    found = page(made, PAGES)
    assert length(found) <= LIMIT
    assert words_in(front(made)) <= LIMIT
    previous = found.step - 1
    assert previous < 0 or length(_at(made, previous)) > LIMIT  # no step is taken too early


def _at(made: Result, step: int) -> Any:
    from advice.page import _Builder, _page

    return _page(_Builder(made, PAGES, STEPS[step]), step)


LONG = " ".join(["woord/en"] * 280)


def everything(language: str, **more: Any) -> Result:
    """A dialogue in which everything that can stand on a page is there, and long."""
    reason = [Reason("disagree", LONG), Reason("agree", LONG)]
    items = [said(f"S{n}", f"{n} {LONG}", (60, 35, 5), 100, reasons=reason) for n in range(1, 6)]
    items += [said(f"S{n}", f"{n} {LONG}", (50, 48, 2), 100, reasons=reason) for n in range(6, 9)]
    items += [said(f"S{n}", f"{n} {LONG}", (5, 90, 5), 100) for n in range(9, 12)]
    closing = [proposal(f"A{n}", f"{n} {LONG}", 40, 41) for n in range(1, 6)]
    tie = {f"{n} {LONG}": 25 for n in range(4)}
    won = {f"{LONG} {n}": 60 - 20 * n for n in range(2)}
    polls = [
        poll("P1", LONG, "one", won, 100, [f"{LONG} 0"]),
        poll("P2", LONG, "one", tie, 100, []),
    ]
    answer = Answer(LONG, "2026-12-01T19:00:00Z")
    asked = [question(f"V{n}", LONG, n, answer=answer) for n in (1, 2)]
    asked.append(question("V3", LONG, 9, promise=Promise(LONG, "2026-12-04T19:00:00Z")))
    rounds = [
        round_("statements", LONG, items, 100),
        *(round_("poll", LONG, [each], 100, n) for n, each in enumerate(polls, 2)),
        round_("questions", LONG, asked, 0, 4),
        round_("closing", LONG, closing, 81, 5),
    ]
    minority = Minority(41, LONG)
    recommendations = [
        Recommendation(f"A{n}", f"{n} {LONG}", f"S{n}", Consent(40, 41), True, minority)
        for n in range(1, 6)
    ]
    keys = ("decider", "agenda", "voor", "uitnodiging", "adressen")
    fields: dict[str, Any] = {
        "charter": dict.fromkeys(keys, LONG),
        "title": LONG,
        "simulated": True,
        "erased": 12,
        "language": language,
        "recommendations": recommendations,
        "participants": Participants(90, 100, 120),
    }
    return result(rounds, **(fields | more))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"kind": "verslag", "interim": True},
        {"kind": "verslag", "interim": True, "recommendations": []},
        {"kind": "verslag", "charter": {"minimum": 500}},
        {"kind": "verslag", "recommendations": []},
    ],
)
def test_where_everything_is_long_it_still_fits(language: str, more: dict[str, Any]) -> None:
    found = page(everything(language, **more), PAGES)
    assert length(found) <= LIMIT, found.step
    assert found.step > 0


def test_what_is_sacrificed_comes_in_the_written_order() -> None:
    changed = [
        {field for field in Space.__slots__ if getattr(before, field) != getattr(after, field)}
        for before, after in pairwise(STEPS)
    ]
    assert changed == [
        *[{"reason"}] * 4,
        *[{"divided"}] * 3,
        {"told"},
        *[{"asked", "contribution"}] * 3,
        {"contribution"},
        *[{"typed"}] * 2,
        {"reason"},
        {"turnout"},
        *[{"told"}] * 2,
        {"contribution", "typed"},
        {"contribution"},
        *[{"asked"}] * 3,
    ]


def test_the_most_divided_comes_first_by_exact_shares() -> None:
    pairs = [(11, 10), (10, 10), (10, 11), (20, 21)]
    items = [said(f"S{n}", f"Plan {n}.", (*pair, 0), 20) for n, pair in enumerate(pairs, 1)]
    text = front(result([round_("statements", "S", items, 41)], kind="verslag"))
    assert re.findall(r"\*\*(S\d)\*\*", text) == ["S2", "S4", "S1", "S3"]


def test_one_to_four_people_are_fewer_than_five() -> None:
    assert "Zelf iets geschreven: minder dan 5." in front(too_few())
    assert "Zelf iets geschreven: niemand." in front(polls())


def test_the_limit_is_that_of_the_promise() -> None:
    assert LIMIT == 300


@given(st.text(max_size=300) | WORDS, st.integers(1, 30))
def test_a_shortened_text_is_a_verbatim_beginning(text: str, limit: int) -> None:
    found, cut = shortened(text, limit)
    assert text.startswith(found)
    assert cut == (found != text)
    assert words_in(found) <= limit or not cut or len(found) <= limit * 20


def test_a_shortened_text_ends_with_a_whole_word_and_keeps_emoji_whole() -> None:
    assert shortened("een twee drie vier", 2) == ("een twee", True)
    family = "👨‍👩‍👧‍👦" * 60
    found, cut = shortened(family, 1)
    assert cut
    assert family[len(found)] == "👨"


def test_what_residents_ask_is_cut_last() -> None:
    """Five recommendations of twelve words, each with a minority and a reason, on a full page."""
    words = "Bij de school aan het plein moet een veilige oversteek komen, nummer {}."
    reason = [Reason("disagree", "Daar is nu al veel te weinig plek voor.")]
    items = [said(f"S{n}", words.format(n), (20, 4, 1), 25, reasons=reason) for n in range(1, 6)]
    items += [said(f"S{n}", words.format(n), (11, 11, 2), 25, reasons=reason) for n in range(6, 10)]
    recommendations = [
        Recommendation(
            f"A{n}", words.format(n), f"S{n}", Consent(20, 3), False, Minority(4, reason[0].text)
        )
        for n in range(1, 6)
    ]
    closing = [proposal(f"A{n}", words.format(n), 20, 3) for n in range(1, 6)]
    made = result(
        [round_("statements", "S", items, 25), round_("closing", "A", closing, 23, 2)],
        recommendations=recommendations,
        charter={"adressen": "310", "uitnodiging": "per brief", "agenda": "raad van 17 december"},
        participants=Participants(20, 24, 25),
    )
    text = front(made)
    for n in range(1, 6):
        assert f"**A{n}** «{words.format(n)}»  \n" in text


def test_a_report_without_a_vote_says_so_also_where_few_took_part() -> None:
    items = [said("S1", "Meer bomen.", (5, 1, 0), 6)]
    made = result(
        [round_("statements", "S", items, 6)],
        kind="verslag",
        participants=Participants(None, 6, 6),
        charter={"minimum": 10},
    )
    text = front(made)
    assert printed("page.why_few", people="6 mensen", minimum=10) in text
    assert "niet gestemd over voorstellen" in text
