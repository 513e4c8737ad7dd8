/* With which command data that lack are collected. */
#ifndef ANALYZE_FINDINGS_MISSING_COMMAND_H
#define ANALYZE_FINDINGS_MISSING_COMMAND_H

struct arena;
struct missing_data;

/* By its sections and its reason; static or in A, NULL: none is known. */
const char *missing_command(const struct missing_data *d, struct arena *a);

#endif
