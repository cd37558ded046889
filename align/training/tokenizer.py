"""A tokenizer of a given size that loads fast: greedy longest match over pieces that are really used.

Byte-pair encoding proposes half as many pieces again as are wanted; those that greedy matching over a sample
uses least are dropped, in rounds. The result is a WordPiece model without continuation marks: a word of a
spaced script begins with ``▁``, Chinese and Japanese run on without. It needs no merges, so its file is half
the size of a byte-pair one and loads in a third of the time. Characters outside the alphabet count as spaces.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

PAD, UNKNOWN, MARK = "[PAD]", "[UNK]", "▁"
ALPHABET = 7_000
LONGEST_PIECE = 18
LONGEST_RUN = 48  # greedy matching is quadratic in the length of a run of letters: cut what is longer
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー"
_LETTERS = rf"[[\p{{L}}\p{{M}}]&&[^{_UNSPACED}]]"
_SILENT = r"[\u064b-\u0652\u0640\u200b-\u200f\u00ad\u0301]"  # vowel signs of Arabic, joiners, stress marks
_NUMBERS = [*map(str, range(10)), *(f"{n:02}" for n in range(100)), *map(str, range(1800, 2041))]


def train_tokenizer(texts: Sequence[str], size: int, *, sample: int = 300_000) -> Tokenizer:
    """A tokenizer of at most ``size`` tokens for texts like these; the first two are padding and unknown."""
    proposer = Tokenizer(models.BPE(unk_token=UNKNOWN))
    proposer.normalizer = _normalizer()
    proposer.pre_tokenizer = _pre_tokenizer()
    trainer = trainers.BpeTrainer(
        vocab_size=size * 3 // 2,
        special_tokens=[PAD, UNKNOWN],
        limit_alphabet=ALPHABET,
        max_token_length=LONGEST_PIECE,
        show_progress=False,
    )
    proposer.train_from_iterator(texts, trainer)
    proposed = sorted(proposer.get_vocab().items(), key=lambda item: item[1])
    plain = [token for token, _ in proposed if not any("0" <= letter <= "9" for letter in token)]
    fixed = list(dict.fromkeys([PAD, UNKNOWN, MARK, *(t for t in plain if len(t) == 1), *_NUMBERS]))
    free = [token for token in plain if len(token) > 1 and token not in (PAD, UNKNOWN)]
    return _pruned(fixed, free, size, texts[:: max(1, len(texts) // sample)])


def encode_all(tokenizer: Tokenizer, texts: Sequence[str], longest: int = 64) -> list[list[int]]:
    """Token numbers of each text, the first ``longest`` of them."""
    return [
        encoding.ids[:longest]
        for start in range(0, len(texts), 20_000)
        for encoding in tokenizer.encode_batch_fast(
            list(texts[start : start + 20_000]), add_special_tokens=False
        )
    ]


def _pruned(fixed: list[str], free: list[str], size: int, texts: Sequence[str]) -> Tokenizer:
    while len(fixed) + len(free) > size:
        tokenizer = _assemble([*fixed, *free])
        uses = Counter(number for row in encode_all(tokenizer, texts) for number in row)
        order = {token: (-uses[len(fixed) + i], i) for i, token in enumerate(free)}
        keep = max(size - len(fixed), int(0.8 * len(free)))
        free = sorted(free, key=order.__getitem__)[: max(keep, 0)]
        fixed = fixed[:size] if not free else fixed
    return _assemble([*fixed, *free])


def _assemble(vocabulary: Sequence[str]) -> Tokenizer:
    numbers = {token: number for number, token in enumerate(vocabulary)}
    model = models.WordPiece(
        vocab=numbers,
        unk_token=UNKNOWN,
        continuing_subword_prefix="",
        max_input_chars_per_word=2 * LONGEST_RUN,
    )
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = _normalizer({letter for token in vocabulary[2:] for letter in token})
    tokenizer.pre_tokenizer = _pre_tokenizer()
    return tokenizer


def _normalizer(alphabet: set[str] | None = None) -> normalizers.Normalizer:
    steps = [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(_SILENT), "")]
    if alphabet:
        # A single unknown character would make its whole run unknown.
        steps.append(normalizers.Replace(Regex(_others(alphabet | {MARK, " "})), " "))
    steps.append(normalizers.Replace(Regex(rf"(?<![\p{{L}}\p{{M}}])(?={_LETTERS})"), MARK))
    return normalizers.Sequence(steps)


def _pre_tokenizer() -> pre_tokenizers.PreTokenizer:
    """Runs of digits, of unspaced script, of letters, and every other visible character on its own."""
    run = f"{{1,{LONGEST_RUN}}}"
    pattern = rf"\p{{N}}{run}|[{_UNSPACED}]{run}|{MARK}?{_LETTERS}{run}|\S"
    return pre_tokenizers.Split(Regex(pattern), behavior="removed", invert=True)


def _others(alphabet: set[str]) -> str:
    """A pattern for what is not in the alphabet, as ranges of code points."""
    ranges: list[tuple[int, int]] = []
    for code in sorted(map(ord, alphabet)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    inside = "".join(f"\\x{{{a:X}}}" if a == b else f"\\x{{{a:X}}}-\\x{{{b:X}}}" for a, b in ranges)
    return f"[^\\s{inside}]"
