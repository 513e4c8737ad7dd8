/* The command that makes one change of a cause, for an object that has it. */
#ifndef ANALYZE_FINDINGS_CAUSE_EXAMPLE_H
#define ANALYZE_FINDINGS_CAUSE_EXAMPLE_H

struct buf;
struct finding;

/*
 * Appends a command of AD's module that only says what it would do (-WhatIf),
 * a line for each change; nothing where F proposes none, or where what makes it
 * is none of AD's cmdlets.
 */
void example_put(struct buf *out, const struct finding *f);

#endif
