/* LDIF. */
#include "collect/ldif.h"

#include <stdint.h>
#include <stdio.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "collect/ad_attr.h"
#include "collect/ldif_search.h"
#include "collect/range.h"

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
	struct buf piece;        /* a physical line not yet ended */
	struct buf line;         /* a logical line, unfolded */
	bool has_line;
	uint64_t number;         /* of the physical line being read */
	uint64_t line_number;    /* where the logical line began */
	uint64_t record_number;
	enum record_state state;
	struct record *record;
	struct buf value;
	bool encoded;            /* the value stood there in base64 */
	size_t values;           /* in the record */
	struct range_set ranges; /* of the record */
	struct ldif_search search;
	bool told_secret;
};

static struct ldif *
of_parser(struct parser *p)
{
	return (struct ldif *)p;
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
	const char *dn = record_text(l->record, AD_DN);
	size_t len = strlen(dn);
	char *lack = range_set_lack(&l->ranges), *reason;

	if (!lack)
		return;
	if (len > SHOWN)
		len = utf8_bad(dn, SHOWN);
	reason = xasprintf("%.*s: %s", (int)len, dn, lack);
	l->sink->partial(l->sink, s, reason);
	free(reason);
	free(lack);
}

static int
end_entry(struct ldif *l, struct err *err)
{
	enum section s = ad_section(l->record);

	if (!l->values)
		return wrong(l, l->record_number, "a record with a dn and "
		             "nothing else; want its attributes", err);
	l->sink->asked(l->sink, s);
	ldif_search_object(&l->search, s, l->record);
	check_ranges(l, s);
	return l->sink->put(l->sink, s, l->record, err);
}

static int
end_record(struct ldif *l, struct err *err)
{
	int rc = l->state == IN_ENTRY ? end_entry(l, err) : 0;

	l->state = BETWEEN;
	l->values = 0;
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
	if (strcasecmp(name, "ref") == 0)
		l->sink->note(l->sink, "the server named other servers "
		              "(referrals), which the export does not follow");
	/* The version line stands before the first record, without blank. */
	if (strcasecmp(name, "version") != 0)
		l->state = IN_REPLY;
	return true;
}

static int
begin_entry(struct ldif *l, struct err *err)
{
	if (utf8_bad(l->value.data, l->value.len) < l->value.len)
		return wrong(l, l->line_number, "the dn is not UTF-8; want "
		             "UTF-8, UTF-16 with a byte-order mark, or "
		             "--encoding windows-1252", err);
	if (!l->value.len)
		return wrong(l, l->line_number, "the dn is empty; want the "
		             "name of an object", err);
	if (strlen(l->value.data) < l->value.len)
		return wrong(l, l->line_number, "the dn has a NUL in it; want "
		             "the name of an object", err);
	record_clear(l->record);
	l->state = IN_ENTRY;
	l->record_number = l->line_number;
	record_add(l->record, AD_DN, VALUE_TEXT, l->value.data, l->value.len);
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
			return wrong(l, l->line_number, "a range that is none; "
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
	                 (unsigned long long)l->line_number);
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
add_value(struct ldif *l, char *name, struct err *err)
{
	size_t before = record_size(l->record);

	if (strcasecmp(name, "changetype") == 0) {
		if (strcasecmp(l->value.data, "add") == 0)
			return 0;
		return wrong(l, l->line_number, "changetype is not \"add\"; "
		             "want an export of objects, not of changes", err);
	}
	if (strcasecmp(name, AD_DN) == 0)
		return wrong(l, l->line_number, "a second dn in a record; want "
		             "a blank line before it", err);
	if (!l->encoded &&
	    utf8_bad(l->value.data, l->value.len) < l->value.len)
		return wrong(l, l->line_number, "a value that is not UTF-8; "
		             "want UTF-8, UTF-16 with a byte-order mark, or "
		             "--encoding windows-1252", err);
	if (take_options(l, name, err) < 0)
		return -1;
	if (before + l->value.len > LDIF_RECORD_MAX)
		return wrong(l, l->record_number, "a record of more than 48 "
		             "MiB; want a smaller one", err);
	ad_record_add(l->record, name, l->value.data, l->value.len);
	if (record_size(l->record) == before)
		tell_secret(l, name);
	l->values++;
	return check_ceilings(l, err);
}

static bool
is_name(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)name[i]) &&
		    (!name[i] || !strchr("-.;=*_", name[i])))
			return false;
	return len > 0;
}

/* Fills l->value from what follows the colon. */
static int
read_value(struct ldif *l, const char *p, size_t len, struct err *err)
{
	bool encoded = *p == ':';

	l->encoded = encoded;
	buf_clear(&l->value);
	if (*p == '<')
		return wrong(l, l->line_number, "a value that is a reference "
		             "to a file (\":<\"); want the value itself", err);
	p += encoded;
	len -= encoded;
	while (*p == ' ') {
		p++;
		len--;
	}
	if (!encoded)
		buf_add(&l->value, p, len);
	else if (base64_decode(&l->value, p, len) < 0)
		return wrong(l, l->line_number, "a value that is not base64; "
		             "want base64 after \"::\"", err);
	buf_add(&l->value, "", 0);
	return 0;
}

