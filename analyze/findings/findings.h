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
#include "analyze/findings/causes.h"
#include "analyze/findings/cloud_told.h"
#include "analyze/findings/comparison.h"
#include "analyze/findings/counts.h"
#include "analyze/findings/data_told.h"
#include "analyze/findings/event_told.h"
#include "analyze/findings/evidence_told.h"
#include "analyze/findings/exchange_told.h"
#include "analyze/findings/finding_change.h"
#include "analyze/findings/mending.h"
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
	TEXT(follows)      /* fingerprint of what it follows from, or NULL */

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
	const struct finding *root;          /* NULL: its own */
	/*
	 * What stands for OBSERVED in the fingerprint, where that is evidence
	 * rather than a value of the object; NULL: OBSERVED.
	 */
	const char *key;
	const char *sid;           /* likewise for DN, without a GUID */
	struct told_event event;   /* of a rule on events */
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
/* The value by which it is known again; NULL: it has none. */
const char *finding_print_value(const struct finding *f);
/* The same finding, with copies of its texts in A. */
struct finding finding_copy(const struct finding *f, struct arena *a);

/* Where a value of the forecast comes from. */
struct origin {
	const char *value;         /* "upn", "mailNickname", or an address */
	const char *from;          /* origin_name, or a sentence */
	enum origin_kind kind;     /* set by the reader, of FROM */
};

/* A value of AD that does not reach the tenant. */
struct dropped {
	const char *value, *reason;
};

/* What sync changes in the tenant's object; NULL: there is no value. */
struct change {
	const char *attribute, *from, *to;
};

/* How the object was at an earlier time. */
struct past_state {
	when_t when;
	const char *dn;
	bool in_scope;
	bool unplaced;             /* whether it was, is not known */
	enum enabled enabled;
};

/* One line of forecast.ndjson. */
struct forecast {
	const char *dn, *guid, *class;
	const char *kind;          /* of a user; as that of a finding */
	const char *object;        /* with neither GUID nor DN: SID, account */
	const char *sam, *ad_upn;  /* AD's sAMAccountName, userPrincipalName */
	bool in_scope;
	bool unplaced;             /* whether it is, is not known */
	const char *scope_reason;
	enum action action;
	enum match match;
	const char *match_reason, *matched_id, *source_anchor;
	const char *upn, *mail, *mail_nickname, *primary_smtp;
	const char *const *proxy_addresses;
	size_t proxy_count;
	/* What AD has of mail attributes that Exchange Online owns. */
	struct ad_copy {
		bool is;           /* it owns them; else nothing is told */
		const char *mail, *mail_nickname;
		const char *const *proxy_addresses;
		size_t proxy_count;
	} ad_copy;
	struct ad_told ad;         /* the same of every object, and more */
	enum enabled account_enabled;
	enum confidence confidence;
	const char *const *doubts;           /* why it is not documented */
	size_t doubt_count;
	enum readiness readiness;
	const struct origin *origins;
	size_t origin_count;
	const struct dropped *dropped;
	size_t dropped_count;
	const struct change *changes;
	size_t change_count;
	const struct past_state *history;    /* newest first */
	size_t history_count;
	const struct member_counts *members; /* of groups; NULL: not counted */
	/* Not asked for, so not compared; rules by which it is not ready. */
	struct {
		const char *const *names;
		size_t count;
	} ad_lacks, tenant_lacks, unready_by;
	const char *forest, *domain;         /* DNS names */
	struct authorities authority;
};

/* A rule as it ran, with all that a report says of it. */
struct rule_result {
	const char *id;
	enum severity severity;
	const char *title, *why, *fix, *source;
	enum outcome outcome;
	/* why it was not assessed; for "found": what could not be looked at */
	const char *reason;
	uint64_t findings, objects;
	uint64_t deletions;        /* of accounts; not in the manifest */
};

/* Whether some of what the rule reads could not be looked at. */
bool rule_result_has_gap(const struct rule_result *r);

