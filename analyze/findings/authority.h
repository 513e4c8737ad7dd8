/*
 * Who owns an attribute: where a change of it is taken, whatever others accept
 * ("Exchange attributes cloud managed", "Embrace cloud-first posture: convert
 * source of authority").
 */
#ifndef ANALYZE_FINDINGS_AUTHORITY_H
#define ANALYZE_FINDINGS_AUTHORITY_H

enum authority {
	AUTHORITY_AD, AUTHORITY_EXCHANGE_ONLINE, AUTHORITY_ENTRA,
	AUTHORITY_NOT_ASSESSED,    /* what decides it was not collected */
	AUTHORITY_COUNT
};

/* Of an object: of mail attributes, and of all others. */
struct authorities {
	enum authority identity, exchange;
};

/* The word that the files use. */
const char *authority_name(enum authority a);
/* The authority of that name, or -1. */
int authority_parse(const char *text);

#endif
