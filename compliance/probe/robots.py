"""What a host asks of robots, as RFC 9309 reads it."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from compliance.probe.types import Fetched

_LONGEST_LINE = 2000


@dataclass(frozen=True)
class Robots:
    """The rules of one host; None: everything is allowed."""

    rules: Protego | None = None

    @classmethod
    def from_answer(cls, answer: Fetched) -> Robots | str:
        """No file: all is allowed. A failing server: nothing is. What kept us from asking, as its code."""
        if not answer.error:
            return cls.from_text(answer.body.decode("utf-8-sig", "replace"))
        if answer.error in ("server_error", "busy", "too_large", "broken", "encoding"):
            return "robots_unreachable"
        if answer.status or answer.error in ("redirect_loop", "too_many_redirects"):
            return cls()
        return answer.error

    @classmethod
    def from_text(cls, text: str) -> Robots:
        """Rules from a file; what is no rule is passed over."""
        lines = (line for line in text.replace("\x00", "").splitlines() if len(line) <= _LONGEST_LINE)
        return cls(Protego.parse("\n".join(lines)))

    def allows(self, url: str, agent: str) -> bool:
        return self.rules is None or bool(self.rules.can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        """Seconds the host wants between two requests."""
        if self.rules is None:
            return 0.0
        delay = self.rules.crawl_delay(agent) or 0.0
        rate = self.rules.request_rate(agent)
        if rate is not None and rate.requests:
            delay = max(delay, rate.seconds / rate.requests)
        return float(delay) if delay == delay and delay > 0 else 0.0

    def sitemaps(self) -> list[str]:
        return [] if self.rules is None else list(self.rules.sitemaps)
