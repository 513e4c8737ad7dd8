/* Values that an object has too many of. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"

/* ---- one address twice ---- */

/* NULL: as the rule says. */
static const char *
fix_repeated(struct check *c, const struct remedy *is)
{
	return is->proposed.attribute ? check_textf(c, "In AD, remove the "
		"value %s from proxyAddresses: the other one is the same "
		"address", is->proposed.old) : NULL;
}

static void
tell_repeated(struct check *c, const struct object *o, const char *first,
              const char *value)
{
	struct remedy is = remedy_repeated(c, o, first, value);

	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "proxyAddresses",
		.observed = value, .expected = "each address once", REMEDY(is),
		.fix = fix_repeated(c, &is),
		.message = check_textf(c, "%s has the address %s twice: as %s "
		                       "and as %s", object_label(o),
		                       address_body(first), first, value),
	});
}

static void
check_repeated(struct check *c, const struct object *o)
{
	struct met_values met;

	met_begin(&met);
	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *value = o->proxies[i];
		long first = address_type(value) > ADDRESS_SECONDARY ? -1
			: met_before(&met, UNIQUE_PROXY, value);

		if (first >= 0)
			tell_repeated(c, o, met.items[first].text, value);
	}
	met_end(&met);
}

/* ---- more than the tenant takes ---- */

/*
 * The document says how many make an object too large to be exported: some 300,
 * and certainly 330.
 */
enum { ADDRESSES_MANY = 300, ADDRESSES_MOST = 329, CERTIFICATES_MOST = 15 };

static void
check_addresses(struct check *c, const struct object *o)
{
	if (o->proxy_count <= ADDRESSES_MANY)
		return;
	check_fail(c, o, &(struct failure){
		.severity = o->proxy_count > ADDRESSES_MOST
			? SEVERITY_HIGH : check_severity(c),
		.attribute = "proxyAddresses",
		.observed = check_textf(c, "%zu values", o->proxy_count),
		.key = "",
		.expected = "at most 300 values",
		.message = check_textf(c, "%s has %zu values in "
		                       "proxyAddresses: %s", object_label(o),
		                       o->proxy_count,
		                       o->proxy_count > ADDRESSES_MOST
		                       ? "too many to be exported"
		                       : "so many that it may be too large "
		                       "to be exported"),
		.unproposed = "which of them no one writes to AD does not tell",
	});
}

/* Sync passes certificates on only beside a mailNickname. */
static enum severity
certificates_severity(struct check *c, const struct object *o)
{
	return o->mail_nickname ||
	       !model_covers(check_model(c), section_of(SIDE_AD, o->kind),
	                     ATTR_MAIL_NICKNAME) ||
	       attr_set_has(&o->unclear, ATTR_MAIL_NICKNAME)
		? check_severity(c) : SEVERITY_LOW;
}

static void
tell_certificates(struct check *c, const struct object *o,
                  const char *attribute, size_t count)
{
	if (count <= CERTIFICATES_MOST)
		return;
	check_fail(c, o, &(struct failure){
		.severity = certificates_severity(c, o),
		.attribute = attribute,
		.observed = check_textf(c, "%zu certificates", count),
		.key = "",
		.unproposed = "which of them are expired or replaced was not "
		              "collected",
		.expected = "at most 15 certificates",
		.message = check_textf(c, "%s has %zu certificates in %s",
		                       object_label(o), count, attribute),
		.fix = check_textf(c, "In AD, remove expired and replaced "
		                   "certificates from %s, and end what "
		                   "publishes a new one each time: a template "
		                   "with \"Publish certificate in Active "
		                   "Directory\"", attribute),
	});
}

static void
check_certificates(struct check *c, const struct object *o)
{
	tell_certificates(c, o, "userCertificate", o->ad.certificates);
	tell_certificates(c, o, "userSMIMECertificate", o->ad.smime);
}

static const struct rule rules[] = {
	{
		.id = "proxy-repeated",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.attrs = ATTRS(ATTR_PROXIES),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_repeated,
		.title = "One address twice on an object",
		.why = "Sync takes one of the two: which, and so whether the "
		       "address is the primary one, is not said.",
		.fix = "In AD, remove the copy that is not the primary "
		       "address.",
		.source = DOC_FUNCTIONS, .part = "RemoveDuplicates",
	},
	{
		.id = "proxy-too-many",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.attrs = ATTRS(ATTR_PROXIES),
		.needs = NEED_JOINED,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_addresses,
		.title = "Too many addresses",
		.why = "An object with more than about 300 addresses is too "
		       "large: the export of it fails (LargeObject or "
		       "ExceededAllowedLength), and no change of it reaches "
		       "the tenant.",
		.fix = "In AD, remove addresses that no one writes to from "
		       "proxyAddresses, or give them to another recipient.",
		.source = DOC_ERRORS, .part = "LargeObject",
	},
	{
		.id = "certificates-too-many",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD,
		.kinds = KIND_BIT(KIND_USER) | KIND_BIT(KIND_CONTACT),
		.each_attr = ATTRS(ATTR_CERTIFICATE, ATTR_SMIME),
		.in_scope_only = true,
		.check = check_certificates,
		.title = "Too many certificates",
		.why = "With more than 15 certificates in an attribute an "
		       "object is too large: the export of it fails "
		       "(LargeObject), and no change of it reaches the "
		       "tenant.",
		.fix = "In AD, remove expired and replaced certificates.",
		.source = DOC_ERRORS, .part = "LargeObject",
	},
};

const struct family amount_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
