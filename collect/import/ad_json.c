/*
 * Objects of AD as PowerShell's module gives them, and ConvertTo-Json writes
 * what .NET has in them: SIDs and dates are objects, octets are numbers, lists
 * may be wrapped. What a value says is for others to judge.
 */
#include "collect/import/ad_json.h"

#include <string.h>
#include <strings.h>

#include "base/record.h"
#include "collect/import/ad_module.h"
#include "collect/import/joined.h"
#include "collect/import/json_file.h"
#include "collect/import/json_head.h"
#include "collect/import/json_tell.h"
#include "collect/import/placeless.h"
#include "collect/import/type_name.h"
#include "collect/schema/schema.h"

/* The parts of one attribute's value. */
struct ad_parts {
	struct json_parts parts; /* first: what json_parts_of holds */
	struct record *to;
	const struct ad_attr *attr;
	const char *name;
};

/* Lists that came as one text. */
static enum json_loss
add_joined(const struct ad_parts *p, const char *text)
{
	bool names = p->attr && p->attr->shape == SHAPE_LIST &&
	             (p->attr->link == LINK_DN ||
	              strcasecmp(p->name, "memberOf") == 0);
	int rc;

	if (strcasecmp(p->name, "proxyAddresses") == 0)
		rc = joined_addresses(p->to, p->name, text);
	else if (strcasecmp(p->name, "objectClass") == 0)
		rc = joined_words(p->to, p->name, text);
	else if (names)
		rc = joined_names(p->to, p->name, text);
	else
		rc = 1;
	if (rc == 1)
		ad_record_add(p->to, p->name, text, strlen(text));
	return rc < 0 ? LOSS_JOINED : LOSS_NONE;
}

static enum json_loss
add_text(struct json_parts *parts, const char *text, size_t len)
{
	struct ad_parts *p = (struct ad_parts *)parts;

	ad_record_add(p->to, p->name, text, len);
	return LOSS_NONE;
}

/* Numbers as they are, and flags as AD writes them (RFC 4517, 3.3.3). */
static enum json_loss
add_plain(struct json_parts *parts, struct json_span s)
{
	struct ad_parts *p = (struct ad_parts *)parts;

	if (*s.text == 't' || *s.text == 'f')
		s = *s.text == 't' ? (struct json_span){ "TRUE", 4 }
		                   : (struct json_span){ "FALSE", 5 };
	ad_record_add(p->to, p->name, s.text, s.len);
	return LOSS_NONE;
}

/* What an attribute that we do not know says in octets nobody reads. */
static enum json_loss
add_octets(struct json_parts *parts, const char *data, size_t len)
{
	struct ad_parts *p = (struct ad_parts *)parts;

	if (!p->attr)
		return LOSS_SHAPE;
	ad_record_add(p->to, p->name, data, len);
	return LOSS_NONE;
}

static enum json_loss
add_values(struct ad_parts *p, const struct record *from, size_t i)
{
	struct value v = record_value(from, i, 0);

	/* What a command put out that put out nothing (PowerShell 9231). */
	if (v.kind == VALUE_JSON && strcmp(v.data, "{}") == 0 && p->attr &&
	    p->attr->shape == SHAPE_SINGLE)
		return LOSS_NONE;
	if (v.kind == VALUE_JSON)
		return json_parts_of(json_span_of(v.data, v.len), &p->parts);
	if (type_name_is(v.data, FIELD_TEXT))
		return LOSS_TYPE;
	if (record_shape(from, i) == SHAPE_SINGLE &&
	    strlen(v.data) == v.len)
		return v.len ? add_joined(p, v.data) : LOSS_NONE;
	for (size_t k = 0; k < record_values(from, i); k++) {
		v = record_value(from, i, k);
		ad_record_add(p->to, p->name, v.data, v.len);
	}
	return LOSS_NONE;
}

/* Moves the attribute that was read, whole, to the object. */
static void
keep(struct record *to, const struct ad_parts *p)
{
	size_t at = ad_record_attribute(to, p->attr, p->name);

	record_set_shape(to, at, record_shape(p->to, 0));
	for (size_t i = 0; i < record_values(p->to, 0); i++) {
		struct value v = record_value(p->to, 0, i);

		record_append(to, at, v.kind, v.data, v.len);
	}
}

static bool
has_values(const struct record *r, const char *name)
{
	long at = record_find(r, name);

	return at >= 0 && record_values(r, (size_t)at);
}

/* An attribute that was asked for and has no value. */
static void
declare(struct record *r, const struct ad_attr *a, const char *name)
{
	size_t at = ad_record_attribute(r, a, name);

	record_set_shape(r, at, a ? a->shape : SHAPE_SINGLE);
}

