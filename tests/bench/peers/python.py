"""The six rules in Python: python.py json|orjson SNAPSHOT POLICY OUT"""
import importlib
import re
import sys

module, snapshot, policy, out = sys.argv[1:]
loads = importlib.import_module(module).loads
with open(policy, "rb") as file:
    scope = loads(file.read())["scope"]
named = [("," + dn.lower(), True) for dn in scope["include"]]
named += [("," + dn.lower(), False) for dn in scope.get("exclude", [])]
named.sort(key=lambda pair: -len(pair[0]))
good_upn = re.compile(r"[A-Za-z0-9'._!#^~-]+@[A-Za-z0-9.-]+").fullmatch
found = []


def in_scope(dn):
    low = dn.lower()
    for suffix, verdict in named:
        if low.endswith(suffix):
            return verdict
    return False


def primary(proxies):
    for value in proxies:
        if value.startswith("SMTP:"):
            return value
    return None


accounts = {}
with open(snapshot + "/tenant-users.ndjson", "rb") as file:
    for line in file:
        o = loads(line)
        anchor = o.get("onPremisesImmutableId")
        value = primary(o.get("proxyAddresses") or ()) or o.get("mail")
        if value and value.lower().endswith(".onmicrosoft.com"):
            found.append(("primary-onmicrosoft", anchor or o["id"]))
        if anchor:
            accounts[anchor] = o.get("accountEnabled")

owners, shared = {}, set()
with open(snapshot + "/ad-users.ndjson", "rb") as file:
    for line in file:
        o = loads(line)
        key = o["objectGUID"]
        proxies = o.get("proxyAddresses") or ()
        for value in {text.lower() for text in proxies}:
            first = owners.setdefault(value, key)
            if first != key:
                shared.add(first)
                shared.add(key)
        if not in_scope(o["dn"]):
            continue
        if not o.get("mail") and not primary(proxies):
            found.append(("mail-missing", key))
        enabled = accounts.get(o.get("mS-DS-ConsistencyGuid") or key)
        if enabled is None:
            found.append(("account-missing", key))
        elif enabled == bool(int(o["userAccountControl"]) & 2):
            found.append(("enabled-differs", key))
        upn = o.get("userPrincipalName")
        if upn and not good_upn(upn):
            found.append(("upn-malformed", key))

found += [("proxy-duplicate", key) for key in shared]
with open(out, "w", encoding="utf-8") as file:
    file.writelines(f"{rule},{key}\n" for rule, key in found)
