/*
 * Containers under another name. The scope names containers by their DNs: who
 * lies in one that was renamed has left it ("Microsoft Entra Connect Sync:
 * Configure filtering"). "Prerequisites for Microsoft Entra Cloud Sync", known
 * limitations, says that Cloud Sync does not recognise that.
 */
#include "analyze/model/model.h"

#include <string.h>
#include <strings.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"
#include "base/dn.h"

static bool
may_be_renamed(const struct object *o)
{
	return o->scope.state == SCOPE_EXCLUDED &&
	       (o->scope.cause == SCOPE_BY_DEFAULT ||
	        o->scope.cause == SCOPE_BY_CONTAINER) && o->links.account;
}

static bool
has_same_first(const char *a, const char *b)
{
	size_t len = dn_first_len(a);

	return len == dn_first_len(b) && strncasecmp(a, b, len) == 0;
}

/*
 * What GONE may be called now: where NOW lies as THEN lay in it, all that is
 * between having its name still. NULL: it lies elsewhere.
 */
static const char *
find_place(const char *then, const char *now, const char *gone)
{
	const char *old = dn_parent(then), *place = dn_parent(now);

	while (*old && !dn_same(old, gone)) {
		if (!*place || !has_same_first(old, place))
			return NULL;
		old = dn_parent(old);
		place = dn_parent(place);
	}
	return *old && *place && !dn_same(old, place) ? place : NULL;
}

static void
take(const struct model *m, const struct scope *scope, const char *then,
     struct object *o)
{
	const char *gone = scope_gone_container(scope, then);
	const char *place = gone && o->dn ? find_place(then, o->dn, gone)
	                                  : NULL;

	if (!place && model_policy(m, o)->engine != ENGINE_CLOUD_SYNC)
		return;
	o->links.renamed = gone;
	o->links.renamed_to = place;
}

/* Where it lay when it was synchronized last, its account tells. */
static int
ask_account(const struct model *m, struct fetch *f, const struct row *r,
            struct arena *a, struct object *o, struct err *err)
{
	const struct scope *scope = domains_forest(&m->domains,
	                                           o->domain)->scope;
	struct object account;

	if (!r->twin || o->links.account->synced != YES)
		return 0;
	if (fetch_object(f, section_twin(section_of(SIDE_AD, o->kind)),
	                 r->twin - 1, a, &account, err) < 0)
		return -1;
	if (account.dn)
		take(m, scope, account.dn, o);
	return 0;
}

int
renamed_find(const struct model *m, struct fetch *f, const struct row *r,
             struct arena *a, struct object *o, struct err *err)
{
	const struct scope *scope;
	const struct history *s;

	if (!may_be_renamed(o))
		return 0;
	if (r->history && !o->links.history &&
	    fetch_history(f, r, a, &o->links.history, err) < 0)
		return -1;
	scope = domains_forest(&m->domains, o->domain)->scope;
	for (s = o->links.history; s && !o->links.renamed; s = s->older)
		if (s->dn && s->scope == SCOPE_IN && !s->unplaced)
			take(m, scope, s->dn, o);
	return o->links.renamed ? 0 : ask_account(m, f, r, a, o, err);
}
