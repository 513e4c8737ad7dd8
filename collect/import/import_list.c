/* Tells which files were left out, and what the others gave. */
#include "collect/import/import_files.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/term.h"
#include "base/warn.h"
#include "collect/import/source.h"

enum { TOLD_MAX = 20 };          /* files, one by one */

/* One by one, but for those that are too many to be read. */
static void
tell_refused(const struct import_files *f, const char *end)
{
	size_t n = 0;

	for (size_t i = 0; i < f->count; i++)
		if (f->items[i].refusal && n++ < TOLD_MAX)
			warn("%s%s", f->items[i].refusal, end);
	if (n > TOLD_MAX)
		warn("and %zu more files are no input%s", n - TOLD_MAX, end);
}

/* The snapshot is not to depend on where the files were. */
static void
miss(struct import_files *f, const struct import_file *file)
{
	LIST_RESERVE(f->missed, f->missed_room, f->missed_count + 1);
	f->missed[f->missed_count++] =
		xstrdup(file->refusal + (file->name - file->path));
}

int
import_files_skip(struct import_files *f, const char *want, struct err *err)
{
	size_t refused = 0;

	for (size_t i = 0; i < f->count; i++)
		refused += f->items[i].refusal != NULL;
	if (refused == 1 && f->count == 1)
		return err_input(err, "%s%s%s", f->items[0].refusal,
		                 f->items[0].unlike ? "; want " : "",
		                 f->items[0].unlike ? want : "");
	tell_refused(f, refused < f->count ? " (skipped)" : "");
	if (refused == f->count)
		return err_input(err, "none of the %zu files is an input; want "
		                 "%s", refused, want);
	for (size_t i = 0; i < f->count; i++)
		if (f->items[i].refusal && (f->items[i].near ||
		    f->items[i].given == GIVEN_BY_NAME))
			miss(f, &f->items[i]);
	for (size_t i = f->count; i-- > 0;)
		if (f->items[i].refusal)
			import_files_drop(f, i);
	return 0;
}

static void
list_file(const struct import_file *file)
{
	const char *between = "";

	printf("%s (%s): ", term_text(file->name), file->source->kind);
	for (int s = 0; s < SECTION_COUNT; s++)
		if (file->objects[s]) {
			printf("%s%s %llu", between,
			       section_title((enum section)s),
			       (unsigned long long)file->objects[s]);
			between = "; ";
		}
	printf("%s\n", *between ? "" : "no objects");
}

void
import_files_list(const struct import_files *f)
{
	if (f->count < 2)
		return;
	for (size_t i = 0; i < f->count && i < TOLD_MAX; i++)
		list_file(&f->items[i]);
	if (f->count > TOLD_MAX)
		printf("and %zu more files; the manifest lists all\n",
		       f->count - TOLD_MAX);
}
