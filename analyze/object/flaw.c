/* What is wrong with addresses, sign-in names and aliases. */
#include <ctype.h>
#include <string.h>

#include "analyze/object/common_value.h"
#include "analyze/object/flaw_texts.h"
#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/invisible_text.h"
#include "base/utf8.h"

/* PREP; RFC 5321, 4.5.3.1. */
enum {
	ADDRESS_MOST = 256, DOMAIN_MOST = 255, UPN_MOST = 113,
	UPN_DOMAIN_MOST = 48,
};

const char address_replaced[] = "`|=?/%";
const char address_refused[] = "<>();,[]\"";
const char alias_refused[] = "\\<>();:,[]\"@";
const char upn_signs[] = "'-_!#^~";

const char flaw_sign[] = "has a character that is not allowed in an address";
const char flaw_domain_sign[] = "has a character in its domain that is not "
                                "allowed in a domain";
const char flaw_domain_outside[] = "has a non-ASCII character in its domain";
const char flaw_outside[] = "has a non-ASCII character before the @";
const char flaw_name_sign[] = "has a character that is not allowed in a UPN";
const char flaw_name_outside[] = "has a non-ASCII character";
const char flaw_name_domain_sign[] = "has a character after the @ that is not "
                                     "allowed in a domain";
const char flaw_name_domain_outside[] = "has a non-ASCII character after the "
                                        "@";
const char flaw_alias_sign[] = "has a character that is not allowed in an "
                               "alias";

bool
address_is_replaced(const char *address)
{
	for (; *address && *address != '@'; address++)
		if (!is_plain(*address) && strchr(address_replaced, *address))
			return strchr(address, '@') != NULL;
	return false;
}

/* ---- what nobody sees ---- */

static const char *
unseen_fault(const char *text)
{
	if (invisible_all(text))
		return "shows nothing at all";
	if (invisible_at_edge(text))
		return "begins or ends with a space or an invisible "
		       "character";
	return strchr(text, ' ') && !invisible_any(text)
		? "has a space (U+0020) in it"
		: "has an invisible character in it";
}

/* The value as it is seen: TEXT itself, or without all else in HOLD. */
static const char *
as_seen(const char *text, struct buf *hold, struct flaws *out)
{
	*out = (struct flaws){ { NULL } };
	if (!invisible_or_space(text))
		return text;
	out->of[FLAW_UNSEEN] = unseen_fault(text);
	buf_adds(hold, "");
	invisible_remove(hold, text);
	return hold->data;
}

/* Whether there is one; what is empty without what nobody sees has no more. */
static bool
end(struct buf *hold, const char *seen, struct flaws *out)
{
	bool any = false;

	if (!*seen && out->of[FLAW_UNSEEN])
		out->of[FLAW_FORM] = NULL;
	for (int i = 0; i < FLAW_COUNT; i++)
		any = any || out->of[i];
	buf_release(hold);
	return any;
}

/* ---- addresses ---- */

/* Of a letter outside ASCII, which an internationalized domain has. */
static bool
is_idn(char c)
{
	return (unsigned char)c >= 0x80;
}

static const char *
label_fault(const char *label, size_t len)
{
	if (!len)
		return "has an empty part in its domain";
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)label[i]) && label[i] != '-' &&
		    !is_idn(label[i]))
			return flaw_domain_sign;
	return label[0] == '-' || label[len - 1] == '-'
		? "has a part of its domain that begins or ends with a hyphen"
		: NULL;
}

static const char *
domain_fault(const char *domain)
{
	if (!*domain)
		return "has no domain after the @";
	if (!strchr(domain, '.'))
		return "has a domain without a dot";
	if (domain[strlen(domain) - 1] == '.')
		return "has a domain that ends in a dot";
	for (const char *p = domain;; p++) {
		size_t len = strcspn(p, ".");
		const char *fault = label_fault(p, len);

		if (fault || !p[len])
			return fault;
		p += len;
	}
}

static const char *
address_form(const char *address)
{
	const char *at = strchr(address, '@');

	if (!*address)
		return "is empty";
	if (strpbrk(address, address_refused))
		return flaw_sign;
	if (!at)
		return "has no @";
	if (strchr(at + 1, '@'))
		return "has more than one @";
	if (strchr(address, ':'))
		return "has a second colon";
	if (at == address)
		return "has nothing before the @";
	if (address[0] == '.' || at[-1] == '.' || strstr(address, ".."))
		return "has a dot at the start or end, or two in a row";
	return domain_fault(at + 1);
}

