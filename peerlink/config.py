"""Every setting: where the instance lies, which database it uses and where its root key is."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Where one instance keeps its things."""

    home: Path
    """The instance folder: database, keyring, lock files. PEERLINK_HOME, default `instance/`."""
    database_url: str | None
    """Another database than the embedded one, e.g. postgresql://… . PEERLINK_DATABASE_URL."""
    key_file: Path
    """The root key. PEERLINK_KEY_FILE, default a file per instance in the user's configuration folder."""


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from the environment, with a decision for everything left out."""
    home = Path(environment.get("PEERLINK_HOME") or "instance").resolve()
    named = environment.get("PEERLINK_KEY_FILE")
    return Settings(
        home=home,
        database_url=environment.get("PEERLINK_DATABASE_URL") or None,
        key_file=Path(named).resolve() if named else default_key_file(home, environment),
    )


def default_key_file(home: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Name the root key's file for this instance, outside of the instance folder."""
    folder = environment.get("XDG_CONFIG_HOME") or Path(environment.get("HOME") or Path.home()) / ".config"
    which = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return Path(folder) / "peerlink" / f"{which}.key"
