/*
 * The commands by which customers export. Lines break where the shell lets
 * them: PowerShell behind "," and "|", a Unix shell at a backslash; a quoted
 * list or address does not.
 */
#include "collect/import/again.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/mem.h"
#include "collect/import/wrap.h"

enum { INDENT = 4 };

/* What is exported of a section, by each tool. */
static const struct export {
	const char *file;        /* without suffix */
	const char *filter;      /* LDAP */
	const char *ad;          /* PowerShell for AD */
	const char *path;        /* Graph */
	const char *graph;       /* PowerShell for Graph */
} exports[SECTION_COUNT] = {
	[AD_USERS] = {
		"users", .filter = "(&(objectCategory=person)"
		                   "(objectClass=user))",
		.ad = "Get-ADUser -Filter *" },
	[AD_GROUPS] = { "groups", .filter = "(objectCategory=group)",
	                .ad = "Get-ADGroup -Filter *" },
	[AD_CONTACTS] = {
		"contacts", .filter = "(&(objectCategory=person)"
		                      "(objectClass=contact))",
		.ad = "Get-ADObject -LDAPFilter '(objectClass=contact)'" },
	[AD_COMPUTERS] = { "computers", .filter = "(objectCategory=computer)",
	                   .ad = "Get-ADComputer -Filter *" },
	[AD_MAILBOXES] = { .file = "recipients" },
	[TENANT_MAILBOXES] = { .file = "recipients" },
	[TENANT_USERS] = { "users", .path = "/users",
	                   .graph = "Get-MgUser -All" },
	[TENANT_GROUPS] = { "groups", .path = "/groups",
	                    .graph = "Get-MgGroup -All" },
	[TENANT_CONTACTS] = { "contacts", .path = "/contacts",
	                      .graph = "Get-MgContact -All" },
	[TENANT_DELETED_USERS] = {
		"deleted-users",
		.path = "/directory/deletedItems/microsoft.graph.user",
		.graph = "Get-MgDirectoryDeletedItemAsUser -All" },
	[TENANT_DOMAINS] = { "domains", .path = "/domains",
	                     .graph = "Get-MgDomain -All" },
	[TENANT_ORGANIZATION] = { "organization", .path = "/organization",
	                          .graph = "Get-MgOrganization" },
};

/* What the program computes, and what no tool gives by this name. */
static bool
is_exported(const struct reads *r, enum section s)
{
	static const char *const left_out[] = {
		AD_DN, "Enabled", "msDS-ReplAttributeMetaData",
		"replPropertyMetaData",
		/* only of Graph's beta endpoint */
		"onPremisesObjectIdentifier",
		/* Get-ADUser ends where the schema lacks it */
		"msDS-ObjectSoa",
	};

	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		if (strcmp(r->name, left_out[i]) == 0)
			return false;
	return section_set_has(&r->sections, s);
}

static size_t
order_of(enum section s, const struct reads *r)
{
	return section_side(s) == SIDE_AD
		? ad_attr_order(ad_attr_find(r->name))
		: tenant_attr_order(r->name);
}

/* What is read of the section, in the order of the snapshot, into OUT. */
static size_t
list_reads(enum section s, const struct reads **out)
{
	size_t n = 0;

	for (size_t i = 0; i < reads_count(); i++) {
		const struct reads *r = reads_at(i);
		size_t k = n;

		if (!is_exported(r, s))
			continue;
		for (; k > 0 && order_of(s, out[k - 1]) > order_of(s, r); k--)
			out[k] = out[k - 1];
		out[k] = r;
		n++;
	}
	return n;
}

/* Their names, QUOTE around each and JOIN between them. */
static char *
quoted_names(enum section s, const char *join, const char *quote)
{
	const struct reads **list = xcalloc(reads_count(), sizeof(*list));
	size_t n = list_reads(s, list);
	struct buf out = { 0 };

	for (size_t i = 0; i < n; i++)
		buf_addf(&out, "%s%s%s%s", i ? join : "", quote,
		         list[i]->name, quote);
	free(list);
	return buf_detach(&out);
}

