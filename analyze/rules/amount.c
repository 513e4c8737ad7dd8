/* Values that an object has too many of. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"
#include "base/utf8.h"

/* ---- one address twice ---- */

/* Without a prefix, and the blanks around it. */
struct bare_address {
	const char *text;
	size_t len;
};

static struct bare_address
bare_of(const char *value)
{
	const char *text = address_body(value) +
		strspn(address_body(value), " ");
	size_t len = strlen(text);

	while (len && text[len - 1] == ' ')
		len--;
	return (struct bare_address){ text, len };
}

static bool
is_same(const char *value, struct bare_address as)
{
	struct bare_address bare = bare_of(value);

	if (bare.len == as.len &&
	    strncasecmp(bare.text, as.text, as.len) == 0)
		return true;
	return !(utf8_is_ascii(bare.text, bare.len) &&
	         utf8_is_ascii(as.text, as.len)) &&
	       address_is_same(bare.text, as.text);
}

/* An earlier SMTP value that is the same address, or NULL. */
static const char *
before_it(const struct object *o, size_t i)
{
	struct bare_address bare = bare_of(o->proxies[i]);

	for (size_t k = 0; k < i; k++)
		if (is_same(o->proxies[k], bare) &&
		    address_type(o->proxies[k]) <= ADDRESS_SECONDARY)
			return o->proxies[k];
	return NULL;
}

/* NULL: as the rule says. */
static const char *
fix_repeated(struct check *c, const struct remedy *is)
{
	return is->proposed.attribute ? check_textf(c, "In AD, remove the "
		"value %s from proxyAddresses: the other one is the same "
		"address", is->proposed.old) : NULL;
}

static void
check_repeated(struct check *c, const struct object *o)
{
	for (size_t i = 1; i < o->proxy_count; i++) {
		const char *value = o->proxies[i], *first;
		struct remedy is;

		if (address_type(value) > ADDRESS_SECONDARY)
			continue;
		first = before_it(o, i);
		if (!first)
			continue;
		is = remedy_repeated(c, o, first, value);
		check_fail(c, o, &(struct failure){
			.severity = check_severity(c),
			.attribute = "proxyAddresses", .observed = value,
			.expected = "each address once", REMEDY(is),
			.fix = fix_repeated(c, &is),
			.message = check_textf(c, "%s has the address %s "
			                       "twice: as %s and as %s",
			                       object_label(o),
			                       address_body(first), first,
			                       value),
		});
	}
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
		.expected = "at most 300 values",
		.message = check_textf(c, "%s has %zu values in "
		                       "proxyAddresses: %s", object_label(o),
		                       o->proxy_count,
		                       o->proxy_count > ADDRESSES_MOST
		                       ? "too many to be exported"
		                       : "so many that it may be too large "
		                       "to be exported"),
		.unproposed = "which of them nobody writes to AD does not "
		              "tell",
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
		.why = "An object with more than some 300 addresses is too "
		       "large: the export of it fails (LargeObject or "
		       "ExceededAllowedLength), and no change of it reaches "
		       "the tenant.",
		.fix = "In AD, remove addresses that nobody writes to from "
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
