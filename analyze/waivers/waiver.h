/* A waiver as it is kept: what the files of the room share. */
#ifndef ANALYZE_WAIVERS_WAIVER_H
#define ANALYZE_WAIVERS_WAIVER_H

#include <stdatomic.h>

#include "analyze/waivers/waivers.h"
#include "base/hash_index.h"

/* By what its object is named. */
enum waived_by {
	WAIVED_BY_GUID, WAIVED_BY_DN, WAIVED_BY_SUFFIX, WAIVED_BY_NAME,
	WAIVED_BY_COUNT
};

struct waiver {
	const char *file;
	uint64_t line;
	size_t group;              /* its number */
	const char *rule;
	bool is_pattern;
	enum waived_by by;
	const char *object;        /* normalised */
	const char *written;       /* for people: as it is called */
	const char *dn;            /* where it lies, or lay; or NULL */
	struct guid guid;
	bool has_name;             /* beside a GUID: that of an account */
	bool has_attribute, has_value;
	const char *attribute;     /* NULL with HAS_...: there is none */
	const char *value;         /* likewise; folded, */
	const char *value_written; /* and as it stands */
	when_t expires;            /* WHEN_NONE: never */
	struct told_waiver told;
};

/* What was found; threads add to it. */
struct waiver_use {
	_Atomic uint64_t matched;  /* findings that it is for */
	_Atomic uint64_t applied;  /* of these: no other one came first */
};

/* Those of one object, rule and attribute, whatever values they say. */
struct waiver_group {
	size_t like;               /* the number of one of them */
	_Atomic bool is_met;       /* by a finding, in some value */
};

/* A value that waivers of the group say; or they say none. */
struct waiver_value {
	size_t group;
	bool is_said;
	const char *text;          /* folded; NULL: there is none */
};

struct waivers {
	const struct waivable_rules *rules;
	struct waiver_file *files;
	size_t file_count, file_room;
	struct waiver *items;
	struct waiver_use *uses;   /* of each */
	size_t count, room;
	struct waiver_group *groups;
	size_t group_count, group_room;
	struct hash_index index[WAIVED_BY_COUNT];    /* of groups, by objects */
	struct hash_index values;                    /* as waiver_value */
	when_t as_of;
	struct arena arena;
};

/* Whether its time is over. */
bool waiver_has_expired(const struct waivers *w, const struct waiver *one);
/* Whether it is for the rule of that id. */
bool waiver_has_rule(const struct waiver *one, const char *id);

/* ---- finding one (groups.c); *AT is as of hash_index_next ---- */

/* The next group whose object is this, or NULL. */
struct waiver_group *waiver_group_next(const struct waivers *w,
                                       enum waived_by by, const char *object,
                                       size_t *at);
/* That of ONE, which need not be among them; NULL: no other is like it. */
struct waiver_group *waiver_group_of(const struct waivers *w,
                                     const struct waiver *one);
/* The next one that says V, or NULL. */
const struct waiver *waiver_next(const struct waivers *w,
                                 const struct waiver_value *v, size_t *at);
/* Adds a copy, with its group. */
void waivers_add(struct waivers *w, const struct waiver *one);

/* The id that is most like WORD, or NULL. */
const char *nearest_rule(const struct waivable_rules *rules, const char *word);

/* A waiver in a text, and the line in which it begins. */
struct waiver_text {
	const char *at;
	size_t len;
	uint64_t line;
};

/* Who takes waivers as they are met; 0 or -1. */
struct waiver_sink {
	int (*take)(struct waiver_sink *s, const struct waiver_text *t,
	            struct err *err);
};

/*
 * A text is waivers, arrays of such, and objects with such an array as their
 * member "waivers", one behind the other.
 */
int waivers_split(const char *name, const char *text, size_t len,
                  struct waiver_sink *sink, struct err *err);

#endif
