"""What denies in an English translation, what may stand for a "not", and what a lost "not" leaves behind. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

Span = tuple[int, int]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


_SURE = _words(
    r"not|cannot|never|none|nobody|nothing|nowhere|nor|neither|no-?one|no|nope|without|unless|yet to|nok|"
    r"note|\w+n['’]t|"
    r"(?:is|are|was|were|do|does|did|has|have|had|wo|would|could|should|ca|ai)nt"
)
_STANDS_IN = _words(
    r"until|till|zero|unable|instead|rather than|hardly|barely|scarcely|devoid|failure to|fail(?:s|ed|ing)? to|"
    r"refus\w+ to|"
    r"anything but|an end to|out of|far from|too \w+ (?:to|for)|keep \w+ out|prevent\w*|avoid\w*|lack\w*|"
    r"except"
)
_AFFIX = _words(
    r"un(?!der|til|it|ion|ique|iver|ifor|ifi|cle|animous|ited|fortun)[a-z]{3,}|non-?\w+|"
    r"dis(?!tri|tan|cuss|cover|play|h\b|hes|k|c\b|ease|tinct|patch|pos|aster|count\b|trict|ciplin)[a-z]{3,}|"
    r"im(?:possib\w+|mobil\w+|proper\w*|perfect\w*|probab\w+|passab\w+|mun\w+)|"
    r"in(?:ability|capab\w+|sufficient\w*|visible|accura\w+|correct\w*|complete\w*|adequate\w*|effective\w*|"
    r"appropriate\w*|significant\w*|active|valid\w*|eligib\w+|accessib\w+|secure|decisive|expensive\w*|"
    r"depend\w+|"
    r"defin\w+|consisten\w+|evitab\w+|explicab\w+|compatib\w+|conceivab\w+|credib\w+|experienced|finite\w*)|"
    r"ir(?:regular\w*|relevant\w*|respons\w+|revers\w+)|il(?:legal\w*|logical\w*|-?informed)|"
    r"[a-z]{3,}less(?:ly|ness)?|mal\w{5,}|\w+-?free|apath\w+|abnormal\w*|atypical\w*"
)
_SOFT = _words(
    r"before|than|hardly|barely|scarcely|rarely|seldom|little|few|fewer|less|least|rather|instead|fail\w*|"
    r"refus\w+|"
    r"lack\w*|avoid\w*|prevent\w*|stop\w*|far|too|den(?:y|ie[sd]|ying|ial)|until|till|only|out|differ\w*|"
    r"other|another|"
    r"still|wrong|end|ends|ended|miss\w*|absen\w+|otherwise|reject\w*|remain\w*|keep\w*|kept|away|apart|"
    r"aside|beyond|"
    r"past|gone|lost|los[es]\w*|despite|except\w*|ignor\w+|against|off|hard|difficult|tricky|tough|cease\w*|"
    r"halt\w*|"
    r"abandon\w*|cancel\w*|barred|ban\w*|forb\w+|prohibit\w*|exclud\w*|doubt\w*|zero|since|minus|depriv\w*|"
    r"last|both|"
    r"continu\w+|abstain\w*|reluctan\w+|long|bad\w*|poor\w*|terrible|problem\w*|issue\w*|trouble\w*|mixed|"
    r"limited|"
    r"alone|else|cheap\w*|anxious|sucks?|awful\w*|complicated|weak\w*|short\w*|exact\w*|identical\w*|same|"
    r"mind|wonder\w*|"
    r"safe\w*|almost|nearly|partial\w*|relative\w*|so|regardless|wherever|whoever|whatever|however|"
    r"no matter|escap\w*|"
    r"behind|hold\w*|half|contrary|opposite|alternative\w*|suffer\w*|resist\w*|tun(?:e|ing) out|slow\w*|"
    r"late|unlike|"
    r"anything but|forget\w*|forgot\w*|remember\w*|leav\w*|left|spar\w+|beware|deter\w*|hesita\w*|but|small|"
    r"low|rid|most|best|\w{3,}iest|wait\w*|stay\w*"
)
AUXILIARIES = frozenset(
    [
        "do",
        "does",
        "did",
        "is",
        "are",
        "was",
        "were",
        "am",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "should",
        "must",
        "may",
        "might",
        "'s",
        "'re",
        "'m",
        "'ve",
        "'ll",
        "'d",
    ]
)
_POLAR = _words(
    r"any|anyone|anybody|anything|anywhere|ever|at all|anymore|any longer|yet(?! to\b)|in (?:a while|ages|"
    r"years)"
)
_FREE_CHOICE = _words(r"if|whether|before|than|most|best|first|without|\w{3,}est|could|can|may|every|all")
_EMPHATIC = re.compile(
    r"(?<![.!?:;,])\b(\w+)[”\"’')]* (do|does|did) (?:(?:\w+ly|even|also|yet|always|really) )?([a-z]+)\b",
    re.IGNORECASE,
)
_NO_SUBJECT = frozenset(
    [
        "to",
        "and",
        "or",
        "please",
        "what",
        "as",
        "than",
        "whatever",
        "everything",
        "all",
        "things",
        "how",
        "so",
        "can",
        "could",
        "will",
        "would",
        "should",
        "must",
        "may",
        "might",
        "let",
        "go",
        "is",
        "was",
        "are",
        "were",
        "be",
        "sure",
        "though",
        "just",
    ]
)
_NO_VERB = frozenset(
    [
        "so",
        "the",
        "a",
        "an",
        "it",
        "this",
        "that",
        "these",
        "those",
        "they",
        "you",
        "we",
        "i",
        "he",
        "she",
        "my",
        "his",
        "her",
        "their",
        "your",
        "our",
        "its",
        "what",
        "in",
        "on",
        "at",
        "for",
        "to",
        "with",
        "and",
        "or",
        "but",
        "well",
        "all",
        "more",
        "some",
        "something",
        "anything",
        "everything",
        "nothing",
        "as",
        "by",
        "is",
        "was",
        "are",
        "were",
        "if",
        "when",
        "people",
        "much",
        "no",
        "better",
        "good",
        "there",
        "here",
        "now",
        "today",
        "then",
        "business",
        "one",
        "two",
        "of",
        "about",
        "just",
        "less",
        "under",
        "because",
        "such",
        "after",
        "before",
        "from",
        "over",
        "too",
        "again",
        "anyone",
        "everyone",
        "me",
        "him",
        "us",
        "them",
        "whatever",
        "which",
        "who",
        "how",
        "why",
        "where",
        "not",
        "damage",
        "harm",
        "great",
        "nice",
        "slow",
        "research",
        "homework",
        "stuff",
        "things",
        "work",
        "justice",
        "wonders",
        "without",
        "quite",
        "really",
        "always",
        "next",
        "first",
        "last",
        "yesterday",
        "best",
        "most",
        "never",
    ]
)
_ED = frozenset({"need", "feed", "proceed", "succeed", "exceed", "embed", "bleed", "breed", "speed"})
_ONLY = _words(r"only|just|solely|merely")
_CONTRAST = _words(r"but|also|too|as well")


class English(NamedTuple):
    """Spans in an English text: what denies, what always stands for a denial, words with a denying part, what may
    stand for one; and traces of a lost "not": "any", and "did" before a verb.
    """

    sure: list[Span]
    stands_in: list[Span]
    affix: list[Span]
    soft: list[Span]
    polar: list[Span]
    emphatic: list[Span]


def read_english(text: str) -> English:
    """All of it in one text. ``emphatic`` are the "did" of "did exclude", ``polar`` "any" and "ever"."""
    free = bool(_FREE_CHOICE.search(text))
    sure, stands_in, affix, soft = (
        [m.span() for m in words.finditer(text)] for words in (_SURE, _STANDS_IN, _AFFIX, _SOFT)
    )
    polar = [] if free else [m.span() for m in _POLAR.finditer(text)]
    return English(sure, stands_in, affix, soft, polar, list(_emphatic(text)))


def _emphatic(text: str) -> Iterator[Span]:
    """Where a verb has "do" without need: English says so where it denies, asks or insists."""
    for match in _EMPHATIC.finditer(text):
        subject, verb = match[1].lower(), match[3].lower()
        if subject in _NO_SUBJECT or verb in _NO_VERB or verb.endswith("ing"):
            continue
        if not verb.endswith("ed") or verb in _ED:
            yield match.span(2)


def only_without_not(text: str) -> bool:
    """Whether "not only … but" has lost its "not": "only", and nothing in the text that denies."""
    return bool(_ONLY.search(text)) and not _SURE.search(text)
