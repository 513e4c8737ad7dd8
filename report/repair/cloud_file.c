/*
 * cloud.ps1: what Exchange Online or Entra is the source of authority of, with
 * their own commands. Findings propose values of AD alone, so that mostly
 * people write the new one there.
 */
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "report/repair/files.h"

static const char head[] = {
#include "report/repair/cloud_head.ps1.inc"
};

static const char body[] = {
#include "report/repair/cloud_body.ps1.inc"
};

/* "Set-Mailbox", "Update-MgUser" (Exchange Online PowerShell, Graph's v2). */
enum cloud_class { CLOUD_USER, CLOUD_GROUP, CLOUD_CONTACT, CLOUD_CLASSES };

static const struct {
	const char *class;
	enum cloud_class as;
} classes[] = {
	{ "user", CLOUD_USER }, { "mailbox", CLOUD_USER },
	{ "group", CLOUD_GROUP }, { "contact", CLOUD_CONTACT },
};

static const struct {
	const char *command, *key;
} online[CLOUD_CLASSES] = {
	[CLOUD_USER] = { "Set-Mailbox", "Identity" },
	[CLOUD_GROUP] = { "Set-DistributionGroup", "Identity" },
	[CLOUD_CONTACT] = { "Set-MailContact", "Identity" },
}, entra[CLOUD_CLASSES] = {
	[CLOUD_USER] = { "Update-MgUser", "UserId" },
	[CLOUD_GROUP] = { "Update-MgGroup", "GroupId" },
};

/* By what parameter; NULL: the place has none. */
static const struct {
	const char *attribute, *online, *entra;
} parameters[] = {
	{ "proxyAddresses", "EmailAddresses", NULL },
	{ "mail", "WindowsEmailAddress", NULL },
	{ "mailNickname", "Alias", "MailNickname" },
	{ "displayName", "DisplayName", "DisplayName" },
	{ "targetAddress", "ExternalEmailAddress", NULL },
	{ "userPrincipalName", NULL, "UserPrincipalName" },
	{ "givenName", NULL, "GivenName" }, { "sn", NULL, "Surname" },
};

struct cloud_command {
	const char *command, *key, *parameter;
};

static enum cloud_class
class_of(const struct finding *f)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (f->class && strcmp(classes[i].class, f->class) == 0)
			return classes[i].as;
	return CLOUD_CLASSES;
}

/* Its command is NULL where there is none for it. */
static struct cloud_command
command_of(const struct finding *f, const char *attribute)
{
	bool is_entra = strcmp(f->authority,
	                       authority_name(AUTHORITY_ENTRA)) == 0;
	enum cloud_class as = class_of(f);
	struct cloud_command out = { NULL, NULL, NULL };

	for (size_t i = 0; i < sizeof(parameters) / sizeof(parameters[0]); i++)
		if (ascii_casecmp(parameters[i].attribute, attribute) == 0)
			out.parameter = is_entra ? parameters[i].entra
			                         : parameters[i].online;
	if (as == CLOUD_CLASSES || !out.parameter)
		return out;
	out.command = is_entra ? entra[as].command : online[as].command;
	out.key = is_entra ? entra[as].key : online[as].key;
	return out;
}

static bool
is_of_cloud(const struct finding *f)
{
	/* What is of no object, such as a tenant's setting, people change. */
	return f->status == STATUS_OPEN && f->attribute && f->authority &&
	       class_of(f) != CLOUD_CLASSES &&
	       (strcmp(f->authority, authority_name(AUTHORITY_ENTRA)) == 0 ||
	        strcmp(f->authority,
	               authority_name(AUTHORITY_EXCHANGE_ONLINE)) == 0);
}

/* AD's GUIDs are none of the tenant's: there the sign-in name is one. */
static const char *
identity_of(const struct finding *f)
{
	return f->upn ? f->upn : f->guid ? f->guid : f->object;
}

static void
put_row(struct buf *out, const struct finding *f)
{
	struct cloud_command c = command_of(f, f->attribute);
	const struct proposed *p = &f->proposed;
	bool own = p->attribute && strcmp(p->attribute, f->attribute) == 0;

	buf_adds(out, "\t@{\r\n");
	script_put_member(out, "\t\t", "Rule", f->rule);
	script_put_member(out, "\t\t", "Name", finding_label(f));
	script_put_member(out, "\t\t", "Object", identity_of(f));
	script_put_member(out, "\t\t", "Attribute", f->attribute);
	script_put_member(out, "\t\t", "Command", c.command);
	script_put_member(out, "\t\t", "Key", c.key);
	script_put_member(out, "\t\t", "Parameter", c.parameter);
	script_put_member(out, "\t\t", "Fix", f->fix);
	script_put_member(out, "\t\t", "Old", own ? p->old : f->observed);
	script_put_member(out, "\t\t", "New", own ? p->new : NULL);
	buf_adds(out, "\t}\r\n");
}

static int
put_rows(const struct repair_text *t, const struct finding_selector *chosen,
         struct buf *out, uint64_t *count, struct err *err)
{
	struct findings_reader *r = findings_read(t->findings, err);
	struct finding f;
	int rc = r ? 1 : -1;

	while (rc > 0 && (rc = findings_next(r, &f, err)) > 0) {
		if (!is_of_cloud(&f) || !finding_selector_has(chosen, &f))
			continue;
		put_row(out, &f);
		++*count;
	}
	findings_reader_close(r);
	return rc;
}

int
cloud_file_print(const struct repair_text *t,
                 const struct finding_selector *chosen,
                 struct outfile *out, uint64_t *count, struct err *err)
{
	struct buf text = { 0 };
	int rc;

	*count = 0;
	script_put_mark(&text);
	repair_note(&text, "syncscope: changes of what Exchange Online or "
	            "Entra is the source of authority of: AD would take them, "
	            "and they would never reach the tenant");
	repair_head(&text, t);
	script_put_fixed(&text, head, sizeof(head));
	buf_adds(&text, "$Changes = @(\r\n");
	rc = put_rows(t, chosen, &text, count, err);
	buf_adds(&text, ")\r\n");
	script_put_fixed(&text, body, sizeof(body));
	outfile_add(out, text.data, text.len);
	buf_release(&text);
	return rc;
}
