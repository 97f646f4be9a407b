#!/bin/sh
# 毎晩の控え（postgres で実行）。使い方: sh backup.sh 保管先のフォルダー
# ロール（職員の利用者名）は pg_dump に入らないので、別に控えます。保管先は暗号化した別の機械にしてください。
set -eu
umask 077
place="$$1"
day="$$(date +%Y%m%d-%H%M%S)"
pg_dump --format=custom --file="$$place/$database-$$day.dump.new" "$database"
pg_dumpall --globals-only --file="$$place/$database-$$day.roles.sql.new"
# 最後まで書けた控えだけが、この名前になります。
mv "$$place/$database-$$day.dump.new" "$$place/$database-$$day.dump"
mv "$$place/$database-$$day.roles.sql.new" "$$place/$database-$$day.roles.sql"
