/* The files of the folder, each printed from the plan into what is open. */
#ifndef REPORT_REPAIR_FILES_H
#define REPORT_REPAIR_FILES_H

#include <stdint.h>

#include "report/repair/changes.h"

struct buf;
struct err;
struct finding_selector;
struct findings;
struct format_options;
struct outfile;

/* What a file says, and which way its changes go. */
enum repair_way { REPAIR_DO, REPAIR_UNDO };

struct repair_text {
	const struct findings *findings;
	const struct repair_plan *plan;
	const struct repair_file *file;      /* NULL: it has none */
};

/* What a value is, and what becomes of it, going that WAY. */
static inline const char *
repair_from(const struct repair_part *p, enum repair_way way)
{
	return way == REPAIR_DO ? p->old : p->new;
}

static inline const char *
repair_to(const struct repair_part *p, enum repair_way way)
{
	return way == REPAIR_DO ? p->new : p->old;
}

/* Lines of comments: "# TEXT", ASCII alone, wrapped, ended by CR LF. */
void repair_note(struct buf *out, const char *text);
void repair_note_command(struct buf *out, const char *text);
/* What it is, of which findings, and of when. (head.c) */
void repair_head(struct buf *out, const struct repair_text *t);

/* DOMAIN where it can stand in a command that is copied; else OTHER. */
const char *repair_host(const char *domain, const char *other);

void ldif_file_print(const struct repair_text *t, enum repair_way way,
                     struct outfile *out);
void script_file_print(const struct repair_text *t, struct outfile *out);

/*
 * Scripts: the mark by which Windows PowerShell takes a file for UTF-8, and LEN
 * bytes of TEXT with lines that end in CR LF. (script_text.c)
 */
void script_put_mark(struct buf *out);
void script_put_fixed(struct buf *out, const char *text, size_t len);
/* "NAME = 'VALUE'", or $null; ended by CR LF. */
void script_put_member(struct buf *out, const char *indent, const char *name,
                       const char *value);

/* All findings again: what no file does. How many they are. */
int manual_file_print(const struct repair_text *t,
                      const struct finding_selector *chosen,
                      const struct format_options *o, struct outfile *out,
                      uint64_t *count, struct err *err);
/* The commands of the cloud; *COUNT of none is 0. */
int cloud_file_print(const struct repair_text *t,
                     const struct finding_selector *chosen,
                     struct outfile *out, uint64_t *count, struct err *err);

#endif
