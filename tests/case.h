/*
 * The cases of the rules: tests/rules/ID.case. A line holds a word and what it
 * takes:
 *   with {object}     an object of the model
 *   fire {object}     the same, and the rule must report it
 *   pass {object}     the same, and the rule must not
 *   policy {policy}   the policy file
 *   scope FOLDER      a sync server's export, in tests/rules
 *   take FILE         the lines of tests/rules/FILE, which many models have
 *   lack SECTION      the section was not collected
 *   part SECTION      it is partial
 *   skip ATTRIBUTE    the attribute was not asked for, anywhere
 *   asof DAY          the time that is judged (default: the present)
 *   outcome WORD      how the rule must end
 * A blank line begins a new model. {"@domain": NAME} is the domain itself, of AD
 * or of mail, and {"@tenant": ""} the tenant, for fire and pass. Objects are
 * records of a snapshot; "@in" names their section (default: AD users), "@at"
 * the day of their snapshot (default: the present), "@severity" and "@attribute"
 * what the finding must have, "@members" how many members a group has that are
 * nobody. An AD object without objectGUID gets one, the same for the same
 * sAMAccountName.
 */
#ifndef TESTS_CASE_H
#define TESTS_CASE_H

#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "analyze/data/data.h"
#include "analyze/load/load.h"
#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/judge.h"
#include "analyze/rules/rules.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "tests/remove_tree.h"

enum { DAYS_MAX = 4, OBJECTS_MAX = 64, CURES_MAX = 256, LINE_BYTES = 1 << 16 };

/*
 * Sanitizers make a thread dear; threads of theirs have tests of their own. They
 * see all cases in rules.c, and those of every fourth rule where they are bent.
 */
#ifdef __SANITIZE_ADDRESS__
enum { JOBS = 1, EACH = 4 };
#else
enum { JOBS = 2, EACH = 1 };
#endif

static const char present[] = "2016-02-15";

/* The rules; main() fills it, with memory that it keeps. */
static struct rule_choice catalogue;

struct expected {
	char guid[GUID_TEXT];    /* or a domain's name, or "tenant" */
	enum side side;
	bool fires;
	char severity[16];       /* "": any */
	char attribute[48];      /* likewise */
	int line;
};

/* A value that an object gets instead of what its line says. */
struct cure {
	int line;
	const char *attribute;
	char value[64];
};

struct cures {
	struct cure items[CURES_MAX];
	size_t count;
};

/* One model of a case file, and what is done with each. */
struct fixture {
	const char *id, *path;
	int line;                /* the last of the model */
	void (*judge)(struct fixture *t, struct snapshot *const *snapshots,
	              size_t n);
	struct cures *cures;     /* NULL: none */
	const char *dropped;     /* of AD, it was not asked for; NULL: none */
	char folder[64];
	char *days[DAYS_MAX];
	struct snapshot_writer *writers[DAYS_MAX];
	size_t day_count;
	struct expected expected[OBJECTS_MAX];
	size_t expected_count;
	char *lacks[SECTION_COUNT], *parts[SECTION_COUNT];
	size_t lack_count, part_count;
	const char *skip[8];
	size_t skip_count;
	char *exports[4];
	size_t export_count;
	char outcome[32], as_of[16];
	struct policy policy;
	unsigned serial;
	unsigned fires, passes;      /* over the whole file */
	uint64_t found;              /* what the caller counts, likewise */
	bool past_tenant;            /* the case has older accounts */
	/* Changes what is stored, or stores more; NULL: it is as the case is. */
	void (*bend)(struct fixture *t, struct record *r, enum section s,
	             const char *day);
	/* Stores more behind all objects of a model; likewise. */
	void (*more)(struct fixture *t);
};

static void
begin(struct fixture *t)
{
	/* What one model had the next one takes, not the kernel. */
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	mallopt(M_MMAP_THRESHOLD, 1 << 28);
	mallopt(M_TOP_PAD, 1 << 24);
	/* In memory, if that is there: there are thousands of small files. */
	strcpy(t->folder, "/dev/shm/syncscope-rules-XXXXXX");
	if (!mkdtemp(t->folder)) {
		strcpy(t->folder, "/tmp/syncscope-rules-XXXXXX");
		assert_non_null(mkdtemp(t->folder));
	}
	policy_init(&t->policy);
}

