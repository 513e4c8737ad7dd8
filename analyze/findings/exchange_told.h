/*
 * Whether the last Exchange server can go: exchange.json of a findings folder,
 * as struct exchange_told. A part of findings.h; findings(5) has the format.
 */
#ifndef ANALYZE_FINDINGS_EXCHANGE_TOLD_H
#define ANALYZE_FINDINGS_EXCHANGE_TOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/when.h"

/* What there is of Exchange in a forest; of several the one that decides. */
enum exchange_state {
	EXCHANGE_UNKNOWN,          /* not wholly read */
	EXCHANGE_NONE,             /* the schema has nothing of it */
	EXCHANGE_SCHEMA_ONLY,      /* that, and no organization */
	EXCHANGE_PREPARED,         /* an organization, and nobody uses it */
	EXCHANGE_TOOLS_ONLY,       /* managed by the management tools */
	EXCHANGE_SERVERS,
	EXCHANGE_STATES
};

enum exchange_verdict {
	VERDICT_NOT_ASSESSED,
	VERDICT_NEVER_NEEDED, VERDICT_NO_SERVER,
	VERDICT_BY_CLOUD_MANAGED, VERDICT_BY_MANAGEMENT_TOOLS,
	VERDICT_WITHOUT_SYNC,
	VERDICT_MUST_KEEP,
	VERDICT_COUNT
};

/* The ways out; each has a last step of its own, never to be mixed. */
enum exchange_path {
	PATH_NO_SYNC, PATH_MANAGEMENT_TOOLS, PATH_CLOUD_MANAGED,
	EXCHANGE_PATHS
};
#define PATH_BIT(p) (1u << (p))

enum path_state {
	PATH_NOT_ASSESSED, PATH_NOT_APPLICABLE, PATH_NOT_READY, PATH_READY,
	PATH_STATES
};

enum condition_result {
	CONDITION_NOT_ASSESSED, CONDITION_NOT_APPLICABLE, CONDITION_MET,
	CONDITION_NOT_MET, CONDITION_RESULTS
};

enum condition_kind { CONDITION_BLOCKS, CONDITION_TASK, CONDITION_KINDS };

/* Who takes the step. */
enum step_owner {
	STEP_OF_AD, STEP_OF_EXCHANGE, STEP_OF_TENANT, STEP_OF_DNS,
	STEP_OF_PEOPLE, STEP_OWNERS
};

/* What stands against a condition; members may be NULL. */
struct exchange_evidence {
	const char *dn, *guid, *attribute, *value;
};

/* So many of them are told; all are findings. */
enum { EXCHANGE_EVIDENCE = 50 };

struct exchange_condition {
	const char *id;            /* its rule is "exchange-" and that */
	const char *title;         /* a few words */
	enum condition_kind kind;
	unsigned paths;            /* PATH_BITs of those that ask for it */
	enum step_owner owner;
	const char *fix, *source;
	const char *undo;          /* how; NULL: it cannot be undone */
	enum condition_result result;
	uint64_t count;            /* what stands against it */
	/* Of not assessed; of met: what is to be known beside it; or NULL. */
	const char *reason;
	/* By DN; hints, where it is not assessed. */
	const struct exchange_evidence *evidence;
	size_t evidence_count;
};

struct exchange_way {
	enum path_state state;
	/* Conditions that are not met, and not assessed; by number. */
	const size_t *missing, *open;
	size_t missing_count, open_count;
};

enum exchange_support {
	EXCHANGE_SUPPORT_UNKNOWN,
	EXCHANGE_SUPPORT_FULL,
	EXCHANGE_SUPPORT_PAID,     /* updates are to be had for money */
	EXCHANGE_SUPPORT_ENDED,
	EXCHANGE_SUPPORTS
};

struct exchange_told_server {
	const char *name, *dn, *guid;
	const char *version;       /* "15.2.1748.10"; NULL: not known */
	const char *product, *update;        /* or NULL */
	const char *const *roles;
	size_t role_count;
	enum exchange_support support;
	const char *support_ends;  /* its last day; NULL: there is none */
};

