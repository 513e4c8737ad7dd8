/*
 * THE findings format: a folder with a manifest, findings.ndjson, causes.ndjson
 * and forecast.ndjson. Writer and reader stand in one module; findings(5)
 * describes the format. The folder is complete in itself: reports need nothing
 * else. All strings are borrowed: when written, from the caller; when read,
 * from the struct findings or, for one finding, from the reader until its next
 * call.
 */
#ifndef ANALYZE_FINDINGS_FINDINGS_H
#define ANALYZE_FINDINGS_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/ad_told.h"
#include "analyze/findings/authority.h"
#include "analyze/findings/baseline.h"
#include "analyze/findings/beside_told.h"
#include "analyze/findings/causes.h"
#include "analyze/findings/cloud_told.h"
#include "analyze/findings/comparison.h"
#include "analyze/findings/counts.h"
#include "analyze/findings/data_told.h"
#include "analyze/findings/event_told.h"
#include "analyze/findings/evidence_told.h"
#include "analyze/findings/exchange_told.h"
#include "analyze/findings/finding_change.h"
#include "analyze/findings/finding_selection.h"
#include "analyze/findings/forecast_told.h"
#include "analyze/findings/judged_told.h"
#include "analyze/findings/mending.h"
#include "analyze/findings/missing_told.h"
#include "analyze/findings/parts.h"
#include "analyze/findings/rule_result.h"
#include "analyze/findings/selected.h"
#include "analyze/findings/sync_told.h"
#include "analyze/findings/timeline_told.h"
#include "analyze/findings/trend.h"
#include "analyze/findings/waiver_told.h"
#include "analyze/findings/words.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/when.h"

struct buf;
struct hash_index;
struct arena;
struct err;

#define FINDINGS_MANIFEST "manifest.json"
#define FINDINGS_FORMAT "syncscope-findings"
enum { FINDINGS_VERSION = 1 };

/*
 * The texts of a finding, in the order of files and of columns: each row is a
 * member of struct finding, a key of findings.ndjson and a column of reports.
 */
#define FINDING_TEXTS(TEXT) \
	TEXT(class)        /* user, group, contact, mailbox ... */ \
	TEXT(dn) \
	TEXT(guid) \
	TEXT(upn) \
	TEXT(attribute) \
	TEXT(observed)     /* the value found */ \
	TEXT(expected)     /* what should stand there */ \
	TEXT(message)      /* what is wrong, in a sentence */ \
	TEXT(fix)          /* what to do for this object */ \
	TEXT(source)       /* the public document behind it */ \
	TEXT(snapshot)     /* which snapshot said so */ \
	TEXT(fingerprint)  /* set by the writer: 32 hex digits */ \
	TEXT(kind)         /* of a user: person, shared, resource ... */ \
	TEXT(forest)       /* of the object; not in the fingerprint */ \
	TEXT(domain)       /* likewise; both are DNS names */ \
	TEXT(authority)    /* authority_name: who owns the attribute */ \
	TEXT(tool)         /* that changes it there */ \
	TEXT(cause)        /* set by the writer: id in causes.ndjson */ \
	TEXT(follows)      /* fingerprint of what it follows from, or NULL */ \
	TEXT(change)       /* set by the writer: equal where one cures all */

/* One line of findings.ndjson; a NULL is null there. */
struct finding {
	const char *rule;
	enum severity severity;
	enum status status;
#define FINDING_MEMBER(name) const char *name;
	FINDING_TEXTS(FINDING_MEMBER)
#undef FINDING_MEMBER
	const char *object;        /* with neither GUID nor DN: SID, account */
	/* the forest of what it is in conflict with, if that is another one */
	const char *other_forest;
	const char *follows_rule;  /* that of FOLLOWS; NULL without it */
	/* For the writer: what others have, too; and whose cause it has. */
	struct shared_cause shared;
	bool deletes;              /* sync deletes its account for it */
	const struct finding *root;          /* NULL: its own */
	bool along;                /* what mends that mends this */
	bool awaits_sync;          /* nothing is to be changed for it */
	bool bears;                /* on whether its object is ready */
	struct claimed_value claimed;
	const char *called;        /* its object, where it claims a value */
	/*
	 * What stands for OBSERVED in the fingerprint, where that is evidence
	 * rather than a value of the object; NULL: OBSERVED.
	 */
	const char *key;
	const char *sid;           /* likewise for DN, without a GUID */
	struct told_event event;   /* of a rule on events */
	const struct related_object *related;
	size_t related_count;
	struct told_deadline deadline;
	/* Times, of a run with a baseline alone: set by the writer. */
	const char *first_seen, *reopened;
	struct proposed proposed;
	/* Why a value that could be proposed is not; else NULL. */
	const char *unproposed;
	struct idfix_row idfix;
	/* Why it is not open; of an open one: the waiver that has expired. */
	const struct told_waiver *waiver;
};

/* Its columns: rule, severity and status, then the texts. */
enum {
#define FINDING_ONE_MORE(name) + 1
	FINDING_COLUMNS = 3 FINDING_TEXTS(FINDING_ONE_MORE)
#undef FINDING_ONE_MORE
};