static struct snapshot_writer *
writer(struct fixture *t, const char *day)
{
	struct err err;
	char *path;
	size_t i = 0;

	while (i < t->day_count && strcmp(t->days[i], day) != 0)
		i++;
	if (i < t->day_count)
		return t->writers[i];
	assert_true(i < DAYS_MAX);
	path = path_join(t->folder, day);
	t->days[i] = xstrdup(day);
	t->writers[i] = snapshot_create(path, FOLDER_NEW, &err);
	assert_non_null(t->writers[i]);
	t->day_count++;
	free(path);
	return t->writers[i];
}

static enum section
section_named(const char *name)
{
	for (int s = 0; s < SECTION_COUNT; s++)
		if (strcmp(section_name((enum section)s), name) == 0)
			return (enum section)s;
	fail_msg("no section %s", name);
	return SECTION_COUNT;
}

/* A GUID that is the same for the same name, so that days agree. */
static void
make_guid(struct record *r, const char *name)
{
	struct buf text = { 0 };
	unsigned char bytes[GUID_BYTES] = { 0 };

	for (size_t i = 0; name[i]; i++)
		bytes[i % GUID_BYTES] = (unsigned char)
			(bytes[i % GUID_BYTES] * 31 + name[i]);
	base64_encode(&text, bytes, GUID_BYTES);
	record_add_text(r, "objectGUID", text.data);
	buf_release(&text);
}

static void
remember(struct fixture *t, const struct record *r, enum side side,
         bool fires, int line)
{
	const char *key = record_text(r, side == SIDE_AD ? "objectGUID" : "id");
	struct expected *e = &t->expected[t->expected_count++];
	struct guid g;

	assert_true(t->expected_count <= OBJECTS_MAX);
	assert_non_null(key);
	if (side == SIDE_AD)
		assert_int_equal(guid_from_base64(&g, key, strlen(key)), 0);
	else
		assert_int_equal(guid_parse(&g, key), 0);
	guid_format(&g, e->guid);
	for (struct expected *p = t->expected; p < e; p++)
		if (p->side == side && strcmp(p->guid, e->guid) == 0)
			fail_msg("%s:%d: is the same object as line %d",
			         t->path, line, p->line);
	e->side = side;
	e->fires = fires;
	if (record_text(r, "@severity"))
		snprintf(e->severity, sizeof(e->severity), "%s",
		         record_text(r, "@severity"));
	if (record_text(r, "@attribute"))
		snprintf(e->attribute, sizeof(e->attribute), "%s",
		         record_text(r, "@attribute"));
	e->line = line;
	t->fires += fires;
	t->passes += !fires;
}

static const struct cure *
find_cure(const struct fixture *t, int line, const char *attribute)
{
	for (size_t i = 0; t->cures && i < t->cures->count; i++)
		if (t->cures->items[i].line == line &&
		    strcmp(t->cures->items[i].attribute, attribute) == 0)
			return &t->cures->items[i];
	return NULL;
}

/* So many members that no line of a case has room for them. */
static void
add_members(struct record *to, const char *count)
{
	unsigned long n = strtoul(count, NULL, 10);
	char dn[48];

	for (unsigned long i = 0; i < n; i++) {
		snprintf(dn, sizeof(dn), "CN=%lu,OU=None,DC=y", i);
		record_add_text(to, "member", dn);
	}
}

static bool
is_dropped(const struct fixture *t, enum section s, const char *name)
{
	return t->dropped && section_side(s) == SIDE_AD &&
	       strcmp(name, t->dropped) == 0;
}