/* Whether the schema has an attribute for mail; UNKNOWN is null. */
enum schema_has { SCHEMA_UNKNOWN, SCHEMA_LACKS, SCHEMA_HAS };
struct schema_attribute {
	const char *name;
	enum schema_has has;
};

struct exchange_told {
	when_t as_of;
	enum exchange_verdict verdict;
	enum exchange_state state;
	const char *reason;        /* of a state that is not known */
	const char *name, *dn;     /* of the organization, or NULL */
	enum schema_has hybrid;    /* by the hybrid wizard's object */
	/* 0: not known */
	uint64_t object_version, domain_version, range_upper;
	const char *release;       /* of the schema; or NULL */
	const struct schema_attribute *attributes;
	size_t attribute_count;
	const struct exchange_told_server *servers;
	size_t server_count;
	const struct exchange_condition *conditions;
	size_t condition_count;    /* 0: there is no AD, or no exchange.json */
	struct exchange_way ways[EXCHANGE_PATHS];
};

/* The words of the files: "schema-only", "must-keep", "management-tools" ... */
const char *exchange_state_name(enum exchange_state s);
const char *exchange_verdict_name(enum exchange_verdict v);
const char *exchange_path_name(enum exchange_path p);
const char *path_state_name(enum path_state s);
const char *condition_result_name(enum condition_result r);
const char *condition_kind_name(enum condition_kind k);
const char *step_owner_name(enum step_owner o);
const char *exchange_support_name(enum exchange_support s);
/* "uninstall" or "shut-down". */
const char *exchange_last_step(enum exchange_path p);

struct buf;
struct err;
struct findings;

/* ---- in words, for people ---- */

/* Appends the verdict, as sentences without the last one's end. */
void exchange_tell(const struct exchange_told *t, struct buf *out);
/* The organization's name, state, versions; the same. */
void exchange_tell_organization(const struct exchange_told *t,
                                struct buf *out);
/* A server's name; its forest's, too, where others are called so. */
void exchange_tell_name(const struct exchange_told *t,
                        const struct exchange_told_server *s, struct buf *out);
/* Product, build and roles, then whether it has support. */
void exchange_tell_server(const struct exchange_told_server *s,
                          struct buf *out);
void exchange_tell_support(const struct exchange_told_server *s,
                           struct buf *out);
/* "not met: 3", "met" */
void exchange_tell_result(const struct exchange_condition *c,
                          struct buf *out);
/* "blocks every way", "blocks nothing, a task on the way by ..." */
void exchange_tell_blocked(const struct exchange_told *t,
                           const struct exchange_condition *c,
                           struct buf *out);
/* What E is and has: "CN=...: homeMDB CN=..." */
void exchange_tell_evidence(const struct exchange_evidence *e,
                            struct buf *out);
/* So many objects are not among the first N pieces of its evidence. */
uint64_t exchange_untold(const struct exchange_condition *c, size_t n);

/*
 * Whether there is something to do of it: not of what is met, or nobody's, nor
 * of what is asked for by ways alone that nobody takes any more.
 */
bool exchange_is_work(const struct exchange_told *t,
                      const struct exchange_condition *c);
/* Why no condition applies; NULL: one does. */
const char *exchange_moot(const struct exchange_told *t);

const char *exchange_path_title(enum exchange_path p);
const char *path_state_title(enum path_state s);
const char *step_owner_title(enum step_owner o);
/* "uninstall the last server", or to shut it down; they never mix. */
const char *exchange_last_step_title(enum exchange_path p);

/* Prints the verdict on one line below HEAD, where Exchange is known of. */
void exchange_print(const struct exchange_told *t, const char *head);

/* Appends the file as it is; -1 if F has none, or another one. */
int exchange_text(const struct findings *f, struct buf *out, struct err *err);

#endif
