"""Why support works: the volunteer and the relationship."""

from peerlink.framework.node import Kind, Node
from peerlink.words import N_

NODES = (
    Node(
        "effectiveness",
        N_("Why support works"),
        N_("Why support works: the volunteer and the relationship"),
        Kind.GROUP,
        refs="50,52,54,67,69-80",
    ),
    Node(
        "effectiveness.volunteer",
        N_("A qualified volunteer"),
        N_("A qualified volunteer"),
        Kind.GROUP,
        refs="50,52,70-78",
    ),
    Node(
        "effectiveness.volunteer.adequate_training",
        N_("Trained for the task"),
        N_("Trained enough for the tasks they hold"),
        Kind.LEAF,
        refs="70,71",
    ),
    Node(
        "effectiveness.volunteer.tailored_service",
        N_("Tailored support"),
        N_("Support shaped to what this person needs"),
        Kind.LEAF,
        refs="50,72-75",
    ),
    Node(
        "effectiveness.volunteer.continuous_support",
        N_("Support between visits"),
        N_("Support carries on outside and between clinic visits"),
        Kind.LEAF,
        refs="52",
    ),
    Node(
        "effectiveness.volunteer.bridging.social_ties",
        N_("Bridge to family and friends"),
        N_("Bridge to the person's family, partner, friends"),
        Kind.LEAF,
        refs="52,76-78",
    ),
    Node(
        "effectiveness.volunteer.bridging.community",
        N_("Bridge to the community"),
        N_("Bridge to community groups and services"),
        Kind.LEAF,
        refs="52,76-78",
    ),
    Node(
        "effectiveness.volunteer.bridging.health_system",
        N_("Bridge to health services"),
        N_("Bridge to health services"),
        Kind.LEAF,
        refs="52,76-78",
    ),
    Node(
        "effectiveness.volunteer.convey_translate",
        N_("Carrying and translating messages"),
        N_("Carrying key messages both ways and putting them in plain words"),
        Kind.LEAF,
        refs="52",
    ),
    Node(
        "effectiveness.relationship",
        N_("A good relationship"),
        N_("A good climate between the two"),
        Kind.GROUP,
        refs="67,69",
    ),
    Node(
        "effectiveness.relationship.positive_atmosphere",
        N_("Good climate"),
        N_("Overall positive communication and climate"),
        Kind.LEAF,
        refs="67,69",
    ),
    Node(
        "effectiveness.relationship.reciprocity",
        N_("Give and take"),
        N_("Both give and both receive"),
        Kind.LEAF,
        refs="79",
    ),
    Node(
        "effectiveness.relationship.role_model",
        N_("Role model"),
        N_("The person sees in the volunteer what is possible"),
        Kind.LEAF,
        refs="76,80",
    ),
    Node(
        "effectiveness.relationship.acceptance_empathy",
        N_("Accepted and understood"),
        N_("Free to speak, feeling accepted and understood"),
        Kind.LEAF,
        refs="54,69",
    ),
    Node(
        "effectiveness.relationship.compatibility",
        N_("Good fit"),
        N_(
            "Feeling that the two fit together (first-draft mechanism; refined draft keeps "
            "acceptance/empathy only)"
        ),
        Kind.LEAF,
        refs="20",
    ),
    Node(
        "effectiveness.relationship.felt_benefit",
        N_("Felt benefit"),
        N_(
            "Feeling that the support does one good (first-draft mechanism; becomes perceived benefit"
            " in the refined one)"
        ),
        Kind.LEAF,
        refs="20",
    ),
)
