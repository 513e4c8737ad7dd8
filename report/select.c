/* Keys and their members: see select.h. */
#include "report/select.h"

#include <stddef.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/err.h"
#include "base/opt.h"

static const struct {
	const char *key;
	size_t at;
} keys[] = {
#define KEY(name) { #name, offsetof(struct finding_selection, name) }
	KEY(rule), KEY(severity), KEY(ou), KEY(class), KEY(object),
	KEY(attribute), KEY(value), KEY(cause), KEY(authority), KEY(readiness),
#undef KEY
};

static int
take(struct finding_selection *s, const char *text, struct err *err)
{
	const char *is = strchr(text, '=');
	size_t len = is ? (size_t)(is - text) : 0, i = 0;
	const char **to;

	while (i < sizeof(keys) / sizeof(keys[0]) &&
	       (strncmp(keys[i].key, text, len) != 0 || keys[i].key[len]))
		i++;
	if (!is || i == sizeof(keys) / sizeof(keys[0]))
		return err_usage(err, "--select: want KEY=WORDS, with a key of "
		                 SELECT_KEYS ", have \"%s\"", text);
	to = (const char **)((char *)s + keys[i].at);
	if (*to)
		return err_usage(err, "--select: want %s only once",
		                 keys[i].key);
	if (!is[1])
		return err_usage(err, "--select: want words behind \"%s\"",
		                 text);
	*to = is + 1;
	return 0;
}

int
select_take(struct finding_selection *s, const struct opt_texts *texts,
            struct err *err)
{
	*s = (struct finding_selection){ .said = "--select " };
	for (size_t i = 0; i < texts->count; i++)
		if (take(s, texts->texts[i], err) < 0)
			return -1;
	return 0;
}
