"""The acts that indicators count: those of an audit, and those of which it is unknown what became of them."""

from __future__ import annotations

from pyreco.batch.auditing import Auditing
from pyreco.batch.engine import one
from pyreco.batch.supplements import AMOUNTS


class Indicating(Auditing):
    """Answers as an audit does, with a row more for each act of unknown status, of which nothing is said.

    Each row says whether acts of the patient may exist that are not listed (``unlisted``). The rows are in no order.
    """

    MORE = ", l.unlisted"

    def _lines(self) -> None:
        """Find the acts of unknown status, too."""
        super()._lines()
        hospital = "a.hospital" if "hospital" in self._used else "NULL::VARCHAR"
        amounts = "".join(f", a.{name}" for name in AMOUNTS if name in self._used)
        self._db.execute(
            f"""CREATE OR REPLACE TABLE undecided AS SELECT p.n, p.patient, a.code,
                a.benefit, a.day AS date, coalesce(a.breast, q.side) AS breast, a.session, {hospital} AS hospital
                {amounts}, p.incomplete, p.unlisted
            FROM acts a JOIN asked_of q USING (what) JOIN patients p USING (n) WHERE a.status IS NULL"""
        )

    def _many(self) -> int:
        return super()._many() + one(self._db, "SELECT count(*) FROM undecided")

    def _selected(self, own: str) -> str:
        """The answers on the lines of some patients, and their acts of unknown status."""
        return f"SELECT * FROM ({super()._selected(own)}) UNION ALL BY NAME SELECT * EXCLUDE (n) FROM undecided {own}"
