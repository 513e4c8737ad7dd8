/* Writes the folder: see repair.h. repair.json lists what is in it. */
#include "report/repair/repair.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/shell.h"
#include "base/term.h"
#include "report/format.h"
#include "report/repair/changes.h"
#include "report/repair/files.h"
#include "report/view.h"

struct repair_run {
	const struct findings *findings;
	const struct repair_settings *set;
	const struct format_options *options;
	struct finding_selector *chosen;
	struct repair_plan plan;
	struct folder *folder;
	struct json *list;       /* repair.json */
	struct json *files;      /* in it */
	uint64_t manual, cloud;
	char *path;
};

/* A file that is being written, and what the list says of it. */
struct repair_open {
	char *name;
	struct outfile *out;
};

static int
open_file(const struct repair_run *r, struct repair_open *o, const char *name,
          const char *end, struct err *err)
{
	char *path;

	o->name = xasprintf("%s%s", name, end);
	path = path_join(folder_work(r->folder), o->name);
	o->out = outfile_open(path, OUTFILE_LISTED, err);
	free(path);
	return o->out ? 0 : -1;
}

/* RC as what was printed into it ended. */
static int
close_file(const struct repair_run *r, struct repair_open *o, uint64_t count,
           int rc, struct err *err)
{
	struct file_sums sums;
	struct json *j;

	if (rc < 0)
		outfile_abort(o->out);
	else if (o->out)
		rc = outfile_commit(o->out, &sums, err);
	if (rc == 0) {
		j = json_add_object(r->files, NULL);
		json_add_text(j, "name", o->name);
		json_add_count(j, "count", count);
		json_add_text(j, "sha256", sums.digest);
	}
	free(o->name);
	return rc;
}

/* ---- a cause in a domain ---- */

static struct repair_text
text_of(const struct repair_run *r, const struct repair_file *file)
{
	return (struct repair_text){
		.findings = r->findings, .plan = &r->plan, .file = file,
	};
}

static int
write_ldif(const struct repair_run *r, const struct repair_file *f,
           enum repair_way way, struct err *err)
{
	const struct repair_text t = text_of(r, f);
	struct repair_open o = { 0 };
	int rc = open_file(r, &o, f->name, way == REPAIR_DO ? ".ldf"
	                   : ".undo.ldf", err);

	if (rc == 0)
		ldif_file_print(&t, way, o.out);
	return close_file(r, &o, f->count, rc, err);
}

static int
write_script(const struct repair_run *r, const struct repair_file *f,
             struct err *err)
{
	const struct repair_text t = text_of(r, f);
	struct repair_open o = { 0 };
	int rc = open_file(r, &o, f->name, ".ps1", err);

	if (rc == 0)
		script_file_print(&t, o.out);
	return close_file(r, &o, f->count, rc, err);
}

static int
write_file(const struct repair_run *r, const struct repair_file *f,
           struct err *err)
{
	if (r->set->ldif && (write_ldif(r, f, REPAIR_DO, err) < 0 ||
	                     write_ldif(r, f, REPAIR_UNDO, err) < 0))
		return -1;
	return r->set->script ? write_script(r, f, err) : 0;
}

/* ---- what is there once ---- */

static int
write_manual(struct repair_run *r, struct err *err)
{
	const struct repair_text t = text_of(r, NULL);
	struct repair_open o = { 0 };
	int rc = open_file(r, &o, "manual", ".csv", err);

	if (rc == 0)
		rc = manual_file_print(&t, r->chosen, r->options, o.out,
		                       &r->manual, err);
	return close_file(r, &o, r->manual, rc, err);
}

static int
write_cloud(struct repair_run *r, struct err *err)
{
	const struct repair_text t = text_of(r, NULL);
	struct repair_open o = { 0 };
	int rc = open_file(r, &o, "cloud", ".ps1", err);

	if (rc == 0)
		rc = cloud_file_print(&t, r->chosen, o.out, &r->cloud, err);
	if (rc < 0 || r->cloud)
		return close_file(r, &o, r->cloud, rc, err);
	outfile_abort(o.out);
	free(o.name);
	return 0;
}

