"""How a programme is laid out so that it works and lasts."""

from peerlink.framework.node import Kind, Node
from peerlink.words import N_

NODES = (
    Node(
        "design",
        N_("Design of the programme"),
        N_("Design points that the first draft lists for effective and lasting programmes"),
        Kind.GROUP,
        refs="20,21,45-47",
    ),
    Node(
        "design.select_qualified",
        N_("Choosing volunteers"),
        N_("Choose suitable volunteers"),
        Kind.LEAF,
        refs="20,21,45-47",
    ),
    Node(
        "design.train",
        N_("Training them"),
        N_("Train them effectively"),
        Kind.LEAF,
        refs="20,21,45-47",
    ),
    Node(
        "design.supervise_feedback",
        N_("Supervision and feedback"),
        N_("Ongoing supervision and feedback"),
        Kind.LEAF,
        refs="20,21,45-47",
    ),
    Node(
        "design.mitigate_fatigue",
        N_("Preventing burnout"),
        N_("Prevent compassion fatigue and burnout"),
        Kind.LEAF,
        refs="20,21,45-47",
    ),
    Node(
        "design.easy_access",
        N_("Easy access"),
        N_("Make support easy to reach"),
        Kind.LEAF,
        refs="20,21,45-47",
    ),
    Node(
        "design.match_and_tailor",
        N_("Matching and tailoring"),
        N_("Match volunteer and participant, and tailor"),
        Kind.LEAF,
        refs="20,21,45-47",
    ),
    Node(
        "design.open_platform",
        N_("Open platform"),
        N_("Attach the project to an open platform"),
        Kind.LEAF,
        refs="20,21,45-47",
    ),
)
