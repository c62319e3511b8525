"""PeerLink: peer support for people living with HIV, matched, recorded, looked after and sealed."""
