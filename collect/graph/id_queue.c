/* Keeps ids one behind the other, and lets in only what an address may hold. */
#include "collect/graph/id_queue.h"

#include <string.h>

enum { MUCH = 1 << 16 };         /* bytes worth moving for */

void
id_queue_release(struct id_queue *q)
{
	buf_release(&q->ids);
	*q = (struct id_queue){ 0 };
}

/* What was taken makes room for what comes. */
static void
drop_taken(struct id_queue *q)
{
	if (q->next < MUCH || q->next < q->ids.len / 2)
		return;
	q->ids.len -= q->next;
	memmove(q->ids.data, q->ids.data + q->next, q->ids.len);
	q->next = 0;
}

static bool
is_id(const char *id)
{
	static const char good[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
	size_t len = strspn(id, good);

	return len && len < ID_TEXT && !id[len] && id[0] != '.';
}

/* Whole characters of a name that fit, and what says that there were more. */
static void
put_name(struct buf *out, const char *name)
{
	static const char more[] = "...";
	size_t len = strlen(name);

	if (len < ID_NAME) {
		buf_add(out, name, len);
		return;
	}
	len = ID_NAME - sizeof(more);
	while (len && ((unsigned char)name[len] & 0xc0) == 0x80)
		len--;
	buf_add(out, name, len);
	buf_adds(out, more);
}

int
id_queue_put(struct id_queue *q, const char *id, const char *name)
{
	if (!is_id(id))
		return -1;
	drop_taken(q);
	buf_add(&q->ids, id, strlen(id) + 1);
	if (name)
		put_name(&q->ids, name);
	buf_addc(&q->ids, '\0');
	return 0;
}

static void
take_text(struct id_queue *q, char *out)
{
	size_t len = strlen(q->ids.data + q->next) + 1;

	memcpy(out, q->ids.data + q->next, len);
	q->next += len;
}

bool
id_queue_take(struct id_queue *q, struct id_named *out)
{
	if (id_queue_is_empty(q))
		return false;
	take_text(q, out->id);
	take_text(q, out->name);
	return true;
}

bool
id_queue_is_empty(const struct id_queue *q)
{
	return q->next == q->ids.len;
}
