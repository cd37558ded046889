"""How the words of a collection are written: small, with a capital in mid-sentence, next to which others.

One quick pass over all texts of a language; names are then read in the light of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from glossary.extract.cues import listed
from glossary.extract.morphology import fold, is_common, lemma
from glossary.extract.words import Word, is_capital, shouted, words


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of folded forms: ``small`` letters, ``middle``: a capital inside a sentence; ``lemmas`` of the latter.

    ``pairs`` are neighbours of which the first has a capital, and the second one too or is a number. ``led`` counts
    words with a capital behind a determiner, where all nouns have capitals.
    """

    lang: str
    small: Counter[str] = field(default_factory=Counter)
    middle: Counter[str] = field(default_factory=Counter)
    lemmas: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    led: Counter[str] = field(default_factory=Counter)

    def as_name(self, word: str) -> int:
        """How often the word, in any form, has a capital in mid-sentence."""
        folded = fold(word)
        if self.lang not in ("ru", "uk") or is_common(word, self.lang):
            return self.middle[folded]
        return max(self.middle[folded], self.lemmas[lemma(word, self.lang)])


def gather(texts: Iterable[str], lang: str) -> Evidence:
    """The evidence of all texts (segments, or whole documents) of one language."""
    found = Evidence(lang)
    small, middle, pairs = found.small, found.middle, found.pairs
    for text in texts:
        line = words(text, lang)
        if not line or shouted(line) or is_headline(line, lang, text):
            continue
        before: Word | None = None
        determined = False
        for word in line:
            if lang in NOUNS_CAPITAL:
                found.led[fold(word.text)] += determined and is_capital(word.text)
                determined = fold(word.text) in _DETERMINERS
            plain = word.text
            if plain.islower():
                small[fold(plain)] += 1
                before = None
            elif is_capital(plain):
                folded = fold(plain)
                if word.place == 0:
                    middle[folded] += 1
                    if before is not None and word.gap in (" ", "\u00a0"):
                        pairs[fold(before.text), folded] += 1
                before = word
            else:
                if before is not None and plain[0].isdigit() and word.gap in (" ", "\u00a0"):
                    pairs[fold(before.text), fold(plain)] += 1
                before = None
    for form, count in middle.items():
        # A surname and the common word that it is spelt like have one lemma: small letters are looked at by form.
        found.lemmas[lemma(form.capitalize(), lang)] += count
    return found


NOUNS_CAPITAL = frozenset({"de", "lb"})
_DETERMINERS = listed(
    "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine "
    "meinen sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere unseren unserem "
    "unserer euer dieser diese dieses diesen diesem jeder jede jedes jeden jedem alle allen viele vielen "
    "einige mehr mehrere beide im am zum zur vom beim ins ans welche welcher solche zwei drei vier"
)
_TITLED = frozenset({"en"})


def is_headline(line: Sequence[Word], lang: str, text: str) -> bool:
    """Whether an English line has capitals on nearly all of its longer words and no full stop, as headlines do."""
    if (
        lang not in _TITLED
        or len(line) < 4
        or text[line[-1].end : line[-1].end + 2].strip('"”’)»')[:1] in (".", ",", ":", ";")
    ):
        return False
    long = [word.text for word in line if len(word.text) > 3 and word.text[0].isalpha()]
    return len(long) >= 4 and 5 * sum(word[0].isupper() for word in long) >= 4 * len(long)
