/*
 * What of this directory stands against Cloud Sync in place of Connect: a table
 * of its limits, each met or not, or not known with what to look at. It is no
 * finding: nobody has to move.
 */
#include "analyze/cloud/cloud.h"

#include "analyze/cloud/judging.h"
#include "analyze/cloud/objects.h"
#include "analyze/cloud/server.h"
#include "analyze/object/object.h"
#include "base/mem.h"

#define HYBRID "https://learn.microsoft.com/entra/identity/hybrid/"
#define KNOWN_LIMITS HYBRID "cloud-sync/how-to-prerequisites " \
	"(Prerequisites for Microsoft Entra Cloud Sync, known limitations)"
#define WHICH_ENGINE HYBRID "cloud-sync/what-is-cloud-sync " \
	"(What is Microsoft Entra Cloud Sync, comparison with Connect)"
#define MOVE HYBRID "connect/reference-connect-version-history " \
	"(Microsoft Entra Connect: Version release history, 2.6.91.0)"

#define LOOK_WIZARD "no snapshot shows it: look at the optional features in " \
	"the wizard of Connect"

struct cloud_counts
cloud_count(const struct object *o)
{
	const struct members *has = o->links.members;
	bool in = o->scope.state == SCOPE_IN ||
	          o->scope.cause == SCOPE_BY_LIMIT;

	return (struct cloud_counts){
		.large_groups = in && o->kind == KIND_GROUP &&
		                o->ad.member_count >= CLOUD_SYNC_MEMBERS,
		.across = has && has->across + has->counts.foreign > 0,
		.joined = o->forecast.joined.end == JOINED_PART,
	};
}

/* What no snapshot shows. */
static void
judge_unseen(struct cloud_judging *d, struct cloud_limit *l)
{
	(void)d;
	limit_unknown(l, LOOK_WIZARD);
}

static const struct row_of_limits {
	struct cloud_limit limit;
	judge_limit *judge;
} rows[] = {
	{ { "objects-per-domain", LIMIT_OF_ENGINE,
	    "at most 150,000 objects in scope of a domain",
	    .source = KNOWN_LIMITS }, judge_domain_objects },
	{ { "containers-per-domain", LIMIT_OF_ENGINE,
	    "at most 59 containers in the configuration of a domain",
	    .source = KNOWN_LIMITS }, judge_engine_places },
	{ { "group-members", LIMIT_OF_ENGINE,
	    "groups of fewer than 50,000 members",
	    .source = KNOWN_LIMITS }, judge_large_groups },
	{ { "cross-forest-members", LIMIT_OF_ENGINE,
	    "no members of another forest",
	    .source = WHICH_ENGINE }, judge_across },
	{ { "merged-objects", LIMIT_OF_ENGINE,
	    "no object that is made of several of AD",
	    .source = WHICH_ENGINE }, judge_merged },
	{ { "custom-rules", LIMIT_OF_ENGINE,
	    "no custom synchronization rules",
	    .source = WHICH_ENGINE }, judge_rules },
	{ { "device-sync", LIMIT_OF_ENGINE,
	    "no computers as devices, other than as a preview",
	    .source = WHICH_ENGINE }, judge_devices },
	{ { "write-back", LIMIT_OF_ENGINE,
	    "security groups alone are written back, and users without "
	    "attributes of Exchange, each into one domain",
	    .source = WHICH_ENGINE }, judge_unseen },
	{ { "connect-build", LIMIT_OF_MOVE,
	    "Connect 2.6.91.0 or later", .source = MOVE }, judge_build },
	{ { "one-forest", LIMIT_OF_MOVE,
	    "one forest", .source = MOVE }, judge_forests },
	{ { "objects-in-scope", LIMIT_OF_MOVE,
	    "at most 2,000 objects in scope", .source = MOVE },
	  judge_all_objects },
	{ { "few-containers", LIMIT_OF_MOVE,
	    "at most 30 containers of a domain", .source = MOVE },
	  judge_move_places },
	{ { "excluded-containers", LIMIT_OF_MOVE,
	    "containers are included alone, none excluded", .source = MOVE },
	  judge_excluded },
	{ { "group-filter", LIMIT_OF_MOVE,
	    "no group filter", .source = MOVE }, judge_group_filter },
	{ { "custom-sign-in", LIMIT_OF_MOVE,
	    "sign-in names come from userPrincipalName", .source = MOVE },
	  judge_sign_in },
	{ { "directory-extensions", LIMIT_OF_MOVE,
	    "no directory extensions", .source = MOVE }, judge_unseen },
	{ { "public-cloud", LIMIT_OF_MOVE,
	    "a tenant of the public cloud", .source = MOVE },
	  judge_public_cloud },
};

enum { LIMITS = sizeof(rows) / sizeof(rows[0]) };

/* Where all forests are under Cloud Sync already, there is no move. */
void
cloud_describe(const struct model *m, const struct cloud_basis *b,
               struct arena *a, struct findings *f)
{
	struct cloud_judging d = {
		.m = m, .counts = b->counts, .judged = b->judged, .arena = a
	};
	const struct sync_engine *e = sync_engine_connect(m, a);
	struct cloud_limit *out;
	size_t n = 0;

	if (!m->ad_count)
		return;
	out = arena_alloc(a, sizeof(*out) * LIMITS);
	for (size_t i = 0; i < LIMITS; i++) {
		if (rows[i].limit.of == LIMIT_OF_MOVE && !e)
			continue;
		out[n] = rows[i].limit;
		rows[i].judge(&d, &out[n++]);
	}
	f->cloud = (struct cloud_limits){
		.items = out, .count = n,
		.is_asked = m->policy->engine == ENGINE_CONNECT,
	};
}
