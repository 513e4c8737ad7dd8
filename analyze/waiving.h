/* What the command analyze does with waivers. */
#ifndef ANALYZE_WAIVING_H
#define ANALYZE_WAIVING_H

#include "base/opt.h"

struct arena;
struct err;
struct findings;
struct model;
struct rule_choice;
struct waivers;

/*
 * Those of all the files, which may name the rules of OF; texts of it go to A.
 * NULL with ERR filled.
 */
struct waivers *waiving_load(const struct opt_texts *files,
                             const struct rule_choice *of, struct arena *a,
                             struct err *err);
/* F gets what has become of them; the rules and domains of it are there. */
void waiving_describe(const struct waivers *w, const struct model *m,
                      struct arena *a, struct findings *f);

#endif
