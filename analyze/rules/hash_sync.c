/* Whether hashes are sent: what is said of that, and what all users show. */
#include "analyze/rules/hash_sync.h"

#include <inttypes.h>

#include "analyze/policy/policy.h"
#include "analyze/rules/told.h"
#include "base/buf.h"

/*
 * So many users, half of those that can be compared, agree by no chance: where
 * AD's own servers check passwords, only those that were set in the cloud and
 * written back do. Fewer than one in ten of as many are none.
 */
enum { MANY = 10, HALF = 2, HARDLY = 10 };

static bool
is_proven(const struct password_tally *t)
{
	return t->agree >= MANY && t->agree * HALF >= t->of;
}

static bool
speaks_against(const struct password_tally *t)
{
	return t->of >= MANY && t->agree * HARDLY < t->of;
}

/* Whether only who is marked is taken, and O is not. */
static bool
is_left_out(const struct password_tally *t, const struct object *o)
{
	return t->included && !password_is_included(o);
}

enum hash_sync
hash_sync_of(struct check *c, const struct object *o)
{
	enum tristate said = signs_in_by_hash(c, o);
	struct password_tally t;

	if (said == NO || password_stays(o))
		return HASHES_NOT;
	if (check_is_screening(c))
		return HASHES_SENT;
	t = password_count(check_model(c), o->domain);
	if (is_left_out(&t, o))
		return HASHES_NOT;
	if (is_proven(&t))
		return HASHES_SENT;
	if (said == YES)
		return speaks_against(&t) ? HASHES_DOUBTED : HASHES_SENT;
	return speaks_against(&t) ? HASHES_UNLIKELY : HASHES_OPEN;
}

/* Who says so; or NULL. */
static const char *
said_by(struct check *c, const struct object *o)
{
	const struct model *m = check_model(c);

	if (m->features.password_sync == YES)
		return "the tenant says so (passwordSyncEnabled)";
	return model_policy(m, o)->password_hash == YES
		? "the policy says so" : NULL;
}

const char *
hash_sync_known_by(struct check *c, const struct object *o)
{
	struct password_tally t = password_count(check_model(c), o->domain);
	const char *said = said_by(c, o);

	if (!t.of)
		return said ? said : "nothing says so";
	return check_textf(c, "%s%sthe times of %" PRIu64 " of %" PRIu64
	                   " users agree", said ? said : "",
	                   said ? ", and " : "", t.agree, t.of);
}

/* ---- what cannot be judged ---- */

/* What shows that hashes are sent, or the users' times as well. */
enum lacks { LACKS_SIGNS, LACKS_TIMES };

/* Before all else. */
static void
add_late(const struct password_tally *t, struct buf *out)
{
	buf_addf(out, "the tenant was looked at before %" PRIu64 " of %" PRIu64
	         " users set their passwords", t->late, t->users);
}

/* OF: " of the forest corp.example", or "". */
static void
add_unlikely(const struct password_tally *t, const char *of, struct buf *out)
{
	if (speaks_against(t))
		buf_addf(out, "%snothing says that password hashes%s are "
		         "synchronized, and the times of %" PRIu64 " of %"
		         PRIu64 " users agree", out->len ? "; " : "", of,
		         t->agree, t->of);
}

static void
add_incomparable(const struct password_tally *t, const char *of,
                 struct buf *out)
{
	if (!t->of && t->users > t->late)
		buf_addf(out, "%sno time of a password%s can be compared, of %"
		         PRIu64 " user%s", out->len ? "; " : "", of, t->users,
		         t->users == 1 ? "" : "s");
}

/* Whether somebody says that hashes of the forest are sent, or are not. */
static enum tristate
is_said(const struct model *m, const struct forest *f)
{
	return m->features.password_sync != UNKNOWN ? m->features.password_sync
		: f->policy->password_hash;
}

static void
add_forest(const struct model *m, const struct domain *d, enum lacks lacks,
           struct buf *out)
{
	const struct forest *f = domains_forest(&m->domains, d);
	struct password_tally t = password_count(m, d);
	enum tristate said = is_said(m, f);
	struct buf of = { 0 };

	if (d && *f->name && m->domains.forest_count > 1)
		buf_addf(&of, " of the forest %s", f->name);
	if (said == UNKNOWN && !is_proven(&t))
		add_unlikely(&t, buf_text(&of), out);
	if (said != NO && lacks == LACKS_TIMES)
		add_incomparable(&t, buf_text(&of), out);
	buf_release(&of);
}

/* The first of its forest. */
static bool
is_first(const struct domains *ds, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (ds->items[k].forest == ds->items[i].forest)
			return false;
	return true;
}

static const char *
lack_of(const struct model *m, enum lacks lacks, struct arena *a)
{
	const struct password_tally all = password_count(m, NULL);
	struct buf out = { 0 };
	const char *text;

	if (all.late && lacks == LACKS_TIMES)
		add_late(&all, &out);
	for (size_t i = 0; i < m->domains.count; i++)
		if (is_first(&m->domains, i))
			add_forest(m, &m->domains.items[i], lacks, &out);
	text = out.len ? arena_strdup(a, out.data) : NULL;
	buf_release(&out);
	return text;
}

const char *
hash_sync_times_lack(const struct model *m, struct arena *a)
{
	if (model_lines(m, TENANT_USERS) &&
	    !model_covers(m, TENANT_USERS, ATTR_PASSWORD_CHANGED))
		return "tenant users: lastPasswordChangeDateTime not collected "
		       "($select)";
	return lack_of(m, LACKS_TIMES, a);
}

const char *
hash_sync_lacks(const struct model *m, struct arena *a)
{
	return lack_of(m, LACKS_SIGNS, a);
}

/* Of all forests: one of several may differ, which checks ask themselves. */
const char *
hash_sync_is_moot(const struct model *m, struct arena *a)
{
	(void)a;
	return m->features.password_sync != NO ? NULL
		: "the tenant does not synchronize password hashes "
		  "(passwordSyncEnabled is false)";
}

/* Another object's password, or nobody's, goes to the account. */
static bool
is_not_its_own(const struct object *o)
{
	return o->links.is_part || o->links.is_open || check_is_behind(o);
}

enum password_word
hash_word(struct check *c, const struct object *o)
{
	enum password_word word = is_not_its_own(o) ? PASSWORD_NOT_TOLD
		: password_told(check_model(c), o);

	if (word == PASSWORD_NOT_TOLD || word == PASSWORD_SAME)
		return word;
	return hash_sync_of(c, o) <= HASHES_UNLIKELY ? PASSWORD_NOT_TOLD
	                                             : word;
}
