"""A generated release of many actors with typical names of Vietnamese people, companies and offices. Deterministic."""

import random
from collections.abc import Callable

from vnkg.graph.model.facts import Name
from vnkg.graph.model.folding import fold
from vnkg.graph.model.release import Entity, Release

# Comma-separated lists to choose from.
FAMILIES = "Nguyễn, Trần, Lê, Phạm, Hoàng, Phan, Vũ, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Lý, Đinh, Lâm, Trịnh, Mai, Tô, Cao"
MIDDLE = "Văn, Thị, Hồng, Ngọc, Minh, Quang, Đình, Thanh, Kim, Hoài, Xuân, Thu, Đức, Hữu, Bảo, Anh, Gia, Khánh, Tuấn"
GIVEN = (
    "An, Bình, Chi, Dũng, Giang, Hà, Hải, Hạnh, Hiếu, Hoa, Hùng, Huy, Khai, Khoa, Kiên, Lan, Linh, Long, Mai, Nam, "
    "Nhâm, Oanh, Phong, Phúc, Quân, Quất, Quỳnh, Sơn, Tâm, Thảo, Thắng, Thành, Trang, Trí, Tú, Uyên, Vân, Vinh, Yến"
)
PLACES = (
    "Hà Nội, Hải Phòng, Đà Nẵng, Huế, Cần Thơ, Đồng Nai, Lâm Đồng, Quảng Ninh, Khánh Hòa, Thái Nguyên, Gia Lai, "
    "Thanh Hóa, Bắc Ninh, Ninh Bình, Phú Thọ, Sơn La, Tây Ninh, Vĩnh Long, An Giang, Cà Mau, Đồng Tháp"
)
SYLLABLES = (
    "ba, bio, can, da, eco, fi, ga, hi, ka, lo, lu, ma, mi, na, ne, no, pa, pi, ra, ri, sa, so, ta, te, ti, ve, xo"
)
FIELDS = "Tech, Pharma, Robotics, Foods, Energy, Data, Software, Marine"
OFFICES = (
    ("Sở Khoa học và Công nghệ", "Department of Science and Technology", "DOST"),
    ("Sở Tài chính", "Department of Finance", "DOF"),
    ("Trung tâm đổi mới sáng tạo", "Innovation centre", "IC"),
    ("Vườn ươm doanh nghiệp", "Business incubator", "BI"),
    ("Quỹ đầu tư mạo hiểm", "Venture capital fund", "VCF"),
    ("Trường Đại học Công nghệ", "University of Technology", "UT"),
)
NODES = {"person": "Person", "organisation": "Organisation", "agency": "Agency"}


def crowd(count: int) -> Release:
    """Return `count` people, companies and offices, each with three names."""
    pick = random.Random(57)  # noqa: S311  no secret
    kinds: list[Callable[[random.Random, int], tuple[str, tuple[Name, ...]]]] = [_person, _company, _company, _office]
    entities: list[Entity] = []
    for number in range(count):
        prefix, names = kinds[number % len(kinds)](pick, number)
        node = NODES[prefix]
        entities.append(Entity(f"{prefix}:n{number:06}", node, ("Entity", node), names[0].text, names))
    return Release(tuple(sorted(entities, key=lambda entity: entity.id)), (), (), (), (), (), ())


def _person(pick: random.Random, number: int) -> tuple[str, tuple[Name, ...]]:
    family, given = _one(pick, FAMILIES), _one(pick, GIVEN)
    whole = f"{family} {_one(pick, MIDDLE)} {_one(pick, MIDDLE)} {given}"
    return "person", (
        Name(whole, "vi"),
        Name(fold(whole).title(), "en"),
        Name(f"{given} {family} {number}", "en", "alias"),
    )


def _company(pick: random.Random, number: int) -> tuple[str, tuple[Name, ...]]:
    made = "".join(_one(pick, SYLLABLES) for _ in range(pick.randint(2, 4))).capitalize()
    field, place = _one(pick, FIELDS), _one(pick, PLACES)
    return "organisation", (
        Name(f"Công ty Cổ phần {made} {field} {place}", "vi"),
        Name(f"{made} {field} {fold(place).title()} Joint Stock Company", "en", "translation"),
        Name(f"{made}{field}{number}", "en", "abbreviation"),
    )


def _office(pick: random.Random, number: int) -> tuple[str, tuple[Name, ...]]:
    vi, en, short = pick.choice(OFFICES)
    place = f"{_one(pick, PLACES)} {number}"
    return "agency", (
        Name(f"{vi} {place}", "vi"),
        Name(f"{en} of {fold(place).title()}", "en", "translation"),
        Name(f"{fold(place).title()} {short}", "en", "abbreviation"),
    )


def _one(pick: random.Random, pool: str) -> str:
    return pick.choice(pool.split(", "))
