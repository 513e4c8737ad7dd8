/* IdFix's tests of values: lengths, characters, colons. */
#include "analyze/rules/idfix_value.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/dn.h"
#include "base/utf8.h"

/* What a test is; the names of IdFix's own parts are others. */
enum idfix_step {
	STEP_END, STEP_LENGTH, STEP_COLONS, STEP_PERIODS, STEP_CHARACTERS,
	STEP_ADDRESS, STEP_DUPLICATE,
};

static const struct {
	const char *name;
	unsigned limit;
	enum idfix_step steps[IDFIX_TESTS_MAX];
} attributes[IDFIX_ATTRIBUTES] = {
	[IDFIX_DISPLAY_NAME] = { "displayName", 255, { STEP_LENGTH } },
	[IDFIX_GIVEN_NAME] = { "givenName", 63, { STEP_LENGTH } },
	[IDFIX_MAIL] = { "mail", 256, { STEP_LENGTH, STEP_DUPLICATE } },
	[IDFIX_NICKNAME] = { "mailNickname", 64,
		{ STEP_LENGTH, STEP_PERIODS, STEP_DUPLICATE } },
	[IDFIX_PROXIES] = { "proxyAddresses", 256,
		{ STEP_LENGTH, STEP_COLONS, STEP_DUPLICATE, STEP_CHARACTERS,
		  STEP_ADDRESS } },
	[IDFIX_SAM] = { "sAMAccountName", 256,
		{ STEP_LENGTH, STEP_CHARACTERS, STEP_DUPLICATE } },
	[IDFIX_TARGET] = { "targetAddress", 255,
		{ STEP_LENGTH, STEP_COLONS, STEP_DUPLICATE, STEP_CHARACTERS,
		  STEP_ADDRESS } },
	[IDFIX_UPN] = { "userPrincipalName", 113,
		{ STEP_LENGTH, STEP_CHARACTERS, STEP_ADDRESS,
		  STEP_DUPLICATE } },
};

enum { SAM_OF_USER = 20 };

/* What is removed of a value: of ASCII, and of all else by SPACES, UMLAUTS. */
struct characters {
	const char *ascii;
	bool spaces, umlauts;
};

static const struct characters of_upn = {
	"\\%&*+/=?'{}|<>();:,[]\"", .spaces = true, .umlauts = true
};
static const struct characters of_sam = { .ascii = "\\\"|,/[]:<>+=;?*" };
static const struct characters of_x400 = { .ascii = "\f\n\r\t\v[]\"'" };
/* Of proxyAddresses and targetAddress: others, and those with "smtp:". */
static const struct characters of_proxies[] = {
	{ "<>(),[]\"", .spaces = true }, { "<>();,[]\"", .spaces = true },
};
static const struct characters of_target[] = {
	{ "\\<>(),[]\"", .spaces = true }, { "\\<>();,[]\"", .spaces = true },
};

const char *
idfix_attribute_name(enum idfix_attribute a)
{
	return attributes[a].name;
}

unsigned
idfix_limit(const struct idfix_value *v)
{
	return v->of == IDFIX_SAM && v->o->kind == KIND_USER &&
	       v->o->ad.inet_org_person != YES ? SAM_OF_USER
	                                       : attributes[v->of].limit;
}

void
idfix_begin(struct idfix_value *v, const struct object *o,
            enum idfix_attribute of, const char *value)
{
	*v = (struct idfix_value){ .o = o, .of = of, .was = value };
	if (value)
		buf_adds(&v->now, value);
}

void
idfix_release(struct idfix_value *v)
{
	buf_release(&v->now);
}

void
idfix_found(struct idfix_value *v, unsigned errors)
{
	if (errors)
		v->found[v->found_count++] = errors;
}

bool
idfix_has(const struct idfix_value *v, enum idfix_error e)
{
	for (size_t i = 0; i < v->found_count; i++)
		if (v->found[i] & IDFIX_BIT(e))
			return true;
	return false;
}

