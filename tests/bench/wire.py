"""Many phones from one thread: raw HTTP/1.1 over sockets, so that the load costs little.

A phone is a generator: it yields the bytes of a request and is sent the `Reply`; its return
value is its result.
"""

import selectors
import socket
import time
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

Phone = Generator[bytes, "Reply", Any]


@dataclass(frozen=True)
class Reply:
    status: int
    head: bytes
    body: bytes
    seconds: float

    def header(self, name: str) -> str:
        """The first header of this name (lower case), or ""."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _colon, value = line.partition(b":")
            if key.lower() == name.encode():
                return value.strip().decode()
        return ""

    def cookies(self) -> dict[str, str]:
        found = {}
        for line in self.head.split(b"\r\n")[1:]:
            if line[:11].lower() == b"set-cookie:":
                name, _is, value = line[11:].split(b";")[0].strip().partition(b"=")
                found[name.decode()] = value.decode()
        return found


def get(path: str, cookies: Mapping[str, str] = {}, **headers: str) -> bytes:
    return _request("GET", path, cookies, headers, b"")


def post(
    path: str, fields: Mapping[str, str], cookies: Mapping[str, str] = {}
) -> bytes:
    body = urlencode(fields).encode()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
        "Origin": "http://127.0.0.1",
    }
    return _request("POST", path, cookies, headers, body)


def _request(
    method: str,
    path: str,
    cookies: Mapping[str, str],
    headers: Mapping[str, str],
    body: bytes,
) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    if cookies:
        jar = "; ".join(f"{name}={value}" for name, value in cookies.items())
        lines.append(f"Cookie: {jar}")
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class _Line:
    """One connection and the phone that is talking on it."""

    sock: socket.socket
    phone: Phone | None = None
    got: bytearray = field(default_factory=bytearray)
    whole: int = 0  # bytes of the reply once its head is known
    asked_at: float = 0.0


class Exchange:
    """Lets phones talk on ``lines`` kept connections; with ``fresh`` each gets its own."""

    def __init__(self, port: int, *, lines: int, fresh: bool = False) -> None:
        self.port, self.count, self.fresh = port, lines, fresh
        self.selector = selectors.DefaultSelector()
        self.results: list[Any] = []

    def run(self, phones: Iterable[Phone], seconds: float = 0.0) -> list[Any]:
        """All phones' results; with ``seconds`` no new phone begins after that time."""
        waiting = iter(phones)
        ends = time.perf_counter() + seconds if seconds else float("inf")
        busy = 0
        for _ in range(self.count):
            busy += self._next(self._line(), waiting, ends)
        while busy:
            for key, _events in self.selector.select(timeout=30) or self._hung():
                line = key.data
                if self._read(line) and not self._answered(line):
                    busy -= 1
                    busy += self._next(line, waiting, ends)
        return self.results

    def _hung(self) -> list[Any]:
        raise TimeoutError("nobody answered for 30 s")

    def _line(self) -> _Line:
        sock = socket.create_connection(("127.0.0.1", self.port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line = _Line(sock)
        self.selector.register(sock, selectors.EVENT_READ, line)
        return line

    def _close(self, line: _Line) -> None:
        self.selector.unregister(line.sock)
        line.sock.close()

    def _next(self, line: _Line, waiting: Iterator[Phone], ends: float) -> int:
        """Give the line its next phone; 0 when there is none."""
        if line.phone is not None and self.fresh:
            self._close(line)
            line = self._line()
        line.phone = next(waiting, None) if time.perf_counter() < ends else None
        if line.phone is None:
            self._close(line)
            return 0
        self._ask(line, next(line.phone))
        return 1

    def _ask(self, line: _Line, request: bytes) -> None:
        line.got.clear()
        line.whole = 0
        line.asked_at = time.perf_counter()
        line.sock.sendall(request)

    def _read(self, line: _Line) -> bool:
        """Whether the reply is complete."""
        part = line.sock.recv(262_144)
        if not part:
            raise ConnectionError("the server hung up")
        line.got += part
        if not line.whole:
            end = line.got.find(b"\r\n\r\n")
            if end < 0:
                return False
            line.whole = end + 4 + _length(bytes(line.got[:end]))
        return len(line.got) >= line.whole

    def _answered(self, line: _Line) -> bool:
        """Hand the reply over; False when the phone has nothing more to ask."""
        head, _blank, body = bytes(line.got).partition(b"\r\n\r\n")
        seconds = time.perf_counter() - line.asked_at
        reply = Reply(int(head[9:12]), head, body, seconds)
        try:
            request = line.phone.send(reply)  # type: ignore[union-attr]
        except StopIteration as end:
            self.results.append(end.value)
            return False
        self._ask(line, request)
        return True


def _length(head: bytes) -> int:
    low = head.lower()
    at = low.find(b"\r\ncontent-length:")
    if at < 0:
        return 0
    return int(
        low[at + 17 : low.find(b"\r\n", at + 17) if b"\r\n" in low[at + 17 :] else None]
    )
