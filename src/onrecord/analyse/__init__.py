"""Records in, tables out: what is in an archive, who speaks with whom, when, and in which words.

Pure functions over any iterable of Records, read once, one at a time. Each result says by which rule it was counted.
"""

from onrecord.analyse.act_links import candidate, comparable, linked
from onrecord.analyse.acts import Choice, Question, in_order, rows, shown
from onrecord.analyse.agreement import Agreements, agreements
from onrecord.analyse.figures import ASSERTING, FigureTable, figures
from onrecord.analyse.gists import gists, stem
from onrecord.analyse.measures import MEASURES, METHODS, centrality, communities
from onrecord.analyse.network import RULES, TOGETHER, joint_statements, pairs, reading_order
from onrecord.analyse.overview import Overview, overview
from onrecord.analyse.parties import alone, called, network
from onrecord.analyse.terms import Frequencies, Keyness, frequencies, keyness
from onrecord.analyse.timeline import Timeline, timeline
from onrecord.analyse.windows import CALENDAR, READERS, named, period, said, windows
from onrecord.hypergraph import JointStatement, Pairs

__all__ = [
    "ASSERTING", "CALENDAR", "MEASURES", "METHODS", "READERS", "RULES", "TOGETHER", "Agreements", "Choice",
    "FigureTable", "Frequencies", "JointStatement", "Keyness", "Overview", "Pairs", "Question", "Timeline",
    "agreements", "alone", "called", "candidate", "centrality", "communities", "comparable", "figures", "frequencies",
    "gists", "in_order", "joint_statements", "keyness", "linked", "named", "network", "overview", "pairs", "period",
    "reading_order", "rows", "said", "shown", "stem", "timeline", "windows",
]  # fmt: skip
