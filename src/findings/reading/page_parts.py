"""What of a web page is not its content: navigation, banners, forms, hidden parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml.etree import _Element

# Never shown as text, or shown as controls.
_UNREAD = frozenset(
    "script style noscript template iframe frame svg math canvas audio video object embed map head "
    "select option datalist textarea button input label progress meter".split()
)
_FURNITURE = frozenset("nav aside dialog menu".split())
_FURNITURE_ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar tablist".split()
)
# Words of the classes and ids that sites give to what surrounds their content.
_FURNITURE_WORDS = frozenset(
    "cookie cookies consent gdpr breadcrumb breadcrumbs skiplink skiplinks pagination pager sharing sharebar addthis "
    "newsletter sidebar navbar masthead megamenu toc".split()
)
_FURNITURE_PHRASES = re.compile(
    r"skip-(link|to)|social-(share|links|media)|share-(links|this|page)|back-to-top|site-(header|footer)"
)
_HIDDEN_WORDS = frozenset("sr-only visually-hidden visuallyhidden screen-reader-text hidden-print".split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SECTIONING = frozenset("main article section".split())
_CONTENT = frozenset("main article h1".split())
_BACK = re.compile(r"\s*((back|return|up) to (the )?(top|contents)|top of page|↩\ufe0e?|↑|\^)\s*", re.IGNORECASE)
_FEWEST_PARAGRAPHS_OF_CONTENT = 3
_MOST_ENTRIES = 200  # of a contents list
_LEAST_SHARE_OF_CONTENT = 1 / 3

Part = Literal["content", "furniture", "unread"]


class PageParts:
    """Tells a page's content from what surrounds it."""

    def __init__(self, root: _Element) -> None:
        self._main = _main(root)
        self._above_main = set(self._main.iterancestors()) if self._main is not None else set()

    def part(self, element: _Element) -> Part:
        """What an element within content is, with all that is in it: content itself, furniture, or not for reading."""
        tag = str(element.tag)
        if tag in _UNREAD or _is_hidden(element) or _is_way_back(element):
            return "unread"
        if tag in ("html", "body") or element in self._above_main:
            return "content"
        if self._is_furniture(element, tag):
            return "furniture"
        return "content"

    @property
    def has_main(self) -> bool:
        """Whether the page declares its main part: all the rest is furniture then."""
        return self._main is not None

    def is_main(self, element: _Element) -> bool:
        """Whether an element is the page's main part."""
        return element is self._main

    def _is_furniture(self, element: _Element, tag: str) -> bool:
        if tag in _FURNITURE or (element.get("role") or "").lower() in _FURNITURE_ROLES:
            return True
        if tag in ("header", "footer"):
            return not any(ancestor.tag in _SECTIONING for ancestor in element.iterancestors())
        if tag == "form":
            return not _holds_content(element)
        if tag in ("ul", "ol") and _is_contents_list(element):
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        named = not _FURNITURE_WORDS.isdisjoint(re.split(r"[^a-z]+", names)) or _FURNITURE_PHRASES.search(names)
        return bool(named) and not _holds_content(element)


def _main(root: _Element) -> _Element | None:
    """The main part that a page declares, if there is one and it holds a good part of the page's text."""
    mains = [element for element in root.iter("*") if element.tag == "main" or element.get("role") == "main"]
    outermost = [main for main in mains if not any(ancestor in mains for ancestor in main.iterancestors())]
    if len(outermost) != 1 or len(_text(outermost[0])) < _LEAST_SHARE_OF_CONTENT * len(_text(root)):
        return None
    return outermost[0]


def _is_hidden(element: _Element) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
        or not _HIDDEN_WORDS.isdisjoint((element.get("class") or "").lower().split())
    )


def _is_way_back(element: _Element) -> bool:
    """Whether an element is a link back to the top of the page, or from a footnote to where it is cited."""
    if element.tag != "a" or not (element.get("href") or "").startswith("#"):
        return False
    return bool(_BACK.fullmatch("".join(map(str, element.itertext()))))


def _holds_content(element: _Element) -> bool:
    paragraphs = 0
    for inner in element.iter("*"):
        paragraphs += inner.tag == "p"
        if inner.tag in _CONTENT or paragraphs >= _FEWEST_PARAGRAPHS_OF_CONTENT:
            return True
    return False


def _is_contents_list(element: _Element) -> bool:
    """Whether every item of a list is a link within the page, and there are some."""
    items = list(element.iter("li"))
    return 1 < len(items) <= _MOST_ENTRIES and all(
        any((link.get("href") or "").startswith("#") and _text(link) == _own_text(item) for link in item.iter("a"))
        for item in items
    )


def _own_text(item: _Element) -> str:
    """The text of a list's item without that of the lists in it."""
    inner = "".join(_text(nested) for nested in item.iterchildren("ul", "ol"))
    return _text(item).removesuffix(inner)


def _text(element: _Element) -> str:
    """An element's text that is not script, without white space."""
    texts = (
        text
        for inner in element.iter("*")
        if inner.tag not in ("script", "style")
        for text in (inner.text, inner.tail if inner is not element else None)
    )
    return "".join("".join(text.split()) for text in texts if text)