static void
begin_list(struct repair_run *r)
{
	char when[WHEN_TEXT];

	r->list = json_new_object();
	json_add_text(r->list, "$schema", REPAIR_SCHEMA);
	json_add_text(r->list, "format", REPAIR_FORMAT);
	json_add_count(r->list, "version", REPAIR_VERSION);
	when_format(r->findings->as_of, when);
	json_add_text(r->list, "asOf", r->findings->as_of == WHEN_NONE ? NULL
	              : when);
	json_add_text(r->list, "tool", r->findings->tool_version);
	json_add_count(r->list, "changes", r->plan.written);
	json_add_count(r->list, "leftOut", r->plan.left);
	json_add_count(r->list, "notChosen", r->plan.unchosen);
	r->files = json_add_array(r->list, "files");
}

static int
write_list(const struct repair_run *r, struct err *err)
{
	char *path = path_join(folder_work(r->folder), REPAIR_MANIFEST);
	struct outfile *out = outfile_open(path, OUTFILE_SAFE, err);
	struct buf text = { 0 };

	free(path);
	if (!out)
		return -1;
	json_put_pretty(&text, r->list);
	outfile_add(out, text.data, text.len);
	buf_release(&text);
	return outfile_commit(out, NULL, err);
}

/* ---- all ---- */

static int
fill(struct repair_run *r, struct err *err)
{
	changes_order(&r->plan, r->set->max);
	begin_list(r);
	for (size_t i = 0; i < r->plan.file_count; i++)
		if (write_file(r, &r->plan.files[i], err) < 0)
			return -1;
	if (write_manual(r, err) < 0 ||
	    (r->set->script && write_cloud(r, err) < 0))
		return -1;
	return write_list(r, err);
}

struct repair_run *
repair_write(const struct view *v, const char *path,
             const struct repair_settings *set, const struct format_options *o,
             struct err *err)
{
	struct repair_run *r = xcalloc(1, sizeof(*r));

	r->findings = v->findings;
	r->set = set;
	r->options = o;
	r->path = xstrdup(path);
	r->chosen = finding_selector_new(&set->select, v->findings, err);
	if (r->chosen &&
	    changes_read(&r->plan, v->findings, r->chosen, err) == 0) {
		r->folder = folder_open(path, set->mode, REPAIR_MANIFEST, err);
		if (r->folder && fill(r, err) == 0)
			return r;
	}
	repair_free(r);
	return NULL;
}

int
repair_commit(struct repair_run *r, struct err *err)
{
	struct folder *f = r->folder;

	r->folder = NULL;
	return folder_commit(f, err);
}

void
repair_free(struct repair_run *r)
{
	if (!r)
		return;
	folder_abort(r->folder);
	finding_selector_free(r->chosen);
	changes_release(&r->plan);
	json_free(r->list);
	free(r->path);
	free(r);
}

void
repair_tell(const struct repair_run *r, struct buf *out)
{
	const struct repair_plan *p = &r->plan;

	buf_addf(out, "%s: %" PRIu64 " object%s to change in AD, in %zu file%s "
	         "by cause and domain; %" PRIu64 " finding%s left for people, "
	         "in manual.csv\n", term_text(r->path), p->written,
	         p->written == 1 ? "" : "s", p->file_count,
	         p->file_count == 1 ? "" : "s", r->manual,
	         r->manual == 1 ? "" : "s");
	if (p->left)
		buf_addf(out, "left out by --max-changes %" PRIu64 ": %" PRIu64
		         " object%s; make these changes, collect and report "
		         "again, or allow more\n", r->set->max, p->left,
		         p->left == 1 ? "" : "s");
	if (p->unchosen)
		buf_addf(out, "not chosen by --select: %" PRIu64
		         " open finding%s\n", p->unchosen,
		         p->unchosen == 1 ? "" : "s");
	if (r->cloud)
		buf_addf(out, "for Exchange Online or Entra, in cloud.ps1: %"
		         PRIu64 " finding%s\n", r->cloud,
		         r->cloud == 1 ? "" : "s");
}

bool
repair_tell_trial(const struct repair_run *r, struct buf *out)
{
	if (!r->plan.file_count)
		return false;
	buf_adds(out, "syncscope analyze SNAPSHOT... --what-if ");
	shell_put_path(out, r->path, "REPAIR");
	buf_adds(out, " -o FOLDER");
	return true;
}
