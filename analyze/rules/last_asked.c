/*
 * What no snapshot shows of the last Exchange server, and people have to say
 * ("exchange" of the policy). Who was not asked has said nothing.
 */
#include "analyze/rules/last_server.h"

#include "analyze/model/model.h"
#include "analyze/policy/policy.h"

/* Where nobody was asked there is nothing to judge. */
static const char *
moot_unless(const struct model *m, struct arena *a, enum tristate said,
            const char *question)
{
	const char *moot = last_moot(m, a);

	return moot ? moot : said == UNKNOWN ? question : NULL;
}

static void
fail_answer(struct check *c, const char *key, const char *have,
            const char *want, const char *message)
{
	check_fail_tenant(c, &(struct failure){
		.severity = check_severity(c), .attribute = key,
		.observed = have, .expected = want, .message = message,
	});
}

/* ---- relay ---- */

static const char *
relay_moot(const struct model *m, struct arena *a)
{
	return moot_unless(m, a, m->policy->exchange.relay,
		"no one was asked whether programs and devices send mail "
		"through it: see the message tracking log, and say it in "
		"--policy, \"exchange\": \"relay\"");
}

static void
check_relay(struct check *c)
{
	if (check_model(c)->policy->exchange.relay == YES)
		fail_answer(c, "exchange.relay", "true", "false",
		            "programs or devices send mail through the server, "
		            "as the policy says");
}

/* ---- where mail arrives ---- */

static const char *
routing_moot(const struct model *m, struct arena *a)
{
	enum mail_routing to = m->policy->exchange.mail_routing;

	return moot_unless(m, a, to == MAIL_ROUTING_UNSAID ? UNKNOWN : YES,
		"no one was asked where MX and Autodiscover lead: look at DNS, "
		"and say it in --policy, \"exchange\": \"mailRouting\"");
}

static void
check_routing(struct check *c)
{
	if (check_model(c)->policy->exchange.mail_routing ==
	    MAIL_ROUTING_ON_PREMISES)
		fail_answer(c, "exchange.mailRouting", "on-premises", "cloud",
		            "MX or Autodiscover lead to the server, as the "
		            "policy says");
}

/* ---- who manages recipients, and who asks who did ---- */

static const char *
auditing_moot(const struct model *m, struct arena *a)
{
	return moot_unless(m, a, m->policy->exchange.recipient_auditing,
		"no one was asked whether the admin center on premises, roles "
		"of Exchange or a log of changes of recipients is needed: say "
		"it in --policy, \"exchange\": \"recipientAuditing\"");
}

static void
check_auditing(struct check *c)
{
	if (check_model(c)->policy->exchange.recipient_auditing == YES)
		fail_answer(c, "exchange.recipientAuditing", "true", "false",
		            "the admin center on premises, roles of Exchange "
		            "or a log of changes is needed, as the policy "
		            "says");
}

static const struct rule rules[] = {
	{
		.id = "exchange-no-relay",
		LAST_WHOLE_ROW,
		.check_tenant = check_relay, .moot = relay_moot,
		.title = "Mail is sent through the server",
		.why = "Printers, scanners and programs that send through the "
		       "server stop sending when it goes.",
		.fix = "Let them send through Exchange Online (SMTP client "
		       "submission, direct send, or a connector), or keep a "
		       "relay that is no Exchange.",
		.source = DOC_DECOMMISSION,
	},
	{
		.id = "exchange-mail-routing-cloud",
		LAST_WHOLE_ROW,
		.check_tenant = check_routing, .moot = routing_moot,
		.title = "Mail or Autodiscover lead to the server",
		.why = "What arrives at the server, or asks it where a mailbox "
		       "is, is lost when it goes.",
		.fix = "In DNS, point MX and Autodiscover, inside and outside, "
		       "to Exchange Online, and wait until nothing arrives on "
		       "premises any more.",
		.source = DOC_DECOMMISSION,
	},
	{
		.id = "exchange-no-recipient-auditing",
		LAST_WHOLE_ROW,
		.check_tenant = check_auditing, .moot = auditing_moot,
		.title = "Management of recipients needs the server",
		.why = "The management tools alone have no admin center, no "
		       "roles of Exchange, and log no change of a recipient: "
		       "they are PowerShell for those who may write to AD.",
		.fix = ON_TOOLS_WAY "decide if PowerShell without a log "
		       "is enough; else hand the attributes to Exchange "
		       "Online.",
		.source = DOC_TOOLS,
	},
};

const struct family last_asked_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
