/* Counts keys; with $select or Select-Object all objects have the same. */
#include "collect/import/json_keys.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"

void
json_keys_release(struct json_keys *k)
{
	name_set_release(&k->covered);
	name_set_release(&k->list);
	for (size_t i = 0; i < k->lost_count; i++)
		free(k->lost[i].attribute);
	free(k->lost);
	buf_release(&k->names);
}

/* Whether the object has the keys of the one before it, in the same order. */
static bool
has_same_names(const struct json_keys *k, const struct record *r)
{
	const char *name = buf_text(&k->names);
	const char *end = name + k->names.len;

	for (size_t i = 0; i < record_count(r); i++) {
		struct record_attr a = record_attr(r, i);

		if ((size_t)(end - name) <= a.name_len ||
		    memcmp(name, a.name, a.name_len + 1) != 0)
			return false;
		name += a.name_len + 1;
	}
	return name == end;
}

static void
keep_names(struct json_keys *k, const struct record *r)
{
	buf_clear(&k->names);
	for (size_t i = 0; i < record_count(r); i++) {
		struct record_attr a = record_attr(r, i);

		buf_add(&k->names, a.name, a.name_len + 1);
	}
}

/*
 * Nearly all objects have the keys of the one before, of the same list, and
 * then there is nothing to note.
 */
static bool
is_noted(struct json_keys *k, uint64_t list, const struct record *r,
         const struct name_set *lost)
{
	if (lost->count) {
		buf_clear(&k->names);
		return false;
	}
	if (k->names.len && k->list_number == list && has_same_names(k, r))
		return true;
	keep_names(k, r);
	return false;
}

static void
add_names(struct name_set *to, const struct record *r,
          const struct name_set *lost)
{
	for (size_t i = 0; i < record_count(r); i++)
		if (!name_set_has(to, record_name(r, i)))
			name_set_add(to, record_name(r, i));
	for (size_t i = 0; i < lost->count; i++)
		if (!name_set_has(to, lost->names[i]))
			name_set_add(to, lost->names[i]);
}

static void
drop(struct name_set *s, size_t i)
{
	free(s->names[i]);
	for (s->count--; i < s->count; i++)
		s->names[i] = s->names[i + 1];
}

static void
note_each(struct json_keys *k, const struct record *r,
          const struct name_set *lost)
{
	if (!k->any) {
		add_names(&k->covered, r, lost);
		k->any = true;
		return;
	}
	for (size_t i = k->covered.count; i-- > 0;)
		if (record_find(r, k->covered.names[i]) < 0 &&
		    !name_set_has(lost, k->covered.names[i]))
			drop(&k->covered, i);
}

/* A list has ended: what all have that came so far. */
static void
fold(struct json_keys *k)
{
	if (!k->list.count)
		return;
	if (!k->any) {
		k->covered = k->list;
		k->list = (struct name_set){ 0 };
		k->any = true;
		return;
	}
	for (size_t i = k->covered.count; i-- > 0;)
		if (!name_set_has(&k->list, k->covered.names[i]))
			drop(&k->covered, i);
	name_set_release(&k->list);
	k->list = (struct name_set){ 0 };
}

static struct json_lost *
lost_of(struct json_keys *k, const char *attribute)
{
	for (size_t i = 0; i < k->lost_count; i++)
		if (strcasecmp(k->lost[i].attribute, attribute) == 0)
			return &k->lost[i];
	LIST_RESERVE(k->lost, k->lost_room, k->lost_count + 1);
	k->lost[k->lost_count] = (struct json_lost){
		.attribute = xstrdup(attribute)
	};
	return &k->lost[k->lost_count++];
}

void
json_keys_note(struct json_keys *k, enum json_absence absence, uint64_t list,
               const struct record *r, const struct name_set *lost)
{
	k->objects++;
	for (size_t i = 0; i < lost->count; i++)
		lost_of(k, lost->names[i])->objects++;
	if (is_noted(k, list, r, lost))
		return;
	if (absence == ABSENT_UNKNOWN) {
		note_each(k, r, lost);
		k->list_number = list;
		return;
	}
	if (k->list_number != list)
		fold(k);
	k->list_number = list;
	add_names(&k->list, r, lost);
}

void
json_keys_settle(struct json_keys *k)
{
	fold(k);
	for (size_t i = k->covered.count; i-- > 0;)
		for (size_t n = 0; n < k->lost_count; n++)
			if (k->lost[n].objects == k->objects &&
			    strcasecmp(k->lost[n].attribute,
			               k->covered.names[i]) == 0) {
				drop(&k->covered, i);
				break;
			}
}

bool
json_keys_lost_any(const struct json_keys *k)
{
	for (size_t n = 0; n < k->lost_count; n++)
		if (k->lost[n].objects == k->objects)
			return true;
	return false;
}
