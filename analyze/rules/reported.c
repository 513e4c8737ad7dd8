/* What the tenant itself reports of its objects. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"
#include "base/utf8.h"

/* As AD spells what Graph names. */
static const char *
attribute_of(const struct provisioning_error *e)
{
	static const char *const names[] = {
		"userPrincipalName", "proxyAddresses", "mail", "mailNickname",
	};

	for (size_t i = 0; e->about && i < sizeof(names) / sizeof(names[0]);
	     i++)
		if (ascii_casecmp(e->about, names[i]) == 0)
			return names[i];
	return e->about ? e->about : "onPremisesProvisioningErrors";
}

static bool
is_same(const char *a, const char *b)
{
	return a && b && utf8_same_folded(a, b);
}

/*
 * Whether AD's object asks for the value still; what the service makes of names
 * is nowhere in AD.
 */
static bool
is_wanted(const struct object *ad, const char *value)
{
	const char *body = value ? address_body(value) : NULL;
	const char *domain = body ? address_domain(body) : NULL;

	if (!ad || !domain || domain_is_initial(domain))
		return true;
	if (is_same(ad->upn, body) || is_same(ad->mail, body))
		return true;
	for (size_t i = 0; i < ad->proxy_count; i++)
		if (is_same(address_body(ad->proxies[i]), body))
			return true;
	return false;
}

/* What AD became after it was read nobody knows; nor what others give. */
static bool
is_asked(struct check *c, const struct object *ad,
         const struct provisioning_error *e)
{
	when_t read = ad ? model_collected(check_model(c), ad->domain)
	                 : WHEN_NONE;

	return is_wanted(ad, e->value) ||
	       ad->forecast.joined.end != JOINED_NOT ||
	       (e->when != WHEN_NONE && read != WHEN_NONE && e->when > read);
}

static const char *
since(struct check *c, const struct provisioning_error *e)
{
	char day[WHEN_TEXT];

	if (e->when == WHEN_NONE)
		return "";
	when_format_day(e->when, day);
	return check_textf(c, " since %s", day);
}

/* Nobody who lives; names of the deleted are free (KB2619308). */
static const char *
tell_nobody(struct check *c, const struct object *o, const char *value)
{
	const struct object *had = value ? check_who_had(c, o, value) : NULL;

	return !had ? "no one else that was read has it"
		: check_textf(c, "of all that was read only the deleted user "
		              "%s has it, whose values are free by the "
		              "documents", object_described(had,
		              check_arena(c)));
}

/* Who is in the way, by what the snapshots say. */
static const char *
tell_holder(struct check *c, const struct object *o, const char *value,
            const struct object *other)
{
	return !other ? tell_nobody(c, o, value)
		: check_textf(c, "the %s%s %s has it", other->side ==
		              SIDE_TENANT ? "tenant's " : "",
		              kind_name(other->kind),
		              object_described(other, check_arena(c)));
}

static const char *
fix_sync(struct check *c, const struct object *o, const struct object *other,
         const struct provisioning_error *e, bool wanted)
{
	const char *guest = fix_guest(c, o, other);
	bool online = authority_of_attribute(check_model(c), o,
	                                     attribute_of(e)) ==
		AUTHORITY_EXCHANGE_ONLINE;

	if (!wanted)
		return "The next synchronization that writes the object ends "
		       "the error; change it in AD, or run a full "
		       "synchronization.";
	if (!other)
		return NULL;
	if (guest)
		return check_textf(c, "%s; or in AD, remove the value from %s. "
		                   "The next synchronization of the object "
		                   "ends the error.", guest, object_label(o));
	return check_textf(c, "Decide whose value it is: remove it from %s, or "
	                   "in %s from %s; the next synchronization of the "
	                   "object ends the error.", object_label(other),
	                   online ? "Exchange Online, which owns it,"
	                   : "AD", object_label(o));
}

/* Of an error that names neither a property nor a value. */
static void
fail_bare(struct check *c, const struct object *o,
          const struct provisioning_error *e)
{
	check_fail(c, o, &(struct failure){
		.severity = SEVERITY_MEDIUM,
		.attribute = "onPremisesProvisioningErrors",
		.observed = e->category,
		.message = check_textf(c, "The tenant reports%s that it could "
		                       "not write all of %s (%s)", since(c, e),
		                       object_label(o), e->category),
		.fix = "Check the errors of the object in the sync engine, or "
		       "in Microsoft Entra Connect Health, which name the "
		       "value.",
		.shared = { e->category, "Not written to the tenant ({})",
		            "Check the errors of the objects in the sync "
		            "engine, or in Microsoft Entra Connect Health, "
		            "which name the values." },
	});
}

