/*
 * What the command diff knows of two folders of findings, and the ways in which
 * it tells that.
 */
#ifndef REPORT_DIFF_H
#define REPORT_DIFF_H

#include <stdbool.h>

#include "analyze/findings/findings.h"

struct err;

/* How much of it the terminal shows. */
enum diff_extent { DIFF_EXAMPLES, DIFF_ALL };

struct compared_folders {
	const char *names[DIFFERENCE_SIDES];         /* as they were given */
	const struct findings *findings[DIFFERENCE_SIDES];
};

/*
 * Each prints all that D has on standard output, and counts it in OUT; 0, or -1
 * with ERR filled.
 */
int diff_print_text(const struct compared_folders *of, struct findings_diff *d,
                    enum diff_extent extent, struct change_counts *out,
                    struct err *err);
int diff_print_json(const struct compared_folders *of, struct findings_diff *d,
                    struct change_counts *out, struct err *err);
int diff_print_csv(struct findings_diff *d, struct change_counts *out,
                   struct err *err);

/* In what the runs differ, a sentence each, to A; how many. */
size_t diff_notes(const struct compared_folders *of, struct arena *a,
                  const char *notes[], size_t room);

/*
 * A line for each of N folders, oldest first, with what became new and was
 * fixed since the one before; the last ones' counts are in OUT.
 */
enum trend_output { TREND_TEXT, TREND_JSON, TREND_CSV };
int trend_print_folders(const struct findings *const *folders, size_t n,
                        enum trend_output as, struct change_counts *out,
                        struct err *err);
/* The runs that one folder remembers. */
int trend_print_folder(const struct findings *f, enum trend_output as,
                       struct err *err);

#endif
