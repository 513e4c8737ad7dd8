/*
 * THE snapshot format: a folder with a manifest and one NDJSON file per
 * section. snapshot_write.c writes it, snapshot_read.c reads it; snapshot(5)
 * describes it. All that a struct snapshot hands out belongs to it.
 */
#ifndef COLLECT_SNAPSHOT_SNAPSHOT_H
#define COLLECT_SNAPSHOT_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/folder.h"
#include "base/when.h"
#include "collect/schema/schema.h"

struct buf;
struct err;
struct record;

#define SNAPSHOT_MANIFEST "manifest.json"
#define SNAPSHOT_FORMAT "syncscope-snapshot"
enum { SNAPSHOT_VERSION = 1 };

/* Bytes in a line of a section, and attributes in one object. */
enum { SNAPSHOT_LINE_MAX = 64 << 20, SNAPSHOT_ATTRIBUTES_MAX = 20000 };

/* ---- writing ---- */

struct snapshot_writer;

struct snapshot_writer *snapshot_create(const char *path,
                                        enum folder_mode mode,
                                        struct err *err);
/* Whether sections are packed by Zstandard; said before the first object. */
enum snapshot_packing { SNAPSHOT_PLAIN, SNAPSHOT_PACKED };
void snapshot_pack(struct snapshot_writer *w, enum snapshot_packing packing);
/*
 * Stores one object. Attributes are written in the canonical order: those of
 * the table in ad_attr.c first, then the others by name. The section is from
 * now on complete, if nothing else is said of it.
 */
int snapshot_put(struct snapshot_writer *w, enum section s,
                 const struct record *r, struct err *err);
/*
 * The same, but an object that is too large for a snapshot is left out, and the
 * section is partial.
 */
int snapshot_put_or_skip(struct snapshot_writer *w, enum section s,
                         const struct record *r, struct err *err);
/* The section was looked at, and may have no object at all. */
void snapshot_asked(struct snapshot_writer *w, enum section s);
/* The section is not whole; the first reason given stays. */
void snapshot_partial(struct snapshot_writer *w, enum section s,
                      const char *reason);
/*
 * One more object of the section lacks values of the attribute, or has some
 * that cannot be read; the first reason given for an attribute stays. The
 * section is partial, but for its values: all its objects may be there.
 */
void snapshot_lack(struct snapshot_writer *w, enum section s,
                   const char *attribute, const char *reason);
/* The server said no; what was put stays. */
void snapshot_refused(struct snapshot_writer *w, enum section s,
                      const char *reason);
/* Throws away what was put into the section, and what was said of it. */
void snapshot_restart(struct snapshot_writer *w, enum section s);
/*
 * The section gets no more objects: its file is finished, and a manifest is
 * written beside it, so that what is whole so far survives a sudden end.
 */
int snapshot_finish(struct snapshot_writer *w, enum section s,
                    when_t collected, struct err *err);
/* What was said of the section so far. */
uint64_t snapshot_count(const struct snapshot_writer *w, enum section s);
enum section_state snapshot_written_state(const struct snapshot_writer *w,
                                          enum section s);
const char *snapshot_written_reason(const struct snapshot_writer *w,
                                    enum section s);

/*
 * What is put and said from now on comes of the input of that number, from 0;
 * SNAPSHOT_NO_INPUT: of none, when all were read. So what counts for each
 * domain is told from what its own inputs have.
 */
#define SNAPSHOT_NO_INPUT SIZE_MAX
void snapshot_from(struct snapshot_writer *w, size_t input);

/*
 * Which attributes an input of a section asked for, so that "no value" can be
 * told from "not asked". COVER_ALL: every attribute that is set. COVER_LISTED:
 * exactly NAMES. COVER_SEEN: it cannot be told; NAMES were met. What counts for
 * the section is what all its inputs have in common.
 */
void snapshot_cover(struct snapshot_writer *w, enum section s,
                    enum cover cover, const char *const *names, size_t n);

