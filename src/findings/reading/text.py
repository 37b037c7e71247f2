"""Plain text and Markdown → a report."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from findings.reading.assemble import Element, assemble
from findings.reading.hyphens import Hyphens
from findings.report import Report

_ATX = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_SETEXT = re.compile(r"\s{0,3}(=+|-+)\s*$")
_RULE = re.compile(r"\s*(?:[-*_=~]\s*){3,}$")
_BULLET = re.compile(
    r"(\s*)(?:[-*+•●○◦▪■□‣⁃∙·–—\uf000-\uf0ff]|o(?=\s{1,4}\S))\s+(?=\S)|(\s*)[•●○◦▪■□‣\uf000-\uf0ff](?=\S)"
)
_NUMBERED = re.compile(
    r"\s*(?:\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zA-Z]|[ivx]{1,5})[.)]|\d{1,3}(?:\.\d{1,3}){1,4})\s+\S"
)
_PIPES = re.compile(r"\s*\|.*")
_PIPE_RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_CELLS = re.compile(r"(?<!\\)\|")
_ENTRY = re.compile(r".*\S(?:\t\s*|\s*[.…·_]{3,}\s*|\s{3,})(?:\d{1,4}|[ivxl]{1,6})\s*$")
_CONTENTS = re.compile(r"(?i)(?:table of )?contents(?: page)?:?")
_PAGE_NUMBER = re.compile(
    r"(?i)\s*(?:[-–]\s*\d{1,4}\s*[-–]|page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*(?:of|/)\s*\d{1,4})\s*"
)
_BOLD = re.compile(
    r"\s*(?:\*\*|__|<b>|<strong>)(?P<text>(?:(?!\*\*|__|</b>|</strong>).)+)(?:\*\*|__|</b>|</strong>)\s*:?\s*$"
)
_FIELD = re.compile(r"[\w/’'() -]{2,40}:\s+\S")
_ENDED = re.compile(r"[.;,:!]['\"’”)\]]*$")

_BREAK = re.compile(r"(?i)<br\s*/?>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->")
_NOTE_MARK = re.compile(r"(?i)(?<=\S)<sup>\s*[\d*†‡]{1,3}\s*</sup>|\[\^[\w-]+\](?!:)")
_NOTE = re.compile(r"(?i)\s*(?:\[\^[\w-]+\]:|<sup>\s*[\d*†‡]{1,3}\s*</sup>)\s*")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\((?:[^()\s]+)(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(
    r"(\*\*\*|\*\*|___|__)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^_\n]+?)(?<=\S)_(?![\w_])"
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")

_LISTED = re.compile(r"\D(?:\||[.…·_]{3,}|\s)\s*(?:\d{1,4}|[ivxl]{1,6})$")
_MOST_WORDS_OF_HEADING = 14
_SHORTEST_BROKEN = 60
_TAB = 4


def read_text(data: bytes, *, name: str) -> Report:
    """The report in plain text or Markdown, in UTF-8, UTF-16 or Windows-1252. A form feed begins a new page."""
    pages = decode(data).replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if len(pages) == 1:
        return assemble(_Text(pages[0]).elements(), name=name)
    elements = [element for number, page in enumerate(pages, 1) for element in _Text(page, number).elements()]
    return assemble(elements, name=name, pages=len(pages))


def decode(data: bytes) -> str:
    """The text of a file that may be in UTF-8, UTF-16 (with its mark or without) or Windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    head = data[:65_536]
    if b"\0" in head:
        odd, even = head[1::2].count(0), head[::2].count(0)
        if max(odd, even) > 0.7 * len(head) / 2:
            return data.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


