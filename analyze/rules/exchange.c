/* Servers of Exchange on premises, as AD's configuration names them. */
#include "analyze/model/model.h"
#include "analyze/rules/rule.h"

static const char *
servers_moot(const struct model *m, struct arena *a)
{
	(void)a;
	if (!m->ad_count)
		return "there is no AD";
	for (size_t i = 0; i < m->ad_count; i++)
		if (snapshot_state(m->ad[i], AD_EXCHANGE) != SECTION_COMPLETE)
			return NULL;
	return m->exchange.count ? NULL : "AD names no server of Exchange";
}

static const char *
servers_lack(const struct model *m, struct arena *a)
{
	(void)a;
	for (size_t i = 0; i < m->ad_count; i++)
		if (snapshot_state(m->ad[i], AD_EXCHANGE) != SECTION_COMPLETE)
			return "AD Exchange settings not collected";
	for (size_t i = 0; i < m->exchange.count; i++)
		if (!m->exchange.items[i].has_build)
			return "a server's serialNumber was not collected, or "
			       "is no build";
		else if (!data_exchange(m->data, &m->exchange.items[i].build))
			return "a server's build is of no version that "
			       "exchange-builds.json knows";
	return NULL;
}

/*
 * The last number is that of a security update, which AD does not show: a
 * server whose cumulative update is older is below the floor all the same.
 */
static bool
is_below_floor(const struct exchange_product *p, const struct build *b,
               when_t now)
{
	struct build floor = p->mail_floor.is;

	floor.parts[3] = 0;
	return p->mail_floor.text && now >= p->mail_floor_from &&
	       build_compare(b, &floor) < 0;
}

/* While updates are to be had for money only some are without support. */
static enum severity
how_bad(struct check *c, const struct exchange_product *p)
{
	return p->paid_day &&
	       check_model(c)->as_of < p->paid_until + WHEN_DAY
		? SEVERITY_MEDIUM : check_severity(c);
}

static const char *
tell_support(struct check *c, const struct exchange_product *p)
{
	bool paid = p->paid_day &&
	            check_model(c)->as_of < p->paid_until + WHEN_DAY;

	if (!p->paid_day)
		return check_textf(c, "support ended on %s", p->ends_day);
	return check_textf(c, "support ended on %s%s%s", p->ends_day, paid
	                   ? "; there are updates for money until "
	                   : ", and updates for money on ", p->paid_day);
}

/* With updates for money it is later. */
static when_t
end_of_support(const struct exchange_product *p)
{
	return p->paid_day ? p->paid_until : p->ends;
}

static void
fail_exchange(struct check *c, const struct exchange_server *s,
              const struct exchange_product *p)
{
	const char *floor = is_below_floor(p, &s->build, check_model(c)->as_of)
		? check_textf(c, "; Exchange Online slows down and refuses "
		              "mail from builds below %s since %s",
		              p->mail_floor.text, p->mail_floor_day) : "";

	check_fail_server(c, s, &(struct failure){
		.severity = how_bad(c, p), .attribute = s->told_by,
		.observed = s->told, .key = "",
		.expected = "Exchange Server Subscription Edition, or no "
		            "server",
		.message = check_textf(c, "%s is %s (%u.%u.%u.%u, without "
		                       "security updates, which AD does not "
		                       "show): %s%s", s->name, p->name,
		                       s->build.parts[0], s->build.parts[1],
		                       s->build.parts[2], s->build.parts[3],
		                       tell_support(c, p), floor),
		.deadline = { DEADLINE_EXCHANGE, end_of_support(p) },
		.shared = { p->name, "Servers of {} out of support",
		            "Move to Exchange Server SE, or away from Exchange "
		            "on premises." },
	});
}

static void
check_servers(struct check *c)
{
	const struct model *m = check_model(c);

	for (size_t i = 0; i < m->exchange.count; i++) {
		const struct exchange_server *s = &m->exchange.items[i];
		const struct exchange_product *p = s->has_build
			? data_exchange(m->data, &s->build) : NULL;

		if (p && p->ends_day && m->as_of != WHEN_NONE &&
		    m->as_of >= p->ends + WHEN_DAY)
			fail_exchange(c, s, p);
	}
}

static const struct rule rules[] = {
	{
		.id = "exchange-out-of-support",
		.severity = SEVERITY_HIGH,
		.side = SIDE_TENANT,
		.check_tenant = check_servers, .lacks = servers_lack,
		.moot = servers_moot,
		.title = "Exchange server that is out of support",
		.why = "Exchange 2016 and 2019 get no updates any more since "
		       "2025-10-14, or, where they were paid for, since "
		       "2026-10-31, and Exchange Online takes no mail from "
		       "old builds. A server that only manages recipients is "
		       "as open to attacks as one with mailboxes.",
		.fix = "Move to Exchange Server SE. Where no mailbox is left "
		       "on premises, check whether the last server can go: "
		       "management tools, or attributes in the cloud, take its "
		       "place. The object of a server that is gone already is "
		       "removed from AD.",
		.source = DOC_EXCHANGE_BUILDS,
	},
};

const struct family exchange_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
