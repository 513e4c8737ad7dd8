/*
 * What the snapshots cannot know and the user tells: the policy file. Strings
 * belong to the policy.
 */
#ifndef ANALYZE_POLICY_POLICY_H
#define ANALYZE_POLICY_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/object/object.h"
#include "analyze/policy/filter_rule.h"
#include "analyze/policy/filter_value.h"
#include "base/build.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/when.h"

struct custom_attributes;
struct err;

enum engine {
	ENGINE_UNKNOWN, ENGINE_DIRSYNC, ENGINE_AADSYNC, ENGINE_CONNECT,
	ENGINE_CLOUD_SYNC
};

enum anchor {
	ANCHOR_UNSAID, ANCHOR_OBJECT_GUID, ANCHOR_CONSISTENCY_GUID
};

/* How the sync server joins the objects of one person in several forests. */
enum join {
	JOIN_UNSAID,
	JOIN_ONCE,               /* nobody: only equal anchors are one */
	JOIN_MAIL,               /* mail; who has none is not synchronized */
	JOIN_SID,                /* objectSID with msExchMasterAccountSid */
	JOIN_NAME,               /* sAMAccountName with mailNickname */
	JOIN_ATTRIBUTE,          /* join_attribute */
};

enum licensing {
	LICENSING_UNSAID, LICENSING_ALL, LICENSING_NONE, LICENSING_TENANT
};

/* Where mail from the internet arrives, and Autodiscover leads. */
enum mail_routing {
	MAIL_ROUTING_UNSAID, MAIL_ROUTING_CLOUD, MAIL_ROUTING_ON_PREMISES
};

/* What of Exchange on premises only people know; UNKNOWN: not said. */
struct policy_exchange {
	enum tristate relay;     /* programs and devices send through it */
	enum mail_routing mail_routing;
	/* EAC, roles of Exchange or a log of changes is needed. */
	enum tristate recipient_auditing;
	enum tristate running;   /* a server is; NO: all are shut down */
};

/* What no document says, or what documents say differently. */
struct assumptions {
	bool mask_sanitised;     /* only what is left of proxyAddresses masks */
	bool several_moera;      /* several SMTP: values: none of them */
	bool unverified_kept;    /* an SMTP: value in such a domain stays */
	bool nickname_follows;   /* the UPN's change changes the mailNickname */
	bool invalid_underscore; /* blanks and parentheses become "_" */
	bool routing_reserved;   /* TENANT.mail.onmicrosoft.com is dropped */
};

/* How a sync server's export says that it runs. */
struct sync_server {
	const char *name;        /* base name of the export */
	enum tristate staging;   /* it exports nothing to the tenant */
	enum tristate suspended; /* its scheduler starts nothing */
	enum tristate custom;    /* it has rules that are not the engine's */
	size_t custom_rules;     /* so many that run */
	const char *sign_in;     /* the attribute of sign-in names, or NULL */
};

/* In place of a number of deletions: the sync server stops at none. */
#define DELETION_THRESHOLD_OFF (-1L)

/* What lies below no container that the policy names. */
enum scope_rest {
	REST_BY_LISTS,           /* out of scope where there is an include */
	REST_IN, REST_OUT
};

/* Cloud Sync: containers or groups of a configuration, which is a domain's. */
enum { CLOUD_SYNC_PLACES = 59 };
/* How many deletions of one quarantine it, if nobody changed that. */
enum { CLOUD_SYNC_DELETIONS = 500 };
/* So many members are too many for a group. */
enum { CLOUD_SYNC_MEMBERS = 50000 };
/* How many objects its domain may have. */
enum { CLOUD_SYNC_OBJECTS = 150000 };

/*
 * What holds for the whole tenant, and, in FORESTS, for each forest: those are
 * complete in themselves, have no FORESTS, and borrow from the top.
 */
