/* What a sync server does for all its forests. */
#include "analyze/policy/sync_settings.h"

#include "analyze/policy/policy.h"
#include "analyze/policy/sync_export.h"
#include "base/number.h"
#include "base/utf8.h"

static void
take_version(struct policy *p, struct sync_export *x)
{
	if (p->engine == ENGINE_UNKNOWN)
		p->engine = ENGINE_CONNECT;
	if (p->has_version || !x->version)
		return;
	if (build_parse(&p->version, x->version) < 0) {
		sync_export_strange(x, "version %s", x->version);
		return;
	}
	p->has_version = true;
	p->version_text = x->version;
}

static void
take_anchor(struct policy *p, struct sync_export *x)
{
	if (p->anchor != ANCHOR_UNSAID || !x->anchor)
		return;
	if (ascii_casecmp(x->anchor, "objectGUID") == 0)
		p->anchor = ANCHOR_OBJECT_GUID;
	else if (ascii_casecmp(x->anchor, "mS-DS-ConsistencyGuid") == 0)
		p->anchor = ANCHOR_CONSISTENCY_GUID;
	else
		sync_export_strange(x, "source anchor %s", x->anchor);
}

static void
take_sign_in(struct policy *p, struct sync_export *x)
{
	if (p->has_sign_in || !x->sign_in)
		return;
	if (ascii_casecmp(x->sign_in, "mail") == 0)
		p->sign_in_is_mail = true;
	else if (ascii_casecmp(x->sign_in, "userPrincipalName") != 0)
		sync_export_strange(x, "sign-in name from %s", x->sign_in);
}

/* Another one than that would tell by which attribute; no document says how. */
static void
take_join(struct policy *p, struct sync_export *x)
{
	if (p->join != JOIN_UNSAID || !x->join)
		return;
	if (ascii_casecmp(x->join, "AlwaysProvision") == 0)
		p->join = JOIN_ONCE;
	else
		sync_export_strange(x, "JoinCriteria %s", x->join);
}

static void
take_threshold(struct policy *p, struct sync_export *x)
{
	uint64_t n;

	if (p->deletion_threshold)
		return;
	if (x->deletion_limit == SWITCH_OFF)
		p->deletion_threshold = DELETION_THRESHOLD_OFF;
	if (!x->threshold || x->deletion_limit == SWITCH_OFF)
		return;
	if (number_parse(&n, x->threshold, 1000000000) < 0 || n < 1)
		sync_export_strange(x, "deletion threshold %s", x->threshold);
	else
		p->deletion_threshold = (long)n;
}

static void
take_passwords(struct policy *p, const struct sync_export *x)
{
	static const enum tristate are[] = {
		[SWITCH_UNSAID] = UNKNOWN, [SWITCH_ON] = YES, [SWITCH_OFF] = NO,
	};

	if (p->password_hash == UNKNOWN)
		p->password_hash = are[x->passwords];
}

void
sync_settings_take(struct policy *p, struct sync_export *x)
{
	take_version(p, x);
	take_anchor(p, x);
	take_join(p, x);
	take_sign_in(p, x);
	take_threshold(p, x);
	take_passwords(p, x);
}
