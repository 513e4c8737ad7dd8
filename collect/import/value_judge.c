/* Judges what parsers give before it is stored; see value_judge.h. */
#include "collect/import/value_judge.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/term.h"
#include "base/utf8.h"
#include "collect/import/record_label.h"
#include "collect/import/value_known.h"
#include "collect/import/value_read.h"
#include "collect/import/value_syntax.h"
#include "collect/schema/schema.h"

enum {
	TOLD = 3,                /* of an attribute, values told in full */
	SHOWN = 100,             /* bytes of a value that are told */
};

/* What an input has of one attribute that cannot be read. */
struct unread {
	char *attribute;
	uint64_t objects;
	bool named;              /* that names were read is told */
};

struct value_judge {
	struct sink sink;        /* first: what the parsers hold */
	struct sink *to;
	struct value_known *known;
	char *path, *name;
	uint64_t line;           /* of the object at hand */
	struct record *copy;     /* of an object that changes */
	struct name_set lost;    /* of the object that comes next */
	struct value_reading reading;
	struct unread *unread;
	size_t unread_count, unread_room;
	/* Objects whose section came to light: where from, and where to. */
	bool moved[SECTION_COUNT][SECTION_COUNT];
};

static struct value_judge *
of_sink(struct sink *s)
{
	return (struct value_judge *)s;
}

/* ---- telling ---- */

/* The attribute's tally in the input at hand. */
static struct unread *
unread_of(struct value_judge *j, const char *attribute)
{
	for (size_t i = 0; i < j->unread_count; i++)
		if (ascii_casecmp(j->unread[i].attribute, attribute) == 0)
			return &j->unread[i];
	LIST_RESERVE(j->unread, j->unread_room, j->unread_count + 1);
	j->unread[j->unread_count] = (struct unread){
		.attribute = xstrdup(attribute),
	};
	return &j->unread[j->unread_count++];
}

/* Text as it is, octets as csvde writes them. */
static void
show(char out[SHOWN + 1], const struct value *v)
{
	static const char digits[] = "0123456789abcdef";
	struct buf hex = { 0 };

	if (v->kind != VALUE_BYTES || reader_is_text(v)) {
		term_safe(out, SHOWN + 1, v->data);
		return;
	}
	buf_adds(&hex, "X'");
	for (size_t i = 0; i < v->len && hex.len < SHOWN; i++) {
		buf_addc(&hex, digits[(unsigned char)v->data[i] >> 4]);
		buf_addc(&hex, digits[(unsigned char)v->data[i] & 15]);
	}
	buf_addc(&hex, '\'');
	term_safe(out, SHOWN + 1, buf_text(&hex));
	buf_release(&hex);
}

static char *
sentence(const struct value_reading *read, const struct value *v)
{
	char shown[SHOWN + 1];

	show(shown, v);
	return xasprintf("want %s, have \"%s\"%s%s", read->want, shown,
	                 *read->why ? ", which " : "", read->why);
}

/* The value that makes the attribute unknown; once an object. */
static void
tell(struct value_judge *j, enum section s, const struct record *r,
     const char *attribute, const struct value *v)
{
	struct unread *t = unread_of(j, attribute);
	char *what = sentence(&j->reading, v);
	char *reason = xasprintf("%s:%llu: %s", j->name,
	                         (unsigned long long)j->line, what);
	char object[SHOWN + 1];
	char *note;

	term_safe(object, sizeof(object), record_label(r));
	note = xasprintf("%s:%llu: %s: %s: %s", j->path,
	                 (unsigned long long)j->line, object, attribute, what);
	if (t->objects++ < TOLD)
		j->to->note(j->to, note);
	j->to->lack(j->to, s, attribute, reason);
	free(note);
	free(reason);
	free(what);
}

/* A name was read as a number: what is taken for it, once an input. */
static void
tell_name(struct value_judge *j, const char *attribute, const struct value *v)
{
	struct unread *t = unread_of(j, attribute);
	char shown[SHOWN + 1], *note;

	if (t->named)
		return;
	t->named = true;
	show(shown, v);
	note = xasprintf("%s:%llu: %s: \"%s\" was read as %s, other names "
	                 "likewise", j->path, (unsigned long long)j->line,
	                 attribute, shown, buf_text(&j->reading.value));
	j->to->remark(j->to, note);
	free(note);
}