@dataclass(slots=True)
class _Text:
    """One page of text (or all of a text without pages) being cut into elements."""

    text: str
    page: int | None = None
    depth: int = 1
    indents: list[int] = field(default_factory=list)
    guessed: set[int] = field(default_factory=set)
    width: int = 0

    def elements(self) -> list[Element]:
        self.width = _wrap_width(self.text)
        found: list[Element] = []
        for lines in self._chunks():
            found += self._chunk(lines)
        self._demote(found)
        return self._with_contents(list(_mended(found)))

    def _demote(self, elements: list[Element]) -> None:
        """Make a heading that only its shape suggests a paragraph where what stands around it says that it is one.

        That is where it is numbered and headings stand before and after it, and where a small letter goes on with it.
        """
        for before, element, after in zip([None, *elements], elements, elements[1:], strict=False):
            if id(element) not in self.guessed:
                continue
            numbered = element.text[:1].isdigit() and before is not None and before.kind == after.kind == "heading"
            goes_on = after.kind == "paragraph" and after.text[:1].islower() and len(element.text) > _SHORTEST_BROKEN
            if numbered or goes_on:
                element.kind, element.level = "paragraph", 0

    def _chunks(self) -> Iterator[list[str]]:
        """The runs of lines between blank lines."""
        chunk: list[str] = []
        for line in self.text.split("\n"):
            if line.strip():
                chunk.append(line.expandtabs(_TAB) if line[:1] == "\t" else line)
            elif chunk:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def _chunk(self, lines: list[str]) -> Iterator[Element]:
        at = 0
        while at < len(lines):
            line = lines[at]
            after = lines[at + 1] if at + 1 < len(lines) else ""
            if _PAGE_NUMBER.fullmatch(line):
                yield self._element("furniture", line)
                at += 1
            elif _PIPES.match(line) or (_PIPE_RULE.match(line) and "|" in line):
                end = next((i for i in range(at, len(lines)) if not _PIPES.match(lines[i])), len(lines))
                yield from self._pipe_table(lines[at:end])
                at = max(end, at + 1)
            elif match := _ATX.match(line):
                yield self._heading(match[2], len(match[1]))
                at += 1
            elif after and _SETEXT.match(after) and not _BULLET.match(line) and at == 0:
                yield self._heading(line, 1 if "=" in after else 2)
                at += 2
            elif _RULE.match(line):
                at += 1
            elif "\t" in line.strip() or (line.rstrip(" ").endswith("\t")):
                yield from self._tabbed(line)
                at += 1
            else:
                end = self._end(lines, at)
                yield from self._block(lines[at:end], len(lines) == end - at)
                at = end

    def _end(self, lines: list[str], start: int) -> int:
        """Where the paragraph or bullet that begins at line `start` ends."""
        for at in range(start + 1, len(lines)):
            line, before = lines[at], lines[at - 1]
            begins = _BULLET.match(line) or _NUMBERED.match(line) or _ATX.match(line) or _PIPES.match(line)
            if begins or "\t" in line.strip() or _RULE.match(line) or _PAGE_NUMBER.fullmatch(line):
                return at
            small = line.lstrip()[:1].islower() or before.rstrip()[-1:] in ",-–"
            room = len(before.rstrip()) + 1 + len(line.split(None, 1)[0]) < self.width - 2
            wrapped = (self.width and not room) or line[:1].isspace()
            if not (small or wrapped):
                return at
        return len(lines)

    def _block(self, lines: list[str], alone: bool) -> Iterator[Element]:
        """The element that lines without marks inside them make."""
        note = _NOTE.match(lines[0])
        if note:
            lines = [lines[0][note.end() :], *lines[1:]]
        raw = self._joined(lines)
        bullet = None if note else _BULLET.match(lines[0])
        if bullet:
            yield self._element("bullet", raw[bullet.end() :], self._level(len(bullet[1] or bullet[2] or "")))
            return
        bold = _BOLD.match(raw)
        text = _plain(raw)
        if not note and (bold or alone) and _is_heading(text, bold is not None):
            heading = self._heading(raw, self.depth + 1, deepen=False)
            if not bold:
                self.guessed.add(id(heading))
            yield heading
        else:
            for part in re.split(r"\n", _BREAK.sub("\n", raw)):
                yield self._element("paragraph", part)

    def _joined(self, lines: list[str]) -> str:
        text = lines[0].rstrip()
        for line in lines[1:]:
            more = line.strip()
            if text.endswith("-") and text[-2:-1].isalnum():
                text = Hyphens(lambda: (self.text,)).join(text, more)
            else:
                text = f"{text} {more}"
        return text

    def _level(self, indent: int) -> int:
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        if not self.indents or self.indents[-1] < indent:
            self.indents.append(indent)
        return len(self.indents)

    def _heading(self, text: str, level: int, *, deepen: bool = True) -> Element:
        if deepen:
            self.depth = level
        self.indents = []
        return self._element("heading", text, level)

    def _element(self, kind: str, text: str, level: int = 0) -> Element:
        if kind == "paragraph":
            self.indents = []
        return Element(kind, _plain(text), page=self.page, level=level)  # type: ignore[arg-type]

    def _pipe_table(self, lines: list[str]) -> Iterator[Element]:
        """The rows of a Markdown table."""
        columns: tuple[str, ...] = ()
        for at, line in enumerate(lines):
            if _PIPE_RULE.match(line):
                continue
            cells = tuple(_plain(cell) for cell in _CELLS.split(line.strip().strip("|")))
            if any(cells):
                yield Element("row", _row(cells), page=self.page, columns=columns)
            if at + 1 < len(lines) and _PIPE_RULE.match(lines[at + 1]):
                columns = cells if any(cells) else ()

    def _tabbed(self, line: str) -> Iterator[Element]:
        """The row, or the entry in a contents list, that a line with tabs is."""
        bullet = _BULLET.match(line)
        cells = [_plain(cell) for cell in line.split("\t") if cell.strip()]
        if _ENTRY.match(line):
            yield Element("row", _row(cells), page=self.page)
        elif bullet or (_NUMBERED.match(line) and len(cells) == 2 and not cells[0].strip(".()0123456789abcdivx")):
            yield from self._block([re.sub(r"\t+", " ", line)], alone=True)
        elif len(cells) == 1 and _BOLD.match(line.strip()) and _is_heading(cells[0], bold=True):
            yield self._heading(line, self.depth + 1, deepen=False)
        elif len(cells) == 2 and cells[0].endswith(":"):
            yield self._element("paragraph", " ".join(cells))
        else:
            yield Element("row", _row(cells), page=self.page)

    def _with_contents(self, elements: list[Element]) -> list[Element]:
        """`elements` with a contents list made furniture: its heading and the entries that follow."""
        start = next((at for at, element in enumerate(elements) if _CONTENTS.fullmatch(element.text)), None)
        if start is None:
            return elements
        end = start + 1
        while end < len(elements) and _LISTED.search(elements[end].text):
            end += 1
        if end > start + 1:
            for element in elements[start:end]:
                element.kind = "furniture"
        return elements


