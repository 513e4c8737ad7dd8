/*
 * Rules on what stands against taking away the last Exchange server, a
 * condition each ("exchange-mailboxes-moved" is on "mailboxes-moved"): of
 * objects of AD, of the tenant, of Exchange's settings, and what was asked of
 * people. exchange.json says of each whether it is met (analyze/exchange).
 */
#ifndef ANALYZE_RULES_LAST_SERVER_H
#define ANALYZE_RULES_LAST_SERVER_H

#include "analyze/rules/rule.h"

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
/* Reports an object of the configuration partition, as check_fail_server. */
void check_fail_setting(struct check *c, const struct exchange_setting *s,
                        const struct failure *f);

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