const char *finding_key(size_t column);
/* What F has in that column, or NULL. */
const char *finding_value(const struct finding *f, size_t column);
/* A name for its object: the UPN, else the DN, else the GUID. */
const char *finding_label(const struct finding *f);
/* Whether it is of a domain by its name, which has two spellings. */
bool finding_is_of_mail_domain(const struct finding *f);
/* The value by which it is known again; NULL: it has none. */
const char *finding_print_value(const struct finding *f);
/* The same finding, with copies of its texts in A. */
struct finding finding_copy(const struct finding *f, struct arena *a);

/* The manifest. */
struct findings {
	when_t as_of;
	const char *tool_version;
	const char *policy_name, *policy_digest;   /* NULL without --policy */
	const char *edits_name, *edits_digest;     /* NULL without --what-if */
	const char *scope_text;        /* the sync scope, in a sentence */
	const char *engine_text;       /* the sync engine, likewise */
	const struct judged_tenant *tenant;        /* NULL: no snapshot */
	const struct judged_sync *sync;            /* of it; likewise */
	const struct judged_forest *forests;       /* sorted by name */
	size_t forest_count;
	const struct judged_snapshot *snapshots;
	size_t snapshot_count;
	const struct judged_section *sections;     /* of the present */
	size_t section_count;
	struct judged_data_list data;
	struct cloud_limits cloud;
	struct exchange_told exchange;
	struct judged_baseline baseline;
	struct selection selection;    /* without any, all rules ran */
	const struct rule_result *rules;           /* in catalogue order */
	size_t rule_count;
	uint64_t by_severity[SEVERITY_COUNT];      /* open findings */
	uint64_t by_readiness[READINESS_COUNT];    /* objects of the forecast */
	uint64_t by_action[ACTION_COUNT];          /* the same */
	const char *const *assumed;    /* where the policy is silent */
	size_t assumed_count;
	const struct not_known *not_known;
	size_t not_known_count;
	const char *const *notes;      /* what stands before all forecasts */
	size_t note_count;
	uint64_t deletion_threshold;   /* the server's; 0: there is none */
	const struct deletion_run *deletion_runs;
	size_t deletion_run_count;
	uint64_t orphans;              /* accounts without an object in AD */
	uint64_t joined_by_name;       /* objects, with their accounts */
	struct member_sums members;    /* when written, the writer's own */
	struct model_sums model;       /* the same */
	struct cause_sums causes;      /* the same */
	struct waivers_told waivers;   /* counts of findings the same */
	/* The earliest first; a folder of an older program has none. */
	const struct dated *deadlines;
	size_t deadline_count;
	struct told_deadline engine_end;     /* for the writer */
	/* When written, the writer's own. */
	const struct missing_data *missing;
	size_t missing_count;
	uint64_t finding_count, forecast_count;
	const struct hash_index *rules_by_id;  /* of a folder that was read */
};

/* The number of the rule with that id; the count of rules: it did not run. */
size_t findings_rule_number(const struct findings *f, const char *id);
/* The rule as it ran; NULL: it did not. */
const struct rule_result *findings_rule(const struct findings *f,
                                        const char *id);
/* Whether AD's data have the domain: one without a name may be any. */
bool findings_has_domain(const struct findings *f, const char *name);
/* Prints what was assumed without a policy; nothing where there is one. */
void assumed_print(const struct findings *f);

/*
 * Prints the number of causes, then of the open findings of COUNTED that are
 * not attached to others, then of those that are, each by severity.
 */
enum causes_style { CAUSES_OF_RUN, CAUSES_OF_REPORT };
void causes_print(const struct cause_sums *s,
                  const uint64_t counted[SEVERITY_COUNT],
                  enum causes_style style);
/* The same of the findings that are waived, and of waivers, if any. */
void waivers_print(const struct findings *f, enum causes_style style);

/* ---- writing ---- */

struct findings_writer;

/*
 * What was put of each forest, by its name; a forest has one spelling. A zeroed
 * struct is ready.
 */
struct forest_tally {
	char *name;                /* "" where there was none */
	uint64_t by_severity[SEVERITY_COUNT];
	uint64_t by_readiness[READINESS_COUNT];
	uint64_t by_action[ACTION_COUNT];
	uint64_t orphans;          /* findings_put_orphan */
};

struct forest_tallies {
	struct forest_tally *items;
	size_t count, room;
	size_t last;               /* the one that was met last */
};

struct findings_writer *findings_create(const char *path,
                                        enum folder_mode mode,
                                        struct err *err);
/* Before anything is put; it stays the caller's. */
void findings_set_baseline(struct findings_writer *w,
                           const struct baseline *b);
/* What batches are to have of it; or NULL. */
const struct baseline *findings_baseline(const struct findings_writer *w);
/*
 * Lines on their way to the files, made by a thread of its own. A zeroed struct
 * is ready; findings_add takes what is in it, and leaves it empty.
 */
