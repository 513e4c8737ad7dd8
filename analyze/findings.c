/* THE findings format: writer and reader. */
#include "analyze/findings.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings_manifest.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"

enum { TEXT_MAX_BYTES = 64 << 10 };      /* of one value in a finding */

/* The text keys of a finding, for writing and reading alike. */
static const struct {
	const char *key;
	size_t member;
} texts[] = {
	{ "class", offsetof(struct finding, class) },
	{ "dn", offsetof(struct finding, dn) },
	{ "guid", offsetof(struct finding, guid) },
	{ "upn", offsetof(struct finding, upn) },
	{ "attribute", offsetof(struct finding, attribute) },
	{ "observed", offsetof(struct finding, observed) },
	{ "expected", offsetof(struct finding, expected) },
	{ "message", offsetof(struct finding, message) },
	{ "fix", offsetof(struct finding, fix) },
	{ "source", offsetof(struct finding, source) },
	{ "snapshot", offsetof(struct finding, snapshot) },
	{ "fingerprint", offsetof(struct finding, fingerprint) },
};

enum { TEXTS = sizeof(texts) / sizeof(texts[0]) };

static const char *
text_member(const struct finding *f, size_t i)
{
	return *(const char *const *)((const char *)f + texts[i].member);
}

struct findings_writer {
	struct folder *folder;
	struct outfile *findings, *forecast;
	struct findings_counts counts;
};

static struct outfile *
open_in(const struct folder *folder, const char *name, enum outfile_kind kind,
        struct err *err)
{
	char *path = path_join(folder_work(folder), name);
	struct outfile *f = outfile_open(path, kind, err);

	free(path);
	return f;
}

struct findings_writer *
findings_create(const char *path, enum folder_mode mode, struct err *err)
{
	struct folder *folder = folder_open(path, mode, FINDINGS_MANIFEST,
	                                    err);
	struct findings_writer *w;

	if (!folder)
		return NULL;
	w = xcalloc(1, sizeof(*w));
	w->folder = folder;
	w->findings = open_in(folder, FINDINGS_FILE, OUTFILE_LISTED, err);
	w->forecast = open_in(folder, FORECAST_FILE, OUTFILE_LISTED, err);
	if (!w->findings || !w->forecast) {
		findings_abort(w);
		return NULL;
	}
	return w;
}

/* The key that survives moves, renames and another order. */
static void
fingerprint(struct findings_batch *b, const struct finding *f,
            char text[DIGEST_TEXT])
{
	const char *object = f->guid ? f->guid : f->dn ? f->dn : f->upn;
	const char *parts[] = { f->rule, object, f->attribute, f->observed };

	buf_clear(&b->folded);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i])
			utf8_fold(&b->folded, parts[i], strlen(parts[i]));
		buf_addc(&b->folded, '\n');
	}
	if (!b->digest)
		b->digest = digest_new();
	digest_again(b->digest, b->folded.data, b->folded.len, text);
	text[DIGEST_TEXT / 2] = '\0';
}

/* Keys are ours and plain; each but the first comes after a comma. */
static void
put_key(struct buf *out, const char *key)
{
	buf_adds(out, ",\"");
	buf_adds(out, key);
	buf_adds(out, "\":");
}

/* Where TEXT is cut if it is monstrous: before a character. */
static size_t
bounded(const char *text)
{
	size_t len = strlen(text);

	if (len <= TEXT_MAX_BYTES)
		return len;
	len = TEXT_MAX_BYTES;
	while (len > 0 && (text[len] & 0xc0) == 0x80)
		len--;
	return len;
}

static void
put_value(struct buf *out, const char *text)
{
	if (text)
		json_put_string(out, text, bounded(text));
	else
		buf_adds(out, "null");
}

static void
put_text(struct buf *out, const char *key, const char *text)
{
	put_key(out, key);
	put_value(out, text);
}

static void
put_first(struct buf *out, const char *key, const char *text)
{
	buf_addf(out, "{\"%s\":", key);
	put_value(out, text);
}

void
findings_put(struct findings_batch *b, const struct finding *f)
{
	struct finding full = *f;
	struct buf *out = &b->findings;
	char print[DIGEST_TEXT];

	fingerprint(b, f, print);
	full.fingerprint = print;
	put_first(out, "rule", f->rule);
	put_text(out, "severity", severity_name(f->severity));
	put_text(out, "status", status_name(f->status));
	for (size_t i = 0; i < TEXTS; i++)
		put_text(out, texts[i].key, text_member(&full, i));
	buf_adds(out, "}\n");
	b->finding_count++;
	if (f->status == STATUS_OPEN)
		b->by_severity[f->severity]++;
}

