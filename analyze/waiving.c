/* What the command analyze does with waivers. */
#include "analyze/waiving.h"

#include "analyze/model/model.h"
#include "analyze/rules/rules.h"
#include "analyze/waivers/waivers.h"
#include "base/guid_set.h"
#include "base/mem.h"

static const struct waivable_rules *
ids_of(const struct rule_choice *of, struct arena *a)
{
	const char **ids = arena_alloc(a, of->count * sizeof(*ids) + 1);
	struct waivable_rules *out = arena_alloc(a, sizeof(*out));

	for (size_t i = 0; i < of->count; i++)
		ids[i] = of->rules[i]->id;
	*out = (struct waivable_rules){ ids, of->count };
	return out;
}

struct waivers *
waiving_load(const struct opt_texts *files, const struct rule_choice *of,
             struct arena *a, struct err *err)
{
	struct waivers *w = waivers_new(ids_of(of, a));

	for (size_t i = 0; i < files->count; i++)
		if (waivers_load(w, files->texts[i], err) < 0) {
			waivers_free(w);
			return NULL;
		}
	return w;
}

static void
add_present(const struct table *t, const struct guid_set *wanted,
            struct guid_set *out)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->rows[i].has_guid &&
		    guid_set_has(wanted, &t->rows[i].guid))
			guid_set_add(out, &t->rows[i].guid);
}

/* Nearly always all waivers meet a finding, and nothing is looked for. */
void
waiving_describe(const struct waivers *w, const struct model *m,
                 struct arena *a, struct findings *f)
{
	struct guid_set wanted = { 0 }, present = { 0 };

	waivers_unmet(w, &wanted);
	for (int s = 0; wanted.count && s < SECTION_COUNT; s++)
		if (section_side((enum section)s) == SIDE_AD)
			add_present(&m->tables[s], &wanted, &present);
	f->waivers = waivers_describe(w, f, &present, a);
	guid_set_release(&wanted);
	guid_set_release(&present);
}
