"""Keeping `together`, `tallies` and `name_days` up to date: triggers list what changed, and it is counted in one go.

At the end of a run rather than with each batch: a party that a hundred documents name is counted once.
"""

from __future__ import annotations

import sqlite3

_SIGNING = "(SELECT p.document, p.statement, p.position FROM unjoined u CROSS JOIN pens p ON p.document = u.document)"
JOINED = (
    f"UPDATE makers SET hand = EXISTS (SELECT 1 FROM pens p CROSS JOIN entities n ON n.number = p.entity"
    " CROSS JOIN makers b ON b.document = makers.document AND b.statement = makers.statement"
    " CROSS JOIN entities e ON e.number = b.entity WHERE p.document = makers.document"
    " AND p.statement = makers.statement AND p.position = makers.position AND e.type IS NOT 'person'"
    " AND coalesce(e.party, e.number) = coalesce(n.party, n.number))"
    f" WHERE (document, statement, position) IN {_SIGNING}",
    "INSERT INTO untallied SELECT DISTINCT entity, 0, 0, 1 FROM makers"
    f" WHERE (document, statement, position) IN {_SIGNING} AND entity IS NOT NULL"
    " ON CONFLICT DO UPDATE SET again = 1",
    "DELETE FROM together WHERE document IN (SELECT document FROM unjoined)",
    # A party counts once, under whichever of its names it signs; one that is not known by its name.
    "INSERT INTO together SELECT m.document, m.statement, m.low, m.high,"
    " count(DISTINCT coalesce(e.party, m.entity, '=' || m.name)) AS parties FROM unjoined u"
    " CROSS JOIN documents d ON d.number = u.document AND d.state = 'current'"
    " CROSS JOIN makers m ON m.document = u.document AND NOT m.hand"
    " LEFT JOIN entities e ON e.number = m.entity GROUP BY m.document, m.statement HAVING parties > 1",
    "DELETE FROM unjoined",
)
STALE = (
    "SELECT coalesce(e.party, e.number) FROM untallied u CROSS JOIN entities e ON e.number = u.entity"
    " WHERE u.documents <> 0 OR u.made <> 0 OR u.again"
)
CURRENT = "document NOT IN (SELECT number FROM documents WHERE state = 'superseded')"
"""The condition that a row is a current document's, by the list of those that are not."""
_ROWS = "entities x CROSS JOIN {table} m ON m.entity = x.number WHERE (x.number = h.number OR x.party = h.number)"
_NAMED = f"SELECT count(DISTINCT m.document) FROM {_ROWS.format(table='mentions')} AND m.{CURRENT}"
_MAKING = f"FROM {_ROWS.format(table='makers')} AND m.hand = 0 AND m.{CURRENT}"
_MADE = f"SELECT count(DISTINCT m.document * 100000 + m.statement) {_MAKING}"
TALLIED = (
    "DELETE FROM untallied WHERE documents = 0 AND made = 0 AND NOT again",
    f"DELETE FROM tallies WHERE entity IN (SELECT entity FROM untallied) OR entity IN ({STALE})",
    "INSERT INTO tallies SELECT h.number, h.type,"
    f" ({_NAMED}) AS documents, ({_MADE}),"
    f" (SELECT min(m.low) {_MAKING}), (SELECT max(m.high) {_MAKING})"
    f" FROM entities h WHERE h.party IS NULL AND documents > 0 AND h.number IN ({STALE}"
    " UNION SELECT entity FROM untallied)",
    "DELETE FROM name_days WHERE entity IN (SELECT entity FROM untallied WHERE documents <> 0 OR again)",
    "INSERT INTO name_days SELECT m.entity, m.name, min(d.issued_low), max(d.issued_high) FROM untallied u"
    " CROSS JOIN mentions m ON m.entity = u.entity"
    " CROSS JOIN documents d ON d.number = m.document AND d.state = 'current' AND d.issued_low IS NOT NULL"
    " WHERE u.documents <> 0 OR u.again GROUP BY m.entity, m.name",
    "DELETE FROM untallied",
)


def settle(connection: sqlite3.Connection) -> None:
    """Count anew what changed since, in a transaction of its own; nothing where nothing did."""
    [[waiting]] = connection.execute("SELECT EXISTS (SELECT 1 FROM unjoined) OR EXISTS (SELECT 1 FROM untallied)")
    if not waiting:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in (*JOINED, *TALLIED):
            connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
