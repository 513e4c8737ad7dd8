/* What all forests under Connect have in common. */
#include "analyze/policy/connect_server.h"

#include <stddef.h>

#include "analyze/policy/policy.h"
#include "base/utf8.h"

static const char *
version_of(const struct policy *p)
{
	return p->has_version ? p->version_text : NULL;
}

static const char *
anchor_of(const struct policy *p)
{
	static const char *const names[] = {
		[ANCHOR_OBJECT_GUID] = "objectGUID",
		[ANCHOR_CONSISTENCY_GUID] = "ms-DS-ConsistencyGuid",
	};

	return names[p->anchor];
}

static const char *
join_of(const struct policy *p)
{
	static const char *const names[] = {
		[JOIN_ONCE] = "once", [JOIN_MAIL] = "mail",
		[JOIN_SID] = "sid", [JOIN_NAME] = "name",
		[JOIN_ATTRIBUTE] = NULL,
	};

	return p->join == JOIN_ATTRIBUTE ? p->join_attribute : names[p->join];
}

static void
copy_version(struct policy *to, const struct policy *from)
{
	to->has_version = true;
	to->version = from->version;
	to->version_text = from->version_text;
	to->upgraded = from->upgraded;
}

static void
copy_anchor(struct policy *to, const struct policy *from)
{
	to->anchor = from->anchor;
}

static void
copy_join(struct policy *to, const struct policy *from)
{
	to->join = from->join;
	to->join_attribute = from->join_attribute;
	to->join_source = from->join_source;
}

/* TEXT is NULL where the policy does not say it. */
static const struct shared {
	const char *key;
	const char *(*text)(const struct policy *p);
	void (*copy)(struct policy *to, const struct policy *from);
} shared[] = {
	{ "version", version_of, copy_version },
	{ "anchor", anchor_of, copy_anchor },
	{ "join", join_of, copy_join },
};

enum { SHARED = sizeof(shared) / sizeof(shared[0]) };

/* The whole policy, and then its forests: the one at AT, or NULL. */
static struct policy *
member(struct policy *p, size_t at)
{
	return at == 0 ? p : at <= p->forest_count ? &p->forests[at - 1]
	                                           : NULL;
}

/* Which of them says it first, of those under Connect; NULL: none. */
static struct policy *
first_to_say(struct policy *p, const struct shared *s)
{
	struct policy *one;

	for (size_t i = 0; (one = member(p, i)); i++)
		if (one->engine != ENGINE_CLOUD_SYNC && s->text(one))
			return one;
	return NULL;
}

static bool
agree(const struct policy *first, const struct policy *p,
      const struct shared *s, struct server_conflict *out)
{
	const char *one = s->text(first);

	for (size_t i = 0; i < p->forest_count; i++) {
		const struct policy *f = &p->forests[i];
		const char *other = s->text(f);

		if (f->engine == ENGINE_CLOUD_SYNC || !other ||
		    ascii_casecmp(one, other) == 0)
			continue;
		*out = (struct server_conflict){ s->key, first, f,
		                                 { one, other } };
		return false;
	}
	return true;
}

bool
connect_server_agrees(const struct policy *p, struct server_conflict *out)
{
	for (size_t i = 0; i < SHARED; i++) {
		const struct policy *first =
			first_to_say((struct policy *)p, &shared[i]);

		if (first && !agree(first, p, &shared[i], out))
			return false;
	}
	return true;
}

void
connect_server_share(struct policy *p)
{
	for (size_t i = 0; i < SHARED; i++) {
		const struct policy *first = first_to_say(p, &shared[i]);
		struct policy *one;

		for (size_t k = 0; first && (one = member(p, k)); k++)
			if (one->engine != ENGINE_CLOUD_SYNC && one != first &&
			    !shared[i].text(one))
				shared[i].copy(one, first);
	}
}
