/* What an analysis tells on the terminal. */
#include "analyze/outcome.h"

#include <stdio.h>

#include "base/buf.h"

static void
print_explained(const struct model_sums *s)
{
	struct buf text = { 0 };

	if (model_tell(s, &text))
		printf("forecast: %s\n", text.data);
	buf_release(&text);
}

/* Where no forecast is written, nothing is said of readiness. */
static void
print_selection(const struct findings *f, enum forecasting forecast)
{
	struct buf text = { 0 };

	if (forecast == FORECAST_WRITTEN &&
	    selection_tell(&f->selection, f->rule_count, &text))
		printf("selection: %s\n", text.data);
	buf_release(&text);
}

void
outcome_print(const struct findings *f, const uint64_t counted[SEVERITY_COUNT],
              enum forecasting forecast)
{
	const struct rule_result *results = f->rules;
	size_t n = f->rule_count;

	printf("findings:");
	for (int s = 0; s < SEVERITY_COUNT; s++)
		printf("%s %llu %s", s ? "," : "",
		       (unsigned long long)counted[s],
		       severity_name((enum severity)s));
	printf("\n");
	print_selection(f, forecast);
	print_explained(&f->model);
	sync_print(f);
	if (f->joined_by_name)
		printf("joined by name, no key of both sides was collected: "
		       "%llu\n", (unsigned long long)f->joined_by_name);
	gaps_print(results, n, GAP_DATA, "not assessed, or only in part:");
	gaps_print(results, n, GAP_NOT_APPLICABLE, "not applicable:");
	assumed_print(f);
}
