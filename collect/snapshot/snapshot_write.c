/* THE snapshot format: the writer; see snapshot.h. */
#include "collect/snapshot/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/schema/schema.h"
#include "collect/snapshot/asking.h"
#include "collect/snapshot/domain_count.h"
#include "collect/snapshot/line_order.h"
#include "collect/snapshot/manifest.h"

struct snapshot_writer {
	struct folder *folder;
	enum snapshot_packing packing;
	struct manifest manifest;
	struct coverage coverage[SECTION_COUNT];
	struct domain_count *domains;
	struct outfile *files[SECTION_COUNT];
	bool finished[SECTION_COUNT];
	struct buf line;
	struct line_order *order;
};

struct snapshot_writer *
snapshot_create(const char *path, enum folder_mode mode, struct err *err)
{
	struct folder *folder = folder_open(path, mode, SNAPSHOT_MANIFEST,
	                                    err);
	struct snapshot_writer *w;

	if (!folder)
		return NULL;
	w = xcalloc(1, sizeof(*w));
	w->folder = folder;
	w->order = line_order_new();
	w->domains = domain_count_new();
	manifest_init(&w->manifest);
	buf_init(&w->line, SNAPSHOT_LINE_MAX);
	return w;
}

static void
writer_free(struct snapshot_writer *w)
{
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		outfile_abort(w->files[i]);
		coverage_release(&w->coverage[i]);
	}
	manifest_release(&w->manifest);
	domain_count_free(w->domains);
	buf_release(&w->line);
	line_order_free(w->order);
	free(w);
}

/* Makes w->line of R, the attributes in the canonical order. */
static void
put_canonical(struct snapshot_writer *w, enum side side,
              const struct record *r)
{
	const struct ranked *order = line_order_of(w->order, side, r);

	buf_clear(&w->line);
	buf_addc(&w->line, '{');
	for (size_t i = 0; i < record_count(r); i++) {
		if (i)
			buf_addc(&w->line, ',');
		json_put_member(&w->line, r, order[i].attr);
	}
	buf_add(&w->line, "}\n", 2);
}

static struct outfile *
section_file(struct snapshot_writer *w, enum section s, struct err *err)
{
	struct manifest_section *m = &w->manifest.sections[s];
	char *path;

	if (w->files[s])
		return w->files[s];
	m->file = xasprintf("%s.ndjson%s", section_name(s),
	                    w->packing == SNAPSHOT_PACKED ? ".zst" : "");
	*strchr(m->file, '.') = '-';
	path = path_join(folder_work(w->folder), m->file);
	w->files[s] = outfile_open(path, w->packing == SNAPSHOT_PACKED
	                           ? OUTFILE_PACKED : OUTFILE_SAFE, err);
	free(path);
	return w->files[s];
}

/* Makes w->line of R; false when no reader would take it. */
static bool
make_line(struct snapshot_writer *w, enum section s, const struct record *r)
{
	put_canonical(w, section_side(s), r);
	return !w->line.full && record_count(r) <= SNAPSHOT_ATTRIBUTES_MAX &&
	       json_values_fit(r);
}

static int
add_line(struct snapshot_writer *w, enum section s, const struct record *r,
         struct err *err)
{
	struct outfile *file = section_file(w, s, err);

	if (!file || domain_count_take(w->domains, s, r, err) < 0)
		return -1;
	outfile_add(file, w->line.data, w->line.len);
	w->manifest.sections[s].count++;
	snapshot_asked(w, s);
	/* What one server refused, another gave. */
	if (w->manifest.sections[s].state == SECTION_REFUSED)
		w->manifest.sections[s].state = SECTION_PARTIAL;
	return 0;
}

int
snapshot_put(struct snapshot_writer *w, enum section s,
             const struct record *r, struct err *err)
{
	if (!make_line(w, s, r))
		return err_input(err, "%s: object %llu is larger than a "
		                 "snapshot's %d bytes and %d attributes, or "
		                 "has a value of more than 16 MiB",
		                 section_name(s),
		                 (unsigned long long)snapshot_count(w, s) + 1,
		                 SNAPSHOT_LINE_MAX, SNAPSHOT_ATTRIBUTES_MAX);
	return add_line(w, s, r, err);
}