static char *
names(enum section s, const char *join)
{
	return quoted_names(s, join, "");
}

/* "contoso.com" of "DC=contoso,DC=com"; the caller frees it. */
static char *
dns_name(const char *domain)
{
	struct buf out = { 0 };

	if (domain)
		dn_domain(&out, domain);
	return out.len ? buf_detach(&out) : xstrdup("example.com");
}

static const char *
base_of(const char *domain)
{
	return domain ? domain : "DC=example,DC=com";
}

static void
add_ldapsearch(struct buf *out, enum section s, const char *domain)
{
	struct wrap w = wrap_begin(out, INDENT, WRAP_SHELL);
	char *dns = dns_name(domain), *list = names(s, " ");
	char *text = xasprintf("ldapsearch -x -H ldaps://%s -D \"$USER@%s\" "
	                       "-W -E pr=1000/noprompt -b '%s' '%s' %s > "
	                       "%s.ldif", dns, dns, base_of(domain),
	                       exports[s].filter, list, exports[s].file);

	wrap_words(&w, text);
	wrap_end(&w);
	free(text);
	free(list);
	free(dns);
}

/* One line: neither cmd nor PowerShell goes on within quotes. */
static void
add_windows(struct buf *out, enum section s, const char *domain,
            const char *program, const char *suffix)
{
	char *list = names(s, ",");

	buf_addf(out, "%*s%s -u -f %s.%s -d \"%s\" -r \"%s\" -l \"%s\"\n",
	         INDENT, "", program, exports[s].file, suffix,
	         base_of(domain), exports[s].filter, list);
	free(list);
}

/* What Export-Csv would write as the name of a type. */
static const struct {
	const char *name, *value;
} computed[] = {
	{ "proxyAddresses", "$_.proxyAddresses -join ';'" },
	{ "member", "$_.member -join ';'" },
	{ "EmailAddresses", "$_.EmailAddresses -join ';'" },
	{ "mS-DS-ConsistencyGuid", "if ($_.'mS-DS-ConsistencyGuid') { "
	  "[guid]$_.'mS-DS-ConsistencyGuid'}" },
	{ "userCertificate", "($_.userCertificate | ForEach-Object { "
	  "[Convert]::ToBase64String($_)}) -join ';'" },
	{ "userSMIMECertificate", "($_.userSMIMECertificate | ForEach-Object "
	  "{ [Convert]::ToBase64String($_)}) -join ';'" },
	{ "whenCreated",
	  "$_.whenCreated.ToUniversalTime().ToString('yyyyMMddHHmmss.0Z')" },
};

static const char *
value_of(const char *name)
{
	for (size_t i = 0; i < sizeof(computed) / sizeof(computed[0]); i++)
		if (strcmp(computed[i].name, name) == 0)
			return computed[i].value;
	return NULL;
}

/* "name," or "@{n='name';e={...}},", which is broken only if it is long. */
static void
add_column(struct wrap *w, const char *name, const char *end)
{
	enum { LONG = 70 };
	const char *value = value_of(name);
	char *text = value ? xasprintf("@{n='%s';e={%s}}%s", name, value, end)
	                   : xasprintf("%s%s", name, end);

	if (value && strlen(text) > LONG) {
		free(text);
		text = xasprintf("@{n='%s'; e={%s}}%s", name, value, end);
		wrap_words(w, text);
	} else {
		wrap_word(w, text);
	}
	free(text);
}

static void
add_columns(struct wrap *w, enum section s)
{
	const struct reads **list = xcalloc(reads_count(), sizeof(*list));
	size_t n = list_reads(s, list);

	for (size_t i = 0; i < n; i++)
		add_column(w, list[i]->name, ",");
	free(list);
}

