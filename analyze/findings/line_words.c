/* Words by the name, of a record; by the number, of what was picked. */
#include "analyze/findings/line_words.h"

#include "base/json_pick.h"
#include "base/record.h"

static bool
is_json(const struct word_names *names, size_t i)
{
	return names->json >> i & 1;
}

void
words_of_record(const struct word_names *names, const struct record *r,
                struct line_words *out)
{
	out->present = 0;
	for (size_t i = 0; i < names->count; i++) {
		const char *name = names->names[i];

		out->present |= (uint64_t)(record_find(r, name) >= 0) << i;
		out->text[i] = is_json(names, i) ? record_json(r, name)
		                                 : record_text(r, name);
	}
}

void
words_of_picked(const struct word_names *names, const struct picked *p,
                struct line_words *out)
{
	out->present = p->present[0];
	for (size_t i = 0; i < names->count; i++)
		out->text[i] = !picked_has(p, i) ? NULL
			: is_json(names, i) ? pick_json(&p->at[i])
			: pick_text(&p->at[i]);
}
