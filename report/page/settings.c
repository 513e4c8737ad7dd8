/* Wrong ones are errors of usage, before anything is read or written. */
#include "report/page/settings.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/base64.h"
#include "base/err.h"
#include "base/file.h"
#include "base/list.h"
#include "base/utf8.h"
#include "report/page/parts.h"
#include "report/page/waves.h"

enum { LOGO_MAX = 200 * 1024, NOTES_MAX = 64 * 1024, NOTES_COUNT = 50 };

static const char *const audiences[] = {
	[AUDIENCE_ENGINEER] = "engineer",
	[AUDIENCE_MANAGEMENT] = "management",
	[AUDIENCE_CUSTOMER] = "customer",
};

static int
read_audience(struct report_page *p, struct err *err)
{
	const char *text = p->set->audience;

	for (size_t i = 0; text && i < sizeof(audiences) / sizeof(*audiences);
	     i++)
		if (strcmp(audiences[i], text) == 0) {
			p->audience = (enum page_audience)i;
			return 0;
		}
	if (text)
		return err_usage(err, "--audience: want management, engineer "
		                 "or customer, have \"%s\"", text);
	return 0;
}

/* ---- the logo ---- */

static bool
begins(const struct buf *b, const char *bytes, size_t len)
{
	return b->len >= len && memcmp(b->data, bytes, len) == 0;
}

/* SVG may have a mark, blanks, a declaration and comments before it. */
static bool
is_svg(const struct buf *b)
{
	const char *text = buf_text(b);

	if (begins(b, "\xef\xbb\xbf", 3))
		text += 3;
	text += strspn(text, " \t\r\n");
	if (strncmp(text, "<?xml", 5) != 0 && strncmp(text, "<svg", 4) != 0 &&
	    strncmp(text, "<!--", 4) != 0 &&
	    strncmp(text, "<!DOCTYPE svg", 13) != 0)
		return false;
	return strstr(text, "<svg") && strlen(buf_text(b)) == b->len;
}

/* By the bytes, whatever the file is called. */
static const char *
kind_of(const struct buf *b)
{
	if (begins(b, "\x89PNG\r\n\x1a\n", 8))
		return "image/png";
	if (begins(b, "\xff\xd8\xff", 3))
		return "image/jpeg";
	return is_svg(b) ? "image/svg+xml" : NULL;
}

static int
take_logo(struct report_page *p, const struct buf *bytes, struct err *err)
{
	const char *kind = kind_of(bytes);
	struct buf out = { 0 };

	if (!kind)
		return err_usage(err, "%s: want PNG, JPEG or SVG for a logo",
		                 p->set->logo);
	buf_addf(&out, "data:%s;base64,", kind);
	base64_encode(&out, (const unsigned char *)bytes->data, bytes->len);
	p->logo = buf_detach(&out);
	return 0;
}

static int
read_logo(struct report_page *p, struct err *err)
{
	struct buf bytes = { 0 };
	struct stat st;
	int rc;

	if (!p->set->logo)
		return 0;
	if (stat(p->set->logo, &st) == 0 && st.st_size > LOGO_MAX)
		return err_usage(err, "%s: want a logo of at most 200 KB, have "
		                 "%lld bytes", p->set->logo,
		                 (long long)st.st_size);
	buf_init(&bytes, LOGO_MAX);
	rc = file_read(p->set->logo, &bytes, err);
	if (rc < 0)
		err->code = EXIT_USAGE;
	else
		rc = take_logo(p, &bytes, err);
	buf_release(&bytes);
	return rc;
}

/* ---- notes ---- */

struct note_texts {
	const char **items;
	size_t count, room;
};

static void
add_note(struct report_page *p, struct note_texts *l, const char *text,
         size_t len)
{
	while (len && strchr(" \t\r\n", text[len - 1]))
		len--;
	if (!len || l->count == NOTES_COUNT)
		return;
	LIST_RESERVE(l->items, l->room, l->count + 1);
	l->items[l->count++] = arena_strndup(&p->texts, text, len);
}

/* Paragraphs, with an empty line between. */
static void
add_paragraphs(struct report_page *p, struct note_texts *l, const char *text)
{
	while (*text) {
		const char *end;

		text += strspn(text, " \t\r\n");
		end = text;
		while (*end && strncmp(end, "\n\n", 2) != 0 &&
		       strncmp(end, "\n\r\n", 3) != 0)
			end++;
		add_note(p, l, text, (size_t)(end - text));
		text = end;
	}
}

/* A text, or the file of that name. */
static int
add_notes(struct report_page *p, struct note_texts *l, const char *text,
          struct err *err)
{
	struct buf bytes = { 0 };
	struct stat st;
	int rc;

	if (stat(text, &st) < 0 || !S_ISREG(st.st_mode)) {
		add_note(p, l, text, strlen(text));
		return 0;
	}
	buf_init(&bytes, NOTES_MAX);
	rc = file_read(text, &bytes, err);
	if (rc == 0 && utf8_bad(buf_text(&bytes), bytes.len) < bytes.len)
		rc = err_usage(err, "%s: want notes in UTF-8", text);
	if (rc < 0)
		err->code = EXIT_USAGE;
	else
		add_paragraphs(p, l, buf_text(&bytes));
	buf_release(&bytes);
	return rc;
}

static int
read_notes(struct report_page *p, struct err *err)
{
	struct note_texts l = { .count = 0 };
	const char **kept;
	int rc = 0;

	for (size_t i = 0; i < p->set->notes.count && rc == 0; i++)
		rc = add_notes(p, &l, p->set->notes.texts[i], err);
	kept = arena_alloc(&p->texts, l.count * sizeof(*kept) + 1);
	if (l.count)
		memcpy(kept, l.items, l.count * sizeof(*kept));
	p->notes = kept;
	p->note_count = l.count;
	free(l.items);
	return rc;
}

int
settings_read(struct report_page *p, struct err *err)
{
	if (read_audience(p, err) < 0 || read_logo(p, err) < 0 ||
	    read_notes(p, err) < 0)
		return -1;
	if (p->set->waves) {
		p->waves = waves_read(p->set->waves, err);
		return p->waves ? 0 : -1;
	}
	return 0;
}