static bool
is_held(const struct object *o, const char *value)
{
	return object_has_address(o, value) ||
	       is_same(o->upn, address_body(value));
}

/* The tenant has not taken its report back. */
static void
fail_past(struct check *c, const struct object *o,
          const struct provisioning_error *e)
{
	check_fail(c, o, &(struct failure){
		.severity = SEVERITY_INFO,
		.attribute = attribute_of(e), .observed = e->value,
		.message = check_textf(c, "The tenant reports%s a conflict "
		                       "over %s, which %s has by now",
		                       since(c, e),
		                       e->value, object_label(o)),
		.fix = "Nothing: the next synchronization that writes the "
		       "object ends the report.",
		.shared = { "past", "Conflict that the tenant reports and that "
		            "is over", "Nothing: the next synchronization that "
		            "writes the object ends the report." },
	});
}

static void
fail_sync(struct check *c, const struct object *o,
          const struct provisioning_error *e)
{
	const struct object *other = e->value ? check_who_has(c, o, e->value)
	                                      : NULL;
	bool wanted = is_asked(c, o->links.twin, e);

	check_fail(c, o, &(struct failure){
		.severity = wanted ? check_severity(c) : SEVERITY_LOW,
		.attribute = attribute_of(e), .observed = e->value,
		.expected = "a value that no other object has",
		.unproposed = wanted ? "whose value it is has to be decided "
		                       "first" : NULL,
		.shared = { attribute_of(e), "Value of {} that the tenant has "
		            "in quarantine", NULL },
		.message = check_textf(c, "The tenant reports%s a conflict: %s "
		                       "cannot have %s %s; %s%s", since(c, e),
		                       object_label(o),
		                       attribute_of(e), e->value ? e->value
		                       : "", tell_holder(c, o, e->value,
		                       other), wanted
		                       ? "" : ", and AD does not ask for it "
		                       "any more"),
		.fix = fix_sync(c, o, other, e, wanted), .other = other,
	});
}

static void
check_sync(struct check *c, const struct object *o)
{
	for (const struct provisioning_error *e = o->tenant.sync_errors; e;
	     e = e->next)
		if (!e->value && !e->about)
			fail_bare(c, o, e);
		else if (e->value && is_held(o, e->value))
			fail_past(c, o, e);
		else
			fail_sync(c, o, e);
}

static void
check_service(struct check *c, const struct object *o)
{
	for (const struct provisioning_error *e = o->tenant.service_errors; e;
	     e = e->next)
		check_fail(c, o, &(struct failure){
			.severity = check_severity(c),
			.attribute = "serviceProvisioningErrors",
			.observed = e->value,
			.shared = { e->about, "Error that {} reports", NULL },
			.message = check_textf(c, "%s reports%s that it could "
			                       "not provision %s%s%s", e->about
			                       ? e->about : "A service",
			                       since(c, e), object_label(o),
			                       e->value ? ": " : "", e->value
			                       ? e->value : ""),
		});
}

static const struct rule rules[] = {
	{
		.id = "sync-error",
		.severity = SEVERITY_HIGH,
		.side = SIDE_TENANT, .kinds = KINDS_SYNCED,
		.each_attr = ATTRS(ATTR_SYNC_ERRORS),
		.needs = NEED_SHARERS | NEED_SYNC_ERRORS,
		.check = check_sync,
		.title = "Value that the tenant has in quarantine",
		.why = "The tenant reports it itself: another object had the "
		       "value when sync wrote this one, which lives without it "
		       "since then. A user whose sign-in name it was has a "
		       "placeholder; an address gets no mail, and keeps "
		       "licenses from being assigned.",
		.fix = "Look for the value in all of the tenant, Exchange "
		       "Online's recipients and deleted users included. If no "
		       "one has it any more, change the object in AD, or run a "
		       "full synchronization.",
		.source = DOC_RESILIENCY,
	},
	{
		.id = "service-error",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_TENANT, .kinds = KINDS_SYNCED,
		.each_attr = ATTRS(ATTR_SERVICE_ERRORS),
		.needs = NEED_SERVICE_ERRORS,
		.check = check_service,
		.title = "Error of a service that the tenant reports",
		.why = "A service such as Exchange Online could not apply what "
		       "the directory says of the object: the two differ, and "
		       "a mailbox or license may lack what it should have.",
		.fix = "Fix what the text names, mostly a value that another "
		       "recipient of the service has; the error goes with the "
		       "next change of the object.",
		.source = DOC_ERRORS,
	},
};

const struct family reported_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
