"""The grammar of time expressions: a table of patterns over the string of classes, each with the rule that reads it.

Classes: `d` one or two figures, `n` any other number, `f` one with a decimal point, `o` an ordinal, `y` a year, `s` a
decade, `M` a month, `D` a weekday (`W` in the plural), `S` a season, `P` a part of the day, `H` a holiday, `U` `Q` `C`
units, `h` half, `k` clock words, `z` zones, `R` words with a value of their own, `L` sets, `N` duals, `T` `A` articles;
`l` last, `t` this, `x` next, `w` that, `e` every, `E` every other, `g` ago, `b` earlier, `a` later, `m` early or late,
`B` between, `v` several, `F` fiscal, `r` twice. Signs: `=` of, `~` to, `&` and, `@` on, `;` a bare comma.
A group whose name ends in `_` is read under the name without it, where a pattern needs the same group twice.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial

import regex

from onrecord.annotate import eras, wordorder
from onrecord.annotate import timerules as rule
from onrecord.annotate.timerules import Parse, Rule

_DAY = r"(?:D[ ,.]{1,2})?"
_LATE = r"(?:T )?(?:m[ =-](?:T )?)?"
_EDGE = r"(?:(?:T )?m[ =-](?:T )?|T (?=o))?"
_COUNT = (
    r"(?:(?:T )?(?:o )?(?P<n>[ndf])(?:[~-](?P<n2>[ndf]))?(?:(?: (?P<g>d)/(?P<i>d))|(?P<hf>&A h))?|"
    r"(?P<h>h)(?: A)?|A (?P<h3>h)|(?P<v>v)|(?P<A>A))"
)
_OF_YEAR = r"(?:[ =,]|=T )(?:(?:T )?(?P<shift>[ltxw]) (?P<U>U))"
RULES: list[tuple[str, str, Rule]] = [
    *eras.RULES,
    *wordorder.RULES,
    ("iso", r"(?P<y>y)-(?P<M>d)-(?P<d>d)(?![-/])", rule.iso),
    (
        "day-to-day",
        r"(?P<d>[do])[ =](?P<M>M)(?:[ ,]{1,2}(?P<x>y))?[-~](?:T )?(?P<e>[do])[ =](?P<N>M)(?:[ =,]{1,2}(?P<y>y))?",
        rule.range_across_months,
    ),
    (
        "day-to-day",
        r"(?<=B )(?P<d>[do])[ =](?P<M>M)(?:[ ,]{1,2}(?P<x>y))?&(?:T )?(?P<e>[do])[ =](?P<N>M)(?:[ =,]{1,2}(?P<y>y))?",
        rule.range_across_months,
    ),
    (
        "day-to-day",
        r"(?P<M>M)[ .](?P<d>[do])(?:, ?(?P<x>y))?[-~](?P<N>M)[ .](?P<e>[do])(?:[ ,]{1,2}(?P<y>y))?",
        rule.range_across_months,
    ),
    (
        "day-to-day",
        r"(?<=B )(?P<M>M)[ .](?P<d>[do])(?:,(?P<x>y))?&(?P<N>M)[ .](?P<e>[do])(?:[ ,]{1,2}(?P<y>y))?",
        rule.range_across_months,
    ),
    (
        "days-month-year",
        rf"{_DAY}(?:T (?=o))?(?P<d>[do])[-~](?:T )?(?P<e>[do])[ =](?P<M>M)(?:[ =,]{{1,2}}(?P<y>y))?",
        rule.range_of_days,
    ),
    (
        "days-month-year",
        r"(?<=B )(?:T )?(?P<d>[do])&(?:T )?(?P<e>[do])[ =](?P<M>M)(?:[ =,]{1,2}(?P<y>y))?",
        rule.range_of_days,
    ),
    (
        "day-month-year",
        r"(?:[tT] )?(?P<d>[do]) (?P<U>U)=(?P<M>M)(?:[ =,]{1,2}(?:T )?(?:U )?(?P<y>y))?",
        rule.day_of_month,
    ),
    (
        "listed-day",
        r"(?P<d>[do])(?=(?:[,;]d){0,4}[&,;](?:T )?[do][ =](?P<M>M)(?:[ =,]{1,2}(?P<y>y))?)",
        rule.listed_day,
    ),
    (
        "day-month-year",
        rf"{_DAY}(?:T (?=o))?(?:D[ ,]{{1,2}}(?:T )?)?(?P<d>[do])[ =.-]+(?P<M>M)(?:[/ ]M)?[ =.,-]{{1,2}}(?:U )?(?P<y>y)",
        rule.day_month_year,
    ),
    ("month-day-year", rf"{_DAY}(?P<M>M)[ .](?:T )?(?P<d>[do])[ ,]{{1,2}}(?P<y>y)", rule.day_month_year),
    ("figures", r"(?<![-/.:])(?P<d>d)(?P<s>[/.-])(?P<e>d)(?P=s)(?P<y>[yd])(?![-/:])", rule.figures),
    ("clock", r"(?P<d>d)[:.](?P<e>d)[ ](?P<k>k)(?:[ .,]+z)?", rule.clock),
    ("clock", r"(?P<d>d):(?P<e>d)(?:[ .,]+z)?", rule.clock),
    ("clock", r"(?P<d>d)[ ](?P<k>k)(?:[ .,]+z)?", rule.clock),
    ("clock", r"(?P<k>k)", rule.clock),
    ("clock", r"(?P<d>[dn])[=@](?:T )?(?P<P>P)", rule.clock),
    (
        "days-month",
        rf"{_DAY}(?P<M>M)[ .](?P<d>[do])[-~](?P<e>[do])(?![ -][UQC])(?:[ ,]{{1,2}}(?P<y>y))?",
        rule.range_of_days,
    ),
    ("quarter", rf"{_LATE}(?P<shift>[ltxw]) (?P<U>U)'(?P<o>o)[ -]Q", rule.quarter),
    (
        "quarter",
        rf"{_LATE}(?:F[ -])?(?:(?P<y>y)[ ])?(?P<o>o)[ -](?:F[ -])?Q"
        r"(?:[ =,'](?:T )?(?:F )?(?:(?P<y_>y)|(?P<shift>[ltxw]) (?P<U>U)))?",
        rule.quarter,
    ),
    (
        "half",
        r"(?:T )?(?:(?P<o>o)|(?P<last>l))[ -]h(?:=(?:T )?(?:(?P<y>y)|(?:(?P<shift>[ltxw]) )?(?P<U>U))| (?P<y_>y))",
        rule.half_year,
    ),
    ("month-of-year", rf"{_EDGE}{_DAY}(?P<d>[do])[ =](?P<M>M){_OF_YEAR}", rule.month_of_year),
    ("month-of-year", rf"{_EDGE}(?P<M>M)(?: (?P<d>[do]))?{_OF_YEAR}", rule.month_of_year),
    ("month-day", rf"{_EDGE}{_DAY}(?P<M>M)[ .](?:T )?(?P<d>[do])(?![:/%])(?! [UQC](?!=))", rule.month_day),
    ("month-day", rf"{_EDGE}{_DAY}(?:T (?=o))?(?P<d>[do])[ =.](?P<M>M)(?:[/]M)?", rule.month_day),
    ("listed-day", r"(?<=M [do]&)(?P<d>[do])(?![ -][UQCkM])", rule.listed_day),
    (
        "months",
        rf"{_EDGE}(?P<M>M)(?:[ ,](?P<x>y))?[-~](?:m[ -])?(?P<N>M)(?:[ =,]{{1,2}}(?P<y>y))?(?! d(?![ -][UQC]))",
        rule.range_of_months,
    ),
    ("months", r"(?<=B )(?P<M>M)(?:[ ,](?P<x>y))?&(?P<N>M)(?:[ =,]{1,2}(?P<y>y))?(?! d)", rule.range_of_months),
    ("month-year", rf"{_EDGE}(?P<M>M)(?:[/]M)?[ =,.'-]{{1,2}}(?:U )?(?P<y>y)", rule.month_year),
    ("counted-unit", r"(?:T )?(?P<o>o)[ -](?P<U>U)(?!=)", rule.counted_unit),
    ("counted-unit", r"(?P<U>U) (?P<o>d)(?![=:])", rule.counted_unit),
    ("day-of-every", r"(?:T )?(?P<o>o) (?P<U>U)=e (?P<V>U)", rule.day_of_every),
    ("ago", rf"(?:T )?{_COUNT}[ -](?P<U>[UQC]) g", partial(rule.ago, direction=-1)),
    ("ago", r"(?P<U>[UQC]) g", partial(rule.ago, direction=-1)),
    ("earlier", rf"{_COUNT}[ -](?P<U>[UQC])[ -]b(?! t)", partial(rule.ago, direction=-1, back="either")),
    ("later", rf"{_COUNT}[ -](?P<U>[UQC]) a", partial(rule.ago, direction=1, back="either")),
    ("past-span", rf"(?:T )?(?:[lx]|t l) {_COUNT}[ -](?P<U>[UQC])(?P<hu>&A h)?", rule.length),
    ("frequency", r"(?:[nd] )?r A (?P<U>[UQC])", rule.frequency),
    ("every", r"e (?:(?P<n>[nd]) )?(?:(?P<U>[UQC])|(?P<D>D)|(?P<M>M)|(?P<P>P))", rule.every),
    ("every", r"E (?P<U>[UQC])", rule.every_other),
    ("weekdays", r"(?:T )?(?P<W>W)(?: P)?", rule.weekdays),
    ("regularly", r"(?P<L>L)", rule.regular),
    ("unit-last", r"(?:T )?(?P<U>[UQ]) (?P<shift>[lx])(?! [UQMDn])", rule.shifted_unit),
    ("last-unit", rf"(?:[ba] )?{_LATE}(?P<shift>[ltxw]) (?:F )?(?P<U>[UQC])", rule.shifted_unit),
    ("part-of-day", r"(?:[bma] )?(?:T )?(?P<shift>[ltw]) (?P<P>P)", rule.part_of_day),
    ("next-part", r"T x (?P<P>P)", rule.next_part),
    ("weekday-last", r"(?P<D>D) (?P<shift>[lx])(?! [UQMDn])", rule.weekday),
    ("weekday", r"(?:[bma] )?(?:(?:T )?(?:t )?(?P<shift>[ltx]) )?(?P<D>D)(?: (?:m )?(?P<P>P))?", rule.weekday),
    ("double", r"(?P<N>N)", rule.double),
    ("month-shift", rf"{_LATE}(?P<shift>[ltxw]) (?P<M>M)(?! d(?![ -][UQC]))", rule.month),
    ("month-day", r"(?P<shift>[ltx]) (?P<M>M) (?P<d>[do])", rule.month_day),
    (
        "season",
        rf"{_LATE}(?:(?:t )?(?P<shift>[ltxw]) )?(?P<S>S)(?:[ =,]{{1,2}}(?P<y>y))?",
        rule.season,
    ),
    ("month", rf"{_EDGE}(?P<M>M)", rule.month),
    ("years", r"(?P<y>y)[-~](?P<e>y)(?![-/])", rule.range_of_years),
    ("years", r"(?<=B )(?P<y>y)&(?P<e>y)", rule.range_of_years),
    ("years", r"(?P<y>y)[-/](?P<e>d)(?![-/])", rule.range_of_years),
    ("decade", rf"{_LATE}(?P<s>s)", rule.decade),
    ("century", r"(?:T )?(?:m[ -])?(?P<o>o)[ -](?P<U>C)", rule.century),
    ("duration", rf"{_COUNT}[ -](?P<U>[UQC])(?P<hu>&A h)?", rule.length),
    ("holiday", r"(?:(?:T )?(?P<shift>[ltx]) )?(?P<H>H)(?:[ ,]{1,2}(?P<y>y))?", rule.holiday),
    ("word", r"(?:[bma] )?(?:T )?(?P<R>R)(?: (?P<P>P))?", rule.word),
    ("end-of-unit", r"(?:T )?(?P<m>m)[ =]T (?P<U>[UQ])", rule.ended_unit),
    ("end-of-unit", r"(?P<U>U)[ '-]{1,2}(?P<e>m)(?![ =-][TMyUQ])", rule.ended_unit),
    ("year", r"(?:T )?(?P<U>U) (?P<y>[yn])(?![-/])", rule.year_named),
    ("the-unit", r"T (?P<U>[UQ])(?![-=])", rule.the_unit),
    ("year-ago", r"(?:T )?(?P<U>U)[- ][gb](?:[ -](?P<Q>Q))?", rule.year_ago),
    ("years-length", r"(?:T )?(?P<U>[UQC])", rule.units),
    ("listed-year", r"(?<=y[&,;])(?P<y>y)", rule.listed_year),
    ("year", rf"{_LATE}(?:F )?(?P<y>y)", rule.bare_year),
    ("part", r"(?:T )?(?P<P>P)(?=[=@ ])", rule.part),
    ("past", r"T (?P<shift>l)", rule.current),
]  # fmt: skip

DOUBLE_DATES = frozenset(n for n, (name, _, _) in enumerate(RULES) if name == "double-date")

_GROUP = re.compile(r"\(\?P([<=])(\w+)([>)])")


_FIRST_OF_ORDERS, _FIRST_OF_ALL = len(eras.RULES), len(eras.RULES) + len(wordorder.RULES)
_ERAS = frozenset("JKijIZ")


Groups = dict[str, tuple[int, tuple[tuple[str, int], ...]]]
"""By the group that holds a rule: the rule's number, and its own groups as name and number."""


