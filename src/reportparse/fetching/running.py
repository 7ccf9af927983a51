"""Many addresses into a folder: hosts side by side, each host one after the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

import msgspec

from reportparse.errors import FetchError, MissingExtra, UnknownFormat
from reportparse.fetching.addresses import checked, host_of
from reportparse.fetching.joining import join
from reportparse.fetching.keeping import Folder, Kept, sha256_of, written
from reportparse.fetching.model import (
    Clock,
    Doubt,
    Fetched,
    Listed,
    Outcome,
    Part,
    Progress,
    Settings,
    Side,
    SystemClock,
)
from reportparse.fetching.naming import digest, kind_of, stem_of, stem_of_name
from reportparse.fetching.paging import attached_to, is_empty, opened, parts_of
from reportparse.reading.encodings import decode
from reportparse.sources import Source, load_list

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from reportparse.fetching.getting import Answer, Getter

_DEFAULTS = Settings()
_OPENS = re.compile(rb"<html[\s>]", re.IGNORECASE)
_CLOSES = re.compile(rb"</html", re.IGNORECASE)


def fetch(
    sources: str | Path | Iterable[str | Path | Source],
    into: str | Path,
    *,
    settings: Settings = _DEFAULTS,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> list[Fetched]:
    """Fetch addresses and lists of them into a folder; one result for each address, in their order.

    A `str` that ends with ``.toml``, or a `Path`, is a list. An address that can't be had is a result with an
    `error`, and costs the others nothing.

    Raises:
        ListError: a list is wrong.
        FetchError: the folder can't be made.
        MissingExtra: the extra ``fetch`` is not installed.

    """
    try:
        from reportparse.fetching.getting import Getter
    except ImportError:
        raise MissingExtra("fetch", "fetching") from None

    wanted = _wanted([sources] if isinstance(sources, str | Path) else sources)
    clock = clock or SystemClock()
    getter = Getter(settings, clock)
    try:
        run = _Run(getter, Folder(Path(into)), settings, clock, progress)
        return run.all(wanted)
    finally:
        getter.close()


def _wanted(sources: Iterable[str | Path | Source]) -> list[Source]:
    wanted: dict[str, Source] = {}
    for one in sources:
        if isinstance(one, Path) or (isinstance(one, str) and one.lower().endswith(".toml") and "://" not in one):
            for source in load_list(one):
                wanted.setdefault(source.url, source)
        elif isinstance(one, str):
            wanted.setdefault(one, Source(url=one))
        else:
            wanted.setdefault(one.url, one)
    return list(wanted.values())


class _Run:
    """One fetch."""

    def __init__(self, getter: Getter, folder: Folder, settings: Settings, clock: Clock, progress: Progress | None) -> None:
        self.getter = getter
        self.folder = folder
        self.settings = settings
        self.clock = clock
        self.progress = progress
        self.results: dict[str, Fetched] = {}
        self.total = 0
        self.lock = Lock()
        self.stopped = Event()

    def all(self, wanted: Sequence[Source]) -> list[Fetched]:
        """Fetch; hosts side by side."""
        self.total = len(wanted)
        sound = [source for source in wanted if self._is_sound(source)]
        stems = self._stems(sound)
        hosts: defaultdict[str, list[Source]] = defaultdict(list)
        for source in sound:
            hosts[host_of(source.url)].append(source)
        with ThreadPoolExecutor(max(1, self.settings.hosts)) as pool:
            try:
                tasks = [pool.submit(self._host, sources, stems) for sources in sorted(hosts.values(), key=len, reverse=True)]
                for task in tasks:
                    task.result()
            except BaseException:
                self.stopped.set()
                stop = getattr(self.clock, "stop", None)
                if stop is not None:
                    stop.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return [self.results[source.url] for source in wanted]

    def _stems(self, wanted: Iterable[Source]) -> dict[str, str]:
        """The name of each file; no two alike, also where capitals don't count."""
        stems: dict[str, str] = {}
        taken: set[str] = set()
        for source in wanted:
            stem = self.folder.stem(stem_of_name(source.name) if source.name else stem_of(source.url), source.url)
            if stem.casefold() in taken:
                stem = f"{stem}-{digest(source.url)}"
            taken.add(stem.casefold())
            stems[source.url] = stem
        return stems

    def _host(self, sources: Iterable[Source], stems: dict[str, str]) -> None:
        for source in sources:
            if self.stopped.is_set():
                return
            self._done(self.one(source, stems[source.url]))

    def _is_sound(self, source: Source) -> bool:
        try:
            checked(source.url)
        except FetchError as error:
            self._done(Fetched(asked=source.url, outcome="failed", error=error))
            return False
        return True

    def _done(self, result: Fetched) -> None:
        with self.lock:
            self.results[result.asked] = result
            if self.progress:
                self.progress(result, len(self.results), self.total)

    def one(self, source: Source, stem: str, page: str | None = None) -> Fetched:
        """Fetch one address, and what it attaches; never raises what concerns this address only."""
        before: Kept | None = None
        try:
            before = self.folder.kept(stem, source.url)
            outcome, path, side = self._settled(source, stem, page, before)
        except Exception as error:  # a fault of ours must not cost the other addresses
            why = error if isinstance(error, FetchError) else FetchError(f"a fault of reportparse, please report it ({error!r})")
            return Fetched(asked=source.url, outcome="failed", path=before.path if before else None, error=why)
        attachments: list[Fetched] = []
        if self.settings.attachments and page is None:
            attachments = [self._attachment(listed, stem, side.url) for listed in side.attachments]
        return Fetched(
            asked=source.url, outcome=outcome, path=path, url=side.url, sha256=side.sha256, size=side.size,
            parts=len(side.parts) or 1, doubts=tuple(side.doubts), attachments=tuple(attachments), listed=tuple(side.attachments),
        )  # fmt: skip

    def _attachment(self, listed: Listed, stem: str, page: str) -> Fetched:
        return replace(self.one(Source(url=listed.url), f"{stem}-attachment-{digest(listed.url)}", page), label=listed.label)

    def _settled(self, source: Source, stem: str, page: str | None, before: Kept | None) -> tuple[Outcome, Path, Side]:
        """What there is of the address now: as it was, or as it came."""
        now = self.clock.time()
        if before and 0 <= now - before.checked < self.settings.max_age:
            return "skipped", before.path, before.side
        answer = self.getter.get(source.url, _conditions(before))
        if before and answer.status == 304:
            side = msgspec.structs.replace(before.side, checked=written(now))
            self.folder.note(before.path, side)
            return "unchanged", before.path, side
        body, side = self._told(source, stem, answer, page)
        if before and side.sha256 == before.side.sha256:
            side.fetched = before.side.fetched
            self.folder.note(before.path, side)
            return "unchanged", before.path, side
        path = self.folder.keep(stem, kind_of(body, answer.url, answer.headers), body, side, before)
        return "changed" if before else "new", path, side

    def _told(self, source: Source, stem: str, answer: Answer, page: str | None) -> tuple[bytes, Side]:
        """The bytes to keep, and their side file."""
        if not answer.body:
            raise FetchError("answers with nothing; open it in a browser")
        now = written(self.clock.time())
        side = Side(
            asked=source.url, url=answer.url, fetched=now, checked=now, status=answer.status, headers=dict(answer.headers),
            sha256="", size=0, page=page, source=_facts(source),
        )  # fmt: skip
        if not _ends(answer.body):
            answer = self._twice(source.url, answer)
            side.doubts += [] if _ends(answer.body) else ["cut"]
        body = answer.body
        kind = kind_of(body, answer.url, answer.headers)
        if kind == ".html":
            body = self._page(stem, answer, side)
        elif kind == ".txt":
            side.encoding = _encoding(body)
        side.sha256, side.size = sha256_of(body), len(body)
        if source.sha256 and source.sha256 != side.sha256:
            side.doubts.append("not_as_listed")
        return body, side

    def _twice(self, url: str, answer: Answer) -> Answer:
        """Half a file may be the network's fault: what comes twice the same is what the site has."""
        again = self.getter.get(url)
        if _ends(again.body) or again.body == answer.body:
            return again
        raise FetchError("breaks off before its end, each time elsewhere; fetch it again later")

    def _page(self, stem: str, answer: Answer, side: Side) -> bytes:
        """The page, joined where it has parts; the side file learns of encoding, parts and attachments."""
        side.encoding = _encoding(answer.body)
        first = _tree(answer.body)
        if first is None:
            return answer.body
        parts, trees = self._parts(answer, first, side)
        attached: dict[str, Listed] = {}
        for part, tree in zip(parts, trees, strict=True):
            for listed in attached_to(tree, part.url):
                attached.setdefault(listed.url, listed)
        side.attachments = list(attached.values())
        if is_empty(first):
            doubt: Doubt = "no_text"
            side.doubts.append(doubt)
        if len(parts) == 1:
            return answer.body
        for number, part in enumerate(parts, 1):
            file = self.folder.keep_part(stem, number, part.body)
            side.parts.append(Part(part.url, file, sha256_of(part.body)))
        return join(trees, [part.url for part in parts])

    def _parts(self, first: Answer, tree: HtmlElement, side: Side) -> tuple[list[Answer], list[HtmlElement]]:
        """Follow a page to its end."""
        parts, trees = [first], [tree]
        known = {side.asked, first.url}
        ahead = [url for url in parts_of(tree, first.url) if url not in known]
        while ahead:
            url = ahead.pop(0)
            if url in known:
                continue
            if len(parts) >= self.settings.parts:
                side.doubts.append("more_parts")
                break
            known.add(url)
            try:
                part = self.getter.get(url)
            except FetchError as error:
                raise FetchError(f"its part {url} {error}", status=error.status) from error
            grown = _tree(part.body)
            if grown is None or part.body in (one.body for one in parts):
                continue
            parts.append(part)
            trees.append(grown)
            ahead += [url for url in parts_of(grown, part.url) if url not in known]
        return parts, trees


def _conditions(before: Kept | None) -> dict[str, str]:
    """Headers that ask for changes only; a joined page is asked for as a whole, since any part may have changed."""
    if before is None or before.side.parts:
        return {}
    told = before.side.headers
    pairs = (("If-None-Match", told.get("etag")), ("If-Modified-Since", told.get("last-modified")))
    return {name: value for name, value in pairs if value}


def _ends(body: bytes) -> bool:
    """Whether a PDF or a page has the end that it should have; of others nothing is known."""
    if body[:1024].lstrip().startswith(b"%PDF-"):
        return b"%%EOF" in body[-4096:]
    return not _OPENS.search(body[:4096]) or bool(_CLOSES.search(body))


def _encoding(body: bytes) -> str | None:
    try:
        return decode(body).encoding
    except UnknownFormat:
        return None


def _tree(body: bytes) -> HtmlElement | None:
    try:
        return opened(decode(body).text)
    except UnknownFormat:
        return None


def _facts(source: Source) -> dict[str, Any]:
    """What a list tells of a source, but for its address."""
    return {name: value for name, value in msgspec.structs.asdict(source).items() if value is not None and name != "url"}