static const char *
idn_fault(const char *address)
{
	const char *domain = address_domain(address);

	return domain && !utf8_is_ascii(domain, strlen(domain))
		? flaw_domain_outside : NULL;
}

static const char *
letter_fault(const char *address)
{
	size_t local = strcspn(address, "@");

	return address[local] && !utf8_is_ascii(address, local)
		? flaw_outside : NULL;
}

/* Units before the @; of what has none, 0. */
static size_t
local_units(const char *text)
{
	const char *at = strchr(text, '@');

	return at ? utf8_units(text) - utf8_units(at) : 0;
}

static const char *
address_part(const char *address)
{
	const char *domain = address_domain(address);

	if (local_units(address) > LOCAL_MOST)
		return "has more than 64 characters before the @";
	if (domain && utf8_is_longer(domain, DOMAIN_MOST))
		return "has more than 255 characters after the @";
	for (const char *p = domain; p && *p; p += strspn(p, ".")) {
		size_t len = strcspn(p, ".");

		if (len > LABEL_MOST)
			return "has a part of more than 63 characters in its "
			       "domain";
		p += len;
	}
	return NULL;
}

/* What is wrong with what is seen. */
static void
judge_address(const char *seen, struct flaws *out)
{
	out->of[FLAW_FORM] = address_form(seen);
	out->of[FLAW_LETTER] = letter_fault(seen);
	out->of[FLAW_IDN] = out->of[FLAW_FORM] ? NULL : idn_fault(seen);
	if (utf8_is_longer(seen, ADDRESS_MOST))
		out->of[FLAW_LENGTH] = "has more than 256 characters";
	else
		out->of[FLAW_PART] = address_part(seen);
}

bool
address_flaws(const char *address, struct flaws *out)
{
	struct buf hold = { 0 };
	const char *seen;

	if (address_is_common(address)) {
		*out = (struct flaws){ { NULL } };
		return false;
	}
	seen = as_seen(address, &hold, out);
	judge_address(seen, out);
	return end(&hold, seen, out);
}

/* ---- values with a prefix ---- */

/* Inside, a blank belongs there: "X500:/o=Org A". */
static void
judge_other(const char *value, const char *seen, struct flaws *out)
{
	if (!invisible_any(value) && !invisible_at_edge(value))
		out->of[FLAW_UNSEEN] = NULL;
	if (utf8_units(address_body(seen)) > ADDRESS_MOST)
		out->of[FLAW_LENGTH] = "has more than 256 characters";
}

bool
proxy_flaws(const char *value, struct flaws *out)
{
	struct buf hold = { 0 };
	const char *seen;

	if (address_type(value) <= ADDRESS_SECONDARY &&
	    address_is_common(address_body(value))) {
		*out = (struct flaws){ { NULL } };
		return false;
	}
	seen = as_seen(value, &hold, out);
	switch (address_type(seen)) {
	case ADDRESS_MALFORMED:
		out->of[FLAW_FORM] = "has no prefix such as SMTP:";
		break;
	case ADDRESS_OTHER:
		judge_other(value, seen, out);
		break;
	default:
		judge_address(address_body(seen), out);
		break;
	}
	return end(&hold, seen, out);
}

bool
target_flaws(const char *value, struct flaws *out)
{
	bool any = proxy_flaws(value, out);

	if (out->of[FLAW_FORM] || !strchr(value, '\\') ||
	    address_type(value) > ADDRESS_SECONDARY)
		return any;
	out->of[FLAW_FORM] = "has a \\ in it";
	return true;
}

/* ---- sign-in names ---- */

static const char *
upn_character_fault(char c)
{
	if (is_plain(c) || (c && strchr(upn_signs, c)))
		return NULL;
	return c & 0x80 ? flaw_name_outside : flaw_name_sign;
}

