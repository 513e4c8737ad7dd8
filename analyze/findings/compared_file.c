/* Reading what is compared; the sentences on what is wrong with a line. */
#include "analyze/findings/compared_file.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/manifest.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/record.h"

int
compared_open(struct compared_file *s, const char *folder, const char *name,
              struct err *err)
{
	*s = (struct compared_file){
		.path = path_join(folder, name), .record = record_new(),
	};
	s->lines = lines_open(s->path, FINDINGS_LINE_MAX, err);
	return s->lines ? 0 : -1;
}

void
compared_close(struct compared_file *s)
{
	lines_close(s->lines);
	record_free(s->record);
	free(s->path);
	*s = (struct compared_file){ .path = NULL };
}

int
compared_next(struct compared_file *s, struct err *err)
{
	int rc = lines_next(s->lines, &s->line, &s->len, err);

	if (rc <= 0)
		s->line = NULL;
	return rc;
}

int
compared_parse(struct compared_file *s, struct err *err)
{
	struct json_error e;

	if (json_read_record(s->line, s->len, s->record, &e) == 0)
		return 0;
	return err_input(err, "%s:%llu:%zu: want %s", s->path,
	                 (unsigned long long)lines_number(s->lines),
	                 e.offset + 1, e.want);
}

int
compared_record(struct compared_file *s, struct err *err)
{
	int rc = compared_next(s, err);

	return rc > 0 && compared_parse(s, err) < 0 ? -1 : rc;
}

const char *
compared_text(const struct compared_file *s, const char *key, size_t *len)
{
	size_t key_len = strlen(key);
	const char *at = memmem(s->line, s->len, key, key_len);

	if (!at)
		return NULL;
	at += key_len;
	*len = strcspn(at, "\"\\");
	return at[*len] == '"' ? at : NULL;
}

int
compared_wrong(const struct compared_file *s, const char *want,
               struct err *err)
{
	return err_input(err, "%s:%llu: want %s", s->path,
	                 (unsigned long long)lines_number(s->lines), want);
}

int
compared_check(const struct compared_file *s, uint64_t count,
               const char *digest, struct err *err)
{
	char have[DIGEST_TEXT];

	if (lines_number(s->lines) != count)
		return err_input(err, "%s: has %llu lines; the manifest says "
		                 "%llu", s->path,
		                 (unsigned long long)lines_number(s->lines),
		                 (unsigned long long)count);
	lines_digest(s->lines, have);
	if (strcmp(have, digest) != 0)
		return err_input(err, "%s: was changed: its SHA-256 is not the "
		                 "manifest's", s->path);
	return 0;
}