/* What tells that an attribute was asked for. */
enum asked_by {
	ASKED_BY_COLUMNS,        /* the header has its column */
	ASKED_BY_REQUEST,        /* the search names what it asks for */
	ASKED_BY_EVERYTHING,     /* every attribute that is set */
	ASKED_BY_WORD,           /* who imports says so */
	ASKED_BY_VALUES,         /* it has values */
	ASKED_BY_CONTEXT,        /* @odata.context names it */
	ASKED_BY_KIN,            /* others of its kind have values */
	ASKED_BY_ANSWER,         /* Graph gives no property unasked */
	ASKED_BY_UNSYNCED,       /* nothing is synchronized */
	ASKED_BY_COUNT
};

const char *asked_by_name(enum asked_by e);

/* The same of an input that has a name, and with what tells it. */
struct snapshot_told {
	enum section section;
	const char *input;               /* its base name, */
	size_t number;                   /* and the one of snapshot_from */
	enum cover cover;
	const char *const *names;
	size_t count;
	enum asked_by evidence;
	const enum asked_by *each;       /* of each name, or NULL */
};
void snapshot_cover_told(struct snapshot_writer *w,
                         const struct snapshot_told *told);

/* How far an attribute was asked for in a section. */
enum asking { ASKING_NONE, ASKING_PARTLY, ASKING_ALL };
struct snapshot_asking {
	enum asking asked;
	const char *without;     /* PARTLY: an input that lacks it */
	uint64_t inputs;         /* and how many lack it */
};
/* So far; WITHOUT lives as long as the writer says nothing more. */
struct snapshot_asking snapshot_written_asking(struct snapshot_writer *w,
                                               enum section s,
                                               const char *attribute);
/* How many objects were said to lack values of the attribute. */
uint64_t snapshot_written_lack(const struct snapshot_writer *w,
                               enum section s, const char *attribute);

/*
 * An input, for the manifest: its name, its kind, its digest, and how many
 * objects it gave to each section.
 */
void snapshot_input(struct snapshot_writer *w, const char *name,
                    const char *kind, const char digest[DIGEST_TEXT],
                    const uint64_t objects[SECTION_COUNT]);
/* A domain's server that objects were read from; for later differences. */
struct snapshot_server {
	const char *domain;      /* DN of the domain */
	const char *host;        /* DNS name of the domain controller */
	const char *invocation;  /* its invocationId, a GUID; NULL: unknown */
	const char *usn;         /* highestCommittedUSN before reading */
	const char *cookie;      /* DirSync's, base64; NULL: none */
};
void snapshot_server(struct snapshot_writer *w,
                     const struct snapshot_server *server);
/* What was asked of the servers: a word such as "filter", and its value. */
void snapshot_request(struct snapshot_writer *w, const char *key,
                      const char *value);
/* The link by which Graph tells later changes of the section. */
void snapshot_delta(struct snapshot_writer *w, enum section s,
                    const char *link);
/* A sentence about the collection that a reader of reports should know. */
void snapshot_note(struct snapshot_writer *w, const char *text);

/* No more is said of the sections: those that lack values are partial. */
void snapshot_settle(struct snapshot_writer *w);
/* Writes the manifest, puts the folder in place and frees W. */
int snapshot_commit(struct snapshot_writer *w, when_t collected,
                    struct err *err);
/*
 * The same, and then prints a table of the sections that were asked for;
 * *PARTIAL: whether any of them is not whole (snapshot_list.c).
 */
int snapshot_commit_listed(struct snapshot_writer *w, when_t collected,
                           bool *partial, struct err *err);
void snapshot_abort(struct snapshot_writer *w);

/* ---- reading ---- */

struct snapshot;

struct snapshot *snapshot_open(const char *path, struct err *err);
void snapshot_close(struct snapshot *s);
/*
 * Opens the N snapshots into OUT, which has room for them, and counts them,
 * also when one fails. One that is given again, or as a copy, is warned of and
 * left out. 0, or -1 with ERR filled.
 */