static void
add_export_csv(struct wrap *w, const char *file)
{
	char *text = xasprintf("| Export-Csv %s.csv -NoTypeInformation "
	                       "-Encoding UTF8", file);

	wrap_words(w, text);
	wrap_end(w);
	free(text);
}

/*
 * "-Properties *": a name that the schema does not have, as Exchange's where
 * there is none, would end the command.
 */
static void
add_ad_powershell(struct buf *out, enum section s)
{
	struct wrap w = wrap_begin(out, INDENT, WRAP_POWERSHELL);

	wrap_words(&w, exports[s].ad);
	wrap_words(&w, "-Properties * | Select-Object DistinguishedName,");
	add_columns(&w, s);
	wrap_word(&w, s == AD_USERS ? "Enabled" : "Name");
	add_export_csv(&w, exports[s].file);
}

static void
add_graph(struct buf *out, enum section s)
{
	char *list = names(s, ",");

	buf_addf(out, "%*sGET https://graph.microsoft.com/v1.0%s?$select=%s\n"
	         "%*sand each page that @odata.nextLink leads to\n",
	         INDENT, "", exports[s].path, list, INDENT, "");
	free(list);
}

static void
add_graph_powershell(struct buf *out, enum section s)
{
	struct wrap w = wrap_begin(out, INDENT, WRAP_POWERSHELL);
	char *list = quoted_names(s, ", ", "'"), *text;

	text = xasprintf("$p = %s", list);
	wrap_words(&w, text);
	wrap_end(&w);
	free(text);
	w = wrap_begin(out, INDENT, WRAP_POWERSHELL);
	text = xasprintf("%s -Property $p | Select-Object $p | ConvertTo-Json "
	                 "-Depth 5 | Out-File %s.json -Encoding utf8",
	                 exports[s].graph, exports[s].file);
	wrap_words(&w, text);
	wrap_end(&w);
	free(text);
	free(list);
}

/*
 * Get-EXOMailbox's smallest set of properties has all that addresses need;
 * IsExchangeCloudManaged is documented of Get-Mailbox alone, and not asked for
 * here.
 */
static void
add_exchange(struct buf *out, enum section s)
{
	struct wrap w = wrap_begin(out, INDENT, WRAP_POWERSHELL);
	const char *id = s == TENANT_MAILBOXES ? "ExternalDirectoryObjectId,"
	                                       : "Guid,";

	wrap_words(&w, s == TENANT_MAILBOXES
	           ? "Get-EXOMailbox -ResultSize Unlimited -PropertySets "
	             "Minimum | Select-Object UserPrincipalName,"
	           : "Get-Recipient -ResultSize Unlimited | Select-Object");
	wrap_word(&w, id);
	wrap_words(&w, "DistinguishedName, DisplayName, PrimarySmtpAddress, "
	           "Alias,");
	add_column(&w, "EmailAddresses", "");
	add_export_csv(&w, exports[s].file);
}

static void
add_ad(struct buf *out, enum section s, enum tool tool, const char *domain)
{
	if (tool == TOOL_LDAPSEARCH)
		add_ldapsearch(out, s, domain);
	else if (tool == TOOL_LDIFDE)
		add_windows(out, s, domain, "ldifde", "ldif");
	else if (tool == TOOL_CSVDE)
		add_windows(out, s, domain, "csvde", "csv");
	else
		add_ad_powershell(out, s);
}

bool
again_knows(enum section s)
{
	return exports[s].file != NULL;
}

void
again_add(struct buf *out, enum section s, enum tool tool, const char *domain)
{
	if (s == TENANT_MAILBOXES || s == AD_MAILBOXES)
		add_exchange(out, s);
	else if (section_side(s) == SIDE_AD)
		add_ad(out, s, tool, domain);
	else if (tool == TOOL_GRAPH)
		add_graph(out, s);
	else
		add_graph_powershell(out, s);
}
