/*
 * What the export of a sync server says of its scope, whichever form it has:
 * sync_config_xml.c, sync_rule_xml.c, sync_config_json.c and sync_rule_json.c
 * fill it, and sync_config.c makes a policy of it. Everything lies in the
 * policy's arena.
 */
#ifndef ANALYZE_POLICY_SYNC_EXPORT_H
#define ANALYZE_POLICY_SYNC_EXPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/policy/filter_rule.h"
#include "base/buf.h"

struct arena;
struct err;
struct xml_node;

enum { SYNC_PARTITIONS_MAX = 1000, SYNC_RULES_MAX = 2000 };

#define SYNC_DN_WANTED \
	"a distinguished name such as OU=Accounts,DC=corp,DC=example"

/* Texts, in an arena that their owner has. */
struct text_list {
	const char **texts;
	size_t count, room;
};

/* A partition of an AD connector: a domain. */
struct sync_partition {
	struct sync_partition *next;
	const char *dn;
	bool selected;
	struct text_list include, exclude;
};

/* A connector to AD: a forest. */
struct sync_connector {
	struct sync_connector *next;
	const char *id;          /* by which rules name it, or "" */
	const char *forest;      /* its DNS name, or "" */
	struct sync_partition *partitions;
	const char *group;       /* DN, or NULL */
};

/* A custom rule that says whether objects are synchronized. */
struct sync_rule {
	struct sync_rule *next;
	const struct sync_connector *of;     /* NULL: of all of them */
	const char *name;
	enum kind kind;
	long precedence;         /* the lowest decides */
	enum filter_effect effect;
	bool filtered;           /* what cloudFiltered or so becomes */
	bool unclear;            /* it may let through, nobody knows whom */
	struct sync_clause *clauses;   /* one is enough; NULL: all objects */
};

struct sync_clause {
	struct sync_clause *next;
	struct filter_condition *where;    /* all must hold */
	size_t count;
};

enum sync_switch { SWITCH_UNSAID, SWITCH_ON, SWITCH_OFF };

struct sync_export {
	struct arena *arena;
	struct sync_connector *connectors;
	struct sync_rule *rules;
	size_t partition_count, rule_count;
	/* Those that the administrator made, and that run; if there are any. */
	size_t custom_rules;
	bool rules_unread;                 /* the export has none at all */
	bool joins_no_flow;                /* a rule reads cloudNoFlow */
	/* Or NULL: */
	const char *version, *anchor, *sign_in, *threshold, *join;
	enum sync_switch staging, suspended, passwords, group_filter,
	                 deletion_limit;
	struct text_list strange;          /* what was not understood */
};

void text_list_add(struct text_list *l, struct arena *a, const char *text);

/* Adds a connector, in order. */
struct sync_connector *sync_export_connector(struct sync_export *x,
                                             const char *id,
                                             const char *forest);
/* Adds a partition, in order; NULL when there are too many. */
struct sync_partition *sync_export_partition(struct sync_export *x,
                                             struct sync_connector *c,
                                             const char *dn);
/* The metaverse attribute by which a rule has that effect: cloudFiltered. */
const char *sync_effect_attribute(enum filter_effect effect);
/*
 * Takes an outbound rule of link type JoinNoFlow, which joins what cloudNoFlow
 * marks and lets nothing flow; NULL, or what in its scope is not understood.
 */
const char *sync_export_no_flow(struct sync_export *x,
                                const struct sync_rule *rule);
void sync_export_rule(struct sync_export *x, const struct sync_rule *rule);
/*
 * "custom rule \"NAME\"" and the like; what is there already is not added, and
 * no more than can be told.
 */
void sync_export_strange(struct sync_export *x, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Adds TEXT, a DN; -1 when it is none. */
int sync_export_dn(struct text_list *l, struct arena *a, const char *text);

/* Each reads into X; 0, or -1 with ERR filled. */
int sync_folder_read(struct sync_export *x, const char *path,
                     struct err *err);
int sync_policy_read(struct sync_export *x, const char *path,
                     struct err *err);

/* One document of a kind; NAME is what errors call it. */
int sync_connector_take(struct sync_export *x, const char *name,
                        const struct xml_node *root, struct err *err);
int sync_rule_take(struct sync_export *x, const char *name,
                   const struct xml_node *root, struct err *err);
void sync_globals_take(struct sync_export *x, const struct xml_node *root);
/* A NUL must follow TEXT. */
int sync_policy_parse(struct sync_export *x, const char *name,
                      const char *text, size_t len, struct err *err);

#endif
