/* The selection of rules: told in words, and in the manifest. */
#include "analyze/findings/selected.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"

/* A member, the option that sets it, and its key in the manifest. */
static const struct {
	size_t member;
	const char *option, *key;
} parts[] = {
	{ offsetof(struct selection, profile), "--profile", "profile" },
	{ offsetof(struct selection, rules), "--rules", "rules" },
	{ offsetof(struct selection, skip), "--skip-rules", "skipRules" },
	{ offsetof(struct selection, severity), "--severity", "severity" },
	{ offsetof(struct selection, category), "--category", "category" },
};

enum { PARTS = sizeof(parts) / sizeof(parts[0]) };

static const char *
part_of(const struct selection *s, size_t i)
{
	return *(const char *const *)((const char *)s + parts[i].member);
}

static size_t
count_parts(const struct selection *s)
{
	size_t n = 0;

	for (size_t i = 0; i < PARTS; i++)
		n += part_of(s, i) != NULL;
	return n;
}

bool
selection_is_any(const struct selection *s)
{
	return count_parts(s) > 0;
}

bool
selection_tell(const struct selection *s, size_t ran, struct buf *out)
{
	size_t n = 0, count = count_parts(s);

	if (!count)
		return false;
	buf_addf(out, "%zu rule%s ran, chosen by ", ran, ran == 1 ? "" : "s");
	for (size_t i = 0; i < PARTS; i++)
		if (part_of(s, i))
			buf_addf(out, "%s%s %s", !n++ ? "" : n < count
			         ? ", " : " and ", parts[i].option,
			         part_of(s, i));
	buf_addf(out, "; readiness is by %s alone", ran == 1 ? "it" : "them");
	return true;
}

void
selection_to_json(struct json *e, const struct selection *s)
{
	for (size_t i = 0; i < PARTS; i++)
		if (part_of(s, i))
			json_add_text(e, parts[i].key, part_of(s, i));
		else
			json_add_null(e, parts[i].key);
}

struct selection
selection_from_json(const struct json *j, struct arena *a)
{
	struct selection out = { 0 };

	for (size_t i = 0; i < PARTS; i++) {
		const char *text = json_string(json_get(j, parts[i].key));

		if (text)
			*(const char **)((char *)&out + parts[i].member) =
				arena_strdup(a, text);
	}
	return out;
}