/* Copies R without the words that only cases know, and with its cures. */
static void
store(struct fixture *t, const struct record *r, enum section s,
      const char *day, int line)
{
	struct record *clean = record_new();
	struct err err;

	for (size_t i = 0; i < record_count(r); i++) {
		const char *name = record_name(r, i);

		if (*name == '@' || find_cure(t, line, name) ||
		    is_dropped(t, s, name))
			continue;
		record_declare(clean, name, record_shape(r, i));
		for (size_t k = 0; k < record_values(r, i); k++) {
			struct value v = record_value(r, i, k);

			record_add(clean, name, v.kind, v.data, v.len);
		}
	}
	if (record_text(r, "@members")) {
		record_declare(clean, "member", SHAPE_LIST);
		add_members(clean, record_text(r, "@members"));
	}
	for (size_t i = 0; t->cures && i < t->cures->count; i++)
		if (t->cures->items[i].line == line)
			record_add_text(clean, t->cures->items[i].attribute,
			                t->cures->items[i].value);
	if (t->bend)
		t->bend(t, clean, s, day);
	assert_int_equal(snapshot_put(writer(t, day), s, clean, &err), 0);
	record_free(clean);
}

enum word { WITH, FIRE, PASS };

/* A domain is there by what lies in it. */
static void
remember_whole(struct fixture *t, const struct record *r, enum side side,
               bool fires, int line)
{
	const char *severity = record_text(r, "@severity");
	struct expected *e = &t->expected[t->expected_count++];

	assert_true(t->expected_count <= OBJECTS_MAX);
	*e = (struct expected){ .side = side, .fires = fires, .line = line };
	snprintf(e->guid, sizeof(e->guid), "%s", side == SIDE_AD
	         ? record_text(r, "@domain") : "tenant");
	if (severity)
		snprintf(e->severity, sizeof(e->severity), "%s", severity);
	t->fires += fires;
	t->passes += !fires;
}

static void
take_object(struct fixture *t, enum word word, const char *text, int line)
{
	struct record *r = record_new();
	struct json_error e = { 0 };
	enum section s = AD_USERS;
	const char *day = present;
	enum side side;

	if (json_read_record(text, strlen(text), r, &e) < 0)
		fail_msg("%s:%d: want %s at %zu", t->path, line, e.want,
		         e.offset);
	if (record_text(r, "@domain")) {
		assert_int_not_equal(word, WITH);
		remember_whole(t, r, SIDE_AD, word == FIRE, line);
		record_free(r);
		return;
	}
	if (record_text(r, "@tenant")) {
		assert_int_not_equal(word, WITH);
		remember_whole(t, r, SIDE_TENANT, word == FIRE, line);
		record_free(r);
		return;
	}
	if (record_text(r, "@in"))
		s = section_named(record_text(r, "@in"));
	if (record_text(r, "@at"))
		day = record_text(r, "@at");
	side = section_side(s);
	if (side == SIDE_AD && record_find(r, "objectGUID") < 0) {
		char *dn = xstrdup(record_text(r, "dn"));

		make_guid(r, record_text(r, "sAMAccountName")
		          ? record_text(r, "sAMAccountName") : dn);
		free(dn);
	}
	day = day == present ? present : record_text(r, "@at");
	t->past_tenant |= side == SIDE_TENANT && day != present;
	if (word != WITH)
		remember(t, r, side, word == FIRE, line);
	store(t, r, s, day, line);
	record_free(r);
}

static void
take_policy(struct fixture *t, const char *text)
{
	char *path = path_join(t->folder, "policy.json");
	FILE *f = fopen(path, "w");
	struct err err = { 0 };

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	if (policy_load(&t->policy, path, &err) < 0)
		fail_msg("%s: %s", t->path, err.text);
	free(path);
}

/* Everything was asked for, but what the case says was not. */
static void
cover(struct fixture *t, struct snapshot_writer *w, enum section s)
{
	const char *names[ATTR_COUNT + 1];
	size_t n = 0;

	if (!t->skip_count && !t->dropped) {
		snapshot_cover(w, s, COVER_ALL, NULL, 0);
		return;
	}
	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_name(section_side(s), (enum attr)a);
		bool skipped = !name || is_dropped(t, s, name);

		for (size_t i = 0; i < t->skip_count && !skipped; i++)
			skipped = strcmp(name, t->skip[i]) == 0;
		if (!skipped)
			names[n++] = name;
	}
	snapshot_cover(w, s, COVER_LISTED, names, n);
}

