/* Compares findings and forecasts with edits and without. */
#include "analyze/findings/findings.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/compared_file.h"
#include "analyze/findings/difference_causes.h"
#include "analyze/findings/manifest.h"
#include "analyze/findings/prints.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/list.h"
#include "base/record.h"

/* How much of a change the terminal shows. */
enum told { TOLD_NAME, TOLD_VALUES };

/* What of a forecast is compared. */
static const struct {
	const char *key;
	enum told told;
} keys[] = {
	{ "inScope", TOLD_NAME }, { "action", TOLD_VALUES },
	{ "match", TOLD_VALUES }, { "upn", TOLD_VALUES },
	{ "primarySmtp", TOLD_VALUES }, { "mail", TOLD_NAME },
	{ "mailNickname", TOLD_VALUES }, { "proxyAddresses", TOLD_NAME },
	{ "readiness", TOLD_VALUES }, { "accountEnabled", TOLD_VALUES },
};

enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

struct comparing {
	struct comparison *c;
	struct difference *d;
	const char *folders[DIFFERENCE_SIDES];
	uint64_t findings[DIFFERENCE_SIDES];
	struct outfile *out;
	uint64_t written;
	struct buf line, from, to;
};

/* All fingerprints of one side, sorted. */
static int
load_prints(const struct comparing *w, enum difference_side side,
            struct prints *p, struct err *err)
{
	struct compared_file s = { .path = NULL };
	struct print one;
	int rc = compared_open(&s, w->folders[side], FINDINGS_FILE, err);

	prints_init(p, w->findings[side]);
	while (rc == 0 && (rc = compared_record(&s, err)) > 0) {
		rc = print_take(&s, &one, err);
		if (rc == 0)
			prints_add(p, &one);
	}
	prints_sort(p);
	compared_close(&s);
	return rc;
}

static void
put_line(struct comparing *w)
{
	outfile_add(w->out, buf_text(&w->line), w->line.len);
	buf_clear(&w->line);
	w->written++;
}

static void
count_rule(struct comparing *w, const char *rule, enum difference_side side)
{
	struct difference *d = w->d;
	size_t i = 0;

	while (i < d->rule_count && strcmp(d->rules[i].rule, rule) != 0)
		i++;
	LIST_RESERVE(d->rules, d->rule_room, i + 1);
	if (i == d->rule_count)
		d->rules[d->rule_count++] = (struct difference_rule){
			.rule = arena_strdup(&d->arena, rule),
		};
	if (side == BEFORE)
		d->rules[i].cured++;
	else
		d->rules[i].fresh++;
}

/*
 * The line of a finding, whose member "change" is called otherwise beside that
 * of the difference; within a string a backslash would stand before each quote.
 */
static void
put_finding(struct buf *out, const struct compared_file *s)
{
	static const char key[] = ",\"change\":", other[] = ",\"changeId\":";
	const char *at = memmem(s->line, s->len, key, sizeof(key) - 1);
	size_t len = at ? (size_t)(at - s->line) : s->len;

	buf_add(out, s->line + 1, len - 1);
	if (!at)
		return;
	buf_adds(out, other);
	at += sizeof(key) - 1;
	buf_add(out, at, s->len - (size_t)(at - s->line));
}

/* Writes the findings of one side that the other has not. */
static int
put_findings(struct comparing *w, enum difference_side side,
             const struct prints *other, struct err *err)
{
	static const char *const words[] = { "cured", "new" };
	struct compared_file s = { 0 };
	int rc = compared_open(&s, w->folders[side], FINDINGS_FILE,
	                       err);

	while (rc == 0 && (rc = compared_record(&s, err)) > 0) {
		const char *rule;
		struct print p;

		rc = print_take(&s, &p, err);
		if (rc < 0 || prints_find(other, &p))
			continue;
		buf_addf(&w->line, "{\"change\":\"%s\",", words[side]);
		put_finding(&w->line, &s);
		buf_addc(&w->line, '\n');
		put_line(w);
		rule = record_text(s.record, "rule");
		if (difference_is_open(s.record))
			count_rule(w, rule ? rule : "", side);
	}
	compared_close(&s);
	return rc;
}

static int
by_rule(const void *a, const void *b)
{
	const struct difference_rule *x = a, *y = b;

	return strcmp(x->rule, y->rule);
}

