/* What analyze prints in the end. */
#include "analyze/summary.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/shell.h"
#include "base/wrap.h"

static void
print_explained(const struct model_sums *s)
{
	struct buf text = { 0 };

	if (model_tell(s, &text))
		wrap_item("forecast: ", 2, text.data);
	buf_release(&text);
}

/* Where no forecast is written, nothing is said of readiness. */
static void
print_selection(const struct findings *f, const struct selection *s)
{
	struct buf text = { 0 };

	if (s && selection_tell(s, f->rule_count, &text))
		wrap_item("selection: ", 2, text.data);
	buf_release(&text);
}

void
analysis_print(const struct findings *f,
               const uint64_t counted[SEVERITY_COUNT],
               const struct selection *selection)
{
	causes_print(&f->causes, counted, CAUSES_OF_RUN);
	waivers_print(f, CAUSES_OF_RUN);
	baseline_print(&f->baseline);
	print_selection(f, selection);
	print_explained(&f->model);
	sync_print(f);
	cloud_print(f);
	exchange_print(&f->exchange, "last Exchange server");
	if (f->joined_by_name)
		printf("joined by name, no key of both sides was collected: "
		       "%llu\n", (unsigned long long)f->joined_by_name);
	gaps_print(f->rules, f->rule_count, GAP_DATA,
	           "not assessed, or only in part:");
	gaps_print(f->rules, f->rule_count, GAP_NOT_APPLICABLE,
	           "not applicable:");
	assumed_print(f);
}

void
analysis_print_next(const char *output)
{
	struct buf text = { 0 };

	shell_put_path(&text, output, "FINDINGS");
	printf("next: syncscope report %s -o FOLDER\n", text.data);
	buf_release(&text);
}
