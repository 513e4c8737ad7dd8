/* GUIDs, SIDs, octets and times in the forms that AD gives. */
#include "collect/import/ad_typed.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/guid.h"
#include "base/sid.h"
#include "base/utf8.h"
#include "collect/schema/schema.h"

/* Large integers that are times (MS-ADA1 to MS-ADA3); the others are texts. */
static const char *const filetimes[] = {
	"accountExpires", "badPasswordTime", "lastLogoff", "lastLogon",
	"lastLogonTimestamp", "lockoutTime", "pwdLastSet", "creationTime",
	"ms-Mcs-AdmPwdExpirationTime", "msLAPS-PasswordExpirationTime",
	"msDS-UserPasswordExpiryTimeComputed",
	"msDS-LastSuccessfulInteractiveLogonTime",
	"msDS-LastFailedInteractiveLogonTime",
};

bool
ad_is_filetime(const char *attribute)
{
	for (size_t i = 0; i < sizeof(filetimes) / sizeof(filetimes[0]); i++)
		if (ascii_casecmp(filetimes[i], attribute) == 0)
			return true;
	return false;
}

int
ad_add_guid(struct record *r, const char *attribute, const char *text)
{
	struct guid g;

	if (guid_parse(&g, text) < 0)
		return -1;
	ad_record_add(r, attribute, (const char *)g.bytes, GUID_BYTES);
	return 0;
}

int
ad_add_sid(struct record *r, const char *attribute, const char *text)
{
	unsigned char bytes[SID_BYTES];
	size_t len;

	if (sid_parse(bytes, &len, text) < 0)
		return -1;
	ad_record_add(r, attribute, (const char *)bytes, len);
	return 0;
}

int
ad_add_base64(struct record *r, const char *attribute, const char *text)
{
	struct buf bytes = { 0 };
	int rc = base64_decode(&bytes, text, strlen(text));

	if (rc == 0)
		ad_record_add(r, attribute, buf_text(&bytes), bytes.len);
	buf_release(&bytes);
	return rc;
}

/* "20151102101213.0Z": generalized time as AD writes it (RFC 4517). */
static void
put_general(char *out, size_t room, when_t when)
{
	time_t seconds = when;
	struct tm tm;

	if (!gmtime_r(&seconds, &tm) ||
	    !strftime(out, room, "%Y%m%d%H%M%S.0Z", &tm))
		out[0] = '\0';
}

/* What lies beyond all calendars is AD's "never" (MS-ADA1 2.1). */
static int64_t
filetime_of(when_t when)
{
	when_t end;

	when_from_civil(&end, 9999, 12, 31, 0, 0, 0);
	return when == WHEN_NONE ? 0 : when >= end ? INT64_MAX
		: when_to_filetime(when);
}

void
ad_add_time(struct record *r, const char *attribute, when_t when)
{
	char text[WHEN_TEXT];

	if (ad_is_filetime(attribute))
		snprintf(text, sizeof(text), "%lld",
		         (long long)filetime_of(when));
	else
		put_general(text, sizeof(text), when);
	ad_record_add(r, attribute, text, strlen(text));
}