_BEHIND = re.compile(r"^\(\?<[=!](?:\[[^]]*\]|[^]()])*\)")


@cache
def _starts(pattern: str, kind: str) -> bool:
    """Whether a match of a rule can begin with a class; what must stand before it is left aside."""
    return regex.compile(_BEHIND.sub("", pattern)).match(kind, partial=True) is not None


@cache
def _grammar(kind: str, other_orders: bool, other_eras: bool) -> tuple[re.Pattern[str], Groups]:
    """The rules whose matches begin with a class, as one alternation; the groups of rule 7 end in `_7`.

    The tables of other calendars and other orders of words are left out where they are not needed.
    """
    parts = ["(?!)"]
    for n, (_, pattern, _) in enumerate(RULES):
        if n < _FIRST_OF_ALL and not (other_eras if n < _FIRST_OF_ORDERS else other_orders):
            continue
        if _starts(pattern, kind):
            own = _GROUP.sub(rf"(?P\g<1>\g<2>_{n}\g<3>", pattern)
            parts.append(f"(?P<rule_{n}>{own})")
    whole = re.compile("|".join(parts))
    own_groups: dict[str, list[tuple[str, int]]] = {}
    for name, number in whole.groupindex.items():
        stem, _, rule_number = name.rpartition("_")
        holder = own_groups.setdefault(f"rule_{rule_number}", [])
        if stem != "rule":
            holder.append((stem.rstrip("_"), number))
    return whole, {name: (int(name.rpartition("_")[2]), tuple(groups)) for name, groups in own_groups.items()}


def parse(classes: str, other_orders: bool) -> tuple[Parse, ...]:
    """The rules' matches in one string of classes, of a text in English only or with `other_orders` of words."""
    other_eras = not _ERAS.isdisjoint(classes)
    found = []
    at = 0
    while at < len(classes):  # words stand at the even places
        whole, groups = _grammar(classes[at], other_orders, other_eras)
        match = whole.match(classes, at)
        if match is None:
            at += 2
            continue
        number, own = groups[str(match.lastgroup)]
        places = {name: place for name, group in own if (place := match.start(group)) >= 0}
        found.append(Parse(number, at, match.end(), places))
        at = match.end() + match.end() % 2
    return tuple(found)


known = lru_cache(maxsize=1 << 14)(parse)
"""Groups of words that stand together are short and few kinds of them make up most texts."""
