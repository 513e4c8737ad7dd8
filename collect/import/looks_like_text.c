/* Text that is no export: pages, errors, scripts, what was printed to read. */
#include "collect/import/looks_like.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"

#define WANT_FILE "want the file itself, as LDIF, CSV or JSON"
#define WANT_OUTPUT "want what it writes"
#define WANT_EXPORT "fix that, export again, and import what is written then"

enum {
	QUOTE_MAX = 120,         /* bytes of the file's own words */
	NAME_MAX_BYTES = 48,     /* of a column or a property */
	SHOWN_MAX = 6,           /* columns */
	COLUMNS_MAX = 1000,
};

/* How a text begins, and what stands in its beginning; without case. */
struct text_look {
	const char *starts;      /* NULL: anything */
	const char *within;      /* NULL: nothing else */
	const char *what;
};

/* Those that have names of columns as exports have, or dn: within. */
static const struct text_look others[] = {
	{ "distinguishedname,commonname,objectclass,attribute,error", NULL,
	  "is IdFix's list of errors, which lacks what is right; want an "
	  "export of the directory: run ldifde -f ad.ldif" },
	{ "rule,severity,status,class,dn", NULL,
	  "is findings.csv, a report of syncscope; want the export that was "
	  "judged" },
	{ "dn,guid,class,sAMAccountName,userPrincipalName,inScope", NULL,
	  "is forecast.csv, a report of syncscope; want the export that was "
	  "judged" },
};

static const struct text_look texts[] = {
	{ "<", "login.microsoftonline.com",
	  "is a web page that asks to sign in; sign in, download again, and "
	  WANT_FILE },
	{ "<", "<title>sign in",
	  "is a web page that asks to sign in; sign in, download again, and "
	  WANT_FILE },
	{ "<!doctype html", NULL, "is a web page; " WANT_FILE },
	{ "<html", NULL, "is a web page; " WANT_FILE },
	{ "<", "<html", "is a web page; " WANT_FILE },
	{ "<", "<ma-data",
	  "is of the sync server's configuration; give its folder to analyze "
	  "--scope" },
	{ "<", "<synchronizationrule",
	  "is of the sync server's configuration; give its folder to analyze "
	  "--scope" },
	{ "<", "<saved-mv-configuration",
	  "is of the sync server's configuration; give its folder to analyze "
	  "--scope" },
	{ "<", "<objs ",
	  "is what Export-Clixml writes; export with Export-Csv -Encoding "
	  "utf8" },
	{ "<", "<dsml", "is DSML; export as LDIF, with ldifde or ldapsearch" },
	{ "<", "<event", "is an event log as XML; " WANT_FILE },
	{ "<#", NULL, "is a script; " WANT_OUTPUT },
	{ "<?php", NULL, "is a script; " WANT_OUTPUT },
	{ "<", NULL, "is XML of a kind that is no export; " WANT_FILE },
	{ "#!", NULL, "is a script; " WANT_OUTPUT },
	{ "#requires", NULL, "is a script; " WANT_OUTPUT },
	{ "param(", NULL, "is a script; " WANT_OUTPUT },
	{ "function ", NULL, "is a script; " WANT_OUTPUT },
	{ "import-module ", NULL, "is a script; " WANT_OUTPUT },
	{ "get-ad", "|", "is a script; " WANT_OUTPUT },
	{ "get-mg", "|", "is a script; " WANT_OUTPUT },
	{ "get-exo", "|", "is a script; " WANT_OUTPUT },
	{ "@echo off", NULL, "is a script; " WANT_OUTPUT },
	{ "connecting to \"", NULL,
	  "is what ldifde or csvde printed while it worked; want the file that "
	  "it wrote, which -f names" },
	{ "**********************", NULL,
	  "is a transcript of PowerShell; " WANT_OUTPUT },
	{ "windows registry editor", NULL, "is a registry file; " WANT_FILE },
	{ "begin:vcard", NULL, "is a list of contacts as vCard; " WANT_FILE },
	{ "begin:vcalendar", NULL, "is a calendar; " WANT_FILE },
	{ "received: ", NULL, "is a mail; want the file attached to it" },
	{ "return-path: ", NULL, "is a mail; want the file attached to it" },
	{ "adfind v", NULL,
	  "is what AdFind prints for people; run it again with -csv" },
	{ "\"CN=", "DC=",
	  "looks like dsquery's list of names, without attributes; run "
	  "ldifde -f ad.ldif" },
};

