/*
 * Running rules: the catalogue, which of its rules run over a model and what
 * they can judge there, screening and judging. Rules themselves see rule.h.
 */
#ifndef ANALYZE_RULES_RULES_H
#define ANALYZE_RULES_RULES_H

#include "analyze/rules/rule.h"

struct assessment;
struct waivers;
struct screen;

/* Whether all AD objects are judged, and what becomes of each is written. */
enum forecasting { FORECAST_WRITTEN, FORECAST_NONE };

/* The rules of a run, from the catalogue, and which of them are to run. */
struct rule_choice {
	const struct rule *const *rules;
	size_t count;
	const bool *chosen;          /* COUNT of them; NULL: all */
	enum forecasting forecast;
	const struct waivers *waivers;       /* NULL: none */
};

/* All of the catalogue in its order, in A. */
struct rule_choice rules_all(struct arena *a);
/* When the sync server stops, or its support ends (engine_aged.c); or none. */
struct told_deadline rules_engine_end(const struct model *m);
/* The rule of OF that is called ID, or NULL. */
const struct rule *rules_find(const struct rule_choice *of, const char *id);
/*
 * Makes a choice of all rules that of the selection, in A: what the profile
 * has, of it what each list names, less what is to be skipped. A rule that
 * --rules names by its whole id need not be the profile's. By --rules alone no
 * forecast is written. 0, or -1 with ERR filled: a word is none of those that
 * there are, or no rule is left.
 */
int rules_select(struct rule_choice *of, const struct selection *s,
                 struct arena *a, struct err *err);

/* What each rule can judge of a part of the model. */
struct rule_part {
	struct model_part part;
	struct assessment *is;       /* of each rule */
	/* Those that judge objects of a side and kind, by number. */
	unsigned short *for_kind[SIDE_COUNT][KIND_COUNT];
	size_t for_count[SIDE_COUNT][KIND_COUNT];
};

/* A finding on an object of AD, which explains others on an account. */
struct explained_account {
	struct guid account;
	char *print, *object;                /* its fingerprint, and who */
	char *rule, *authority, *shared;     /* of its cause; may be NULL */
	struct shared_cause told;            /* its texts, without the value */
	size_t order;                /* in which they were moved */
};

/* Such accounts (cause.c). A zeroed one is empty. */
struct explained {
	struct explained_account *items;
	size_t count, room;
};

/* Puts those of FROM behind those of TO, and empties it. */
void explained_move(struct explained *to, struct explained *from);
/* So that rules on accounts can look into it. */
void explained_sort(struct explained *e);
void explained_release(struct explained *e);

/* The rules that are to run over a model, and what each can judge there. */
struct rule_plan {
	const struct model *m;
	struct rule_choice of;
	/* One for each domain; the last is for all that is of none. */
	struct rule_part *parts;
	size_t part_count;
	const char **sources;        /* the documents of each, as printed */
	struct attr_set *reads;      /* the attributes of each */
	unsigned needs;              /* of all of them */
	const char *unread, *unread_given;   /* as in_use_unread */
	struct idfix_holders *idfix;   /* while judged, if needed */
	struct keys sids;            /* likewise: of accounts (taken.h) */
	/* By objects of AD, when those of the tenant are judged; sorted. */
	struct explained explained;
	struct arena arena;
};

/* Accounts of which it is not known whether AD has their object. */
struct unseen_count {
	struct unseen_object what;
	char *domain;                /* that of WHAT, the tally's own */
	uint64_t accounts;
};

/* By domain, and why. A zeroed one is empty. */
struct unseen_tally {
	struct unseen_count *items;
	size_t count, room;
};

/* How often a rule reported, and how many objects. */
struct rule_count {
	uint64_t findings, objects;
	uint64_t staying;            /* of these: told with stays */
	uint64_t unread;             /* values of which is_unread is said */
	uint64_t passed_over;        /* objects with values that are unclear */
	struct attr_set unclear;     /* which of what it reads was, of them */
	struct domain_tally domains; /* check_count_domain */
	struct object_tally counted; /* check_count_object */
	struct unseen_tally unseen;  /* accounts that it could not judge */
};

/* Adds what FROM counted. */
void rule_count_add(struct rule_count *to, const struct rule_count *from);
/* Frees what it has; it is zero again then. */
void rule_count_clear(struct rule_count *c);
/* Frees N of them. */
void rule_counts_free(struct rule_count *c, size_t n);

/*
 * Fills D by what the model has so far; it borrows M and the rules of OF. Close
 * it in the end.
 */
void rule_plan_open(struct rule_plan *d, const struct rule_choice *of,
                    const struct model *m);
/*
 * When the model is there, before objects are judged: reads what rules need of
 * all of it. 0, or -1 with ERR filled.
 */
int rule_plan_complete(struct rule_plan *d, struct err *err);
void rule_plan_close(struct rule_plan *d);
/* The part that the object is of. */
const struct rule_part *rule_plan_part(const struct rule_plan *d,
                                       const struct object *o);

