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

int
id_queue_put(struct id_queue *q, const char *id)
{
	if (!is_id(id))
		return -1;
	drop_taken(q);
	buf_add(&q->ids, id, strlen(id) + 1);
	return 0;
}

bool
id_queue_take(struct id_queue *q, char id[ID_TEXT])
{
	size_t len;

	if (id_queue_is_empty(q))
		return false;
	len = strlen(q->ids.data + q->next) + 1;
	memcpy(id, q->ids.data + q->next, len);
	q->next += len;
	return true;
}

bool
id_queue_is_empty(const struct id_queue *q)
{
	return q->next == q->ids.len;
}
