/* How each syntax is read; the table of all. */
#include "analyze/object/syntax.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyze/object/class.h"
#include "analyze/object/policies.h"
#include "analyze/object/repl_meta.h"
#include "analyze/object/syntax_edit.h"
#include "analyze/object/syntax_read.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/sid.h"
#include "base/utf8.h"

static int
read_text(const struct mapped *m, size_t offset)
{
	const char **to = mapped_member(m, offset);

	return *to ? 0 : mapped_word(m, to);
}

/* A blank text is a finding of its own: it is kept. */
static int
read_any_text(const struct mapped *m, size_t offset)
{
	const char **to = mapped_member(m, offset);

	return *to ? 0 : mapped_text(m, to);
}

static int
read_proxies(const struct mapped *m, size_t offset)
{
	size_t n = pick_count(m->pick);

	(void)offset;
	if (m->o->proxy_count || !n)
		return 0;
	if (m->pick->kind == PICK_JSON)
		return -1;
	m->o->proxies = arena_alloc(m->arena, n * sizeof(*m->o->proxies));
	m->o->proxy_count = pick_texts(m->pick, m->o->proxies);
	for (size_t i = 0; m->keep && i < m->o->proxy_count; i++)
		m->o->proxies[i] = arena_strdup(m->arena, m->o->proxies[i]);
	return 0;
}

static int
parse_guid(const char *text, struct guid *out)
{
	return guid_from_base64(out, text, strlen(text)) < 0
		? guid_parse(out, text) : 0;
}

static int
check_base64(const char *text)
{
	struct buf bytes = { 0 };
	int rc = base64_decode(&bytes, text, strlen(text));

	buf_release(&bytes);
	return rc;
}

/* A consistency GUID may be any octets: no GUID, no anchor. */
static int
read_guid(const struct mapped *m, size_t offset)
{
	const char *text;

	if (m->o->ad.has_consistency_guid)
		return 0;
	if (mapped_word(m, &text) < 0)
		return -1;
	if (!text)
		return 0;
	if (parse_guid(text, mapped_member(m, offset)) < 0)
		return check_base64(text);
	m->o->ad.has_consistency_guid = true;
	return 0;
}

/* Exchange leaves the GUID out, or empty, for objects that have none. */
static int
read_object_guid(const struct mapped *m, size_t offset)
{
	const char *text;

	if (m->o->has_guid)
		return 0;
	if (mapped_word(m, &text) < 0)
		return -1;
	if (!text)
		return 0;
	if (parse_guid(text, mapped_member(m, offset)) < 0)
		return -1;
	m->o->has_guid = true;
	return 0;
}

static int
read_octets(const struct mapped *m, const unsigned char **sid, size_t *len)
{
	const char *text;
	unsigned char *bytes;
	long n;

	if (mapped_word(m, &text) < 0)
		return -1;
	if (!text)
		return 0;
	bytes = arena_alloc(m->arena, SID_BYTES);
	n = base64_bytes(bytes, SID_BYTES, text, strlen(text));
	if (n < 0 || !sid_is_valid(bytes, (size_t)n))
		return -1;
	*sid = bytes;
	*len = (size_t)n;
	return 0;
}

static int
read_sid(const struct mapped *m, size_t offset)
{
	(void)offset;
	return read_octets(m, &m->o->ad.sid, &m->o->ad.sid_len);
}

static int
read_master_sid(const struct mapped *m, size_t offset)
{
	(void)offset;
	return read_octets(m, &m->o->ad.master_sid,
	                   &m->o->ad.master_sid_len);
}

/* A whole number in decimal; -1 when the text is none, or too large. */
static int
parse_number(const char *text, int64_t *out)
{
	bool negative = *text == '-';
	uint64_t value = 0;
	size_t digits = 0;

	for (text += negative; *text >= '0' && *text <= '9'; text++, digits++)
		value = value * 10 + (uint64_t)(*text - '0');
	/* Nineteen digits may be too many; twenty are in any case. */
	if (*text || !digits || digits > 19 ||
	    value > (uint64_t)INT64_MAX + negative)
		return -1;
	*out = negative ? (int64_t)-value : (int64_t)value;
	return 0;
}

static int
read_number(const struct mapped *m, size_t offset)
{
	const char *text;

	if (mapped_word(m, &text) < 0)
		return -1;
	return text ? parse_number(text, mapped_member(m, offset)) : 0;
}

/* userAccountControl: bit 2 is ACCOUNTDISABLE (MS-ADTS 2.2.16). */
static int
read_control(const struct mapped *m, size_t offset)
{
	const char *text;
	int64_t value;

	(void)offset;
	if (mapped_word(m, &text) < 0)
		return -1;
	if (!text)
		return 0;
	if (parse_number(text, &value) < 0)
		return -1;
	m->o->ad.control = value;
	m->o->enabled = value & 2 ? NO : YES;
	return 0;
}

