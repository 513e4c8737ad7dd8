/* The manifest as JSON, to and fro; what is read is not trusted. */
#include "collect/snapshot/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "collect/snapshot/asking.h"
#include "collect/snapshot/section_json.h"
#include "collect/snapshot/snapshot.h"

enum { MANIFEST_MAX = 16 << 20, CHECKSUM_TEXT = 16 + 1 };

void
manifest_init(struct manifest *m)
{
	*m = (struct manifest){ .collected = WHEN_NONE };
	m->inputs = json_new_object();
	json_add_array(m->inputs, "inputs");
	m->notes = json_new_object();
	json_add_array(m->notes, "notes");
	m->servers = json_new_object();
	json_add_array(m->servers, "servers");
	m->request = json_new_object();
}

void
manifest_release(struct manifest *m)
{
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		free(m->sections[i].reason);
		free(m->sections[i].file);
		free(m->sections[i].delta);
		name_set_release(&m->sections[i].attributes);
		lack_release(&m->sections[i].lacks);
		asking_release(&m->sections[i]);
	}
	domain_list_release(&m->domains);
	json_free(m->inputs);
	json_free(m->notes);
	json_free(m->servers);
	json_free(m->request);
}

static void
add_or_null(struct json *to, const char *key, const char *text)
{
	if (text)
		json_add_text(to, key, text);
	else
		json_add_null(to, key);
}

static void
section_to_json(struct json *list, enum section sec,
                const struct manifest_section *s)
{
	struct json *o = json_add_object(list, NULL);

	json_add_text(o, "name", section_name(sec));
	json_add_text(o, "state", section_state_name(s->state));
	add_or_null(o, "reason", s->reason);
	add_or_null(o, "file", s->file);
	json_add_count(o, "count", s->count);
	add_or_null(o, "sha256", s->file ? s->digest : NULL);
	if (s->has_checksum) {
		char text[CHECKSUM_TEXT];

		snprintf(text, sizeof(text), "%016llx",
		         (unsigned long long)s->checksum);
		json_add_text(o, "xxh3", text);
	}
	if (s->delta)
		json_add_text(o, "deltaLink", s->delta);
	collected_to_json(o, s);
	attributes_to_json(o, s);
}

struct json *
manifest_to_json(const struct manifest *m)
{
	struct json *o = json_new_object(), *list;
	char when[WHEN_TEXT];

	when_format(m->collected, when);
	json_add_text(o, "format", SNAPSHOT_FORMAT);
	json_add_count(o, "version", SNAPSHOT_VERSION);
	json_add_text(o, "tool", "syncscope " VERSION);
	json_add_text(o, "collected", when);
	json_add_copy(o, "inputs", json_get(m->inputs, "inputs"));
	json_add_copy(o, "notes", json_get(m->notes, "notes"));
	if (json_first(json_get(m->servers, "servers")) ||
	    json_first(m->request)) {
		json_add_copy(o, "servers", json_get(m->servers, "servers"));
		json_add_copy(o, "request", m->request);
	}
	if (m->has_domains)
		domain_list_to_json(o, &m->domains);
	list = json_add_array(o, "sections");
	for (size_t i = 0; i < SECTION_COUNT; i++)
		section_to_json(list, (enum section)i, &m->sections[i]);
	return o;
}

/* A name that stays inside the folder. */
static bool
is_plain_name(const char *name)
{
	return *name && *name != '.' && !strchr(name, '/');
}

static int
checksum_from_json(struct manifest_section *s, const char *text)
{
	if (!text)
		return 0;
	s->has_checksum = true;
	s->checksum = strtoull(text, NULL, 16);
	return strlen(text) == CHECKSUM_TEXT - 1 &&
	       strspn(text, "0123456789abcdefABCDEF") == CHECKSUM_TEXT - 1
		? 0 : -1;
}

static int
file_from_json(struct manifest_section *s, const struct json *j)
{
	const char *file = json_string(json_get(j, "file"));
	const char *digest = json_string(json_get(j, "sha256"));

	if (!file)
		return s->count == 0 ? 0 : -1;
	if (!is_plain_name(file) || !digest ||
	    strlen(digest) != DIGEST_TEXT - 1)
		return -1;
	s->file = xstrdup(file);
	strcpy(s->digest, digest);
	return checksum_from_json(s, json_string(json_get(j, "xxh3")));
}