static int
compare_findings(struct comparing *w, struct err *err)
{
	struct prints before = { 0 }, after = { 0 };
	int rc = load_prints(w, BEFORE, &before, err);

	if (rc == 0)
		rc = load_prints(w, AFTER, &after, err);
	if (rc == 0)
		rc = put_findings(w, BEFORE, &after, err);
	if (rc == 0)
		rc = put_findings(w, AFTER, &before, err);
	if (w->d->rule_count)
		qsort(w->d->rules, w->d->rule_count, sizeof(*w->d->rules),
		      by_rule);
	prints_release(&before);
	prints_release(&after);
	return rc;
}

/*
 * Counts the line's word under KEY, which is given with its quotes and colon:
 * within a string a backslash would stand before each quote.
 */
static void
count_word(const struct compared_file *s, const char *key,
           struct difference_word *words, enum difference_side side)
{
	const char *at = memmem(s->line, s->len, key, strlen(key));

	for (; at && words->word; words++) {
		size_t len = strlen(words->word);

		if (strncmp(at + strlen(key), words->word, len) == 0 &&
		    at[strlen(key) + len] == '"')
			words->count[side]++;
	}
}

static int
next_forecast(struct comparing *w, struct compared_file *s,
              enum difference_side side, struct err *err)
{
	if (compared_next(s, err) < 0)
		return -1;
	if (!s->line)
		return 0;
	count_word(s, "\"action\":\"", w->d->actions, side);
	count_word(s, "\"readiness\":\"", w->d->readiness, side);
	return 0;
}

/* Appends the value of KEY as JSON; what is not there is null. */
static void
put_value(struct buf *out, const struct record *r, const char *key)
{
	long at = record_find(r, key);
	size_t n = at < 0 ? 0 : record_values(r, (size_t)at);
	bool list = at >= 0 && record_shape(r, (size_t)at) == SHAPE_LIST;

	if (!n && !list)
		buf_adds(out, "null");
	if (list)
		buf_addc(out, '[');
	for (size_t i = 0; i < n; i++) {
		struct value v = record_value(r, (size_t)at, i);

		if (i)
			buf_addc(out, ',');
		if (v.kind == VALUE_JSON)
			buf_add(out, v.data, v.len);
		else
			json_put_string(out, v.data, v.len);
	}
	if (list)
		buf_addc(out, ']');
}

/* The two values of a key in FROM and TO; whether they differ. */
static bool
differs(struct comparing *w, const struct compared_file *a,
        const struct compared_file *b, const char *key)
{
	buf_clear(&w->from);
	buf_clear(&w->to);
	put_value(&w->from, a->record, key);
	put_value(&w->to, b->record, key);
	return strcmp(buf_text(&w->from), buf_text(&w->to)) != 0;
}

/* Values for people: texts without their quotes. */
static void
put_told(struct buf *out, const struct buf *from, const struct buf *to)
{
	const struct buf *values[] = { from, to };

	for (int i = 0; i < 2; i++) {
		const struct buf *json = values[i];

		buf_adds(out, i ? " -> " : " ");
		if (json->len > 2 && *json->data == '"')
			buf_add(out, json->data + 1, json->len - 2);
		else
			buf_adds(out, strcmp(buf_text(json), "null") == 0
			         ? "no value" : buf_text(json));
	}
}

static const char *
name_of(const struct record *r)
{
	static const char *const by[] = { "dn", "sAMAccountName", "guid",
	                                    "object" };
	const char *text = NULL;

	for (size_t i = 0; !text && i < sizeof(by) / sizeof(by[0]); i++)
		text = record_text(r, by[i]);
	return text;
}

static void
add_example(struct comparing *w, const struct compared_file *s,
            const struct buf *told)
{
	struct difference *d = w->d;
	const char *dn = name_of(s->record);
	struct buf out = { 0 };

	if (d->example_count < DIFFERENCE_EXAMPLES) {
		buf_addf(&out, "%s: %s", dn ? dn : "", buf_text(told));
		d->examples[d->example_count++] =
			arena_strdup(&d->arena, buf_text(&out));
	}
	buf_release(&out);
}

