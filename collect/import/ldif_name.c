/* Looks up each name once, however many lines have it. */
#include "collect/import/ldif_name.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/invisible_text.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "collect/schema/schema.h"

bool
ldif_is_name(const char *text, size_t len)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.;=*_";

	for (size_t i = 0; i < len; i++)
		if (!text[i] || !strchr(allowed, text[i]))
			return false;
	return len > 0;
}

int
ldif_no_name(const char *file, uint64_t line, const char *text, size_t len,
             struct err *err)
{
	enum { SHOWN = 40 };
	char *name = xstrndup(text, utf8_bad(text, len < SHOWN ? len : SHOWN));
	unsigned long long number = line;
	struct buf told = { 0 };

	if (*text == '>')
		err_input(err, "%s:%llu: a \">\" line, as AdFind writes; want "
		          "LDIF", file, number);
	else if (invisible_describe(&told, name))
		err_input(err, "%s:%llu: \"%s\" is no LDIF (%s); want "
		          "\"attribute: value\"", file, number, name,
		          told.data);
	else
		err_input(err, "%s:%llu: is no LDIF; want \"attribute: "
		          "value\"", file, number);
	buf_release(&told);
	free(name);
	return -1;
}

void
ldif_bare_dn(const char **dn, size_t *len)
{
	const char *end;

	while (*len && **dn == '<' && (end = memmem(*dn, *len, ">;", 2))) {
		*len -= (size_t)(end + 2 - *dn);
		*dn = end + 2;
	}
	*len = dn_trimmed_len(*dn, *len);
}

static size_t
place(const char *text, size_t len)
{
	uint64_t head = 0, tail = len;

	if (len >= 8) {
		memcpy(&head, text, 8);
		memcpy(&tail, text + len - 8, 8);
	} else {
		memcpy(&head, text, len);
	}
	head = (head ^ (tail << 7 | tail >> 57) ^ len) *
	       UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(head >> 32) % LDIF_NAMES;
}

/* What the parser must look at twice is not plain. */
static bool
is_plain(const struct ldif_name *n)
{
	if (!ldif_is_name(n->text, n->len) || strchr(n->text, ';'))
		return false;
	if (strcasecmp(n->text, AD_DN) == 0 ||
	    strcasecmp(n->text, "changetype") == 0 ||
	    strcasecmp(n->text, "version") == 0)
		return false;
	return !n->attr || n->attr->treat != TREAT_SECRET;
}

struct ldif_name *
ldif_names_get(struct ldif_names *names, const char *text, size_t len)
{
	struct ldif_name *n;

	if (len > LDIF_NAME_MAX)
		return NULL;
	n = &names->slots[place(text, len)];
	if (n->len == len && memcmp(n->text, text, len) == 0)
		return n;
	*n = (struct ldif_name){ .len = len };
	memcpy(n->text, text, len);
	n->attr = ad_attr_find(n->text);
	n->plain = is_plain(n);
	return n;
}
