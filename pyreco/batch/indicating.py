"""The acts that indicators count: those of an audit, and those of which it is unknown what became of them."""

from __future__ import annotations

from pyreco.batch.auditing import Auditing
from pyreco.batch.supplements import AMOUNTS


class Indicating(Auditing):
    """Answers as an audit does, with a row more for each act of unknown status, of which nothing is said.

    Each row says whether acts of the patient may exist that are not listed (``unlisted``).
    """

    def answer(self) -> str:
        """The statement that selects both on the tables ``patients`` and ``acts``; the rows are in no order."""
        hospital = "a.hospital" if "hospital" in self._used else "NULL::VARCHAR"
        amounts = ", ".join(f"a.{name}" for name in AMOUNTS if name in self._used)
        return f"""SELECT a.*, p.unlisted FROM ({super().answer()}) a JOIN patients p USING (patient) UNION ALL BY NAME
            SELECT p.patient, a.code, a.benefit, a.day AS date, coalesce(a.breast, q.side) AS breast, a.session,
                {hospital} AS hospital, {amounts + "," if amounts else ""} p.incomplete,
                p.unlisted
            FROM acts a JOIN asked_of q USING (what) JOIN patients p USING (n) WHERE a.status IS NULL"""
