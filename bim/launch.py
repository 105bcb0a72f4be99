"""The child process from its start to its end.

Light, so that a program can start the child before anything else and both load their libraries at once.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_SHORT = 0.002


class Child:
    """A child of ours with nothing of ours but two pipes; it waits for a `Task` and reads nothing before a `Go`.

    `work` is the module that does the job (see `bim.child`).
    """

    def __init__(self, work: str = "bim.inspect") -> None:
        # Native code says why it ends on the error stream, which a file takes without ever blocking.
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self.said = ""
        self.peak = self.seen = 0
        paths = (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", ""))
        environment = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LANG": "C.UTF-8"}
        self.process = subprocess.Popen(  # noqa: S603 - our own modules, with a number
            [sys.executable, "-m", "bim.child", str(os.getpid()), work],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env={**environment, "PYTHONPATH": os.pathsep.join(path for path in paths if path)},
            start_new_session=True,
        )
        # A process has the peak of the one that started it on its account, which hides its own where that is less.
        self._inherited = _high_water("self")

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def work(self) -> float:
        """Seconds of processor time that it has used so far; where the system does not tell, those of the clock."""
        try:
            raw = Path(f"/proc/{self.process.pid}/stat").read_bytes()
        except OSError:
            return time.monotonic()
        user, system = raw.rpartition(b")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def look(self) -> None:
        """Take note of the most memory that it has held so far, `seen`; afterwards the system may not tell."""
        self.seen = max(self.seen, _high_water(str(self.process.pid)))

    def end(self, patience: float = 0.0) -> None:
        """Whatever happened, it is gone, and its pipes are closed; it has `patience` seconds to go by itself.

        `said` is then the end of what it complained of; it held `seen` bytes of memory or more, and never above `peak`.
        """
        if self.errors.closed:
            return
        until = time.monotonic() + patience
        self.look()
        while not self._reaped():
            if time.monotonic() >= until:
                self.send(signal.SIGKILL)
            time.sleep(_SHORT)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
        with self.errors as errors:
            errors.seek(0)
            self.said = errors.read()[-2000:].decode("utf-8", "replace")

    def send(self, number: signal.Signals) -> None:
        """A signal; not by `Popen`, which looks first whether the child has ended, and takes its memory use then."""
        os.kill(self.process.pid, number)  # it is there until `end` has reaped it

    def _reaped(self) -> bool:
        """Whether it has ended; not by `Popen.wait`, which forgets how much memory it held."""
        pid, status, usage = os.wait4(self.process.pid, os.WNOHANG)
        if pid:
            self.process.returncode = os.waitstatus_to_exitcode(status)
            self.peak = usage.ru_maxrss * 1024
            self.seen = self.peak if self.peak > self._inherited else self.seen
        return bool(pid)


def _high_water(process: str) -> int:
    """Bytes of memory that a process has held at its peak; 0 where the system does not tell, or it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)