struct findings_batch {
	const struct baseline *baseline;   /* findings_baseline's, or NULL */
	uint64_t ages[AGE_COUNT];          /* of open ones */
	struct buf findings, forecast, timeline;
	struct buf folded;
	struct digest *digest;
	struct cause_batch causes;
	uint64_t finding_count, forecast_count, timeline_count;
	uint64_t by_severity[SEVERITY_COUNT];      /* open ones */
	uint64_t waived[SEVERITY_COUNT];           /* the others */
	uint64_t by_readiness[READINESS_COUNT];
	uint64_t by_action[ACTION_COUNT];
	struct forest_tallies forests;
	struct forest_tallies deletions;   /* by domain, of nothing else */
	struct member_sums members;
	struct model_sums model;
	struct cloud_counts cloud;
	struct evidence_rules evidence;
	struct deadline_tally deadlines;
};

enum { FINGERPRINT_TEXT = 33 };
/* What findings_put will set; B lends room. */
void findings_print(struct findings_batch *b, const struct finding *f,
                    char text[FINGERPRINT_TEXT]);
void findings_put(struct findings_batch *b, const struct finding *f);
void findings_put_forecast(struct findings_batch *b, const struct forecast *f);
void findings_put_timeline(struct findings_batch *b, const struct timeline *t);
/* An account is in sync with what its object's forecast says, or not. */
void findings_put_explained(struct findings_batch *b);
void findings_put_erring(struct findings_batch *b);
void findings_put_differing(struct findings_batch *b, enum differing in);
/* An account is deleted whose object would lie in DOMAIN; NULL: unknown. */
void findings_put_orphan(struct findings_batch *b, const char *domain);
void findings_batch_release(struct findings_batch *b);
void findings_add(struct findings_writer *w, struct findings_batch *b);
/*
 * Writes the manifest (counts are the writer's own, those in F are ignored),
 * puts the folder in place, frees W.
 */
int findings_commit(struct findings_writer *w, const struct findings *f,
                    struct err *err);
void findings_abort(struct findings_writer *w);
/*
 * Ends the files, causes.ndjson by the titles and fixes of the rules of F; then
 * they can be read where they are. findings_commit does so by itself.
 */
int findings_finish(struct findings_writer *w, const struct findings *f,
                    struct err *err);
/* Open findings per severity so far, and the others. */
uint64_t findings_counted(const struct findings_writer *w, enum severity s);
uint64_t findings_waived(const struct findings_writer *w, enum severity s);
/* Objects of the forecast with that action so far. */
uint64_t findings_acted(const struct findings_writer *w, enum action a);
/* How many accounts that are in sync were explained so far. */
struct model_sums findings_explained(const struct findings_writer *w);
/* How long the open findings so far are known. */
void findings_ages(const struct findings_writer *w, uint64_t out[AGE_COUNT]);
/* The causes so far, and what is attached to others. */
struct cause_sums findings_causes(const struct findings_writer *w);

/* ---- reading ---- */

/* Reads the manifest; NULL with ERR filled. */
struct findings *findings_open(const char *path, struct err *err);
void findings_close(struct findings *f);

struct findings_reader;
struct findings_reader *findings_read(const struct findings *f,
                                      struct err *err);
/*
 * 1 with the next finding in OUT, 0 at the end, -1 with ERR filled. The end is
 * reached only if count and SHA-256 agree with the manifest. The order is by
 * object, then by rule.
 */
int findings_next(struct findings_reader *r, struct finding *out,
                  struct err *err);
/* The same for the causes, worst first. */
struct findings_reader *causes_read(const struct findings *f,
                                    struct err *err);
int causes_next(struct findings_reader *r, struct cause *out,
                struct err *err);
/* The same for the forecasts, in the order of the snapshot. */
struct findings_reader *forecast_read(const struct findings *f,
                                      struct err *err);
int forecast_next(struct findings_reader *r, struct forecast *out,
                  struct err *err);
/* The same without addresses and lists, which most do not ask for. */
int forecast_skim(struct findings_reader *r, struct forecast *out,
                  struct err *err);
/* Gives OUT, as forecast_skim left it, the rest of its line. 0 or -1. */
int forecast_fill(struct findings_reader *r, struct forecast *out,
                  struct err *err);
/* The same for timelines, if there are some: objects that are gone last. */
bool timeline_is_there(const struct findings *f);
struct findings_reader *timeline_read(const struct findings *f,
                                      struct err *err);
int timeline_next(struct findings_reader *r, struct timeline *out,
                  struct err *err);
/*
 * The same for what earlier runs found and this one does not, of PART_CLOSED:
 * of the kind CHANGE_FIXED or CHANGE_NOT_COMPARABLE, since the run that said
 * so.
 */
int closed_next(struct findings_reader *r, struct finding_change *out,
                struct err *err);
void findings_reader_close(struct findings_reader *r);

/* The SHA-256 of findings and forecasts, as the manifest has them. */
const char *findings_digest(const struct findings *f);
const char *forecast_digest(const struct findings *f);

/* Reads everything once and checks it against the manifest; 0 or -1. */
int findings_verify(const char *path, uint64_t *count, struct err *err);

#endif
