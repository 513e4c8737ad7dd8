/* The JSON of sync servers: keys of any case, one object or many. */
#include "analyze/policy/sync_json.h"

#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"

const struct json *
sync_json_get(const struct json *object, const char *key)
{
	const struct json *j = json_kind(object) == JSON_OBJECT
		? json_first(object) : NULL;

	while (j && strcasecmp(json_key(j), key) != 0)
		j = json_next(j);
	return j;
}

unsigned
sync_json_line(const struct sync_json_reader *r, const char *word)
{
	struct buf quoted = { 0 };
	const char *at;
	unsigned line = 1;

	json_put_string(&quoted, word, strlen(word));
	at = strstr(r->text, quoted.data);
	for (const char *p = r->text; at && p < at; p++)
		line += *p == '\n';
	buf_release(&quoted);
	return line;
}

int
sync_json_wrong(struct sync_json_reader *r, const struct json *j,
                const char *want)
{
	const char *key = json_key(j);

	return err_input(r->err, "%s:%u: %s: want %s", r->name,
	                 key ? sync_json_line(r, key) : 1,
	                 key ? key : "an element", want);
}

int
sync_json_object(struct sync_json_reader *r, const struct sync_json_key *keys,
                 const char *what, const struct json *object)
{
	if (json_kind(object) != JSON_OBJECT)
		return sync_json_wrong(r, object, "an object");
	for (const struct json *j = json_first(object); j; j = json_next(j)) {
		const struct sync_json_key *k = keys;

		while (k->name && strcasecmp(k->name, json_key(j)) != 0)
			k++;
		if (!k->name)
			sync_export_strange(r->x, "%s%s", what, json_key(j));
		else if (k->read && k->read(r, j) < 0)
			return -1;
	}
	return 0;
}

int
sync_json_objects(struct sync_json_reader *r, const struct json *j,
                  int (*read)(struct sync_json_reader *r,
                              const struct json *one))
{
	if (json_kind(j) == JSON_NULL)
		return 0;
	if (json_kind(j) != JSON_ARRAY)
		return read(r, j);
	for (j = json_first(j); j; j = json_next(j))
		if (read(r, j) < 0)
			return -1;
	return 0;
}

const char *
sync_json_copy(struct sync_json_reader *r, const struct json *j)
{
	return json_string(j) ? arena_strdup(r->x->arena, json_string(j))
	                      : NULL;
}
