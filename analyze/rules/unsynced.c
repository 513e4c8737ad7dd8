/* Recipients that sync never takes, or only if it is asked to: by domain. */
#include <inttypes.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "base/buf.h"

/* Of a domain that nobody synchronizes, that is no news. */
static bool
is_left_out(const struct domain *d)
{
	return d && (d->unconnected || d->unnamed);
}

static void
count_mailed(struct check *c, const struct object *o)
{
	if (object_is_mail_enabled(o) && !is_left_out(o->domain))
		check_count_object(c, o);
}

static const char *
names_of(struct check *c, const struct counted_objects *n)
{
	struct buf text = { 0 };
	const char *kept;

	for (size_t i = 0; i < n->name_count; i++)
		buf_addf(&text, "%s%s", i ? ", " : "", n->names[i]);
	if (n->count > n->name_count)
		buf_addf(&text, " and %" PRIu64 " more",
		         n->count - n->name_count);
	kept = arena_strdup(check_arena(c), buf_text(&text));
	buf_release(&text);
	return kept;
}

/* What is told of all of a domain as one. */
struct told_as {
	const char *one, *many, *tail, *class;
};

static void
tell(struct check *c, const struct told_as *as)
{
	const struct counted_objects *all;
	size_t n = check_counted(c, &all);

	for (size_t i = 0; i < n; i++) {
		const char *domain = domain_name(all[i].domain);
		bool one = all[i].count == 1;

		check_fail_domain(c, all[i].domain, &(struct failure){
			.severity = check_severity(c),
			.attribute = "objectClass", .observed = as->class,
			.message = check_textf(c, "%s has %" PRIu64 " %s (%s), "
			                       "which %s", domain ? domain
			                       : "AD", all[i].count, one
			                       ? as->one : as->many,
			                       names_of(c, &all[i]), as->tail),
		});
	}
}

static void
tell_dynamic(struct check *c)
{
	static const struct told_as as = {
		"dynamic distribution group with mail",
		"dynamic distribution groups with mail",
		"sync never takes: the tenant does not know the address",
		"msExchDynamicDistributionList",
	};

	tell(c, &as);
}

static void
tell_folders(struct check *c)
{
	static const struct told_as as = {
		"public folder with mail", "public folders with mail",
		"sync takes only if that was chosen in Connect: else the "
		"tenant does not know the address", "publicFolder",
	};

	tell(c, &as);
}

static const struct rule rules[] = {
	{
		.id = "group-dynamic",
		.severity = SEVERITY_INFO,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_DYNAMIC_GROUP),
		.attrs = ATTRS(ATTR_CLASS),
		.any_attr = ATTRS(ATTR_MAIL, ATTR_PROXIES),
		.check = count_mailed, .check_tenant = tell_dynamic,
		.title = "Dynamic distribution groups are not synchronized",
		.why = "No engine synchronizes dynamic distribution groups. "
		       "Users with a mailbox in Exchange Online do not find "
		       "them in the address list, and mail to them goes out by "
		       "the domain's route, or comes back as undeliverable.",
		.fix = "Make a dynamic group of the same address in Exchange "
		       "Online once mailboxes are there, or, until then, a "
		       "mail contact with the address; or a plain group in AD.",
		.source = DOC_CONTACTS, .part = "Groups",
	},
	{
		.id = "public-folder-mail",
		.severity = SEVERITY_INFO,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_FOLDER),
		.attrs = ATTRS(ATTR_CLASS),
		.any_attr = ATTRS(ATTR_MAIL, ATTR_PROXIES),
		.check = count_mailed, .check_tenant = tell_folders,
		.title = "Mail-enabled public folders are not synchronized "
		         "unless chosen",
		.why = "Connect synchronizes mail-enabled public folders only "
		       "if that was chosen among its optional features, and "
		       "Cloud Sync does not. Mail from Exchange Online to a "
		       "folder that the tenant does not know comes back where "
		       "the tenant rejects unknown recipients of the domain.",
		.fix = "If the folders stay on premises, choose Exchange Mail "
		       "Public Folders in Connect, or run "
		       "Sync-MailPublicFolders.ps1; mail-disable folders that "
		       "no one needs (Disable-MailPublicFolder).",
		.source = DOC_DEFAULTS,
	},
};

const struct family unsynced_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
