/* JSON that is no export: settings of ours and of other programs. */
#include "collect/import/looks_like.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"

enum {
	KEYS_MAX = 64,           /* as many are looked at */
	KEY_MAX = 64,            /* bytes of one */
	SHOWN_MAX = 6,
};

struct key_names {
	char name[KEYS_MAX][KEY_MAX];
	size_t count;
};

/* Files by the keys that they have in their beginning. */
static const struct {
	const char *key, *value; /* of a string; NULL: whatever it is */
	bool first;              /* only as the first key */
	const char *what;
} known[] = {
	{ "format", "syncscope-snapshot", false,
	  "is the manifest of a snapshot, which is what import makes; give "
	  "its folder to analyze" },
	{ "format", "syncscope-findings", false,
	  "is the manifest of findings, which are what analyze makes; give "
	  "its folder to report" },
	{ "rule", NULL, true,
	  "is of the findings that analyze made; give its folder to report" },
	{ "onpremisesDirectoryPolicy", NULL, false,
	  "is the sync server's policy; give it to analyze --scope" },
	{ "policyMetadata", NULL, false,
	  "is the sync server's policy; give it to analyze --scope" },
	{ "tenant", NULL, true, "is a policy; give it to analyze --policy" },
	{ "scope", NULL, true, "is a policy; give it to analyze --policy" },
	{ "sync", NULL, true, "is a policy; give it to analyze --policy" },
	{ "forests", NULL, true, "is a policy; give it to analyze --policy" },
	{ "licensing", NULL, true, "is a policy; give it to analyze --policy" },
	{ "assume", NULL, true, "is a policy; give it to analyze --policy" },
	{ "edits", NULL, true, "is a list of edits; give it to analyze "
	  "--what-if" },
};

/* What keys of exports have in them, of whatever program. */
static const char *const exported[] = {
	"odata", "value", "response", "data", "meta", "kind", "error",
	"distinguishedname", "dn", "principalname", "guid", "mail",
	"objectclass", "objectid", "sid", "account", "identity", "address",
	"sku", "attributes", "properties", "domain", "tenant", "isinitial",
};

static bool
says_export(const char *key)
{
	if (strcasecmp(key, "id") == 0)
		return true;
	for (size_t i = 0; i < sizeof(exported) / sizeof(exported[0]); i++)
		if (strcasestr(key, exported[i]))
			return true;
	return false;
}

static const char *
skip_blanks(const char *p)
{
	return p + strspn(p, " \t\r\n");
}

/* Behind the string that begins at P, or NULL: it is cut. */
static const char *
string_end(const char *p)
{
	for (p++; *p && *p != '"'; p++)
		if (*p == '\\' && p[1])
			p++;
	return *p ? p + 1 : NULL;
}

/* The keys of the beginning, whatever objects they are of. */
static void
find_keys(const char *p, struct key_names *k)
{
	const char *end;

	while (k->count < KEYS_MAX && (p = strchr(p, '"')) != NULL &&
	       (end = string_end(p)) != NULL) {
		size_t len = (size_t)(end - p) - 2;

		if (*skip_blanks(end) == ':' && len < KEY_MAX) {
			memcpy(k->name[k->count], p + 1, len);
			k->name[k->count++][len] = '\0';
		}
		p = end;
	}
}

static bool
has_value(const char *text, const char *key, const char *value)
{
	char *quoted = xasprintf("\"%s\"", key);
	const char *p = strstr(text, quoted);
	size_t len = strlen(value);

	p = p ? skip_blanks(p + strlen(quoted)) : NULL;
	free(quoted);
	if (!p || *p != ':')
		return false;
	p = skip_blanks(p + 1);
	return *p == '"' && strncmp(p + 1, value, len) == 0 &&
	       p[len + 1] == '"';
}

static bool
has_key(const struct key_names *k, const char *key)
{
	for (size_t i = 0; i < k->count; i++)
		if (strcasecmp(k->name[i], key) == 0)
			return true;
	return false;
}

static const char *
known_file(const char *text, const struct key_names *k)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		bool has = known[i].first
			? strcmp(k->name[0], known[i].key) == 0
			: has_key(k, known[i].key);

		if (has && (!known[i].value ||
		            has_value(text, known[i].key, known[i].value)))
			return known[i].what;
	}
	return NULL;
}

static char *
foreign_keys(const struct key_names *k)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < k->count; i++)
		if (says_export(k->name[i]))
			return NULL;
	buf_adds(&out, "is JSON without any key that exports have: it has ");
	for (size_t i = 0; i < k->count && i < SHOWN_MAX; i++)
		buf_addf(&out, "%s\"%s\"", i ? ", " : "", k->name[i]);
	if (k->count > SHOWN_MAX)
		buf_adds(&out, " and others");
	buf_adds(&out, "; want what Microsoft Graph answers, with \"id\" and "
	         "\"userPrincipalName\"");
	return buf_detach(&out);
}

/* What people export from Graph beside what is judged here. */
static const char *const foreign_lists[] = {
	"applications", "auditLogs", "deviceAppManagement",
	"deviceManagement", "devices", "drives", "identityGovernance",
	"identityProtection", "oauth2PermissionGrants", "reports", "security",
	"servicePrincipals", "sites", "teams",
};

/* By what @odata.context says, if there is one answer in the file. */
static char *
foreign_list(const char *text, const struct key_names *k)
{
	static const char mark[] = "$metadata#";
	const char *list = strstr(text, mark);
	size_t len;

	if (!list || has_key(k, "responses"))
		return NULL;
	list += strlen(mark);
	len = strcspn(list, "/('\"");
	for (size_t i = 0;
	     i < sizeof(foreign_lists) / sizeof(foreign_lists[0]); i++)
		if (strlen(foreign_lists[i]) == len &&
		    strncmp(list, foreign_lists[i], len) == 0)
			return xasprintf("is Microsoft Graph's list of %s, "
			                 "which is not judged; want users, "
			                 "groups, contacts, domains and "
			                 "organization", foreign_lists[i]);
	return NULL;
}

/* "[section]" of a settings file, "[2026-11-20 10:00] text" of a log. */
static bool
is_json(const char *p)
{
	bool list = *p == '[';

	p = skip_blanks(p + 1);
	return !*p || strchr(list ? "[{\"]" : "\"}", *p);
}

char *
looks_like_json(const char *text)
{
	struct key_names k = { .count = 0 };
	const char *what;
	char *list;

	text = skip_blanks(text);
	if (*text != '{' && *text != '[')
		return NULL;
	if (!is_json(text))
		return xstrdup("is no JSON, though it begins with a bracket, "
		               "and nothing else that is an export; want "
		               "LDIF, CSV or JSON");
	/* As a section of a snapshot, and the forecast of findings. */
	if (strncmp(text, "{\"dn\":\"", 7) == 0)
		return xstrdup("is of a snapshot or of findings, which import "
		               "and analyze make; give the folder to analyze "
		               "or report");
	find_keys(text, &k);
	if (!k.count)
		return NULL;
	what = known_file(text, &k);
	list = what ? NULL : foreign_list(text, &k);
	if (list)
		return list;
	return what ? xstrdup(what) : foreign_keys(&k);
}
