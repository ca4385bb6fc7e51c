"""Words: how frequent they are, and which ones tell two bodies of text apart.

Words are the folded tokens that search finds (case, accents and vowel marks let go), so a count can be looked up.
Frequencies are per 10,000 words. Keyness is the log-odds ratio with an informative Dirichlet prior: Monroe, B. L.,
Colaresi, M. P. and Quinn, K. M. (2008), "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the
Content of Political Conflict", Political Analysis 16(4), 372–403. The title is theirs; what it measures is emphasis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.text.folding import tokens

Counts = NDArray[Any]
PER = 10_000
PRIOR = 1_000.0
"""Words that the prior weighs: a word's odds move from the background's as if that many words had been seen before."""
FORMULA = (
    "z = d / sqrt(v); d = log((a+p)/(A+P-a-p)) - log((b+p)/(B+P-b-p)); v = 1/(a+p) + 1/(b+p); "
    "a, b: the term's counts; A, B: all words; p = P * share of the term in the background; P: weight of the prior"
)
ORIGIN = (
    "Monroe, Colaresi & Quinn 2008, Political Analysis 16(4), 372-403: log-odds ratio, informative Dirichlet prior"
    " (eq. 16, 20 and 22)"
)


class Term(Struct, frozen=True):
    """A word, how often it occurs in all and per 10,000 words, and in how many documents."""

    term: str
    count: int
    per_10000: float
    documents: int


class Frequencies(Struct, frozen=True):
    """The words of a body of text, the most frequent first, equals in the order of the alphabet."""

    words: int
    documents: int
    terms: tuple[Term, ...]

    def counts(self) -> dict[str, int]:
        """Each word's count."""
        return {term.term: term.count for term in self.terms}


class KeyTerm(Struct, frozen=True):
    """A word's emphasis: above 0 in the first body of text, below 0 in the second. `z` beyond ±1.96 is worth a look."""

    term: str
    z: float
    log_odds: float
    first: int
    second: int
    first_per_10000: float
    second_per_10000: float


class Keyness(Struct, frozen=True):
    """Words by `z`, from what marks the first body to what marks the second, and how that was counted."""

    formula: str
    origin: str
    prior: float
    background: str
    """What the prior's shares were taken from."""
    first_words: int
    second_words: int
    terms: tuple[KeyTerm, ...]


def frequencies(texts: Iterable[str]) -> Frequencies:
    """The words of `texts`, one a document (or a document's words by one speaker, as the question is)."""
    counts, holding = Counter[str](), Counter[str]()
    documents = 0
    for text in texts:
        found = tokens(text)
        counts.update(found)
        holding.update(set(found))
        documents += 1
    total = counts.total()
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    terms = tuple(Term(term, count, per(count, total), holding[term]) for term, count in ranked)
    return Frequencies(total, documents, terms)


def per(count: int, total: int) -> float:
    """How often in 10,000 words."""
    return PER * count / total if total else 0.0


def keyness(
    first: Frequencies,
    second: Frequencies,
    background: Frequencies | None = None,
    *,
    prior: float = PRIOR,
    at_least: int = 5,
) -> Keyness:
    """Which words mark the one and which the other; words that occur fewer than `at_least` times in both are left out.

    The prior's shares come from `background`, to which both are added so that no word has none (or from both alone).
    ValueError where `prior` is not above 0.
    """
    if not prior > 0:
        raise ValueError(f"The weight of the prior is {prior}, but must be above 0: without it rare words come first.")
    one, two = Counter(first.counts()), Counter(second.counts())
    usual = one + two + Counter(background.counts() if background else {})
    scale = prior / usual.total() if usual else 0.0
    terms = [term for term, count in (one + two).items() if count >= at_least and usual[term] < usual.total()]
    counts = np.array([(one[term], two[term], usual[term] * scale) for term in terms], float).reshape(-1, 3).T
    odds, z = log_odds((counts[0], first.words), (counts[1], second.words), counts[2], prior)
    found = [
        KeyTerm(
            term, float(each_z), float(each), one[term], two[term],
            per(one[term], first.words), per(two[term], second.words),
        )
        for term, each, each_z in zip(terms, odds, z, strict=True)
    ]  # fmt: skip
    return Keyness(
        formula=FORMULA,
        origin=ORIGIN,
        prior=prior,
        background="both bodies of text" if background is None else "the given background with both bodies of text",
        first_words=first.words,
        second_words=second.words,
        terms=tuple(sorted(found, key=lambda key: (-key.z, key.term))),
    )


def log_odds(
    first: tuple[Counts, int], second: tuple[Counts, int], shares: Counts, prior: float
) -> tuple[Counts, Counts]:
    """Of each word the log-odds ratio (eq. 16) and its z-score (eq. 22, the variance by eq. 20).

    `first` and `second` are its counts and all words of that side, `shares` its parts of the prior.
    """
    (a, all_a), (b, all_b) = first, second
    odds = np.log((a + shares) / (all_a + prior - a - shares)) - np.log((b + shares) / (all_b + prior - b - shares))
    return odds, odds / np.sqrt(1 / (a + shares) + 1 / (b + shares))