int snapshots_open(const char *const *paths, size_t n, struct snapshot **out,
                   size_t *count, struct err *err);
const char *snapshot_name(const struct snapshot *s);        /* base name */
const char *snapshot_path(const struct snapshot *s);        /* as given */
const char *snapshot_digest(const struct snapshot *s);    /* its manifest's */
when_t snapshot_collected(const struct snapshot *s);
bool snapshot_has_side(const struct snapshot *s, enum side side);
enum section_state snapshot_state(const struct snapshot *s, enum section sec);
const char *snapshot_reason(const struct snapshot *s, enum section sec);
uint64_t snapshot_objects(const struct snapshot *s, enum section sec);
/* The servers by number, from 0; -1 after the last one. */
int snapshot_server_at(const struct snapshot *s, size_t i,
                       struct snapshot_server *out);
/* The server of a domain; -1 when it does not say. */
int snapshot_server_of(const struct snapshot *s, const char *domain,
                       struct snapshot_server *out);
/* A word of the request, or NULL. */
const char *snapshot_requested(const struct snapshot *s, const char *key);
/* The link to later changes, or NULL. */
const char *snapshot_delta_link(const struct snapshot *s, enum section sec);
/* Whether it came from a live AD. */
bool snapshot_is_live(const struct snapshot *s);
/* Whether the attribute was asked for in the section. */
bool snapshot_covers(const struct snapshot *s, enum section sec,
                     const char *attribute);

/* The same, and which inputs lack it. */
struct snapshot_asking snapshot_asking(const struct snapshot *s,
                                       enum section sec,
                                       const char *attribute);

/*
 * Which attributes were asked for in the section: COVER_ALL, or COVER_LISTED
 * with the N names.
 */
enum cover snapshot_coverage(const struct snapshot *s, enum section sec,
                             const char *const **names, size_t *n);

/* ---- domains (snapshot_domains.c) ---- */

/* A domain that AD objects of the snapshot lie in. */
struct snapshot_domain {
	/*
	 * Its DNS name in lower case: of the DC part of DNs, else of
	 * canonicalName; "": that of objects of which it is not known.
	 */
	const char *name;
	/*
	 * "S-1-5-21-a-b-c": of the domain object, else of users, groups and
	 * computers without the RID; NULL: not known.
	 */
	const char *sid;
	/*
	 * DNS name in lower case: what ad.forest says, else what follows
	 * CN=Schema,CN=Configuration in objectCategory of most objects; NULL:
	 * not known.
	 */
	const char *forest;
};

/*
 * Makes the domains known, before anything below is asked: from the manifest;
 * one of an older program does not have them, so that all AD objects are read
 * once. 0, or -1 with ERR filled.
 */
int snapshot_find_domains(struct snapshot *s, struct err *err);
/* Sorted by name, so that "" is the first. */
size_t snapshot_domain_count(const struct snapshot *s);
const struct snapshot_domain *snapshot_domain_at(const struct snapshot *s,
                                                 size_t i);
/*
 * Whether the snapshot speaks for the domain: it has users, groups, contacts or
 * computers of it, or was asked for them and knows that it is a domain. Others
 * have only containers, recipients and the like in it, or none.
 */
bool snapshot_domain_is_held(const struct snapshot *s, size_t i);
/* Whether its objects have SIDs of several domains; the least one is given. */
bool snapshot_domain_sid_doubtful(const struct snapshot *s, size_t i);
/* Whether its objects name several forests; that of most of them is given. */
bool snapshot_domain_forest_doubtful(const struct snapshot *s, size_t i);

/* The number of a domain below may also be all that the snapshot has. */
#define ALL_DOMAINS SIZE_MAX

/* Objects of the configuration partition are of no domain. */
uint64_t snapshot_domain_objects(const struct snapshot *s, size_t i,
                                 enum section sec);
