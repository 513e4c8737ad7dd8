"""Findings of syncscope as the peers write theirs: findings.py FINDINGS OUT"""
import base64
import json
import sys
import uuid

folder, out = sys.argv[1:]
pairs = set()
with open(folder + "/findings.ndjson", encoding="utf-8") as file:
    for line in file:
        o = json.loads(line)
        # Without an AD object the key is the tenant's id, as text.
        key = uuid.UUID(o["guid"])
        pairs.add((o["rule"], base64.b64encode(key.bytes_le).decode()
                   if o["dn"] else str(key)))
with open(out, "w", encoding="utf-8") as file:
    file.writelines(f"{rule},{key}\n" for rule, key in sorted(pairs))
