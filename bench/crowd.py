"""A generated release of many actors with typical names of Vietnamese people, companies and offices. Deterministic."""

import random
from collections.abc import Callable

from vnkg.graph.model.facts import Name
from vnkg.graph.model.folding import fold
from vnkg.graph.model.release import Entity, Release

# Comma-separated lists to choose from.
FAMILY_NAMES = (
    "Nguyễn, Trần, Lê, Phạm, Hoàng, Phan, Vũ, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Lý, Đinh, Lâm, Trịnh, Mai, Tô, Cao"
)
MIDDLE_NAMES = (
    "Văn, Thị, Hồng, Ngọc, Minh, Quang, Đình, Thanh, Kim, Hoài, Xuân, Thu, Đức, Hữu, Bảo, Anh, Gia, Khánh, Tuấn"
)
GIVEN_NAMES = (
    "An, Bình, Chi, Dũng, Giang, Hà, Hải, Hạnh, Hiếu, Hoa, Hùng, Huy, Khai, Khoa, Kiên, Lan, Linh, Long, Mai, Nam, "
    "Nhâm, Oanh, Phong, Phúc, Quân, Quất, Quỳnh, Sơn, Tâm, Thảo, Thắng, Thành, Trang, Trí, Tú, Uyên, Vân, Vinh, Yến"
)
PLACE_NAMES = (
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
    rng = random.Random(57)  # noqa: S311  no secret
    kinds: list[Callable[[random.Random, int], tuple[str, tuple[Name, ...]]]] = [_person, _company, _company, _office]
    entities: list[Entity] = []
    for number in range(count):
        prefix, names = kinds[number % len(kinds)](rng, number)
        node_type = NODES[prefix]
        entities.append(Entity(f"{prefix}:n{number:06}", node_type, ("Entity", node_type), names[0].text, names))
    return Release(tuple(sorted(entities, key=lambda entity: entity.id)), (), (), (), (), (), ())


def _person(rng: random.Random, number: int) -> tuple[str, tuple[Name, ...]]:
    family_name, given_name = _choose(rng, FAMILY_NAMES), _choose(rng, GIVEN_NAMES)
    full_name = f"{family_name} {_choose(rng, MIDDLE_NAMES)} {_choose(rng, MIDDLE_NAMES)} {given_name}"
    return "person", (
        Name(full_name, "vi"),
        Name(fold(full_name).title(), "en"),
        Name(f"{given_name} {family_name} {number}", "en", "alias"),
    )


def _company(rng: random.Random, number: int) -> tuple[str, tuple[Name, ...]]:
    brand = "".join(_choose(rng, SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()
    field, place_name = _choose(rng, FIELDS), _choose(rng, PLACE_NAMES)
    return "organisation", (
        Name(f"Công ty Cổ phần {brand} {field} {place_name}", "vi"),
        Name(f"{brand} {field} {fold(place_name).title()} Joint Stock Company", "en", "translation"),
        Name(f"{brand}{field}{number}", "en", "abbreviation"),
    )


def _office(rng: random.Random, number: int) -> tuple[str, tuple[Name, ...]]:
    vi, en, abbreviation = rng.choice(OFFICES)
    place_name = f"{_choose(rng, PLACE_NAMES)} {number}"
    return "agency", (
        Name(f"{vi} {place_name}", "vi"),
        Name(f"{en} of {fold(place_name).title()}", "en", "translation"),
        Name(f"{fold(place_name).title()} {abbreviation}", "en", "abbreviation"),
    )


def _choose(rng: random.Random, pool: str) -> str:
    return rng.choice(pool.split(", "))
