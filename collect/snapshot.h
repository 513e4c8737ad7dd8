/*
 * THE snapshot format: a folder with a manifest and one NDJSON file per
 * section. The writer is snapshot_write.c, the reader snapshot.c; snapshot(5)
 * describes the format. All that a struct snapshot hands out belongs to it.
 */
#ifndef COLLECT_SNAPSHOT_H
#define COLLECT_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/folder.h"
#include "base/when.h"
#include "collect/section.h"

struct err;
struct json;
struct record;

#define SNAPSHOT_MANIFEST "manifest.json"
#define SNAPSHOT_FORMAT "syncscope-snapshot"
enum { SNAPSHOT_VERSION = 1 };

enum {
	SNAPSHOT_LINE_MAX = 64 << 20,        /* bytes in a line of a section */
	SNAPSHOT_ATTRIBUTES_MAX = 20000,     /* in one object */
};

/* ---- writing ---- */

struct snapshot_writer;

struct snapshot_writer *snapshot_create(const char *path,
                                        enum folder_mode mode,
                                        struct err *err);
/*
 * Stores one object. Attributes are written in the canonical order: those of
 * the table in ad_attr.c first, then the others by name. The section is from
 * now on complete, if nothing else is said of it.
 */
int snapshot_put(struct snapshot_writer *w, enum section s,
                 const struct record *r, struct err *err);
/* The section was looked at, and may have no object at all. */
void snapshot_asked(struct snapshot_writer *w, enum section s);
/* The section is not whole; the first reason given stays. */
void snapshot_partial(struct snapshot_writer *w, enum section s,
                      const char *reason);
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

/* An input, for the manifest: its base name, its kind, its digest. */
void snapshot_input(struct snapshot_writer *w, const char *name,
                    const char *kind, const char digest[DIGEST_TEXT]);
/* A sentence about the collection that a reader of reports should know. */
void snapshot_note(struct snapshot_writer *w, const char *text);

/* Writes the manifest, puts the folder in place and frees W. */
int snapshot_commit(struct snapshot_writer *w, when_t collected,
                    struct err *err);
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
/* Whether the attribute was asked for in the section. */
bool snapshot_covers(const struct snapshot *s, enum section sec,
                     const char *attribute);

/* Streams one section; NULL with ERR filled. */
struct section_reader;
struct section_reader *section_open(const struct snapshot *s,
                                    enum section sec, struct err *err);
/*
 * 1 with the next object in R, 0 at the end, -1 with ERR filled. The end is
 * reached only if count and SHA-256 agree with the manifest. A section that
 * the manifest does not list has no objects.
 */
int section_next(struct section_reader *r, struct record *out,
                 struct err *err);
/* Where the reader stands, for messages: "FILE" and the line in it. */
const char *section_path(const struct section_reader *r);
uint64_t section_line(const struct section_reader *r);
void section_close(struct section_reader *r);

/* Reads everything once and checks it against the manifest; 0 or -1. */
int snapshot_verify(const char *path, uint64_t *objects, struct err *err);

#endif
