"""Why a programme lasts, as far as participants and the setting carry it."""

from peerlink.framework.node import Kind, Node
from peerlink.words import N_

NODES = (
    Node(
        "sustainability.plhiv",
        N_("Keeping participants willing"),
        N_("Keeping participants willing"),
        Kind.GROUP,
        refs="52,55,86",
    ),
    Node(
        "sustainability.plhiv.confidentiality",
        N_("Confidentiality"),
        N_("Participants' information stays private, and they feel it does"),
        Kind.LEAF,
        refs="52,55,86",
    ),
    Node(
        "sustainability.plhiv.perceived_benefit",
        N_("Perceived benefit"),
        N_("Participants see, or expect, benefit in at least one of five areas"),
        Kind.GROUP,
        refs="55",
    ),
    Node(
        "sustainability.plhiv.perceived_benefit.physiological",
        N_("Benefit for the body"),
        N_("Perceived or expected gain in bodily health"),
        Kind.LEAF,
        refs="55",
    ),
    Node(
        "sustainability.plhiv.perceived_benefit.psychological",
        N_("Benefit for the mind"),
        N_("Perceived or expected gain in mood and quality of life"),
        Kind.LEAF,
        refs="55",
    ),
    Node(
        "sustainability.plhiv.perceived_benefit.behavioural",
        N_("Benefit for habits"),
        N_("Perceived or expected gain in doing what helps"),
        Kind.LEAF,
        refs="55",
    ),
    Node(
        "sustainability.plhiv.perceived_benefit.cognitive",
        N_("Benefit for understanding and control"),
        N_("Perceived or expected gain in understanding, control, less shame"),
        Kind.LEAF,
        refs="55",
    ),
    Node(
        "sustainability.plhiv.perceived_benefit.social",
        N_("Benefit for social life"),
        N_("Perceived or expected gain in connection and participation"),
        Kind.LEAF,
        refs="55",
    ),
    Node(
        "sustainability.plhiv.attitude",
        N_("View of the programme"),
        N_("Positive view of the programme, closely tied to earlier projects' success"),
        Kind.LEAF,
        refs="51,55",
    ),
    Node(
        "sustainability.context",
        N_("A setting that carries"),
        N_("The setting carries the programme"),
        Kind.GROUP,
        refs="53,55,56,70,76,81-83",
    ),
    Node(
        "sustainability.context.finance.volunteer_pay",
        N_("Money for volunteers"),
        N_("Money to pay volunteers for their time"),
        Kind.LEAF,
        refs="56,76,81,82",
    ),
    Node(
        "sustainability.context.finance.operations",
        N_("Money to keep running"),
        N_("Money to keep the project running"),
        Kind.LEAF,
        refs="56,76,81,82",
    ),
    Node(
        "sustainability.context.safe_place",
        N_("Safe places"),
        N_("A place where neither side fears being exposed"),
        Kind.LEAF,
        refs="53",
    ),
    Node(
        "sustainability.context.medical_liaison",
        N_("Exchange with clinics"),
        N_("Regular exchange between volunteers and clinic staff"),
        Kind.LEAF,
        refs="52,55,70,83",
    ),
    Node(
        "sustainability.context.continuous_training",
        N_("Ongoing training"),
        N_("Training that continues, for growth and skill"),
        Kind.LEAF,
        refs="82; 81",
    ),
    Node(
        "sustainability.context.cost_effectiveness",
        N_("Cost and worth"),
        N_("Decision makers know what the programme costs and brings"),
        Kind.LEAF,
        refs="55,81",
    ),
    Node(
        "sustainability.context.care_integration",
        N_("Part of routine care"),
        N_("Peer support is part of routine care and volunteers are seen as team members"),
        Kind.LEAF,
        refs="55,81",
    ),
    Node(
        "link.effectiveness_to_sustainability",
        N_("Experience shapes wish to go on"),
        N_(
            "How people experience the support shapes whether they keep wanting it (mechanism 1 "
            "influences mechanism 2)"
        ),
        Kind.LEAF,
        refs="51,55",
    ),
)
