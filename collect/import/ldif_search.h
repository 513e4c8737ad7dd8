/*
 * What an LDIF export tells of itself: which attributes were asked for, those
 * that its objects show, and whether the search came to its end. ldapsearch
 * writes it into comments and records without dn (ldapsearch(1), -L).
 */
#ifndef COLLECT_IMPORT_LDIF_SEARCH_H
#define COLLECT_IMPORT_LDIF_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collect/import/ldif_catalog.h"
#include "collect/import/ldif_filter.h"
#include "collect/import/ldif_referral.h"
#include "collect/import/ldif_whole.h"
#include "collect/schema/schema.h"

struct record;
struct sink;

/* The attributes that the objects of a section show. */
struct ldif_seen {
	bool met;
	bool some, narrow;       /* some came of such a search (ldif_filters) */
	/* By place in the table of ad_attr.h: has values; names without. */
	bool *known;
	uint64_t *empty;
	struct name_set others;
};

enum ldif_asked { LDIF_ASKED_UNKNOWN, LDIF_ASKED_ALL, LDIF_ASKED_LISTED };

struct ldif_search {
	struct ldif_seen seen[SECTION_COUNT];
	enum ldif_asked asked;
	bool mixed;              /* searches that asked for different things */
	char *requesting;        /* the first comment that says it */
	struct name_set listed;
	struct ldif_filters filters;
	struct ldif_bases bases;
	bool domain_met;         /* the head of a domain is among the objects */
	bool config_met;         /* so is that of a configuration partition, */
	bool config_some;        /* which came of a search for some objects */
	bool result_due;         /* a search began and has not ended */
	bool more_pages;         /* the server has further pages */
	struct ldif_referrals referrals;
	struct ldif_catalog catalog;
	char *failure;           /* why objects are missing, or NULL */
};

/* A zeroed struct is ready. */
void ldif_search_release(struct ldif_search *s);
/* A comment line, with its '#'. */
void ldif_search_comment(struct ldif_search *s, const char *text, size_t len);
/* A line of a record that is ldapsearch's own. */
void ldif_search_response(struct ldif_search *s, const char *name,
                          const char *value, size_t len);
/* An object of the section S. */
void ldif_search_object(struct ldif_search *search, enum section s,
                        const struct record *r);
/* An object of the section S has the attribute NAME, but no value of it. */
void ldif_search_empty(struct ldif_search *search, enum section s,
                       const char *name);
/* At the end: tells SINK what is known. NAME is the file's. */
void ldif_search_finish(struct ldif_search *s, const char *name,
                        struct sink *sink);

#endif