static bool
among(char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static struct snapshot *
finish_day(struct fixture *t, size_t i)
{
	struct snapshot_writer *w = t->writers[i];
	bool now = strcmp(t->days[i], present) == 0;
	char *path = path_join(t->folder, t->days[i]);
	struct snapshot *s;
	struct err err = { 0 };
	when_t when;

	for (int k = 0; k < SECTION_COUNT; k++) {
		const char *name = section_name((enum section)k);

		if (!now && section_side((enum section)k) != SIDE_AD &&
		    !t->past_tenant)
			continue;
		cover(t, w, (enum section)k);
		if (!among(t->lacks, t->lack_count, name))
			snapshot_asked(w, (enum section)k);
		if (among(t->parts, t->part_count, name))
			snapshot_partial(w, (enum section)k, "for the test");
	}
	assert_int_equal(when_from_iso(&when, t->days[i]), 0);
	if (snapshot_commit(w, when, &err) < 0)
		fail_msg("%s", err.text);
	s = snapshot_open(path, &err);
	assert_non_null(s);
	free(path);
	return s;
}

static struct expected *
find_expected(struct fixture *t, const struct finding *f)
{
	const char *key = f->guid ? f->guid
		: strcmp(f->class, "tenant") == 0 ? f->class
		: f->domain && strcmp(f->class, "domain") == 0 ? f->domain
		: f->object;

	for (size_t i = 0; key && i < t->expected_count; i++)
		if (strcmp(t->expected[i].guid, key) == 0)
			return &t->expected[i];
	return NULL;
}

/* What some rules, or all, say of a model. */
struct verdict {
	char *path;              /* of the findings */
	struct judged judged;
	struct arena arena;
};

/* Whether the rule runs among all of the case: as by default, and the case's. */
static bool
case_has(const struct fixture *t, const struct rule *r)
{
	return profile_has(PROFILE_DEFAULT, r) || strcmp(r->id, t->id) == 0;
}

/* What is to run: the chosen rules, or all of the case. */
static struct rule_choice
case_choice(const struct fixture *t, const bool *chosen, struct arena *a)
{
	struct rule_choice of = catalogue;
	bool *all = arena_alloc(a, of.count * sizeof(*all));

	for (size_t i = 0; i < of.count; i++)
		all[i] = case_has(t, of.rules[i]);
	of.chosen = chosen ? chosen : all;
	of.forecast = chosen ? FORECAST_NONE : FORECAST_WRITTEN;
	return of;
}

/* Runs the chosen rules (NULL: all) by the real loader. */
static struct verdict
case_judge(struct fixture *t, struct snapshot *const *snapshots, size_t n,
           const bool *chosen)
{
	struct verdict v = {
		.path = xasprintf("%s/findings-%u", t->folder, t->serial++),
	};
	struct rule_choice of = case_choice(t, chosen, &v.arena);
	struct model_plan plan = {
		.policy = &t->policy, .as_of = WHEN_NONE, .jobs = JOBS,
	};
	struct findings f = { .tool_version = "test" };
	struct findings_writer *w;
	struct err err = { 0 };
	struct data *data = data_open(&(struct data_places){ "data", NULL },
	                              &err);
	struct model m;

	assert_non_null(data);
	plan.data = data;
	if (*t->as_of)
		assert_int_equal(when_from_iso(&plan.as_of, t->as_of), 0);
	plan.screen = screen_new(&of, plan.jobs);
	if (model_load(&m, snapshots, n, &plan, &err) < 0)
		fail_msg("%s: %s", t->path, err.text);
	screen_free(plan.screen);
	w = findings_create(v.path, FOLDER_NEW, &err);
	assert_non_null(w);
	if (judge_run(&m, &of, w, &v.judged, &v.arena, &err) < 0)
		fail_msg("%s: %s", t->path, err.text);
	f.rules = v.judged.results;
	f.rule_count = v.judged.result_count;
	assert_int_equal(findings_commit(w, &f, &err), 0);
	model_release(&m);
	data_free(data);
	return v;
}

static void
verdict_release(struct verdict *v)
{
	free(v->path);
	arena_release(&v->arena);
}

static const struct rule_result *
verdict_of(const struct verdict *v, const char *id)
{
	for (size_t i = 0; i < v->judged.result_count; i++)
		if (strcmp(v->judged.results[i].id, id) == 0)
			return &v->judged.results[i];
	fail_msg("%s did not run", id);
	return NULL;
}

static void
end(struct fixture *t)
{
	struct snapshot *snapshots[DAYS_MAX];
	struct err err = { 0 };
	struct fixture next = {
		.id = t->id, .path = t->path, .judge = t->judge,
		.cures = t->cures, .dropped = t->dropped,
		.bend = t->bend, .more = t->more,
		.fires = t->fires, .passes = t->passes,
	};

	writer(t, present);
	if (t->more)
		t->more(t);
	if (t->export_count &&
	    sync_config_load(&t->policy, (const char *const *)t->exports,
	                     t->export_count, &err) < 0)
		fail_msg("%s: %s", t->path, err.text);
	for (size_t i = 0; i < t->day_count; i++)
		snapshots[i] = finish_day(t, i);
	t->judge(t, snapshots, t->day_count);
	next.found = t->found;
	for (size_t i = 0; i < t->day_count; i++) {
		snapshot_close(snapshots[i]);
		free(t->days[i]);
	}
	for (size_t i = 0; i < t->lack_count; i++)
		free(t->lacks[i]);
	for (size_t i = 0; i < t->part_count; i++)
		free(t->parts[i]);
	for (size_t i = 0; i < t->export_count; i++)
		free(t->exports[i]);
	for (size_t i = 0; i < t->skip_count; i++)
		free((char *)t->skip[i]);
	policy_release(&t->policy);
	assert_int_equal(remove_tree(t->folder), 0);
	*t = next;
	begin(t);
}

static void take_file(struct fixture *t, const char *name, int number);

static void
take_line(struct fixture *t, char *line, int number)
{
	static const char *const objects[] = { "with", "fire", "pass" };
	char *rest = strchr(line, ' ');

	assert_non_null(rest);
	*rest++ = '\0';
	for (int i = WITH; i <= PASS; i++)
		if (strcmp(line, objects[i]) == 0) {
			take_object(t, (enum word)i, rest, number);
			return;
		}
	if (strcmp(line, "policy") == 0)
		take_policy(t, rest);
	else if (strcmp(line, "take") == 0)
		take_file(t, rest, number);
	else if (strcmp(line, "lack") == 0)
		t->lacks[t->lack_count++] = xstrdup(rest);
	else if (strcmp(line, "part") == 0)
		t->parts[t->part_count++] = xstrdup(rest);
	else if (strcmp(line, "skip") == 0)
		t->skip[t->skip_count++] = xstrdup(rest);
	else if (strcmp(line, "scope") == 0)
		t->exports[t->export_count++] = xasprintf("tests/rules/%s",
		                                          rest);
	else if (strcmp(line, "asof") == 0)
		snprintf(t->as_of, sizeof(t->as_of), "%s", rest);
	else if (strcmp(line, "outcome") == 0)
		snprintf(t->outcome, sizeof(t->outcome), "%s", rest);
	else
		fail_msg("%s:%d: unknown word %s", t->path, number, line);
}

/* All are of the line that names the file. */
static void
take_file(struct fixture *t, const char *name, int number)
{
	char *path = xasprintf("tests/rules/%s", name);
	FILE *file = fopen(path, "r");
	char line[LINE_BYTES];

	if (!file)
		fail_msg("%s:%d: there is no %s", t->path, number, path);
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] && line[0] != '#')
			take_line(t, line, number);
	}
	fclose(file);
	free(path);
}

/* Hands each model of the case file of t->id to t->judge. */
static void
run_case(struct fixture *t)
{
	char *path = xasprintf("tests/rules/%s.case", t->id);
	FILE *file = fopen(path, "r");
	char line[LINE_BYTES];
	int number = 0;
	bool open = false;

	if (!file)
		fail_msg("%s: every rule needs a case file", path);
	t->path = path;
	begin(t);
	while (fgets(line, sizeof(line), file)) {
		number++;
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#')
			continue;
		if (line[0]) {
			t->line = number;
			take_line(t, line, number);
			open = true;
		} else if (open) {
			end(t);
			open = false;
		}
	}
	if (open)
		end(t);
	fclose(file);
	policy_release(&t->policy);
	assert_int_equal(remove_tree(t->folder), 0);
	t->path = NULL;
	free(path);
}

#endif
