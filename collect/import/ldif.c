/* Makes records of LDIF's lines; leaves out secrets, and refuses changes. */
#include "collect/import/ldif.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "collect/import/ldif_blank.h"
#include "collect/import/ldif_lines.h"
#include "collect/import/ldif_name.h"
#include "collect/import/ldif_recognise.h"
#include "collect/import/ldif_search.h"
#include "collect/import/range.h"
#include "collect/schema/schema.h"

/* What the record at hand is. */
enum record_state {
	BETWEEN,                 /* none has begun */
	IN_ENTRY,                /* an object */
	IN_REPLY,                /* ldapsearch's search:, result:, ref: */
};

struct ldif {
	struct parser parser;    /* first: what the importer holds */
	struct sink *sink;
	char *name;
	struct ldif_lines_sink on;
	struct ldif_lines lines;
	uint64_t record_number;
	enum record_state state;
	struct record *record;
	struct buf name_copy, value_copy;
	const char *value;       /* of the line at hand; no NUL follows it */
	size_t value_len;
	bool encoded;            /* the value stood there in base64 */
	struct ldif_names names;
	size_t values;           /* in the record */
	struct name_set empty;   /* names in the record without a value */
	bool has_values;         /* some record has any */
	uint64_t first_empty;    /* line of the first name without one */
	uint64_t first_bare;     /* of the first record without any */
	struct range_set ranges; /* of the record */
	struct ldif_search search;
	bool told_secret;
};

static struct ldif *
of_parser(struct parser *p)
{
	return (struct ldif *)p;
}

static struct ldif *
of_lines(struct ldif_lines_sink *s)
{
	return (struct ldif *)(void *)((char *)s - offsetof(struct ldif, on));
}

static int
wrong(const struct ldif *l, uint64_t line, const char *what, struct err *err)
{
	return err_input(err, "%s:%llu: %s", l->name,
	                 (unsigned long long)line, what);
}

/* Values that the server keeps back make the section partial. */
static void
check_ranges(struct ldif *l, enum section s)
{
	enum { SHOWN = 256 };
	const char *dn = record_text(l->record, AD_DN), *attribute;
	size_t len = strlen(dn), i = 0;
	char *lack, *reason;

	if (len > SHOWN)
		len = utf8_bad(dn, SHOWN);
	while ((lack = range_set_lack(&l->ranges, &i, &attribute))) {
		reason = xasprintf("%.*s: %s", (int)len, dn, lack);
		l->sink->lack(l->sink, s, attribute, reason);
		free(reason);
		free(lack);
	}
}

static int
end_entry(struct ldif *l, struct err *err)
{
	enum section s = ad_section(l->record);

	ldif_add_blank(l->record,
	               (const char *const *)l->empty.names, l->empty.count);
	/* Who has nothing of a list of attributes comes as a dn alone. */
	l->has_values = l->has_values || l->values;
	if (!l->first_bare && !l->values)
		l->first_bare = l->record_number;
	l->sink->asked(l->sink, s);
	ldif_search_object(&l->search, s, l->record);
	for (size_t i = 0; i < l->empty.count; i++)
		if (record_find(l->record, l->empty.names[i]) < 0)
			ldif_search_empty(&l->search, s, l->empty.names[i]);
	check_ranges(l, s);
	return l->sink->put(l->sink, s, l->record, l->record_number, err);
}

static int
end_record(struct ldif *l, struct err *err)
{
	int rc = l->state == IN_ENTRY ? end_entry(l, err) : 0;

	l->state = BETWEEN;
	l->values = 0;
	name_set_release(&l->empty);
	range_set_clear(&l->ranges);
	record_clear(l->record);
	return rc;
}

/* Lines of ldapsearch and ldifde that belong to no object. */
static bool
take_reply(struct ldif *l, const char *name, const char *text)
{
	static const char *const words[] = {
		"version", "search", "result", "matchedDN", "ref", "control",
		"text", "pagedresults",
	};
	size_t n = sizeof(words) / sizeof(words[0]);
	bool known = l->state == IN_REPLY;

	for (size_t i = 0; i < n && !known; i++)
		known = strcasecmp(words[i], name) == 0;
	if (!known)
		return false;
	ldif_search_response(&l->search, name, text, strlen(text));
	/* The version line stands before the first record, without blank. */
	if (strcasecmp(name, "version") != 0)
		l->state = IN_REPLY;
	return true;
}

static int
begin_entry(struct ldif *l, struct err *err)
{
	ldif_bare_dn(&l->value, &l->value_len);
	if (utf8_bad(l->value, l->value_len) < l->value_len)
		return wrong(l, l->lines.begin, "the dn is not UTF-8; want "
		             "UTF-8, UTF-16 with a byte-order mark, or "
		             "--encoding windows-1252", err);
	if (!l->value_len)
		return wrong(l, l->lines.begin, "the dn is empty; want the "
		             "name of an object", err);
	if (strlen(l->value) < l->value_len)
		return wrong(l, l->lines.begin, "the dn has a NUL in it; want "
		             "the name of an object", err);
	record_clear(l->record);
	l->state = IN_ENTRY;
	l->record_number = l->lines.begin;
	record_add(l->record, AD_DN, VALUE_TEXT, l->value, l->value_len);
	return 0;
}

