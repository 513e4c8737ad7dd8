/* What only readers of a forecast want. */
#include "analyze/forecast/forecast.h"

#include "analyze/forecast/cloud_sync.h"
#include "analyze/forecast/doubt.h"
#include "analyze/forecast/match.h"
#include "analyze/object/object.h"
#include "base/base64.h"
#include "base/buf.h"

static void
tell_anchor(const struct model *m, struct object *o, struct arena *a)
{
	const struct guid *g = anchor_of(m, o);
	struct buf text = { 0 };

	if (!g || o->scope.state != SCOPE_IN)
		return;
	base64_encode(&text, g->bytes, GUID_BYTES);
	o->forecast.line.source_anchor = arena_strdup(a, text.data);
	buf_release(&text);
}

static void
tell_history(struct object *o, struct arena *a)
{
	struct past_state *to;
	size_t n = 0;

	for (const struct history *s = o->links.history; s; s = s->older)
		n++;
	to = arena_alloc(a, n * sizeof(*to) + 1);
	o->forecast.line.history = to;
	for (const struct history *s = o->links.history; s; s = s->older)
		to[o->forecast.line.history_count++] = (struct past_state){
			.when = s->when, .dn = s->dn,
			.in_scope = s->scope == SCOPE_IN,
			.unplaced = s->unplaced,
			.enabled = s->enabled == YES ? ENABLED_YES :
				s->enabled == NO ? ENABLED_NO
				                 : ENABLED_UNKNOWN,
		};
}

/* What is held against each other; of contacts and groups not all. */
static const struct {
	const char *name;
	enum attr attr;
	bool of_users;
} compared[] = {
	{ "userPrincipalName", ATTR_UPN, true },
	{ "mail", ATTR_MAIL, false },
	{ "mailNickname", ATTR_MAIL_NICKNAME, false },
	{ "proxyAddresses", ATTR_PROXIES, false },
	{ "displayName", ATTR_DISPLAY_NAME, false },
	{ "accountEnabled", ATTR_ENABLED, true },
};

enum { COMPARED = sizeof(compared) / sizeof(compared[0]) };

/* What AD says of it as a flag of userAccountControl will do. */
static bool
is_asked(const struct attr_set *asked, enum attr attr)
{
	return attr_set_has(asked, attr) ||
	       (attr == ATTR_ENABLED && attr_set_has(asked, ATTR_UAC));
}

/* Those that are not among what was asked for; how many, with *OUT in A. */
static size_t
not_asked(const struct object *o, const struct attr_set *asked,
          const char *const **out, struct arena *a)
{
	const char *names[COMPARED], **to;
	size_t n = 0;

	for (size_t i = 0; i < COMPARED; i++)
		if ((o->kind == KIND_USER || !compared[i].of_users) &&
		    !is_asked(asked, compared[i].attr))
			names[n++] = compared[i].name;
	to = n ? arena_alloc(a, n * sizeof(*to)) : NULL;
	for (size_t i = 0; i < n; i++)
		to[i] = names[i];
	*out = to;
	return n;
}

/* Its account's: of a user without a sign-in name that was not read. */
static struct attr_set
told_of_account(const struct model *m, const struct object *o,
                enum section twin)
{
	struct attr_set told = *m->tables[twin].covered;

	if (o->kind == KIND_USER &&
	    !account_text(o->links.account, ACCOUNT_UPN))
		attr_set_remove(&told, ATTR_UPN);
	return told;
}

/* What nobody asked for, of an object with an account. */
static void
tell_not_asked(const struct model *m, struct object *o, struct arena *a)
{
	struct forecast *f = &o->forecast.line;
	enum section s = section_of(SIDE_AD, o->kind);
	struct attr_set told;

	if (!o->links.account || section_twin(s) == SECTION_COUNT)
		return;
	f->ad_lacks.count = not_asked(o, table_covered(&m->tables[s], o),
	                              &f->ad_lacks.names, a);
	told = told_of_account(m, o, section_twin(s));
	f->tenant_lacks.count = not_asked(o, &told, &f->tenant_lacks.names, a);
}

void
forecast_tell(const struct model *m, struct object *o, struct arena *a)
{
	struct forecast *f = &o->forecast.line;

	cloud_sync_doubt(m, o);
	doubt_tell(o, a);
	tell_history(o, a);
	tell_anchor(m, o, a);
	tell_not_asked(m, o, a);
	forecast_tell_now(m, o, a);
	forecast_tell_ad(o, a);
	if (o->links.account && !f->matched_id)
		f->matched_id = match_id(a, &o->links.account->id);
}
