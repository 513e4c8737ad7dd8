/*
 * What the tenant's service does, by its settings and by the day. A part of the
 * model's header.
 */
#ifndef ANALYZE_MODEL_SERVICE_H
#define ANALYZE_MODEL_SERVICE_H

#include "analyze/model/servers.h"
#include "analyze/object/object.h"
#include "base/when.h"

struct model;

/*
 * The switches of synchronization in the tenant, as Graph calls them
 * (onPremisesDirectorySynchronizationFeature).
 */
#define SYNC_FEATURES(ROW) \
	ROW(block_hard, "blockCloudObjectTakeoverThroughHardMatchEnabled") \
	ROW(block_soft, "blockSoftMatchEnabled") \
	ROW(soft_on_upn, "softMatchOnUpnEnabled") \
	/* onPremisesObjectIdentifier may change */ \
	ROW(remap, "allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled") \
	/* of managed users with a licence */ \
	ROW(upn_follows, "synchronizeUpnForManagedUsersEnabled") \
	ROW(quarantine_proxies, \
	    "quarantineUponProxyAddressesConflictEnabled") \
	ROW(quarantine_upn, "quarantineUponUpnConflictEnabled") \
	ROW(password_sync, "passwordSyncEnabled") \
	ROW(force_change, "userForcePasswordChangeOnLogonEnabled") \
	ROW(cloud_policy, \
	    "cloudPasswordPolicyForPasswordSyncedUsersEnabled") \
	ROW(password_back, "passwordWritebackEnabled") \
	ROW(bypass_overrides, "bypassDirSyncOverridesEnabled") \
	ROW(concurrent_credential, "concurrentCredentialUpdateEnabled") \
	ROW(concurrent_org_id, "concurrentOrgIdProvisioningEnabled") \
	ROW(device_back, "deviceWritebackEnabled") \
	ROW(extensions, "directoryExtensionsEnabled") \
	ROW(fope, "fopeConflictResolutionEnabled") \
	ROW(group_back, "groupWriteBackEnabled") \
	ROW(unified_group_back, "unifiedGroupWritebackEnabled") \
	ROW(user_back, "userWritebackEnabled")

/* UNKNOWN: the tenant does not say it. */
struct features {
#define FEATURE_MEMBER(member, name) enum tristate member;
	SYNC_FEATURES(FEATURE_MEMBER)
#undef FEATURE_MEMBER
};

/* Who says how many deletions stop what the server exports. */
enum limit_from { LIMIT_ASSUMED, LIMIT_POLICY, LIMIT_TENANT };

struct deletion_limit {
	enum limit_from from;
	long count;                  /* more stop the export; 0: none do */
	long percent;                /* the tenant counts by share; else 0 */
};

/* What the tenant says of its synchronization. */
struct tenant_sync {
	enum tristate on;            /* onPremisesSyncEnabled */
	when_t last;                 /* WHEN_NONE: not collected, or never */
	when_t made;                 /* the tenant was; or WHEN_NONE */
	bool never;                  /* the tenant says that it never ran */
	bool ended;                  /* ON is NO by a null: it did run */
	const char *prevention;      /* its type, as Graph says; or NULL */
	long alert;                  /* alertThreshold; 0: not collected */
	const char *client;          /* synchronizationClientVersion, of beta */
	/* Exchange Online makes nothing of recipients that AD has new. */
	enum tristate blocks_premises;
};

/*
 * Whether somebody asked who is eligible for roles: a list of the holders does
 * not say it, also when all that it says was collected (roles_held.c).
 */
bool roles_know_eligible(const struct model *m);

/* ---- changes of the service (rollout.c) ---- */

/*
 * Changes of 2026 that Microsoft rolled out from tenant to tenant, whatever
 * engine synchronizes ("Microsoft Entra Connect: When you have an existing
 * tenant", Hard match security protections).
 */
enum rollout {
	ROLLOUT_ROLES,           /* no hard match with who holds a role */
	ROLLOUT_REMAP,           /* none where another object is mapped */
};
enum rollout_state { ROLLOUT_TO_COME, ROLLOUT_BEGUN, ROLLOUT_DONE };
/* On the day when the tenant was collected. */
enum rollout_state rollout_of(const struct model *m, enum rollout r);

/* What the tenant itself says of its domains, whatever a policy says. */
struct tenant_domains {
	const char *chosen;            /* its default, or NULL */
	const char *own;               /* a verified one; or NULL */
	bool unsaid;                   /* of one, whether it is federated */
};

/* Who says that a domain is verified, beside the tenant. */
enum supposer { SUPPOSED_NOT, SUPPOSED_BY_POLICY, SUPPOSED_BY_EDITS };

/* Verified by these, and of nobody: no tenant can do that. */
struct unverifiable {
	const char **domains;
	enum supposer *by;             /* of each */
	size_t count, room;
};

#endif
