/*
 * Waivers: which findings need not be mended, who says so, why, and until when.
 * THE format of waivers(5) is read and written here alone. A waiver names a
 * rule, an object and a value, never a line: it holds for what is found again.
 * It changes the status of a finding and nothing else that is said of it.
 */
#ifndef ANALYZE_WAIVERS_WAIVERS_H
#define ANALYZE_WAIVERS_WAIVERS_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/findings/findings.h"
#include "base/guid_set.h"
#include "base/when.h"

struct arena;
struct buf;
struct err;

/* The rules that there are, by id. */
struct waivable_rules {
	const char *const *ids;
	size_t count;
};

struct waivers;

/* An empty one, which borrows RULES; NULL: any rule may be named. */
struct waivers *waivers_new(const struct waivable_rules *rules);
void waivers_free(struct waivers *w);
/*
 * Adds those of a file, or of a text that is called NAME. 0, or -1 with ERR
 * filled: a waiver is wrong, or there twice.
 */
int waivers_load(struct waivers *w, const char *path, struct err *err);
int waivers_parse(struct waivers *w, const char *name, const char *text,
                  size_t len, struct err *err);

/*
 * When a waiver ends that "expires" so: a day when it is over. 0, or -1: TEXT
 * is neither a date nor a time.
 */
int waiver_end(when_t *out, const char *text);

/* The time by which waivers expire: that of the run. */
void waivers_set_time(struct waivers *w, when_t as_of);
/*
 * Gives F the status that the waiver for it says; of several the most exact one
 * holds. One that has expired leaves F open, and is told. What it gives F lives
 * as long as W. Threads may call it at once.
 */
void waivers_apply(const struct waivers *w, struct finding *f);

/* The GUIDs that waivers name of which nothing was found so far, added. */
void waivers_unmet(const struct waivers *w, struct guid_set *out);
/*
 * What has become of each, by the rules and domains of F; PRESENT are GUIDs
 * that waivers name and AD's objects have. Texts go to A.
 */
struct waivers_told waivers_describe(const struct waivers *w,
                                     const struct findings *f,
                                     const struct guid_set *present,
                                     struct arena *a);

/* A waiver to be written. Of an object GUID counts, then DN, then the name. */
struct waiver_said {
	const char *rule;
	const char *suffix;        /* of DNs: all below it, too; or NULL */
	const char *guid, *dn, *name;
	bool has_attribute, has_value;       /* NULL: a finding without one */
	const char *attribute, *value;
	struct told_waiver told;
};

/* Appends it as a line of JSON. */
void waiver_put(struct buf *out, const struct waiver_said *s);

#endif