/* Takes the options of AD off NAME: ";binary", and ";range=0-1499". */
static int
take_options(struct ldif *l, char *name, struct err *err)
{
	char *rest = name, *end, *option;

	strsep(&rest, ";");
	end = name + strlen(name);
	while ((option = strsep(&rest, ";"))) {
		size_t len = strlen(option);

		if (strcasecmp(option, "binary") == 0)
			continue;
		if (strncasecmp(option, "range=", 6) != 0) {
			/* It moves to the left, over what was taken. */
			*end++ = ';';
			memmove(end, option, len + 1);
			end += len;
		} else if (range_set_add(&l->ranges, name, option + 6) < 0) {
			return wrong(l, l->lines.begin, "a range that is none; "
			             "want one such as \";range=0-1499\"", err);
		}
	}
	return 0;
}

/* Passwords do not go into the snapshot; who exported them is to know. */
static void
tell_secret(struct ldif *l, const char *name)
{
	char *note;

	if (l->told_secret)
		return;
	l->told_secret = true;
	note = xasprintf("%s: holds passwords or keys (%s, line %llu), which "
	                 "are left out: keep that file safe", l->name,
	                 ad_attr_find(name)->name,
	                 (unsigned long long)l->lines.begin);
	l->sink->note(l->sink, note);
	free(note);
}

static int
check_ceilings(const struct ldif *l, struct err *err)
{
	if (l->values > LDIF_VALUES_MAX)
		return wrong(l, l->record_number, "a record of more than "
		             "1,000,000 values; want a smaller one", err);
	if (record_count(l->record) > LDIF_ATTRIBUTES_MAX)
		return wrong(l, l->record_number, "a record of more than "
		             "5,000 attributes; want a smaller one", err);
	return 0;
}

static int
check_value(const struct ldif *l, struct err *err)
{
	if (!l->encoded && utf8_bad(l->value, l->value_len) < l->value_len)
		return wrong(l, l->lines.begin, "a value that is not UTF-8; "
		             "want UTF-8, UTF-16 with a byte-order mark, or "
		             "--encoding windows-1252", err);
	return 0;
}

static int
check_size(const struct ldif *l, struct err *err)
{
	if (record_size(l->record) + l->value_len > LDIF_RECORD_MAX)
		return wrong(l, l->record_number, "a record of more than 48 "
		             "MiB; want a smaller one", err);
	return 0;
}

/* AD has no empty values: the name alone says nothing. */
static int
add_nothing(struct ldif *l, const char *name)
{
	name_set_add(&l->empty, name);
	if (!l->first_empty)
		l->first_empty = l->lines.begin;
	return 0;
}

static int
add_value(struct ldif *l, char *name, struct err *err)
{
	size_t before = record_size(l->record);

	if (!l->value_len) {
		name[strcspn(name, ";")] = '\0';
		return add_nothing(l, name);
	}
	if (strcasecmp(name, "changetype") == 0) {
		if (strcasecmp(l->value, "add") == 0)
			return 0;
		return err_input(err, "%s:%llu: a change (changetype: %.40s); "
		                 "want an export of objects", l->name,
		                 (unsigned long long)l->lines.begin, l->value);
	}
	if (strcasecmp(name, AD_DN) == 0)
		return wrong(l, l->lines.begin, "a second dn in a record; want "
		             "an empty line before it", err);
	if (check_value(l, err) < 0 || take_options(l, name, err) < 0 ||
	    check_size(l, err) < 0)
		return -1;
	ad_record_add(l->record, name, l->value, l->value_len);
	if (record_size(l->record) == before)
		tell_secret(l, name);
	l->values++;
	return check_ceilings(l, err);
}

/* What nearly all lines are: a value of an attribute already known. */
static int
add_plain(struct ldif *l, struct ldif_name *n, struct err *err)
{
	if (!l->value_len)
		return add_nothing(l, n->text);
	if (check_value(l, err) < 0 || check_size(l, err) < 0)
		return -1;
	if (n->generation != record_generation(l->record)) {
		n->generation = record_generation(l->record);
		n->number = ad_record_attribute(l->record, n->attr, n->text);
	}
	ad_record_append(l->record, n->number, n->attr,
	                 l->encoded ? RAW_UNKNOWN : RAW_TEXT, l->value,
	                 l->value_len);
	l->values++;
	return check_ceilings(l, err);
}

/* Points l->value to what follows the colon, decoded if need be. */
static int
read_value(struct ldif *l, const char *p, size_t len, struct err *err)
{
	l->encoded = len && *p == ':';
	if (len && *p == '<')
		return wrong(l, l->lines.begin, "a value that is a reference "
		             "to a file (\":<\"); want the value itself", err);
	p += l->encoded;
	len -= l->encoded;
	while (len && *p == ' ') {
		p++;
		len--;
	}
	l->value = p;
	l->value_len = len;
	if (!l->encoded)
		return 0;
	buf_clear(&l->value_copy);
	if (base64_decode(&l->value_copy, p, len) < 0)
		return wrong(l, l->lines.begin, "a value that is not base64; "
		             "want base64 after \"::\"", err);
	l->value = buf_text(&l->value_copy);
	l->value_len = l->value_copy.len;
	return 0;
}

