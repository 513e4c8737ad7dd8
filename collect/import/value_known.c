/* Remembers how attributes are read; see value_known.h. */
#include "collect/import/value_known.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "collect/schema/schema.h"

enum {
	MEMOS = 2048,            /* so many that names seldom meet */
	MEMO_NAME = 48,          /* bytes of a name, with its NUL */
};

/* What is known of a name that has no tag; one name pushes out another. */
struct row_memo {
	char name[MEMO_NAME];    /* empty: none */
	enum value_form form;
	struct known_row known;
};

struct value_known {
	struct known_row *by_tag;
	struct row_memo *memos;
	struct known_row long_named;     /* too long for a memo */
};

struct value_known *
value_known_new(void)
{
	struct value_known *k = xcalloc(1, sizeof(*k));

	k->memos = xcalloc(MEMOS, sizeof(*k->memos));
	k->by_tag = xcalloc(ad_attr_count(), sizeof(*k->by_tag));
	for (size_t i = 0; i < ad_attr_count(); i++)
		k->by_tag[i].row = value_row_find(VALUES_OF_AD,
		                                  ad_attr_at(i)->name);
	return k;
}

void
value_known_free(struct value_known *k)
{
	if (!k)
		return;
	free(k->memos);
	free(k->by_tag);
	free(k);
}

static struct known_row *
by_name(struct value_known *k, enum value_form form,
        const struct record_attr *a)
{
	struct row_memo *m = &k->memos[a->hash % MEMOS];

	if (m->form == form && *a->name && strcmp(m->name, a->name) == 0)
		return &m->known;
	if (a->name_len >= MEMO_NAME) {
		k->long_named = (struct known_row){
			.row = value_row_find(form, a->name),
		};
		return &k->long_named;
	}
	m->form = form;
	m->known = (struct known_row){ .row = value_row_find(form, a->name) };
	memcpy(m->name, a->name, a->name_len + 1);
	return &m->known;
}

static bool
is_plain(const struct known_row *d, const struct record_attr *a)
{
	return !d->row || d->row->syntax == AS_WHATEVER ||
	       (d->row->syntax == AS_TEXT &&
	        !(a->kinds & 1u << VALUE_JSON));
}

struct known_row *
value_known_find(struct value_known *k, enum value_form form,
                 const struct record *r, size_t attr)
{
	uint32_t tag = form == VALUES_OF_AD ? record_tag(r, attr) : 0;
	struct known_row *d = tag ? &k->by_tag[tag - 1] : NULL;
	struct record_attr a;

	/* Of most attributes of AD the tag says it all. */
	if (form == VALUES_OF_NOBODY || (d && !d->row))
		return NULL;
	a = record_attr(r, attr);
	d = d ? d : by_name(k, form, &a);
	return is_plain(d, &a) ? NULL : d;
}

enum value_verdict
value_known_read(struct known_row *d, const struct value *v,
                 struct value_reading *out)
{
	enum value_verdict verdict;

	if (d->len && d->len == v->len && d->kind == v->kind &&
	    memcmp(d->canonical, v->data, v->len) == 0)
		return VERDICT_CANONICAL;
	verdict = value_read(d->row->syntax, v, out);
	if (verdict == VERDICT_CANONICAL && v->len <= KNOWN_VALUE) {
		memcpy(d->canonical, v->data, v->len);
		d->len = v->len;
		d->kind = v->kind;
	}
	return verdict;
}
