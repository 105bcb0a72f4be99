"""A file handed in at a desk. It comes in pieces: the page tells how much of it is here, and the desk stays usable."""

from base64 import b64decode
from pathlib import Path
from typing import Any

import param
from panel.custom import JSComponent
from panel.viewable import Viewer

from dashboards.words import translator
from permits.errors import Invalid, TooLarge

WORDS = ("choose", "none", "sending", "whole", "empty", "large")


class FilePicker(JSComponent):
    """What stands on the page: a file is chosen, and its pieces are sent one after the other."""

    label = param.String(default="")
    accept = param.String(default="")
    most = param.Integer(default=0)
    words = param.Dict(default={})
    emptied = param.Integer(default=0)

    _esm = (Path(__file__).parent / "file_field.js").read_text(encoding="utf-8")

    def __init__(self, field: "FileField", **params: Any) -> None:
        self._field = field
        super().__init__(**params)

    def _handle_msg(self, data: dict[str, Any]) -> None:
        self._send_msg({"of": data["of"], "have": self._field.take(data)})


class FileField(Viewer):
    """The file that was chosen last: `filename`, and `value`, empty until the whole of it is here."""

    def __init__(self, label: str, language: str, *, accept: str, most: int) -> None:
        """`accept` as in HTML; `most` bytes are taken, whole megabytes; more is neither sent nor kept."""
        super().__init__()
        t = translator(language)
        self.value, self.filename = b"", ""
        self._most, self._of, self._size, self._have = most, 0, 0, bytearray()
        words = {name: t(f"file-{name}", most=most >> 20) for name in WORDS}
        self._picker = FilePicker(
            self, label=label, accept=accept, most=most, words=words, sizing_mode="stretch_width", margin=(5, 10)
        )

    def __panel__(self) -> FilePicker:
        """The field."""
        return self._picker

    def take(self, piece: dict[str, Any]) -> int:
        """Put a piece behind those that are here; how many bytes are. A first piece begins another file."""
        if piece["at"] == 0:
            self._of, self._size, self.filename = piece["of"], int(piece["size"]), str(piece["name"])
            self.value, self._have = b"", bytearray()
        content = b64decode(piece["content"])
        fits = len(self._have) + len(content) <= min(self._size, self._most)
        if piece["of"] == self._of and piece["at"] == len(self._have) and fits:
            self._have += content
            if len(self._have) == self._size:
                self.value, self._have = bytes(self._have), bytearray()
                return self._size
        return len(self._have)

    def content(self) -> bytes:
        """The whole file, empty where none was chosen. Raises Invalid while its pieces are still coming, TooLarge."""
        if self._size > self._most:
            raise TooLarge("file-large", most=self._most >> 20)
        if self._size and not self.value:
            raise Invalid("file-coming", percent=100 * len(self._have) // self._size)
        return self.value

    def clear(self) -> None:
        """Stand as at the beginning."""
        self.value, self.filename, self._size, self._have = b"", "", 0, bytearray()
        self._picker.emptied += 1
