"""What is measured, in four branches."""

from peerlink.framework.indicators import effectiveness, outcomes, support, sustainability

INDICATORS = (
    *support.INDICATORS,
    *outcomes.INDICATORS,
    *effectiveness.INDICATORS,
    *sustainability.INDICATORS,
)
