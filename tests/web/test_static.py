"""What the pages are drawn with: readable, light, self-contained, and free of anything inline."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
PHONE_CSS = (STATIC / "css" / "phone.css").read_text()
DESK_CSS = (STATIC / "css" / "desk.css").read_text()
SPRITE = (STATIC / "icons" / "icons.svg").read_text()

INLINE = re.compile(
    r"""<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*["']|\shx-on|javascript:""",
    re.IGNORECASE,
)
OUTSIDE = re.compile(r"(?:https?:)?//[\w-]+\.[\w.-]+")
TELLING = re.compile(r"\b(hiv|aids|positive|ribbon-red)\b", re.IGNORECASE)
VENDORED = re.compile(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)

TEXT, CONTROL = 4.5, 3.0
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-2") for ground in ("bg", "surface", "surface-2")),
    *((ink, ground, TEXT) for ink in ("ink", "ink-2") for ground in ("brand-soft", "warn-soft", "risk-soft")),
    *((hue, ground, TEXT) for hue in ("brand", "ok", "warn", "risk") for ground in ("bg", "surface")),
    *((hue, f"{hue}-soft", TEXT) for hue in ("brand", "ok", "warn", "risk")),
    *((hue, "surface-2", CONTROL) for hue in ("brand", "warn", "risk")),
    ("on-brand", "brand", TEXT),
    ("on-risk", "risk", TEXT),
    ("bg", "ink", TEXT),
    *((edge, ground, CONTROL) for edge in ("line-strong", "focus") for ground in ("bg", "surface")),
    ("line-strong", "surface-2", CONTROL),
    ("focus", "surface-2", CONTROL),
    ("focus", "brand-soft", CONTROL),
    ("bg", "ink", CONTROL),
]


def tokens(selector: str) -> dict[str, str]:
    """Read the colours a rule of phone.css sets."""
    block = PHONE_CSS[PHONE_CSS.index(selector) :]
    block = block[: block.index("}")]
    return dict(re.findall(r"--([\w-]+):(#[0-9A-Fa-f]{3,6})\b", block))


LIGHT = tokens(":root{")
DARK = tokens(":root:not([data-theme=light])")
CHOSEN_DARK = tokens(":root[data-theme=dark]")


def luminance(colour: str) -> float:
    """Say how bright a colour is, after WCAG 2.2 (relative luminance, 0 to 1)."""
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Say how far two colours stand apart, after WCAG 2.2 (1 to 21)."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def weight(*paths: str) -> int:
    """Say how many bytes these files of static/ are on the wire, gzipped one by one."""
    return sum(len(gzip.compress((STATIC / path).read_bytes(), 9)) for path in paths)


def test_contrast_is_measured_as_the_guideline_does() -> None:
    assert contrast("#000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_of_tokens_can_be_read(mode: dict[str, str], ink: str, ground: str, least: float) -> None:
    assert contrast(mode[ink], mode[ground]) >= least


def test_dark_by_choice_is_dark_by_the_device() -> None:
    assert CHOSEN_DARK == DARK
    assert set(DARK) == set(LIGHT)


def test_desk_colours_come_from_the_tokens_alone() -> None:
    on_screen = DESK_CSS[: DESK_CSS.index("@media print")]
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b", on_screen)


def test_nothing_is_said_in_left_and_right() -> None:
    sides = re.compile(r"(?<![\w-])(?:(?:margin|padding|border|inset)-(?:left|right)|left|right)\s*:")
    assert not sides.findall(PHONE_CSS + DESK_CSS)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_holds_style_or_script_of_its_own(template: Path) -> None:
    text = template.read_text()
    inline = re.compile(
        r"""<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*["']|\shx-on|javascript:""",
        re.IGNORECASE,
    )
    assert not inline.findall(text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_icon_a_template_names_is_in_the_sprite(template: Path) -> None:
    known = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))
    named = set(re.findall(r"""\bicon\(["']([\w-]+)["']""", template.read_text()))
    assert named <= known


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.name)
def test_every_macro_says_what_it_takes(component: Path) -> None:
    text = component.read_text()
    for name in re.findall(r"{%-? macro ([a-z]\w*)\(", text):
        before = text[: text.index(f"macro {name}(")].rstrip("{%- \n")
        assert before.endswith("#}"), f"{name} stands without its comment"
        assert f"{{# {name}(" in before


def test_every_vendored_file_is_the_one_that_was_checked() -> None:
    rows = VENDORED.findall((STATIC / "vendor" / "README.md").read_text())
    assert len(rows) == 3
    for path, digest in rows:
        assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == digest, path


def test_nothing_is_fetched_from_elsewhere() -> None:
    kinds = {".css", ".js", ".svg"}
    own = [p for p in STATIC.rglob("*") if p.suffix in kinds and p.parent.name != "vendor"]
    for path in [*own, *TEMPLATES, *(ROOT / "templates").glob("*.webmanifest")]:
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert not OUTSIDE.findall(text), path
        assert "@import" not in text


def test_markup_is_vouched_for_before_anything_puts_it_in() -> None:
    base = (ROOT / "templates" / "base.html").read_text()
    assert base.index("js/desk.js") < base.index("vendor/htmx.min.js")
    policy = re.search(r'createPolicy\("default", \{([^}]*)\}', (STATIC / "js" / "desk.js").read_text())
    assert policy is not None
    assert "createScript" not in policy.group(1)


def test_the_log_page_is_light_enough_for_a_weak_signal() -> None:
    assert weight("css/phone.css") <= 4 * 1024
    assert weight("js/log.js") <= 2 * 1024
    assert weight("icons/icons.svg") <= 4 * 1024
    assert (
        weight("css/phone.css", "js/log.js", "js/leave.js", "icons/icons.svg", "icons/app.svg") <= 12 * 1024
    )


def test_a_desk_page_is_light_enough_too() -> None:
    drawn = ("css/phone.css", "css/desk.css", "icons/icons.svg", "icons/app.svg")
    moved = ("js/leave.js", "js/theme.js", "js/desk.js", "vendor/htmx.min.js")
    assert weight(*drawn, *moved) <= 40 * 1024


def test_pictures_and_names_of_the_app_give_nothing_away() -> None:
    for path in [*STATIC.rglob("*.svg"), *STATIC.rglob("*.js"), *STATIC.rglob("*.css")]:
        assert not TELLING.search(path.name + path.read_text()), path
    for name in ("app", "notes", "planner", "tally", "garden"):
        assert all((STATIC / "icons" / f"{name}{end}").is_file() for end in (".svg", "-192.png", "-512.png"))
