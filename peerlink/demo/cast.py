"""Who plays in the demonstration: made-up people, each with a part."""

from dataclasses import dataclass

from peerlink.roles import Role


@dataclass(frozen=True)
class Colleague:
    """Somebody of the staff with an account; a persona has a reference and something to look at."""

    name: str
    role: Role
    persona: str | None = None


@dataclass(frozen=True)
class Peer:
    """A volunteer; days count back from today."""

    name: str
    gender: str
    born_ago: int
    """Age in years."""
    joined: int
    capacity: int
    slots: int
    """People they walk with today, or walked with until they paused or left."""
    supervisor: str
    site: str
    hours: int = 14
    second_language: str = "fr"
    left: int | None = None
    paused: int | None = None
    persona: str | None = None

    @property
    def given(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def ends(self) -> int:
        """Return how many days ago they stopped serving; 0 for those who serve today."""
        return self.left or self.paused or 0


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


GRACE, RUTH = "Grace Wanjiru", "Ruth Adler"
AMINA, SAM, THANDEKA = "Amina Diallo", "Sam Petit", "Thandeka Mokoena"
LINDIWE, JOSEPH = "Lindiwe Sithole", "Joseph Okello"
KOFI, RUBEN, NALEDI, SAMUEL = "Kofi Mensah", "Ruben Castillo", "Naledi Khumalo", "Samuel Tembo"
BEATRIZ, HASSAN, YOLANDA, TOMAS = "Beatriz Lopes", "Hassan Bakari", "Yolanda Cruz", "Tomas Novak"
ESTHER, MOSES, ZANELE = "Esther Banda", "Moses Kamau", "Zanele Dube"
AISHA = "Aisha Rahman"
MIRIAM, DANIEL, INES, FARAH = "Miriam Achieng", "Daniel Moyo", "Ines Duarte", "Farah Osman"
CLAIRE, MARCUS, OLIVIA, NADIRA = "Claire Fontaine", "Marcus Lindqvist", "Olivia Haddad", "Nadira Basu"

STAFF = (
    Colleague(AMINA, Role.COORDINATOR, "DEMO1"),
    Colleague(GRACE, Role.SUPERVISOR, "DEMO5"),
    Colleague(SAM, Role.ADMIN, "DEMO6"),
    Colleague(RUTH, Role.SUPERVISOR),
    Colleague(MARCUS, Role.MANAGER, "DEMO7"),
    Colleague(OLIVIA, Role.PRIVACY_LEAD),
    Colleague(NADIRA, Role.SAFEGUARDING_LEAD),
)

LOOK_AT = {
    AMINA: "who waits and who fits, ten claims to approve, an offer to help, a complaint to look at",
    THANDEKA: "a promise due today, an open check-in, a talk to prepare, thanks, a claim on its way",
    LINDIWE: "three heavy contacts in a row, more people than agreed, and who is there for her",
    JOSEPH: "a first match that goes well, a module still open, a worry about being recognised",
    GRACE: "whom to call first and why, the agenda of a talk, what helped others",
    SAM: "accounts, the programme's settings, the trail of everything done",
    MARCUS: "payments to make, one that is late, the balance, what the programme as a whole shows",
}

PEERS = (
    Peer(THANDEKA, "woman", 27, 282, 5, 4, GRACE, "S2", second_language="sw", persona="DEMO2"),
    Peer(LINDIWE, "woman", 35, 402, 7, 7, GRACE, "S1", hours=18, persona="DEMO3"),
    Peer(JOSEPH, "man", 22, 40, 2, 1, GRACE, "S2", hours=8, second_language="sw", persona="DEMO4"),
    Peer(MIRIAM, "woman", 44, 402, 5, 4, GRACE, "S1", second_language="sw"),
    Peer(DANIEL, "man", 38, 398, 5, 3, GRACE, "S3"),
    Peer(INES, "woman", 31, 400, 5, 4, GRACE, "S2", second_language="pt"),
    Peer(KOFI, "man", 49, 401, 4, 4, GRACE, "S3"),
    Peer(FARAH, "woman", 29, 350, 5, 4, GRACE, "S1", second_language="ar"),
    Peer(RUBEN, "man", 53, 399, 4, 4, GRACE, "S2", second_language="es"),
    Peer(NALEDI, "woman", 33, 402, 4, 3, RUTH, "S1"),
    Peer(SAMUEL, "man", 41, 310, 5, 4, RUTH, "S3"),
    Peer(BEATRIZ, "woman", 36, 400, 5, 4, RUTH, "S2", second_language="pt"),
    Peer(HASSAN, "man", 47, 397, 5, 5, RUTH, "S3", second_language="sw"),
    Peer(YOLANDA, "woman", 39, 340, 4, 4, RUTH, "S2", second_language="es"),
    Peer(TOMAS, "man", 30, 345, 4, 4, RUTH, "S1"),
    Peer(ESTHER, "woman", 51, 402, 5, 5, RUTH, "S3", second_language="sw"),
    Peer(MOSES, "man", 45, 402, 5, 5, RUTH, "S1", second_language="sw"),
    Peer(ZANELE, "woman", 28, 398, 5, 4, RUTH, "S2"),
    Peer(CLAIRE, "woman", 42, 360, 4, 3, RUTH, "S3", paused=20),
    Peer("Gabriel Santos", "man", 34, 402, 3, 3, GRACE, "S1", left=300),
    Peer("Halima Yusuf", "woman", 26, 400, 4, 4, RUTH, "S2", left=210),
    Peer("Pavel Horak", "man", 57, 395, 4, 4, GRACE, "S3", left=130),
    Peer("Wanda Kruger", "woman", 37, 380, 3, 3, RUTH, "S1", left=40),
)

IN_TRAINING = Peer(AISHA, "woman", 25, 0, 3, 0, GRACE, "S2", second_language="ar")
"""She is in training: one of the 24, and nobody's match yet."""

NATURE = _each("""
    Marula Baobab Heron Sunbird Kite Acacia Alder Almond Aspen Avocet Bamboo Banyan Beech Birch Bittern
    Blackbird Bluebell Bramble Bulbul Bunting Buzzard Cedar Chestnut Chickadee Cicada Clover Coot
    Cormorant Cottonwood Crane Curlew Cypress Dipper Dogwood Dove Dunlin Eagle Ebony Egret Elder Elm
    Falcon Fern Fig Finch Fir Flamingo Flycatcher Gannet Ginkgo Godwit Goldcrest Goldfinch Goshawk Grebe
    Greenfinch Gull Harrier Hawthorn Hazel Heather Hemlock Hibiscus Hickory Holly Hoopoe Hornbeam
    Hornbill Ibis Iris Ironwood Ivy Jacana Jacaranda Jackdaw Jasmine Jay Juniper Kestrel Kingfisher
    Kinglet Knot Lapwing Larch Lark Laurel Lavender Lilac Linden Linnet Lotus Magnolia Magpie Mahogany
    Mallard Mango Mangrove Maple Martin Merlin Mimosa Mopane Moringa Mulberry Myrtle Nightingale
    Nightjar Nuthatch Oak Oleander Olive Oriole Osprey Ouzel Owl Palm Papaya Pelican Persimmon Petrel
    Pine Pipit Plane Plover Plum Poplar Puffin Quail Quince Raven Redstart Redwing Robin Rook Rosemary
    Rowan Ruff Sage Sandpiper Sequoia Serin Shrike Siskin Skylark Snipe Sorrel Sparrow Spruce Starling
    Stilt Stork Swallow Swift Sycamore Tamarind Teak Teal Tern Thistle Thrush Thyme Treecreeper Turaco
    Wagtail Walnut Warbler Waxwing Weaver Wheatear Willow Wren Yew
""")
"""What people are called: trees and birds, so that a list on a screen names nobody."""

GIVEN = {
    "woman": _each("""
    Abena Adaeze Alma Anita Bintou Carla Chiara Delphine Dina Elif Elsa Fatima Flora Gloria Hanna Imani
    Irene Jamila Joy Karin Lara Leila Lucia Mariam Marta Mercy Nadia Nora Oksana Paula Rahel Rosa Safiya
    Selma Tamara Teresa Uma Vera Violet Winnie Yara Zahra
"""),
    "man": _each("""
    Abdi Adam Andre Ben Boris Carlos Chidi David Edwin Elias Emil Felix Filip Goran Hugo Ibrahim Isaac
    Ivan Jamal Jonas Karim Leon Luca Malik Mateo Milan Nico Noah Oscar Pablo Rafael Rashid Simon Stefan
    Tariq Theo Umar Victor Walter Yusuf Zoran
"""),
}
FAMILIES = _each("""
    Abara Amari Bakker Barros Becker Bello Berger Botha Cabral Cissoko Conte Dahl Demir Dias Eriksen
    Farkas Ferreira Fofana Garba Gomes Haile Hansen Hoxha Ivanova Jansen Juma Kaplan Keita Kiplagat
    Kovac Laszlo Lindholm Maduro Marino Mutasa Ndiaye Neves Nowak Obi Okafor Omondi Orsini Osei Petrov
    Pinto Quaye Rahimi Ramos Ricci Sanogo Sato Silva Sow Tadesse Toure Vargas Vidal Weber Wolde Yilmaz
    Zuma
""")

NOTES = (
    "Walked along the river and talked about the week.",
    "Went through the appointment letter together; the words are clear now.",
    "Slept badly, but the new routine in the mornings helps.",
    "Wanted mostly to be listened to today.",
    "Practised what to say at the next appointment.",
    "Good news from work. We celebrated with tea.",
    "Asked about side effects; wrote the question down for the nurse.",
    "Is thinking about joining the Thursday group.",
    "A quiet one. We sat in the garden.",
    "Set a reminder on the phone together.",
    "Talked about telling a sister. No hurry.",
    "Had a hard weekend and said so. Calmer at the end.",
    "Filled in the housing form up to page three.",
    "Laughed a lot. First time since spring.",
    "Would rather write than call for a while.",
    "Transport is the problem, not the will.",
)
HEAVY_NOTES = (
    "A very hard day. Stayed until it was calmer and agreed on who to call tonight.",
    "Long silence, then everything at once. I need to talk about this one.",
    "Somebody close has died. We just sat together.",
)
PROMISES = (
    "Send the bus times to the practice",
    "Ask about the Thursday group",
    "Bring the leaflet on sleep",
    "Call before the appointment",
    "Find out about the food parcel",
)
