"""Which names of one text are proposed as forms of one concept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossary.extract.variants import Form, Relation, group, one_spelling
from tests.glossary.texts import concepts, grouped


def together(lines: list[str], lang: str, *mentions: str) -> bool:
    """Whether some proposed concept has all these mentions."""
    return any(set(mentions) <= set(found) for found in grouped(lines, lang))


def test_inflected_and_quoted_forms_are_one_concept() -> None:
    lines = ["Он говорил о «Шамширане».", "С «Шамшираном» не спорят.", "Там нет Шамширана."]
    assert together(lines, "ru", "Шамширане", "Шамшираном", "Шамширана")


def test_a_surname_is_a_short_form_of_the_full_name() -> None:
    lines = ["We met Khalid Amiri in the hills.", "Later General Amiri spoke.", "It was Khalid AMIRI again."]
    assert together(lines, "en", "Khalid Amiri", "Amiri", "Khalid AMIRI")


def test_a_surname_that_two_people_have_is_not_merged_but_linked() -> None:
    lines = [
        "We met Khalid Amiri and Yusuf Amiri.",
        "Then Khalid Amiri left.",
        "Yusuf Amiri stayed.",
        "But Amiri spoke.",
    ]
    found = concepts(lines, "en")
    alone = next(c for c in found if c.grouped.head == ("amiri",))
    assert {relation.long[0] for relation in alone.grouped.linked} == {"khalid", "yusuf"}


def test_an_institution_has_its_acronym_and_its_short_forms() -> None:
    lines = [
        "The Renewal Front of Merhistan (RFM) is there.",
        "The Renewal Front has won.",
        "Then the RFM left and the Front stayed.",
        "We believe that the front will win.",
    ]
    assert together(lines, "en", "Renewal Front of Merhistan", "RFM", "Renewal Front", "Front", "front")


def test_spellings_are_one_concept_with_a_reason() -> None:
    lines = ["We spoke to Andrey Serenko today.", "It was said by Andrei Serenko."]
    assert together(lines, "en", "Andrey Serenko", "Andrei Serenko")


def test_well_known_aliases_are_one_concept() -> None:
    lines = ["We fear the Islamic State here.", "They say that IS is near and ISIS is far."]
    assert together(lines, "en", "Islamic State", "IS", "ISIS")


def test_a_country_within_an_institutions_name_is_its_own_concept() -> None:
    lines = ["We saw the Renewal Front of Merhistan.", "We live in Merhistan.", "We left Merhistan."]
    found = grouped(lines, "en")
    assert ["Merhistan", "Merhistan", "Merhistan"] in found
    assert not together(lines, "en", "Renewal Front of Merhistan", "Merhistan")


def test_a_maker_is_not_its_product() -> None:
    lines = ["We use Voolo Analytics here.", "But Voolo is big.", "They sell Voolo Analytics too."]
    assert not together(lines, "en", "Voolo Analytics", "Voolo")


keys = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3).map(tuple)


@given(st.lists(keys, unique=True, max_size=8), st.data())
def test_grouping_is_a_partition_of_the_names(all_keys: list[tuple[str, ...]], data: st.DataObject) -> None:
    forms = {key: Form(key, "en", key, count=1, sure=1) for key in all_keys}
    pairs = (
        data.draw(st.lists(st.tuples(st.sampled_from(all_keys), st.sampled_from(all_keys)), max_size=10))
        if all_keys
        else []
    )
    sorts = ("alias", "acronym", "short form")
    relations = [Relation(a, b, sorts[i % 3], "test") for i, (a, b) in enumerate(pairs) if a != b]
    found = group(forms, relations)
    members = [key for one in found for key in one.members]
    assert sorted(members) == sorted(all_keys)
    assert all(one.head in one.members for one in found)


@given(st.lists(st.text("aeiouyhkdrnstm", min_size=3, max_size=9), unique=True, max_size=12))
def test_one_spelling_is_an_equivalence_whatever_the_order(lemmas: list[str]) -> None:
    tokens = [(base, base.capitalize()) for base in lemmas]
    found = one_spelling(tokens, "en")
    assert found == one_spelling(reversed(tokens), "en")
    assert all(found[found[base]] == found[base] for base in lemmas)
