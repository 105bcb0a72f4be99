"""The child process from its start to its end.

Light, so that a program can start the child before anything else and both load their libraries at once.
"""

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path


class Child:
    """A child of ours with nothing of ours but two pipes; it waits for a `Job` and reads nothing before a `Go`."""

    def __init__(self) -> None:
        # Native code says why it ends on the error stream, which a file takes without ever blocking.
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self.said = ""
        paths = (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", ""))
        environment = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LANG": "C.UTF-8"}
        self.process = subprocess.Popen(  # noqa: S603 - our own module, with a number
            [sys.executable, "-m", "bim.child", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env={**environment, "PYTHONPATH": os.pathsep.join(path for path in paths if path)},
            start_new_session=True,
        )

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def end(self) -> None:
        """Whatever happened, it is gone, its pipes are closed, and `said` is the end of what it complained of."""
        if self.errors.closed:
            return
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
        with self.errors as errors:
            errors.seek(0)
            self.said = errors.read()[-2000:].decode("utf-8", "replace")
