/*
 * Walking through the JSON that a sync server exports: sync_config_json.c reads
 * what it says, sync_rule_json.c its rules. No document lists its keys: those
 * that are met in the field are read, whatever their case, and others are
 * named.
 */
#ifndef ANALYZE_POLICY_SYNC_JSON_H
#define ANALYZE_POLICY_SYNC_JSON_H

#include "analyze/policy/sync_export.h"

struct err;
struct json;

struct sync_json_reader {
	struct sync_export *x;
	const char *name, *text;
	struct err *err;
	/* Of the object at hand: */
	struct sync_connector *connector;    /* NULL: the tenant's */
	const char *friendly_name;
	struct sync_partition *partition;
	struct sync_rule rule;
	const char *direction, *class, *link;
	/* What the rule sets, by effect, and to what. */
	enum { SETS_NOT, SETS_FALSE, SETS_TRUE, SETS_UNCLEAR } sets[2];
	const char *strange;     /* why the rule is not understood, or NULL */
};

/* A key of an object; READ is NULL where nobody needs its value. */
struct sync_json_key {
	const char *name;
	int (*read)(struct sync_json_reader *r, const struct json *j);
};

/* The value of KEY in OBJECT, whatever the key's case; or NULL. */
const struct json *sync_json_get(const struct json *object, const char *key);
/* The first line with WORD, a key or a value, in quotes; else the first. */
unsigned sync_json_line(const struct sync_json_reader *r, const char *word);
/* -1, with the error that the value J is not what is wanted. */
int sync_json_wrong(struct sync_json_reader *r, const struct json *j,
                    const char *want);
/* The text J, in the export's arena; NULL when it is none. */
const char *sync_json_copy(struct sync_json_reader *r, const struct json *j);

/*
 * All keys of OBJECT by KEYS, which end with an empty row; WHAT it is called in
 * the warning of others. 0, or -1 with the error filled.
 */
int sync_json_object(struct sync_json_reader *r,
                     const struct sync_json_key *keys, const char *what,
                     const struct json *object);
/* READs J, an object or an array of them, as PowerShell writes either. */
int sync_json_objects(struct sync_json_reader *r, const struct json *j,
                      int (*read)(struct sync_json_reader *r,
                                  const struct json *one));

/* Reads one of customSynchronizationRules (sync_rule_json.c). */
int sync_json_rule(struct sync_json_reader *r, const struct json *j);

#endif
