/* Objects of AD that stand against taking away the last Exchange server. */
#include "analyze/rules/last_server.h"

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose_guard.h"

static bool
is_of(const struct object *o, int64_t types)
{
	return last_is_of(o->ad.recipient_type, types);
}

/* What tells of the mailbox. */
static void
tell_mailbox(const struct object *o, struct failure *f)
{
	if (!o->ad.recipient_type) {
		f->attribute = "homeMDB";
		return;
	}
	f->attribute = "msExchRecipientTypeDetails";
	f->observed = recipient_type_name(o->ad.recipient_type);
}

/* ---- mailboxes ---- */

/*
 * Of a type that is none of a mailbox the database decides; where types were
 * not asked for it may be the system's.
 */
static bool
is_left(const struct check *c, const struct object *o)
{
	if (recipient_type_is_local(o->ad.recipient_type))
		return true;
	if (o->ad.home_mdb != YES || is_of(o, TYPES_OF_OTHERS))
		return false;
	return o->ad.recipient_type ||
	       (account_kind_of(o) != ACCOUNT_KIND_SYSTEM &&
	        model_covers(check_model(c), AD_USERS, ATTR_RECIPIENT_TYPE));
}

static void
check_mailboxes(struct check *c, const struct object *o)
{
	bool is_built_in = account_is_built_in_administrator(o);
	struct failure f = {
		.severity = check_severity(c),
		.expected = "no mailbox on premises",
	};

	if (!is_left(c, o))
		return;
	tell_mailbox(o, &f);
	/* Of a linked mailbox its master has it only from there. */
	if (object_giver_of(o, f.attribute))
		return;
	f.message = check_textf(c, "%s has a mailbox on premises%s",
	                        object_label(o), is_built_in
	                        ? ", as the built-in administrator" : "");
	/* Setup gave it to him: nobody needs it. */
	if (is_built_in) {
		f.fix = "Disable the mailbox of the built-in administrator "
		        "(Disable-Mailbox): it is not to be moved.";
		f.shared = (struct shared_cause){
			"built-in", "Mailboxes of built-in administrators",
			f.fix
		};
	}
	check_fail(c, o, &f);
}

static void
check_archives(struct check *c, const struct object *o)
{
	if (!o->ad.archive_database ||
	    object_giver_of(o, "msExchArchiveDatabaseLink"))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "msExchArchiveDatabaseLink",
		.observed = o->ad.archive_database,
		.expected = "no archive on premises",
		.message = check_textf(c, "%s has an archive on premises",
		                       object_label(o)),
	});
}

/*
 * By its name, where AD has a database of it and no type: what its type is
 * another export may say.
 */
static bool
is_called_system(const struct check *c, const struct object *o)
{
	return !o->ad.recipient_type && o->ad.home_mdb == YES &&
	       account_kind_of(o) == ACCOUNT_KIND_SYSTEM &&
	       model_covers(check_model(c), AD_USERS, ATTR_RECIPIENT_TYPE);
}

static void
check_systems(struct check *c, const struct object *o)
{
	struct failure f = {
		.severity = check_severity(c), .expected = "no mailbox",
		.fix = last_system_fix(o->ad.recipient_type),
		.shared = last_system_cause(o->ad.recipient_type),
	};

	if (!is_of(o, TYPES_OF_SYSTEMS) && !is_called_system(c, o))
		return;
	tell_mailbox(o, &f);
	f.message = check_textf(c, "%s is a mailbox of Exchange itself%s",
	                        object_label(o), o->ad.recipient_type ? ""
	                        : ", by its name: AD has no type of it");
	check_fail(c, o, &f);
}

/* ---- public folders ---- */

static void
check_folders(struct check *c, const struct object *o)
{
	struct failure f = {
		.severity = check_severity(c),
		.expected = "no public folders on premises",
	};

	if (!is_of(o, TYPES_OF_FOLDERS))
		return;
	tell_mailbox(o, &f);
	f.message = check_textf(c, "%s is a mailbox of public folders",
	                        object_label(o));
	check_fail(c, o, &f);
}

/* Their databases, up to Exchange 2010. */
static void
check_databases(struct check *c)
{
	const struct exchange_organization *of = &check_model(c)->organization;

	last_listed_folders(c);
	for (size_t i = 0; i < of->setting_count; i++) {
		const struct exchange_setting *s = &of->settings[i];

		if (s->kind != SETTING_PUBLIC_DATABASE)
			continue;
		check_fail_setting(c, s, &(struct failure){
			.severity = check_severity(c),
			.attribute = "objectClass",
			.observed = "msExchPublicMDB",
			.expected = "no public folders on premises",
			.message = check_textf(c, "%s is a database of public "
			                       "folders", last_label(c, s)),
		});
	}
}

/* ---- remote mailboxes ---- */

/* What the account lacks of a mailbox; NULL: nothing, or it is not known. */
static const char *
twin_lack(const struct check *c, const struct object *o)
{
	const struct model *m = check_model(c);
	const struct account *h = o->links.account;
	bool is_listed = mailbox_list_has(m, recipient_remote_kind(o)) &&
	                 !mailbox_list_is_narrowed(m);

	if (!h)
		return o->links.is_open ? NULL : "has no account in the tenant";
	if (h->mailbox == YES || how_is_name(o->links.how))
		return NULL;
	if (h->mailbox == NO || is_listed)
		return "has none there, as Exchange Online's own list of "
		       "mailboxes says";
	return recipient_remote_kind(o) == ONLINE_USER &&
	       h->mailbox_plan == NO ? "has no license that gives a mailbox"
	                             : NULL;
}

