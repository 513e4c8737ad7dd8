/*
 * Objects of the configuration partition, by class, and what each says of what
 * it is for.
 */
#include "analyze/load/organization_setting.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/guid.h"
#include "base/record.h"
#include "base/utf8.h"

/* Which service a service connection point is of. */
static const char autodiscover[] = "77378F46-2C66-4aa9-A6A6-3E7A48B19596";

static bool
has_value(const struct record *r, const char *name, const char *want)
{
	long at = record_find(r, name);

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++) {
		struct value v = record_value(r, (size_t)at, i);

		if (v.kind == VALUE_TEXT && ascii_casecmp(v.data, want) == 0)
			return true;
	}
	return false;
}

/* A number of AD, which is a text on disk; 0 where it is none. */
static uint64_t
number_of(const struct record *r, const char *name)
{
	const char *text = record_text(r, name);

	return text ? strtoull(text, NULL, 10) : 0;
}

/* ---- send connectors ---- */

/* "smtp:*.contoso.com;1" without type and cost. */
static const char *
address_space(const char *value, struct arena *a)
{
	const char *colon = strchr(value, ':');
	const char *from = colon ? colon + 1 : value;

	return arena_strndup(a, from, strcspn(from, ";"));
}

/* "*.contoso.com" is a space of contoso.com; "*" of all the world. */
static bool
is_of_tenant(const char *space)
{
	if (space[0] == '*' && space[1] == '.')
		space += 2;
	return domain_is_routing(space);
}

/* All spaces of it, as one text. */
static void
judge_send(const struct record *r, struct arena *a,
           struct exchange_setting *out)
{
	long at = record_find(r, "routingList");
	struct buf all = { 0 };

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++) {
		struct value v = record_value(r, (size_t)at, i);
		const char *space = address_space(v.data, a);

		buf_addf(&all, "%s%s", i ? ", " : "", space);
		if (!is_of_tenant(space))
			out->fits = NO;
		else if (out->fits == UNKNOWN)
			out->fits = YES;
	}
	out->value = all.len ? arena_strdup(a, all.data) : NULL;
	buf_release(&all);
}

/* ---- receive connectors ---- */

/* "MX1" of "CN=x,CN=SMTP Receive Connectors,CN=Protocols,CN=MX1,...". */
static void
server_of(const char *dn, struct buf *out)
{
	dn_first_value(out, dn_parent(dn_parent(dn_parent(dn))));
}

/* "Default Frontend MX1": what setup of 2013 and later makes on MX1. */
static void
judge_receive(const struct record *r, struct arena *a,
              struct exchange_setting *out)
{
	static const char *const made[] = {
		"Default ", "Client Proxy ", "Default Frontend ",
		"Outbound Proxy Frontend ", "Client Frontend ",
	};
	struct buf name = { 0 }, server = { 0 };

	(void)r;
	(void)a;
	dn_first_value(&name, out->dn);
	server_of(out->dn, &server);
	out->fits = NO;
	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
		size_t len = strlen(made[i]);

		if (server.len && name.len == len + server.len &&
		    strncasecmp(name.data, made[i], len) == 0 &&
		    utf8_same_folded(name.data + len, server.data))
			out->fits = YES;
	}
	buf_release(&name);
	buf_release(&server);
}

/* ---- remote domains ---- */

/* Bit 256 of msExchRoutingAcceptMessageType is TargetDeliveryDomain. */
static void
judge_remote(const struct record *r, struct arena *a,
             struct exchange_setting *out)
{
	enum { TARGET_DELIVERY = 256 };
	const char *type = record_text(r, "msExchRoutingAcceptMessageType");

	out->flags = type ? arena_strdup(a, type) : NULL;
	if (!out->value)
		return;
	if (!domain_is_routing(out->value[0] == '*' && out->value[1] == '.'
	                       ? out->value + 2 : out->value))
		out->fits = NO;
	else if (type)
		out->fits = strtoull(type, NULL, 10) & TARGET_DELIVERY
			? YES : NO;
}

/* ---- service connection points ---- */

/* One that is switched off has no address. */
static void
judge_point(const struct record *r, struct arena *a,
            struct exchange_setting *out)
{
	(void)a;
	if (out->value && record_find(r, "keywords") >= 0)
		out->fits = YES;
}

/* ---- by class ---- */

static const struct setting_class {
	const char *class;
	enum setting_kind kind;
	const char *attribute;     /* the one that tells of it; or NULL */
	void (*judge)(const struct record *r, struct arena *a,
	              struct exchange_setting *out);
} classes[] = {
	{ .class = "msExchOrganizationContainer",
	  .kind = SETTING_ORGANIZATION },
	{ .class = "msExchSmtpReceiveConnector",
	  .kind = SETTING_RECEIVE_CONNECTOR,
	  .attribute = "msExchSmtpReceiveBindings", .judge = judge_receive },
	{ .class = "msExchRoutingSMTPConnector",
	  .kind = SETTING_SEND_CONNECTOR,
	  .attribute = "routingList", .judge = judge_send },
	{ .class = "msExchDomainContentConfig", .kind = SETTING_REMOTE_DOMAIN,
	  .attribute = "domainName", .judge = judge_remote },
	{ .class = "msExchPublicMDB",
	  .kind = SETTING_PUBLIC_DATABASE },
	{ .class = "msExchCoexistenceRelationship",
	  .kind = SETTING_HYBRID },
	{ .class = "msExchFedTrust", .kind = SETTING_FEDERATION_TRUST },
	{ .class = "msExchFedSharingRelationship",
	  .kind = SETTING_RELATIONSHIP },
	{ .class = "msExchIntraOrganizationConnector",
	  .kind = SETTING_INTRA_CONNECTOR },
	{ .class = "serviceConnectionPoint", .kind = SETTING_SERVICE_POINT,
	  .attribute = "serviceBindingInformation", .judge = judge_point },
};

static const struct setting_class *
class_of(const struct record *r)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (has_value(r, "objectClass", classes[i].class))
			return &classes[i];
	return NULL;
}

static const char *
guid_text(const struct record *r, struct arena *a)
{
	const char *base64 = record_text(r, "objectGUID");
	char text[GUID_TEXT];
	struct guid g;

	if (!base64 || guid_from_base64(&g, base64, strlen(base64)) < 0)
		return NULL;
	guid_format(&g, text);
	return arena_strdup(a, text);
}

/* A service connection point of another service is none. */
static bool
counts(const struct setting_class *c, const struct record *r)
{
	return c->kind != SETTING_SERVICE_POINT ||
	       record_find(r, "keywords") < 0 ||
	       has_value(r, "keywords", autodiscover);
}

bool
organization_setting(const struct record *r, struct arena *a,
                     struct exchange_setting *out)
{
	const struct setting_class *c = class_of(r);
	const char *dn = record_text(r, "dn"), *value;

	if (!c || !dn || !counts(c, r))
		return false;
	value = c->attribute ? record_text(r, c->attribute) : NULL;
	*out = (struct exchange_setting){
		.kind = c->kind, .dn = arena_strdup(a, dn),
		.guid = guid_text(r, a), .attribute = c->attribute,
		.value = value ? arena_strdup(a, value) : NULL,
		.version = number_of(r, "objectVersion"),
	};
	if (c->judge)
		c->judge(r, a, out);
	return true;
}