static int
read_flag(const struct mapped *m, size_t offset)
{
	enum tristate *to = mapped_member(m, offset);
	const char *word;

	if (*to != UNKNOWN)
		return 0;
	if (mapped_word(m, &word) < 0)
		return -1;
	if (!word)
		return 0;
	if (ascii_casecmp(word, "true") == 0)
		*to = YES;
	else if (ascii_casecmp(word, "false") == 0)
		*to = NO;
	else
		return -1;
	return 0;
}

/* Whether there is a value at all. */
static int
read_presence(const struct mapped *m, size_t offset)
{
	enum tristate *to = mapped_member(m, offset);

	*to = pick_count(m->pick) ? YES : NO;
	return 0;
}

/* What is no number is a value all the same. */
static int
read_remote_type(const struct mapped *m, size_t offset)
{
	struct ad_values *ad = &m->o->ad;
	const char *text;

	if (mapped_word(m, &text) < 0 || !text ||
	    parse_number(text, &ad->remote_bits) < 0)
		ad->remote_bits = 0;
	return read_presence(m, offset);
}

static int
read_amount(const struct mapped *m, size_t offset)
{
	size_t *to = mapped_member(m, offset), n = pick_count(m->pick);

	*to = n > *to ? n : *to;
	return 0;
}

static int
read_policies(const struct mapped *m, size_t offset)
{
	return policies_read(m->pick, m->arena, mapped_member(m, offset));
}

static int
read_exchange_guid(const struct mapped *m, size_t offset)
{
	struct exchange_guid *to = mapped_member(m, offset);
	bool had = to->is == YES;

	if (exchange_guid_read(to, m->pick) < 0)
		return -1;
	/* Exchange's cmdlets write zeros where AD has no value. */
	if (!had && m->form == FORM_AD_RECIPIENT && !to->is_known)
		to->is = NO;
	return 0;
}

static int
read_filetime(const struct mapped *m, size_t offset)
{
	const char *text;

	if (mapped_word(m, &text) < 0)
		return -1;
	return text ? when_from_filetime(mapped_member(m, offset), text) : 0;
}

/* Of a FILETIME, which counts tenths of a microsecond. */
static bool
is_whole_second(const char *text)
{
	static const char zeros[] = "0000000";
	size_t len = strlen(text);

	return len > sizeof(zeros) - 1 &&
	       strcmp(text + len - (sizeof(zeros) - 1), zeros) == 0;
}

/* Zero: the user has to change it at the next logon (MS-ADA3 2.175). */
static int
read_password_set(const struct mapped *m, size_t offset)
{
	const char *text;
	when_t when;

	if (mapped_word(m, &text) < 0)
		return -1;
	if (!text)
		return 0;
	if (when_from_filetime(&when, text) < 0)
		return -1;
	*(when_t *)mapped_member(m, offset) = when;
	m->o->ad.password_due = text[strspn(text, "0")] ? NO : YES;
	m->o->ad.password_rounded = is_whole_second(text);
	return 0;
}

static int
read_iso(const struct mapped *m, size_t offset)
{
	const char *text;

	if (mapped_word(m, &text) < 0)
		return -1;
	return text ? when_from_iso(mapped_member(m, offset), text) : 0;
}

static int
read_general(const struct mapped *m, size_t offset)
{
	const char *text;

	if (mapped_word(m, &text) < 0)
		return -1;
	return text ? when_from_general(mapped_member(m, offset), text) : 0;
}

static int
read_class(const struct mapped *m, size_t offset)
{
	size_t n = pick_count(m->pick);
	const char **texts = arena_alloc(m->arena, n * sizeof(*texts) + 1);

	(void)offset;
	if (m->pick->kind == PICK_JSON)
		return -1;
	n = pick_texts(m->pick, texts);
	for (size_t i = 0; i < n; i++)
		class_take(m->o, texts[i]);
	return 0;
}

static int
read_members(const struct mapped *m, size_t offset)
{
	size_t n = pick_count(m->pick);
	struct member_list *list;

	(void)offset;
	m->o->ad.member_count += n;
	if (!n)
		return 0;
	list = arena_alloc(m->arena, sizeof(*list));
	*list = (struct member_list){ *m->pick, m->o->ad.members };
	if (m->keep) {
		list->values.data = arena_alloc(m->arena, m->pick->len + 1);
		memcpy(list->values.data, m->pick->data, m->pick->len + 1);
	}
	m->o->ad.members = list;
	return 0;
}

