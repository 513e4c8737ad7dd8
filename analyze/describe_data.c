/* What the manifest of findings says of the data files. */
#include "analyze/describe_data.h"

#include "analyze/data/data.h"
#include "analyze/findings/findings.h"
#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/mem.h"

static void
list_files(const struct model *m, struct arena *a, struct findings *f)
{
	const struct data_file *files;
	size_t n = data_files(m->data, &files);
	struct judged_data *out = arena_alloc(a, n * sizeof(*out) + 1);

	for (size_t i = 0; i < n; i++)
		out[i] = (struct judged_data){
			.name = files[i].name, .source = files[i].source,
			.as_of = files[i].day,
			.digest = *files[i].digest ? files[i].digest : NULL,
		};
	f->data.items = out;
	f->data.count = n;
}

/* A policy is obeyed, even where what it says cannot be. */
static const char *
tell_unverifiable(const struct model *m, size_t i, struct arena *a)
{
	const char *domain = m->unverifiable.domains[i];
	struct buf text = { 0 };
	const char *out;

	buf_addf(&text, "%s is taken for verified, as %s says, but no tenant "
	         "can verify it: %s", domain,
	         supposer_called(m->unverifiable.by[i]),
	         suffix_reason(suffix_judge(m->data, domain), a));
	out = arena_strdup(a, buf_text(&text));
	buf_release(&text);
	return out;
}

void
describe_data(const struct model *m, struct arena *a, struct findings *f)
{
	const char *const *old;
	size_t n = data_tell_ages(m->data, m->as_of, a, &old), k = 0;
	const char **notes = arena_alloc(a, (f->note_count + n +
	                                     m->unverifiable.count) *
	                                 sizeof(*notes) + 1);

	list_files(m, a, f);
	for (size_t i = 0; i < f->note_count; i++)
		notes[k++] = f->notes[i];
	for (size_t i = 0; i < n; i++)
		notes[k++] = old[i];
	for (size_t i = 0; i < m->unverifiable.count; i++)
		notes[k++] = tell_unverifiable(m, i, a);
	f->notes = notes;
	f->note_count = k;
}
