"""Signing clips with C2PA by a certificate authority made on the spot, for demos and tests.

Needs the extra ``provenance``; its own dependency ``cryptography`` makes the certificates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
CAPTURED = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
DAYS = 3650


@dataclass(frozen=True, slots=True)
class Authority:
    """``anchor``: its certificate, what a trust list holds. ``chain`` and ``key``: what signs. All PEM."""

    anchor: str
    chain: str
    key: str


def signing_possible() -> bool:
    """Whether the extra is installed."""
    try:
        import c2pa  # noqa: F401, PLC0415
    except ImportError:
        return False
    return True


def make_authority(name: str = "Tilik demo") -> Authority:
    """A root certificate and one under it that may sign claims, as C2PA's certificate profile asks."""
    from cryptography.hazmat.primitives import serialization as out  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate(f"{name} root", root_key.public_key(), f"{name} root", root_key, authority=True)
    leaf = _certificate(f"{name} signer", key.public_key(), f"{name} root", root_key, authority=False)
    anchor = root.public_bytes(out.Encoding.PEM).decode()
    secret = key.private_bytes(out.Encoding.PEM, out.PrivateFormat.PKCS8, out.NoEncryption()).decode()
    return Authority(anchor, leaf.public_bytes(out.Encoding.PEM).decode() + anchor, secret)


def _certificate(subject: str, public: Any, issuer: str, signer: Any, *, authority: bool) -> Any:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID  # noqa: PLC0415

    def name(common: str) -> x509.Name:
        pairs = ((NameOID.ORGANIZATION_NAME, "Tilik"), (NameOID.COMMON_NAME, common))
        return x509.Name([x509.NameAttribute(*pair) for pair in pairs])

    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=DAYS))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    if not authority:
        email = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        made = made.add_extension(email, critical=False)
    return made.sign(signer, hashes.SHA256())


def sign(source: Path, into: Path, by: Authority, *, source_type: str, generator: str = "Tilik demo") -> None:
    """A copy of ``source`` with a manifest inside that says how it was made."""
    import c2pa  # noqa: PLC0415

    manifest = {
        "claim_generator_info": [{"name": generator, "version": "1"}],
        "title": source.name,
        "assertions": [
            {
                "label": "c2pa.actions.v2",
                "data": {"actions": [{"action": "c2pa.created", "digitalSourceType": source_type}]},
            }
        ],
    }
    info = c2pa.C2paSignerInfo(b"es256", by.chain.encode(), by.key.encode(), None)
    with c2pa.Signer.from_info(info) as signer, c2pa.Builder(manifest) as builder:
        builder.sign_file(source, into, signer)


def tamper(file: Path) -> None:
    """Change a signed file where no picture is: its date. The signature no longer holds."""
    body = bytearray(file.read_bytes())
    body[body.rindex(b"mvhd") + 11] ^= 1
    file.write_bytes(body)


def sign_three(files: Sequence[Path]) -> str:
    """Sign three MP4 files in place: one as trusted, one by a stranger, one broken. Returns whom to trust."""
    trusted, stranger = make_authority(), make_authority("Stranger")
    whole = [file for file in files if file.suffix == ".mp4"][:3]
    how = ((trusted, GENERATED), (stranger, CAPTURED), (trusted, CAPTURED))
    for (by, source_type), file in zip(how, whole, strict=False):
        signed = file.with_name(f".{file.name}")
        sign(file, signed, by, source_type=source_type)
        signed.replace(file)
    if len(whole) == 3:
        tamper(whole[2])
    return trusted.anchor