/* Whether the rule of that number was chosen. */
static inline bool
rule_plan_has(const struct rule_plan *d, size_t rule)
{
	return !d->of.chosen || d->of.chosen[rule];
}

/*
 * What is to be told of a rule that ran; texts are static or live as long as
 * the plan's arena.
 */
struct rule_result rule_plan_result(struct rule_plan *d, size_t rule,
                                    const struct rule_count *count);

/*
 * The screen of a run, to be handed to the load; it borrows what OF points at.
 * Free it when the model is there.
 */
struct screen *screen_new(const struct rule_choice *of, unsigned jobs);
void screen_free(struct screen *s);

/*
 * A thread's way of running rules; it borrows the plan and F, which is NULL for
 * one that only screens. Screening comes first, over objects whose twin,
 * history, and others with the same address are not at hand: an object is
 * suspect when a rule reports something or may do so then. Only suspects are
 * judged; whatever adds to what a rule knows of an object (history, another
 * with its address) must make it one.
 *
 * STANDER puts in place of the key of an AD object that of the one that stands
 * for it (forecast.h, joined_stander); who only screens needs none.
 */
struct check *check_new(const struct rule_plan *d, struct fetch *f,
                        find_stander *stander);
void check_free(struct check *c);
/* What the objects that were judged since it was last emptied explain. */
struct explained *check_explained(struct check *c);
/*
 * Whether an object is suspect. The forecast of an AD object is there, if any
 * rule needs it.
 */
bool check_screen(struct check *c, const struct object *o);
/*
 * Runs the rules on an AD object and its account; either may be NULL. The
 * findings go to BATCH, their numbers to COUNTS (one for each rule). 0, or -1
 * with ERR filled. *WORST is the worst severity, or SEVERITY_COUNT.
 */
int check_judge(struct check *c, const struct object *ad,
                const struct object *account, struct findings_batch *batch,
                struct rule_count *counts, enum severity *worst,
                struct err *err);

/*
 * Of the object that was judged last, by which rules it is not ready, if it
 * IS what its findings make it; how many, with *OUT in A.
 */
size_t check_unready_by(const struct check *c, enum readiness is,
                        struct arena *a, const char *const **out);

/*
 * Runs the rules on domains, each over all that it judges, when all objects
 * were judged: findings go to W, their numbers to COUNTS.
 */
void check_domains(const struct rule_plan *d, struct findings_writer *w,
                   struct rule_count *counts);
/* The same of the tenant, by what W has of objects; -1 with ERR filled. */
int check_the_tenant(const struct rule_plan *d, struct findings_writer *w,
                     struct rule_count *counts, struct err *err);

/* ---- accounts that were not judged (unseen.c) ---- */

/* Adds so many accounts, unless other reasons tell of them. */
void unseen_add(struct unseen_tally *t, const struct unseen_object *what,
                uint64_t accounts);
/* A sentence for each domain, behind BEFORE, which may be NULL; in A. */
const char *unseen_text(const struct unseen_tally *t, const char *before,
                        struct arena *a);
void unseen_release(struct unseen_tally *t);

/* ---- sentences on domains (part_texts.c) ---- */

/*
 * What is said of the domains one by one, as one text: each sentence once,
 * behind the names of those of which it is said; without names, if it is said
 * of all.
 */
struct part_texts;

struct part_texts *part_texts_new(void);
/* TEXT, borrowed, is said of D; NULL: nothing is. */
void part_texts_add(struct part_texts *t, const struct domain *d,
                    const char *text);
/* In A, or one that was added; NULL: nothing is said of any. */
const char *part_texts_join(const struct part_texts *t, struct arena *a);
void part_texts_free(struct part_texts *t);

/* ---- readiness (readiness.c) ---- */

/*
 * Whether all was looked at that decides whether an object is ready for
 * synchronization: else it is not known, which is not ready. What decides is
 * what the rules of the object's kind read, but those of mere information, and
 * what the engine's filters do.
 */
struct readiness_basis {
	struct attr_set decides[KIND_COUNT];     /* attributes of AD */
	const char *lacks[KIND_COUNT];   /* of all objects; NULL: nothing */
};

/*
 * By the rules of OF and what was collected for the part P; texts go to A.
 * Where the tenant was not collected at all, it is AD alone that decides.
 */
void readiness_basis_fill(struct readiness_basis *b,
                          const struct rule_choice *of, struct model_part p,
                          struct arena *a);
/*
 * Of which kinds nobody can be ready, and why, of all parts of D that have such
 * objects; B has one for each part. How many they are, with *OUT in A.
 */
size_t readiness_not_known(const struct readiness_basis *b,
                           const struct rule_plan *d, struct arena *a,
                           struct not_known **out);
/*
 * Whether all that decides of the AD object O, which is in scope, is known; B
 * is that of its part.
 */
bool readiness_is_known(const struct readiness_basis *b,
                        const struct model *m, const struct object *o);
/* Of which WORST is the worst finding; COUNT: there is none. */
enum readiness readiness_of(const struct readiness_basis *b,
                            const struct model *m, const struct object *o,
                            enum severity worst);

#endif
