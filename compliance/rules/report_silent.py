"""Which offices a text says wrote nothing: judged sentence by sentence, lists on the lines below included."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from compliance.rules.activity import Activity
from compliance.rules.report_names import Named, OfficeNames
from compliance.rules.report_patterns import ITEM
from compliance.rules.report_words import ReportWords, folded_text

QUOTED = 120


@dataclass(frozen=True)
class Wrong:
    """Words that do not name the offices of the table: those they lack, those they name wrongly."""

    quote: str
    missing: str
    extra: str


@dataclass
class _Said:
    """What one paragraph says: offices surely named, offices perhaps meant, and those wrong for a month."""

    quote: str
    sure: set[str] = field(default_factory=set)
    perhaps: set[str] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)
    is_open: bool = False
    bullet: str | None = None


class SilentCheck:
    """Compares the offices a text calls silent with those of the table."""

    def __init__(self, words: ReportWords, fold: Callable[[str], str], data: Activity) -> None:
        self.words, self.fold, self.data = words, fold, data
        self.patterns = words.silent
        self.silent = set(data.articles.silent)
        self.names = OfficeNames(data.articles.rows, words, fold)

    def wrong(self, texts: Iterable[str]) -> dict[int, Wrong]:
        """The paragraphs that name other offices, or not all, by their position."""
        texts = list(texts)
        found: dict[int, _Said] = {}
        held: _Said | None = None
        for position, text in enumerate(texts):
            said = self._paragraph(text)
            if said is None and held and self._entry(held, text):
                continue
            if said:
                found[position] = said
            held = said if said and said.is_open else None
        judged = {position: self._judged(said) for position, said in found.items()}
        wrong = {position: each for position, each in judged.items() if each}
        for position, text in enumerate(texts):
            if position not in wrong and (quote := self._everyone(text)):
                wrong[position] = Wrong(quote, "; ".join(self.data.articles.silent), "")
        return wrong

    def _everyone(self, text: str) -> str:
        """The sentence that says there is no silent office, though there is."""
        folded = folded_text(text, self.fold) if self.silent else ""
        if not self.patterns.everyone.search(folded):
            return ""
        for start, end in self._sentences(folded, ()):
            sentence = folded[start:end]
            if self.patterns.everyone.search(sentence) and not self.patterns.excepted.search(sentence):
                return text[start:end].strip()[:QUOTED]
        return ""

    def _judged(self, said: _Said) -> Wrong | None:
        missing = self.silent - said.sure - said.perhaps if said.sure else set()
        extra = (said.sure - self.silent) | said.wrong
        if not (missing or extra):
            return None
        order = [row.name for row in self.data.articles.rows]
        return Wrong(
            said.quote,
            "; ".join(name for name in order if name in missing),
            "; ".join(name for name in order if name in extra),
        )

    # --- one paragraph

    def _paragraph(self, text: str) -> _Said | None:
        """What a paragraph says of silent offices; None when it says nothing of the kind."""
        folded = folded_text(text, self.fold)
        if not self.patterns.claim.search(folded):
            return None
        names = self.names.find(text)
        said: _Said | None = None
        waiting = False
        for start, end in self._sentences(folded, names):
            inside = _between(names, start, end)
            claims = list(self.patterns.claim.finditer(folded, start, end))
            if claims:
                said = said or _Said(text[start:end].strip()[:QUOTED])
                sure, perhaps = self._claimed(folded, start, end, inside, claims)
            elif said and waiting and self.patterns.goes_on.match(folded, start, end):
                sure, perhaps = self._listed(folded, inside, end)
            else:
                waiting = False
                continue
            self._take(said, folded[start:end], sure, perhaps)
            waiting = not sure
            said.is_open = not inside and bool(self.patterns.opens.search(folded[start:end]))
        return said

    def _take(self, said: _Said, sentence: str, sure: set[str], perhaps: set[str]) -> None:
        """A sentence about one month is compared with that month alone."""
        month = self.patterns.month.search(sentence)
        columns = [
            index
            for index, span in enumerate(self.data.articles.columns)
            if month and span.first.month == span.last.month == int(month[1])
        ]
        if not columns:
            said.sure |= sure
            said.perhaps |= perhaps
            return
        for row in self.data.articles.rows:
            if row.name in sure and any(row.counts[index] for index in columns if index < len(row.counts)):
                said.wrong.add(row.name)

    def _sentences(self, folded: str, names: Sequence[Named]) -> Iterator[tuple[int, int]]:
        """Where each sentence begins and ends; a full stop within a name or a short form ends none."""
        start = 0
        for match in self.patterns.ends.finditer(folded):
            words = folded[start : match.start()].split()
            is_short = bool(words) and words[-1].lstrip('("“') in self.patterns.short
            before = bisect_left(names, match.start(), key=_begins)
            if is_short or (before and match.start() < names[before - 1].end):
                continue
            yield start, match.end()
            start = match.end()
        if folded[start:].strip():
            yield start, len(folded)

    # --- one sentence

    def _claimed(
        self, folded: str, start: int, end: int, names: Sequence[Named], claims: Sequence[re.Match[str]]
    ) -> tuple[set[str], set[str]]:
        """The offices that a sentence surely calls silent, and those it may."""
        sure: set[str] = set()
        perhaps: set[str] = set()
        before = start
        for index, claim in enumerate(claims):
            first, last = claim.span()
            upto = claims[index + 1].start() if index + 1 < len(claims) else end
            ahead = _between(names, before, first)
            gap = folded[ahead[-1].end : first] if ahead else ""
            found = self._subjects(folded, ahead, first)
            if claim["alone"] and not self.patterns.still.fullmatch(gap):
                found = set()  # something else is empty or silent
            elif self.patterns.because.fullmatch(gap):
                perhaps |= found & self.silent  # why somebody did something to one of them
                found -= self.silent
            sure |= found
            listed = _between(names, last, upto)
            if listed and self.patterns.opens.search(folded[last : listed[0].start]):
                follow, others = self._listed(folded, listed, upto)
                sure |= follow
                perhaps |= others
            else:
                perhaps |= {name.name for name in listed}
            before = last
        return sure, perhaps - sure

    def _subjects(self, folded: str, names: Sequence[Named], claim: int) -> set[str]:
        """The names before the words that claim it, unless somebody else is their subject."""
        found: set[str] = set()
        until = claim
        for name in reversed(names):
            gap = folded[name.end : until]
            if found:
                if not self.patterns.separator.fullmatch(gap):
                    break
            elif self.patterns.elsewhere.search(self.patterns.same_subject.sub(" ", gap)):
                break
            found.add(name.name)
            until = name.start
        return found

    def _listed(self, folded: str, names: Sequence[Named], end: int) -> tuple[set[str], set[str]]:
        """The names of a list: those that stand one after the other, and those that may not belong to it."""
        sure: set[str] = set()
        for index, name in enumerate(names):
            behind = index and folded[names[index - 1].end : name.start]
            acts = self.patterns.acts.match(folded, name.end, end)
            if acts or (behind and not self.patterns.separator.fullmatch(behind)):
                return sure, {each.name for each in names[index:]} - sure
            sure.add(name.name)
        return sure, set()

    # --- the lines below

    def _entry(self, said: _Said, text: str) -> bool:
        """Take a line as an entry of the list begun above; False when it is none."""
        match = ITEM.match(text)
        bullet = match[0].strip()[:1] if match else ""
        sign = "1" if bullet.isalnum() or bullet == "(" else bullet
        names = self.names.find(text)
        folded = folded_text(text, self.fold)
        if not names or (said.bullet is not None and said.bullet != sign):
            return False
        begins = match.end() if match else 0
        if not self.patterns.separator.fullmatch(folded[begins : names[0].start]):
            return False
        if not match and not self.patterns.separator.fullmatch(folded[names[-1].end :].rstrip(" .")):
            return False
        said.bullet = sign
        sure, perhaps = self._listed(folded, names, len(folded))
        said.sure |= sure
        said.perhaps |= perhaps
        return True


def _begins(name: Named) -> int:
    return name.start


def _between(names: Sequence[Named], start: int, end: int) -> Sequence[Named]:
    """The names that begin between two places."""
    return names[bisect_left(names, start, key=_begins) : bisect_left(names, end, key=_begins)]
