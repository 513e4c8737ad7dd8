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
 * Which attributes an input of a section asked for, so that "no value" can be
 * told from "not asked". COVER_ALL: every attribute that is set. COVER_LISTED:
 * exactly NAMES. COVER_SEEN: it cannot be told; NAMES were met. What counts for
 * the section is what all its inputs have in common.
 */
void snapshot_cover(struct snapshot_writer *w, enum section s,
                    enum cover cover, const char *const *names, size_t n);

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
const char *snapshot_name(const struct snapshot *s);        /* base name */
const char *snapshot_digest(const struct snapshot *s);    /* its manifest's */
when_t snapshot_collected(const struct snapshot *s);
bool snapshot_has_side(const struct snapshot *s, enum side side);
enum section_state snapshot_state(const struct snapshot *s, enum section sec);
const char *snapshot_reason(const struct snapshot *s, enum section sec);
uint64_t snapshot_objects(const struct snapshot *s, enum section sec);
/* Whether all objects are there, and only values may lack. */
bool snapshot_has_all_objects(const struct snapshot *s, enum section sec);
/* An attribute of which some objects lack values: they are not known. */
struct snapshot_lack {
	const char *attribute, *reason;
	uint64_t objects;
};
/* The lack of the attribute; objects 0: there is none. */
struct snapshot_lack snapshot_lack_of(const struct snapshot *s,
                                      enum section sec,
                                      const char *attribute);
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

/*
 * Which attributes were asked for in the section: COVER_ALL, or COVER_LISTED
 * with the N names.
 */
enum cover snapshot_coverage(const struct snapshot *s, enum section sec,
                             const char *const **names, size_t *n);

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