static int
take_line(struct ldif *l, struct err *err)
{
	char *line = l->line.data, *colon = strchr(line, ':');
	size_t name = colon ? (size_t)(colon - line) : 0;

	if (l->line.len == 1 && *line == '-' && l->state == IN_ENTRY)
		return wrong(l, l->line_number, "a \"-\" line, as in changes; "
		             "want an export of objects", err);
	if (!is_name(line, name))
		return wrong(l, l->line_number, "is no LDIF; want \"attribute: "
		             "value\"", err);
	*colon = '\0';
	if (read_value(l, colon + 1, l->line.len - name - 1, err) < 0)
		return -1;
	if (l->state == BETWEEN && strcasecmp(line, AD_DN) == 0)
		return begin_entry(l, err);
	if (l->state != IN_ENTRY && take_reply(l, line, l->value.data))
		return 0;
	if (l->state != IN_ENTRY)
		return wrong(l, l->line_number, "a record without a dn; want "
		             "\"dn: ...\" as its first line", err);
	return add_value(l, line, err);
}

/* The logical line is whole; comments count for nothing. */
static int
end_line(struct ldif *l, struct err *err)
{
	int rc = 0;

	if (l->has_line && l->line.data[0] == '#')
		ldif_search_comment(&l->search, l->line.data, l->line.len);
	else if (l->has_line)
		rc = take_line(l, err);
	l->has_line = false;
	buf_clear(&l->line);
	return rc;
}

/* A physical line, without its end. */
static int
take_physical(struct ldif *l, const char *p, size_t len, struct err *err)
{
	if (len && p[len - 1] == '\r')
		len--;
	if (len && *p == ' ') {
		if (!l->has_line)
			return wrong(l, l->number, "a line that goes on from "
			             "none; want \"attribute: value\"", err);
		buf_add(&l->line, p + 1, len - 1);
		if (l->line.full)
			return wrong(l, l->line_number, "a value of more than "
			             "16 MiB; want a shorter one", err);
		return 0;
	}
	if (end_line(l, err) < 0)
		return -1;
	if (!len)
		return end_record(l, err);
	buf_add(&l->line, p, len);
	l->has_line = true;
	l->line_number = l->number;
	return 0;
}

static int
ldif_feed(struct parser *p, const char *data, size_t len, struct err *err)
{
	struct ldif *l = of_parser(p);

	while (len > 0) {
		const char *nl = memchr(data, '\n', len);
		size_t take = nl ? (size_t)(nl - data) : len;
		int rc = 0;

		if (!nl || l->piece.len)
			buf_add(&l->piece, data, take);
		if (l->piece.full || take > LDIF_LINE_MAX)
			return wrong(l, l->number, "a line of more than 16 "
			             "MiB; want LDIF", err);
		if (nl && l->piece.len)
			rc = take_physical(l, l->piece.data, l->piece.len,
			                   err);
		else if (nl)
			rc = take_physical(l, data, take, err);
		if (rc < 0)
			return -1;
		if (nl) {
			buf_clear(&l->piece);
			l->number++;
			take++;
		}
		data += take;
		len -= take;
	}
	return 0;
}

static int
ldif_finish(struct parser *p, struct err *err)
{
	struct ldif *l = of_parser(p);

	if (l->piece.len)
		return wrong(l, l->number, "ends in the middle of a line; want "
		             "a line end (is the file cut?)", err);
	if (end_line(l, err) < 0)
		return -1;
	if (l->state == IN_ENTRY) {
		char *note = xasprintf("%s: no blank line after the last "
		                       "record; if the file was cut, it lacks "
		                       "objects", l->name);

		l->sink->note(l->sink, note);
		free(note);
	}
	if (end_record(l, err) < 0)
		return -1;
	ldif_search_finish(&l->search, l->sink);
	return 0;
}

static void
ldif_free(struct parser *p)
{
	struct ldif *l = of_parser(p);

	ldif_search_release(&l->search);
	range_set_release(&l->ranges);
	record_free(l->record);
	buf_release(&l->piece);
	buf_release(&l->line);
	buf_release(&l->value);
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
	l->number = 1;
	l->record = record_new();
	buf_init(&l->piece, LDIF_LINE_MAX);
	buf_init(&l->line, LDIF_LINE_MAX);
	return &l->parser;
}

/* The first line that is no comment begins a record or names the version. */
static bool
ldif_recognise(const char *head, size_t len)
{
	static const char *const starts[] = {
		"dn:", "version:", "search:", "ref:",
	};

	while (len > 0) {
		const char *nl = memchr(head, '\n', len);
		size_t line = nl ? (size_t)(nl - head) + 1 : len;
		bool skip = *head == '#' || *head == ' ' || *head == '\n' ||
		            *head == '\r';

		/* "#TYPE" is PowerShell's first line of a CSV file. */
		if (len >= 6 && strncmp(head, "#TYPE ", 6) == 0)
			return false;
		for (size_t i = 0; i < 4 && !skip; i++)
			if (len >= strlen(starts[i]) &&
			    strncasecmp(head, starts[i],
			                strlen(starts[i])) == 0)
				return true;
		if (!skip)
			return false;
		head += line;
		len -= line;
	}
	return false;
}

const struct source ldif_source = {
	.kind = "ldif",
	.title = "LDIF (ldifde, ldapsearch)",
	.recognise = ldif_recognise,
	.open = ldif_open,
};
