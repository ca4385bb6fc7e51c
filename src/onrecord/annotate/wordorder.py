"""Patterns for time expressions whose words stand in an order that English has not.

"hace tres días" and "منذ يومين" have the "ago" in front, "mars dernier" and "القرن العشرين" the adjective behind, "les
deux dernières semaines" and "السنوات الخمس الأخيرة" the number elsewhere. Classes as in `timegrammar`; of its own this
table has `p` ("il y a"), `c` ("dans", "через") and `q` ("depuis", which no rule takes for "ago").
"""

from __future__ import annotations

import re
from functools import partial

from onrecord.annotate import timerules as rule
from onrecord.annotate.timerules import Found, Reader, Rule, Shift

_LENGTH = re.compile(r"PT?(\d+)([HMDWY])")


def ago(reader: Reader, direction: int) -> Found | None:
    """ "il y a deux ans", "hace años", "через неделю"; a dual counts by itself ("قبل عامين")."""
    if dual := _dual(reader):
        return Found("date", None, Shift(dual[1], direction * dual[0]))
    vague = rule.ago(reader, direction)
    if reader.value("U") in ("S", "MIN", "H") and vague.shift:
        return Found("date", "PAST_REF" if direction < 0 else "FUTURE_REF")
    return vague


def _dual(reader: Reader) -> tuple[int, str] | None:
    """Number and unit of a dual; `None` for hours, which no day is counted by."""
    match = _LENGTH.fullmatch(reader.value("N"))
    return (int(match[1]), match[2]) if match and "T" not in match[0] else None


def dual_span(reader: Reader) -> Found:
    """ "خلال العامين الماضيين"."""
    return Found("duration", reader.value("N"))


def every_dual(reader: Reader) -> Found:
    """ "كل شهرين"."""
    return Found("set", reader.value("N"))


def one_unit(reader: Reader) -> Found | None:
    """ "أسبوع واحد"."""
    return rule.length(reader) if reader.number("n") == 1 else None


def number_first(reader: Reader) -> Found | None:
    """ "les deux dernières semaines"; in "up from 20 last year" the number is of something else."""
    unit = reader.get("U")
    if reader.hint("plurals", unit) or reader.number("n") == 1:
        return rule.length(reader)
    found = rule.shifted_unit(reader)
    return found._replace(skip=len(reader.all()) - 2) if found else None


def vague_span(reader: Reader) -> Found:
    """ "الأيام القليلة الماضية", "ces quelques dernières années"."""
    return Found("date", "PAST_REF" if reader.kind("shift") == "l" else "FUTURE_REF")


def current_unit(reader: Reader) -> Found:
    """ "l'année en cours", "العام الجاري"."""
    return Found("date", None, Shift(reader.value("U"), 0))


def part_of_word(reader: Reader) -> Found | None:
    """ "утром сегодня", "مساء أمس"."""
    match = re.fullmatch(r"D([+-]\d+)", reader.value("R"))
    return Found("time", None, Shift("D", int(match[1])), f"T{reader.value('P')}") if match else None


def year_first(reader: Reader) -> Found | None:
    """2024/03/22."""
    year, month, day = reader.number("y"), reader.number("M"), reader.number("d")
    return Found("date", f"{year:04}-{month:02}-{day:02}") if 1800 <= year < 2100 and month <= 12 else None


