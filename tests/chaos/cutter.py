"""A line that is cut after the server has answered, before the phone hears it."""

import socket
import threading

END = b"\r\n\r\n"


class Cutter:
    """A proxy: passes each request on, waits for the whole reply, and keeps it to itself the
    first time it sees that request."""

    def __init__(self, port: int) -> None:
        self.behind = port
        self.seen: set[bytes] = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "Cutter":
        self.thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                phone, _address = self.listener.accept()
            except OSError:
                return
            with phone:
                self._talk(phone)

    def _talk(self, phone: socket.socket) -> None:
        """One phone at a time, until it hangs up or its line is cut."""
        while request := whole(phone):
            with socket.create_connection(("127.0.0.1", self.behind)) as site:
                site.sendall(request)
                reply = whole(site)
            body = request.partition(END)[2]
            if body not in self.seen:
                self.seen.add(body)
                return
            phone.sendall(reply)


def whole(line: socket.socket) -> bytes:
    """A request or a reply with all of its body; b"" when the other end hung up."""
    got = b""
    while END not in got:
        part = line.recv(65_536)
        if not part:
            return b""
        got += part
    head, _, body = got.partition(END)
    while len(body) < length(head):
        part = line.recv(65_536)
        if not part:
            return b""
        body += part
    return head + END + body


def length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    return 0