static int
section_from_json(struct manifest *m, const struct json *j, const char *path,
                  struct err *err)
{
	const char *name = json_string(json_get(j, "name"));
	int sec = section_find(name);
	char where[ERR_TEXT_MAX];
	struct manifest_section *s;

	if (sec < 0)
		return err_input(err, "%s: section \"%s\" is not known; want "
		                 "those of snapshot(5), version %d", path,
		                 name ? name : "", SNAPSHOT_VERSION);
	s = &m->sections[sec];
	if (s->file || s->state != SECTION_NOT_ASKED)
		return err_input(err, "%s: section %s stands twice", path,
		                 name);
	snprintf(where, sizeof(where), "%s: section %s", path, name);
	if (state_from_json(s, j, where, err) < 0)
		return -1;
	if (json_string(json_get(j, "deltaLink")))
		s->delta = xstrdup(json_string(json_get(j, "deltaLink")));
	if (file_from_json(s, j) < 0)
		return err_input(err, "%s: section %s: want a plain file name "
		                 "and its sha256", path, name);
	if (collected_from_json(s, j, where, err) < 0)
		return -1;
	return attributes_from_json(s, j, where, err);
}

static int
head_from_json(struct manifest *m, const struct json *j, const char *path,
               struct err *err)
{
	const char *format = json_string(json_get(j, "format"));
	const char *collected = json_string(json_get(j, "collected"));
	double version = json_number(json_get(j, "version"));

	if (!format || strcmp(format, SNAPSHOT_FORMAT) != 0)
		return err_input(err, "%s: is no snapshot's manifest; want "
		                 "\"format\": \"%s\", have \"%s\"", path,
		                 SNAPSHOT_FORMAT, format ? format : "");
	if (version != SNAPSHOT_VERSION)
		return err_input(err, "%s: has version %g; this program reads "
		                 "version %d", path, version,
		                 SNAPSHOT_VERSION);
	if (!collected || when_from_iso(&m->collected, collected) < 0)
		return err_input(err, "%s: want \"collected\": a time such as "
		                 "2016-02-15T08:00:00Z", path);
	return 0;
}

/* Where it was read from; only live collections say so. */
static int
origin_from_json(struct manifest *m, const struct json *tree,
                 const char *path, struct err *err)
{
	const struct json *servers = json_get(tree, "servers");
	const struct json *request = json_get(tree, "request");

	if (!servers && !request)
		return 0;
	if (json_kind(servers) != JSON_ARRAY ||
	    json_kind(request) != JSON_OBJECT)
		return err_input(err, "%s: want \"servers\": an array, and "
		                 "\"request\": an object", path);
	json_free(m->servers);
	m->servers = json_new_object();
	json_add_copy(m->servers, "servers", servers);
	json_free(m->request);
	m->request = json_new_object();
	for (request = json_first(request); request;
	     request = json_next(request))
		if (json_string(request))
			json_add_text(m->request, json_key(request),
			              json_string(request));
	return 0;
}

int
manifest_load(struct manifest *m, const char *path, char digest[DIGEST_TEXT],
              struct err *err)
{
	struct buf text = { .max = MANIFEST_MAX };
	struct json *tree = json_load(path, &text, err);
	const struct json *j;
	int rc = -1;

	if (!tree)
		goto out;
	digest_of(text.data, text.len, digest);
	if (head_from_json(m, tree, path, err) < 0)
		goto out;
	j = json_first(json_get(tree, "sections"));
	rc = origin_from_json(m, tree, path, err);
	for (; j && rc == 0; j = json_next(j))
		rc = section_from_json(m, j, path, err);
	j = json_get(tree, "domains");
	if (rc == 0 && j) {
		m->has_domains = true;
		rc = domain_list_from_json(&m->domains, j, m->sections, path,
		                           err);
	}
out:
	json_free(tree);
	buf_release(&text);
	return rc;
}
