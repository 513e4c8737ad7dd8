/* What is said of causes beside their titles. */
#include "analyze/findings/cause_words.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "analyze/findings/authority.h"
#include "analyze/findings/rule_result.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/invisible_text.h"
#include "base/json.h"

/* A container as the place that people know it by. */
static void
put_value(struct buf *out, const char *value)
{
	struct buf domain = { 0 };

	dn_domain(&domain, value);
	if (domain.len)
		dn_canonical(out, value);
	else
		invisible_mark(out, value);
	buf_release(&domain);
}

void
words_put_filled(struct buf *out, const char *text, const char *value)
{
	const char *at;

	while (value && (at = strstr(text, "{}"))) {
		buf_add(out, text, (size_t)(at - text));
		put_value(out, value);
		text = at + 2;
	}
	buf_adds(out, text);
}

/* Names and abbreviations keep their letters: AD, UPN, Exchange. */
static bool
is_name(const char *title)
{
	static const char *const names[] = {
		"Exchange", "Connect", "Entra", "Cloud Sync", "Autodiscover",
		"IdFix", "Microsoft",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strncmp(title, names[i], strlen(names[i])) == 0)
			return true;
	for (const char *p = title + 1; *p && *p != ' '; p++)
		if (isupper((unsigned char)*p))
			return true;
	return false;
}

static void
put_title(struct buf *out, const char *title, const char *value)
{
	size_t from = out->len;

	words_put_filled(out, title, value);
	/* What is shared keeps its case. */
	if (isupper((unsigned char)*title) && !is_name(title))
		out->data[from] = (char)tolower((unsigned char)*title);
	if (value && !strstr(title, "{}")) {
		buf_adds(out, " (");
		put_value(out, value);
		buf_addc(out, ')');
	}
}

void
cause_put_brief(struct buf *out, const struct counted_cause *c,
                const struct rule_result *rule)
{
	const struct cause_brief *b = rule ? rule->brief : NULL;

	if (b && c->value && b->one)
		words_put_filled(out, b->one, c->value);
	else if (b)
		put_title(out, b->all, c->value);
	else if (c->title)
		put_title(out, c->title, c->value);
	else
		put_title(out, rule ? rule->title : c->rule, c->value);
}

/* Behind the sentence that TEXT begins with; what is in quotes is whole. */
static const char *
sentence_end(const char *text)
{
	const char *p = text;

	while ((p = strstr(p, ". "))) {
		if (isupper((unsigned char)p[2]))
			return p + 1;
		p++;
	}
	return text + strlen(text);
}

void
cause_put_steps(struct buf *out, const char *action)
{
	const char *before = "";

	buf_addc(out, '[');
	while (*action) {
		const char *end = sentence_end(action);

		buf_adds(out, before);
		json_put_string(out, action, (size_t)(end - action));
		before = ",";
		action = end + strspn(end, " ");
	}
	buf_addc(out, ']');
}

const char *
cause_owner(const char *authority)
{
	switch (authority_parse(authority)) {
	case AUTHORITY_EXCHANGE_ONLINE:
		return "Exchange Online administrators";
	case AUTHORITY_ENTRA:
		return "Entra administrators";
	case AUTHORITY_NOT_ASSESSED:
		return "AD or Exchange Online administrators";
	default:
		return "AD administrators";
	}
}
