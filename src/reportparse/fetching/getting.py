"""One address, asked until it answers or there is no use in asking."""

from __future__ import annotations

import email.utils
import ssl
import zlib
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

import httpx
import tenacity

from reportparse.errors import FetchError
from reportparse.fetching.addresses import checked, host_of, resolved
from reportparse.fetching.model import Clock, Settings
from reportparse.fetching.pace import Pace
from reportparse.fetching.robots import Robots
from reportparse.fetching.unpacking import ACCEPTED, Unpacker

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOVED = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429, 500, 502, 503, 504)
_GUARDED = (412, 418, 521)  # what the walls before Chinese sites answer to programs
_ADVICE = {
    401: "asks for a name and password; save the page by hand",
    403: "is forbidden to programs, or from here; open it in a browser and save the page",
    404: "is not there any more; look for the report's new address",
    410: "is not there any more; look for the report's new address",
}


class Answer(NamedTuple):
    """What came."""

    url: str
    """Where from, after all redirects."""
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes


class Trouble(FetchError):  # noqa: N818  as in errors.py
    """What may pass; `after` is how many seconds the server asks to be left alone."""

    def __init__(self, why: str, *, status: int | None = None, after: float | None = None) -> None:
        super().__init__(why, status=status)
        self.after = after


class Getter:
    """Asks politely: robots.txt, pauses, retries, limits."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        from reportparse import __version__

        self._settings = settings
        self._clock = clock
        self._agent = settings.agent or f"reportparse/{__version__}"
        self._pace = Pace(settings.delay, clock)
        self._robots = Robots(self._agent.partition("/")[0].strip(), self._robots_txt, self._pace.slower)
        self._client = httpx.Client(
            transport=_Guarded(settings),
            headers={"User-Agent": self._agent, "Accept": "*/*", "Accept-Encoding": ACCEPTED, "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"},
            timeout=settings.timeout,
            trust_env=False,
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for an address; the status is 200, or 304 where `headers` asks for changes only.

        Raises:
            FetchError: it can't be had, or must not be asked for.

        """
        return self._patiently(checked(url), headers or {}, robots=self._settings.robots)

    def _robots_txt(self, url: str) -> bytes | None:
        try:
            return self._patiently(url, {}, robots=False).body
        except FetchError as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return None  # there is none, so all is open
            raise

    def _patiently(self, url: str, headers: Mapping[str, str], *, robots: bool) -> Answer:
        tries = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self._settings.attempts),
            wait=self._wait,
            retry=tenacity.retry_if_exception(self._may_pass),
            sleep=self._clock.sleep,
            reraise=True,
        )
        try:
            return tries(self._follow, url, headers, robots=robots)
        except Trouble as error:
            tried = tries.statistics.get("attempt_number", 1)
            raise FetchError(f"{error}; tried {tried} times" if tried > 1 else str(error), status=error.status) from error

    def _may_pass(self, error: BaseException) -> bool:
        return isinstance(error, Trouble) and (error.after or 0) <= self._settings.patience

    def _wait(self, state: tenacity.RetryCallState) -> float:
        """What the server asks for, else twice as long each time, with some chance in it."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, Trouble) and error.after is not None:
            return error.after
        return min(float(tenacity.wait_random_exponential(multiplier=2, min=1, max=60)(state)), self._settings.patience)

    def _follow(self, url: str, headers: Mapping[str, str], *, robots: bool) -> Answer:
        seen: list[str] = []
        while True:
            host = host_of(url)
            if robots:
                self._robots.check(host, url)
            with self._pace.turn(host):
                answer = self._once(url, headers)
            to = answer.headers.get("location")
            if answer.status not in _MOVED or not to:
                return _judged(answer, self._clock)
            seen.append(url)
            if len(seen) > self._settings.redirects:
                circle = "in a circle" if len(set(seen)) < len(seen) else f"more than {self._settings.redirects} times"
                raise FetchError(f"is redirected {circle}; open it in a browser and take the address where it ends")
            url = _next(url, to)

    def _once(self, url: str, headers: Mapping[str, str]) -> Answer:
        with _troubles(), self._client.stream("GET", url, headers=dict(headers), follow_redirects=False) as response:
            told = {name.lower(): value for name, value in response.headers.items()}
            body = b"" if response.status_code in _MOVED or response.status_code == 304 else self._body(response)
            return Answer(url, response.status_code, told, body)

    def _body(self, response: httpx.Response) -> bytes:
        limit = self._settings.limit
        length = response.headers.get("content-length", "")
        if length.isdecimal() and int(length) > limit:
            raise FetchError(f"has {int(length):,} bytes and the limit is {limit:,}; --limit (limit=) raises it")
        begun = self._clock.now()
        unpack = Unpacker(response.headers.get("content-encoding", "").strip().lower())
        body = bytearray()
        for packed in response.iter_raw():
            for piece in unpack.feed(packed):
                body += piece
                if len(body) > limit:
                    raise FetchError(f"has more than {limit:,} bytes, which is the limit; --limit (limit=) raises it")
            if self._clock.now() - begun > self._settings.deadline:
                raise FetchError(f"takes longer than {self._settings.deadline:g} s; --deadline (deadline=) gives it more")
        if not unpack.whole:
            raise Trouble("breaks off in the middle")
        return bytes(body)


class _Guarded(httpx.BaseTransport):
    """Looks a host up, and connects to no other address than the one that was looked at."""

    def __init__(self, settings: Settings) -> None:
        self._allow_private = settings.allow_private
        # connections are not kept: two hosts may share a number, and must not share a connection
        self._inner = httpx.HTTPTransport(verify=_tls(old=settings.old_tls), limits=httpx.Limits(max_keepalive_connections=0), trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        try:
            port = url.port or (443 if url.scheme == "https" else 80)
            numbers = resolved(url.raw_host.decode("ascii"), port, allow_private=self._allow_private)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"its host {url.host} has no address ({error})", request=request) from error
        request.extensions = {**request.extensions, "sni_hostname": url.raw_host.decode("ascii")}
        for last, number in enumerate(numbers, 1 - len(numbers)):
            request.url = url.copy_with(host=number)
            try:
                return self._inner.handle_request(request)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if not last:
                    raise
            finally:
                request.url = url
        raise httpx.ConnectError(f"its host {url.host} has no address", request=request)

    def close(self) -> None:
        self._inner.close()


def _tls(*, old: bool) -> ssl.SSLContext:
    """Certificates are checked either way."""
    context = ssl.create_default_context()
    if old:
        context.set_ciphers("DEFAULT@SECLEVEL=1")
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
        context.minimum_version = ssl.TLSVersion.TLSv1
    return context


def _next(url: str, location: str) -> str:
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")  # headers are Latin; some servers write UTF-8 into them
    try:
        return checked(urljoin(url, location))
    except (FetchError, ValueError) as error:
        raise FetchError(f"is redirected to {location[:200]!r}, which {error}") from None


@contextmanager
def _troubles() -> Iterator[None]:
    """What goes wrong on the way, in words."""
    try:
        yield
    except httpx.TimeoutException:
        raise Trouble("does not answer in time") from None
    except httpx.ConnectError as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise FetchError("shows a certificate that can't be trusted; open it in a browser, or take its http address") from None
        if "SSL" in str(error):
            raise FetchError(f"speaks a TLS that is not accepted; --old-tls (old_tls=True) may help ({error})") from None
        raise Trouble(f"can't be reached: {error}") from None
    except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
        raise Trouble(f"breaks off: {error}") from None
    except zlib.error:
        raise Trouble("comes packed and damaged") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchError(f"can't be asked for: {error}") from None


def _judged(answer: Answer, clock: Clock) -> Answer:
    status = answer.status
    if status in (200, 203, 304):
        return answer
    if status in _PASSING:
        after = _after(answer.headers.get("retry-after", ""), clock)
        asks = f" and asks to come again in {after:g} s" if after else ""
        raise Trouble(f"answers {status}{asks}", status=status, after=after)
    if status in _GUARDED:
        raise FetchError(f"answers {status}: a wall that lets browsers through only; save the page by hand", status=status)
    raise FetchError(f"answers {status}: {_ADVICE.get(status, 'no report there')}", status=status)


def _after(told: str, clock: Clock) -> float | None:
    """Seconds of a Retry-After, which may also be a date."""
    if told.strip().isdecimal():
        return float(told[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(told).timestamp() - clock.time())
    except (TypeError, ValueError):
        return None


