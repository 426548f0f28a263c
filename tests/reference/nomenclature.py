"""Holds the benefits with a tariff of their own: the fees of the convention, the points of article 14 c)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

FEES: dict[int, Decimal] = {
    252652: Decimal("3088.44"),
    252674: Decimal("4693.06"),
    252696: Decimal("3088.44"),
    252711: Decimal("4693.06"),
    252733: Decimal("684.20"),
    252755: Decimal("796.20"),
    252770: Decimal("342.10"),
    252792: Decimal("97.14"),
    252814: Decimal("194.27"),
}
"""The fee of each of the nine convention benefits, in euros of 2016."""

PEDICLED_FLAPS: dict[int, int] = {250176: 150, 250191: 90, 250213: 225, 251856: 240, 251871: 90, 251893: 300}
FREE_FLAPS: dict[int, int] = {251812: 350, 251834: 500, 251915: 180, 251930: 225}
SKIN_GRAFTS: dict[int, int] = {
    251274: 50,
    251296: 90,
    251311: 120,
    251333: 225,
    253654: 120,
    253676: 75,
    251355: 120,
    251370: 240,
}
IMPLANTS: dict[int, int] = {251672: 120, 251716: 180, 251694: 180}
LESIONS: dict[int, int] = {251731: 180, 251753: 240, 251775: 300}
BREAST: dict[int, int] = {
    251576: 180,
    251613: 225,
    251635: 225,
    251650: 150,
    251790: 120,
    252431: 150,
    252453: 225,
    252475: 300,
    252490: 120,
    252512: 225,
}
NOSE: dict[int, int] = {253116: 270, 253131: 90, 253153: 225, 253175: 150, 253190: 120, 253212: 150, 253315: 225}
EARS: dict[int, int] = {253551: 120, 253573: 180, 253595: 60, 253610: 270, 253632: 90}

SECTIONS: dict[str, dict[int, int]] = {
    "i1": PEDICLED_FLAPS,
    "i2": FREE_FLAPS,
    "i3": SKIN_GRAFTS,
    "i4": IMPLANTS,
    "i5": LESIONS,
    "ii1": BREAST,
    "ii2": NOSE,
    "ii3": EARS,
}
POINTS: dict[int, int] = {code: points for section in SECTIONS.values() for code, points in section.items()}
"""The points of each of the 46 benefits of article 14 c), in the order of the decree."""

SINGLE_GRAFTS = frozenset(SKIN_GRAFTS) - {253654}
"""The seven grafts of which a session has room for one."""

TARIFF_CLAUSES: dict[int, str] = {
    252652: "conv_3d_1",
    252696: "conv_3d_2",
    252674: "conv_3d_3",
    252711: "conv_3d_4",
    252733: "conv_4c_1",
    252755: "conv_4c_2",
    252770: "conv_4c_3",
    252792: "conv_5c_1",
    252814: "conv_5c_2",
    **{code: f"nps_{name}_{code}" for name, section in SECTIONS.items() for code in section},
}


def to_the_cent(amount: Decimal) -> Decimal:
    """Half a cent goes up."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