int
snapshot_put_or_skip(struct snapshot_writer *w, enum section s,
                     const struct record *r, struct err *err)
{
	const char *dn = record_text(r, AD_DN);
	char *reason;

	if (make_line(w, s, r))
		return add_line(w, s, r, err);
	reason = xasprintf("%s is too large for a snapshot and was left out",
	                   dn ? dn : "an object");
	snapshot_partial(w, s, reason);
	free(reason);
	return 0;
}

void
snapshot_pack(struct snapshot_writer *w, enum snapshot_packing packing)
{
	w->packing = packing;
}

void
snapshot_asked(struct snapshot_writer *w, enum section s)
{
	domain_count_asked(w->domains, s);
	if (w->manifest.sections[s].state == SECTION_NOT_ASKED)
		w->manifest.sections[s].state = SECTION_COMPLETE;
}

void
snapshot_partial(struct snapshot_writer *w, enum section s, const char *reason)
{
	struct manifest_section *m = &w->manifest.sections[s];

	domain_count_partial(w->domains, s, reason);
	m->state = SECTION_PARTIAL;
	if (!m->reason)
		m->reason = xstrdup(reason);
}

void
snapshot_lack(struct snapshot_writer *w, enum section s,
              const char *attribute, const char *reason)
{
	lack_add(&w->manifest.sections[s].lacks, attribute, reason, 1);
	domain_count_lack(w->domains, s, attribute, reason);
}

void
snapshot_refused(struct snapshot_writer *w, enum section s, const char *reason)
{
	snapshot_partial(w, s, reason);
	if (!w->manifest.sections[s].count)
		w->manifest.sections[s].state = SECTION_REFUSED;
}

void
snapshot_restart(struct snapshot_writer *w, enum section s)
{
	struct manifest_section *m = &w->manifest.sections[s];

	domain_count_restart(w->domains, s);
	outfile_abort(w->files[s]);
	w->files[s] = NULL;
	free(m->file);
	free(m->reason);
	free(m->delta);
	lack_release(&m->lacks);
	asking_release(m);
	*m = (struct manifest_section){ .state = SECTION_NOT_ASKED };
	coverage_release(&w->coverage[s]);
	w->coverage[s] = (struct coverage){ 0 };
}

uint64_t
snapshot_count(const struct snapshot_writer *w, enum section s)
{
	return w->manifest.sections[s].count;
}

enum section_state
snapshot_written_state(const struct snapshot_writer *w, enum section s)
{
	return w->manifest.sections[s].state;
}

const char *
snapshot_written_reason(const struct snapshot_writer *w, enum section s)
{
	return w->manifest.sections[s].reason;
}

void
snapshot_from(struct snapshot_writer *w, size_t input)
{
	if (input == SNAPSHOT_NO_INPUT)
		domain_count_from_none(w->domains);
	else
		domain_count_from(w->domains, input);
}

void
snapshot_cover(struct snapshot_writer *w, enum section s, enum cover cover,
               const char *const *names, size_t n)
{
	coverage_add(&w->coverage[s], cover, names, n);
}

void
snapshot_cover_told(struct snapshot_writer *w,
                    const struct snapshot_told *told)
{
	coverage_tell(&w->coverage[told->section], told);
}

struct snapshot_asking
snapshot_written_asking(struct snapshot_writer *w, enum section s,
                        const char *attribute)
{
	return coverage_asking(&w->coverage[s], attribute);
}

uint64_t
snapshot_written_lack(const struct snapshot_writer *w, enum section s,
                      const char *attribute)
{
	const struct lack *l = lack_find(&w->manifest.sections[s].lacks,
	                                 attribute);

	return l ? l->objects : 0;
}

void
snapshot_input(struct snapshot_writer *w, const char *name, const char *kind,
               const char digest[DIGEST_TEXT],
               const uint64_t objects[SECTION_COUNT])
{
	struct json *list = (struct json *)json_get(w->manifest.inputs,
	                                            "inputs");
	struct json *o = json_add_object(list, NULL);

	json_add_text(o, "name", name);
	json_add_text(o, "kind", kind);
	json_add_text(o, "sha256", digest);
	o = json_add_object(o, "objects");
	for (int s = 0; s < SECTION_COUNT; s++)
		if (objects[s])
			json_add_count(o, section_name((enum section)s),
			               objects[s]);
}

static void
add_if(struct json *o, const char *key, const char *text)
{
	if (text)
		json_add_text(o, key, text);
}

