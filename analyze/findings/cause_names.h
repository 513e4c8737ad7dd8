/* The names of objects that a cause shows: the first few, by their bytes. */
#ifndef ANALYZE_FINDINGS_CAUSE_NAMES_H
#define ANALYZE_FINDINGS_CAUSE_NAMES_H

struct cause_tally;

/* Keeps NAME, a copy, if it is among the first. */
void cause_add_example(struct cause_tally *c, const char *name);
/* Those of FROM as well. */
void cause_join_examples(struct cause_tally *to,
                         const struct cause_tally *from);
void cause_forget_examples(struct cause_tally *c);

#endif
