/*
 * The sync engine's password defects, fixed in Azure AD Connect 1.0.9125.0,
 * November 2015 ("Azure AD Connect: Version release history", entry 1.0.9125.0,
 * Password synchronization issues): before it, an object that moved into scope
 * and an account that was enabled again did not get their password hash
 * synchronized.
 */
#ifndef ANALYZE_POLICY_ENGINE_H
#define ANALYZE_POLICY_ENGINE_H

#include "base/when.h"

struct arena;
struct build;
struct policy;

enum defect {
	DEFECT_NO,             /* the engine had the fix then */
	DEFECT_YES,            /* it had not */
	DEFECT_UNKNOWN,        /* its build at that time is not known */
};

struct defect_verdict {
	enum defect defect;
	const char *reason;    /* the end of a sentence; static or arena */
};

/* Judges an event that happened after AFTER and not later than BY. */
struct defect_verdict engine_defect(const struct policy *p, when_t after,
                                    when_t by, struct arena *a);

/* 0, or -1 when TEXT is no build such as 1.0.9125.0. */
int build_parse(struct build *b, const char *text);
/* <0, 0, >0. */
int build_compare(const struct build *a, const struct build *b);

/* The engine in a sentence. */
const char *engine_text(const struct policy *p, struct arena *a);

#endif
