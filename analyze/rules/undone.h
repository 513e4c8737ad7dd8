/* Why what is changed in AD would not last, where a policy of Exchange's is. */
#ifndef ANALYZE_RULES_UNDONE_H
#define ANALYZE_RULES_UNDONE_H

/* It applies to the object; whether it does is not known. */
extern const char undone_surely[], undone_maybe[];

#endif