/*
 * A reason is said in sentences joined by "; ". One that begins with names of
 * domains, joined by ", ", and ": " is about these, and so are those behind it
 * up to the next such one: a part. Those before the first are about all.
 */
struct reason_part {
	const char *text;
	size_t len;
	size_t names;              /* bytes before the ": "; 0: about all */
};

/* Takes the part that *REASON begins with; false at the end, and of NULL. */
bool reason_next(const char **reason, struct reason_part *out);
/* Whether some part is about DOMAIN, or about all; NULL: about all alone. */
bool reason_is_about(const char *reason, const char *domain);
/* How many parts there are. */
size_t reason_parts(const char *reason);
/* Ends a line on the terminal with it, or puts each part on one below. */
void reason_print(const char *reason);

/* A reason, and the rules that share it. */
struct gap {
	const char *reason;
	const struct rule_result **rules;
	size_t count;
};
/*
 * The reasons of the N results that are of one kind, in the order in which
 * they are met; how many, with *OUT in A.
 */
enum gap_kind { GAP_DATA, GAP_NOT_APPLICABLE };
size_t gaps_of(const struct rule_result *results, size_t n,
               enum gap_kind kind, struct arena *a, struct gap **out);
/* Prints them below HEAD (or NULL), each once; nothing if there are none. */
void gaps_print(const struct rule_result *results, size_t n,
                enum gap_kind kind, const char *head);

/* A section of a snapshot that was judged. */
struct judged_section {
	const char *snapshot;      /* its name */
	const char *section;       /* "ad.users" */
	const char *title;         /* "AD users" */
	const char *state;         /* complete, partial, refused, not-asked */
	const char *reason;        /* or NULL */
	uint64_t objects;
};

/* Whether it was asked for; else its state says nothing else. */
bool judged_section_is_asked(const struct judged_section *s);

struct judged_snapshot {
	const char *name, *digest;
	when_t collected;
	const char *role;          /* "present", "history", "other-tenant" */
	const char *sides;         /* "ad", "tenant", "ad, tenant" */
	const char *const *domains;          /* of AD, DNS names */
	size_t domain_count;
};

/* The tenant that was judged; a member that is not known is NULL. */
struct judged_tenant {
	const char *id, *initial_domain;
	const char *snapshot;      /* its name */
};

/* A domain of AD that was judged. */
struct judged_domain {
	const char *name;          /* NULL: not known */
	const char *sid;           /* or NULL */
	const char *snapshot;      /* the name of the one that is its present */
	when_t collected;
	size_t history;            /* so many older snapshots hold it */
};

/*
 * A forest that was judged. What is put without a forest counts for the one
 * without a name, if there is one, and else in the totals alone.
 */
struct judged_forest {
	const char *name;          /* NULL or "": not known */
	const char *engine, *scope;          /* in words */
	bool scopeless;            /* none was given: all count as in scope */
	const struct judged_domain *domains;
	size_t domain_count;
	/* as the totals of struct findings; when written, the writer's own */
	uint64_t by_severity[SEVERITY_COUNT];
	uint64_t by_readiness[READINESS_COUNT];
	uint64_t by_action[ACTION_COUNT];
};

/* Why no object of a class can be ready: what was not looked at. */
struct not_known {
	const char *class, *reason;
};

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
	uint64_t finding_count, forecast_count;
};

/* The rule as it ran; NULL: it did not. */
const struct rule_result *findings_rule(const struct findings *f,
                                        const char *id);
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
/* The same for timelines, if there are some: objects that are gone last. */
bool timeline_is_there(const struct findings *f);
struct findings_reader *timeline_read(const struct findings *f,
                                      struct err *err);
int timeline_next(struct findings_reader *r, struct timeline *out,
                  struct err *err);
void findings_reader_close(struct findings_reader *r);

/* Reads everything once and checks it against the manifest; 0 or -1. */
int findings_verify(const char *path, uint64_t *count, struct err *err);

#endif
