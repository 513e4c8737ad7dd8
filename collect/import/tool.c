/* Tells the tools from each other. */
#include "collect/import/tool.h"

#include <string.h>

/* PowerShell's #TYPE, Excel's sep=, and version:v1.0 of the portal. */
static bool
is_prologue(const char *line, size_t n)
{
	return n && (*line == '#' || (n > 4 && memcmp(line, "sep=", 4) == 0) ||
	             (n > 8 && memcmp(line, "version:", 8) == 0));
}

/* The first line that has more than a mark of its kind. */
static const char *
header(const char *head, size_t len, size_t *line)
{
	for (;;) {
		const char *end = memchr(head, '\n', len);
		size_t n = end ? (size_t)(end - head) : len;

		if (n == len || !is_prologue(head, n)) {
			*line = n;
			return head;
		}
		head += n + 1;
		len -= n + 1;
	}
}

static bool
has(const char *line, size_t len, const char *word)
{
	return memmem(line, len, word, strlen(word)) != NULL;
}

/* csvde begins with this column, and it alone calls it so. */
static enum tool
of_ad_csv(const char *head, size_t len)
{
	size_t n;
	const char *line = header(head, len, &n);

	return (n > 3 && memcmp(line, "DN,", 3) == 0) ||
	       (n > 5 && memcmp(line, "\"DN\",", 5) == 0)
		? TOOL_CSVDE : TOOL_AD_POWERSHELL;
}

/* Get-AzureADUser and Get-MsolUser know no selection: they give all. */
static bool
is_older_module(const char *line, size_t n)
{
	return has(line, n, "\"ImmutableId\"") || has(line, n, ",ImmutableId,");
}

/*
 * Entra's "Download users" has properties as Graph spells them, "Download
 * groups" one of its own, the admin centre words with blanks; none of them
 * quotes its header, as Export-Csv does.
 */
static bool
is_portal(const char *line, size_t n)
{
	return n && *line != '"' && (has(line, n, "userPrincipalName") ||
	                             has(line, n, "principal name") ||
	                             has(line, n, "membershipType") ||
	                             has(line, n, "Block credential"));
}

static enum tool
of_portal_csv(const char *head, size_t len)
{
	size_t n;
	const char *line = header(head, len, &n);

	return is_portal(line, n) || is_older_module(line, n)
		? TOOL_PORTAL : TOOL_GRAPH_POWERSHELL;
}

static enum tool
of_graph_json(const char *head, size_t len)
{
	(void)head;
	(void)len;
	return TOOL_GRAPH;
}

/* ldapsearch says so in comments, and ldifde writes changes. */
static enum tool
of_ldif(const char *head, size_t len)
{
	return has(head, len, "changetype: ") ? TOOL_LDIFDE : TOOL_LDAPSEARCH;
}

static enum tool
of_exchange(const char *head, size_t len)
{
	(void)head;
	(void)len;
	return TOOL_EXCHANGE;
}

static enum tool
of_ad_json(const char *head, size_t len)
{
	(void)head;
	(void)len;
	return TOOL_AD_POWERSHELL;
}

static enum tool
of_clixml(const char *head, size_t len)
{
	(void)head;
	(void)len;
	return TOOL_GRAPH_POWERSHELL;
}

static const struct {
	const char *kind;
	enum tool (*tool)(const char *head, size_t len);
} kinds[] = {
	{ "ldif", of_ldif },
	{ "ad-csv", of_ad_csv },
	{ "portal-csv", of_portal_csv },
	{ "graph-json", of_graph_json },
	{ "exchange-csv", of_exchange },
	{ "exchange-online-csv", of_exchange },
	{ "exchange-json", of_exchange },
	{ "exchange-online-json", of_exchange },
	{ "exchange-organization-csv", of_exchange },
	{ "exchange-organization-json", of_exchange },
	{ "exchange-server-csv", of_exchange },
	{ "exchange-server-json", of_exchange },
	{ "ad-json", of_ad_json },
	{ "clixml", of_clixml },
};

enum tool
tool_of_file(const char *kind, const char *head, size_t len)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return kinds[i].tool(head, len);
	return TOOL_OTHER;
}

enum tool
tool_of_section(enum tool of_file, enum section s)
{
	if (of_file != TOOL_GRAPH && of_file != TOOL_GRAPH_POWERSHELL)
		return of_file;
	/* ConvertTo-Json and Export-Clixml take objects of any module. */
	if (s == AD_MAILBOXES || s == TENANT_MAILBOXES ||
	    s == TENANT_EXCHANGE)
		return TOOL_EXCHANGE;
	return section_side(s) == SIDE_AD ? TOOL_AD_POWERSHELL : of_file;
}

bool
tool_shows_unasked(enum tool t)
{
	return t == TOOL_AD_POWERSHELL || t == TOOL_GRAPH ||
	       t == TOOL_GRAPH_POWERSHELL || t == TOOL_EXCHANGE;
}