def _wrap_width(text: str) -> int:
    """How long the longest lines are in a text whose lines are broken by hand; 0 where paragraphs are lines."""
    lengths = sorted(
        len(line.rstrip())
        for line, after in pairwise(text.split("\n"))
        if after[:1].islower() and line.rstrip()[-1:].isalnum()
    )
    return lengths[-1 - len(lengths) // 20] if len(lengths) > 2 else 0


def _mended(elements: list[Element]) -> Iterator[Element]:
    """`elements` with paragraphs and bullets that a blank line breaks in mid-sentence, as at a page's end, joined."""
    last: Element | None = None
    for element in elements:
        if (
            last is not None
            and last.kind in ("paragraph", "bullet")
            and element.kind == "paragraph"
            and len(last.text) > _SHORTEST_BROKEN
            and element.text[:1].islower()
            and not _NUMBERED.match(element.text)
            and not _ENDED.search(last.text)
        ):
            last.text = f"{last.text} {element.text}"
            continue
        if last is not None:
            yield last
        last = element
    if last is not None:
        yield last


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return " | ".join(cell for cell in cells if cell)


def _is_heading(text: str, bold: bool) -> bool:
    """Whether a line on its own is a heading: short, with a capital or number first, and no sentence's end."""
    words = text.split()
    if not words or len(words) > (30 if bold else _MOST_WORDS_OF_HEADING) or not re.search(r"[^\W\d_]{2}", text):
        return False
    if _ENDED.search(text) or text.endswith("..."):
        return False
    if bold:
        return True
    return not _FIELD.match(text) and (text[0].isupper() or bool(_NUMBERED.match(text)) or text[0].isdigit())


def _plain(text: str) -> str:
    """The words of a piece of Markdown, without its marks and the remains of HTML."""
    if "<" in text:
        text = _TAG.sub("", _NOTE_MARK.sub("", _BREAK.sub(" ", text)))
    if "&" in text:
        text = html.unescape(text)
    if "[" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub("", _NOTE_MARK.sub("", text)))
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(_emphasised, _EMPHASIS.sub(_emphasised, text))
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return text.strip()


def _emphasised(match: re.Match[str]) -> str:
    return match[2] or match[3] or match[4]
