/*
 * Rules on what stands against taking away the last Exchange server, a
 * condition each ("exchange-mailboxes-moved" is on "mailboxes-moved"): of
 * objects of AD, of the tenant, of Exchange's settings, and what was asked of
 * people. exchange.json says of each whether it is met (analyze/exchange).
 */
#ifndef ANALYZE_RULES_LAST_SERVER_H
#define ANALYZE_RULES_LAST_SERVER_H

#include "analyze/rules/rule.h"

/* msExchRecipientTypeDetails: a bit each. */
#define TYPE_BIT(n) (INT64_C(1) << (n))
/* Arbitration, discovery, monitoring (health) and audit mailboxes. */
#define TYPES_OF_SYSTEMS \
	(TYPE_BIT(23) | TYPE_BIT(29) | TYPE_BIT(39) | TYPE_BIT(42))
/* The store's own, and mail-enabled folders; they go with their database. */
#define TYPES_OF_STORES \
	(TYPE_BIT(12) | TYPE_BIT(13) | TYPE_BIT(14) | TYPE_BIT(22) | \
	 TYPE_BIT(24))
#define TYPES_OF_FOLDERS TYPE_BIT(36)
/* All that are no mailboxes to be moved. */
#define TYPES_OF_OTHERS \
	(TYPES_OF_SYSTEMS | TYPES_OF_STORES | TYPES_OF_FOLDERS)

/* Whether the type is one of these, and of one alone. */
bool last_is_of(int64_t type, int64_t types);
/* Of a mailbox of Exchange itself; NULL: what the rule says. */
const char *last_system_fix(int64_t type);
struct shared_cause last_system_cause(int64_t type);
/* Reports mailboxes of Exchange's own list, of no object of AD. */
void last_listed_mailboxes(struct check *c);
void last_listed_systems(struct check *c);
void last_listed_folders(struct check *c);

/* Why there is nothing to judge: no organization, nor was there one. */
const char *last_moot(const struct model *m, struct arena *a);
/* What was not read of the organization; of all domains of AD. */
const char *last_lack(const struct model *m, struct arena *a);
const char *last_domains_lack(const struct model *m, struct arena *a);
/* Likewise, of public folders, remote mailboxes, and who manages mailboxes. */
const char *last_folders_lack(const struct model *m, struct arena *a);
const char *last_twins_lack(const struct model *m, struct arena *a);
const char *last_managed_lack(const struct model *m, struct arena *a);

/* "MX1" of "CN=MX1,CN=Servers,...": what texts call it; until the rule ends. */
const char *last_label(struct check *c, const struct exchange_setting *s);
/* The next setting of the kind; *AT begins as 0. */
const struct exchange_setting *last_next(const struct model *m,
                                         enum setting_kind kind, size_t *at);
/* Whether what the setting lacks was asked for, so that it has none. */
bool last_was_asked(const struct exchange_setting *s, const char *attribute);
/* Reports an object of the configuration partition, as check_fail_server. */
void check_fail_setting(struct check *c, const struct exchange_setting *s,
                        const struct failure *f);

/* Who goes another way has nothing to do of it. */
#define ON_TOOLS_WAY "Only for the way by management tools: "
#define ON_CLOUD_WAY "Only for the way by cloud-managed mailboxes: "

/*
 * What rows of such rules have in common: what is told is no fault, and nobody
 * is less ready for it.
 */
#define LAST_SERVER_ROW \
	.severity = SEVERITY_INFO, .bearing = BEARS_ELSEWHERE
/* Of rules on objects of AD, wherever they are, systems' as well. */
#define LAST_OBJECT_ROW \
	LAST_SERVER_ROW, .side = SIDE_AD, .of_systems = true, \
	.replica = REPLICA_TOLD, .moot = last_moot, \
	.lacks = last_domains_lack
/* Of rules on settings, or the tenant. */
#define LAST_WHOLE_ROW \
	LAST_SERVER_ROW, .side = SIDE_TENANT

#endif