/* Which cmdlet printed an object, by a property that only it has. */
static const struct {
	const char *property, *cmdlet;
} cmdlets[] = {
	{ "RecipientTypeDetails", "Get-Mailbox" },
	{ "PrimarySmtpAddress", "Get-Mailbox" },
	{ "GroupScope", "Get-ADGroup" },
	{ "DistinguishedName", "Get-ADUser" },
	{ "SamAccountName", "Get-ADUser" },
	{ "ImmutableId", "Get-AzureADUser" },
	{ "UserPrincipalName", "Get-MgUser" },
};

static bool
starts_with(const char *text, const char *word)
{
	return strncasecmp(text, word, strlen(word)) == 0;
}

static const char *
next_line(const char *p)
{
	p = strchr(p, '\n');
	return p ? p + 1 : NULL;
}

static size_t
line_length(const char *p)
{
	return strcspn(p, "\r\n");
}

/* The first line, as far as a sentence bears it. */
static int
quotable(const char *p)
{
	size_t len = line_length(p);

	if (len <= QUOTE_MAX)
		return (int)len;
	/* Not through a character of several bytes. */
	len = QUOTE_MAX;
	while (len > 0 && ((unsigned char)p[len] & 0xc0) == 0x80)
		len--;
	return (int)len;
}

/* The name of a property or attribute that begins at P, or 0. */
static size_t
name_length(const char *p)
{
	size_t n = 0;

	while (isalnum((unsigned char)p[n]) || (n && strchr("-_.;", p[n]) &&
	                                        p[n]))
		n++;
	return isalpha((unsigned char)p[0]) && n <= NAME_MAX_BYTES ? n : 0;
}

/* "Get-ADUser : Cannot find an object with ..."; in version 7 without blank. */
static bool
is_cmdlet_error(const char *p)
{
	size_t n = name_length(p);
	const char *dash = memchr(p, '-', n);

	if (!n || !dash || !isupper((unsigned char)p[0]) ||
	    !isupper((unsigned char)dash[1]))
		return false;
	p += n;
	p += *p == ' ';
	return p[0] == ':' && p[1] == ' ';
}

/* What programs print instead of an answer; quoted, for it says what to do. */
static char *
look_error(const char *text)
{
	static const char *const starts[] = {
		"ldap_", "ldapsearch:", "curl: (", "az: error", "error:",
		"the term '", "traceback (most",
	};
	bool is = is_cmdlet_error(text) ||
	          (strstr(text, "CategoryInfo") &&
	           strstr(text, "FullyQualifiedErrorId"));

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		is = is || starts_with(text, starts[i]);
	return is ? xasprintf("is an error message (%.*s), no export; "
	                      WANT_EXPORT, quotable(text), text) : NULL;
}

/* Where the colon of "Name      : value" stands, or 0. */
static size_t
list_colon(const char *p)
{
	size_t n = name_length(p), colon = n + strspn(p + n, " ");

	return n && colon > n && p[colon] == ':' ? colon : 0;
}

static const char *
cmdlet_of(const char *text)
{
	for (size_t i = 0; i < sizeof(cmdlets) / sizeof(cmdlets[0]); i++)
		if (strstr(text, cmdlets[i].property))
			return cmdlets[i].cmdlet;
	return "PowerShell's output";
}

static char *
printed(const char *text, const char *how)
{
	return xasprintf("looks like %s printed for people, as %s does, which "
	                 "cuts values; pipe it to Export-Csv -Encoding utf8 "
	                 "-NoTypeInformation or to ConvertTo-Json instead",
	                 cmdlet_of(text), how);
}

static char *
look_list(const char *text)
{
	size_t colon = list_colon(text);
	const char *second = next_line(text);

	return colon && second && list_colon(second) == colon
		? printed(text, "Format-List") : NULL;
}

/* "----  --------": the names of columns, underlined. */
static bool
is_underline(const char *p)
{
	size_t len = line_length(p), groups = 0;

	if (strspn(p, "- ") < len)
		return false;
	for (size_t i = 0; i < len; i++)
		groups += p[i] == '-' && (i == 0 || p[i - 1] == ' ');
	return groups > 1;
}

static char *
look_table(const char *text)
{
	const char *second = next_line(text);

	return second && is_underline(second)
		? printed(text, "Format-Table") : NULL;
}

/* "attribute: value" by the line, but no name of an object. */
static char *
look_ldif(const char *text)
{
	const char *second = next_line(text);
	size_t n = name_length(text);
	size_t m = second ? name_length(second) : 0;

	if (!n || text[n] != ':' || !m || second[m] != ':')
		return NULL;
	return xasprintf("looks like LDIF, but does not begin with \"dn:\" (it "
	                 "begins with \"%.*s:\"); export again, with ldifde "
	                 "-f ad.ldif or ldapsearch -LLL", (int)n, text);
}