static int
read_meta_xml(const struct mapped *m, size_t offset)
{
	size_t n = pick_count(m->pick);
	const char **texts = arena_alloc(m->arena, n * sizeof(*texts) + 1);

	(void)offset;
	if (m->pick->kind == PICK_JSON)
		return -1;
	n = pick_texts(m->pick, texts);
	for (size_t i = 0; i < n; i++)
		repl_meta_xml(m->o, texts[i]);
	return 0;
}

static int
read_meta_binary(const struct mapped *m, size_t offset)
{
	struct buf bytes = { 0 };
	const char *text;
	int rc;

	(void)offset;
	if (mapped_word(m, &text) < 0)
		return -1;
	if (!text)
		return 0;
	rc = base64_decode(&bytes, text, strlen(text));
	if (rc == 0)
		repl_meta_binary(m->o, (unsigned char *)buf_text(&bytes),
		                 bytes.len);
	buf_release(&bytes);
	return rc;
}

const struct syntax syntaxes[SYNTAX_COUNT] = {
	[SYNTAX_TEXT] = { read_text, clear_text, SET_TEXT,
	                  "a text or null", merge_text },
	[SYNTAX_ANY_TEXT] = { read_any_text, clear_text, SET_TEXT,
	                      "a text or null", merge_text },
	[SYNTAX_PROXIES] = { read_proxies, clear_proxies,
	                     SET_TEXT | SET_TEXTS,
	                     "a text, an array of texts or null",
	                     merge_proxies },
	[SYNTAX_NUMBER] = { read_number, clear_number, SET_TEXT | SET_NUMBER,
	                    "a whole number or null", NULL },
	[SYNTAX_FLAG] = { read_flag, clear_flag, SET_TEXT | SET_BOOL,
	                  "true, false or null", merge_flag },
	[SYNTAX_PRESENCE] = { read_presence, clear_presence,
	                      SET_TEXT | SET_NUMBER, "a value or null",
	                      merge_flag },
	[SYNTAX_AMOUNT] = { read_amount, clear_amount, SET_TEXT | SET_TEXTS,
	                    "a text, an array of texts or null", NULL },
	[SYNTAX_FILETIME] = { read_filetime, clear_time,
	                      SET_TEXT | SET_NUMBER,
	                      "100-nanosecond intervals since 1601, or null",
	                      NULL },
	[SYNTAX_PASSWORD_SET] = { read_password_set, clear_password_set,
	                          SET_TEXT | SET_NUMBER,
	                          "100-nanosecond intervals since 1601, or "
	                          "null", NULL },
	[SYNTAX_GENERAL_TIME] = { .read = read_general },
	[SYNTAX_ISO_TIME] = { .read = read_iso },
	[SYNTAX_GUID] = { read_guid, clear_guid, SET_TEXT, "a GUID or null",
	                  NULL },
	[SYNTAX_SID] = { read_sid, clear_sid, SET_TEXT,
	                 "base64 of a SID, or null", NULL },
	[SYNTAX_EXCHANGE_GUID] = { .read = read_exchange_guid,
	                           .merge = merge_exchange_guid },
	[SYNTAX_OBJECT_GUID] = { .read = read_object_guid },
	[SYNTAX_CONTROL] = { read_control, clear_control,
	                     SET_TEXT | SET_NUMBER, "a whole number or null",
	                     NULL },
	[SYNTAX_RECIPIENT_TYPE] = { read_number, clear_number,
	                            SET_TEXT | SET_NUMBER,
	                            "a whole number or null",
	                            merge_recipient_type },
	[SYNTAX_DISPLAY_TYPE] = { read_number, clear_display,
	                          SET_TEXT | SET_NUMBER,
	                          "a whole number or null",
	                          merge_display_type },
	[SYNTAX_REMOTE_TYPE] = { read_remote_type, clear_remote_type,
	                         SET_TEXT | SET_NUMBER, "a value or null",
	                         merge_remote_type },
	[SYNTAX_MASTER_SID] = { .read = read_master_sid },
	[SYNTAX_CLASS] = { .read = read_class },
	[SYNTAX_MEMBERS] = { .read = read_members },
	[SYNTAX_USER_TYPE] = { .read = read_user_type },
	[SYNTAX_META_XML] = { .read = read_meta_xml },
	[SYNTAX_META_BINARY] = { .read = read_meta_binary },
	[SYNTAX_PLANS] = { .read = read_plans },
	[SYNTAX_GROUP_TYPES] = { .read = read_group_types },
	[SYNTAX_POLICIES] = { .read = read_policies },
	[SYNTAX_SYNC_ERRORS] = { .read = read_sync_errors },
	[SYNTAX_SERVICE_ERRORS] = { .read = read_service_errors },
	[SYNTAX_LICENCES] = { .read = read_licences },
};