struct policy {
	struct arena arena;
	const char *name;        /* base name of the file, or NULL */
	const char *text;        /* of the file, for the lines of errors */
	char digest[DIGEST_TEXT];
	const char *tenant_id;                 /* a GUID as written, or NULL */
	const char *initial_domain;            /* or NULL */
	const char **verified_domains;
	size_t verified_count;
	const char **primary_domains;          /* that the company wants */
	size_t primary_domain_count;
	const char *scope_name;  /* base name of what says the scope, or NULL */
	bool has_scope;          /* include, exclude, group or filters given */
	const char **include, **exclude;       /* as written */
	size_t include_count, exclude_count;
	enum scope_rest rest;
	const char **groups;     /* DNs of filter groups; one is enough */
	size_t group_count;      /* 0: no filter group */
	struct filter_set *filters;            /* or NULL */
	enum engine engine;
	bool has_version;
	struct build version;
	const char *version_text;
	when_t upgraded;         /* when VERSION was installed, or WHEN_NONE */
	enum anchor anchor;
	enum join join;          /* JOIN_ONCE under Cloud Sync */
	const char *join_attribute;  /* JOIN_ATTRIBUTE: its name; else NULL */
	size_t join_source;      /* and where it is: see filter_value.h */
	bool sign_in_is_mail;    /* the alternate sign-in name */
	enum tristate password_hash; /* hashes are to be synchronized */
	enum tristate exchange_writeback;    /* a job of Cloud Sync's runs */
	long deletion_threshold; /* deletions that stop the export; 0: unsaid */
	struct assumptions assume;
	const struct sync_server *servers;   /* whose exports were given */
	size_t server_count;
	const char *notes[6];    /* what else the sync server's export says */
	size_t note_count;
	bool has_sign_in;        /* the policy names one of the two */
	enum licensing licensing;
	struct policy_exchange exchange;
	struct custom_attributes *custom;    /* of all forests; or NULL */
	const char *forest;      /* DNS name as written; NULL at the top */
	const char **domains;    /* of the forest, DNS names, if it has them */
	size_t domain_count;
	struct policy *forests;
	size_t forest_count;
	/*
	 * The scope comes from the sync server's connectors. At the top: a
	 * forest without an entry is not synchronized. In an entry: neither is
	 * a domain that is not among its domains.
	 */
	bool by_connectors;
};

/* A policy that says nothing. */
void policy_init(struct policy *p);
/* Reads the file PATH into an initialised P; 0, or -1 with ERR filled. */
int policy_load(struct policy *p, const char *path, struct err *err);
void policy_release(struct policy *p);

/*
 * What is assumed where P is silent, in sentences; how many, with *OUT in A.
 * TENANT: whether it was collected.
 */
size_t policy_assumed(const struct policy *p, enum tristate tenant,
                      struct arena *a, const char *const **out);

/* What P decides of what is read of objects; it borrows from P. */
struct wanted policy_wanted(const struct policy *p);

/*
 * The policy of the forest FOREST, or of that which has one of the N DOMAINS:
 * DNS names, compared without case; FOREST may be NULL. P itself when none has
 * an entry; NULL when P is by connectors, and none names it.
 */
const struct policy *policy_of_forest(const struct policy *p,
                                      const char *forest,
                                      const char *const *domains, size_t n);
/*
 * Whether P, which policy_of_forest gave, speaks for the forest's DOMAIN: by
 * connectors it does only for those that the connector names.
 */
bool policy_names_domain(const struct policy *p, const char *domain);
/*
 * Whether DN lies in FOREST, an entry: in one of its domains, or, where it
 * names none, in what is called as the forest is, or below that.
 */
bool policy_holds(const struct policy *forest, const char *dn);

/* The line of P's file where the forest ENTRY names the place DN. */
unsigned policy_place_line(const struct policy *p, const struct policy *entry,
                           const char *dn);

/*
 * Completes P from N PATHS: folders that Get-ADSyncServerConfiguration wrote,
 * or files ...SynchronizationPolicy....JSON. Each connector to AD becomes one
 * of P's forests, with a scope of its own; at the top stands what all of them
 * say together. What P says already stays, but it must not say a scope of what
 * a connector names. Warns of what is not understood. 0, or -1 with ERR filled.
 */
int sync_config_load(struct policy *p, const char *const *paths, size_t n,
                     struct err *err);

/* ---- the engine (engine.c) ---- */

/*
 * The sync engine's password defects, fixed in Azure AD Connect 1.0.9125.0,
 * November 2015 ("Azure AD Connect: Version release history", entry 1.0.9125.0,
 * Password synchronization issues): before it, an object that moved into scope
 * and an account that was enabled again did not get their password hash
 * synchronized.
 */
enum defect {
	DEFECT_NO,             /* the engine had the fix then */
	DEFECT_YES,            /* it had not */
	DEFECT_UNKNOWN,        /* its build at that time is not known */
};

struct defect_verdict {
	enum defect defect;
	const char *reason;    /* the end of a sentence; static or arena */
};

/* Judges an event that happened after AFTER and not later than BY. */
struct defect_verdict engine_defect(const struct policy *p, when_t after,
                                    when_t by, struct arena *a);

/*
 * How many members are too many for a group that is new in the tenant; one
 * that is there already is updated no more.
 */
size_t engine_member_limit(const struct policy *p);

/* The engine in a sentence. */
const char *engine_text(const struct policy *p, struct arena *a);

#endif