void
idfix_errors(const struct idfix_value *v, struct buf *out)
{
	static const char *const names[IDFIX_ERRORS] = {
		[IDFIX_FORMAT] = "Format", [IDFIX_BLANK] = "Blank",
		[IDFIX_DUPLICATE] = "Duplicate",
		[IDFIX_CHARACTER] = "Character",
		[IDFIX_TOP_LEVEL] = "TopLevelDomain",
		[IDFIX_DOMAIN_PART] = "DomainPart",
		[IDFIX_LOCAL_PART] = "LocalPart", [IDFIX_LENGTH] = "Length",
	};

	for (size_t i = 0; i < v->found_count; i++)
		for (int e = 0; e < IDFIX_ERRORS; e++)
			if (v->found[i] & IDFIX_BIT(e))
				buf_addf(out, "%s%s", out->len ? ", " : "",
				         names[e]);
}

const char *
idfix_cn(const struct object *o, struct buf *out)
{
	if (o->cn)
		return o->cn;
	if (o->dn)
		dn_first_value(out, o->dn);
	return buf_text(out);
}

static bool
is_x400(const char *text)
{
	static const char *const words[] = {
		"x400", "x.400", "x500", "x.500"
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strncasecmp(text, words[i], strlen(words[i])) == 0)
			return !idfix_is_smtp(text);
	return false;
}

static const struct characters *
characters_of(const struct idfix_value *v)
{
	bool smtp = idfix_is_smtp(v->was);

	switch (v->of) {
	case IDFIX_UPN:
		return &of_upn;
	case IDFIX_SAM:
		return &of_sam;
	case IDFIX_TARGET:
		return &of_target[smtp];
	default:
		return is_x400(v->was) ? &of_x400 : &of_proxies[smtp];
	}
}

