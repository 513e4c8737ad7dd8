#!/usr/bin/python3
"""validate.py SCHEMA FILE...: what python3-jsonschema says against the files,
a line each; fails if it says anything. A schema names its draft itself."""
import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as f:
    schema = json.load(f)
kind = jsonschema.validators.validator_for(schema)
kind.check_schema(schema)
wrong = 0
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as f:
        document = json.load(f)
    for error in kind(schema).iter_errors(document):
        wrong += 1
        at = "/".join(str(step) for step in error.absolute_path)
        print(f"{path}: {at}: {error.message[:300]}")
sys.exit(wrong > 0)