/*
 * The section's state for that domain: "not asked" if no input of the domain
 * asked for it, whatever those of others did; "complete" if only those of
 * others are known to lack something; else that of the section.
 */
enum section_state snapshot_domain_state(const struct snapshot *s, size_t i,
                                         enum section sec);
/* Why it is not complete, or NULL. */
const char *snapshot_domain_reason(const struct snapshot *s, size_t i,
                                   enum section sec);
/* Whether all objects of the domain are there, and only values may lack. */
bool snapshot_domain_has_all_objects(const struct snapshot *s, size_t i,
                                     enum section sec);
/*
 * As snapshot_covers and snapshot_asking, for what all inputs that gave objects
 * of that section and domain have in common.
 */
bool snapshot_domain_covers(const struct snapshot *s, size_t i,
                            enum section sec, const char *attribute);
struct snapshot_asking snapshot_domain_asking(const struct snapshot *s,
                                              size_t i, enum section sec,
                                              const char *attribute);
/* An attribute of which some objects lack values: they are not known. */
struct snapshot_lack {
	const char *attribute, *reason;
	uint64_t objects;
};
/* The lack of the attribute in that domain; objects 0: there is none. */
struct snapshot_lack snapshot_domain_lack(const struct snapshot *s, size_t i,
                                          enum section sec,
                                          const char *attribute);
/*
 * Whether it was read from the servers of a forest with nothing narrowed or
 * missing: a domain of the forest that it does not hold is no more.
 */
bool snapshot_is_whole_forest(const struct snapshot *s);
/*
 * Whether the record of AD_FOREST is a crossRef of a domain, which lies in the
 * forest of the crossRef ([MS-ADTS] 6.1.1.2.1.1.2); the DNS names of both, in
 * lower case, replace what the buffers hold.
 */
bool snapshot_crossref(const struct record *r, struct buf *domain,
                       struct buf *forest);

/* The file of a section, for those who read it in pieces (base/blob.h). */
struct section_file {
	char *path;              /* NULL: the section has no objects */
	uint64_t count;          /* lines that the manifest says it has */
	const char *digest;      /* SHA-256 */
	bool has_checksum;
	uint64_t checksum;       /* as blob_checksum */
};
/* The caller frees the path. */
struct section_file snapshot_file(const struct snapshot *s, enum section sec);
/*
 * Holds what was read against the manifest: the number of lines, and the
 * checksums of the N pieces; without one in the manifest the file is read once
 * more for its SHA-256. 0, or -1 with ERR filled.
 */
int section_file_check(const struct section_file *f, uint64_t lines,
                       const uint64_t *leaves, size_t n, struct err *err);

/* Streams one section; NULL with ERR filled. */
struct section_reader;
struct section_reader *section_open(const struct snapshot *s,
                                    enum section sec, struct err *err);
/*
 * 1 with the next object in R, 0 at the end, -1 with ERR filled. The end is
 * reached only if count and checksum agree with the manifest. A section that
 * the manifest does not list has no objects.
 */
int section_next(struct section_reader *r, struct record *out,
                 struct err *err);
void section_close(struct section_reader *r);

/* Reads everything once and checks it against the manifest; 0 or -1. */
int snapshot_verify(const char *path, uint64_t *objects, struct err *err);

/* ---- going on from an earlier one (earlier.c) ---- */

enum earlier_use { EARLIER_RESUME, EARLIER_SINCE };

/* A word of the request, which has to be the same now. */
struct earlier_word {
	const char *key, *option;
	const char *value;       /* NULL: not given */
	bool (*same)(const char *a, const char *b);  /* NULL: byte by byte */
};

/*
 * Opens the snapshot PATH and checks that it was collected live from SIDE and
 * that its request had the N words. A run
 * that was killed left its folder under the name for unfinished ones; to be
 * resumed, it gets its own name back. NULL with ERR filled.
 */
struct snapshot *earlier_open(const char *path, enum side side,
                              enum earlier_use use,
                              const struct earlier_word *words, size_t n,
                              struct err *err);

#endif
