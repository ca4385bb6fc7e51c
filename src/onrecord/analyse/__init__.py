"""Records in, tables out: what is in an archive, who speaks with whom, when, and in which words.

Pure functions over any iterable of Records, read once, one at a time. Each result says by which rule it was counted.
"""

from onrecord.analyse.network import RULES, JointStatement, Pairs, joint_statements, pairs
from onrecord.analyse.overview import Overview, overview
from onrecord.analyse.terms import Frequencies, Keyness, frequencies, keyness
from onrecord.analyse.timeline import Timeline, timeline

__all__ = [
    "RULES", "Frequencies", "JointStatement", "Keyness", "Overview", "Pairs", "Timeline", "frequencies",
    "joint_statements", "keyness", "overview", "pairs", "timeline",
]  # fmt: skip
