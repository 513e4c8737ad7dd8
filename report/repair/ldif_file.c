/*
 * A .ldf file, one modify an object: the old value is deleted and the new one
 * added in it, so that it holds only where the old value still stands; where
 * there was none, "add" alone fails if there is one now (RFC 4511, 4.6). The
 * rollback is the same the other way round, last change first.
 */
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "report/repair/files.h"
#include "report/repair/ldif_text.h"

static void
put_end(struct buf *out)
{
	buf_adds(out, "-\r\n");
}

/* The values of the attribute of PART that go, or that come. */
static void
put_values(struct buf *out, const struct repair_change *c,
           const struct repair_part *part, enum repair_way way,
           const char *verb)
{
	bool deletes = *verb == 'd';
	size_t n = 0;

	for (const struct repair_part *q = c->parts; q; q = q->next) {
		const char *value = deletes ? repair_from(q, way)
		                            : repair_to(q, way);

		if (!value || ascii_casecmp(q->attribute, part->attribute) != 0)
			continue;
		if (!n++)
			ldif_put_line(out, verb, part->attribute);
		ldif_put_line(out, part->attribute, value);
	}
	if (n)
		put_end(out);
}

static bool
is_first(const struct repair_change *c, const struct repair_part *part)
{
	const struct repair_part *q = c->parts;

	while (ascii_casecmp(q->attribute, part->attribute) != 0)
		q = q->next;
	return q == part;
}

static void
put_change(struct buf *out, const struct repair_change *c, enum repair_way way)
{
	buf_adds(out, "\r\n");
	ldif_put_line(out, "dn", c->dn);
	ldif_put_line(out, "changetype", "modify");
	for (const struct repair_part *q = c->parts; q; q = q->next) {
		if (!is_first(c, q))
			continue;
		put_values(out, c, q, way, "delete");
		put_values(out, c, q, way, "add");
	}
}

/* Its own files have none, and Microsoft does not say that it reads one. */
static void
put_without_version(struct buf *out, const char *name, const char *end)
{
	struct buf line = { 0 };

	repair_note(out, "Line 1 is as RFC 2849 wants it, and ldifde itself "
	            "writes none: should it fail on line 1, nothing was "
	            "changed, and it is run with what this makes in cmd:");
	buf_addf(&line, "findstr /v /b version: \"%s%s\" > \"%%TEMP%%\\%s%s\"",
	         name, end, name, end);
	repair_note_command(out, line.data);
	buf_release(&line);
}

static void
put_use(struct buf *out, const struct repair_text *t, enum repair_way way)
{
	const char *host = repair_host(t->file->domain, "SERVER");
	const char *end = way == REPAIR_DO ? ".ldf" : ".undo.ldf";
	struct buf line = { 0 };

	repair_note(out, "A change is made only where the old value still "
	            "stands: what has another one by now is refused with \"No "
	            "such attribute\" or \"Type or value exists\", and nothing "
	            "of that object is changed.");
	repair_note(out, "To run it, going on after what is refused; or with "
	            "Windows' own program, which stops there:");
	buf_addf(&line, "ldapmodify -c -Y GSSAPI -H ldap://%s -f %s%s", host,
	         t->file->name, end);
	repair_note_command(out, line.data);
	buf_clear(&line);
	buf_addf(&line, "ldifde -i -s %s -f %s%s -j .", host, t->file->name,
	         end);
	repair_note_command(out, line.data);
	put_without_version(out, t->file->name, end);
	if (way == REPAIR_DO) {
		buf_clear(&line);
		buf_addf(&line, "Undo: the same with %s.undo.ldf",
		         t->file->name);
		repair_note(out, line.data);
		repair_note(out, "Try first: syncscope analyze --what-if with "
		            "this file. Run files in the order of their "
		            "numbers.");
	} else {
		repair_note(out, "Undo files in the reverse order of their "
		            "numbers.");
	}
	buf_release(&line);
}

void
ldif_file_print(const struct repair_text *t, enum repair_way way,
                struct outfile *out)
{
	const struct repair_file *f = t->file;
	struct buf text = { 0 };

	buf_adds(&text, "version: 1\r\n");
	repair_note(&text, way == REPAIR_DO
	            ? "syncscope: changes of AD that fix what was found"
	            : "syncscope: takes back what the file of this name "
	              "without .undo did");
	repair_head(&text, t);
	put_use(&text, t, way);
	for (size_t i = 0; i < f->count; i++) {
		size_t at = way == REPAIR_DO ? i : f->count - 1 - i;

		put_change(&text, &t->plan->changes[f->changes[at]], way);
		outfile_add(out, text.data, text.len);
		buf_clear(&text);
	}
	buf_release(&text);
}
