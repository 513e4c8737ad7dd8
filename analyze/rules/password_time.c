/* Users whose present password is not in the tenant, by the times of both. */
#include "analyze/model/model.h"
#include "analyze/rules/hash_sync.h"
#include "analyze/rules/rule.h"

static const enum severity severities[] = {
	[HASHES_NOT] = SEVERITY_INFO, [HASHES_UNLIKELY] = SEVERITY_INFO,
	[HASHES_OPEN] = SEVERITY_LOW, [HASHES_DOUBTED] = SEVERITY_MEDIUM,
	[HASHES_SENT] = SEVERITY_HIGH,
};

/* What is to be done first where one action cures all, or nothing is wrong. */
static struct shared_cause
shared_by(enum hash_sync is)
{
	static const struct shared_cause by[] = {
		[HASHES_OPEN] = { "not known", "AD's password is not in the "
			"tenant, if password hashes are synchronized",
			"First check whether password hashes are synchronized "
			"(passwordSyncEnabled): if not, nothing is wrong. Else "
			"have the users change their password in AD, or run a "
			"full password hash synchronization." },
		[HASHES_DOUBTED] = { "hardly any", "Hardly anyone's password "
			"of AD is in the tenant",
			"First check whether the sync server sends hashes at "
			"all: whether it may read them in AD (Replicating "
			"Directory Changes All), and what its event log says "
			"(event 611). Then run a full password hash "
			"synchronization." },
		[HASHES_SENT] = { NULL, NULL, NULL },
	};

	return by[is];
}

static const char *
tail_of(struct check *c, const struct object *o, enum hash_sync is)
{
	const char *by;

	if (check_is_screening(c))
		return "";
	by = hash_sync_known_by(c, o);
	if (is == HASHES_OPEN)
		return check_textf(c, ", if password hashes are synchronized, "
		                   "which is not known (%s)", by);
	return check_textf(c, "; password hashes are synchronized (%s)", by);
}

static void
check_differs(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;
	char set[WHEN_TEXT], have[WHEN_TEXT];
	enum hash_sync is;

	if (o->enabled != YES || hash_word(c, o) != PASSWORD_OLDER)
		return;
	is = hash_sync_of(c, o);
	when_format(o->ad.password_set, set);
	when_format(h->password_changed, have);
	check_fail(c, o, &(struct failure){
		.severity = check_sign_in_severity(o, severities[is]),
		.attribute = "pwdLastSet", .observed = set, .key = "",
		.expected = "the same time in the tenant "
		            "(lastPasswordChangeDateTime), within minutes",
		.unproposed = "a password is set by its owner, or an "
		              "administrator",
		.shared = shared_by(is),
		.message = check_textf(c, "AD's password of %s was set at %s, "
		                       "the tenant's is of %s%s: the present "
		                       "one of AD is not in the tenant%s",
		                       object_label(o), set, have,
		                       password_is_of_creation(h)
		                       ? ", when the account was created" : "",
		                       tail_of(c, o, is)),
	});
}

static const struct rule rules[] = {
	{
		.id = "password-differs",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_PASSWORD_SET),
		.any_attr = ATTRS(ATTR_UAC, ATTR_ENABLED),
		.sections = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_SYNCED | NEED_FORECAST | NEED_MATCH_IN_PART,
		.in_scope_only = true,
		.check = check_differs,
		.lacks = hash_sync_times_lack, .moot = hash_sync_is_moot,
		.title = "AD's password is not in the tenant",
		.why = "Within minutes after a password was set in AD its "
		       "hash is in the tenant, which has the same time for "
		       "it. Where the tenant's time is clearly older the hash "
		       "was not sent, or was refused: the user cannot sign in "
		       "with the password of AD, and an older one may work.",
		.fix = "Have the user change the password in AD, or set one "
		       "there; for many run a full password hash "
		       "synchronization, and check what the sync server's "
		       "event log says of them (events 611 and 657).",
		.source = DOC_PHS,
		.part = "How password hash synchronization works",
		.confidence = CONFIDENCE_DERIVED,
		.limit = "an hour",
	},
};

const struct family password_time_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
