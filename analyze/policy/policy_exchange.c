/*
 * What the policy file says of Exchange on premises: what neither AD nor the
 * tenant shows, and the last server cannot go without.
 */
#include "analyze/policy/policy_exchange.h"

#include "analyze/policy/policy.h"
#include "analyze/policy/policy_value.h"
#include "base/json.h"

static int
read_relay(struct policy_reader *r, const struct json *j)
{
	return policy_yes_no(r, j, &r->p->exchange.relay);
}

static int
read_mail_routing(struct policy_reader *r, const struct json *j)
{
	static const struct policy_word words[] = {
		{ "cloud", MAIL_ROUTING_CLOUD },
		{ "on-premises", MAIL_ROUTING_ON_PREMISES },
		{ 0 }
	};
	int routing;

	if (json_kind(j) == JSON_NULL)
		return 0;
	routing = policy_meaning(r, j, words);
	if (routing < 0)
		return -1;
	r->p->exchange.mail_routing = (enum mail_routing)routing;
	return 0;
}

static int
read_recipient_auditing(struct policy_reader *r, const struct json *j)
{
	return policy_yes_no(r, j, &r->p->exchange.recipient_auditing);
}

static int
read_running(struct policy_reader *r, const struct json *j)
{
	return policy_yes_no(r, j, &r->p->exchange.running);
}

static const struct policy_setting exchange_keys[] = {
	{ "relay", read_relay },
	{ "mailRouting", read_mail_routing },
	{ "recipientAuditing", read_recipient_auditing },
	{ "running", read_running },
	{ 0 }
};

int
policy_read_exchange(struct policy_reader *r, const struct json *j)
{
	return policy_keys(r, exchange_keys, j);
}
