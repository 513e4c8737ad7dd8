/* Waivers in JSON: written, and read again. */
#include "analyze/findings/waiver_json.h"

#include <string.h>

#include "analyze/findings/line.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/record.h"

/* The texts of a waiver, by their keys. */
static const struct {
	const char *key;
	size_t member;
} texts[] = {
	{ "reason", offsetof(struct told_waiver, reason) },
	{ "owner", offsetof(struct told_waiver, owner) },
	{ "ticket", offsetof(struct told_waiver, ticket) },
	{ "expires", offsetof(struct told_waiver, expires) },
};

enum { TEXTS = sizeof(texts) / sizeof(texts[0]) };

static const char **
text_of(struct told_waiver *w, size_t i)
{
	return (const char **)((char *)w + texts[i].member);
}

static const char *
text_in(const struct told_waiver *w, size_t i)
{
	return *(const char *const *)((const char *)w + texts[i].member);
}

/* ---- in a line ---- */

/* One that has expired is told beside the finding that is open again. */
void
waiver_line_put(struct buf *out, const struct finding *f)
{
	if (!f->waiver)
		return;
	buf_adds(out, f->status == STATUS_OPEN ? ",\"expiredWaiver\":"
	         : ",\"waiver\":");
	line_first(out, texts[0].key, text_in(f->waiver, 0));
	for (size_t i = 1; i < TEXTS; i++)
		line_text(out, texts[i].key, text_in(f->waiver, i));
	line_text(out, "result", waiver_result_name(f->waiver->result));
	buf_addc(out, '}');
}

static void
take_texts(struct told_waiver *w, const struct json *j, struct arena *a)
{
	const char *result = json_string(json_get(j, "result"));

	w->result = STATUS_WAIVED;
	if (result)
		waiver_result_parse(&w->result, result);
	for (size_t i = 0; i < TEXTS; i++)
		*text_of(w, i) = line_copy(j, texts[i].key, a);
}

const struct told_waiver *
waiver_line_take(const char *text, struct arena *a)
{
	struct json *tree = json_of_text(text);
	struct told_waiver *w;

	if (!tree)
		return NULL;
	w = arena_alloc(a, sizeof(*w));
	take_texts(w, tree, a);
	json_free(tree);
	return w;
}

/* ---- in the manifest ---- */

static const struct {
	const char *key;
	size_t member;
} names[] = {
	{ "file", offsetof(struct waiver_fated, file) },
	{ "rule", offsetof(struct waiver_fated, rule) },
	{ "object", offsetof(struct waiver_fated, object) },
	{ "attribute", offsetof(struct waiver_fated, attribute) },
	{ "value", offsetof(struct waiver_fated, value) },
	{ "why", offsetof(struct waiver_fated, why) },
};

static const char *const fate_keys[] = {
	[WAIVER_EXPIRED] = "expired", [WAIVER_UNUSED] = "unused",
	[WAIVER_NOT_KNOWN] = "notKnown", [WAIVER_EXPIRING] = "expiring",
};

enum { NAMES = sizeof(names) / sizeof(names[0]) };

static void
add_fated(struct json *list, const struct waiver_fated *w)
{
	struct json *e = json_add_object(list, NULL);

	json_add_text(e, "fate", waiver_fate_name(w->fate));
	json_add_count(e, "line", w->line);
	for (size_t i = 0; i < NAMES; i++)
		json_add_text(e, names[i].key, *(const char *const *)(
			(const char *)w + names[i].member));
	for (size_t i = 0; i < TEXTS; i++)
		json_add_text(e, texts[i].key, text_in(&w->told, i));
	json_add_text(e, "result", waiver_result_name(w->told.result));
	json_add_count(e, "findings", w->findings);
}

void
waivers_to_json(struct json *o, const struct waivers_told *w,
                const uint64_t waived[SEVERITY_COUNT])
{
	struct json *e, *list;

	if (!w->file_count)
		return;
	e = json_add_object(o, "waived");
	for (int s = 0; s < SEVERITY_COUNT; s++)
		json_add_count(e, severity_name((enum severity)s), waived[s]);
	e = json_add_object(o, "waivers");
	list = json_add_array(e, "files");
	for (size_t i = 0; i < w->file_count; i++) {
		struct json *file = json_add_object(list, NULL);

		json_add_text(file, "name", w->files[i].name);
		json_add_text(file, "sha256", w->files[i].digest);
	}
	json_add_count(e, "count", w->count);
	json_add_count(e, "used", w->used);
	for (int i = 0; i < WAIVER_FATES; i++)
		json_add_count(e, fate_keys[i], w->by_fate[i]);
	list = json_add_array(e, "told");
	for (size_t i = 0; i < w->item_count; i++)
		add_fated(list, &w->items[i]);
}

/* For texts that reports print without asking: never NULL. */
static const char *
must(const struct json *j, const char *key, struct arena *a)
{
	const char *text = line_copy(j, key, a);

	return text ? text : "";
}

static struct waiver_fated
read_fated(const struct json *j, struct arena *a)
{
	const char *fate = json_string(json_get(j, "fate"));
	struct waiver_fated w = { .fate = WAIVER_UNUSED };

	for (int i = 0; fate && i < WAIVER_FATES; i++)
		if (strcmp(waiver_fate_name((enum waiver_fate)i), fate) == 0)
			w.fate = (enum waiver_fate)i;
	w.line = json_count_of(j, "line");
	w.findings = json_count_of(j, "findings");
	for (size_t i = 0; i < NAMES; i++)
		*(const char **)((char *)&w + names[i].member) =
			line_copy(j, names[i].key, a);
	w.file = must(j, "file", a);
	w.rule = must(j, "rule", a);
	w.object = must(j, "object", a);
	take_texts(&w.told, j, a);
	if (!w.told.expires)
		w.told.expires = "";
	return w;
}

static void
read_files(struct waivers_told *w, const struct json *list, struct arena *a)
{
	struct waiver_file *to = arena_alloc(a, json_count(list) *
	                                     sizeof(*to) + 1);

	w->files = to;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		to[w->file_count++] = (struct waiver_file){
			.name = must(j, "name", a),
			.digest = must(j, "sha256", a),
		};
}

struct waivers_told
waivers_from_json(const struct json *manifest, struct arena *a)
{
	const struct json *e = json_get(manifest, "waivers");
	const struct json *waived = json_get(manifest, "waived");
	const struct json *list = json_get(e, "told");
	struct waivers_told w = { .count = json_count_of(e, "count"),
	                          .used = json_count_of(e, "used") };
	struct waiver_fated *to = arena_alloc(a, json_count(list) *
	                                      sizeof(*to) + 1);

	read_files(&w, json_get(e, "files"), a);
	for (int i = 0; i < WAIVER_FATES; i++)
		w.by_fate[i] = json_count_of(e, fate_keys[i]);
	for (int s = 0; s < SEVERITY_COUNT; s++)
		w.waived[s] = json_count_of(
			waived, severity_name((enum severity)s));
	w.items = to;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		to[w.item_count++] = read_fated(j, a);
	return w;
}
