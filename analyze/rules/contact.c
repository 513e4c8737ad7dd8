/* Contacts that synchronization leaves out. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"

/* Of another organization, and in order. */
static bool
is_of_others(const struct check *c, const char *primary)
{
	const char *domain = primary ? address_domain(primary) : NULL;

	return domain && check_model(c)->domains_known &&
	       !model_is_verified(check_model(c), domain) &&
	       !address_fault(primary);
}

static struct remedy
remedy_contact(struct check *c, const struct object *o, const char *primary)
{
	if (is_of_others(c, primary))
		return remedy_none("by which address the other organization "
		                   "can be reached only that knows");
	return primary ? remedy_mail(c, o)
		: remedy_none("which of its addresses is the primary one is "
		              "to be chosen first");
}

/* Documents differ on whether its proxyAddresses are enough. */
static void
check_contact_mail(struct check *c, const struct object *o)
{
	const char *primary = object_primary(o);
	struct remedy is;

	if (o->mail)
		return;
	is = remedy_contact(c, o, primary);
	check_fail(c, o, &(struct failure){
		.severity = SEVERITY_LOW, .attribute = "mail",
		.expected = remedy_wanted_mail(c, o, &is), REMEDY(is),
		.message = check_textf(c, "The contact %s has addresses, but "
		                       "no mail: documents differ on whether "
		                       "it will be synchronized",
		                       object_label(o)),
		.fix = is.proposed.new ? remedy_fix(c, &is)
			: primary && address_fault(primary) ? "In AD, correct "
			  "the SMTP: value of proxyAddresses, and set mail to "
			  "it"
			: primary
			? check_textf(c, "In AD, set mail to %s%s", primary,
			              is_of_others(c, primary)
			              ? ", if it can be reached by that" : "")
			: "In AD, make one address of proxyAddresses its "
			  "SMTP: value, in upper case, and set mail to it",
	});
}

/* By some documents mail is enough, by others it is masked. */
static void
check_masked(struct check *c, const struct object *o)
{
	struct remedy is = remedy_none(
		"sync would begin to take the contact: first check that all "
		"else that it has is right");

	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "proxyAddresses",
		REMEDY(is),
		.observed = o->proxies[0], .key = "",
		.expected = "a value that begins with SMTP:",
		.message = check_textf(c, "The contact %s has mail, but no "
		                       "SMTP address among its "
		                       "proxyAddresses: documents differ on "
		                       "whether it will be synchronized",
		                       object_label(o)),
		.fix = check_is_taken(c, o, o->mail)
			? "In AD, write the contact's own address with SMTP: "
			  "into proxyAddresses; that in mail another object "
			  "has"
			: check_textf(c, "In AD, write SMTP:%s into "
			              "proxyAddresses; mail is masked by its "
			              "values", o->mail),
	});
}

static void
check_contact(struct check *c, const struct object *o)
{
	/* Which of two of one name is to stay says itself what lacks. */
	if (o->scope.state == SCOPE_EXCLUDED || object_mark(o) != DN_PLAIN)
		return;
	if (object_is_mail_enabled(o)) {
		check_contact_mail(c, o);
		return;
	}
	if (object_masks_mail(o)) {
		check_masked(c, o);
		return;
	}
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "mail",
		.unproposed = "no value that it has is an address",
		.message = check_textf(c, "The contact %s has no address and "
		                       "will not be synchronized",
		                       object_label(o)),
	});
}

static const struct rule rules[] = {
	{
		.id = "contact-mail-missing",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_CONTACT),
		.attrs = ATTRS(ATTR_MAIL, ATTR_PROXIES),
		.needs = NEED_FORECAST,
		.check = check_contact,
		.title = "Contact without an email address",
		.why = "Contacts are synchronized only if they are "
		       "mail-enabled; this one will be missing in the tenant.",
		.fix = "In AD, set mail to the contact's address, or delete "
		       "the contact.",
		.source = DOC_DEFAULTS, .part = "Contact out-of-box rules",
	},
};

const struct family contact_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
