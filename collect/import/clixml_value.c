/* From objects of .NET to plain values, and to JSON. */
#include "collect/import/clixml_value.h"

#include <stddef.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "collect/import/clixml_tree.h"
#include "collect/import/graph_names.h"
#include "collect/import/type_name.h"

enum { NESTING = 8 };    /* levels of JSON that are written */

/* What .NET writes of an object when its depth has run out, or has no text. */
static bool
is_lost(const char *text)
{
	return !*text || type_name_is(text, FIELD_TEXT);
}

const struct clixml_value *
clixml_plain(const struct clixml_value *v)
{
	const struct clixml_value *sid;

	if (v->kind == CLIXML_LOST)
		return NULL;
	if (v->kind == CLIXML_TEXT)
		return type_name_is(v->text, FIELD_TEXT) ? NULL : v;
	if (v->kind != CLIXML_OBJECT)
		return v;
	if (v->is_list)
		return NULL;
	/* An enumeration wraps its number, and prints its word. */
	if (v->inner && (v->inner->kind != CLIXML_NUMBER || !*v->text))
		return clixml_plain(v->inner);
	sid = clixml_prop(v, "Value");
	if (sid && sid->kind == CLIXML_TEXT &&
	    strncmp(sid->text, "S-1-", 4) == 0)
		return sid;
	return is_lost(v->text) ? NULL : v;
}

bool
clixml_has_parts(const struct clixml_value *v)
{
	const struct clixml_value *p = v->kind == CLIXML_OBJECT ? v->props
	                                                       : NULL;

	while (p && (p->kind == CLIXML_NIL ||
	             (p->kind == CLIXML_OBJECT && !p->inner && !p->first &&
	              !clixml_has_parts(p))))
		p = p->next;
	return p != NULL;
}

static void
put_plain(struct buf *out, const struct clixml_value *v)
{
	const struct clixml_value *plain = clixml_plain(v);

	if (!plain || plain->kind == CLIXML_NIL)
		buf_adds(out, "null");
	else if (plain->kind == CLIXML_FLAG)
		buf_adds(out, strcmp(plain->text, "true") == 0 ? "true"
		                                               : "false");
	else
		json_put_string(out, plain->text, strlen(plain->text));
}

static void
put_deep(struct buf *out, const struct clixml_value *v, int depth)
{
	struct buf name = { 0 };
	const char *between = "";

	if (depth > NESTING || v->kind != CLIXML_OBJECT ||
	    (!v->is_list && !v->props)) {
		put_plain(out, v);
		return;
	}
	buf_addc(out, v->is_list ? '[' : '{');
	for (const struct clixml_value *p = v->is_list ? v->first : v->props;
	     p; p = p->next) {
		buf_adds(out, between);
		between = ",";
		if (!v->is_list) {
			buf_clear(&name);
			graph_put_member(&name, p->name,
			                 p->name ? strlen(p->name) : 0);
			json_put_string(out, buf_text(&name), name.len);
			buf_addc(out, ':');
		}
		put_deep(out, p, depth + 1);
	}
	buf_addc(out, v->is_list ? ']' : '}');
	buf_release(&name);
}

void
clixml_put_json(struct buf *out, const struct clixml_value *v)
{
	put_deep(out, v, 1);
}
