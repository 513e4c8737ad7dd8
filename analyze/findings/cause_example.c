/* Commands to copy ("Set-ADUser", "Set-ADObject"). */
#include "analyze/findings/cause_example.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/powershell.h"

static bool
is_list(const char *attribute)
{
	return strcmp(attribute, "proxyAddresses") == 0;
}

/* The cmdlet of AD's that the tool names, first or for want of others. */
static size_t
cmdlet_of(const char *tool, const char **at)
{
	*at = strstr(tool, "Set-AD");
	return *at ? strspn(*at, "abcdefghijklmnopqrstuvwxyz"
	                    "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") : 0;
}

static void
put_pair(struct buf *out, const char *option, const char *attribute,
         const char *value)
{
	buf_addf(out, " %s @{", option);
	powershell_quote(out, attribute);
	buf_addc(out, '=');
	powershell_quote(out, value);
	buf_addc(out, '}');
}

/* Of several in one command the old value goes before the new one comes. */
static void
put_values(struct buf *out, const struct proposed *p)
{
	if (!is_list(p->attribute) && p->new) {
		put_pair(out, "-Replace", p->attribute, p->new);
		return;
	}
	if (!is_list(p->attribute)) {
		buf_adds(out, " -Clear ");
		powershell_quote(out, p->attribute);
		return;
	}
	if (p->old)
		put_pair(out, "-Remove", p->attribute, p->old);
	if (p->new)
		put_pair(out, "-Add", p->attribute, p->new);
}

static bool
can_be_told(const struct finding *f)
{
	const char *at;

	return f->proposed.attribute && (f->guid || f->dn) && f->authority &&
	       strcmp(f->authority, authority_name(AUTHORITY_AD)) == 0 &&
	       f->tool && cmdlet_of(f->tool, &at);
}

void
example_put(struct buf *out, const struct finding *f)
{
	const char *cmdlet;
	size_t len;

	if (!can_be_told(f))
		return;
	len = cmdlet_of(f->tool, &cmdlet);
	for (const struct proposed *p = &f->proposed; p; p = p->and) {
		if (p != &f->proposed)
			buf_addc(out, '\n');
		buf_add(out, cmdlet, len);
		buf_adds(out, " -Identity ");
		powershell_quote(out, f->guid ? f->guid : f->dn);
		if (f->domain) {
			buf_adds(out, " -Server ");
			powershell_quote(out, f->domain);
		}
		put_values(out, p);
		buf_adds(out, " -WhatIf");
	}
}