/* ---- judging ---- */

/* An object on its way through: copied at its first change. */
struct passage {
	struct value_judge *judge;
	enum section section;
	const struct record *record;
	bool copying;
	bool resorted;           /* what tells its section has changed */
};

static void
begin_copy(struct passage *p)
{
	if (!p->copying)
		record_copy(p->judge->copy, p->record);
	p->copying = true;
}

/* The attribute's values come anew: here the first COUNT, as they are. */
static void
begin_change(struct passage *p, size_t attr, size_t count)
{
	begin_copy(p);
	record_empty(p->judge->copy, attr);
	for (size_t k = 0; k < count; k++) {
		struct value v = record_value(p->record, attr, k);

		record_append(p->judge->copy, attr, v.kind, v.data, v.len);
	}
}

/* A text among octets stays one: its own octets mean nothing. */
static bool
is_changed(enum value_verdict verdict, const struct value *v)
{
	return verdict == VERDICT_CHANGED || verdict == VERDICT_NONE ||
	       (verdict == VERDICT_UNCLEAR && v->kind == VALUE_BYTES &&
	        reader_is_text(v));
}

static void
append(struct passage *p, size_t at, enum value_verdict verdict,
       const struct value *v)
{
	const struct value_reading *read = &p->judge->reading;
	struct record *to = p->judge->copy;

	if (verdict == VERDICT_CHANGED)
		record_append(to, at, read->kind, buf_text(&read->value),
		              read->value.len);
	else if (is_changed(verdict, v) && verdict == VERDICT_UNCLEAR)
		record_append(to, at, VALUE_TEXT, v->data, v->len);
	else if (verdict != VERDICT_NONE)
		record_append(to, at, v->kind, v->data, v->len);
}

static void
judge_attribute(struct passage *p, size_t attr, struct known_row *d)
{
	struct value_judge *j = p->judge;
	const struct value_row *row = d->row;
	size_t n = record_values(p->record, attr);
	bool told = !value_is_read(p->section, row), changed = false;

	for (size_t k = 0; k < n; k++) {
		struct value v = record_value(p->record, attr, k);
		enum value_verdict verdict = value_known_read(d, &v,
		                                              &j->reading);

		if (verdict == VERDICT_UNCLEAR && !told) {
			tell(j, p->section, p->record,
			     record_name(p->record, attr), &v);
			told = true;
		}
		if (verdict == VERDICT_CHANGED && j->reading.named)
			tell_name(j, record_name(p->record, attr), &v);
		if (!changed && is_changed(verdict, &v)) {
			begin_change(p, attr, k);
			changed = true;
		}
		if (verdict == VERDICT_CHANGED && value_tells_section(row))
			p->resorted = true;
		if (changed)
			append(p, attr, verdict, &v);
	}
	if (changed)
		record_set_shape(j->copy, attr, record_shape(p->record, attr));
}

/*
 * The section that the object was given before its values could be read: one
 * that is deleted, or whose kind nobody knew.
 */
static enum section
section_anew(enum section given, const struct record *r)
{
	enum section s;

	if (value_form(given) != VALUES_OF_AD)
		return given;
	s = ad_section(r);
	return given == AD_OTHER || s == AD_DELETED ? s : given;
}

/* That values were lost is a member of the object, too: see snapshot(5). */
static void
add_lost(struct passage *p)
{
	struct value_judge *j = p->judge;

	if (!j->lost.count)
		return;
	begin_copy(p);
	record_declare(j->copy, RECORD_LACKS, SHAPE_LIST);
	for (size_t i = 0; i < j->lost.count; i++)
		record_add_text(j->copy, RECORD_LACKS, j->lost.names[i]);
	name_set_release(&j->lost);
	j->lost = (struct name_set){ 0 };
}

