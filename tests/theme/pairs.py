"""Every pair of text and ground that the style sheets may set, and the marks that must stand out."""

_GROUNDS = ("ground", "paper", "sunken")

PAIRS: list[tuple[str, str]] = [
    *((text, ground) for text in ("ink", "ink-soft", "blue", "green") for ground in _GROUNDS),
    *(
        (f"{hue}{kind}", ground)
        for hue in ("main", "accent")
        for kind in ("", "-dark")
        for ground in _GROUNDS[:2]
    ),
    *(
        (text, f"{hue}-soft")
        for hue in ("main", "accent")
        for text in ("ink", "ink-soft", hue, f"{hue}-dark")
    ),
    *(("on-fill", f"{hue}-{kind}") for hue in ("main", "accent") for kind in ("fill", "deep")),
    *((state, f"{state}-soft") for state in ("ok", "warn", "bad", "info")),
    *((state, "paper") for state in ("ok", "warn", "bad", "info")),
]

#: Borders of controls and one of the two colours of the focus ring: 3 to 1 (WCAG 2.2, 1.4.11).
MARKS: list[tuple[tuple[str, ...], str]] = [
    *((("control",), ground) for ground in _GROUNDS),
    *((("ring", "ring-gap"), ground) for ground in _GROUNDS),
    *(
        (("ring", "ring-gap"), f"{hue}-{kind}")
        for hue in ("main", "accent")
        for kind in ("fill", "deep", "soft")
    ),
    *(
        (("ring-on-fill", "ring-gap-on-fill"), f"{hue}-{kind}")
        for hue in ("main", "accent")
        for kind in ("fill", "deep")
    ),
]