/* White space as the expressions of .NET have it: Z, and six controls. */
static bool
is_space(uint32_t c)
{
	static const uint32_t others[] = {
		' ', 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (c == others[i])
			return true;
	return (c >= '\t' && c <= '\r') || (c >= 0x2000 && c <= 0x200a);
}

/* Those that the list for sign-in names has, in both cases. */
static bool
is_umlaut(uint32_t c)
{
	static const uint32_t list[] = {
		0xe4, 0xeb, 0xef, 0xf6, 0xfc, 0xff,
		0xc4, 0xcb, 0xcf, 0xd6, 0xdc, 0x178
	};

	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (c == list[i])
			return true;
	return false;
}

static bool
is_listed(const struct characters *list, uint32_t c)
{
	if (c < 0x80 && c && strchr(list->ascii, (int)c))
		return true;
	return (list->spaces && is_space(c)) ||
	       (list->umlauts && is_umlaut(c));
}

/* The cn, where nothing is left of the value. */
static void
refill(struct idfix_value *v)
{
	struct buf out = { 0 };

	if (!v->now.len)
		buf_adds(&v->now, idfix_cn(v->o, &out));
	buf_release(&out);
}

/* Gives NOW the text of OUT, which is empty then: true if it is shorter. */
static bool
replace(struct idfix_value *v, struct buf *out)
{
	bool shorter = out->len < v->now.len;

	if (shorter) {
		buf_clear(&v->now);
		buf_adds(&v->now, buf_text(out));
	}
	buf_release(out);
	return shorter;
}

static unsigned
test_characters(struct idfix_value *v)
{
	const struct characters *list = characters_of(v);
	const char *p = buf_text(&v->now);
	struct buf out = { 0 };

	while (*p) {
		const char *from = p;

		if (!is_listed(list, utf8_take(&p)))
			buf_add(&out, from, (size_t)(p - from));
	}
	if (!replace(v, &out))
		return 0;
	refill(v);
	return IDFIX_BIT(IDFIX_CHARACTER);
}

static unsigned
test_periods(struct idfix_value *v)
{
	const char *text = buf_text(&v->now);
	struct buf out = { 0 };

	buf_adds(&out, text + strspn(text, "."));
	if (!replace(v, &out))
		return 0;
	refill(v);
	return IDFIX_BIT(IDFIX_CHARACTER);
}

/* All colons behind the first; that may not begin the value. */
static unsigned
test_colons(struct idfix_value *v)
{
	const char *text = buf_text(&v->now), *first = strchr(text, ':');
	struct buf out = { 0 };

	if (!first || first == text)
		return 0;
	for (const char *p = text; *p; p++)
		if (*p != ':' || p == first)
			buf_addc(&out, *p);
	return replace(v, &out) ? IDFIX_BIT(IDFIX_CHARACTER) : 0;
}

static unsigned
test_length(struct idfix_value *v)
{
	const char *text = buf_text(&v->now), *p = text;
	size_t units = 0, limit = idfix_limit(v);
	struct buf out = { 0 };

	while (*p) {
		const char *from = p;

		units += utf8_take(&p) > 0xffff ? 2 : 1;
		/* Half a character of two units is none. */
		if (units > limit) {
			buf_add(&out, text, (size_t)(from - text));
			replace(v, &out);
			return IDFIX_BIT(IDFIX_LENGTH);
		}
	}
	return 0;
}

static unsigned
test_address(struct idfix_value *v)
{
	return v->of == IDFIX_UPN || idfix_is_smtp(v->was)
		? idfix_address(&v->now, v->data) : 0;
}

bool
idfix_next(struct idfix_value *v, size_t *at)
{
	static unsigned (*const tests[])(struct idfix_value *v) = {
		[STEP_LENGTH] = test_length, [STEP_COLONS] = test_colons,
		[STEP_PERIODS] = test_periods,
		[STEP_CHARACTERS] = test_characters,
		[STEP_ADDRESS] = test_address,
	};
	const enum idfix_step *steps = attributes[v->of].steps;

	for (; steps[*at] != STEP_END; ++*at) {
		if (steps[*at] == STEP_DUPLICATE) {
			++*at;
			return true;
		}
		idfix_found(v, tests[steps[*at]](v));
	}
	return false;
}

/* ---- what IdFix would write ---- */

static bool
is_address(const struct idfix_value *v)
{
	return v->of == IDFIX_MAIL || v->of == IDFIX_PROXIES ||
	       v->of == IDFIX_TARGET || v->of == IDFIX_UPN;
}

/* Whether the domain has what may stand for letters, which are deleted. */
static bool
loses_domain(const struct idfix_value *v)
{
	const char *was = address_domain(v->was);
	const char *now = address_domain(buf_text(&v->now));

	if (!was || !is_address(v) || (now && strcmp(was, now) == 0))
		return false;
	for (; *was; was++)
		if (*was & 0x80 || *was == '_')
			return true;
	return false;
}

/* Whether all before the @ is gone. */
static bool
loses_local_part(const struct idfix_value *v)
{
	const char *at = strchr(buf_text(&v->now), '@');
	const char *was = strrchr(v->was, '@');

	return is_address(v) && at && was &&
	       (at == v->now.data || at[-1] == ':') &&
	       was != v->was && was[-1] != ':';
}

/* Whether the name of the object, in its stead, is no alias, or account. */
static bool
is_bad_name(const struct idfix_value *v)
{
	const char *p = buf_text(&v->now);

	if (v->of != IDFIX_NICKNAME && v->of != IDFIX_SAM)
		return false;
	for (; *p; p++)
		if (*p & 0x80 || *p == ' ' || strchr("\\<>();:,[]\"@", *p))
			return strstr(v->was, buf_text(&v->now)) == NULL;
	return false;
}

const char *
idfix_harm(const struct idfix_value *v)
{
	const char *now = buf_text(&v->now);

	if (!v->was || strcmp(v->was, now) == 0)
		return NULL;
	if (is_x400(v->was))
		return "an X400 or X500 address must stay as it is";
	if (is_address(v) && idfix_has(v, IDFIX_LENGTH))
		return "an address that is cut is another address";
	if (idfix_has(v, IDFIX_DUPLICATE))
		return "another object has it";
	if (v->of == IDFIX_UPN && strchr(v->was, '\''))
		return "an apostrophe is allowed";
	if (loses_domain(v))
		return "it would be in another domain";
	if (loses_local_part(v) || is_bad_name(v))
		return "it is no valid name";
	return NULL;
}
