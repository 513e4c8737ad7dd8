/*
 * report.json: all files of the findings folder as one document, line by line
 * as they stand, so that memory does not grow with them. What is in it says
 * data/report.schema.json.
 */
#include <stddef.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/file.h"
#include "report/format.h"
#include "report/view.h"

/* The schema's id: nothing is to be fetched there. */
#define SCHEMA "urn:syncscope:report:1"

/* A document of its own, without its line end. */
static void
put_document(struct outfile *out, const struct buf *text)
{
	size_t len = text->len;

	while (len && text->data[len - 1] == '\n')
		len--;
	outfile_add(out, text->data, len);
}

static int
put_manifest(struct outfile *out, const struct findings *f, struct err *err)
{
	struct buf text = { 0 };
	int rc = findings_manifest_text(f, &text, err);

	outfile_adds(out, ",\n\"manifest\": ");
	if (rc == 0)
		put_document(out, &text);
	buf_release(&text);
	return rc;
}

static int
put_exchange(struct outfile *out, const struct findings *f, struct err *err)
{
	struct buf text = { 0 };
	int rc = 0;

	outfile_adds(out, ",\n\"exchange\": ");
	if (!exchange_is_there(f))
		outfile_adds(out, "null");
	else if ((rc = exchange_text(f, &text, err)) == 0)
		put_document(out, &text);
	buf_release(&text);
	return rc;
}

static int
put_lines(struct outfile *out, const struct findings *f, enum findings_part p,
          struct err *err)
{
	struct findings_reader *r = findings_part_read(f, p, err);
	const char *line, *before = "\n";
	size_t len;
	int rc = r ? 1 : -1;

	outfile_adds(out, "[");
	while (rc > 0 && (rc = findings_part_next(r, &line, &len, err)) > 0) {
		outfile_adds(out, before);
		outfile_add(out, line, len);
		before = ",\n";
	}
	findings_reader_close(r);
	outfile_adds(out, "\n]");
	return rc;
}

/* A file that is not there tells nothing: null, where none would be []. */
static int
put_part(struct outfile *out, const struct findings *f, enum findings_part p,
         struct err *err)
{
	outfile_adds(out, ",\n\"");
	outfile_adds(out, findings_part_name(p));
	outfile_adds(out, "\": ");
	if (findings_part_is_there(f, p))
		return put_lines(out, f, p, err);
	outfile_adds(out, "null");
	return 0;
}

int
format_json(const struct view *v, const struct format_options *o,
            struct outfile *out, struct err *err)
{
	(void)o;
	outfile_adds(out, "{\n\"$schema\": \"" SCHEMA "\",\n"
	             "\"format\": \"syncscope-report\",\n\"version\": 1");
	if (put_manifest(out, v->findings, err) < 0 ||
	    put_exchange(out, v->findings, err) < 0)
		return -1;
	for (int p = 0; p < FINDINGS_PARTS; p++)
		if (put_part(out, v->findings, (enum findings_part)p, err) < 0)
			return -1;
	outfile_adds(out, "\n}\n");
	return 0;
}
