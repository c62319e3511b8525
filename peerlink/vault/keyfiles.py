"""Keeps the two root secrets and the deployment id in files, and refuses files others could read."""

import json
import os
import stat
from pathlib import Path

SECRET_BYTES = 32
_REFUSED_VARIABLES = ("PEERLINK_KEY", "PEERLINK_ROOT_KEY")
_TITLES = {
    "root": "# PeerLink root key. Without it nothing opens. Keep a copy on paper, away from the data.",
    "epoch": "# PeerLink epoch secret, replaced at every epoch turn. Never put it into a backup of the data.",
}


class KeyTrouble(Exception):
    """The keys cannot be used; the message says what to do and holds no secret."""


def refuse_keys_in_environment() -> None:
    """Raise KeyTrouble when a key stands in an environment variable, where every process can read it."""
    for variable in _REFUSED_VARIABLES:
        if os.environ.get(variable):
            raise KeyTrouble(
                f"{variable} holds a key, and other programs can read the environment. "
                "Unset it, and name the key file in PEERLINK_KEY_FILE instead."
            )


def epoch_file(key_file: Path) -> Path:
    """Return where the epoch secret of this key file lies."""
    return key_file.with_suffix(".epoch")


def refuse_beside_data(home: Path, key_file: Path) -> None:
    """Raise KeyTrouble when the key would lie among the data it protects."""
    if epoch_file(key_file) == key_file:
        raise KeyTrouble(f"{key_file} would be overwritten by the epoch secret. Name it {key_file.stem}.key.")
    for where in (key_file.absolute(), key_file.resolve()):
        if where.is_relative_to(home.resolve()) or where.is_relative_to(home.absolute()):
            raise KeyTrouble(
                f"The key file {key_file} lies inside {home}: who takes the data takes the key. "
                "Move it to a folder outside."
            )


def make_private_folder(folder: Path) -> None:
    """Make the folder, for its owner only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def write_secret(path: Path, kind: str, secret: bytes) -> None:
    """Write a root or epoch secret for its owner to read (0400); the file must not exist yet."""
    write_new(path, f"{_TITLES[kind]}\n{secret.hex()}\n".encode(), 0o400)


def write_new(path: Path, content: bytes, mode: int) -> None:
    """Write a file that must not exist yet and see it safe on the disk, name included."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def read_secret(path: Path, kind: str) -> bytes:
    """Return the 32 bytes of a root or epoch secret; KeyTrouble if missing, damaged or not private."""
    words = {"root": "key file", "epoch": "epoch secret"}[kind]
    try:
        with path.open("rb") as file:
            _refuse_unless_private(os.fstat(file.fileno()), path, words)
            lines = file.read(4096).decode("ascii", "replace").splitlines()
        secrets = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        secret = bytes.fromhex(secrets[0]) if len(secrets) == 1 else b""
    except FileNotFoundError:
        raise KeyTrouble(
            f"The {words} {path} is missing. Put it back from its copy, or name the right file "
            "in PEERLINK_KEY_FILE."
        ) from None
    except OSError as trouble:
        raise KeyTrouble(
            f"The {words} {path} cannot be read ({trouble.strerror}). Check its owner."
        ) from None
    except ValueError:
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise KeyTrouble(f"The {words} {path} does not hold {SECRET_BYTES} bytes in hex. Restore its copy.")
    return secret


def read_deployment(path: Path) -> bytes:
    """Return the deployment id (16 bytes) of instance.json; KeyTrouble if missing or damaged."""
    try:
        deployment = bytes.fromhex(json.loads(path.read_bytes())["deployment"])
    except FileNotFoundError:
        raise KeyTrouble(
            f"{path} is missing: there is no programme here yet, or its folder is another one. "
            "Set the programme up, or restore the file."
        ) from None
    except (OSError, ValueError, TypeError, KeyError):
        deployment = b""
    if len(deployment) != 16:
        raise KeyTrouble(f"{path} is damaged. Restore it from its copy.")
    return deployment


def write_deployment(path: Path, deployment: bytes) -> None:
    """Write instance.json, which holds the deployment id (0600)."""
    write_new(path, json.dumps({"deployment": deployment.hex()}).encode() + b"\n", 0o600)


def refuse_unless_private(path: Path, words: str) -> None:
    """Raise KeyTrouble when others may read this file or folder, or it belongs to somebody else."""
    try:
        _refuse_unless_private(path.stat(), path, words)
    except OSError as trouble:
        raise KeyTrouble(f"The {words} {path} cannot be found ({trouble.strerror}). Restore it.") from None


def _refuse_unless_private(found: os.stat_result, path: Path, words: str) -> None:
    if os.name != "posix":
        return
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise KeyTrouble(f"The {words} {path} can be read by others. Run: chmod go= '{path}'")
    if found.st_uid != os.geteuid():
        raise KeyTrouble(f"The {words} {path} belongs to another user. Give it to the one PeerLink runs as.")
