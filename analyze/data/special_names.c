/*
 * special-use-names.json: names that nobody can have on the internet, by IANA's
 * registry of special-use domain names (RFC 6761), and such that private
 * networks use without being in it.
 */
#include "analyze/data/files.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/data/reader.h"
#include "base/err.h"
#include "base/utf8.h"

struct names_reader {
	struct data_reader r;
	struct special_names *to;
};

static struct special_name *
last(struct data_reader *r)
{
	struct special_names *to = ((struct names_reader *)r)->to;

	return &to->items[to->count - 1];
}

static bool
is_name(const char *text)
{
	size_t len = strlen(text);

	return text[0] != '.' && text[len - 1] != '.' &&
	       !strstr(text, "..") && !strpbrk(text, " \t\r\n*!/@");
}

static int
read_name(struct data_reader *r, const struct json *j)
{
	const char *text;

	if (data_text(r, j, &text) < 0)
		return -1;
	if (!is_name(text))
		return data_wrong(r, "a domain name such as home.arpa");
	last(r)->name = utf8_folded(r->arena, text);
	return 0;
}

static int
read_use(struct data_reader *r, const struct json *j)
{
	static const char *const words[] = {
		[USE_RESERVED] = "reserved", [USE_PRIVATE] = "private",
		[USE_DOCUMENTATION] = "documentation",
	};
	const char *text = json_string(j);

	for (size_t i = 0; text && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], text) == 0) {
			last(r)->use = (enum special_use)i;
			return 0;
		}
	return data_wrong(r, "reserved, private or documentation");
}

static int
read_name_source(struct data_reader *r, const struct json *j)
{
	return data_text(r, j, &last(r)->source);
}

static int
read_one(struct data_reader *r, const struct json *j)
{
	static const struct data_key keys[] = {
		{ "name", DATA_MUST, read_name },
		{ "use", DATA_MUST, read_use },
		{ "source", DATA_MUST, read_name_source },
		{ 0 }
	};

	((struct names_reader *)r)->to->count++;
	return data_keys(r, j, keys);
}

static int
read_names(struct data_reader *r, const struct json *j)
{
	struct special_names *to = ((struct names_reader *)r)->to;
	size_t n = json_count(j);

	to->items = arena_alloc(r->arena, n * sizeof(*to->items) + 1);
	memset(to->items, 0, n * sizeof(*to->items));
	return data_each(r, j, read_one);
}

static int
by_name(const void *a, const void *b)
{
	const struct special_name *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int
check_twice(const struct names_reader *n)
{
	for (size_t i = 1; i < n->to->count; i++)
		if (strcmp(n->to->items[i - 1].name,
		           n->to->items[i].name) == 0)
			return err_usage(n->r.err, "%s: names: want each name "
			                 "once, have %s twice", n->r.path,
			                 n->to->items[i].name);
	return 0;
}

int
special_names_read(struct special_names *to, const char *folder,
                   struct data_file *about, struct arena *a, struct err *err)
{
	static const struct data_key keys[] = {
		{ "names", DATA_MUST, read_names },
		{ 0 }
	};
	struct names_reader n = {
		.r = { .arena = a, .about = about, .err = err }, .to = to,
	};
	int rc = data_read(&n.r, folder, "special-use-names.json", keys);

	if (rc == 0 && to->count) {
		qsort(to->items, to->count, sizeof(*to->items), by_name);
		rc = check_twice(&n);
	}
	data_reader_release(&n.r);
	return rc;
}

const struct special_name *
special_names_find(const struct special_names *of, const char *name)
{
	const struct special_name *found = NULL;

	while (name && of->count && !found) {
		const struct special_name key = { .name = name };
		const char *dot = strchr(name, '.');

		found = bsearch(&key, of->items, of->count,
		                sizeof(*of->items), by_name);
		name = dot ? dot + 1 : NULL;
	}
	return found;
}
