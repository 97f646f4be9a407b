"""A municipal certificate authority (庁内認証局) in a folder, and certificates of the server and of members of staff.

Nothing that is there already is replaced. The key of the authority is to be taken off the machine afterwards.
"""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop.domain.errors import UserError
from desktop.services.server.config import OfficeConfig

_YEARS_OF_AUTHORITY = 10
_DAYS = 825
_EARLIER = timedelta(hours=1)  # clocks of workstations differ


def make_certificates(
    config: OfficeConfig, folder: Path, now: datetime, logins: tuple[str, ...] = ()
) -> tuple[Path, ...]:
    """Make what is missing of authority, server and the named staff; return the new files. Raises UserError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority = _Authority(folder, now)
    made = list(authority.made)
    names: list[x509.GeneralName] = [x509.DNSName(config.host)]
    names += [x509.IPAddress(ipaddress.ip_address(address)) for address in config.addresses]
    made += authority.issue("server", config.host, ExtendedKeyUsageOID.SERVER_AUTH, names)
    for login in logins:
        made += authority.issue(f"staff-{login}", login, ExtendedKeyUsageOID.CLIENT_AUTH, [])
    return tuple(made)


class _Authority:
    """The authority in a folder: made when it is not there."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self._folder = folder
        self._now = now
        self.made: list[Path] = []
        certificate, key = folder / "ca.crt", folder / "ca.key"
        if not certificate.exists():
            self.made = self._found(certificate, key)
        elif not key.exists():
            raise UserError(
                "認証局の鍵（ca.key）がありません。保管先から戻してからやり直してください。"
            )
        self._certificate = x509.load_pem_x509_certificate(certificate.read_bytes())
        loaded = serialization.load_pem_private_key(key.read_bytes(), password=None)
        if not isinstance(loaded, ec.EllipticCurvePrivateKey):
            raise UserError("認証局の鍵（ca.key）がこのコマンドで作ったものではありません。")
        self._key = loaded

    def issue(
        self, file: str, common_name: str, use: x509.ObjectIdentifier, names: list[x509.GeneralName]
    ) -> list[Path]:
        """A certificate and its key, unless they are there."""
        certificate, key_file = self._folder / f"{file}.crt", self._folder / f"{file}.key"
        if certificate.exists():
            return []
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(common_name, self._certificate.subject, key.public_key())
        builder = self._dated(builder, timedelta(days=_DAYS))
        builder = builder.add_extension(
            x509.BasicConstraints(ca=False, path_length=None), critical=True
        )
        builder = builder.add_extension(x509.ExtendedKeyUsage([use]), critical=False)
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
            critical=False,
        )
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        _write_key(key_file, key)
        certificate.write_bytes(_pem(builder.sign(self._key, hashes.SHA256())))
        return [certificate, key_file]

    def _found(self, certificate: Path, key_file: Path) -> list[Path]:
        key = ec.generate_private_key(ec.SECP384R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Banso CA")])
        builder = self._dated(
            _builder("Banso CA", name, key.public_key()), timedelta(days=365 * _YEARS_OF_AUTHORITY)
        )
        builder = builder.add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        builder = builder.add_extension(
            x509.KeyUsage(
                key_cert_sign=True, crl_sign=True, digital_signature=False, content_commitment=False,
                key_encipherment=False, data_encipherment=False, key_agreement=False,
                encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )  # fmt: skip
        builder = builder.add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
        )
        _write_key(key_file, key)
        certificate.write_bytes(_pem(builder.sign(key, hashes.SHA384())))
        return [certificate, key_file]

    def _dated(self, builder: x509.CertificateBuilder, span: timedelta) -> x509.CertificateBuilder:
        start = self._now.astimezone(UTC)
        return builder.not_valid_before(start - _EARLIER).not_valid_after(start + span)


def _builder(
    common_name: str, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    return builder.serial_number(x509.random_serial_number())


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
