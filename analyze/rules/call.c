/* Addresses for calls: the SIP: values of proxyAddresses. */
#include <strings.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"

/*
 * What is wrong with its form; what nobody sees in a value, and that another
 * object has it, other rules tell.
 */
static const char *
fault_of(const char *value)
{
	struct flaws f;

	if (strncasecmp(value, "sip:", 4) != 0)
		return NULL;
	if (!value[4])
		return "is empty";
	return address_flaws(value + 4, &f) ? f.of[FLAW_FORM] : NULL;
}

static void
check_sip(struct check *c, const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *value = o->proxies[i];
		const char *fault = fault_of(value);

		if (!fault)
			continue;
		check_fail(c, o, &(struct failure){
			.severity = check_severity(c),
			.attribute = "proxyAddresses", .observed = value,
			.expected = "SIP: and an address, such as "
			            "name@example.com",
			.unproposed = "where the user is called is to be "
			              "decided first",
			.message = check_textf(c, "The address for calls %s of "
			                       "%s %s", value, object_label(o),
			                       flaw_named(value + 4, fault,
			                                  check_arena(c))),
		});
	}
}

static const struct rule rules[] = {
	{
		.id = "sip-malformed",
		.severity = SEVERITY_LOW,
		.profile = PROFILE_STRICT,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_PROXIES),
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_sip,
		.title = "Malformed address for calls",
		.why = "A SIP: value of AD goes to the tenant with the others, "
		       "and is where Teams finds the user. One that is no "
		       "address leads nowhere.",
		.fix = "In AD, correct the SIP: value of proxyAddresses, or "
		       "remove it: without one Teams takes the sign-in name. "
		       "Where msRTCSIP-PrimaryUserAddress has the same, "
		       "correct that, too.",
		.source = DOC_CALLS,
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family call_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