static void
put_word(struct buf *out, const char *key, const char *word)
{
	put_key(out, key);
	buf_adds(out, word);
}

static void
put_list(struct buf *out, const char *key, const char *const *list, size_t n)
{
	put_key(out, key);
	buf_addc(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(out, ',');
		json_put_string(out, list[i], strlen(list[i]));
	}
	buf_addc(out, ']');
}

void
findings_put_forecast(struct findings_batch *b, const struct forecast *f)
{
	static const char *const enabled[] = {
		[ENABLED_UNKNOWN] = "null", [ENABLED_YES] = "true",
		[ENABLED_NO] = "false",
	};
	struct buf *out = &b->forecast;

	put_first(out, "dn", f->dn);
	put_text(out, "guid", f->guid);
	put_text(out, "class", f->class);
	put_word(out, "inScope", f->in_scope ? "true" : "false");
	put_text(out, "scopeReason", f->scope_reason);
	put_text(out, "match", match_name(f->match));
	put_text(out, "upn", f->upn);
	put_text(out, "mail", f->mail);
	put_text(out, "mailNickname", f->mail_nickname);
	put_text(out, "primarySmtp", f->primary_smtp);
	put_list(out, "proxyAddresses", f->proxy_addresses, f->proxy_count);
	put_word(out, "accountEnabled", enabled[f->account_enabled]);
	put_text(out, "confidence", confidence_name(f->confidence));
	put_text(out, "readiness", readiness_name(f->readiness));
	buf_adds(out, "}\n");
	b->forecast_count++;
	b->by_readiness[f->readiness]++;
}

void
findings_batch_release(struct findings_batch *b)
{
	buf_release(&b->findings);
	buf_release(&b->forecast);
	buf_release(&b->folded);
	digest_free(b->digest);
}

void
findings_add(struct findings_writer *w, struct findings_batch *b)
{
	outfile_add(w->findings, buf_text(&b->findings), b->findings.len);
	outfile_add(w->forecast, buf_text(&b->forecast), b->forecast.len);
	w->counts.findings += b->finding_count;
	w->counts.forecasts += b->forecast_count;
	for (int i = 0; i < SEVERITY_COUNT; i++)
		w->counts.by_severity[i] += b->by_severity[i];
	for (int i = 0; i < READINESS_COUNT; i++)
		w->counts.by_readiness[i] += b->by_readiness[i];
	buf_clear(&b->findings);
	buf_clear(&b->forecast);
	b->finding_count = b->forecast_count = 0;
	memset(b->by_severity, 0, sizeof(b->by_severity));
	memset(b->by_readiness, 0, sizeof(b->by_readiness));
}

static void
writer_free(struct findings_writer *w)
{
	outfile_abort(w->findings);
	outfile_abort(w->forecast);
	free(w);
}

static int
commit_file(struct outfile **file, char digest[DIGEST_TEXT], struct err *err)
{
	struct outfile *f = *file;
	struct file_sums sums = { .digest = "" };
	int rc;

	if (!f)
		return 0;
	*file = NULL;
	rc = outfile_commit(f, &sums, err);
	strcpy(digest, sums.digest);
	return rc;
}

static int
write_manifest(struct findings_writer *w, const struct findings *f,
               struct err *err)
{
	struct outfile *file = open_in(w->folder, FINDINGS_MANIFEST,
	                               OUTFILE_SAFE, err);
	struct json *tree = findings_manifest_to_json(f, &w->counts);
	struct buf text = { 0 };
	int rc = -1;

	json_put_pretty(&text, tree);
	if (file) {
		outfile_add(file, text.data, text.len);
		rc = outfile_commit(file, NULL, err);
	}
	json_free(tree);
	buf_release(&text);
	return rc;
}

int
findings_finish(struct findings_writer *w, struct err *err)
{
	if (commit_file(&w->findings, w->counts.findings_digest, err) < 0)
		return -1;
	return commit_file(&w->forecast, w->counts.forecast_digest, err);
}

const char *
findings_work(const struct findings_writer *w)
{
	return folder_work(w->folder);
}

struct findings_counts *
findings_written(struct findings_writer *w)
{
	return &w->counts;
}

int
findings_commit(struct findings_writer *w, const struct findings *f,
                struct err *err)
{
	struct folder *folder = w->folder;
	int rc = findings_finish(w, err);

	if (rc == 0)
		rc = write_manifest(w, f, err);
	writer_free(w);
	if (rc == 0)
		return folder_commit(folder, err);
	folder_abort(folder);
	return -1;
}

void
findings_abort(struct findings_writer *w)
{
	struct folder *folder;

	if (!w)
		return;
	folder = w->folder;
	writer_free(w);
	folder_abort(folder);
}