/* The delimiter that both of the first lines have, and more than others. */
static char
delimiter(const char *text)
{
	static const char candidates[] = ",;\t|";
	const char *second = next_line(text);
	size_t len = line_length(text);
	size_t second_len = second ? line_length(second) : 0;
	char best = '\0';
	size_t most = 0;

	for (const char *c = candidates; *c; c++) {
		size_t n = 0, m = 0;

		for (size_t i = 0; i < len; i++)
			n += text[i] == *c;
		for (size_t i = 0; i < second_len; i++)
			m += second[i] == *c;
		if (n > most && (m >= n || !second)) {
			most = n;
			best = *c;
		}
	}
	return best;
}

/* Appends the columns; their number, or 0 when they are none. */
static size_t
add_columns(struct buf *out, const char *p, char by)
{
	const char stop[] = { by, '\r', '\n', '\0' };
	size_t n = 0;

	for (;; n++) {
		size_t len = strcspn(p, stop), cut = len;
		const char *name = p;

		if (len > 1 && *name == '"' && name[len - 1] == '"') {
			name++;
			cut -= 2;
		}
		/* Prose has commas, too. */
		if (!cut || len > NAME_MAX_BYTES || n > COLUMNS_MAX)
			return 0;
		if (n < SHOWN_MAX)
			buf_addf(out, "%s\"%.*s\"", n ? ", " : "", (int)cut,
			         name);
		if (p[len] != by)
			return n + 1;
		p += len + 1;
	}
}

#define WANT_COLUMNS "want DistinguishedName (Get-ADUser), " \
	"PrimarySmtpAddress (Get-Mailbox), or id and userPrincipalName (the " \
	"tenant's users)"

static char *
look_csv(const char *text)
{
	struct buf out = { 0 };
	char by;
	size_t n;

	while (text && (starts_with(text, "#TYPE ") ||
	                starts_with(text, "sep=")))
		text = next_line(text);
	by = text ? delimiter(text) : '\0';
	if (!by)
		return NULL;
	buf_adds(&out, "is CSV with the columns ");
	n = add_columns(&out, text, by);
	if (!n) {
		buf_release(&out);
		return NULL;
	}
	if (n > SHOWN_MAX)
		buf_addf(&out, " and %zu more", n - SHOWN_MAX);
	buf_adds(&out, ", none of which tells whose it is; " WANT_COLUMNS);
	return buf_detach(&out);
}

/* "UserPrincipalName", and a value by the line. */
static char *
look_column(const char *text)
{
	size_t quote = *text == '"', n = name_length(text + quote);
	const char *second = next_line(text);

	if (!n || n + 2 * quote != line_length(text) || !second ||
	    !line_length(second))
		return NULL;
	return xasprintf("is a list of one column, \"%.*s\", which tells too "
	                 "little; " WANT_COLUMNS, (int)n, text + quote);
}

static bool
fits(const struct text_look *l, const char *text)
{
	return (!l->starts || starts_with(text, l->starts)) &&
	       (!l->within || strcasestr(text, l->within));
}

/* The beginning as a string, without blank lines; the caller frees it. */
static char *
beginning(const char *head, size_t len)
{
	while (len > 0 && isspace((unsigned char)*head)) {
		head++;
		len--;
	}
	return xstrndup(head, len);
}

/* A CSV header as tables have it: without quotes, and by commas. */
static char *
bare_header(const char *text)
{
	struct buf out = { 0 };
	/* JSON is mostly one line, which is to be gone through once. */
	size_t len = line_length(text);

	for (size_t i = 0; i < len; i++)
		if (text[i] != '"')
			buf_addc(&out, strchr(";\t", text[i]) ? ','
			                                      : text[i]);
	buf_adds(&out, "");
	return buf_detach(&out);
}

char *
looks_like_other(const char *head, size_t len)
{
	char *text = beginning(head, len);
	char *what = looks_like_json(text);
	char *header = bare_header(text);

	for (size_t i = 0; !what && i < sizeof(others) / sizeof(others[0]);
	     i++)
		if (fits(&others[i], header))
			what = xstrdup(others[i].what);
	free(header);
	free(text);
	return what;
}

char *
looks_like_text(const char *head, size_t len)
{
	static char *(*const looks[])(const char *text) = {
		look_error, look_list, look_table, look_ldif, look_csv,
		look_column,
	};
	char *text = beginning(head, len);
	char *what = NULL;

	for (size_t i = 0; !what && i < sizeof(texts) / sizeof(texts[0]); i++)
		if (fits(&texts[i], text))
			what = xstrdup(texts[i].what);
	for (size_t i = 0; !what && i < sizeof(looks) / sizeof(looks[0]); i++)
		what = looks[i](text);
	if (!what && !*text)
		what = xstrdup("has nothing but spaces; export it again");
	free(text);
	return what;
}
