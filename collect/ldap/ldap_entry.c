/* From libldap's messages to records. */
#include "collect/ldap/ldap_entry.h"

#include <lber.h>
#include <ldap.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/ldap/ldap_error.h"
#include "collect/schema/schema.h"

enum {
	NAME_MAX_LEN = 255,
	RANGE_STEP = 1500,       /* AD's MaxValRange; it may give fewer */
};

/* An attribute of which the server holds more. */
struct rest {
	char *name;
	unsigned long next;
};

struct ldap_entry {
	struct buf dn;
	struct rest *rests;      /* the last one is worked on */
	size_t count, room;
	const struct rest *due;  /* what was asked for; NULL: a whole entry */
};

struct ldap_entry *
ldap_entry_new(void)
{
	return xcalloc(1, sizeof(struct ldap_entry));
}

static void
forget(struct ldap_entry *e)
{
	while (e->count)
		free(e->rests[--e->count].name);
}

void
ldap_entry_free(struct ldap_entry *e)
{
	forget(e);
	free(e->rests);
	buf_release(&e->dn);
	free(e);
}

const char *
ldap_entry_dn(const struct ldap_entry *e)
{
	return buf_text(&e->dn);
}

/* Cuts the options off NAME; where the range begins, or NULL. */
static const char *
cut_options(char *name)
{
	char *option = strchr(name, ';');
	const char *range = NULL;

	while (option) {
		*option++ = '\0';
		if (strncasecmp(option, "range=", 6) == 0)
			range = option + 6;
		option = strchr(option, ';');
	}
	return range;
}

/* Where RANGE begins and goes on; NEXT is 0 when it has the last value. */
static bool
read_range(const char *range, unsigned long *low, unsigned long *next)
{
	unsigned long high;
	int end = 0;

	*next = 0;
	if (sscanf(range, "%9lu-%n", low, &end) == 1 && end &&
	    strcmp(range + end, "*") == 0)
		return true;
	if (sscanf(range, "%9lu-%9lu%n", low, &high, &end) != 2 ||
	    range[end] || high < *low)
		return false;
	*next = high + 1;
	return true;
}

static void
note_rest(struct ldap_entry *e, const char *name, unsigned long next)
{
	LIST_RESERVE(e->rests, e->room, e->count + 1);
	e->rests[e->count++] = (struct rest){
		.name = xstrdup(name), .next = next,
	};
}

static void
add_values(struct record *r, const char *name, const struct berval *values)
{
	const struct ad_attr *a = ad_attr_find(name);
	size_t number;

	if (a && a->treat == TREAT_SECRET)
		return;
	number = ad_record_attribute(r, a, name);
	for (; values && values->bv_val; values++)
		ad_record_append(r, number, a, RAW_UNKNOWN, values->bv_val,
		                 values->bv_len);
}

/*
 * Whether the answer is the piece that was asked for, or an empty nothing. One
 * without a value is the last one, or there would be no end of them.
 */
static bool
is_due(const struct rest *due, const char *name, bool is_range,
       unsigned long low, unsigned long next, const struct berval *values)
{
	if (!due)
		return low == 0;
	if (!is_range)
		return !values || !values->bv_val;
	return strcasecmp(name, due->name) == 0 && low == due->next &&
	       ((values && values->bv_val) || !next);
}

/* Adds all attributes of the message from where BER stands. */
static int
add_attributes(struct ldap_entry *e, LDAP *ld, LDAPMessage *message,
               BerElement *ber, struct record *r)
{
	struct berval attr, *values = NULL;
	int rc;

	while ((rc = ldap_get_attribute_ber(ld, message, ber, &attr,
	                                    &values)) == LDAP_SUCCESS &&
	       attr.bv_val) {
		char name[NAME_MAX_LEN + 1];
		const char *range;
		unsigned long low = 0, next = 0;

		if (attr.bv_len > NAME_MAX_LEN) {
			ber_memfree(values);
			return LDAP_DECODING_ERROR;
		}
		memcpy(name, attr.bv_val, attr.bv_len);
		name[attr.bv_len] = '\0';
		range = cut_options(name);
		if ((range && !read_range(range, &low, &next)) ||
		    !is_due(e->due, name, range, low, next, values)) {
			ber_memfree(values);
			return LDAP_DECODING_ERROR;
		}
		add_values(r, name, values);
		ber_memfree(values);
		values = NULL;
		if (next)
			note_rest(e, name, next);
	}
	return rc;
}

int
ldap_entry_take(struct ldap_entry *e, LDAP *ld, LDAPMessage *message,
                struct record *r, struct ldap_failure *f)
{
	BerElement *ber = NULL;
	struct berval dn = { 0 };
	int rc = ldap_get_dn_ber(ld, message, &ber, &dn);

	record_clear(r);
	forget(e);
	buf_clear(&e->dn);
	if (rc == LDAP_SUCCESS) {
		buf_add(&e->dn, dn.bv_val, dn.bv_len);
		ad_record_add(r, AD_DN, dn.bv_val, dn.bv_len);
		rc = add_attributes(e, ld, message, ber, r);
	}
	ber_free(ber, 0);
	if (rc == LDAP_SUCCESS)
		return 0;
	ldap_explain(f, LDAP_DECODING_ERROR, NULL, NULL);
	return -1;
}

char *
ldap_entry_rest(const struct ldap_entry *e)
{
	const struct rest *rest;

	if (!e->count)
		return NULL;
	rest = &e->rests[e->count - 1];
	return xasprintf("%s;range=%lu-%lu", rest->name, rest->next,
	                 rest->next + RANGE_STEP - 1);
}

int
ldap_entry_more(struct ldap_entry *e, LDAP *ld, LDAPMessage *message,
                struct record *r, struct ldap_failure *f)
{
	size_t open = e->count;
	struct rest due = e->rests[open - 1];
	BerElement *ber = NULL;
	struct berval dn = { 0 };
	int rc = ldap_get_dn_ber(ld, message, &ber, &dn);

	e->count--;
	e->due = &due;
	if (rc == LDAP_SUCCESS)
		rc = add_attributes(e, ld, message, ber, r);
	e->due = NULL;
	free(due.name);
	ber_free(ber, 0);
	/* A server that does not get on would keep us for ever. */
	if (rc == LDAP_SUCCESS && (e->count < open ||
	    (e->count == open && e->rests[open - 1].next > due.next)))
		return 0;
	ldap_explain(f, LDAP_DECODING_ERROR, NULL, NULL);
	return -1;
}