/* Adds a key of f->raw to f->record; what it lost is told. */
static enum json_loss
add_key(struct json_file *f, size_t i, const char *name)
{
	const struct ad_attr *a = ad_attr_find(name);
	struct ad_parts p = {
		.parts = { .text = add_text, .plain = add_plain },
		.to = f->part, .attr = a, .name = name,
	};
	enum json_loss loss;

	if (a && a->treat == TREAT_SECRET)
		return LOSS_NONE;
	if (!a || a->kind == VALUE_BYTES)
		p.parts.octets = add_octets;
	if (!record_values(f->raw, i)) {
		declare(f->record, a, name);
		return LOSS_NONE;
	}
	record_clear(f->part);
	loss = add_values(&p, f->raw, i);
	if (!loss && record_count(f->part))
		keep(f->record, &p);
	else if (!loss)
		declare(f->record, a, name);
	return loss;
}

/*
 * Of two keys for one attribute (EmailAddress and mail) its own name counts,
 * then the first.
 */
static bool
is_doubled(const struct json_file *f, const char *key, const char *name)
{
	return has_values(f->record, name) ||
	       (strcasecmp(key, name) != 0 && has_values(f->raw, name));
}

/*
 * Sections are told by what was read, so that what was lost waits: a bit for
 * each key.
 */
enum { KEYS_MAX = 2048 };

static void
read_keys(struct json_file *f, unsigned char loss[KEYS_MAX])
{
	size_t n = record_count(f->raw);

	record_clear(f->record);
	for (size_t i = 0; i < n && i < KEYS_MAX; i++) {
		const char *key = record_name(f->raw, i);
		const char *name = ad_module_attribute(key);

		loss[i] = LOSS_NONE;
		if (name && !is_doubled(f, key, name))
			loss[i] = (unsigned char)add_key(f, i, name);
	}
}

static bool
is_object(const struct record *r)
{
	return has_values(r, AD_DN) || placeless_is_object(r);
}

static enum json_taken
ad_take(struct json_file *f, const struct split_piece *p, struct err *err)
{
	unsigned char loss[KEYS_MAX];
	enum section s;

	if (record_count(f->raw) > KEYS_MAX) {
		json_file_wrong(f, p, 0, "fewer than 2,048 attributes", err);
		return JSON_FAILED;
	}
	read_keys(f, loss);
	if (!is_object(f->record))
		return JSON_FOREIGN;
	s = ad_module_section(f->record);
	ad_module_add_group_type(f->record);
	for (size_t i = 0; i < record_count(f->raw); i++)
		if (loss[i])
			json_file_lost(f, s, ad_module_attribute(
				               record_name(f->raw, i)),
			               (enum json_loss)loss[i], p);
	if (!has_values(f->record, AD_DN))
		placeless_tell(f->sink);
	return json_file_put(f, s, f->record, p, err);
}

/*
 * "If you request an Active Directory attribute, and the object retrieved has
 * no value for that attribute, then the attribute will not be included in the
 * results" (Active Directory: PowerShell AD Module Properties).
 */
static const struct json_dialect ad_dialect = {
	.take = ad_take,
	.want = "an object of Get-ADUser, Get-ADGroup or Get-ADObject with a "
	        "DistinguishedName, or at least ObjectGUID, SID or "
	        "SamAccountName; add it to Select-Object",
	.absence = ABSENT_EMPTY,
	/* What -Properties * gives, and no one asks for by hand. */
	.whole = (const char *const []){
		"instanceType", "objectCategory", "uSNCreated",
		"dSCorePropagationData", NULL
	},
};

static struct parser *
ad_open(const char *name, struct sink *sink)
{
	return json_file_open(name, sink, &ad_dialect);
}

static bool
has_any(const char *head, size_t len, const char *const *keys)
{
	for (; *keys; keys++)
		if (json_head_has(head, len, *keys))
			return true;
	return false;
}

static bool
ad_recognise(const char *head, size_t len)
{
	static const char *const ours[] = {
		"DistinguishedName", "ObjectGUID", "SamAccountName", "SID",
		"objectSid", "GroupScope", "PropertyNames", NULL
	};
	static const char *const others[] = {
		"@odata.context", "PrimarySmtpAddress", "EmailAddresses",
		"RecipientTypeDetails", NULL
	};

	return has_any(head, len, ours) && !has_any(head, len, others);
}

const struct source ad_json_source = {
	.kind = "ad-json",
	.recognise = ad_recognise,
	.open = ad_open,
};
