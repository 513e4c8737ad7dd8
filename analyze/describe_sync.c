/* What the manifest of findings says of the tenant's synchronization. */
#include "analyze/describe_sync.h"

#include <stddef.h>

#define AT(member) (offsetof(struct features, member) / sizeof(enum tristate))

static const char *const names[] = {
#define FEATURE_NAME(member, name) [AT(member)] = name,
	SYNC_FEATURES(FEATURE_NAME)
#undef FEATURE_NAME
};

enum { FEATURES = sizeof(names) / sizeof(names[0]) };

/*
 * What a switch means for the forecast ("Microsoft Entra Connect Sync service
 * features"; of the two that block, and of the remap, "Microsoft Entra Connect:
 * When you have an existing tenant"). The others do not matter here.
 */
static const struct {
	const char *on, *off;
} words[FEATURES] = {
	[AT(block_hard)] = {
		"no account of the cloud is joined by its source anchor (hard "
		"match)",
		"an account of the cloud can be joined by its source anchor "
		"(hard match); outside a matching window this ought to be on"
	},
	[AT(block_soft)] = {
		"no account of the cloud is joined by its address or sign-in "
		"name (soft match)",
		"an account of the cloud can be joined by its address or "
		"sign-in name (soft match); outside a matching window this "
		"ought to be on"
	},
	[AT(soft_on_upn)] = {
		"where no address matches, the sign-in name does",
		"an account of the cloud is matched by its primary address "
		"alone"
	},
	[AT(remap)] = {
		"a hard match may take an account from another object of AD; "
		"outside a migration this ought to be off",
		"since the roll-out of July 2026 no hard match takes an "
		"account from another object of AD"
	},
	[AT(upn_follows)] = {
		"the sign-in name of a managed user with a license follows AD",
		"the sign-in name of a managed user with a license does not "
		"follow AD"
	},
	[AT(quarantine_proxies)] = {
		"an address that another object has is quarantined, and the "
		"rest of the object is written",
		"an object with an address that another one has is not "
		"written at all"
	},
	[AT(quarantine_upn)] = {
		"a sign-in name that another object has is quarantined, and "
		"the rest of the object is written",
		"an object with a sign-in name that another one has is not "
		"written at all"
	},
	[AT(password_sync)] = {
		"hashes of passwords are synchronized",
		"passwords of AD do not reach the tenant"
	},
};

static enum enabled
enabled_of(enum tristate t)
{
	return t == YES ? ENABLED_YES : t == NO ? ENABLED_NO
		: ENABLED_UNKNOWN;
}

static void
list_features(const struct features *of, struct arena *a,
              struct judged_sync *to)
{
	const enum tristate states[FEATURES] = {
#define FEATURE_STATE(member, name) [AT(member)] = of->member,
		SYNC_FEATURES(FEATURE_STATE)
#undef FEATURE_STATE
	};
	struct sync_feature *list = arena_alloc(a, FEATURES * sizeof(*list));

	for (size_t i = 0; i < FEATURES; i++)
		list[i] = (struct sync_feature){
			.name = names[i], .on = enabled_of(states[i]),
			.means = states[i] == YES ? words[i].on
				: states[i] == NO ? words[i].off : NULL,
		};
	to->features = list;
	to->feature_count = FEATURES;
}

/* Behind those of the sync server's export. */
static void
add_notes(const struct model *m, struct arena *a, struct findings *f)
{
	const char *const *texts;
	size_t n = ages_tell(m, a, &texts), k = 0;
	const char **notes = arena_alloc(a, (f->note_count + n) *
	                                 sizeof(*notes) + 1);

	for (size_t i = 0; i < f->note_count; i++)
		notes[k++] = f->notes[i];
	for (size_t i = 0; i < n; i++)
		notes[k++] = texts[i];
	f->notes = notes;
	f->note_count = k;
}

void
describe_sync(const struct model *m, struct arena *a, struct findings *f)
{
	const struct tenant_sync *s = &m->sync;
	struct judged_sync *to = arena_alloc(a, sizeof(*to));

	add_notes(m, a, f);
	if (!m->tenant)
		return;
	*to = (struct judged_sync){
		.on = enabled_of(s->on), .last = s->last, .never = s->never,
		.prevention = s->prevention ? arena_strdup(a, s->prevention)
		                            : NULL,
		.alert = (uint64_t)s->alert,
	};
	list_features(&m->features, a, to);
	f->sync = to;
}
