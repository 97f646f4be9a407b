"""`banso-admin server …`: set-up, upgrade and self-check of the server of a real office."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.server.tick import add_tick
from desktop.database.engine import parse_url
from desktop.database.security.check import check
from desktop.domain.accounts import TemporaryPassword
from desktop.domain.clock import SystemClock
from desktop.domain.roles import ROLE_LABELS
from desktop.domain.server_check import Finding
from desktop.services.accounts.first import FIRST_PASSWORD_DAYS, FIRST_ROLES
from desktop.services.server.certificates import make_certificates
from desktop.services.server.config import OfficeConfig, load_config
from desktop.services.server.papers import CERTIFICATES, write_papers
from desktop.services.server.prepare import office_address, office_engine, prepare
from desktop.services.server.upgrade import upgrade

if TYPE_CHECKING:
    from desktop.cli.commands import Commands

_FAULTY = 1
_OUT = Path("banso-server")


def add_parser(commands: Commands) -> None:
    """Add the commands."""
    group = commands.add_parser("server", help="本番のサーバーを準備・更新・点検します")
    actions = group.add_subparsers(required=True, metavar="操作")
    init = _action(
        actions, "init", "空の PostgreSQL を福祉事務所のサーバーにします（何度実行しても同じです）"
    )
    init.add_argument(
        "--out", type=Path, default=_OUT, metavar="DIR", help="設定ファイルなどを書くフォルダー"
    )
    init.set_defaults(run=run_init)
    changed = _action(actions, "upgrade", "控えを取ってから、このプログラムの版に上げます")
    changed.add_argument(
        "--backup", type=Path, default=_OUT / "backup", metavar="DIR", help="控えの置き場所"
    )
    changed.add_argument(
        "--without-backup", action="store_true", help="控えを取りません（別に取ってあるとき）"
    )
    changed.add_argument(
        "--renew",
        action="store_true",
        help="版が同じでも、守り（権限・規則・トリガー・関数）を作り直します",
    )
    changed.set_defaults(run=run_upgrade)
    _action(actions, "check", "サーバーの守りを点検します").set_defaults(run=run_check)
    add_tick(actions)
    certificates = actions.add_parser(
        "certificates", help="庁内認証局と証明書を作ります（あるものは変えません）"
    )
    certificates.add_argument("--config", type=Path, metavar="office.toml")
    certificates.add_argument("--out", type=Path, default=_OUT / CERTIFICATES, metavar="DIR")
    certificates.add_argument(
        "--login", action="append", default=[], help="職員の証明書も作ります（何人でも）"
    )
    certificates.set_defaults(run=run_certificates)


def run_init(args: argparse.Namespace) -> int:
    """Prepare the server, write the papers, show the first passwords once, and check."""
    config = load_config(args.config)
    logins = prepare(args.admin_url, config, SystemClock())
    if not args.json:
        _show_logins(logins)
    admin = parse_url(args.admin_url).username or "postgres"
    papers = write_papers(config, args.out, admin=admin)
    if not args.json:
        print(f"設定ファイルなど {len(papers)} 個を {args.out} に書きました。")
    shown = [
        {"login": made.login, "role": label, "password": made.password}
        for label, made in _labelled(logins)
    ]
    return _check(args, config, {"logins": shown})


def run_upgrade(args: argparse.Namespace) -> int:
    """Upgrade, and check."""
    config = load_config(args.config)
    folder = None if args.without_backup else args.backup
    saved = upgrade(
        office_address(args.admin_url, config),
        backup_to=folder,
        now=SystemClock().now(),
        renew=args.renew,
    )
    if not args.json:
        print(f"控え：{saved}" if saved else "控えは作っていません。")
    return _check(args, config, {"backup": str(saved) if saved else None})


def run_check(args: argparse.Namespace) -> int:
    """Check alone."""
    return _check(args, load_config(args.config), {})


def run_certificates(args: argparse.Namespace) -> int:
    """Make the authority and the certificates that are missing."""
    made = make_certificates(
        load_config(args.config), args.out, SystemClock().now(), tuple(args.login)
    )
    for path in made:
        print(path)
    print(
        "認証局の鍵（ca.key）は、証明書を作り終えたら金庫などに移し、この機械から消してください。"
        if made
        else "すべて、すでにあります。"
    )
    return 0


def _action(actions: Commands, name: str, text: str) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    parser.add_argument(
        "--admin-url", required=True, metavar="URL", help="postgresql://管理者@ホスト/postgres"
    )
    parser.add_argument(
        "--config", type=Path, metavar="office.toml", help="福祉事務所の設定（省略時は試用）"
    )
    parser.add_argument("--json", action="store_true", help="機械が読む形で出力します")
    return parser


def _labelled(logins: tuple[TemporaryPassword, ...]) -> list[tuple[str, TemporaryPassword]]:
    """The logins just made beside what they are; none where both were there before."""
    return list(zip((ROLE_LABELS[role] for role in FIRST_ROLES), logins, strict=False))


def _show_logins(logins: tuple[TemporaryPassword, ...]) -> None:
    if not logins:
        print("福祉事務所と最初の職員は、すでにあります。")
        return
    print(
        f"最初のパスワード（この1回だけ表示します。{FIRST_PASSWORD_DAYS}日のうちに本人が変えてください）"
    )
    for label, made in _labelled(logins):
        print(f"  {label}  {made.login}  {made.password}")


def _check(args: argparse.Namespace, config: OfficeConfig, more: dict[str, object]) -> int:
    engine = office_engine(args.admin_url, config)
    try:
        found = check(engine)
    finally:
        engine.dispose()
    faulty = any(finding.is_grave for finding in found)
    if args.json:
        print(
            json.dumps(
                {**more, "ok": not faulty, "findings": [asdict(f) for f in found]},
                ensure_ascii=False,
            )
        )
    else:
        _show(found)
    return _FAULTY if faulty else 0


def _show(found: tuple[Finding, ...]) -> None:
    for finding in found:
        if finding.is_grave:
            print(f"不備：{finding.sentence}", file=sys.stderr)
        else:
            print(f"注意：{finding.sentence}")
    grave = sum(finding.is_grave for finding in found)
    print(f"点検：不備 {grave} 件、注意 {len(found) - grave} 件")
