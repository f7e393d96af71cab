"""Counts in memory: exact with many threads, kept when they cannot be written, bounded."""

from __future__ import annotations

import datetime
import threading
from collections import Counter
from collections.abc import Mapping

import pytest

from sitepages.visits.recorder import Counts, Key, Recorder
from sitepages.visits.robots import robot_list

pytestmark = pytest.mark.unit

DAY = datetime.date(2021, 6, 29)


class Ledger:
    """A store in memory that can be made to fail, before or never after it has kept a batch."""

    def __init__(self) -> None:
        self.views: Counter[Key] = Counter()
        self.visits: Counter[Key] = Counter()
        self.failing = False

    def __call__(self, batch: Mapping[Key, Counts]) -> None:
        if self.failing:
            raise OSError("down")
        for key, (views, visits) in batch.items():
            self.views[key] += views
            self.visits[key] += visits


def test_threads_that_count_and_write_at_once_lose_nothing_and_add_nothing() -> None:
    ledger = Ledger()
    recorder = Recorder(ledger, by_itself=False)
    threads, rounds, pages = 8, 2000, 5
    begin = threading.Barrier(threads + 1)

    def reader(number: int) -> None:
        begin.wait()
        for turn in range(rounds):
            recorder.record((DAY, 1, turn % pages), visit=turn % 2 == 0)
            if turn % 97 == number:
                ledger.failing = not ledger.failing
                recorder.flush()

    running = [threading.Thread(target=reader, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    begin.wait()
    for thread in running:
        thread.join()
    ledger.failing = False
    assert recorder.flush()
    assert dict(ledger.views) == {(DAY, 1, page): threads * rounds // pages for page in range(pages)}
    assert ledger.visits.total() == threads * rounds // 2
    assert recorder.let_go == 0


def test_what_is_kept_is_bounded_and_known_pages_go_on() -> None:
    ledger = Ledger()
    recorder = Recorder(ledger, by_itself=False, most=3)
    ledger.failing = True
    for page in range(10):
        recorder.record((DAY, 1, page), visit=True)
    recorder.record((DAY, 1, 0), visit=False)
    assert not recorder.flush()
    assert recorder.let_go == 7
    ledger.failing = False
    assert recorder.flush()
    assert dict(ledger.views) == {(DAY, 1, 0): 2, (DAY, 1, 1): 1, (DAY, 1, 2): 1}
    assert ledger.visits[DAY, 1, 0] == 1
    assert recorder.let_go == 0


def test_a_stopping_process_writes_the_rest_once() -> None:
    ledger = Ledger()
    recorder = Recorder(ledger, by_itself=False)
    recorder.record((DAY, 1, 1), visit=True)
    recorder.close()
    recorder.close()
    assert dict(ledger.views) == {(DAY, 1, 1): 1}


def test_the_thread_of_its_own_writes_without_being_asked(settings: object) -> None:
    settings.PORTAL_VISITS_SECONDS = 0.01  # type: ignore[attr-defined]
    ledger, written = Ledger(), threading.Event()

    def store(batch: Mapping[Key, Counts]) -> None:
        ledger(batch)
        written.set()

    recorder = Recorder(store)
    recorder.record((DAY, 1, 1), visit=True)
    assert written.wait(timeout=20)
    assert dict(ledger.views) == {(DAY, 1, 1): 1}


def test_a_forked_process_begins_with_nothing() -> None:
    ledger = Ledger()
    recorder = Recorder(ledger, by_itself=False)
    recorder.record((DAY, 1, 1), visit=True)
    recorder.reset()
    assert recorder.flush()
    assert not ledger.views


WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
PEOPLE = [
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/120.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1",
    f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} coc_coc_browser/112.0.0 Chrome/106.0 Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 9; CUBOT_X18_Plus) {WEBKIT} Chrome/81.0 Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 13; wv) {WEBKIT} Version/4.0 Chrome/120.0 Mobile Zalo android/2312",
    f"Mozilla/5.0 (Linux; Android 13) {WEBKIT} Chrome/120 Mobile [FB_IAB/FB4A;FBAV/440.0;]",
    "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0",
    "Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18",
]
PROGRAMS = [
    "",
    "   ",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
    f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} HeadlessChrome/120.0 Safari/537.36",
    "python-requests/2.32.0",
    "Wget/1.21",
    "facebookexternalhit/1.1",
    "Baiduspider+(+http://www.baidu.com/search/spider.htm)",
    "UptimeRobot/2.0",
    "GoogleBot CUBOT",
    "Java/17.0.1",
]


@pytest.mark.parametrize("agent", PEOPLE)
def test_browsers_are_people_s(agent: str) -> None:
    assert not robot_list().names(agent)


@pytest.mark.parametrize("agent", PROGRAMS)
def test_programs_are_known(agent: str) -> None:
    assert robot_list().names(agent)


def test_a_further_word_is_one_of_the_setting() -> None:
    agent = "Mozilla/5.0 GiamSatTinh/1.0"
    assert not robot_list().names(agent)
    assert robot_list(("giamsattinh",)).names(agent)
    assert not robot_list(("", "  ")).names(agent)
