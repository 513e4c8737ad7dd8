/*
 * What stands at the top of files, as comments that LDIF and PowerShell share.
 * Names come from directories: nothing but printable ASCII is written.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "report/repair/files.h"

enum { NOTE_WIDTH = 74, NOTE_WORD = 60, NOTE_SNAPSHOTS = 5 };

/* The length of the word that TEXT begins with, cut where it is too long. */
static size_t
word_len(const char *text)
{
	size_t len = strcspn(text, " \t\r\n");

	return len > NOTE_WORD ? NOTE_WORD : len;
}

static void
put_plain(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			buf_addc(out, text[i] > ' ' && text[i] <= '~' ? text[i]
			         : '?');
}

/* Lines that go on are further in: none begins with a word of its own. */
void
repair_note(struct buf *out, const char *text)
{
	size_t at = 1;

	buf_addc(out, '#');
	for (; *text; text += strspn(text, " \t\r\n")) {
		size_t len = word_len(text);

		if (at + len >= NOTE_WIDTH) {
			buf_adds(out, "\r\n#  ");
			at = 3;
		}
		buf_addc(out, ' ');
		put_plain(out, text, len);
		at += len + 1;
		text += len;
	}
	buf_adds(out, "\r\n");
}

/* A command to copy stands in one line, however long. */
void
repair_note_command(struct buf *out, const char *text)
{
	buf_adds(out, "#     ");
	for (; *text; text++)
		buf_addc(out, *text >= ' ' && *text <= '~' ? *text : '?');
	buf_adds(out, "\r\n");
}

const char *
repair_host(const char *domain, const char *other)
{
	return domain && *domain && !domain[strspn(domain,
	       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	       "0123456789.-")] && *domain != '-' ? domain : other;
}

static void
put_snapshots(struct buf *out, const struct findings *f)
{
	struct buf line = { 0 };

	for (size_t i = 0; i < f->snapshot_count && i < NOTE_SNAPSHOTS; i++) {
		char when[WHEN_TEXT] = "an unknown time";

		if (f->snapshots[i].collected != WHEN_NONE)
			when_format(f->snapshots[i].collected, when);
		buf_clear(&line);
		buf_addf(&line, "Snapshot: %s, collected %s",
		         f->snapshots[i].name, when);
		repair_note(out, line.data);
	}
	if (f->snapshot_count > NOTE_SNAPSHOTS) {
		buf_clear(&line);
		buf_addf(&line, "and %zu more snapshots",
		         f->snapshot_count - NOTE_SNAPSHOTS);
		repair_note(out, line.data);
	}
	buf_release(&line);
}

static void
put_cause(struct buf *out, const struct repair_text *t)
{
	const struct repair_cause *c = &t->plan->causes[t->file->cause];
	uint64_t findings = 0;
	struct buf line = { 0 };

	for (size_t i = 0; i < t->file->count; i++)
		findings += t->plan->changes[t->file->changes[i]].findings;
	buf_addf(&line, "Cause: %s (rule %s)", c->title, c->rule);
	repair_note(out, line.data);
	buf_clear(&line);
	buf_addf(&line, "Domain: %s; objects to change: %zu; findings that "
	         "propose it: %" PRIu64, t->file->domain ? t->file->domain
	         : "not known", t->file->count, findings);
	repair_note(out, line.data);
	buf_release(&line);
}

void
repair_head(struct buf *out, const struct repair_text *t)
{
	const struct findings *f = t->findings;
	struct buf line = { 0 };
	char when[WHEN_TEXT] = "not known";

	if (f->as_of != WHEN_NONE)
		when_format(f->as_of, when);
	if (t->file)
		put_cause(out, t);
	buf_addf(&line, "As of: %s, judged by %s", when, f->tool_version);
	repair_note(out, line.data);
	put_snapshots(out, f);
	if (f->edits_name)
		repair_note(out, "Judged as if edits were made (--what-if): "
		            "AD may not have the old values.");
	buf_release(&line);
}
