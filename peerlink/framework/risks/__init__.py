"""What is looked out for, in three branches."""

from peerlink.framework.risks import context, participants, volunteers

RULES = (*volunteers.RULES, *participants.RULES, *context.RULES)