static const char *
upn_form(const char *upn)
{
	const char *at = strchr(upn, '@');

	if (!at || at == upn)
		return at ? "has nothing before the @" : "has no @";
	if (strchr(at + 1, '@'))
		return "has more than one @";
	for (const char *p = upn; p < at; p++)
		if (upn_character_fault(*p))
			return upn_character_fault(*p);
	for (const char *p = at + 1; *p; p++)
		if (*p & 0x80)
			return flaw_name_domain_outside;
		else if (!isalnum((unsigned char)*p) && *p != '.' && *p != '-')
			return flaw_name_domain_sign;
	if (!at[1])
		return "has no domain after the @";
	if (*upn == '.' || at[-1] == '.' || strstr(upn, "..") ||
	    at[1] == '.' || upn[strlen(upn) - 1] == '.')
		return "has a dot at the start or end, before or after the @, "
		       "or two in a row";
	return at[1] == '-' || upn[strlen(upn) - 1] == '-' ||
	       strstr(at, ".-") || strstr(at, "-.")
		? "has a part of its domain that begins or ends with a hyphen"
		: NULL;
}

bool
upn_flaws(const char *upn, struct flaws *out)
{
	struct buf hold = { 0 };
	const char *seen, *domain;

	if (address_is_common(upn) &&
	    strlen(address_domain(upn)) <= UPN_DOMAIN_MOST) {
		*out = (struct flaws){ { NULL } };
		return false;
	}
	seen = as_seen(upn, &hold, out);
	domain = address_domain(seen);
	out->of[FLAW_FORM] = upn_form(seen);
	if (local_units(seen) > LOCAL_MOST)
		out->of[FLAW_LENGTH] = "has more than 64 characters before "
		                       "the @";
	else if (utf8_is_longer(seen, UPN_MOST))
		out->of[FLAW_LENGTH] = "has more than 113 characters";
	else if (domain && utf8_is_longer(domain, UPN_DOMAIN_MOST))
		out->of[FLAW_PART] = "has more than 48 characters after the @";
	return end(&hold, seen, out);
}

/* ---- aliases ---- */

/* U+00A1 to U+00FF in UTF-8, which an alias may have. */
static bool
is_latin(const char *text)
{
	unsigned char a = (unsigned char)text[0], b = (unsigned char)text[1];

	return (a == 0xC2 && b >= 0xA1) || a == 0xC3;
}

/*
 * Letters, digits, ! # % * + - / = ? ^ _ ~, quoted also $ & ' ` { } |, and
 * U+00A1 to U+00FF; Connect refuses &.
 */
static const char *
alias_form(const char *alias)
{
	size_t len = strlen(alias);

	if (len && (alias[0] == '.' || alias[len - 1] == '.' ||
	            strstr(alias, "..")))
		return "begins or ends with a dot, or has two in a row";
	if (strchr(alias, '&'))
		return "has an &, which is not synchronized";
	for (; *alias; alias += is_latin(alias) ? 2 : 1)
		if ((*alias & 0x80 && !is_latin(alias)) ||
		    strchr(alias_refused, *alias))
			return flaw_alias_sign;
	return NULL;
}

bool
alias_flaws(const char *alias, struct flaws *out)
{
	struct buf hold = { 0 };
	const char *seen;

	if (alias_is_common(alias)) {
		*out = (struct flaws){ { NULL } };
		return false;
	}
	seen = as_seen(alias, &hold, out);
	out->of[FLAW_FORM] = alias_form(seen);
	if (utf8_is_longer(seen, ALIAS_MOST))
		out->of[FLAW_LENGTH] = "has more than 64 characters";
	return end(&hold, seen, out);
}

/* ---- objects, and what the forecast asks ---- */

bool
object_has_flaws(const struct object *o)
{
	struct flaws f;

	if ((o->upn && upn_flaws(o->upn, &f)) ||
	    (o->mail && address_flaws(o->mail, &f)) ||
	    (o->target && target_flaws(o->target, &f)) ||
	    (o->mail_nickname && alias_flaws(o->mail_nickname, &f)))
		return true;
	for (size_t i = 0; i < o->proxy_count; i++)
		if (proxy_flaws(o->proxies[i], &f))
			return true;
	return false;
}

static const char *
first_of(const struct flaws *f, enum flaw end_at)
{
	for (int i = 0; i < (int)end_at; i++)
		if (f->of[i])
			return f->of[i];
	return NULL;
}

const char *
address_fault(const char *address)
{
	struct flaws f;

	return address_flaws(address, &f) ? first_of(&f, FLAW_IDN) : NULL;
}

const char *
upn_fault(const char *upn)
{
	struct flaws f;

	return upn_flaws(upn, &f) ? first_of(&f, FLAW_PART) : NULL;
}

const char *
alias_fault(const char *alias)
{
	struct flaws f;

	return alias_flaws(alias, &f) ? first_of(&f, FLAW_COUNT) : NULL;
}