static int
judge_put(struct sink *s, enum section section, const struct record *r,
          uint64_t line, struct err *err)
{
	struct value_judge *j = of_sink(s);
	enum value_form form = value_form(section);
	struct passage p = { .judge = j, .section = section, .record = r };
	enum section anew;

	j->line = line;
	for (size_t i = 0; i < record_count(r); i++) {
		struct known_row *d = value_known_find(j->known, form, r, i);

		if (d)
			judge_attribute(&p, i, d);
	}
	add_lost(&p);
	if (!p.copying)
		return j->to->put(j->to, section, r, line, err);
	anew = p.resorted ? section_anew(section, j->copy) : section;
	j->moved[section][anew] = true;
	return j->to->put(j->to, anew, j->copy, line, err);
}

/* ---- what only passes ---- */

static void
judge_asked(struct sink *s, enum section section)
{
	struct value_judge *j = of_sink(s);

	j->to->asked(j->to, section);
}

static void
judge_partial(struct sink *s, enum section section, const char *reason)
{
	struct value_judge *j = of_sink(s);

	j->to->partial(j->to, section, reason);
}

static void
judge_lack(struct sink *s, enum section section, const char *attribute,
           const char *reason)
{
	struct value_judge *j = of_sink(s);

	if (reads_has(section, attribute))
		name_set_add(&j->lost, attribute);
	j->to->lack(j->to, section, attribute, reason);
}

/* What holds for a section holds for what came out of it. */
static void
judge_cover(struct sink *s, enum section section, enum cover cover,
            const char *const *names, size_t n)
{
	struct value_judge *j = of_sink(s);

	j->to->cover(j->to, section, cover, names, n);
	for (int to = 0; to < SECTION_COUNT; to++) {
		if (!j->moved[section][to] || to == (int)section)
			continue;
		j->to->asked(j->to, (enum section)to);
		j->to->cover(j->to, (enum section)to, cover, names, n);
	}
}

static void
judge_page(struct sink *s, enum section section, const struct page *p)
{
	struct value_judge *j = of_sink(s);

	j->to->page(j->to, section, p);
}

static void
judge_note(struct sink *s, const char *text)
{
	struct value_judge *j = of_sink(s);

	j->to->note(j->to, text);
}

static void
judge_remark(struct sink *s, const char *text)
{
	struct value_judge *j = of_sink(s);

	j->to->remark(j->to, text);
}

/* ---- the judge ---- */

struct value_judge *
value_judge_new(struct sink *to)
{
	struct value_judge *j = xcalloc(1, sizeof(*j));

	j->sink = (struct sink){
		.put = judge_put, .asked = judge_asked,
		.partial = judge_partial, .lack = judge_lack,
		.cover = judge_cover, .page = judge_page, .note = judge_note,
		.remark = judge_remark,
	};
	j->to = to;
	j->known = value_known_new();
	j->copy = record_new();
	return j;
}

static void
forget(struct value_judge *j)
{
	for (size_t i = 0; i < j->unread_count; i++)
		free(j->unread[i].attribute);
	j->unread_count = 0;
	free(j->path);
	free(j->name);
	j->path = j->name = NULL;
}

void
value_judge_free(struct value_judge *j)
{
	if (!j)
		return;
	forget(j);
	value_reading_release(&j->reading);
	record_free(j->copy);
	name_set_release(&j->lost);
	free(j->unread);
	value_known_free(j->known);
	free(j);
}

struct sink *
value_judge_sink(struct value_judge *j)
{
	return &j->sink;
}

void
value_judge_begin(struct value_judge *j, const char *path, const char *name)
{
	forget(j);
	j->path = xstrdup(path);
	j->name = xstrdup(name);
	memset(j->moved, 0, sizeof(j->moved));
}

void
value_judge_end(struct value_judge *j)
{
	for (size_t i = 0; i < j->unread_count; i++) {
		const struct unread *t = &j->unread[i];
		char *text;

		if (t->objects <= TOLD)
			continue;
		text = xasprintf("%s: and %llu more objects whose %s cannot "
		                 "be read", j->path,
		                 (unsigned long long)t->objects - TOLD,
		                 t->attribute);
		j->to->note(j->to, text);
		free(text);
	}
	forget(j);
}
