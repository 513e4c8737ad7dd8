/* The counts of causes and findings, on the terminal. */
#include "analyze/findings/findings.h"

#include <inttypes.h>
#include <stdio.h>

static void
print_numbers(const char *title, const uint64_t by[SEVERITY_COUNT])
{
	printf("%s", title);
	for (int s = 0; s < SEVERITY_COUNT; s++)
		printf("%s %" PRIu64 " %s", s ? "," : "", by[s],
		       severity_name((enum severity)s));
}

void
causes_print(const struct cause_sums *s,
             const uint64_t counted[SEVERITY_COUNT], enum causes_style style)
{
	static const char *const titles[][3] = {
		[CAUSES_OF_RUN] = { "causes:", "\nfindings:",
		                    "\nthat follow from these:" },
		[CAUSES_OF_REPORT] = { "Causes:", "\nFindings:",
		                       "\nThat follow from these:" },
	};
	uint64_t alone[SEVERITY_COUNT], attached = 0;

	for (int i = 0; i < SEVERITY_COUNT; i++) {
		alone[i] = counted[i] - s->attached[i];
		attached += s->attached[i];
	}
	print_numbers(titles[style][0], s->by_severity);
	print_numbers(titles[style][1], alone);
	if (attached)
		print_numbers(titles[style][2], s->attached);
	printf("\n");
}
