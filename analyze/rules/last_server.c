/*
 * What all rules on the last Exchange server ask first, and what was not read
 * of what they read. Objects are there by then, or may be anything.
 */
#include "analyze/rules/last_server.h"

#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/dn.h"

const char *
last_moot(const struct model *m, struct arena *a)
{
	(void)a;
	if (!m->ad_count)
		return "there is no AD";
	if (organization_is_unseen(m))
		return "nothing of Exchange is to be seen";
	return organization_is_absent(m)
		? "there is no organization of Exchange" : NULL;
}

const char *
last_label(struct check *c, const struct exchange_setting *s)
{
	struct buf name = { 0 };
	const char *out;

	dn_first_value(&name, s->dn);
	out = check_textf(c, "%s", buf_text(&name));
	buf_release(&name);
	return out;
}

const struct exchange_setting *
last_next(const struct model *m, enum setting_kind kind,
          size_t *at)
{
	const struct exchange_organization *o = &m->organization;

	while (*at < o->setting_count)
		if (o->settings[(*at)++].kind == kind)
			return &o->settings[*at - 1];
	return NULL;
}

bool
last_was_asked(const struct exchange_setting *s, const char *attribute)
{
	return snapshot_covers(s->from, AD_EXCHANGE, attribute);
}

const char *
last_lack(const struct model *m, struct arena *a)
{
	return organization_lack(m, a);
}

const char *
last_domains_lack(const struct model *m, struct arena *a)
{
	return organization_domains_lack(m, a);
}

const char *
last_folders_lack(const struct model *m, struct arena *a)
{
	const char *lack = last_domains_lack(m, a);

	if (!lack)
		lack = last_lack(m, a);
	if (lack)
		return lack;
	if (m->organization.folders)
		return "mail-enabled public folders are in AD, but no mailbox "
		       "or database of theirs: they are left over, or live in "
		       "the cloud; see Get-OrganizationConfig, "
		       "PublicFoldersEnabled, on both sides";
	return model_complete(m, AD_OTHER) ? NULL
		: "whether AD has mail-enabled public folders was not read";
}

#define EXPORT_MAILBOXES \
	"export Get-Mailbox -ResultSize Unlimited of Exchange Online"

const char *
last_twins_lack(const struct model *m, struct arena *a)
{
	const char *lack = last_domains_lack(m, a);

	if (lack || mailbox_list_is(m) == MAILBOXES_LISTED)
		return lack;
	if (fact_is(m, FACT_REMOTE_SHARED) != NO)
		return "whether shared mailboxes, rooms and equipment are in "
		       "Exchange Online no license tells: " EXPORT_MAILBOXES;
	return model_covers(m, TENANT_USERS, ATTR_PLANS) ? NULL
		: "who has a mailbox in Exchange Online was not read: "
		  EXPORT_MAILBOXES;
}

#define EXPORT_MANAGED \
	"export Get-Mailbox -ResultSize Unlimited of Exchange Online, with " \
	"IsDirSynced and IsExchangeCloudManaged"

/* Whether the column is there, of all mailboxes that there are. */
const char *
last_managed_lack(const struct model *m, struct arena *a)
{
	(void)a;
	switch (mailbox_list_is(m)) {
	case MAILBOXES_NOT_LISTED:
		return "the mailboxes of Exchange Online were not read: "
		       EXPORT_MANAGED;
	case MAILBOXES_CUT:
		return "the list of mailboxes has exactly 1,000, as many as "
		       "Exchange gives unasked: " EXPORT_MANAGED;
	default:
		break;
	}
	if (mailbox_list_is_narrowed(m) || mailbox_list_is_of_one_kind(m))
		return "the list of mailboxes seems to be of some only: "
		       EXPORT_MANAGED;
	if (!snapshot_covers(m->tenant, TENANT_MAILBOXES,
	                     "IsExchangeCloudManaged"))
		return "the list of mailboxes lacks IsExchangeCloudManaged, "
		       "which is not False: " EXPORT_MANAGED;
	return !m->mailboxes.unsaid ? NULL
		: "the list of mailboxes does not say of all whether AD "
		  "synchronizes them, and who manages them: " EXPORT_MANAGED;
}