_UNIT = r"(?P<U>[UQC])"
_LOOSE = r"(?![ =](?:T )?[ydnijltx])"
_OF_YEAR = r"[ =](?:T )?(?:(?P<U>U) (?P<shift>[ltx])|(?P<shift_>[ltx]) (?P<U_>U))"
_EDGE = r"(?:(?:T )?m[ =-](?:T )?)?"
RULES: list[tuple[str, str, Rule]] = [
    ("ago", rf"p (?:[vV] )?(?:T )?(?:(?P<n>[nd])|(?P<A>A)) {_UNIT}", partial(ago, direction=-1)),
    ("ago", rf"p (?P<v>v) {_UNIT}", partial(ago, direction=-1)),
    ("ago", rf"p (?:T )?{_UNIT}{_LOOSE}(?! o)", partial(ago, direction=-1)),
    ("ago", r"p (?P<N>N)", partial(ago, direction=-1)),
    ("ago", r"(?P<N>N) g", partial(ago, direction=-1)),
    ("later", rf"c (?:[vV] )?(?:T )?(?:(?P<n>[nd])|(?P<A>A)) {_UNIT}", partial(ago, direction=1)),
    ("later", rf"c (?P<v>v) {_UNIT}", partial(ago, direction=1)),
    ("later", rf"c {_UNIT}{_LOOSE}(?! o)", partial(ago, direction=1)),
    ("later", r"c (?P<N>N)", partial(ago, direction=1)),
    ("past-span", rf"(?:T )?(?:t )?(?P<n>[nd]) (?P<shift>[lx]) {_UNIT}", number_first),
    ("past-span", rf"(?:T )?{_UNIT} (?P<n>[nd]) [lx]", rule.length),
    ("past-span", rf"(?:T )?(?P<n>[nd]) {_UNIT} [lx]", rule.length),
    ("past-span", r"(?P<N>N) [lx]", dual_span),
    ("past-span", r"[lx] (?P<N>N)", dual_span),
    ("past-span", rf"(?:T )?(?:t )?v (?P<shift>[lx]) {_UNIT}", vague_span),
    ("past-span", rf"(?:T )?{_UNIT} v (?P<shift>[lx])", vague_span),
    ("last-unit", rf"t (?P<shift>[lx]) {_UNIT}", rule.shifted_unit),
    ("unit-this", rf"(?:T )?{_UNIT} t(?! [UQDMSP])", current_unit),
    ("one-unit", rf"{_UNIT} (?P<n>n)(?! [UQCMlx])", one_unit),
    ("month-of-year", rf"{_EDGE}(?:D[ ,])?(?:T )?(?P<d>[do])[ =](?P<M>M){_OF_YEAR}", rule.month_of_year),
    ("month-of-year", rf"{_EDGE}(?P<M>M){_OF_YEAR}", rule.month_of_year),
    ("month-day", r"(?:D[ ,])?(?P<d>[do])[ =](?P<M>M) (?P<shift>[lx])", rule.month_day),
    ("month-shift", rf"{_EDGE}(?P<M>M) (?P<shift>[lxt])(?! [UQCMDSP])", rule.month),
    ("season", rf"(?:T )?(?P<S>S){_OF_YEAR}", rule.season),
    ("season", r"(?:T )?(?P<S>S) (?P<shift>[lx])(?! [UQCMDSP])", rule.season),
    ("season", r"(?:T )?(?P<S>S)[ =](?:T )?U (?P<y>y)", rule.season),
    ("month-year", rf"{_EDGE}(?P<M>M)[ =](?:T )?U (?P<y>y)", rule.month_year),
    ("quarter", r"(?:T )?Q (?P<o>o)(?![ =](?:T )?U|[ =]y)", rule.quarter),
    ("quarter", r"(?:T )?(?:Q (?P<o>o)|(?P<o_>o) Q)[ =](?:T )?(?:U )?(?P<y>y)", rule.quarter),
    ("quarter", rf"(?:T )?(?:Q (?P<o>o)|(?P<o_>o) Q){_OF_YEAR}", rule.quarter),
    ("century", r"(?:T )?(?P<U>C) (?P<o>o)", rule.century),
    ("weekday", r"(?:T )?(?P<P>P)[ =](?:T )?(?P<D>D)(?: (?P<shift>[lx])(?! [UQ]))?", rule.weekday),
    ("word", r"(?:T )?(?P<P>P)[ =](?P<R>R)", part_of_word),
    ("every", r"e (?P<N>N)", every_dual),
    ("figures", r"(?<![-/.:])(?P<y>y)/(?P<M>d)/(?P<d>d)(?![-/:])", year_first),
]  # fmt: skip
"""Name, pattern and rule; tried before those of `timegrammar`."""