static void
put_forecast(struct comparing *w, const struct compared_file *a,
             const struct compared_file *b)
{
	static const char *const names[] = { "guid", "dn", "class" };
	struct buf told = { 0 };
	size_t changed = 0;

	buf_adds(&w->line, "{\"change\":\"forecast\"");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		buf_addf(&w->line, ",\"%s\":", names[i]);
		put_value(&w->line, a->record, names[i]);
	}
	for (size_t i = 0; i < KEYS; i++) {
		if (!differs(w, a, b, keys[i].key))
			continue;
		changed++;
		buf_addf(&w->line, ",\"%s\":{\"from\":%s,\"to\":%s}",
		         keys[i].key, buf_text(&w->from), buf_text(&w->to));
		buf_addf(&told, "%s%s", told.len ? ", " : "", keys[i].key);
		if (keys[i].told == TOLD_VALUES)
			put_told(&told, &w->from, &w->to);
	}
	buf_adds(&w->line, "}\n");
	if (changed) {
		w->d->forecasts++;
		add_example(w, a, &told);
		put_line(w);
	}
	buf_clear(&w->line);
	buf_release(&told);
}

static bool
same_object(const struct comparing *w, const struct compared_file *a,
            const struct compared_file *b)
{
	const char *x = record_text(a->record, "guid");
	const char *y = record_text(b->record, "guid");

	if (x || y)
		return x && y && strcmp(x, y) == 0;
	x = record_text(a->record, "object");
	y = record_text(b->record, "object");
	if (x || y)
		return x && y && strcmp(x, y) == 0;
	x = record_text(a->record, "dn");
	y = record_text(b->record, "dn");
	return x && y && strcmp(w->c->renamed(w->c, x), y) == 0;
}

/*
 * Both files have the objects in the order of the snapshot. Only where a move
 * makes two lines without GUID one object does the one after the edits lack a
 * line.
 */
static int
compare_line(struct comparing *w, struct compared_file *a,
             struct compared_file *b, struct err *err)
{
	bool same = a->len == b->len && memcmp(a->line, b->line, a->len) == 0;

	if (!same) {
		if (compared_parse(a, err) < 0 || compared_parse(b, err) < 0)
			return -1;
		same = same_object(w, a, b);
		if (same)
			put_forecast(w, a, b);
	}
	if (same && next_forecast(w, b, AFTER, err) < 0)
		return -1;
	return next_forecast(w, a, BEFORE, err);
}

static int
compare_forecasts(struct comparing *w, struct err *err)
{
	struct compared_file a = { 0 }, b = { 0 };
	int rc = -1;

	if (compared_open(&a, w->folders[BEFORE], FORECAST_FILE, err) == 0 &&
	    compared_open(&b, w->folders[AFTER], FORECAST_FILE, err) == 0 &&
	    next_forecast(w, &a, BEFORE, err) == 0)
		rc = next_forecast(w, &b, AFTER, err);
	while (rc == 0 && a.line && b.line)
		rc = compare_line(w, &a, &b, err);
	while (rc == 0 && a.line)
		rc = next_forecast(w, &a, BEFORE, err);
	while (rc == 0 && b.line)
		rc = next_forecast(w, &b, AFTER, err);
	compared_close(&a);
	compared_close(&b);
	return rc;
}

static int
write_file(struct comparing *w, struct findings_writer *to, struct err *err)
{
	char *path = path_join(findings_work(to), DIFFERENCE_FILE);
	struct file_sums sums;
	int rc = -1;

	w->out = outfile_open(path, OUTFILE_LISTED, err);
	free(path);
	if (!w->out)
		return -1;
	if (difference_causes(w->folders, w->out, w->d, &w->written,
	                      err) == 0 &&
	    compare_findings(w, err) == 0)
		rc = compare_forecasts(w, err);
	if (rc < 0) {
		outfile_abort(w->out);
		return -1;
	}
	if (outfile_commit(w->out, &sums, err) < 0)
		return -1;
	findings_written(to)->differences = w->written;
	strcpy(findings_written(to)->difference_digest, sums.digest);
	return 0;
}

int
difference_write(struct findings_writer *w, struct comparison *c,
                 struct difference *out, struct err *err)
{
	struct findings_writer *both[] = { c->before, w };
	struct comparing work = { .c = c, .d = out };
	int rc;

	difference_init(out);
	for (int i = 0; i < DIFFERENCE_SIDES; i++) {
		work.folders[i] = findings_work(both[i]);
		work.findings[i] = findings_written(both[i])->findings;
	}
	rc = write_file(&work, w, err);
	buf_release(&work.line);
	buf_release(&work.from);
	buf_release(&work.to);
	return rc;
}
