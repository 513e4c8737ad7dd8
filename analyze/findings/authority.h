/*
 * Who owns an attribute: where a change of it is taken, whatever others accept
 * ("Exchange attributes cloud managed", "Embrace cloud-first posture: convert
 * source of authority").
 */
#ifndef ANALYZE_FINDINGS_AUTHORITY_H
#define ANALYZE_FINDINGS_AUTHORITY_H

#include <stdbool.h>

enum authority {
	AUTHORITY_AD, AUTHORITY_EXCHANGE_ONLINE, AUTHORITY_ENTRA,
	AUTHORITY_NOT_ASSESSED,    /* what decides it was not collected */
	AUTHORITY_COUNT
};

/* Whether a job writes what Exchange Online owns back to AD. */
enum writeback { WRITEBACK_UNKNOWN, WRITEBACK_RUNS, WRITEBACK_NONE };

/* Of an object: of mail attributes, and of all others. */
struct authorities {
	enum authority identity, exchange;
	enum writeback writeback;
};

/* The word that the files use. */
const char *authority_name(enum authority a);
/* The authority of that name, or -1. */
int authority_parse(const char *text);

/*
 * Whether such a job writes the attribute of AD: one of 24. AD's value is a
 * replica then, and a difference no error of AD.
 */
bool writeback_has(const char *attribute);

#endif