static void
check_twins(struct check *c, const struct object *o)
{
	const char *lack = recipient_is_remote(o) && !check_is_behind(o)
		? twin_lack(c, o) : NULL;

	if (check_is_screening(c) && recipient_is_remote(o))
		lack = "is judged later";
	if (!lack)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "msExchRecipientTypeDetails",
		.observed = recipient_type_name(o->ad.recipient_type),
		.expected = "a mailbox in Exchange Online",
		.message = check_textf(c, "AD says that %s has a mailbox in "
		                       "Exchange Online, but it %s",
		                       object_label(o), lack),
	});
}

/* ---- address policies ---- */

static void
check_policies(struct check *c, const struct object *o)
{
	/* Those of Exchange's own mailboxes nobody gives anew. */
	if (account_kind_of(o) == ACCOUNT_KIND_SYSTEM ||
	    policy_applies(check_model(c), o) != YES)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "msExchPoliciesIncluded",
		.expected = "EmailAddressPolicyEnabled False",
		.message = check_textf(c, "an email address policy of Exchange "
		                       "on-premises gives %s its "
		                       "addresses", object_label(o)),
	});
}

static const struct rule rules[] = {
	{
		.id = "exchange-mailboxes-moved",
		LAST_OBJECT_ROW, .kinds = KIND_BIT(KIND_USER),
		.each_attr = ATTRS(ATTR_RECIPIENT_TYPE, ATTR_HOME_MDB),
		.check = check_mailboxes, .check_tenant = last_listed_mailboxes,
		.title = "Mailbox on premises, which needs its server",
		.why = "As long as anyone has a mailbox on premises, in scope "
		       "or not, enabled or not, a server has to hold it.",
		.fix = "Move the mailbox with a migration batch or a remote "
		       "move (New-MoveRequest -Remote), or, where no one needs "
		       "it, disable it (Disable-Mailbox).",
		.source = DOC_DECOMMISSION,
	},
	{
		.id = "exchange-archives-moved",
		LAST_OBJECT_ROW, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_ARCHIVE_DATABASE),
		.check = check_archives,
		.title = "Archive on premises, which needs its server",
		.why = "An archive can stay on premises when its mailbox has "
		       "moved: it is in a database of a server. An archive in "
		       "the cloud has msExchArchiveGUID alone.",
		.fix = "Move the archive (New-MoveRequest -Remote "
		       "-ArchiveOnly), or disable it (Disable-Mailbox "
		       "-Archive).",
		.source = DOC_DECOMMISSION,
	},
	{
		.id = "exchange-public-folders-moved",
		LAST_SERVER_ROW, .side = SIDE_AD, .of_systems = true,
		.moot = last_moot, .replica = REPLICA_TOLD,
		.kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_RECIPIENT_TYPE),
		.check = check_folders, .check_tenant = check_databases,
		.lacks = last_folders_lack,
		.title = "Public folders on premises, which need their server",
		.why = "Mailboxes or databases of public folders hold them on "
		       "premises, whoever's mailboxes have moved.",
		.fix = "Migrate the public folders to Exchange Online, or, "
		       "where no one needs them, remove them, and then their "
		       "mailboxes or databases.",
		.source = DOC_DECOMMISSION,
	},
	{
		.id = "exchange-remote-mailbox-twins",
		LAST_SERVER_ROW, .side = SIDE_AD, .moot = last_moot,
		.replica = REPLICA_TOLD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_RECIPIENT_TYPE),
		.sections = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_FORECAST | NEED_MATCH_IN_PART | NEED_ONLINE |
		         NEED_JOINED,
		.check = check_twins, .lacks = last_twins_lack,
		.title = "Remote mailbox that Exchange Online does not have",
		.why = "What AD calls a remote mailbox has to be one in "
		       "Exchange Online: once no server is left, nothing on "
		       "premises makes, moves or repairs it.",
		.fix = "Check what became of the mailbox (Get-Mailbox "
		       "-SoftDeletedMailbox in Exchange Online, license, "
		       "synchronization). If there is to be none, in AD, make "
		       "it a mail user or clear mail (Disable-RemoteMailbox).",
		.source = DOC_DECOMMISSION,
		.confidence = CONFIDENCE_DERIVED,
	},
	{
		.id = "exchange-system-mailboxes",
		LAST_OBJECT_ROW, .kinds = KIND_BIT(KIND_USER),
		.each_attr = ATTRS(ATTR_RECIPIENT_TYPE, ATTR_HOME_MDB),
		.check = check_systems, .check_tenant = last_listed_systems,
		.title = "Mailbox of Exchange itself",
		.why = "Arbitration, discovery, health and audit mailboxes do "
		       "not have to move, but setup does not uninstall a "
		       "server that holds arbitration mailboxes, and what is "
		       "left of them stays in AD.",
		.fix = "Before the last step, disable those that setup names "
		       "(Get-Mailbox -Arbitration | Disable-Mailbox "
		       "-Arbitration -DisableLastArbitrationMailboxAllowed); "
		       "where the server is only shut down they may stay.",
		.source = DOC_DECOMMISSION,
	},
	{
		.id = "exchange-address-policies",
		LAST_OBJECT_ROW, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_POLICIES_IN, ATTR_POLICIES_OUT),
		.check = check_policies,
		.title = "Recipient whose addresses come from a policy on "
		         "premises",
		.why = "Without a server nothing applies email address "
		       "policies any more: recipients that relied on them get "
		       "no addresses.",
		.fix = "Say who gives new recipients their addresses from "
		       "then on, and switch the policy off for the recipient "
		       "(-EmailAddressPolicyEnabled $false).",
		.source = DOC_POLICIES,
	},
};

const struct family last_object_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
