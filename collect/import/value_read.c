/* THE table of syntaxes and their readers; texts and flags. */
#include "collect/import/value_read.h"

#include <string.h>

#include "base/dn.h"
#include "collect/import/value_flag.h"
#include "collect/import/value_reader_number.h"
#include "collect/import/value_reader_octets.h"
#include "collect/import/value_reader_time.h"

/* ---- texts ---- */

/* A number or flag of JSON is a text; an object or list of it is none. */
static enum value_verdict
read_text(const struct value *v, struct value_reading *out)
{
	static const char odd[] = "{\"base64\":";

	if (v->kind != VALUE_JSON)
		return VERDICT_CANONICAL;
	if (reader_is_scalar(v))
		return reader_changed(out, VALUE_TEXT, v->data, v->len);
	if (strncmp(v->data, odd, sizeof(odd) - 1) == 0)
		return reader_unclear(out, "is not UTF-8, or has a NUL");
	return reader_unclear(out, "");
}

/* What is empty was told by its parser, or is not to be had. */
static enum value_verdict
read_dn(const struct value *v, struct value_reading *out)
{
	int rc;

	if (v->kind != VALUE_TEXT || !v->len)
		return read_text(v, out);
	buf_clear(&out->text);
	rc = dn_normalise(&out->text, v->data);
	return rc == 0 ? VERDICT_CANONICAL
	               : reader_unclear(out, reader_glance(v->data));
}

static enum value_verdict
read_whatever(const struct value *v, struct value_reading *out)
{
	(void)v;
	(void)out;
	return VERDICT_CANONICAL;
}

/* ---- flags ---- */

/* VERDICT_CHANGED with FLAG, or what else the value is. */
static enum value_verdict
flag_of(const struct value *v, struct value_reading *out,
        enum value_flag *flag)
{
	const char *text = reader_is_scalar(v) ? reader_text(out, v) : NULL;

	if (!text)
		return reader_unclear(out, "");
	if (!*text)
		return VERDICT_NONE;
	*flag = value_flag(text);
	return *flag == FLAG_NOT ? reader_unclear(out, reader_glance(text))
	                         : VERDICT_CHANGED;
}

static enum value_verdict
read_flag(const struct value *v, struct value_reading *out)
{
	enum value_verdict verdict;
	enum value_flag flag;

	if (v->kind == VALUE_TEXT && (strcmp(v->data, "TRUE") == 0 ||
	                              strcmp(v->data, "FALSE") == 0))
		return VERDICT_CANONICAL;
	verdict = flag_of(v, out, &flag);
	return verdict != VERDICT_CHANGED ? verdict :
		reader_changed_text(out, flag == FLAG_TRUE ? "TRUE" : "FALSE");
}

static enum value_verdict
read_json_flag(const struct value *v, struct value_reading *out)
{
	enum value_verdict verdict;
	enum value_flag flag;

	if (v->kind == VALUE_JSON && (strcmp(v->data, "true") == 0 ||
	                              strcmp(v->data, "false") == 0))
		return VERDICT_CANONICAL;
	verdict = flag_of(v, out, &flag);
	if (verdict != VERDICT_CHANGED)
		return verdict;
	return flag == FLAG_TRUE
		? reader_changed(out, VALUE_JSON, "true", 4)
		: reader_changed(out, VALUE_JSON, "false", 5);
}

/* An array with objects; an export may have left its brackets out. */
static enum value_verdict
read_json_list(const struct value *v, struct value_reading *out)
{
	if (v->kind == VALUE_JSON && v->data[0] == '[')
		return VERDICT_CANONICAL;
	if (v->kind == VALUE_JSON && v->data[0] == '{' &&
	    !strstr(v->data, "\"Count\"")) {
		buf_clear(&out->value);
		buf_addf(&out->value, "[%s]", v->data);
		out->kind = VALUE_JSON;
		return VERDICT_CHANGED;
	}
	if (!v->len)
		return VERDICT_NONE;
	return reader_unclear(out, v->kind == VALUE_JSON
	                      ? "" : reader_glance(v->data));
}

/* ---- the table ---- */

static const struct {
	enum value_verdict (*read)(const struct value *v,
	                           struct value_reading *out);
	const char *want;
} syntaxes[AS_COUNT] = {
	[AS_TEXT] = { read_text, "a text" },
	[AS_DN] = { read_dn, "a distinguished name" },
	[AS_WHATEVER] = { read_whatever, "a value" },
	[AS_GUID] = { read_guid, "a GUID of 16 bytes" },
	[AS_SID] = { read_sid, "a SID" },
	[AS_ANCHOR] = { read_anchor, "bytes, mostly the 16 of a GUID" },
	[AS_METADATA] = { read_metadata, "replication metadata in bytes" },
	[AS_OCTETS] = { read_octets, "octets" },
	[AS_FLAG] = { read_flag, "TRUE or FALSE" },
	[AS_NUMBER] = { read_number, "a whole number" },
	[AS_FILETIME] = { read_filetime,
	                  "100-nanosecond intervals since 1601, or a date" },
	[AS_GENERAL_TIME] = { read_general_time,
	                      "a time such as 20240131100000.0Z" },
	[AS_ISO_TIME] = { read_iso_time,
	                  "a time such as 2024-01-31T10:00:00Z" },
	[AS_GUID_TEXT] = { read_guid_text, "a GUID" },
	[AS_SID_TEXT] = { read_sid_text, "a SID" },
	[AS_CONTROL] = { read_control,
	                 "a number, or names such as NORMAL_ACCOUNT" },
	[AS_GROUP_TYPE] = { read_group_type,
	                    "a number, or names such as Global, Security" },
	[AS_ACCOUNT_TYPE] = { read_account_type,
	                      "a number, or a name such as SAM_USER_OBJECT" },
	[AS_RECIPIENT_TYPE] = { read_recipient_type,
	                        "a number, or a name such as UserMailbox" },
	[AS_DISPLAY_TYPE] = { read_display_type,
	                      "a number, or a name such as "
	                      "ACLableMailboxUser" },
	[AS_REMOTE_TYPE] = { read_remote_type,
	                     "a number, or names such as ProvisionMailbox" },
	[AS_JSON_FLAG] = { read_json_flag, "true or false" },
	[AS_JSON_LIST] = { read_json_list, "an array of objects" },
};

enum value_verdict
value_read(enum value_syntax syntax, const struct value *v,
           struct value_reading *out)
{
	out->want = syntaxes[syntax].want;
	out->why[0] = '\0';
	out->named = false;
	return syntaxes[syntax].read(v, out);
}