/* Name and value as texts of their own, with a NUL behind each. */
static char *
copy_line(struct ldif *l, const char *name, size_t len)
{
	buf_clear(&l->name_copy);
	buf_add(&l->name_copy, name, len);
	if (l->encoded)
		return l->name_copy.data;
	buf_clear(&l->value_copy);
	buf_add(&l->value_copy, l->value, l->value_len);
	l->value = l->value_copy.data;
	return l->name_copy.data;
}

/* A line that is no plain one, or of no entry. */
static int
take_other(struct ldif *l, char *name, struct err *err)
{
	if (l->state == BETWEEN && strcasecmp(name, AD_DN) == 0)
		return begin_entry(l, err);
	/* Where files were put together without a blank line. */
	if (l->state == IN_ENTRY && strcasecmp(name, "version") == 0 &&
	    end_record(l, err) < 0)
		return -1;
	if (l->state != IN_ENTRY && take_reply(l, name, l->value))
		return 0;
	if (l->state != IN_ENTRY)
		return wrong(l, l->lines.begin, "a record without a dn; want "
		             "\"dn: ...\" as its first line", err);
	return add_value(l, name, err);
}

static int
take_line(struct ldif *l, const char *line, size_t len, struct err *err)
{
	const char *colon = memchr(line, ':', len);
	size_t name = colon ? (size_t)(colon - line) : 0;
	struct ldif_name *known = NULL;

	if (l->state == IN_ENTRY && colon)
		known = ldif_names_get(&l->names, line, name);
	if (known && known->plain)
		return read_value(l, colon + 1, len - name - 1, err) < 0
			? -1 : add_plain(l, known, err);
	if (len == 1 && *line == '-' && l->state == IN_ENTRY)
		return wrong(l, l->lines.begin, "a \"-\" line, as in changes; "
		             "want an export of objects", err);
	if (!ldif_is_name(line, name))
		return ldif_no_name(l->name, l->lines.begin, line,
		                    colon ? name : len, err);
	if (read_value(l, colon + 1, len - name - 1, err) < 0)
		return -1;
	return take_other(l, copy_line(l, line, name), err);
}

static int
on_line(struct ldif_lines_sink *s, const char *line, size_t len,
        struct err *err)
{
	struct ldif *l = of_lines(s);

	/* Comments count for nothing. */
	if (*line != '#')
		return take_line(l, line, len, err);
	ldif_search_comment(&l->search, line, len);
	return 0;
}

static int
on_blank(struct ldif_lines_sink *s, struct err *err)
{
	return end_record(of_lines(s), err);
}

static int
ldif_feed(struct parser *p, const char *data, size_t len, struct err *err)
{
	return ldif_lines_feed(&of_parser(p)->lines, data, len, err);
}

/* Names of objects, or of attributes, alone are no export. */
static int
check_any_value(const struct ldif *l, struct err *err)
{
	if (l->has_values)
		return 0;
	if (l->first_empty)
		return wrong(l, l->first_empty, "a name without a value, as "
		             "all of them, which ldapsearch -A writes; want "
		             "an export with values", err);
	if (l->first_bare)
		return wrong(l, l->first_bare, "a record with a dn and nothing "
		             "else, as all of them; want their attributes",
		             err);
	return 0;
}

static int
ldif_finish(struct parser *p, struct err *err)
{
	struct ldif *l = of_parser(p);

	if (ldif_lines_finish(&l->lines, err) < 0)
		return -1;
	if (l->state == IN_ENTRY) {
		char *note = xasprintf("%s: no empty line after the last "
		                       "record; if the file was cut, it lacks "
		                       "objects", l->name);

		l->sink->note(l->sink, note);
		free(note);
	}
	if (end_record(l, err) < 0)
		return -1;
	if (check_any_value(l, err) < 0)
		return -1;
	ldif_search_finish(&l->search, l->name, l->sink);
	return 0;
}

static void
ldif_free(struct parser *p)
{
	struct ldif *l = of_parser(p);

	ldif_search_release(&l->search);
	name_set_release(&l->empty);
	range_set_release(&l->ranges);
	record_free(l->record);
	ldif_lines_release(&l->lines);
	buf_release(&l->name_copy);
	buf_release(&l->value_copy);
	free(l->name);
	free(l);
}

static struct parser *
ldif_open(const char *name, struct sink *sink)
{
	struct ldif *l = xcalloc(1, sizeof(*l));

	l->parser = (struct parser){
		.feed = ldif_feed, .finish = ldif_finish, .free = ldif_free
	};
	l->sink = sink;
	l->name = xstrdup(name);
	l->on = (struct ldif_lines_sink){
		.line = on_line, .blank = on_blank
	};
	ldif_lines_init(&l->lines, l->name, &l->on);
	l->record = record_new();
	return &l->parser;
}

const struct source ldif_source = {
	.kind = "ldif",
	.recognise = ldif_recognise,
	.open = ldif_open,
};