uint64_t
findings_counted(const struct findings_writer *w, enum severity s)
{
	return w->counts.by_severity[s];
}

struct findings_reader {
	char *path;
	struct lines *lines;
	struct record *record;
	uint64_t want;
	const char *digest;
};

/* Opens one of the two NDJSON files of F. */
static struct findings_reader *
reader_open(const struct findings *f, const char *name, uint64_t want,
            const char *digest, struct err *err)
{
	struct findings_reader *r = xcalloc(1, sizeof(*r));

	r->path = path_join(findings_path(f), name);
	r->record = record_new();
	r->want = want;
	r->digest = digest;
	r->lines = lines_open(r->path, FINDINGS_LINE_MAX, err);
	if (!r->lines) {
		findings_reader_close(r);
		return NULL;
	}
	return r;
}

struct findings_reader *
findings_read(const struct findings *f, struct err *err)
{
	const struct findings_counts *c = findings_file_counts(f);

	return reader_open(f, FINDINGS_FILE, c->findings, c->findings_digest,
	                   err);
}

static int
reader_end(struct findings_reader *r, struct err *err)
{
	char digest[DIGEST_TEXT];

	lines_digest(r->lines, digest);
	if (lines_number(r->lines) != r->want)
		return err_input(err, "%s: has %llu lines; the manifest says "
		                 "%llu", r->path,
		                 (unsigned long long)lines_number(r->lines),
		                 (unsigned long long)r->want);
	if (strcmp(digest, r->digest) != 0)
		return err_input(err, "%s: was changed: its SHA-256 is not the "
		                 "manifest's", r->path);
	return 0;
}

/* 1 with the next line in r->record, 0 at the end, -1. */
static int
reader_next(struct findings_reader *r, struct err *err)
{
	struct json_error e;
	const char *line;
	size_t len;
	int rc = lines_next(r->lines, &line, &len, err);

	if (rc <= 0)
		return rc < 0 ? -1 : reader_end(r, err);
	if (json_read_record(line, len, r->record, &e) < 0)
		return err_input(err, "%s:%llu:%zu: want %s", r->path,
		                 (unsigned long long)lines_number(r->lines),
		                 e.offset + 1, e.want);
	return 1;
}

int
findings_next(struct findings_reader *r, struct finding *out,
              struct err *err)
{
	int rc = reader_next(r, err);

	if (rc <= 0)
		return rc;
	*out = (struct finding){ .rule = record_text(r->record, "rule") };
	for (size_t i = 0; i < TEXTS; i++)
		*(const char **)((char *)out + texts[i].member) =
			record_text(r->record, texts[i].key);
	if (!out->rule || !out->message ||
	    severity_parse(&out->severity,
	                   record_text(r->record, "severity")) < 0 ||
	    status_parse(&out->status, record_text(r->record, "status")) < 0)
		return err_input(err, "%s:%llu: want a rule, a severity, a "
		                 "status and a message", r->path,
		                 (unsigned long long)lines_number(r->lines));
	return 1;
}

void
findings_reader_close(struct findings_reader *r)
{
	if (!r)
		return;
	lines_close(r->lines);
	record_free(r->record);
	free(r->path);
	free(r);
}

static int
verify_findings(const struct findings *f, struct err *err)
{
	struct findings_reader *r = findings_read(f, err);
	struct finding one;
	int rc = r ? 1 : -1;

	while (rc > 0)
		rc = findings_next(r, &one, err);
	findings_reader_close(r);
	return rc;
}

static int
verify_lines(const struct findings *f, const char *name, uint64_t want,
             const char *digest, struct err *err)
{
	struct findings_reader *r = reader_open(f, name, want, digest, err);
	int rc = r ? 1 : -1;

	while (rc > 0)
		rc = reader_next(r, err);
	findings_reader_close(r);
	return rc;
}

static int
verify_others(const struct findings *f, struct err *err)
{
	const struct findings_counts *c = findings_file_counts(f);

	if (verify_lines(f, FORECAST_FILE, c->forecasts, c->forecast_digest,
	                 err) < 0)
		return -1;
	if (!*c->difference_digest)
		return 0;
	return verify_lines(f, DIFFERENCE_FILE, c->differences,
	                    c->difference_digest, err);
}

int
findings_verify(const char *path, uint64_t *count, struct err *err)
{
	struct findings *f = findings_open(path, err);
	int rc = f ? verify_findings(f, err) : -1;

	if (rc == 0)
		rc = verify_others(f, err);
	*count = f ? f->finding_count : 0;
	findings_close(f);
	return rc;
}