void
snapshot_server(struct snapshot_writer *w,
                const struct snapshot_server *server)
{
	struct json *list = (struct json *)json_get(w->manifest.servers,
	                                            "servers");
	struct json *o = json_add_object(list, NULL);

	json_add_text(o, "domain", server->domain);
	json_add_text(o, "host", server->host);
	add_if(o, "invocationId", server->invocation);
	add_if(o, "highestCommittedUSN", server->usn);
	add_if(o, "dirSyncCookie", server->cookie);
}

void
snapshot_request(struct snapshot_writer *w, const char *key, const char *value)
{
	json_add_text(w->manifest.request, key, value);
}

void
snapshot_delta(struct snapshot_writer *w, enum section s, const char *link)
{
	struct manifest_section *m = &w->manifest.sections[s];

	free(m->delta);
	m->delta = xstrdup(link);
}

void
snapshot_note(struct snapshot_writer *w, const char *text)
{
	json_add_text((struct json *)json_get(w->manifest.notes, "notes"),
	              NULL, text);
}

void
snapshot_settle(struct snapshot_writer *w)
{
	for (size_t i = 0; i < SECTION_COUNT; i++)
		asking_settle_lacks(&w->manifest.sections[i], (enum section)i);
}

static int
finish_section(struct snapshot_writer *w, enum section s, struct err *err)
{
	struct manifest_section *m = &w->manifest.sections[s];
	struct outfile *file = w->files[s];
	struct file_sums sums;

	if (w->finished[s])
		return 0;
	w->finished[s] = true;
	asking_settle_lacks(m, s);
	asking_settle(m, &w->coverage[s], s);
	w->files[s] = NULL;
	if (!file)
		return 0;
	if (outfile_commit(file, &sums, err) < 0)
		return -1;
	strcpy(m->digest, sums.digest);
	m->has_checksum = true;
	m->checksum = sums.checksum;
	return 0;
}

static int
finish_sections(struct snapshot_writer *w, struct err *err)
{
	for (int i = 0; i < SECTION_COUNT; i++)
		if (finish_section(w, (enum section)i, err) < 0)
			return -1;
	return 0;
}

/* What only a tenant's snapshot has lies in no domain. */
static void
settle_domains(struct snapshot_writer *w, struct manifest *shown)
{
	for (int i = 0; i < SECTION_COUNT; i++)
		if (section_side((enum section)i) == SIDE_AD &&
		    shown->sections[i].state != SECTION_NOT_ASKED)
			shown->has_domains = true;
	if (shown->has_domains)
		domain_count_settle(w->domains, shown, w->coverage,
		                    &shown->domains);
}

static int
write_manifest(struct snapshot_writer *w, struct err *err)
{
	char *path = path_join(folder_work(w->folder), SNAPSHOT_MANIFEST);
	struct outfile *file = outfile_open(path, OUTFILE_SAFE, err);
	struct manifest shown = w->manifest;
	struct json *tree;
	struct buf text = { 0 };
	int rc = -1;

	/* Before the end, what has no digest yet is as if nobody had asked. */
	for (size_t i = 0; i < SECTION_COUNT; i++)
		if (!w->finished[i])
			shown.sections[i] = (struct manifest_section){ 0 };
	settle_domains(w, &shown);
	tree = manifest_to_json(&shown);
	domain_list_release(&shown.domains);
	json_put_pretty(&text, tree);
	if (file) {
		outfile_add(file, text.data, text.len);
		rc = outfile_commit(file, NULL, err);
	}
	buf_release(&text);
	json_free(tree);
	free(path);
	return rc;
}

int
snapshot_finish(struct snapshot_writer *w, enum section s, when_t collected,
                struct err *err)
{
	w->manifest.collected = collected;
	if (finish_section(w, s, err) < 0)
		return -1;
	return write_manifest(w, err);
}

int
snapshot_commit(struct snapshot_writer *w, when_t collected, struct err *err)
{
	struct folder *folder = w->folder;
	int rc;

	w->manifest.collected = collected;
	rc = finish_sections(w, err);
	if (rc == 0)
		rc = write_manifest(w, err);
	if (rc == 0)
		rc = folder_commit(folder, err);
	else
		folder_abort(folder);
	writer_free(w);
	return rc;
}

void
snapshot_abort(struct snapshot_writer *w)
{
	struct folder *folder;

	if (!w)
		return;
	folder = w->folder;
	writer_free(w);
	folder_abort(folder);
}
