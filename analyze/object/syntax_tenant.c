/* How attributes of a syntax of their own are read that only the tenant has. */
#include "analyze/object/syntax_read.h"

#include "analyze/object/plans.h"
#include "analyze/object/provisioning.h"
#include "base/utf8.h"

/* "Unified": a Microsoft 365 group. */
int
read_group_types(const struct mapped *m, size_t offset)
{
	enum tristate *to = mapped_member(m, offset);
	size_t n = pick_count(m->pick);
	const char **texts = arena_alloc(m->arena, n * sizeof(*texts) + 1);

	if (m->pick->kind == PICK_JSON)
		return -1;
	n = pick_texts(m->pick, texts);
	*to = NO;
	for (size_t i = 0; i < n; i++)
		if (ascii_casecmp(texts[i], "Unified") == 0)
			*to = YES;
	return 0;
}

int
read_user_type(const struct mapped *m, size_t offset)
{
	const char *text;

	(void)offset;
	if (mapped_word(m, &text) < 0)
		return -1;
	if (text)
		m->o->tenant.guest = ascii_casecmp(text, "Guest") == 0
			? YES : NO;
	return 0;
}

int
read_plans(const struct mapped *m, size_t offset)
{
	const char *json = pick_json(m->pick);
	struct plans plans;

	(void)offset;
	/* None at all is an answer; what is no list of plans is none. */
	if (json ? *json != '[' : pick_count(m->pick) > 0)
		return -1;
	plans = json ? plans_read(json) : (struct plans){ NO, NO, NO };
	m->o->tenant.licensed = plans.any;
	m->o->tenant.exchange_plan = plans.exchange;
	m->o->tenant.mailbox_plan = plans.mailbox;
	return 0;
}

/* A list of errors, of which an empty one is none. */
static int
read_errors(const struct mapped *m, size_t offset,
            provisioning_errors_reader *reader)
{
	const struct provisioning_error **to = mapped_member(m, offset);
	const char *json = pick_json(m->pick);

	if (json ? *json != '[' : pick_count(m->pick) > 0)
		return -1;
	if (json)
		*to = reader(json, m->arena);
	return 0;
}

int
read_sync_errors(const struct mapped *m, size_t offset)
{
	return read_errors(m, offset, provisioning_sync_errors);
}

int
read_service_errors(const struct mapped *m, size_t offset)
{
	return read_errors(m, offset, provisioning_service_errors);
}

/* Read when it is asked for (licences.c). */
int
read_licences(const struct mapped *m, size_t offset)
{
	const char **to = mapped_member(m, offset);
	const char *json = pick_json(m->pick);

	if (json ? *json != '[' : pick_count(m->pick) > 0)
		return -1;
	if (json && !*to)
		*to = m->keep ? arena_strdup(m->arena, json) : json;
	return 0;
}
