/* THE table of what tells the sides of Exchange from each other. */
#include "collect/import/exchange_side.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/guid.h"
#include "base/record.h"

enum exchange_sign {
	PLACE,           /* names where the object is */
	CLOUD_ID,        /* the tenant's GUID of it */
	CLOUD_TEXT,      /* a value of Exchange Online alone */
	CLOUD_TRUE,      /* True only in Exchange Online */
	PATH,            /* a place, if it is a path */
	CLOUD_ADDRESS,   /* SharePoint's, which AD never has */
	TYPE,            /* types of one side alone */
	PREMISES_ANY,    /* any value: only on premises */
};

static const struct {
	const char *property;
	enum exchange_sign sign;
} table[EXCHANGE_PROPERTIES] = {
	{ "DistinguishedName", PLACE },
	{ "OrganizationalUnit", PLACE },
	{ "OriginatingServer", PLACE },
	{ "ServerName", PLACE },
	{ "Database", PLACE },
	{ "Identity", PATH },
	{ "EmailAddresses", CLOUD_ADDRESS },
	{ "OrganizationalUnitRoot", CLOUD_TEXT },
	{ "OrganizationId", CLOUD_TEXT },
	{ "LegacyExchangeDN", CLOUD_TEXT },
	{ "ExternalDirectoryObjectId", CLOUD_ID },
	{ "MicrosoftOnlineServicesID", CLOUD_TEXT },
	{ "IsDirSynced", CLOUD_TRUE },
	{ "SKUAssigned", CLOUD_TRUE },
	{ "IsExchangeCloudManaged", CLOUD_TRUE },
	{ "RecipientTypeDetails", TYPE },
	{ "RemoteRoutingAddress", PREMISES_ANY },
	{ "OnPremisesOrganizationalUnit", PREMISES_ANY },
};

const char *const exchange_recipient_properties[] = {
	"PrimarySmtpAddress", "EmailAddresses", "RecipientTypeDetails",
	"ExternalDirectoryObjectId", NULL
};

const char *
exchange_property(size_t i)
{
	return i < EXCHANGE_PROPERTIES ? table[i].property : NULL;
}

static bool
is_guid(const char *text)
{
	struct guid g;

	return guid_parse(&g, text) == 0;
}

bool
exchange_is_online_name(const char *text)
{
	static const char *const parts[] = {
		"DC=OUTLOOK,DC=COM", ".outlook.com", "onmicrosoft.com",
		"Microsoft Exchange Hosted Organizations", "/o=ExchangeLabs",
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcasestr(text, parts[i]))
			return true;
	return false;
}

/* Its servers are called by one plan: AM0PR01MB1234, vi1p193mb0567. */
static bool
is_online_server(const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)text[i]))
			return false;
	return len >= 12 && (text[3] | 32) == 'p' &&
	       ((text[4] | 32) == 'r' || isdigit((unsigned char)text[4])) &&
	       strcasestr(text + 5, "MB");
}

/* And its databases: EURPR01DG101-db001. */
static bool
is_online_database(const char *text)
{
	const char *db = strcasestr(text, "-db");

	return strlen(text) > 12 && (text[3] | 32) == 'p' && db &&
	       isdigit((unsigned char)db[3]);
}

static bool
is_online(const char *text)
{
	return exchange_is_online_name(text) || is_online_server(text) ||
	       is_online_database(text);
}

static void
weigh_type(struct exchange_signs *s, const char *text)
{
	if (strncasecmp(text, "Remote", 6) == 0 ||
	    strcasecmp(text, "LinkedMailbox") == 0)
		s->rest[0] = true;
	if (strcasecmp(text, "GroupMailbox") == 0 ||
	    strcasecmp(text, "GuestMailUser") == 0)
		s->rest[1] = true;
}

/* "contoso.com/Staff/Ada Lind" */
static bool
is_path(const char *text)
{
	return strchr(text, '/') && memchr(text, '.', strcspn(text, "/"));
}

void
exchange_weigh(struct exchange_signs *s, size_t property, const char *text)
{
	if (!*text)
		return;
	switch (table[property].sign) {
	case PLACE:
		s->place[is_online(text)] = true;
		break;
	case PATH:
		if (is_path(text))
			s->place[is_online(text)] = true;
		break;
	case CLOUD_ADDRESS:
		s->rest[1] = s->rest[1] || strcasestr(text, "SPO:SPO_");
		break;
	case CLOUD_ID:
		s->rest[1] = s->rest[1] || is_guid(text);
		break;
	case CLOUD_TEXT:
		s->rest[1] = s->rest[1] || is_online(text);
		break;
	case CLOUD_TRUE:
		s->rest[1] = s->rest[1] || !strcasecmp(text, "True");
		break;
	case TYPE:
		weigh_type(s, text);
		break;
	case PREMISES_ANY:
		s->rest[0] = true;
	}
}

/* What .NET has inside an object is no text of the property. */
static bool
is_plain(struct value v)
{
	return v.kind == VALUE_TEXT ||
	       (v.kind == VALUE_JSON && !strchr("{[", v.data[0]));
}

void
exchange_weigh_record(struct exchange_signs *s, const struct record *r)
{
	for (size_t i = 0; i < EXCHANGE_PROPERTIES; i++) {
		long at = record_find(r, table[i].property);

		for (size_t k = 0; at >= 0 && k < record_values(r, (size_t)at);
		     k++) {
			struct value v = record_value(r, (size_t)at, k);

			if (is_plain(v))
				exchange_weigh(s, i, v.data);
		}
	}
}

/*
 * Where an object is decides; a remote mailbox has the tenant's GUID, too, so
 * that what only on-premises objects have comes before it.
 */
enum exchange_side
exchange_side_of(const struct exchange_signs *s)
{
	if (s->place[0] && s->place[1])
		return EXCHANGE_BOTH;
	if (s->place[0] || (!s->place[1] && s->rest[0]))
		return EXCHANGE_ON_PREMISES;
	return s->place[1] || s->rest[1] ? EXCHANGE_ONLINE : EXCHANGE_UNKNOWN;
}
