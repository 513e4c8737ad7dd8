/* Tells inputs from files that are none, by how they begin. */
#include "collect/import/recognise.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "collect/import/import_files.h"
#include "collect/import/input.h"
#include "collect/import/looks_like.h"
#include "collect/import/source.h"

/* What can be imported, in a sentence that is read to its end. */
static const char wanted[] =
	"an export of AD (LDIF, CSV), of Microsoft Graph (JSON), or of "
	"PowerShell's cmdlets or the admin centers (CSV, JSON, CLIXML), as "
	"syncscope(1) lists them";

/* What the kinds that do not take it say of it. */
static const char *
lack_of(const struct kinds *k, const char *head, size_t len)
{
	const char *what = NULL;

	for (size_t i = 0; i < k->count && !what; i++)
		if (k->sources[i]->lacks)
			what = k->sources[i]->lacks(head, len);
	return what;
}

static void
refuse_content(const struct kinds *k, struct import_file *f, const char *head,
               size_t len)
{
	const char *lack = lack_of(k, head, len);
	char *what = lack ? xstrdup(lack) : looks_like_text(head, len);

	f->near = lack != NULL;
	f->unlike = !what;
	import_file_refuse(f, what ? what : "is nothing that syncscope knows");
	free(what);
}

static bool
is_forced(const struct source *s, const struct import_file *f,
          const char *head, size_t len)
{
	return s && (f->given == GIVEN_BY_NAME ||
	             (s->accepts ? s->accepts : s->recognise)(head, len));
}

/*
 * By how it begins. --as forces the kind of files that the user named, and of
 * those in folders and archives that can be of that kind.
 */
static const struct source *
choose_source(const struct kinds *k, struct import_file *f, const char *head,
              size_t len)
{
	const struct source *found = NULL;
	char *other;

	if (is_forced(k->forced, f, head, len))
		return k->forced;
	other = looks_like_other(head, len);
	if (other)
		import_file_refuse(f, other);
	for (size_t i = 0; i < k->count && !found && !other; i++)
		if (k->sources[i]->recognise(head, len))
			found = k->sources[i];
	free(other);
	return found;
}

/* What is text before a fault decides whether an input is damaged. */
static int
recognise_text(const struct kinds *k, struct import_file *f,
               struct input *in, struct err *err)
{
	const char *encoding = k->encoding, *head, *bytes;
	size_t len;
	const char *utf16;
	int rc;

	bytes = input_bytes(in, &len);
	utf16 = encoding ? NULL : looks_like_utf16(bytes, len);
	rc = input_begin(in, encoding, err);
	if (rc < 0 && err->code != EXIT_INPUT)
		return -1;
	if (rc < 0 && utf16)
		return err_input(err, "%s: looks like UTF-16 without a "
		                 "byte-order mark; want --encoding %s",
		                 f->path, utf16);
	head = input_head(in, &len);
	f->source = choose_source(k, f, head, len);
	if (f->source || f->refusal)
		return f->source ? rc : 0;
	if (rc < 0) {
		f->refusal = xstrdup(err->text);
		*err = (struct err){ 0 };
	} else {
		refuse_content(k, f, head, len);
	}
	return 0;
}

static int
recognise(const struct kinds *k, struct import_files *files,
          struct import_file *f, struct err *err)
{
	struct input *in;
	const char *bytes;
	char *what;
	size_t len;
	int rc = 0;

	if (f->refusal)
		return 0;
	in = import_file_open(files, f, err);
	if (!in)
		return -1;
	f->modified = input_modified(in);
	f->size = input_size(in);
	bytes = input_bytes(in, &len);
	what = looks_like_bytes(bytes, len);
	if (what)
		import_file_refuse(f, what);
	else
		rc = recognise_text(k, f, in, err);
	free(what);
	if (rc == 0 && f->is_stdin && f->source)
		f->held = in;
	else
		input_close(in);
	return rc;
}

int
recognise_all(const struct kinds *k, struct import_files *files,
              struct err *err)
{
	for (size_t i = 0; i < files->count; i++)
		if (recognise(k, files, &files->items[i], err) < 0)
			return -1;
	return import_files_skip(files, wanted, err);
}
