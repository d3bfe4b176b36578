"""The picture page in Chromium: where its nodes are, and how they are expanded."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

NODE_POSITIONS_JS = "document.querySelector('.vnkg-picture').picture.getPositions()"


def wait_for_picture(page: Page) -> Page:
    page.wait_for_selector(".vnkg-picture[data-ready]", state="attached")
    return page


def node_position(page: Page, node: str) -> tuple[float, float]:
    """Scroll the picture into view and return a node's position in the window, in pixels."""
    at = page.evaluate(
        """(id) => {
          const root = document.querySelector(".vnkg-picture");
          const canvas = root.querySelector(".picture-canvas");
          canvas.scrollIntoView({ block: "nearest" });
          const { x, y } = root.picture.canvasToDOM(root.picture.getPosition(id));
          const box = canvas.getBoundingClientRect();
          return [box.left + x, box.top + y];
        }""",
        node,
    )
    return at[0], at[1]


def node_positions(page: Page) -> dict[str, dict[str, float]]:
    """The position of each node in the picture."""
    return page.evaluate(NODE_POSITIONS_JS)


def address_values(page: Page, name: str) -> list[str]:
    """The comma-separated values of a parameter in the address."""
    return parse_qs(urlsplit(page.url).query).get(name, [""])[0].split(",")


def wait_for_address_values(page: Page, name: str) -> list[str]:
    """Wait until the address has a parameter, and return its values."""
    page.wait_for_function("(name) => new URLSearchParams(location.search).has(name)", arg=name)
    return address_values(page, name)


def clickable_spot(page: Page, node: str) -> tuple[float, float]:
    """A position in the window where a node can be clicked, with nothing in front of it."""
    x, y = node_position(page, node)
    topmost = page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.tagName", [x, y])
    assert topmost == "CANVAS", f"{topmost} is in front of {node} at {x}, {y}"
    return x, y


def expand(page: Page, node: str) -> None:
    page.mouse.click(*clickable_spot(page, node))
    page.locator(".picture-card").get_by_role("button", name="Expand").click()
    wait_for_address_values(page, "expand")
