/* Mail users with the mark of a mailbox that they had. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"
#include "base/buf.h"
#include "base/utf8.h"

/* The primary address that AD gives; or NULL. */
static const char *
primary_of(const struct object *o)
{
	return object_primary(o) ? object_primary(o)
		: o->proxy_count ? NULL : o->mail;
}

/*
 * A mail user keeps the addresses of other organizations, unless something says
 * that it has, or had, a mailbox here ("Microsoft Entra Connect Sync service
 * shadow attributes"; KB3124148).
 */
static bool
is_marked(const struct object *o)
{
	return o->kind == KIND_USER && !o->forecast.will_have_mailbox &&
	       o->ad.recipient_type == RECIPIENT_MAIL_USER &&
	       o->ad.remote_type == YES;
}

/* Whether the mark takes the address away. */
static bool
is_at_stake(const struct check *c, const char *address)
{
	const char *domain = address ? address_domain(address) : NULL;

	return domain && !domain_is_reserved(domain) &&
	       !model_is_verified(check_model(c), domain);
}

/* Nobody can verify a domain that is another organization's. */
static const char *
fix_mark(struct check *c, const struct object *o, const char *address)
{
	const char *target = o->target ? address_body(o->target) : NULL;
	bool is_theirs = target && address_domain(target) &&
		utf8_same_domain(address_domain(target),
		                 address_domain(address));

	return check_textf(c, "In AD, clear msExchRemoteRecipientType of %s "
	                   "(Set-ADUser -Clear msExchRemoteRecipientType), "
	                   "if no archive in the tenant needs it, and "
	                   "synchronize: a former mailbox left it, and a mail "
	                   "user without it keeps the address %s%s",
	                   object_label(o), address, is_theirs
	                   ? " of another organization"
	                   : ", be the domain verified or not");
}

const char *
fix_left_mark(struct check *c, const struct object *o)
{
	const char *primary = primary_of(o);

	return is_marked(o) && is_at_stake(c, primary)
		? fix_mark(c, o, primary) : NULL;
}

/* ---- the rule ---- */

static const char unproposed[] =
	"whether anything needs the mark still, as an archive in the tenant "
	"does, is not known";

/* What the forecast drops since the domain is not verified. */
struct losses {
	const char *first;           /* the primary address before others */
	size_t count;
	bool has_primary;
};

static struct losses
losses_of(const struct check *c, const struct object *o, struct buf *names)
{
	const struct forecast *f = &o->forecast.line;
	const char *primary = primary_of(o);
	struct losses is = { NULL, 0, false };

	if (!check_model(c)->initial_domain || !check_model(c)->domains_known)
		return is;
	for (size_t i = 0; i < f->dropped_count; i++) {
		const char *value = f->dropped[i].value;
		const char *body = address_body(value);

		if (address_type(value) == ADDRESS_OTHER ||
		    address_fault(body) || !is_at_stake(c, body))
			continue;
		buf_addf(names, "%s%s", is.count++ ? ", " : "", body);
		if (primary && utf8_same_folded(primary, body))
			is.has_primary = true;
		if (!is.first || (primary && utf8_same_folded(primary, body)))
			is.first = body;
	}
	return is;
}

/* No address is known to go, as where the tenant's domains are not known. */
static void
fail_unlost(struct check *c, const struct object *o)
{
	check_fail(c, o, &(struct failure){
		.severity = SEVERITY_MEDIUM,
		.attribute = "msExchRemoteRecipientType",
		.expected = "no value on a mail user",
		.unproposed = unproposed,
		.shared = { "no loss", "Mail user with the mark of a former "
			"mailbox, no address lost by it", NULL },
		.message = check_textf(c, "%s is a mail user, and has "
			"msExchRemoteRecipientType, which a former mailbox "
			"left: the tenant takes of it all addresses whose "
			"domains it has not verified, as for a mailbox "
			"there", object_label(o)),
	});
}

static void
check_mark(struct check *c, const struct object *o)
{
	struct buf names = { 0 };
	struct losses lost;

	if (!is_marked(o))
		return;
	lost = losses_of(c, o, &names);
	/* Without an alias the tenant does not learn of it. */
	if (!lost.count && o->mail_nickname)
		fail_unlost(c, o);
	else if (lost.count)
		check_fail(c, o, &(struct failure){
			.severity = check_severity(c) +
				(enum severity)(lost.has_primary ? 0 : 1),
			.attribute = "msExchRemoteRecipientType",
			.observed = lost.first, .key = "",
			.expected = "no value on a mail user",
			.unproposed = unproposed,
			.message = check_textf(c, "%s is a mail user, but will "
				"not have %s, as if it had a mailbox here: %s "
				"not verified in the tenant, and "
				"msExchRemoteRecipientType, which a former "
				"mailbox left, is set", object_label(o),
				buf_text(&names), lost.count == 1
				? "the domain is" : "the domains are"),
			.fix = fix_mark(c, o, lost.first),
		});
	buf_release(&names);
}

static const struct rule rules[] = {
	{
		.id = "mailbox-mark-left",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_RECIPIENT_TYPE, ATTR_REMOTE_TYPE,
		               ATTR_PROXIES),
		.each_attr = ATTRS(ATTR_MAIL_NICKNAME, ATTR_PROXIES),
		.needs = NEED_FORECAST,
		.in_scope_only = true,
		.check = check_mark,
		.title = "Mail user with the mark of a former mailbox",
		.why = "A mail user stands for a recipient elsewhere and keeps "
		       "the addresses of that organization. One of which "
		       "msExchRemoteRecipientType is still set, as a disabled "
		       "remote mailbox leaves it, loses all addresses whose "
		       "domains are not verified in the tenant: it may end "
		       "without any.",
		.fix = "In AD, clear msExchRemoteRecipientType and "
		       "synchronize. Do not verify a domain that is another "
		       "organization's.",
		.source = DOC_SHADOW, .part = "proxyAddresses",
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family left_mark_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
