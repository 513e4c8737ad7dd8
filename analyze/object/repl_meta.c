/* When, and how often, attributes changed: from XML or from binary data. */
#include "analyze/object/repl_meta.h"

#include <stdint.h>
#include <string.h>

#include "analyze/object/object.h"
#include "base/number.h"

/*
 * The attributes that date events. The ids are prefix-table ids (MS-DRSR
 * 5.16.4) of the fixed prefixes: 2 is 1.2.840.113556.1.2, 9 is
 * 1.2.840.113556.1.4, 21 (0x15) is 0.9.2342.19200300.100.1.
 */
static const struct {
	const char *name;
	uint32_t id;
	size_t member;
} attributes[] = {
	{ "userAccountControl", 0x90008,
	  offsetof(struct object, ad.control_stamp) },
	{ "name", 0x90001, offsetof(struct object, ad.name_stamp) },
	{ "unicodePwd", 0x9005a, offsetof(struct object, ad.password_stamp) },
	{ "mail", 0x150003, offsetof(struct object, ad.mail_stamp) },
	{ "proxyAddresses", 0x200d2,
	  offsetof(struct object, ad.proxies_stamp) },
	{ "mailNickname", 0x201bf,
	  offsetof(struct object, ad.nickname_stamp) },
	{ "isDeleted", 0x20030, offsetof(struct object, ad.deleted_stamp) },
};

enum { COUNT = sizeof(attributes) / sizeof(attributes[0]) };

static struct stamp *
stamp_of(struct object *o, size_t i)
{
	return (struct stamp *)((char *)o + attributes[i].member);
}

/* Copies what stands between <TAG> and </TAG>; -1 when it is not there. */
static int
element(const char *xml, const char *tag, char *out, size_t size)
{
	const char *p = strstr(xml, tag), *end;

	if (!p)
		return -1;
	p += strlen(tag);
	end = strchr(p, '<');
	if (!end || (size_t)(end - p) >= size)
		return -1;
	memcpy(out, p, (size_t)(end - p));
	out[end - p] = '\0';
	return 0;
}

void
repl_meta_xml(struct object *o, const char *xml)
{
	char name[64], version[16], when[32];
	struct stamp stamp = { 0 };
	uint64_t n;

	if (element(xml, "<pszAttributeName>", name, sizeof(name)) < 0 ||
	    element(xml, "<dwVersion>", version, sizeof(version)) < 0 ||
	    element(xml, "<ftimeLastOriginatingChange>", when,
	            sizeof(when)) < 0 ||
	    when_from_iso(&stamp.when, when) < 0 ||
	    number_parse(&n, version, UINT32_MAX) < 0)
		return;
	stamp.version = (unsigned)n;
	stamp.by = strstr(xml, "<pszLastOriginatingDsaDN>");
	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(attributes[i].name, name) == 0)
			*stamp_of(o, i) = stamp;
}

/* "CN=NTDS Settings,CN=DC01,CN=Servers,...": the second name. */
const char *
stamp_writer(const struct stamp *s, struct arena *a)
{
	const char *dn = s->by ? strchr(s->by, '>') + 1 : NULL;
	const char *name = dn ? strcasestr(dn, "CN=NTDS Settings,CN=") : NULL;
	size_t len;

	if (!name || name != dn)
		return NULL;
	name += sizeof("CN=NTDS Settings,CN=") - 1;
	len = strcspn(name, ",<\\");
	return len ? arena_strndup(a, name, len) : NULL;
}

static uint64_t
little(const unsigned char *p, size_t bytes)
{
	uint64_t value = 0;

	while (bytes-- > 0)
		value = value << 8 | p[bytes];
	return value;
}

void
repl_meta_binary(struct object *o, const unsigned char *data, size_t len)
{
	/* Head: version, reserved, count, reserved. Entry: attribute,
	 * version, time (seconds since 1601), originating DSA, two USNs. */
	enum { HEAD = 16, ENTRY = 48, WHEN = 8 };
	const int64_t epoch = INT64_C(11644473600);
	uint64_t count;

	if (len < HEAD || little(data, 4) != 1)
		return;
	count = little(data + 8, 4);
	if (count > (len - HEAD) / ENTRY)
		return;
	for (uint64_t k = 0; k < count; k++) {
		const unsigned char *p = data + HEAD + k * ENTRY;

		for (size_t i = 0; i < COUNT; i++) {
			if (little(p, 4) != attributes[i].id)
				continue;
			/* Such a time is none, as in XML, where none is. */
			if (little(p + WHEN, 8) > (uint64_t)(WHEN_LAST + epoch))
				continue;
			*stamp_of(o, i) = (struct stamp){
				.version = (unsigned)little(p + 4, 4),
				.when = (when_t)little(p + WHEN, 8) - epoch,
			};
		}
	}
}
